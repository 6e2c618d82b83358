import type { Change, ObjectKind } from '../model/schema.ts';

/** The schema change as lines of a diff: `+`, `-`, `~` as two lines, each table's own objects below it. */
export function schemaLines(changes: readonly Change[]): string[] {
  const lines: string[] = [];
  let table: string | undefined;
  const shown = changes.filter((change) => !isInsideAddedOrRemoved(change, changes));
  for (const change of shown) {
    if (
      change.table !== undefined &&
      change.table !== table &&
      !shown.some((each) => each.kind === 'table' && each.id === change.table)
    ) {
      lines.push(`  ${change.table}`);
    }
    table = change.kind === 'table' ? change.id : change.table;
    lines.push(...linesOf(change, change.table === undefined ? '' : '  '));
  }
  return lines;
}

/** What belongs to a table that came or went is told with it, but for its indexes and foreign keys. */
function isInsideAddedOrRemoved({ table, kind, action }: Change, changes: readonly Change[]): boolean {
  if (table === undefined || action === 'renamed') return false;
  const whole = changes.find((each) => each.id === table && (each.kind === 'table' || each.kind === 'view'));
  return whole?.action === 'removed' && kind !== 'table';
}

function linesOf({ action, kind, id, from, details, table }: Change, indent: string): string[] {
  const name = table === undefined ? id : lastOf(id, table);
  const title = `${indent}${labels[kind] ?? kind} ${name}`;
  const told = details.map(({ property, before, after }) => [
    `- ${indent}  ${property}: ${oneLine(before)}`,
    `+ ${indent}  ${property}: ${oneLine(after)}`,
  ]);
  switch (action) {
    case 'added':
      return [`+ ${title}`];
    case 'removed':
      return [`- ${title}`];
    case 'renamed':
      return [
        `- ${indent}${labels[kind] ?? kind} ${table === undefined ? from : lastOf(from ?? id, table)}`,
        `+ ${title}`,
        ...told.flat(),
      ];
    case 'changed':
      return [`  ${title}`, ...told.flat()];
  }
}

const labels: Partial<Readonly<Record<ObjectKind, string>>> = { function: 'function', 'composite type': 'type' };

function lastOf(id: string, table: string): string {
  return id.startsWith(`${table}.`) ? id.slice(table.length + 1) : (id.split('.').at(-1) as string);
}

function oneLine(value: string | null): string {
  const text = value === null ? 'none' : value.replaceAll(/\s+/g, ' ');
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}

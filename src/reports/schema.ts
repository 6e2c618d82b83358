import type { CheckReport } from '../model/report.ts';
import type { Change, ObjectKind, SchemaObject } from '../model/schema.ts';
import { detailLines, oneLine } from './details.ts';
import { visibleLine } from './escape.ts';

/** The schema change as lines of a diff: `+`, `-`, `~` as two lines, each table's own objects below it. */
export function schemaLines({ changes, touched }: CheckReport): string[] {
  const known = { removed: byId(touched.before), added: byId(touched.after) };
  const lines: string[] = [];
  let table: string | undefined;
  const shown = inOrder(
    changes.filter((change) => !isInsideAddedOrRemoved(change, changes)),
    known.added,
  );
  for (const change of shown) {
    if (
      change.table !== undefined &&
      change.table !== table &&
      !shown.some((each) => each.kind === 'table' && each.id === change.table)
    ) {
      lines.push(`  ${change.table}`);
    }
    table = change.kind === 'table' ? change.id : change.table;
    lines.push(...linesOf(change, change.table === undefined ? '' : '  ', definitionOf(change, known)));
  }
  return lines.map(visibleLine);
}

/** The columns of a table that came stand as they do in it. */
function inOrder(changes: readonly Change[], after: ReadonlyMap<string, SchemaObject>): Change[] {
  const position = ({ kind, id }: Change) => {
    const object = after.get(`${kind} ${id}`);
    return object?.kind === 'column' ? object.position : 0;
  };
  const runs = [...Map.groupBy(changes, (each) => (isNewColumn(each) ? `column ${each.table}` : each)).values()];
  return runs.flatMap((run) => run.toSorted((a, b) => position(a) - position(b)));
}

function isNewColumn({ kind, action }: Change): boolean {
  return kind === 'column' && action === 'added';
}

/** What belongs to a table that came or went is told with it, but for its indexes and foreign keys. */
function isInsideAddedOrRemoved({ table, kind, action }: Change, changes: readonly Change[]): boolean {
  if (table === undefined || action === 'renamed') return false;
  const whole = changes.find((each) => each.id === table && (each.kind === 'table' || each.kind === 'view'));
  return whole?.action === 'removed' && kind !== 'table';
}

function linesOf(change: Change, indent: string, definition: string): string[] {
  const { action, kind, id, from = id, table } = change;
  const [name, old] = [id, from].map((each) => (table === undefined ? each : lastOf(each, table)));
  const label = `${indent}${labels[kind] ?? kind}`;
  const title = `${label} ${name}`;
  const told = detailLines(change).map(({ sign, text }) => `${sign} ${indent}  ${text}`);
  switch (action) {
    case 'added':
      return [`+ ${title}${definition}`];
    case 'removed':
      return [`- ${title}${definition}`];
    case 'renamed':
      return [`- ${label} ${old}`, `+ ${title} (renamed from ${old})`, ...told];
    case 'changed':
      return [`  ${title}`, ...told];
  }
}

type Known = Readonly<Record<'added' | 'removed', ReadonlyMap<string, SchemaObject>>>;

function byId(objects: readonly SchemaObject[]): ReadonlyMap<string, SchemaObject> {
  return new Map(objects.map((each) => [`${each.kind} ${each.id}`, each]));
}

/** What a column or constraint that came or went is, as SQL would say it. */
function definitionOf({ action, kind, id }: Change, known: Known): string {
  if (action !== 'added' && action !== 'removed') return '';
  const object = known[action].get(`${kind} ${id}`);
  if (object?.kind === 'constraint') {
    const doubt = [object.validated ? '' : ' NOT VALID', object.enforced ? '' : ' NOT ENFORCED'].join('');
    return ` ${oneLine(object.definition)}${doubt}`;
  }
  if (object?.kind !== 'column') return '';
  const extra = [
    object.notNull ? 'NOT NULL' : '',
    object.default === undefined ? '' : `DEFAULT ${oneLine(object.default)}`,
    object.identity ? `GENERATED ${object.identity.toUpperCase()} AS IDENTITY` : '',
    object.generated
      ? `GENERATED ALWAYS AS (${oneLine(object.generated.expression)}) ${object.generated.kind.toUpperCase()}`
      : '',
  ];
  return [` ${object.type}`, ...extra.filter(Boolean)].join(' ');
}

const labels: Partial<Readonly<Record<ObjectKind, string>>> = { function: 'function', 'composite type': 'type' };

function lastOf(id: string, table: string): string {
  return id.startsWith(`${table}.`) ? id.slice(table.length + 1) : (id.split('.').at(-1) as string);
}

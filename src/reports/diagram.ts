import type { CheckReport } from '../model/report.ts';
import type { Column, Constraint, SchemaObject, Table } from '../model/schema.ts';
import { mermaidName, mermaidText } from './escape.ts';

/** More tables than this make no picture that anybody reads. */
const mostTables = 12;
const mostColumns = 15;

/** The touched tables as a Mermaid ER picture, columns marked as added, changed or removed; undefined when there are none. */
export function diagram({ touched, changes }: CheckReport): string | undefined {
  const tables = pick<Table>(touched.after, 'table').slice(0, mostTables);
  const gone = pick<Table>(touched.before, 'table').filter(({ id }) => isRemoved(id, changes));
  if (tables.length === 0 || !changes.some(isDrawn)) return undefined;
  const names = new Set(tables.map(({ id }) => id));
  const marks = new Map(changes.map((change) => [`${change.kind} ${change.id}`, change.action]));
  const constraints = pick<Constraint>(touched.after, 'constraint').filter(({ table }) => names.has(table));
  const lines = tables.flatMap((table) => [
    `    ${mermaidName(table.id)}["${mermaidText(table.id)}${mark(marks.get(`table ${table.id}`))}"] {`,
    ...columnsOf(table, touched, constraints, marks),
    '    }',
  ]);
  const links = constraints.flatMap((each) => {
    const other = each.references?.table;
    return other && names.has(other)
      ? [`    ${mermaidName(other)} ||--o{ ${mermaidName(each.table)} : "${mermaidText(each.columns.join(', '))}"`]
      : [];
  });
  const removed = gone.slice(0, mostTables).map(({ id }) => `    ${mermaidName(id)}["${mermaidText(id)} removed"]`);
  return ['erDiagram', ...lines, ...removed, ...links].join('\n');
}

/** Indexes, functions and the like are not in the picture. */
function isDrawn({ kind }: CheckReport['changes'][number]): boolean {
  return kind === 'table' || kind === 'column' || kind === 'constraint';
}

function isRemoved(table: string, changes: CheckReport['changes']): boolean {
  return changes.some(({ kind, action, id }) => kind === 'table' && action === 'removed' && id === table);
}

function columnsOf(
  table: Table,
  { before, after }: CheckReport['touched'],
  constraints: readonly Constraint[],
  marks: ReadonlyMap<string, string>,
): string[] {
  const kept = pick<Column>(after, 'column')
    .filter((each) => each.table === table.id)
    .sort((a, b) => a.position - b.position);
  const gone = pick<Column>(before, 'column').filter(
    (each) => each.table === table.id && marks.get(`column ${each.id}`) === 'removed',
  );
  const all = [...kept, ...gone];
  const notable = all.filter(({ id, name }) => marks.has(`column ${id}`) || keysOf(name, table, constraints) !== '');
  const shown = all.length <= mostColumns ? all : notable.slice(0, mostColumns);
  const lines = shown.map((column) => {
    const note = mark(marks.get(`column ${column.id}`)).trim();
    return `        ${mermaidName(column.type)} ${mermaidName(column.name)}${keysOf(column.name, table, constraints)}${note ? ` "${note}"` : ''}`;
  });
  return shown.length < all.length ? [...lines, `        _ ${all.length - shown.length}_more_columns`] : lines;
}

function keysOf(column: string, table: Table, constraints: readonly Constraint[]): string {
  const of = (type: Constraint['type']) =>
    constraints.some((each) => each.table === table.id && each.type === type && each.columns.includes(column));
  const keys = [of('primary key') && 'PK', of('foreign key') && 'FK', of('unique') && 'UK'].filter(Boolean);
  return keys.length > 0 ? ` ${keys.join(',')}` : '';
}

function mark(action: string | undefined): string {
  return action === undefined ? '' : ` ${action}`;
}

function pick<T extends SchemaObject>(objects: readonly SchemaObject[], kind: T['kind']): T[] {
  return objects.filter((each): each is T => each.kind === kind);
}

import type { CheckReport } from '../model/report.ts';
import type { Column, Constraint, SchemaObject, Table } from '../model/schema.ts';
import { mermaidName, mermaidText } from './escape.ts';

/** More tables than this make no picture that anybody reads. */
const mostTables = 12;
const mostColumns = 15;

/**
 * The changed tables, and those they refer to or belong to, as a Mermaid ER picture; columns are marked as added, changed
 * or removed. Undefined where nothing changed that such a picture shows.
 */
export function diagram({ touched, changes }: CheckReport): string | undefined {
  const changed = new Set(
    changes.filter(isDrawn).map(({ kind, id, table }) => (kind === 'table' ? id : (table ?? id))),
  );
  const near = new Set(touched.after.flatMap((object) => nearby(object, changed)));
  const tables = pick<Table>(touched.after, 'table')
    .filter(({ id }) => changed.has(id) || near.has(id))
    .slice(0, mostTables);
  const gone = pick<Table>(touched.before, 'table').filter(({ id }) => isRemoved(id, changes));
  if (changed.size === 0 || tables.length + gone.length === 0) return undefined;
  const marks = new Map(changes.map((change) => [`${change.kind} ${change.id}`, change.action]));
  const constraints = pick<Constraint>(touched.after, 'constraint');
  const lines = tables.flatMap((table) => [
    `    ${mermaidName(table.id)}["${mermaidText(table.id)}${mark(marks.get(`table ${table.id}`))}"] {`,
    ...columnsOf(table, touched, constraints, marks),
    '    }',
  ]);
  const removed = gone.slice(0, mostTables).map(({ id }) => `    ${mermaidName(id)}["${mermaidText(id)} removed"]`);
  return ['erDiagram', ...lines, ...removed, ...linksOf(tables, constraints)].join('\n');
}

/** The other end of a foreign key that touches a changed table, and what such a table is a partition of. */
function nearby(object: SchemaObject, changed: ReadonlySet<string>): readonly string[] {
  if (object.kind === 'table') return changed.has(object.id) ? object.parents : [];
  if (object.kind !== 'constraint' || !object.references) return [];
  const [table, target] = [object.table, object.references.table];
  return changed.has(table) ? [target] : changed.has(target) ? [table] : [];
}

function linksOf(tables: readonly Table[], constraints: readonly Constraint[]): string[] {
  const names = new Set(tables.map(({ id }) => id));
  const link = (from: string, to: string, text: string) =>
    `    ${mermaidName(from)} ||--o{ ${mermaidName(to)} : "${mermaidText(text)}"`;
  const keys = constraints.flatMap(({ table, columns, references, inherited }) =>
    references && !inherited && names.has(table) && names.has(references.table)
      ? [link(references.table, table, columns.join(', '))]
      : [],
  );
  const families = tables.flatMap(({ id, parents, partition }) =>
    parents
      .filter((parent) => names.has(parent))
      .map((parent) => link(parent, id, partition ? 'partition' : 'inherits')),
  );
  return [...keys, ...families];
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

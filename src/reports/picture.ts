import type { CheckReport } from '../model/report.ts';
import type { Change, Column, Constraint, SchemaObject, Table } from '../model/schema.ts';

/** An ER picture, before it is drawn: changed tables, and those they refer to or belong to. */
export interface Picture {
  readonly tables: readonly DrawnTable[];
  readonly links: readonly Link[];
}

export interface DrawnTable {
  readonly id: string;
  /** What happened to it; absent where only its columns changed, or nothing. */
  readonly mark?: Mark;
  readonly columns: readonly DrawnColumn[];
  /** Columns that are not drawn. */
  readonly more: number;
}

export interface DrawnColumn {
  readonly name: string;
  readonly type: string;
  /** `PK`, `FK`, `UK`. */
  readonly keys: readonly string[];
  readonly mark?: Mark;
}

/** `from` has one row for many of `to`: by these columns, as its partition, or as what inherits from it. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

type Mark = Change['action'];

/** More tables than this make no picture that anybody reads. */
const mostTables = 12;
const mostColumns = 15;

/** Undefined where nothing changed that such a picture shows. */
export function pictureOf({ touched, changes }: CheckReport): Picture | undefined {
  const changed = new Set(
    changes.filter(isDrawn).map(({ kind, id, table }) => (kind === 'table' ? id : (table ?? id))),
  );
  const near = new Set(touched.after.flatMap((object) => nearby(object, changed)));
  const tables = pick<Table>(touched.after, 'table')
    .filter(({ id }) => changed.has(id) || near.has(id))
    .slice(0, mostTables);
  const gone = pick<Table>(touched.before, 'table')
    .filter(({ id }) => isRemoved(id, changes))
    .slice(0, mostTables);
  if (changed.size === 0 || tables.length + gone.length === 0) return undefined;
  const marks = new Map(changes.map((change) => [`${change.kind} ${change.id}`, change.action]));
  const constraints = pick<Constraint>(touched.after, 'constraint');
  return {
    tables: [
      ...tables.map((table) => drawn(table, touched, constraints, marks)),
      ...gone.map(({ id }) => ({ id, mark: 'removed', columns: [], more: 0 }) as const),
    ],
    links: linksOf(tables, constraints),
  };
}

/** The other end of a foreign key that touches a changed table, and what such a table is a partition of. */
function nearby(object: SchemaObject, changed: ReadonlySet<string>): readonly string[] {
  if (object.kind === 'table') return changed.has(object.id) ? object.parents : [];
  if (object.kind !== 'constraint' || !object.references) return [];
  const [table, target] = [object.table, object.references.table];
  return changed.has(table) ? [target] : changed.has(target) ? [table] : [];
}

function linksOf(tables: readonly Table[], constraints: readonly Constraint[]): Link[] {
  const names = new Set(tables.map(({ id }) => id));
  const keys = constraints.flatMap(({ table, columns, references, inherited }) =>
    references && !inherited && names.has(table) && names.has(references.table)
      ? [{ from: references.table, to: table, text: columns.join(', ') }]
      : [],
  );
  const families = tables.flatMap(({ id, parents, partition }) =>
    parents
      .filter((parent) => names.has(parent))
      .map((parent) => ({ from: parent, to: id, text: partition ? 'partition' : 'inherits' })),
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

function drawn(
  table: Table,
  { before, after }: CheckReport['touched'],
  constraints: readonly Constraint[],
  marks: ReadonlyMap<string, Mark>,
): DrawnTable {
  const kept = pick<Column>(after, 'column')
    .filter((each) => each.table === table.id)
    .sort((a, b) => a.position - b.position);
  const gone = pick<Column>(before, 'column').filter(
    (each) => each.table === table.id && marks.get(`column ${each.id}`) === 'removed',
  );
  const all = [...kept, ...gone].map(
    ({ id, name, type }): DrawnColumn => ({
      ...{ name, type, keys: keysOf(name, table, constraints) },
      ...marked(marks.get(`column ${id}`)),
    }),
  );
  const notable = all.filter(({ mark, keys }) => mark || keys.length > 0);
  const columns = all.length <= mostColumns ? all : notable.slice(0, mostColumns);
  return { id: table.id, ...marked(marks.get(`table ${table.id}`)), columns, more: all.length - columns.length };
}

function marked(mark: Mark | undefined): { mark?: Mark } {
  return mark ? { mark } : {};
}

function keysOf(column: string, table: Table, constraints: readonly Constraint[]): string[] {
  const of = (type: Constraint['type']) =>
    constraints.some((each) => each.table === table.id && each.type === type && each.columns.includes(column));
  return [of('primary key') && 'PK', of('foreign key') && 'FK', of('unique') && 'UK'].filter((key) => key !== false);
}

function pick<T extends SchemaObject>(objects: readonly SchemaObject[], kind: T['kind']): T[] {
  return objects.filter((each): each is T => each.kind === kind);
}

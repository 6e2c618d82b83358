import { type Column, type Constraint, objectsOf, type Snapshot, type Table } from '../../model/schema.ts';
import { quote } from '../quote.ts';
import { candidatesFor, checksOf } from './checks.ts';
import { sampleValue, type Types, typesOf } from './values.ts';

/** How a table can be filled. */
export interface TablePlan {
  /** `schema.name`. */
  readonly table: string;
  /** Set when it cannot: why. */
  readonly impossible?: string;
  /** One INSERT; `bare` leaves nullable columns out. Row numbers begin at 1. */
  insert(rows: readonly number[], bare: boolean): string;
}

/** Plans for all tables that hold rows, those that others refer to first. */
export function plansFor(snapshot: Snapshot): TablePlan[] {
  const context = contextOf(snapshot);
  const tables = [...objectsOf(snapshot, 'table').values()].filter((each) => each.type === 'table');
  return inOrder(tables, context).map((table) => planFor(table, context));
}

interface Context {
  readonly types: Types;
  readonly tables: ReadonlyMap<string, Table>;
  readonly columns: ReadonlyMap<string, readonly Column[]>;
  readonly constraints: ReadonlyMap<string, readonly Constraint[]>;
  /** Tables that come before the one at hand, which foreign keys may point to. */
  readonly done: Set<string>;
}

function contextOf(snapshot: Snapshot): Context {
  const columns = Map.groupBy(objectsOf(snapshot, 'column').values(), ({ table }) => table);
  const constraints = Map.groupBy(objectsOf(snapshot, 'constraint').values(), ({ table }) => table);
  for (const each of columns.values()) each.sort((a, b) => a.position - b.position);
  return { types: typesOf(snapshot), tables: objectsOf(snapshot, 'table'), columns, constraints, done: new Set() };
}

function foreignKeys(table: Table, context: Context): Constraint[] {
  const own = [table.id, ...(table.partition ? table.parents : [])];
  return own
    .flatMap((id) => context.constraints.get(id) ?? [])
    .filter((each) => each.type === 'foreign key' && each.references);
}

/** Depth first along the foreign keys; a cycle is cut where it is met. */
function inOrder(tables: readonly Table[], context: Context): Table[] {
  const sorted: Table[] = [];
  const seen = new Set<string>();
  const visit = (table: Table) => {
    if (seen.has(table.id)) return;
    seen.add(table.id);
    for (const { references } of foreignKeys(table, context)) {
      const referenced = context.tables.get(references?.table ?? '');
      for (const each of referenced ? leavesOf(referenced, tables) : []) visit(each);
    }
    sorted.push(table);
  };
  for (const table of tables) visit(table);
  return sorted;
}

function leavesOf(table: Table, tables: readonly Table[]): readonly Table[] {
  return table.type === 'partitioned table'
    ? tables.filter((each) => each.partition && each.parents.includes(table.id))
    : [table];
}

function planFor(table: Table, context: Context): TablePlan {
  const columns = (context.columns.get(table.id) ?? []).filter(
    (each) => !each.generated && !each.identity && !each.default?.startsWith('nextval('),
  );
  const fixed = partitionValues(table, context);
  const done = new Set(context.done);
  context.done.add(table.id);
  for (const parent of table.partition ? table.parents : []) context.done.add(parent);
  const value = (column: Column, n: number, bare: boolean) =>
    bare && !column.notNull
      ? 'NULL'
      : (fixed.get(column.name) ??
        referenced(column, table, n, { ...context, done }) ??
        own(column, table, n, context));
  const target = `${quote(table.schema)}.${quote(table.name)}`;
  const unknown = columns.find((column) => column.notNull && value(column, 1, true) === undefined);
  return {
    table: table.id,
    ...(unknown && { impossible: `no value is known for the type ${unknown.type} of ${unknown.name}` }),
    insert(rows, bare) {
      if (columns.length === 0) return `INSERT INTO ${target} DEFAULT VALUES`;
      const tuples = rows.map((n) => `(${columns.map((column) => value(column, n, bare) ?? 'NULL').join(', ')})`);
      return `INSERT INTO ${target} (${columns.map(({ name }) => quote(name)).join(', ')}) VALUES ${tuples.join(', ')} ON CONFLICT DO NOTHING`;
    },
  };
}

/** A value of the column's own: from its checks, else from its type; later columns get later values, so that starts precede ends. */
function own(column: Column, table: Table, n: number, { types, constraints }: Context): string | undefined {
  const domain = types.domains.get(column.type.replaceAll('"', ''));
  const ids = [table.id, ...table.parents];
  const checks = checksOf(
    column.name,
    ids.flatMap((id) => constraints.get(id) ?? []),
    domain,
  );
  const shift = /^(date|timestamp|integer|bigint)/.test(column.type) ? column.position : 0;
  return candidatesFor(column.name, checks, n) ?? sampleValue(column.type, n + shift, types);
}

/** What a foreign key column refers to: the nth row of the other table, or its first. NULL where that has none yet. */
function referenced(column: Column, table: Table, n: number, context: Context): string | undefined {
  const keys = foreignKeys(table, context);
  const key = keys.find((each) => each.columns.includes(column.name));
  if (!key?.references) return undefined;
  const { table: other, columns } = key.references;
  if (!context.done.has(other)) return column.notNull ? undefined : 'NULL';
  const target = context.tables.get(other);
  const wanted = columns[key.columns.indexOf(column.name)];
  if (!target || wanted === undefined) return undefined;
  const query = (offset: number) =>
    `(SELECT ${quote(wanted)} FROM ${quote(target.schema)}.${quote(target.name)} ORDER BY ${columns.map(quote).join(', ')} LIMIT 1 OFFSET ${offset})`;
  // two keys to one table should not always meet: people are not their own friends
  const offset = n - 1 + keys.filter((each) => each.references?.table === other).indexOf(key);
  return offset === 0 ? query(0) : `COALESCE(${query(offset)}, ${query(0)})`;
}

/** What the bounds of a partition, and of those it lies in, ask of the key columns. */
function partitionValues(table: Table, { tables }: Context): Map<string, string> {
  const values = new Map<string, string>();
  for (let at: Table | undefined = table; at?.partition; at = tables.get(at.parents[0] ?? '')) {
    const keys = /\((.*)\)$/.exec(tables.get(at.parents[0] ?? '')?.partitionKey ?? '')?.[1]?.split(', ') ?? [];
    const bounds =
      /(?:FROM|IN) \((.*?)\)(?: TO|$)/
        .exec(at.partitionBound ?? '')?.[1]
        ?.match(/'(?:[^']|'')*'|-?[\d.]+|MINVALUE|NULL|true|false/g) ?? [];
    keys.forEach((key, index) => {
      const bound = bounds[index];
      if (bound !== undefined && bound !== 'MINVALUE') values.set(key.replaceAll('"', ''), bound);
    });
  }
  return values;
}

import type { Node, RangeVar } from '@pgsql/types';
import { nameOf, type WrittenName } from './names.ts';
import { read, readAll, strings } from './node.ts';

/** What a query asks the catalog for by name. */
export interface References {
  readonly tables: readonly WrittenName[];
  /** Columns, each with the tables of the query that it can belong to, or the name in front of it that is none of them. */
  readonly columns: readonly ColumnReference[];
}

export interface ColumnReference {
  readonly name: string;
  readonly tables: readonly WrittenName[];
  /** Nothing stands in front of it, so that it may be a variable. */
  readonly bare: boolean;
  /** `new` in `NEW.total`: something that the query itself does not say. */
  readonly owner?: string;
}

/**
 * Tables and columns that a query names. Subqueries are not told apart: a column without a table in front of it may
 * belong to any table of the query, and none is named whose name the query itself gives to something.
 */
export function referencesIn(query: Node): References {
  const found: Found = { tables: new Map(), given: new Set(), columns: [] };
  visit(query, found);
  const tables = [...found.tables.values()].flat().filter(({ schema, name }) => schema || !found.given.has(name));
  return { tables, columns: found.columns.flatMap((written) => resolved(written, found, tables)) };
}

interface Written {
  readonly name: string;
  /** What stands in front of it, or the table that the statement writes. */
  readonly owner: string | RangeVar | undefined;
}

interface Found {
  /** Tables by the name that they have in the query. */
  readonly tables: Map<string, WrittenName[]>;
  /** Names of common table expressions and of columns that the query makes. */
  readonly given: Set<string>;
  readonly columns: Written[];
}

function resolved({ name, owner }: Written, { tables, given }: Found, all: readonly WrittenName[]): ColumnReference[] {
  if (typeof owner === 'object') return [{ name, tables: [nameOf(owner)], bare: false }];
  if (owner === undefined) return given.has(name) ? [] : [{ name, tables: all, bare: true }];
  if (given.has(owner)) return [];
  return [{ name, tables: tables.get(owner) ?? [], bare: false, ...(!tables.has(owner) && { owner }) }];
}

function visit(value: unknown, found: Found): void {
  if (typeof value !== 'object' || value === null) return;
  const node = value as Node;
  noteTable(read(node, 'RangeVar') ?? ownRelation(value), found);
  noteColumn(node, found);
  noteWritten(node, found);
  noteGiven(node, found);
  for (const each of Object.values(value)) visit(each, found);
}

/** INSERT, UPDATE and DELETE have their table without a node around it. */
function ownRelation(value: object): RangeVar | undefined {
  const { relation } = value as { relation?: RangeVar };
  return relation?.relname === undefined ? undefined : relation;
}

function noteTable(relation: RangeVar | undefined, { tables }: Found): void {
  if (relation?.relname === undefined) return;
  const name = relation.alias?.aliasname ?? relation.relname;
  tables.set(name, [...(tables.get(name) ?? []), nameOf(relation)]);
}

function noteColumn(node: Node, { columns }: Found): void {
  const fields = read(node, 'ColumnRef')?.fields;
  const names = strings(fields);
  const [name, owner] = names.toReversed();
  if (name !== undefined && names.length === fields?.length) columns.push({ name, owner });
}

/** Columns that INSERT and UPDATE write. */
function noteWritten(node: Node, { columns }: Found): void {
  const insert = read(node, 'InsertStmt');
  const update = read(node, 'UpdateStmt');
  const owner = (insert ?? update)?.relation;
  const written = [insert?.cols, insert?.onConflictClause?.targetList, update?.targetList].flatMap((list) =>
    readAll(list, 'ResTarget'),
  );
  for (const { name } of written) if (name !== undefined) columns.push({ name, owner });
}

/** Common table expressions, aliases of columns and of subqueries. */
function noteGiven(node: Node, { given }: Found): void {
  const common = read(node, 'CommonTableExpr');
  const alias = read(node, 'RangeSubselect')?.alias ?? read(node, 'RangeFunction')?.alias;
  const columns = readAll(read(node, 'RangeFunction')?.coldeflist, 'ColumnDef').map(({ colname }) => colname);
  const targets = readAll(read(node, 'SelectStmt')?.targetList, 'ResTarget').map(({ name }) => name);
  const names = [common?.ctename, alias?.aliasname, ...strings(common?.aliascolnames), ...strings(alias?.colnames)];
  for (const name of [...names, ...columns, ...targets]) if (name !== undefined) given.add(name);
}

import { type Connection, SqlError } from '../connect.ts';
import { quote } from '../quote.ts';
import { nameOf, type Reference, type Target } from './targets.ts';

/** Rows that foreign keys can refer to: one list of values for each, in the order of the key's columns. */
export type Key = readonly string[];

/** What tables hold that others refer to; read after the tables were filled. */
export class Keys {
  readonly #known = new Map<string, readonly Key[]>();

  /** The keys to choose from; none where they were not read, or the table is empty. */
  of(reference: Reference): readonly Key[] {
    return this.#known.get(idOf(reference)) ?? [];
  }

  has(reference: Reference): boolean {
    return this.#known.has(idOf(reference));
  }

  /** Reads up to `count` keys for each foreign key, all in one query. */
  async read(connection: Connection, references: readonly Reference[], count: number): Promise<void> {
    const wanted = new Map(references.map((each) => [idOf(each), each]));
    if (wanted.size === 0) return;
    const parts = [...wanted.values()].map((each, index) => keySql(each, index, count));
    const rows = await queryAll<{ of: number; key: Key }>(connection, parts);
    const found = Map.groupBy(rows, (each) => each.of);
    for (const [index, id] of [...wanted.keys()].entries())
      this.#known.set(
        id,
        (found.get(index) ?? []).map(({ key }) => key),
      );
  }
}

function keySql({ to, keys }: Reference, index: number, count: number): string {
  const values = keys.map((each) => `${quote(each)}::text`).join(', ');
  const present = keys.map((each) => `${quote(each)} IS NOT NULL`).join(' AND ');
  const from = `${to.partitioned ? '' : 'ONLY '}${nameOf(to)}`;
  return `(SELECT ${index} AS of, ARRAY[${values}] AS key FROM ${from} WHERE ${present} LIMIT ${count})`;
}

function idOf({ to, keys }: Reference): string {
  return `${to.oid} ${keys.map(quote).join(' ')}`;
}

/** Those of the tables that have rows already. */
export async function standing(connection: Connection, targets: readonly Target[]): Promise<Set<Target>> {
  const stored = targets.filter((each) => each.stored);
  const parts = stored.map(({ only }, index) => `(SELECT ${index} AS of FROM ${only} LIMIT 1)`);
  const rows = await queryAll<{ of: number }>(connection, parts);
  return new Set(rows.flatMap((each) => stored[each.of] ?? []));
}

/** All rows of all queries, as one; one by one where one of them fails (a table that may not be read), which then has none. */
async function queryAll<Row extends object>(connection: Connection, queries: readonly string[]): Promise<Row[]> {
  if (queries.length === 0) return [];
  try {
    return await queryBriefly<Row>(connection, queries.join('\nUNION ALL\n'));
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    if (queries.length === 1) return [];
    const rows: Row[] = [];
    for (const each of queries) rows.push(...(await queryAll<Row>(connection, [each])));
    return rows;
  }
}

/** Reads rows for two seconds at most: a policy of the user's may come in between. */
async function queryBriefly<Row extends object>(connection: Connection, sql: string): Promise<Row[]> {
  await connection.send("BEGIN; SET LOCAL statement_timeout = '2s'");
  try {
    return await connection.query<Row>(sql);
  } finally {
    await connection.send('ROLLBACK');
  }
}

import type { Statement } from '../../model/statement.ts';
import { type Connection, SqlError } from '../connect.ts';
import { mustRunOutside } from '../outside.ts';
import { quote } from '../quote.ts';

/** An index's name in its schema, unquoted. */
export interface IndexName {
  readonly schema: string;
  readonly name: string;
}

/** An index that PostgreSQL does not use for queries, and keeps up for every write. */
export interface InvalidIndex extends IndexName {
  readonly oid: number;
  /** As SQL writes it here, and its name alone. */
  readonly table: string;
  readonly relation: string;
}

/** Whether a statement that fails leaves an invalid index (documentation, CREATE INDEX and REINDEX, "CONCURRENTLY"). */
export function mayLeaveIndex(statement: Statement): boolean {
  return (statement.kind === 'IndexStmt' || statement.kind === 'ReindexStmt') && mustRunOutside(statement);
}

/** Whether an invalid index is what this statement leaves where it fails; those that others have left are not ours to drop. */
export function isLeftBy({ node }: Statement, index: Pick<InvalidIndex, 'name' | 'relation'>): boolean {
  if ('ReindexStmt' in node) return /_cc(new|old)\d*$/.test(index.name);
  if (!('IndexStmt' in node)) return false;
  const { idxname, relation } = node.IndexStmt;
  return idxname ? index.name === idxname : index.relation === relation?.relname;
}

/** Indexes that are invalid and that nobody is building, partitioned ones apart: those are invalid until all parts are attached. */
export async function invalidIndexes(session: Connection): Promise<InvalidIndex[]> {
  return session.query<InvalidIndex>(
    `SELECT i.indexrelid::int8::float8 AS oid, n.nspname AS schema, c.relname AS name, i.indrelid::pg_catalog.regclass::text AS table,
            t.relname AS relation
       FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
       JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT (i.indisvalid AND i.indisready) AND c.relkind = 'i'
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)
      ORDER BY 2, 3`,
  );
}

/** Drops the indexes that the statement has left: they are invalid now, and were not before. Returns those that could not be. */
export async function dropNewInvalid(
  session: Connection,
  statement: Statement,
  before: readonly InvalidIndex[],
): Promise<{ readonly dropped: InvalidIndex[]; readonly left: InvalidIndex[] }> {
  const old = new Set(before.map(({ oid }) => oid));
  const added = (await invalidIndexes(session)).filter((index) => !old.has(index.oid) && isLeftBy(statement, index));
  const dropped: InvalidIndex[] = [];
  for (const index of added)
    try {
      await session.send(`DROP INDEX CONCURRENTLY IF EXISTS ${quote(index.schema)}.${quote(index.name)}`);
      dropped.push(index);
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
    }
  return { dropped, left: added.filter((index) => !dropped.includes(index)) };
}

/** Drops indexes, where they are there. */
export async function dropNamed(session: Connection, indexes: readonly IndexName[]): Promise<void> {
  for (const { schema, name } of indexes)
    await session.send(`DROP INDEX CONCURRENTLY IF EXISTS ${quote(schema)}.${quote(name)}`);
}

import type { Statement } from '../../model/statement.ts';
import { type Connection, SqlError } from '../connect.ts';
import { asOurs } from './sample.ts';

/** What code has changed in tables as a whole, by oid. */
export interface WholeTables {
  /** They had rows, and none of these is left. */
  readonly emptied: readonly number[];
  /** Every row that they have was written anew. */
  readonly overwritten: readonly number[];
}

/** Tables' counters of the session and their files, by oid. */
export type Tables = ReadonlyMap<number, TableState>;

interface TableState {
  /** Rows that the session has deleted and updated since its counters were last flushed. */
  readonly deleted: number;
  readonly updated: number;
  readonly file: number;
  /** Whether the file has pages. */
  readonly filled: boolean;
}

/** Fewer rows than that say nothing of how they were chosen. */
const several = 2;

/** Statements whose text need not say which rows they change: they run functions, procedures, blocks, prepared ones. */
export function runsCode({ kind }: Statement): boolean {
  return ['DoStmt', 'CallStmt', 'SelectStmt', 'ExecuteStmt'].includes(kind);
}

/** The tables as they stand, for `wholeTablesSince`. Takes no lock that stays. */
export async function tablesNow(session: Connection): Promise<Tables> {
  const rows = await session.query<TableState & { oid: number }>(tablesQuery).catch(asOurs);
  return new Map(rows.map(({ oid, ...state }) => [oid, state]));
}

const tablesQuery = `
  SELECT c.oid::int8::float8 AS oid, pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid)::float8 AS deleted,
         pg_catalog.pg_stat_get_xact_tuples_updated(c.oid)::float8 AS updated, c.relfilenode::int8::float8 AS file,
         COALESCE(pg_catalog.pg_relation_size(c.oid), 0) > 0 AS filled
    FROM pg_catalog.pg_class c
   WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND c.oid >= 16384`;

/** What has happened to whole tables since, inside the same open transaction. */
export async function wholeTablesSince(session: Connection, before: Tables): Promise<WholeTables> {
  const now = [...(await tablesNow(session))].flatMap(([oid, state]) => {
    const old = before.get(oid);
    return old ? [{ oid, old, state }] : [];
  });
  const truncated = now.filter(({ old, state }) => old.filled && !state.filled && old.file !== state.file);
  const emptied = truncated.map(({ oid }) => oid);
  const overwritten: number[] = [];
  for (const { oid, old, state } of now) {
    const deleted = state.deleted - old.deleted;
    const updated = state.updated - old.updated;
    if (emptied.includes(oid) || Math.max(deleted, updated) < several) continue;
    const { rows, untouched } = await rowsOf(session, oid);
    if (untouched > 0) continue;
    if (deleted >= several && updated === 0) emptied.push(oid);
    else if (updated >= Math.max(several, rows)) overwritten.push(oid);
  }
  return { emptied, overwritten };
}

/**
 * How many rows a table has, and how many of them the transaction did not write. Its lock ends with the savepoint.
 * Where the script's role must not see all of them, nothing is known: that counts as untouched.
 */
async function rowsOf(session: Connection, oid: number): Promise<{ rows: number; untouched: number }> {
  await session.send('SAVEPOINT lockkeeper_rows');
  try {
    await session.send('SET LOCAL row_security = off');
    const [named] = await session.query<{ name: string }>(
      `SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
         FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = $1`,
      [oid],
    );
    const [counted] = await session.query<{ rows: number; untouched: number }>(
      `SELECT pg_catalog.count(*)::float8 AS rows,
              pg_catalog.count(*) FILTER (WHERE xmin::text::int8 < pg_catalog.txid_current() % 4294967296)::float8 AS untouched
         FROM ONLY ${named?.name}`,
    );
    return counted ?? unknown;
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return unknown;
  } finally {
    await session.send('ROLLBACK TO SAVEPOINT lockkeeper_rows; RELEASE SAVEPOINT lockkeeper_rows');
  }
}

const unknown = { rows: 0, untouched: 1 };

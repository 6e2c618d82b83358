import type { LockMode, Relation } from '../../model/observation.ts';
import { type Connection, SqlError } from '../connect.ts';
import { keyOf, type WrittenName } from './names.ts';
import { type RelationRow, relationColumns, toRelation } from './relations.ts';

/** What a session holds and has done in its transaction at one moment. */
export interface Sample {
  /** Modes of the locks it holds on relations that are not PostgreSQL's own, by oid. */
  readonly locks: ReadonlyMap<number, ReadonlySet<LockMode>>;
  /** `relfilenode` of the locked relations that are still there. */
  readonly files: ReadonlyMap<number, number>;
  /** Sequential scans since the session's counters were last flushed, which may be several transactions ago. */
  readonly scans: ReadonlyMap<number, number>;
  /** What the asked names mean at this moment, by `keyOf`. */
  readonly named: ReadonlyMap<string, Relation>;
  /** In milliseconds; 0 is no limit. */
  readonly lockTimeout: number;
  readonly statementTimeout: number;
}

/** Before anything was locked. */
export const nothingHeld: Pick<Sample, 'locks' | 'files' | 'scans'> = {
  locks: new Map(),
  files: new Map(),
  scans: new Map(),
};

interface SampleRow {
  readonly held: readonly { oid: number; modes: LockMode[]; file: number | null }[] | null;
  readonly scanned: readonly { oid: number; scans: number }[] | null;
  readonly named: readonly (RelationRow & { asked: number })[] | null;
  readonly lock_timeout: string;
  readonly statement_timeout: string;
}

/**
 * Asks the watched session itself, inside its transaction: only it sees its uncommitted catalog and its counters
 * (`pg_stat_get_xact_numscans` is what `pg_stat_xact_user_tables.seq_scan` shows). The query takes locks on
 * catalogs alone and cannot fail on names, permissions or settings of the script, which it would break otherwise.
 */
export async function sample(
  session: Connection,
  names: readonly WrittenName[],
  base: ReadonlySet<number>,
): Promise<Sample> {
  const values = names.length > 0 ? [names.map(({ schema }) => schema ?? null), names.map(({ name }) => name)] : [];
  const [row] = await session.query<SampleRow>(sampleQuery(names), values).catch(asOurs);
  const { held, scanned, named, lock_timeout, statement_timeout } = row as SampleRow;
  return {
    locks: new Map(held?.map(({ oid, modes }) => [oid, new Set(modes)])),
    files: new Map(held?.flatMap(({ oid, file }) => (file === null ? [] : [[oid, file]]))),
    scans: new Map(scanned?.map(({ oid, scans }) => [oid, scans])),
    named: new Map(
      named?.map((each) => [keyOf(names[each.asked - 1] as WrittenName), toRelation(each, base.has(each.oid))]),
    ),
    lockTimeout: milliseconds(lock_timeout),
    statementTimeout: milliseconds(statement_timeout),
  };
}

/** Throws an error of ours on, so that it is never taken for one of the statement that is being watched. */
export function asOurs(error: unknown): never {
  throw error instanceof SqlError
    ? new Error(`The session could not be sampled: ${error.message}`, { cause: error })
    : error;
}

/** Oids below 16384 (FirstNormalObjectId) are PostgreSQL's own. */
const heldQuery = `
  SELECT pg_catalog.json_agg(h) FROM (
    SELECT l.relation::int8 AS oid, pg_catalog.array_agg(DISTINCT l.mode) AS modes,
           (SELECT c.relfilenode::int8 FROM pg_catalog.pg_class c WHERE c.oid = l.relation) AS file
      FROM pg_catalog.pg_locks l
     WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.granted AND l.relation >= 16384
     GROUP BY l.relation) AS h`;

const scannedQuery = `
  SELECT pg_catalog.json_agg(s) FROM (
    SELECT c.oid::int8 AS oid, pg_catalog.pg_stat_get_xact_numscans(c.oid) AS scans
      FROM pg_catalog.pg_class c
     WHERE c.relkind IN ('r', 'p', 'm') AND c.oid >= 16384 AND pg_catalog.pg_stat_get_xact_numscans(c.oid) > 0) AS s`;

const namedQuery = `
  SELECT pg_catalog.json_agg(r) FROM (
    SELECT asked.i AS asked, found.*
      FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::name[])) WITH ORDINALITY AS asked(schema, name, i)
     CROSS JOIN LATERAL (
       SELECT ${relationColumns}
         FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relname = asked.name
          AND (n.nspname = asked.schema
               OR asked.schema IS NULL AND n.nspname = ANY (pg_catalog.current_schemas(true)))
        ORDER BY pg_catalog.array_position(pg_catalog.current_schemas(true), n.nspname)
        LIMIT 1) AS found) AS r`;

/** Planning it costs more than running it: what is not asked is left out. */
function sampleQuery(names: readonly WrittenName[]): string {
  return `SELECT (${heldQuery}) AS held, (${scannedQuery}) AS scanned,
    ${names.length > 0 ? `(${namedQuery})` : 'NULL'} AS named,
    pg_catalog.current_setting('lock_timeout') AS lock_timeout,
    pg_catalog.current_setting('statement_timeout') AS statement_timeout`;
}

/** PostgreSQL writes settings with the largest unit that fits: `0`, `500ms`, `5s`, `2min`. */
function milliseconds(setting: string): number {
  const [, digits = '0', unit = 'ms'] = /^(\d+)(ms|s|min|h|d)?$/.exec(setting) ?? [];
  return Number(digits) * ({ ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 }[unit] ?? 1);
}

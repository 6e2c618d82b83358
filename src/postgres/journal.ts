import type { Query, Session } from '../model/ledger.ts';
import { quote } from './quote.ts';
import { milliseconds } from './time.ts';

/** The name of the table; it lies in the schema of the migration tool's own. */
export const journalTable = 'lockkeeper_history';

/** What is written of each migration that Lockkeeper applies to a target. */
export interface Entry {
  readonly tool: string;
  /** The migration's id, file name and hash. */
  readonly migration: string;
  readonly name: string;
  readonly hash: string;
  /** How many statements it has. */
  readonly statements: number;
  /** Who asked for it, from which commit, in which run, with which backup and after which plan; where known. */
  readonly actor?: string;
  readonly commit?: string;
  readonly run?: string;
  readonly backup?: string;
  readonly digest?: string;
  /** Rules whose findings were accepted for it, and why, where that was said. */
  readonly allowed: readonly string[];
  readonly reason?: string;
}

/** A row of the table. */
export interface Recorded extends Entry {
  readonly id: string;
  /** `started`: some statements may be committed; `baseline`: taken as applied, not run. */
  readonly status: 'started' | 'applied' | 'baseline' | 'reverted';
  /** How many statements are committed. */
  readonly done: number;
  /** SHA-256 (hex) over the texts of those that are. */
  readonly doneHash: string | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly milliseconds: number | null;
  /** The role of the database. */
  readonly appliedBy: string;
}

const columns = `(
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tool text NOT NULL,
  migration text NOT NULL,
  name text NOT NULL,
  hash text NOT NULL,
  status text NOT NULL,
  statements integer NOT NULL,
  done integer NOT NULL DEFAULT 0,
  done_hash text,
  started_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  finished_at timestamptz,
  milliseconds float8,
  applied_by text NOT NULL DEFAULT session_user,
  actor text,
  commit text,
  run text,
  backup text,
  digest text,
  allowed text[] NOT NULL DEFAULT '{}',
  reason text
)`;

/** Creates the table in a schema where there is none, and what a table of an earlier version lacks. */
export async function createJournal(session: Session, schema: string): Promise<void> {
  if (await isWhole(session, schema)) return; // so that nobody needs the right to create it
  await session.query(`CREATE TABLE IF NOT EXISTS ${nameIn(schema)} ${columns}`);
  await session.query(`ALTER TABLE ${nameIn(schema)} ADD COLUMN IF NOT EXISTS reason text`);
}

async function isWhole(session: Session, schema: string): Promise<boolean> {
  const rows = await session.query(
    `SELECT FROM pg_catalog.pg_attribute WHERE attrelid = pg_catalog.to_regclass($1) AND attname = 'reason'`,
    [nameIn(schema)],
  );
  return rows.length > 0;
}

/** All rows, oldest first; none where there is no table. */
export async function readJournal(session: Session, schema: string): Promise<Recorded[]> {
  if (!(await isThere(session, schema))) return [];
  const rows = await session.query<
    Record<'startedAt' | 'finishedAt', number | null> & Omit<Recorded, 'startedAt' | 'finishedAt'>
  >(
    `SELECT j.id::text, tool, migration, name, hash, status, statements, done, done_hash AS "doneHash",
            ${milliseconds('started_at')} AS "startedAt", ${milliseconds('finished_at')} AS "finishedAt", milliseconds, applied_by AS "appliedBy",
            actor, commit, run, backup, digest, allowed, pg_catalog.to_jsonb(j) ->> 'reason' AS reason FROM ${nameIn(schema)} j ORDER BY j.id`,
  );
  return rows.map(({ startedAt, finishedAt, ...row }) => ({
    ...row,
    startedAt: new Date(startedAt ?? 0),
    finishedAt: finishedAt === null ? null : new Date(finishedAt),
  }));
}

function nameIn(schema: string): string {
  return `${quote(schema)}.${quote(journalTable)}`;
}

async function isThere(session: Session, schema: string): Promise<boolean> {
  const [row] = await session.query<{ there: boolean }>('SELECT pg_catalog.to_regclass($1) IS NOT NULL AS there', [
    nameIn(schema),
  ]);
  return row?.there === true;
}

const entryColumns =
  'tool, migration, name, hash, statements, actor, commit, run, backup, digest, allowed, status, reason';

function valuesOf(entry: Entry, status: Recorded['status']): unknown[] {
  return [
    ...[entry.tool, entry.migration, entry.name, entry.hash, entry.statements, entry.actor ?? null],
    ...[entry.commit ?? null, entry.run ?? null, entry.backup ?? null, entry.digest ?? null, entry.allowed, status],
    entry.reason ?? null,
  ];
}

/** Begins a row of a migration that is more than one transaction; returns its id. */
export async function startEntry(session: Session, schema: string, entry: Entry): Promise<string> {
  const [row] = await session.query<{ id: string }>(
    `INSERT INTO ${nameIn(schema)} (${entryColumns})
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id::text`,
    valuesOf(entry, 'started'),
  );
  return (row as { id: string }).id;
}

/** Says in the migration's own transaction that all of it is applied, or that it is taken as applied. */
export function wholeEntry(schema: string, entry: Entry, status: 'applied' | 'baseline'): Query {
  return {
    sql: `INSERT INTO ${nameIn(schema)} (${entryColumns}, done, started_at, finished_at, milliseconds)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $5, pg_catalog.now(), pg_catalog.clock_timestamp(),
             extract(epoch FROM pg_catalog.clock_timestamp() - pg_catalog.now()) * 1000)`,
    values: valuesOf(entry, status),
  };
}

/** Says how many statements are committed, with the hash over their texts. */
export function noteDone(schema: string, id: string, done: number, doneHash: string): Query {
  return {
    sql: `UPDATE ${nameIn(schema)} SET done = $2, done_hash = $3 WHERE id = $1::bigint`,
    values: [id, done, doneHash],
  };
}

/** Says that all of it is applied. */
export function finishEntry(schema: string, id: string): Query {
  return {
    sql: `UPDATE ${nameIn(schema)} SET status = 'applied', done = statements, done_hash = NULL,
            finished_at = pg_catalog.clock_timestamp(),
            milliseconds = extract(epoch FROM pg_catalog.clock_timestamp() - started_at) * 1000 WHERE id = $1::bigint`,
    values: [id],
  };
}

/** Says that what was done of it is taken back. */
export function revertEntry(schema: string, id: string): Query {
  return {
    sql: `UPDATE ${nameIn(schema)} SET status = 'reverted', done = 0, done_hash = NULL,
            finished_at = pg_catalog.clock_timestamp() WHERE id = $1::bigint`,
    values: [id],
  };
}

/** All rows of the table in a schema, else of that which the session's search_path leads to, oldest first; undefined where there is none. */
export async function findJournal(session: Session, schema?: string): Promise<Recorded[] | undefined> {
  const [row] = await session.query<{ schema: string }>(
    `SELECT n.nspname AS schema FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid = pg_catalog.to_regclass($1)`,
    [schema === undefined ? journalTable : nameIn(schema)],
  );
  return row && readJournal(session, row.schema);
}

/** Table-level lock modes, weakest first, as `pg_locks.mode` spells them (documentation, chapter 13.3.1). */
export const lockModes = [
  'AccessShareLock',
  'RowShareLock',
  'RowExclusiveLock',
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
] as const;

export type LockMode = (typeof lockModes)[number];

export type RelationKind =
  | 'table'
  | 'partitioned table'
  | 'index'
  | 'partitioned index'
  | 'view'
  | 'materialized view'
  | 'sequence'
  | 'foreign table'
  | 'composite type';

/** A relation as it stood immediately before a statement. */
export interface Relation {
  readonly oid: number;
  /** Schema-qualified, unquoted: `public.orders`. */
  readonly name: string;
  readonly kind: RelationKind;
  /** For an index: the table it belongs to, schema-qualified. */
  readonly table?: string;
  /** It was there before the first pending migration, perhaps under another name. */
  readonly atBase: boolean;
}

/** One lock on a relation that existed before the migration. */
export interface Lock {
  /** Schema-qualified name the relation had before the migration. */
  readonly relation: string;
  readonly mode: LockMode;
  readonly kind: RelationKind;
  /** For an index: the table it belongs to. */
  readonly table?: string;
  /** False for relations that an earlier migration of the same pull request created: nobody uses them yet. */
  readonly atBase: boolean;
}

/** PostgreSQL's own error report. */
export interface SqlFault {
  readonly sqlstate: string;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
  /** PL/pgSQL or SQL call stack at the error. */
  readonly context?: string;
  /** Line of the file, from 1, where PostgreSQL points to; the statement's first line when it points nowhere. */
  readonly line: number;
}

/** What one statement did when it ran. */
export interface Observation {
  readonly migration: string;
  readonly path: string;
  readonly line: number;
  readonly sql: string;
  /** Time until PostgreSQL answered, on nearly empty tables: no measure of production. */
  readonly milliseconds: number;
  /** Number of the transaction it ran in, from 1 through the whole check; null when it ran outside a transaction block. */
  readonly transaction: number | null;
  /** Locks the statement added or strengthened, on relations that existed before the migration, sorted. */
  readonly locks: readonly Lock[];
  /** Locks that earlier statements of the same transaction still hold, sorted. */
  readonly held: readonly Lock[];
  /** Relations that existed before the migration and still do, whose storage was replaced. */
  readonly rewritten: readonly string[];
  /** Tables whose `seq_scan` in `pg_stat_xact_user_tables` rose. */
  readonly scanned: readonly string[];
  /**
   * Tables that existed before the migration and lost every row to code that the statement ran: a DO block, a function,
   * a procedure, a prepared statement. Rows may have been made up for the check. Absent where there are none.
   */
  readonly emptied?: readonly string[];
  /** Tables that existed before the migration, of which such code updated every row. Absent where there are none. */
  readonly overwritten?: readonly string[];
  readonly error?: SqlFault;
  /** How it failed on rows that were made up for the check; everything else here is then seen on empty tables. */
  readonly errorOnRows?: SqlFault;
  /** Why locks, rewrites or scans are not all known, in one sentence. Absent when everything was observed. */
  readonly unobserved?: string;
}

/** Position in `lockModes`: a greater number is a stronger lock. */
export function strength(mode: LockMode): number {
  return lockModes.indexOf(mode);
}

/** What a lock on a table keeps others from doing (documentation, table 13.2). */
export function blocks(mode: LockMode): 'reads and writes' | 'writes' | 'schema changes' | 'nothing' {
  if (mode === 'AccessExclusiveLock') return 'reads and writes';
  if (strength(mode) >= strength('ShareLock')) return 'writes';
  return strength(mode) >= strength('ShareUpdateExclusiveLock') ? 'schema changes' : 'nothing';
}

import type { Severity } from '../model/finding.ts';
import { type Lock, type LockMode, type Observation, strength } from '../model/observation.ts';
import type { StatementFacts } from '../model/rule.ts';

/** Relations that hold rows. */
const tableKinds = ['table', 'partitioned table', 'materialized view', 'foreign table'];

/** A base table on which a statement worked while a lock kept others out. */
export interface Blocked {
  /** Schema-qualified, as it was named before the migration. */
  readonly table: string;
  /** The strongest lock on it while the statement ran, taken by it or held by its transaction. */
  readonly mode: LockMode;
  readonly rewritten: boolean;
}

/** Base tables that a statement read whole or rewrote while a lock on them kept writers out, or readers too. */
export function blockedTables(observation: Observation): Blocked[] {
  return strongest([...observation.locks, ...observation.held]).flatMap(({ relation: table, mode, kind, atBase }) => {
    if (!atBase || !tableKinds.includes(kind) || !keepsOut(mode, kind)) return [];
    const rewritten = observation.rewritten.includes(table);
    return rewritten || observation.scanned.includes(table) ? [{ table, mode, rewritten }] : [];
  });
}

/** Who waits: `writes`; where it is not the same for all, `reads and writes of public.a and writes to public.b`. */
export function waitingFor(blocked: readonly Blocked[]): string {
  const whole = blocked.filter(({ mode }) => mode === 'AccessExclusiveLock').map(({ table }) => table);
  const others = blocked.filter(({ mode }) => mode !== 'AccessExclusiveLock').map(({ table }) => table);
  if (others.length === 0) return 'reads and writes';
  return whole.length === 0 ? 'writes' : `reads and writes of ${whole.join(', ')} and writes to ${others.join(', ')}`;
}

/** Base tables that a statement read whole or rewrote, whatever lock it had. */
export function workedOn({ locks, held, scanned, rewritten }: Observation): string[] {
  const tables = strongest([...locks, ...held]).filter(({ kind, atBase }) => atBase && tableKinds.includes(kind));
  return tables.map(({ relation }) => relation).filter((each) => scanned.includes(each) || rewritten.includes(each));
}

/** Base tables on which some of these locks are at least so strong and keep others out, each with the strongest. */
export function lockedTables(locks: readonly Lock[], least: LockMode = 'ShareLock'): Lock[] {
  return strongest(locks).filter(
    ({ kind, atBase, mode }) => atBase && tableKinds.includes(kind) && atLeast(mode, least) && keepsOut(mode, kind),
  );
}

/** Whom the strongest of these locks, which all keep writers out, keeps out. */
export function keptOut(locks: readonly { readonly mode: LockMode }[]): 'reads and writes' | 'writes' {
  return locks.some(({ mode }) => mode === 'AccessExclusiveLock') ? 'reads and writes' : 'writes';
}

/** The same in a sentence, before the names of tables. */
export function keptFrom(locks: readonly { readonly mode: LockMode }[]): string {
  return keptOut(locks) === 'writes' ? 'writes to' : 'reads and writes of';
}

/** Base tables that a statement itself locked against reads and writes. */
export function lockedOut({ observation }: StatementFacts): string[] {
  return lockedTables(observation.locks, 'AccessExclusiveLock').map(({ relation }) => relation);
}

/** Tables that code emptied by giving them new files, which takes a moment. */
export function truncatedByCode({ emptied = [], rewritten }: Observation): string[] {
  return emptied.filter((table) => rewritten.includes(table));
}

/** What a strong lock of a moment weighs: while it waits, everybody waits behind it, unless a lock_timeout ends that. */
export function momentary({ lockTimeout }: StatementFacts): Severity {
  return lockTimeout > 0 ? 'notice' : 'warning';
}

/** Milliseconds after which a wait for a lock ends by itself; 0 where nothing ends it. */
export function endOfWait({ lockTimeout, statementTimeout }: StatementFacts): number {
  const limits = [lockTimeout, statementTimeout].filter((each) => each > 0);
  return limits.length > 0 ? Math.min(...limits) : 0;
}

/** Whether a lock keeps writers from a table; a materialized view has none but REFRESH, so there only readers count. */
function keepsOut(mode: LockMode, kind: Lock['kind']): boolean {
  return atLeast(mode, kind === 'materialized view' ? 'AccessExclusiveLock' : 'ShareLock');
}

/** Whether a lock is at least as strong as another. */
function atLeast(mode: LockMode | undefined, least: LockMode): boolean {
  return mode !== undefined && strength(mode) >= strength(least);
}

function strongest(locks: readonly Lock[]): Lock[] {
  const found = new Map<string, Lock>();
  for (const lock of locks) {
    const other = found.get(lock.relation);
    if (!other || strength(lock.mode) > strength(other.mode)) found.set(lock.relation, lock);
  }
  return [...found.values()];
}

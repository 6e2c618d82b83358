import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Query } from '../../model/ledger.ts';
import type { Progress } from '../../model/server.ts';
import type { Statement } from '../../model/statement.ts';
import { type Connection, SqlError } from '../connect.ts';
import { StatementFailed } from '../execute.ts';
import { type Blocker, blockerText, watchBlockers } from './blockers.ts';
import { dropNewInvalid, type InvalidIndex, invalidIndexes, mayLeaveIndex } from './leftovers.ts';
import { type Limits, lockTimeoutOf, statementTimeoutOf } from './limits.ts';
import type { Unit } from './units.ts';

/** The sessions that a migration is applied with. */
export interface Hands {
  /** Holds the locks of the run, and runs the statements. No abort cuts it: what runs is cancelled instead. */
  readonly session: Connection;
  /** Looks on, and cancels. */
  readonly looker: Connection;
  readonly limits: Limits;
  /** Settings that the script makes itself, which are left to it. */
  readonly own: Set<string>;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** What a statement did on the target. */
export interface Ran {
  readonly statement: Statement;
  readonly milliseconds: number;
}

/** A unit that was committed. */
export interface Committed {
  readonly ran: readonly Ran[];
  readonly attempts: number;
  /** Who was in the way, as a person reads it. */
  readonly blockers: readonly string[];
}

/** A lock was not to be had in all the time that was given. */
export class LockNotHad extends StatementFailed {
  readonly blockers: readonly string[];

  constructor(failed: StatementFailed, blockers: readonly string[]) {
    super(failed.statement, failed.error);
    this.blockers = blockers;
  }
}

/** The longest pause between two attempts, in milliseconds. */
const longestPause = 10_000;

/**
 * Runs a unit until it is committed. What fails for want of a lock is tried again, with growing patience and random
 * pauses, as nothing of a unit is left when it fails. `within` is run at its end, in its transaction where it is one.
 * Throws `StatementFailed`.
 */
export async function commitUnit(unit: Unit, hands: Hands, within: readonly Query[]): Promise<Committed> {
  const start = performance.now();
  const seen = new Map<number, string>();
  for (let attempt = 1; ; attempt += 1)
    try {
      const ran = await looking(hands, seen, () => runOnce(unit, hands, within, attempt));
      return { ran, attempts: attempt, blockers: [...seen.values()] };
    } catch (error) {
      if (!(error instanceof StatementFailed) || !isContended(error.error)) throw error;
      if (performance.now() - start > hands.limits.lockWait) throw new LockNotHad(error, [...seen.values()]);
      const pause = randomInt(50, Math.min(longestPause, 200 * 2 ** Math.min(attempt, 10)));
      hands.progress.step(`no lock for line ${error.statement.line} of ${error.statement.path}: again in ${pause} ms`);
      await sleep(pause, undefined, { signal: hands.signal });
    }
}

/** lock_not_available and deadlock_detected (documentation, appendix A). */
function isContended({ fault }: SqlError): boolean {
  return fault.sqlstate === '55P03' || fault.sqlstate === '40P01';
}

/** Does the work while somebody looks at who is in its way, and cancels it when the job is aborted. */
async function looking<T>(
  { session, looker, signal, progress }: Hands,
  seen: Map<number, string>,
  work: () => Promise<T>,
): Promise<T> {
  const done = new AbortController();
  const tell = (blockers: readonly Blocker[]) => {
    for (const blocker of blockers) seen.set(blocker.pid, blockerText(blocker));
    progress.step(`waiting for ${blockers.map(blockerText).join('; ')}`);
  };
  const watching = watchBlockers(looker, session.pid, done.signal, tell);
  let cancelling: Promise<unknown> = Promise.resolve();
  const cancel = () => {
    cancelling = watching.then(() => looker.query('SELECT pg_catalog.pg_cancel_backend($1)', [session.pid]));
    done.abort();
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    signal.throwIfAborted();
    return await work();
  } finally {
    signal.removeEventListener('abort', cancel);
    done.abort();
    await watching.catch(() => {}); // a looker that is lost ends nothing
    await cancelling.catch(() => {});
  }
}

async function runOnce(unit: Unit, hands: Hands, within: readonly Query[], attempt: number): Promise<Ran[]> {
  return unit.transaction
    ? await runTransaction(unit, hands, within, attempt)
    : await runAlone(unit, hands, within, attempt);
}

async function runTransaction(
  { begin, statements, end }: Unit,
  hands: Hands,
  within: readonly Query[],
  attempt: number,
): Promise<Ran[]> {
  const { session } = hands;
  const ran: Ran[] = [];
  let last = statements[0] as Statement;
  try {
    await session.send(begin);
    for (const statement of statements) {
      last = statement;
      await setLimits(hands, statement, attempt, 'LOCAL');
      ran.push(await timed(session, statement));
    }
    for (const { sql, values } of within) await session.query(sql, values);
    await session.send(end);
    return ran;
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    if (session.transaction !== 'none') await session.send('ROLLBACK');
    throw new StatementFailed(last, error);
  }
}

/** What a failed statement has left is put away, so that it can be run again. */
async function runAlone(
  { statements: [statement] }: Unit,
  hands: Hands,
  within: readonly Query[],
  attempt: number,
): Promise<Ran[]> {
  const { session, progress } = hands;
  if (!statement) return [];
  const before = mayLeaveIndex(statement) ? await invalidIndexes(session) : undefined;
  await setLimits(hands, statement, attempt, 'SESSION');
  try {
    const ran = await timed(session, statement);
    for (const { sql, values } of within) await session.query(sql, values);
    return [ran];
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    if (before) await tidy(session, before, progress);
    throw new StatementFailed(statement, error);
  } finally {
    await resetLimits(hands).catch(() => {});
  }
}

async function tidy(session: Connection, before: readonly InvalidIndex[], progress: Progress): Promise<void> {
  const { dropped, left } = await dropNewInvalid(session, before);
  for (const { schema, name } of dropped) progress.step(`dropped the invalid index ${schema}.${name} that it had left`);
  for (const { schema, name } of left) progress.step(`the invalid index ${schema}.${name} is left`);
}

async function setLimits(
  { session, limits, own }: Hands,
  statement: Statement,
  attempt: number,
  scope: 'LOCAL' | 'SESSION',
): Promise<void> {
  const wanted = {
    lock_timeout: lockTimeoutOf(statement, attempt, limits),
    statement_timeout: statementTimeoutOf(statement, limits),
  };
  const sets = Object.entries(wanted).filter(([name]) => !own.has(name));
  if (sets.length > 0) await session.send(sets.map(([name, value]) => `SET ${scope} ${name} = ${value}`).join('; '));
  if ('VariableSetStmt' in statement.node) own.add(statement.node.VariableSetStmt.name ?? '');
}

async function resetLimits({ session, own }: Hands): Promise<void> {
  for (const name of ['lock_timeout', 'statement_timeout']) if (!own.has(name)) await session.send(`RESET ${name}`);
}

async function timed(session: Connection, statement: Statement): Promise<Ran> {
  const start = performance.now();
  await session.send(statement.sql);
  return { statement, milliseconds: performance.now() - start };
}

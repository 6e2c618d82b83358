import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Query } from '../../model/ledger.ts';
import type { Statement } from '../../model/statement.ts';
import { SqlError } from '../connect.ts';
import { mayLeavePart } from '../outside.ts';
import { type Attended, attend } from './attend.ts';
import { Blockers } from './blockers.ts';
import { BooksFailed, isContended, writing } from './books.ts';
import { finalizing, isHalfDetached } from './detach.ts';
import { dropNewInvalid, type InvalidIndex, invalidIndexes, mayLeaveIndex } from './leftovers.ts';
import { type Limits, lockTimeoutOf, statementTimeoutOf } from './limits.ts';
import type { Unit } from './units.ts';

/** The sessions that a migration is applied with: one holds the locks of the run, and no abort cuts it. */
export interface Hands extends Attended {
  readonly limits: Limits;
  /** Whether the server counts `statement_timeout` by message: limits are then a message of their own. */
  readonly countsByMessage: boolean;
  /** Settings that the script makes itself, which are left to it. */
  readonly own: Set<string>;
  /** Statements that make the session fresh, run behind COMMIT. */
  readonly afterwards?: readonly string[];
}

/** What a statement did on the target. */
export interface Ran {
  readonly statement: Statement;
  /** Of the last one of a transaction until all is committed. */
  readonly milliseconds: number;
}

/** A unit that was committed. */
export interface Committed {
  readonly ran: readonly Ran[];
  /** Of the attempt that was committed, with the beginning and the end of its transaction and what is written in it. */
  readonly milliseconds: number;
  readonly attempts: number;
  /** Who was in the way, as a person reads it. */
  readonly blockers: readonly string[];
}

/** A unit that PostgreSQL refused: nothing of it is committed. */
export class UnitFailed extends Error {
  override readonly name = 'UnitFailed';
  readonly error: SqlError;
  /** The statement that was refused; absent where it was COMMIT, or the writing down of what is applied. */
  readonly statement: Statement | undefined;
  /** Who was in the way, where no lock was to be had in all the time that was given. */
  readonly blockers: readonly string[];

  constructor(
    message: string,
    {
      error,
      statement,
      blockers = [],
    }: { error: SqlError; statement?: Statement | undefined; blockers?: readonly string[] },
  ) {
    super(message, { cause: error });
    this.error = error;
    this.statement = statement;
    this.blockers = blockers;
  }
}

/** The longest pause between two attempts, in milliseconds. */
const longestPause = 10_000;

/** For how long one puts away what a cancelled statement has left when there is no time, in milliseconds. */
const lastMoments = 10_000;

/**
 * Runs a unit until it is committed. What fails for want of a lock is tried again, with growing patience and random
 * pauses, where nothing of a unit is left when it fails. `within` is run at its end, in its transaction where it is one.
 * Throws `UnitFailed`.
 */
export async function commitUnit(unit: Unit, hands: Hands, within: readonly Query[]): Promise<Committed> {
  const start = performance.now();
  const seen = new Blockers();
  for (let attempt = 1; ; attempt += 1) {
    const begun = performance.now();
    try {
      const own = new Set(hands.own); // what a transaction has set is gone when it fails
      const ran = await (unit.transaction ? runTransaction : runAlone)(unit, { ...hands, own, seen, attempt }, within);
      for (const statement of unit.statements) noteSetting(hands.own, statement, 'SESSION');
      return { ran, milliseconds: performance.now() - begun, attempts: attempt, blockers: seen.all };
    } catch (error) {
      if (!(error instanceof UnitFailed) || !isContended(error.error)) throw error;
      if (leavesPart(unit)) throw withPart(error);
      const { message, statement } = error;
      if (performance.now() - start > hands.limits.lockWait)
        throw new UnitFailed(message, { error: error.error, statement, blockers: seen.all });
      const pause = randomInt(50, Math.min(longestPause, 200 * 2 ** Math.min(attempt, 10)));
      hands.progress.step(`no lock for ${placeOf(statement)}: again in ${pause} ms`);
      await sleep(pause, undefined, { signal: hands.signal });
    }
  }
}

/** Whether a unit may have committed a part of itself when it fails. */
export function leavesPart({ transaction, statements }: Unit): boolean {
  return !transaction && statements.some(mayLeavePart);
}

function withPart({ message, error, statement, blockers }: UnitFailed): UnitFailed {
  const told = `${message}; it commits by itself, so it is not tried again, and what it has committed stays`;
  return new UnitFailed(told, { error, statement, blockers });
}

/** What a session does, for people. */
function placeOf(statement: Statement | undefined): string {
  return statement ? `line ${statement.line} of ${statement.path}` : 'the tool’s table';
}

interface Attempt extends Hands {
  readonly seen: Blockers;
  /** From 1. */
  readonly attempt: number;
}

async function runTransaction(unit: Unit, hands: Attempt, within: readonly Query[]): Promise<Ran[]> {
  const { session, limits, afterwards = [] } = hands;
  const books = writing(within, limits);
  const ran: Ran[] = [];
  try {
    for (const turn of turnsOf(unit, hands, [...books, unit.end, ...afterwards]))
      ran.push(...(await runTurn(turn, hands, books.length)));
    return ran;
  } catch (error) {
    if (session.transaction !== 'none') await session.send('ROLLBACK');
    throw error;
  }
}

/** A statement, and what is sent with it in one message: nothing of that is run behind one that fails. */
interface Turn {
  readonly before: readonly string[];
  readonly statement?: Statement;
  readonly after: readonly string[];
}

/** Statement by statement, the first with what opens the transaction, the last with what closes it. */
function* turnsOf({ begin, statements }: Unit, hands: Attempt, closing: readonly string[]): Generator<Turn> {
  if (statements.length === 0) yield { before: [begin], after: closing };
  let known = '';
  for (const [index, statement] of statements.entries()) {
    const limits = limitsFor(hands, statement, 'LOCAL');
    const before = [...(index === 0 ? [begin] : []), ...(limits.join() === known ? [] : limits)];
    yield { before, statement, after: index === statements.length - 1 ? closing : [] };
    known = leavesSettings(statement) ? limits.join() : '';
  }
}

/** @param books how many statements write down what is applied, before COMMIT */
async function runTurn({ before, statement, after }: Turn, hands: Attempt, books: number): Promise<Ran[]> {
  const { session, countsByMessage, afterwards = [] } = hands;
  const start = performance.now();
  const wanted = [...before, ...(statement ? [statement.sql] : [])];
  const place = { what: statement ? placeOf(statement) : `writing to ${placeOf(statement)}`, blockers: hands.seen };
  let sent = 0;
  try {
    await attend(hands, place, async () => {
      if (countsByMessage && before.length > 0) {
        await session.sequence(before);
        sent = before.length;
      }
      await session.sequence([...wanted.slice(sent), ...after]);
    });
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const behind = sent + error.index - wanted.length;
    if (behind < 0) throw refusal(error, statement);
    if (behind < books) throw refusal(new BooksFailed(error), undefined);
    if (behind === books) throw refusal(error, undefined);
    await session.sequence(afterwards); // it is committed
  }
  return statement ? [{ statement, milliseconds: performance.now() - start }] : [];
}

/** Whether a statement runs nobody's functions, which may change settings; triggers on the schema itself apart. */
function leavesSettings({ kind }: Statement): boolean {
  return /^(Alter|Create|Index|Drop|Rename|Comment|Grant)/.test(kind) && kind !== 'CreateTableAsStmt';
}

function refusal(error: unknown, statement: Statement | undefined): unknown {
  if (error instanceof BooksFailed) return new UnitFailed(error.message, { error: error.error });
  if (!(error instanceof SqlError)) return error;
  return new UnitFailed(statement ? error.message : `COMMIT was refused: ${error.message}`, { error, statement });
}

/** What a failed statement has left is put away, so that it can be run again. */
async function runAlone({ statements: [statement] }: Unit, hands: Attempt): Promise<Ran[]> {
  const { session } = hands;
  if (!statement) return [];
  const before = mayLeaveIndex(statement) ? await invalidIndexes(session) : undefined;
  const wanted = limitsFor(hands, statement, 'SESSION');
  if (wanted.length > 0) await session.sequence(wanted);
  try {
    return [await timed(hands, statement)];
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    if (isHalfDetached(statement, error)) return [await finished(hands, statement, error)];
    if (before && !isTaken(error)) await tidy(hands, statement, before);
    throw refusal(error, statement);
  } finally {
    await resetLimits(hands).catch(() => {});
  }
}

/** Ends what an earlier attempt began; where none did, what the statement itself failed of is told. */
async function finished(hands: Attempt, statement: Statement, first: SqlError): Promise<Ran> {
  try {
    return await timed(hands, finalizing(statement));
  } catch (error) {
    const nothingBegun = error instanceof SqlError && isHalfDetached(statement, error);
    throw refusal(nothingBegun ? first : error, statement);
  }
}

/** Whether there is an index of that name already, which somebody else may be building (duplicate_table). */
function isTaken({ fault }: SqlError): boolean {
  return fault.sqlstate === '42P07';
}

async function tidy(
  { session, progress, signal }: Hands,
  statement: Statement,
  before: readonly InvalidIndex[],
): Promise<void> {
  if (signal.aborted) await session.send(`SET lock_timeout = ${lastMoments}; SET statement_timeout = ${lastMoments}`);
  const { dropped, left } = await dropNewInvalid(session, statement, before);
  for (const { schema, name } of dropped) progress.step(`dropped the invalid index ${schema}.${name} that it had left`);
  for (const { schema, name } of left) progress.step(`the invalid index ${schema}.${name} is left`);
}

/** SQL that sets what the script does not set itself; a statement that sets something is remembered. */
function limitsFor({ own, limits, attempt }: Attempt, statement: Statement, scope: 'LOCAL' | 'SESSION'): string[] {
  const wanted = {
    lock_timeout: lockTimeoutOf(statement, attempt, limits),
    statement_timeout: statementTimeoutOf(statement, limits),
  };
  const sets = Object.entries(wanted).filter(([name]) => !own.has(name));
  noteSetting(own, statement, 'LOCAL');
  return sets.map(([name, value]) => `SET ${scope} ${name} = ${value}`);
}

/** Notes what a script sets itself, and gives back; beyond its transaction only what is not SET LOCAL. */
function noteSetting(own: Set<string>, { node }: Statement, scope: 'LOCAL' | 'SESSION'): void {
  if (!('VariableSetStmt' in node)) return;
  const { kind, name = '', is_local: local } = node.VariableSetStmt;
  if (local && scope === 'SESSION') return;
  if (kind === 'VAR_RESET_ALL') own.clear();
  else if (kind === 'VAR_RESET' || kind === 'VAR_SET_DEFAULT') own.delete(name);
  else own.add(name);
}

async function resetLimits({ session, own }: Hands): Promise<void> {
  for (const name of ['lock_timeout', 'statement_timeout']) if (!own.has(name)) await session.send(`RESET ${name}`);
}

async function timed(hands: Attempt, statement: Statement): Promise<Ran> {
  const start = performance.now();
  const place = { what: placeOf(statement), blockers: hands.seen };
  await attend(hands, place, () => hands.session.send(statement.sql));
  return { statement, milliseconds: performance.now() - start };
}

import type { Migration } from '../../model/migration.ts';
import type { Observation } from '../../model/observation.ts';
import type { StatementFacts } from '../../model/rule.ts';
import type { Address } from '../../model/server.ts';
import type { Statement } from '../../model/statement.ts';
import { batchesOf } from '../batches.ts';
import { type Connection, SqlError } from '../connect.ts';
import { execute, StatementFailed } from '../execute.ts';
import { faultOf } from '../faults.ts';
import { limited } from '../limit.ts';
import { mustRunOutside } from '../outside.ts';
import { type Holders, openHolders } from './holders.ts';
import { blank, isQuiet, type Look, type Run, runInside, timed } from './inside.ts';
import { keyOf } from './names.ts';
import { lostIndexes, toObservation } from './observation.ts';
import { runOutside } from './outside.ts';
import { type Relations, relationsNow } from './relations.ts';
import { middleOfRuns, sameHoldings } from './runs.ts';
import { nothingHeld, type Sample } from './sample.ts';
import { scansAround } from './scans.ts';

/** What became of one pending migration. */
export interface Watched {
  readonly facts: readonly StatementFacts[];
  /** All statements of its up script, also those that were not run. */
  readonly statements: number;
  readonly failed: boolean;
}

/** Watches migrations, one after another, on one session. */
export interface Watcher extends AsyncDisposable {
  watch(migration: Migration): Promise<Watched>;
}

export interface WatchOptions {
  readonly session: Connection;
  /** Address of the database the session is on, for the sessions that look on. */
  readonly address: Address;
  /** Major version of the server. */
  readonly major: number;
  /** Seconds a statement may run. */
  readonly statementLimit: number;
  /** Why a statement is not run, in one sentence: what it changes belongs to others or could not be undone. */
  readonly refusal?: (statement: Statement) => string | undefined;
  readonly signal: AbortSignal;
}

/** Begins to watch: relations that exist now are those "at base". */
export async function openWatcher(options: WatchOptions): Promise<Watcher> {
  const base = new Set((await relationsNow(options.session)).keys());
  return new SessionWatcher(options, base);
}

class SessionWatcher implements Watcher {
  readonly #options: WatchOptions;
  readonly #base: ReadonlySet<number>;
  #holders: Promise<Holders> | undefined;
  #transactions = 0;
  #statements = 0;

  constructor(options: WatchOptions, base: ReadonlySet<number>) {
    this.#options = options;
    this.#base = base;
  }

  async watch(migration: Migration): Promise<Watched> {
    const { session } = this.#options;
    const batches = await batchesOf(migration);
    const existing = await relationsNow(session, this.#base);
    const middle = middleOfRuns(batches);
    const context: Context = {
      existing,
      middle,
      files: new Map(),
      facts: [],
      transaction: null,
      last: undefined,
      looked: undefined,
      skipped: [],
    };
    const statements = batches.reduce((sum, batch) => sum + batch.statements.length, 0);
    try {
      await execute(session, batches, (statement) => this.#run(statement, context));
      return { facts: context.facts, statements, failed: false };
    } catch (error) {
      if (!(error instanceof StatementFailed)) throw error;
      this.#noteFailure(error, context);
      return { facts: context.facts, statements, failed: true };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const holders = await this.#holders?.catch(() => undefined);
    await holders?.[Symbol.asyncDispose]();
  }

  async #run(statement: Statement, context: Context): Promise<void> {
    const { session, address, statementLimit, refusal: refusalOf } = this.#options;
    const refusal = refusalOf?.(statement);
    if (refusal) return this.#note(statement, { before: blank, after: nothingHeld, milliseconds: 0 }, context, refusal);
    const before = session.transaction;
    const run = await limited(session, { address, seconds: statementLimit }, () => this.#execute(statement, context));
    if (before === 'none' && session.transaction === 'open') context.transaction = this.#transactions += 1;
    this.#note(statement, run, context, run.unobserved);
    if (session.transaction === 'none') Object.assign(context, { transaction: null, last: undefined });
  }

  async #execute(statement: Statement, context: Context): Promise<Run & { unobserved?: string }> {
    const { session } = this.#options;
    if (session.transaction !== 'none') {
      context.transaction ??= this.#transactions += 1;
      return this.#executeInside(statement, context);
    }
    if (isQuiet(statement) || needsBlock(statement)) {
      return { before: blank, after: nothingHeld, milliseconds: await timed(() => session.send(statement.sql)) };
    }
    if (mustRunOutside(statement)) return this.#executeOutside(statement, context);
    return this.#executeAlone(statement, context);
  }

  async #executeInside(statement: Statement, context: Context): Promise<Run> {
    const { session } = this.#options;
    const look = lookFor(statement, context);
    const { last, skipped, facts, middle } = context;
    if (last && middle.has(statement)) {
      skipped.push(facts.length);
      const milliseconds = await timed(() => session.send(statement.sql));
      return { before: { ...last.before, ...last.after }, after: last.after, milliseconds };
    }
    const run = await runInside(session, statement, this.#base, look);
    if (last && skipped.length > 0 && !sameHoldings(last.after, run.before)) markUnobserved(context);
    skipped.length = 0;
    context.last = run;
    return run;
  }

  /** A statement by itself is a transaction of its own: opened here, so that its locks are there to see. */
  async #executeAlone(statement: Statement, context: Context): Promise<Run & { unobserved?: string }> {
    const { session } = this.#options;
    const look = lookFor(statement, context);
    await session.send('BEGIN');
    try {
      const run = await runInside(session, statement, this.#base, look);
      await session.send('COMMIT');
      context.transaction = this.#transactions += 1;
      return run;
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      await session.send('ROLLBACK');
      if (!commitsByItself(error)) throw error;
      return this.#executeOutside(statement, context);
    }
  }

  async #executeOutside(statement: Statement, context: Context): Promise<Run & { unobserved?: string }> {
    const { session, address, signal, major } = this.#options;
    const look = lookFor(statement, context);
    this.#holders ??= openHolders(address, signal);
    const holders = await this.#holders;
    const files = new Map([...(await relationsNow(session))].map(([oid, { file }]) => [oid, file]));
    const { result: run, scanned } = await scansAround(session, context.existing, major, () =>
      runOutside(session, holders, statement, this.#base, look),
    );
    const now = await relationsNow(session);
    for (const [oid, file] of files) context.files.set(oid, file);
    return {
      ...run,
      before: { ...run.before, locks: new Map(), scans: new Map() },
      after: { ...run.after, files: new Map([...now].map(([oid, { file }]) => [oid, file])), scans: scanned },
    };
  }

  #note(statement: Statement, run: Run, context: Context, unobserved?: string): void {
    const observation = toObservation(statement, run, { ...context, ...(unobserved !== undefined && { unobserved }) });
    for (const [oid, file] of run.after.files) context.files.set(oid, file);
    context.facts.push(this.#factsOf(statement, observation, run, context));
  }

  #noteFailure({ statement, error }: StatementFailed, context: Context): void {
    const last = context.facts.at(-1);
    const fault = faultOf(statement, error);
    if (last?.statement === statement) {
      context.facts[context.facts.length - 1] = { ...last, observation: { ...last.observation, error: fault } };
      return;
    }
    const before = context.looked?.statement === statement ? context.looked.before : blank;
    const run = { before, after: nothingHeld, milliseconds: 0 };
    const observation: Observation = { ...toObservation(statement, run, context), error: fault, unobserved };
    context.facts.push(this.#factsOf(statement, observation, run, context));
  }

  #factsOf(statement: Statement, observation: Observation, run: Run, context: Context): StatementFacts {
    const { named, lockTimeout, statementTimeout } = run.before;
    return {
      statement,
      observation,
      index: this.#statements++,
      relation: (schema, name) => named.get(keyOf({ schema, name })),
      lostIndexes: lostIndexes(run, context),
      lockTimeout,
      statementTimeout,
    };
  }
}

interface Context {
  readonly existing: Relations;
  /** Files of relations as the last statement left them. */
  readonly files: Map<number, number>;
  readonly facts: StatementFacts[];
  transaction: number | null;
  readonly middle: ReadonlySet<Statement>;
  /** The last statement of the transaction that was looked at, and the facts of those since that were not. */
  last: Run | undefined;
  /** What was there before the statement that was looked at last. */
  looked: { readonly statement: Statement; readonly before: Sample } | undefined;
  readonly skipped: number[];
}

function lookFor(statement: Statement, context: Context): Look {
  return (before) => {
    context.looked = { statement, before };
  };
}

/** Something among the statements that were not looked at singly took a lock or read a table. */
function markUnobserved({ facts, skipped }: Context): void {
  for (const index of skipped) {
    const each = facts[index] as StatementFacts;
    const unobserved = `It is one of ${skipped.length} alike statements in a row that were not watched singly.`;
    facts[index] = { ...each, observation: { ...each.observation, unobserved } };
  }
}

const unobserved = 'It failed, so what it would have locked, rewritten and read afterwards is not known.';

/** Statements that are an error outside a block that the script opened: a block of ours would hide it. */
function needsBlock({ kind }: Statement): boolean {
  return kind === 'DeclareCursorStmt' || kind === 'LockStmt';
}

/** Procedures and DO blocks with COMMIT, and what PostgreSQL finds out only while it runs (25001, 2D000). */
function commitsByItself(error: SqlError): boolean {
  return ['25001', '2D000'].includes(error.fault.sqlstate);
}

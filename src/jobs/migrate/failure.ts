import { setTimeout as sleep } from 'node:timers/promises';
import { KnownError } from '../../model/error.ts';
import type { AppliedMigration, Failure } from '../../model/migrate-report.ts';
import { MigrationFailed } from '../../postgres/apply/apply.ts';
import { UnitFailed } from '../../postgres/apply/attempt.ts';
import { BooksFailed } from '../../postgres/apply/books.ts';
import { type Connection, ConnectionLost, connect, SqlError } from '../../postgres/connect.ts';
import { lineOf } from '../../postgres/faults.ts';
import { recordsOf } from '../plan/records.ts';
import type { Planning } from '../plan.ts';
import type { MigrateInput } from './input.ts';
import { newInvalid } from './verification.ts';

/** What ends a run on a target; anything else is a fault of ours. */
const known = [UnitFailed, BooksFailed, ConnectionLost, SqlError, KnownError];

/** What a run is looked at with. */
type Input = Pick<MigrateInput, 'target' | 'tool' | 'head' | 'baseline' | 'upTo' | 'signal'>;

/** What was planned; and what was there before, where that is known. */
type Planned = Pick<Planning, 'agenda'> & Partial<Pick<Planning, 'before'>>;

/** How long one waits for what a lost session was doing to end, in milliseconds. */
const patience = 10_000;

/**
 * Where a run stopped, and what is left. What is committed is asked of the target itself, as an answer that never came may
 * have been a yes; `applied` then gets what it says. Throws what is no failure of the target.
 */
export async function failureOf(
  error: unknown,
  input: Input,
  { planning, pid }: { readonly planning: Planned; readonly pid: number },
  applied: AppliedMigration[],
): Promise<Failure> {
  const { signal } = input;
  const cause = error instanceof MigrationFailed ? error.cause : error;
  if (!known.some((kind) => cause instanceof kind) && !signal.aborted) throw cause;
  const begun = planning.agenda.pending[applied.length];
  const {
    done: seen,
    left,
    sure,
  } = await lookAgain(input, planning, { pid, lost: cause instanceof ConnectionLost }, applied);
  const at = planning.agenda.pending[applied.length];
  const { id: migration = '', path = '' } = at ?? {};
  const counted = error instanceof MigrationFailed && at === begun ? error : { done: 0, statements: 0 };
  return {
    ...{ migration, path, message: signal.aborted ? (signal.reason as Error).message : (cause as Error).message },
    ...{ done: Math.max(counted.done, seen), statements: counted.statements, left },
    ...((!sure || (error instanceof MigrationFailed && error.uncertain && at === begun)) && { uncertain: true }),
    ...(cause instanceof UnitFailed && !signal.aborted ? placeOf(cause) : { blockers: [] }),
  };
}

function placeOf({ error, statement, blockers }: UnitFailed): Pick<Failure, 'line' | 'sqlstate' | 'blockers'> {
  return { sqlstate: error.fault.sqlstate, blockers, ...(statement && { line: lineOf(statement, error) }) };
}

/** What the target says: how far the migration came at which it stopped, and what of it should not be there. */
async function lookAgain(
  input: Input,
  planning: Planned,
  before: { readonly pid: number; readonly lost: boolean },
  applied: AppliedMigration[],
): Promise<{ readonly done: number; readonly left: string[]; readonly sure: boolean }> {
  try {
    await using session = await connect(input.target);
    const gone = !before.lost || (await ended(session, before.pid));
    const { agenda, standing, journal } = await recordsOf(session, input);
    const now = new Set(agenda.applied.map(({ id }) => id));
    const ours = new Set(journal.filter(({ status }) => status === 'applied').map(({ migration }) => migration));
    const rest = planning.agenda.pending.slice(applied.length).filter(({ id }) => now.has(id));
    for (const { id, path } of rest)
      if (ours.has(id)) applied.push({ id, path, milliseconds: 0, statements: [], retries: 0, blockers: [] });
    const next = planning.agenda.pending[applied.length];
    const row = journal.findLast(({ migration }) => migration === next?.id);
    const invalid = await newInvalid(session, planning.before ?? { objects: [] });
    const left = [
      ...(gone ? [] : [`The session that was lost (pid ${before.pid}) still works on the target.`]),
      ...invalid.map(({ schema, name, table }) => `The index ${schema}.${name} of ${table} is invalid.`),
      ...rest.filter(({ id }) => !ours.has(id)).map(({ id }) => `${id} was applied by somebody else meanwhile.`),
      ...(standing.unfinished ? [`${input.tool.title} says that ${standing.unfinished} is not finished.`] : []),
    ];
    return { done: row?.status === 'started' ? row.done : 0, left, sure: gone };
  } catch (error) {
    return {
      done: 0,
      left: [`The target could not be looked at again: ${(error as Error).message}`],
      sure: !before.lost,
    };
  }
}

/** Waits until a backend is gone: until then it may yet commit. */
async function ended(session: Connection, pid: number): Promise<boolean> {
  const until = performance.now() + patience;
  for (;;) {
    const rows = await session.query('SELECT FROM pg_catalog.pg_stat_activity WHERE pid = $1', [pid]);
    if (rows.length === 0) return true;
    if (performance.now() > until) return false;
    await sleep(200);
  }
}

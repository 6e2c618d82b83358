import type { Statement } from '../../model/statement.ts';
import type { Connection } from '../connect.ts';
import { namesIn } from './names.ts';
import { runsCode, tablesNow, type WholeTables, wholeTablesSince } from './rows.ts';
import { nothingHeld, type Sample, sample } from './sample.ts';

/** A statement's run with what its session held before and after. */
export interface Run {
  readonly before: Sample;
  readonly after: Pick<Sample, 'locks' | 'files' | 'scans'>;
  readonly milliseconds: number;
  /** What code that it ran did to tables as a whole. */
  readonly whole?: WholeTables;
}

/** Is told what was there before a statement, which also one that fails has met. */
export type Look = (before: Sample) => void;

/**
 * Runs a statement inside the open transaction block and looks at the session's locks, files and counters before and
 * after it. Statements that must come first in a transaction are not preceded by a query of ours.
 */
export async function runInside(
  session: Connection,
  statement: Statement,
  base: ReadonlySet<number>,
  look: Look,
): Promise<Run> {
  if (isQuiet(statement)) {
    return { before: blank, after: nothingHeld, milliseconds: await timed(() => session.send(statement.sql)) };
  }
  const before = await sample(session, namesIn(statement.node), base);
  look(before);
  const tables = runsCode(statement) ? await tablesNow(session) : undefined;
  const milliseconds = await timed(() => session.send(statement.sql));
  // COMMIT and ROLLBACK end the block: nothing is held any more
  if (session.transaction !== 'open') return { before, after: nothingHeld, milliseconds };
  const after = await sample(session, [], base);
  return { before, after, milliseconds, ...(tables && { whole: await wholeTablesSince(session, tables) }) };
}

/** Settings and transaction control: they lock nothing, and SET TRANSACTION must come before any query. */
export function isQuiet(statement: Statement): boolean {
  return ['VariableSetStmt', 'VariableShowStmt', 'TransactionStmt', 'ConstraintsSetStmt'].includes(statement.kind);
}

/** Wall-clock time of `work` in milliseconds, to a hundredth. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return Math.round((performance.now() - start) * 100) / 100;
}

/** The sample of a moment at which nobody looked. */
export const blank: Sample = { ...nothingHeld, named: new Map(), lockTimeout: 0, statementTimeout: 0 };

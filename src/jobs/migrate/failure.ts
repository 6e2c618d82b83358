import type { AppliedMigration, Failure } from '../../model/migrate-report.ts';
import { MigrationFailed } from '../../postgres/apply/apply.ts';
import { LockNotHad } from '../../postgres/apply/attempt.ts';
import { invalidIndexes } from '../../postgres/apply/leftovers.ts';
import { ConnectionLost, connect, SqlError } from '../../postgres/connect.ts';
import { lineOf } from '../../postgres/faults.ts';
import type { MigrateInput } from '../migrate.ts';
import { type Planning, recordsOf } from '../plan.ts';

/**
 * Where a run stopped, and what is left. What is committed is asked of the target itself, as an answer that never came may
 * have been a yes; `applied` then gets what it says. Throws what is no failure of the target.
 */
export async function failureOf(
  error: unknown,
  input: MigrateInput,
  planning: Planning,
  applied: AppliedMigration[],
): Promise<Failure> {
  const aborted = input.signal.aborted;
  const known = [MigrationFailed, ConnectionLost, SqlError].some((kind) => error instanceof kind);
  if (!known && !aborted) throw error;
  const at = planning.agenda.pending[applied.length];
  const { id: migration = '', path = '' } = at ?? {};
  const found = await lookAgain(input, planning, applied);
  const why = aborted ? (input.signal.reason as Error).message : (error as Error).message;
  if (!(error instanceof MigrationFailed))
    return { migration, path, message: why, done: 0, statements: 0, left: found, blockers: [] };
  const { failed, done, statements } = error;
  return {
    ...{ migration, path, line: lineOf(failed.statement, failed.error), message: why, done, statements },
    ...{ sqlstate: failed.error.fault.sqlstate, left: found },
    blockers: failed instanceof LockNotHad ? failed.blockers : [],
  };
}

async function lookAgain(input: MigrateInput, planning: Planning, applied: AppliedMigration[]): Promise<string[]> {
  try {
    await using session = await connect(input.target);
    const { agenda, standing } = await recordsOf(session, input);
    const now = new Set(agenda.applied.map(({ id }) => id));
    for (const { id, path } of planning.agenda.pending.slice(applied.length))
      if (now.has(id)) applied.push({ id, path, milliseconds: 0, statements: [], retries: 0, blockers: [] });
    const invalid = await invalidIndexes(session);
    return [
      ...invalid.map(({ schema, name, table }) => `The index ${schema}.${name} of ${table} is invalid.`),
      ...(standing.unfinished ? [`${input.tool.title} says that ${standing.unfinished} is not finished.`] : []),
    ];
  } catch (error) {
    return [`The target could not be looked at again: ${(error as Error).message}`];
  }
}

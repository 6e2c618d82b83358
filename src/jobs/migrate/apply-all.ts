import type { AppliedMigration, AppliedStatement } from '../../model/migrate-report.ts';
import type { Migration } from '../../model/migration.ts';
import type { Plan } from '../../model/plan.ts';
import { applyMigration, unitsToApply, type Work } from '../../postgres/apply/apply.ts';
import type { Committed, Hands, Ran } from '../../postgres/apply/attempt.ts';
import { openLooker } from '../../postgres/apply/attend.ts';
import { writeAlone } from '../../postgres/apply/books.ts';
import { countsByMessage } from '../../postgres/apply/limits.ts';
import type { Unit } from '../../postgres/apply/units.ts';
import { batchesOf } from '../../postgres/batches.ts';
import type { Connection } from '../../postgres/connect.ts';
import { createJournal, type Entry, wholeEntry } from '../../postgres/journal.ts';
import { freshSession } from '../../postgres/replay.ts';
import type { Planning } from '../plan.ts';
import type { MigrateInput } from './input.ts';

/** Where it is applied, and what is written about it. */
export interface ApplyInput {
  readonly session: Connection;
  readonly input: Pick<MigrateInput, 'tool' | 'target' | 'applying' | 'signal' | 'progress' | 'allow' | 'about'>;
  readonly planning: Pick<Planning, 'agenda' | 'interrupted' | 'standing'> & { readonly plan: Pick<Plan, 'digest'> };
  /** ID of the backup that was taken before. */
  readonly backup?: string;
}

/** Applies what is pending, in order; `applied` gets each migration as soon as it is committed. */
export async function applyAll(run: ApplyInput, applied: AppliedMigration[]): Promise<void> {
  const { session, input, planning } = run;
  const { agenda, interrupted } = planning;
  await openBooks(run);
  const { applying: limits, signal, progress } = input;
  await using looker = await openLooker(input.target, progress);
  const about = { limits, countsByMessage: await countsByMessage(session) };
  const hands: Hands = { session, looker, ...about, own: new Set(), signal, progress };
  if (input.tool.freshSession) await session.send(freshSession);
  let units = unitsAhead(agenda.pending[0]);
  for (const [index, migration] of agenda.pending.entries()) {
    signal.throwIfAborted();
    progress.step(`applying ${migration.name}`);
    const resume = interrupted?.row.migration === migration.id ? { ...interrupted.row, ...interrupted } : undefined;
    const work = { ...workOf(run, migration), units: await units, ...(resume && { resume }) };
    const applying = applyMigration(work, hands);
    units = unitsAhead(agenda.pending[index + 1]); // while PostgreSQL is at work
    applied.push(appliedOf(migration, await applying));
  }
}

/** What is to be applied of a migration; what is wrong with it is told when it is its turn. */
function unitsAhead(migration: Migration | undefined): Promise<readonly Unit[]> {
  const units = migration ? unitsToApply(migration) : Promise.resolve([]);
  units.catch(() => {});
  return units;
}

/** The tool's table and ours; where the tool had none, with what was said to be applied. */
async function openBooks(run: ApplyInput): Promise<void> {
  const { session, input, planning } = run;
  const { ledger } = input.tool;
  const { schema, exists } = planning.standing;
  await writeAlone(session, input.applying, async () => {
    await createJournal(session, schema);
    if (exists) return;
    await ledger.create(session, schema);
    for (const migration of planning.agenda.applied) {
      const entry = { ...entryOf(run, migration), statements: await statementsOf(migration) };
      for (const { sql, values } of [...ledger.record(migration, schema), wholeEntry(schema, entry, 'baseline')])
        await session.query(sql, values);
    }
  });
}

async function statementsOf(migration: Migration): Promise<number> {
  return (await batchesOf(migration)).flatMap(({ statements }) => statements).length;
}

function workOf(run: ApplyInput, migration: Migration): Omit<Work, 'units'> {
  const { tool } = run.input;
  const { schema } = run.planning.standing;
  return { migration, ledger: tool.ledger, schema, fresh: tool.freshSession, entry: entryOf(run, migration) };
}

function entryOf({ input, planning, backup }: ApplyInput, migration: Migration): Omit<Entry, 'statements'> {
  const { id, name, hash } = migration;
  return {
    ...{ tool: input.tool.name, migration: id, name, hash, allowed: input.allow, digest: planning.plan.digest },
    ...input.about,
    ...(backup && { backup }),
  };
}

/** What became of a statement, for the report. */
export function appliedStatement({ statement: { line, sql }, milliseconds }: Ran): AppliedStatement {
  return { line, sql, milliseconds: toTenths(milliseconds) };
}

function toTenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

/** What became of a migration, for the report. */
function appliedOf({ id, path }: Migration, committed: readonly Committed[]): AppliedMigration {
  const ran = committed.flatMap((each) => each.ran);
  return {
    ...{ id, path, milliseconds: toTenths(committed.reduce((sum, { milliseconds }) => sum + milliseconds, 0)) },
    statements: ran.map(appliedStatement),
    retries: committed.reduce((sum, { attempts }) => sum + attempts - 1, 0),
    blockers: [...new Set(committed.flatMap(({ blockers }) => blockers))],
  };
}

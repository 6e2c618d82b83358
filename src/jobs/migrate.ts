import { KnownError } from '../model/error.ts';
import type { AppliedMigration, MigrateReport } from '../model/migrate-report.ts';
import type { Migration } from '../model/migration.ts';
import type { Plan } from '../model/plan.ts';
import { ownKey, releaseLocks, takeLocks } from '../postgres/advisory.ts';
import type { Limits } from '../postgres/apply/limits.ts';
import { type Connection, connect } from '../postgres/connect.ts';
import type { Entry } from '../postgres/journal.ts';
import { freshSession } from '../postgres/replay.ts';
import type { BackupDone } from './backup.ts';
import { idOf } from './backups/pick.ts';
import type { ScratchRestore } from './backups/scratch-restore.ts';
import { refusePooled } from './gates/session.ts';
import { applyAll, type Target } from './migrate/apply-all.ts';
import { failureOf } from './migrate/failure.ts';
import { reasonAgainst, rehearseOnBackup, type When } from './migrate/rehearsal.ts';
import { verification } from './migrate/verification.ts';
import { type PlanInput, type Planning, planOn, recordsOf } from './plan.ts';

export interface MigrateInput extends PlanInput {
  /** The digest that was approved; any where absent. */
  readonly approved?: string;
  /** Takes backups, which are read back, and rehearses on them; absent where backups are turned off. */
  readonly safety?: Safety;
  readonly applying: Limits;
  /** How long it is waited for others that migrate, in milliseconds. */
  readonly queue: number;
  readonly about: Pick<Entry, 'actor' | 'commit' | 'run'>;
  /** Is told when it is certain that something is to be applied: after the backup, if any, and before anything else. */
  begin?(about: { readonly digest: string; readonly backup?: string }): Promise<void>;
}

/** A backup before anything is touched, and what is done with it. */
export interface Safety {
  backup(reason: string): Promise<BackupDone>;
  readonly rehearse: When;
  readonly copies: ScratchRestore;
}

/**
 * Backs a target up, rehearses, applies what is pending, and shows that the schema is what was planned. One run at a time
 * for each database. Throws `KnownError` where it ends before anything was touched.
 */
export async function migrate(input: MigrateInput): Promise<MigrateReport> {
  const { target, signal, progress, queue: wait } = input;
  const start = performance.now();
  await using session = await connect(target); // no abort cuts it: what runs is cancelled, and told
  await refusePooled(session, target);
  await takeLocks(session, [ownKey], { wait, what: 'the lock of Lockkeeper', signal, progress });
  const planning = await planOn(session, input);
  const report = await carryOut(session, input, planning);
  const { version, now } = input;
  return {
    ...{ version: 1, command: 'migrate', lockkeeper: version, startedAt: now.toISOString() },
    ...{ milliseconds: Math.round(performance.now() - start), plan: planning.plan, ...report },
  };
}

type Outcome = Omit<MigrateReport, 'version' | 'command' | 'lockkeeper' | 'startedAt' | 'milliseconds' | 'plan'>;

async function carryOut(session: Connection, input: MigrateInput, planning: Planning): Promise<Outcome> {
  const { plan, agenda } = planning;
  if (plan.outcome !== 'passed') return { outcome: 'refused', applied: [] };
  refuseOther(plan, input.approved);
  if (agenda.pending.length === 0) return { outcome: 'nothing', applied: [] };
  const proved = await prove(input, planning);
  const { rehearsal } = proved;
  if (rehearsal && (rehearsal.failure || rehearsal.verification?.outcome === 'failed'))
    return { ...proved, outcome: 'failed', applied: [] };
  return { ...proved, ...(await underToolsLock(session, input, planning, proved.backup?.id)) };
}

type Proof = Pick<MigrateReport, 'backup' | 'withoutBackup' | 'rehearsal' | 'notRehearsed'>;

/** The backup, and the rehearsal on it. */
async function prove(input: MigrateInput, planning: Planning): Promise<Proof> {
  const { safety } = input;
  const { digest } = planning.plan;
  if (!safety) {
    await input.begin?.({ digest });
    return { withoutBackup: true };
  }
  const { manifest, manifestKey: key } = await safety.backup(`before migration ${planning.agenda.pending[0]?.id}`);
  const backup = { id: idOf({ key }), key };
  await input.begin?.({ digest, backup: backup.id });
  const notRehearsed = reasonAgainst(safety.rehearse, manifest, safety.copies.identities);
  if (notRehearsed) return { backup, notRehearsed };
  const { openServer } = input;
  return { backup, rehearsal: await rehearseOnBackup(manifest, { ...safety.copies, input, planning, openServer }) };
}

function refuseOther(plan: Plan, approved: string | undefined): void {
  if (approved === undefined || approved === plan.digest) return;
  throw new KnownError(`The plan is not the one that was approved: its digest is ${plan.digest}, not ${approved}.`, {
    reason: 'refused',
    help: 'The commit, a file, the target or what is applied there has changed since. Plan again, and have that approved.',
  });
}

/** The tool's own lock is held only while something is applied: an application that starts meanwhile waits for it. */
async function underToolsLock(
  session: Connection,
  input: MigrateInput,
  planning: Planning,
  backup: string | undefined,
): Promise<Outcome> {
  const { tool, signal, progress, queue: wait } = input;
  const keys = await tool.ledger.locks(session);
  await takeLocks(session, keys, { wait, what: `the lock of ${tool.title}`, signal, progress });
  await refuseChanged(session, input, planning);
  const applied: AppliedMigration[] = [];
  try {
    await applyAll({ session, input, planning, ...(backup && { backup }) } satisfies Target, applied);
    await releaseLocks(session, keys);
    await session.send(freshSession); // what a script has set hides no table from those who look
    const verified = await verification(session, input, planning);
    return { outcome: verified.outcome, applied, verification: verified };
  } catch (error) {
    return {
      outcome: 'failed',
      applied,
      failure: await failureOf(error, input, { planning, pid: session.pid }, applied),
    };
  }
}

/** Between the plan and the tool's lock, the application may have run the tool. */
async function refuseChanged(session: Connection, input: MigrateInput, { agenda }: Planning): Promise<void> {
  const now = (await recordsOf(session, input)).agenda;
  const ids = (migrations: readonly Migration[]) => migrations.map(({ id }) => id).join();
  if (ids(now.applied) === ids(agenda.applied) && ids(now.pending) === ids(agenda.pending)) return;
  throw new KnownError('Somebody else has applied migrations to the target since it was planned.', {
    reason: 'refused',
    help: 'Nothing was touched. Run it again: what is left is planned anew.',
  });
}

/** Whether something of a run is committed though it failed. */
export function isPartial({ applied, failure }: Pick<MigrateReport, 'applied' | 'failure'>): boolean {
  return applied.length > 0 || (failure?.done ?? 0) > 0;
}

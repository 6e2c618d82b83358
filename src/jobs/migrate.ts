import { KnownError } from '../model/error.ts';
import type { AppliedMigration, Failure, MigrateReport, Verification } from '../model/migrate-report.ts';
import type { Migration } from '../model/migration.ts';
import type { Plan } from '../model/plan.ts';
import { ownKey, releaseLocks, takeLocks } from '../postgres/advisory.ts';
import type { Connection } from '../postgres/connect.ts';
import { freshSession } from '../postgres/replay.ts';
import { connectToStay } from '../postgres/steady.ts';
import type { BackupDone } from './backup.ts';
import { idOf } from './backups/pick.ts';
import { untouched } from './gates/lost.ts';
import { refusePooled } from './gates/session.ts';
import { agreementOf } from './migrate/agreement.ts';
import { type ApplyInput, applyAll } from './migrate/apply-all.ts';
import { failureOf } from './migrate/failure.ts';
import type { MigrateInput } from './migrate/input.ts';
import { type Precautions, precautionsOf, recover, refuseHelpless } from './migrate/recovery.ts';
import { reasonAgainst, rehearseOnBackup } from './migrate/rehearsal.ts';
import { verification } from './migrate/verification.ts';
import { recordsOf } from './plan/records.ts';
import { type Planning, planOn } from './plan.ts';

/**
 * Backs a target up, rehearses, applies what is pending, and shows that the schema is what was planned. One run at a time
 * for each database. Throws `KnownError` where it ends before anything was touched.
 */
export async function migrate(input: MigrateInput): Promise<MigrateReport> {
  return untouched(() => migrateTarget(input)); // a loss in the middle is a failure that is reported
}

async function migrateTarget(input: MigrateInput): Promise<MigrateReport> {
  const { target, signal, progress, queue: wait } = input;
  const start = performance.now();
  refuseHelpless(input);
  await using session = await connectToStay(target); // what runs is cancelled, and told
  await refusePooled(session, target);
  await takeLocks(session, [ownKey], { wait, what: 'the lock of Lockkeeper', signal, progress });
  const planning = await planOn(session, input);
  const report = await carryOut(session, input, planning);
  const { version, now, about } = input;
  const { actor, reason } = about;
  return {
    ...{ version: 1, command: 'migrate', lockkeeper: version, startedAt: now.toISOString() },
    ...(actor !== undefined && { actor }),
    ...(reason !== undefined && { reason }),
    ...{ milliseconds: Math.round(performance.now() - start), plan: planning.plan, ...report },
  };
}

type Outcome = Omit<MigrateReport, 'version' | 'command' | 'lockkeeper' | 'startedAt' | 'milliseconds' | 'plan'>;

async function carryOut(session: Connection, input: MigrateInput, planning: Planning): Promise<Outcome> {
  const { plan, agenda } = planning;
  if (plan.outcome !== 'passed') return { outcome: 'refused', applied: [] };
  refuseOther(plan, input.approved);
  if (agenda.pending.length === 0) return { outcome: 'nothing', applied: [] };
  const { taken, ...proved } = await prove(input, planning);
  const { rehearsal } = proved;
  if (rehearsal && (rehearsal.failure || rehearsal.verification?.outcome === 'failed'))
    return { ...proved, outcome: 'failed', applied: [] };
  const precautions = await precautionsOf(input, planning, taken);
  const target = { session, input, planning, ...(proved.backup && { backup: proved.backup.id }) };
  return { ...proved, ...(await underToolsLock(target, precautions)) };
}

type Proof = Pick<MigrateReport, 'backup' | 'withoutBackup' | 'rehearsal' | 'notRehearsed'> & {
  readonly taken?: BackupDone;
};

/** The backup, and the rehearsal on it. */
async function prove(input: MigrateInput, planning: Planning): Promise<Proof> {
  const { safety } = input;
  const { digest } = planning.plan;
  if (!safety) {
    await input.begin?.({ digest });
    return { withoutBackup: true };
  }
  const taken = await safety.backup(`before migration ${planning.agenda.pending[0]?.id}`);
  const { manifest, manifestKey: key } = taken;
  const backup = { id: idOf({ key }), key };
  await input.begin?.({ digest, backup: backup.id });
  const notRehearsed = reasonAgainst(safety.rehearse, manifest, safety.copies.identities);
  if (notRehearsed) return { taken, backup, notRehearsed };
  const { openServer } = input;
  return {
    taken,
    backup,
    rehearsal: await rehearseOnBackup(manifest, { ...safety.copies, input, planning, openServer }),
  };
}

function refuseOther(plan: Plan, approved: string | undefined): void {
  if (approved === undefined || approved === plan.digest) return;
  throw new KnownError(`The plan is not the one that was approved: its digest is ${plan.digest}, not ${approved}.`, {
    reason: 'refused',
    help: 'The commit, a file, the target or what is applied there has changed since. Plan again, and have that approved.',
  });
}

type Run = ApplyInput & { readonly input: MigrateInput; readonly planning: Planning };

/** The tool's own lock is held only while something is applied: an application that starts meanwhile waits for it. */
async function underToolsLock(target: Run, precautions: Precautions): Promise<Outcome> {
  const { session, input, planning } = target;
  const { tool, signal, progress, queue: wait } = input;
  const keys = await tool.ledger.locks(session);
  await takeLocks(session, keys, { wait, what: `the lock of ${tool.title}`, signal, progress });
  await refuseChanged(session, input, planning);
  const applied: AppliedMigration[] = [];
  const recovery = async (failure?: Failure): Promise<Pick<Outcome, 'recovery'>> => {
    const recovery = await recover({ session, input, planning, precautions, applied, ...(failure && { failure }) });
    return recovery ? { recovery } : {};
  };
  try {
    await applyAll(target, applied);
    await releaseLocks(session, keys);
    await session.send(freshSession); // what a script has set hides no table from those who look
    const verified = await verifiedBy(session, input, planning);
    const came = verified.outcome === 'failed' ? await recovery() : {};
    return { outcome: verified.outcome, applied, verification: verified, ...came };
  } catch (error) {
    const failure = await failureOf(error, input, { planning, pid: session.pid }, applied);
    return { outcome: 'failed', applied, failure, ...(await recovery(failure)) };
  }
}

/** The target's own word, and the tool's. */
async function verifiedBy(session: Connection, input: MigrateInput, planning: Planning): Promise<Verification> {
  const verified = await verification(session, input, planning);
  const agreement = await agreementOf(session, input);
  const outcome = agreement?.outcome === 'disagrees' ? 'failed' : verified.outcome;
  return { ...verified, outcome, ...(agreement && { agreement }) };
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

/** Whether something of a run is committed, or may be, though it failed. */
export function isPartial({ applied, failure }: Pick<MigrateReport, 'applied' | 'failure'>): boolean {
  return applied.length > 0 || (failure?.done ?? 0) > 0 || failure?.uncertain === true;
}

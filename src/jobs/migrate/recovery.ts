import { isLocked } from '../../model/backup.ts';
import { KnownError } from '../../model/error.ts';
import type { AppliedMigration, Failure, OnFailure, Recovery } from '../../model/migrate-report.ts';
import { releaseLocks } from '../../postgres/advisory.ts';
import type { Connection } from '../../postgres/connect.ts';
import type { BackupDone } from '../backup.ts';
import type { Planning } from '../plan.ts';
import { takeBack } from './down/take-back.ts';
import { type WayBack, wayBackOf } from './down/way-back.ts';
import type { MigrateInput, Safety } from './input.ts';
import { restoreBeside } from './restore-beside.ts';

/** What was made ready, before anything was touched, for the case that the run fails. */
export interface Precautions {
  readonly wayBack?: WayBack;
  readonly restorable?: Restorable;
}

interface Restorable extends Pick<Safety, 'copies' | 'openTarget'> {
  readonly backup: BackupDone;
}

/** Throws `KnownError` where what is to be done after a failure could not be done. */
export function refuseHelpless({ onFailure = 'stop', safety }: Pick<MigrateInput, 'onFailure' | 'safety'>): void {
  if (onFailure !== 'restore-to-new' || safety) return;
  throw new KnownError('With `on-failure: restore-to-new` there must be a backup to restore.', {
    help: 'Leave `backup` at `always`, or `on-failure` at `stop`. Nothing was touched.',
  });
}

/** Throws `KnownError` where the backup could not be restored after a failure. */
export async function precautionsOf(
  input: MigrateInput,
  planning: Planning,
  backup: BackupDone | undefined,
): Promise<Precautions> {
  const { onFailure, safety } = input;
  if (onFailure === 'down') {
    const wayBack = await wayBackOf(input, planning);
    return wayBack ? { wayBack } : {};
  }
  if (onFailure !== 'restore-to-new' || !backup || !safety) return {};
  const { copies, openTarget } = safety;
  if (isLocked(backup.manifest.dump, copies.identities))
    throw new KnownError('The backup is encrypted, and no key is there to restore it after a failure.', {
      reason: 'refused',
      help: 'Give the secret key with `identity-file`, or leave `on-failure` at `stop`. Nothing was touched.',
    });
  return { restorable: { backup, copies, openTarget } };
}

/** A run that failed on its target: `failure` is absent where all is committed, and not as planned. */
export interface FailedRun {
  readonly session: Connection;
  readonly input: MigrateInput;
  readonly planning: Planning;
  readonly precautions: Precautions;
  readonly applied: readonly AppliedMigration[];
  readonly failure?: Failure;
}

/** Does what `on-failure` says. Whatever becomes of it is told, so that the failure itself is told in any case. */
export async function recover(run: FailedRun): Promise<Recovery | undefined> {
  const { onFailure: way = 'stop', signal } = run.input;
  if (way === 'stop') return undefined;
  const start = performance.now();
  const came = await (signal.aborted ? refused('The run was asked to stop.') : ways[way](run)).catch(
    (error: unknown) => ({
      outcome: 'failed' as const,
      reason: [(error as Error).message, ...(error instanceof KnownError && error.help ? [error.help] : [])].join(' '),
    }),
  );
  return { way, ...came, milliseconds: Math.round(performance.now() - start) };
}

type Came = Omit<Recovery, 'way' | 'milliseconds'>;

const ways: Readonly<Record<Exclude<OnFailure, 'stop'>, (run: FailedRun) => Promise<Came>>> = {
  down: async ({ session, input, planning, precautions, applied, failure }) => {
    if (!failure) return refused('All that was pending is committed, and nothing failed half-way.');
    if (failure.uncertain) return refused('The connection was lost, and what is committed is not known.');
    const [first] = applied;
    if (first) return refused(`${first.id} was committed whole by this run, and is not taken back.`);
    if (!precautions.wayBack) return refused('Nothing was pending.');
    const { path } = precautions.wayBack.migration.down ?? {};
    return { ...(path && { path }), ...(await takeBack({ session, input, planning, failure }, precautions.wayBack)) };
  },
  'restore-to-new': async ({ session, input, precautions: { restorable }, applied, failure }) => {
    if (failure && applied.length === 0 && failure.done === 0 && !failure.uncertain)
      return refused('Nothing is committed: the target is as it was, and has what was written since the backup.');
    if (!restorable) return refused('There is no backup of this run.');
    await releaseToolsLock(session, input); // an application that starts need not wait for the restore
    await using server = await restorable.openTarget();
    const restored = await restoreBeside({ ...restorable, server, target: input.target, now: input.now });
    if (restored.problems.length === 0) return { outcome: 'done', restored };
    return { outcome: 'failed', restored, reason: 'What was restored is not all as it was backed up.' };
  },
};

async function releaseToolsLock(session: Connection, { tool }: MigrateInput): Promise<void> {
  try {
    await releaseLocks(session, await tool.ledger.locks(session));
  } catch {
    // the session is lost, and its locks with it
  }
}

async function refused(reason: string): Promise<Came> {
  return { outcome: 'refused', reason };
}

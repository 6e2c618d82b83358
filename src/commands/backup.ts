import { type BackupInput, backup } from '../jobs/backup.ts';
import { idOf } from '../jobs/backups/pick.ts';
import { exitCodes } from '../model/error.ts';
import type { Store } from '../model/store.ts';
import { backupPage } from '../reports/backups/backup.ts';
import { version } from '../version.ts';
import type { Door } from './door.ts';
import { pinged } from './ping.ts';
import { publishPage } from './publish.ts';
import { storeOf } from './store.ts';
import { targetOf } from './target.ts';

/** Backs a database up. */
export function run(door: Door): Promise<number> {
  return pinged(door, async () => {
    await using store = await storeOf(door);
    const { reason } = door.settings;
    const done = await backup({ ...backupOptions(door, store, reason), target: await targetOf(door) });
    const id = idOf({ key: done.manifestKey });
    const report = {
      ...({ version: 1, lockkeeper: version, command: 'backup', outcome: 'passed', store: store.label, id } as const),
      ...{ key: done.manifestKey, manifest: done.manifest, milliseconds: done.milliseconds },
    };
    await publishPage(door, report, backupPage(report), { backup: id, manifest: done.manifestKey });
    return exitCodes.done;
  });
}

/** How backups are taken, whatever they are taken for. */
export function backupOptions(
  { settings, host, signal }: Door,
  store: Store,
  reason: string | undefined,
): Omit<BackupInput, 'target'> {
  const { format, compression, encryptTo: recipients, rowCounts, key: keyTemplate, pgBin, s3LockDays } = settings;
  return {
    ...{ store, format, compression, recipients, rowCounts, keyTemplate, version, signal, progress: host.progress },
    ...(pgBin && { clientFolder: pgBin }),
    ...(s3LockDays && { lockDays: s3LockDays }),
    about: { ...(reason && { reason }), ...runOf(process.env) },
  };
}

/** Commit and run, where a workflow of GitHub takes it. */
function runOf(environment: NodeJS.ProcessEnv): BackupInput['about'] {
  const {
    GITHUB_SHA: commit,
    GITHUB_SERVER_URL: server,
    GITHUB_REPOSITORY: repository,
    GITHUB_RUN_ID: id,
  } = environment;
  return {
    ...(commit && { commit }),
    ...(server && repository && id && { run: `${server}/${repository}/actions/runs/${id}` }),
  };
}

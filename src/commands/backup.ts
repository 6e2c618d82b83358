import { type BackupInput, backup } from '../jobs/backup.ts';
import { idOf } from '../jobs/backups/pick.ts';
import type { BackupReport, TakenBackup } from '../model/backup-report.ts';
import { exitCodes, KnownError } from '../model/error.ts';
import type { Address } from '../model/server.ts';
import type { Store } from '../model/store.ts';
import { chooseDatabases } from '../postgres/databases.ts';
import { backupPage } from '../reports/backups/backup.ts';
import { version } from '../version.ts';
import type { Door } from './door.ts';
import { jobsOf } from './jobs.ts';
import { pinged } from './ping.ts';
import { publishPage } from './publish.ts';
import { storeOf } from './store.ts';
import { targetOf } from './target.ts';

/** Backs up a database, or several of a server. */
export function run(door: Door): Promise<number> {
  return pinged(door, async () => {
    await using store = await storeOf(door);
    const { taken, failed } = await takeAll(door, store, await targetsOf(door));
    const report: BackupReport = {
      ...{ version: 1, lockkeeper: version, command: 'backup', outcome: failed.length === 0 ? 'passed' : 'failed' },
      ...{ store: store.label, backups: taken, failed },
    };
    const all = (name: 'id' | 'key') => taken.map((each) => each[name]).join('\n');
    await publishPage(door, report, backupPage(report), { backup: all('id'), manifest: all('key') });
    return failed.length === 0 ? exitCodes.done : exitCodes.backup;
  });
}

async function targetsOf(door: Door): Promise<Address[]> {
  const { settings, host, signal } = door;
  const target = await targetOf(door);
  if (settings.databases.length === 0) return [target];
  const { chosen, closed } = await chooseDatabases(target, settings.databases, signal);
  if (closed.length > 0) host.progress.step(`leaving out ${closed.join(', ')}: no connections are allowed`);
  return chosen.map((database) => ({ ...target, database }));
}

/** One after the other. Of several, one that fails does not keep the others from being backed up. */
async function takeAll(
  door: Door,
  store: Store,
  targets: readonly Address[],
): Promise<{ taken: TakenBackup[]; failed: BackupReport['failed'] }> {
  const options = backupOptions(door, store, door.settings.reason);
  const taken: TakenBackup[] = [];
  const failed: { database: string; message: string }[] = [];
  for (const target of targets)
    try {
      const { manifest, manifestKey: key, milliseconds } = await backup({ ...options, target });
      taken.push({ id: idOf({ key }), key, manifest, milliseconds });
    } catch (error) {
      if (targets.length === 1 || door.signal.aborted || !(error instanceof KnownError)) throw error;
      door.host.progress.step(`${target.database}: ${error.message}`);
      failed.push({ database: target.database, message: [error.message, error.help].filter(Boolean).join(' ') });
    }
  return { taken, failed };
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
    jobs: jobsOf(settings),
    ...(pgBin && { clientFolder: pgBin }),
    ...(s3LockDays && { lockDays: s3LockDays }),
    about: { ...(reason && { reason }), ...runOf(process.env) },
  };
}

/** Commit and run, where a workflow of GitHub takes it. */
export function runOf(environment: NodeJS.ProcessEnv): BackupInput['about'] {
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

import { backup } from '../jobs/backup.ts';
import { idOf, safetyReason } from '../jobs/backups/pick.ts';
import { sourceOf } from '../jobs/backups/source.ts';
import { type Restored, restore, type Source } from '../jobs/restore.ts';
import type { RestoreReport } from '../model/backup-report.ts';
import { nameWith } from '../model/database-name.ts';
import { exitCodes, type KnownError } from '../model/error.ts';
import type { Address, Server } from '../model/server.ts';
import type { Store } from '../model/store.ts';
import { urlOf } from '../postgres/url.ts';
import { restorePage } from '../reports/backups/restore.ts';
import { loadProvider } from '../servers/index.ts';
import { version } from '../version.ts';
import { backupOptions } from './backup.ts';
import { backedUpOf, catalogOf, picked } from './catalog.ts';
import type { Door } from './door.ts';
import { fileSource } from './dump-file.ts';
import { jobsOf } from './jobs.ts';
import { publishPage } from './publish.ts';
import { assertionsIn, identitiesIn } from './reading.ts';
import { storeOf } from './store.ts';
import { targetOf } from './target.ts';

/** Restores a backup, or a dump that pg_dump wrote. */
export async function run(door: Door): Promise<number> {
  const { settings, host, signal } = door;
  const [identities, assertions] = await Promise.all([identitiesIn(settings), assertionsIn(settings)]);
  const { file, into, overwrite, withoutRoles, pgBin } = settings;
  // a safety backup needs a store, too
  await using store = file && !overwrite ? undefined : await storeOf(door);
  const source = file ? await fileSource(file, identities, door) : await backupSource(door, store as Store, identities);
  const target = await targetOf(door);
  await using server = await serverBeside(door, target);
  const name = overwrite ?? into ?? newName(source, target);
  const safetyBackup = async () => {
    const usual = backupOptions(door, store as Store, safetyReason(source.label));
    const options = { ...usual, recipients: recipientsOf(usual.recipients, source) };
    return idOf({ key: (await backup({ ...options, target: { ...server.address, database: name } })).manifestKey });
  };
  const given = { source, server, name, overwrite: overwrite !== undefined, safetyBackup, withoutRoles, assertions };
  const done = await restore({
    ...given,
    jobs: jobsOf(settings),
    ...(pgBin && { clientFolder: pgBin }),
    signal,
    progress: host.progress,
  });
  const report = reportOf(done, source, server.version, store);
  await publishPage(door, report, restorePage(report));
  return report.outcome === 'passed' ? exitCodes.done : exitCodes.backup;
}

async function backupSource(door: Door, store: Store, identities: readonly string[]): Promise<Source> {
  const chosen = picked(await catalogOf(door, store), door.settings.backup ?? 'latest', door.host.progress);
  return sourceOf(chosen, { store, identities, signal: door.signal });
}

/** What was worth encrypting is that still: for those who could read it, where nobody else is named. */
function recipientsOf(named: readonly string[], { manifest }: Source): readonly string[] {
  return named.length > 0 ? named : (manifest?.dump.recipients ?? []);
}

/** A database cannot be renamed from within, and the one that is to come back may be gone. */
async function serverBeside({ settings, host, signal }: Door, target: Address): Promise<Server> {
  const provider = await loadProvider('existing');
  const open = (database: string) =>
    provider.open({ url: urlOf({ ...target, database }), signal, progress: host.progress });
  if (settings.overwrite === target.database) return open(otherThan(target.database));
  return open(target.database).catch((error: KnownError) => {
    if ((error.cause as { code?: string } | undefined)?.code !== noSuchDatabase) throw error;
    return open(otherThan(target.database));
  });
}

/** SQLSTATE `invalid_catalog_name` */
const noSuchDatabase = '3D000';

function otherThan(database: string): string {
  return database === 'postgres' ? 'template1' : 'postgres';
}

/** `shop_20261121_020700`: the old name, and the time whose data it holds or, where that is not known, now. */
function newName({ manifest }: Source, target: Address): string {
  const moment = manifest?.takenAt ?? new Date().toISOString();
  const stamp = moment.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '_');
  return nameWith(manifest?.database ?? target.database, `_${stamp}`);
}

function reportOf(done: Restored, source: Source, server: string, store: Store | undefined): RestoreReport {
  const { restored, migrations, problems, checked, notes, createdRoles, milliseconds, database, safetyBackup } = done;
  return {
    ...{ version: 1, lockkeeper: version, command: 'restore' },
    outcome: problems.length === 0 ? 'passed' : 'failed',
    ...(store && { store: store.label }),
    from: source.label,
    ...(source.manifest && { takenAt: source.manifest.takenAt, backedUp: backedUpOf(source.manifest) }),
    ...{ database, server, createdRoles, tables: restored.tables, restored, migrations },
    ...{ milliseconds, problems, checked, notes },
    ...(safetyBackup && { safetyBackup }),
  };
}

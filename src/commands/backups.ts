import type { Backup } from '../jobs/backups/catalog.ts';
import { staleOf } from '../jobs/backups/freshness.ts';
import { idOf } from '../jobs/backups/pick.ts';
import type { BackupsReport, ListedBackup } from '../model/backup-report.ts';
import { exitCodes } from '../model/error.ts';
import { backupsPage } from '../reports/backups/backups.ts';
import { version } from '../version.ts';
import { catalogOf } from './catalog.ts';
import type { Door } from './door.ts';
import { pinged } from './ping.ts';
import { publishPage } from './publish.ts';
import { storeOf } from './store.ts';

/** Lists the backups of a store and, with an age, answers whether they are fresh. */
export function run(door: Door): Promise<number> {
  return pinged(door, async () => {
    await using store = await storeOf(door);
    const { backups, broken, orphans } = await catalogOf(door, store);
    const { maxAge, database } = door.settings;
    const now = new Date();
    const stale = maxAge === undefined ? undefined : staleOf(backups, { maxAge, database, now });
    const report: BackupsReport = {
      ...{ version: 1, lockkeeper: version, command: 'backups', store: store.label, at: now.toISOString() },
      outcome: stale && stale.length > 0 ? 'failed' : 'passed',
      ...{ backups: backups.map(listed), broken, orphans: orphans.map(({ key }) => key) },
      ...(stale && { stale }),
    };
    await publishPage(door, report, backupsPage(report));
    return report.outcome === 'passed' ? exitCodes.done : exitCodes.findings;
  });
}

function listed(backup: Backup, index: number): ListedBackup {
  const { key, manifest, lockedUntil } = backup;
  const { startedAt, depth, outcome } = backup.drill ?? {};
  return {
    ...{ index: index + 1, id: idOf(backup), key, database: manifest.database, takenAt: manifest.takenAt },
    ...{ server: manifest.server.version, bytes: manifest.dump.stored.bytes },
    encrypted: manifest.dump.recipients !== undefined,
    ...(manifest.reason && { reason: manifest.reason }),
    ...(startedAt && depth && outcome && { drill: { startedAt, depth, outcome } }),
    ...(lockedUntil && { lockedUntil: lockedUntil.toISOString() }),
  };
}

import { type Backup, type Catalog, readCatalog } from '../jobs/backups/catalog.ts';
import { pick } from '../jobs/backups/pick.ts';
import type { Manifest } from '../model/backup.ts';
import type { BackedUp } from '../model/backup-report.ts';
import { countsOf } from '../model/counts.ts';
import { KnownError } from '../model/error.ts';
import type { Store } from '../model/store.ts';
import type { Door } from './door.ts';

/** What is in the store; of one database's backups only where the settings name it. */
export async function catalogOf({ settings, signal }: Door, store: Store): Promise<Catalog> {
  const catalog = await readCatalog(store, signal);
  const { database } = settings;
  if (!database) return catalog;
  return { ...catalog, backups: catalog.backups.filter(({ manifest }) => manifest.database === database) };
}

/** The backup that a person means, where it is plain of which database. */
export function picked(backups: readonly Backup[], which: string): Backup {
  const databases = [...new Set(backups.map(({ manifest }) => manifest.database))];
  const byTime = which === 'latest' || /^\d{4}-\d{2}-\d{2}|^before:/.test(which);
  if (byTime && databases.length > 1)
    throw new KnownError(`The store has backups of ${databases.join(', ')}, and it is not known which is meant.`, {
      help: 'Name one with `database`.',
    });
  return pick(backups, which);
}

/** What a restored database is compared with, for reports. */
export function backedUpOf({ database, takenAt, server, dump, contents }: Manifest): BackedUp {
  return { database, takenAt, server: server.version, dump, holds: countsOf(contents) };
}

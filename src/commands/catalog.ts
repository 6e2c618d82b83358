import { type Backup, type Catalog, readCatalog } from '../jobs/backups/catalog.ts';
import { isLater, isManifest } from '../jobs/backups/keys.ts';
import { idOf, isByTime, isIndex, isSafety, pick } from '../jobs/backups/pick.ts';
import type { Manifest } from '../model/backup.ts';
import type { BackedUp } from '../model/backup-report.ts';
import { countsOf } from '../model/counts.ts';
import { KnownError } from '../model/error.ts';
import type { Progress } from '../model/server.ts';
import type { Store } from '../model/store.ts';
import type { Door } from './door.ts';

/** What is in the store; of one database's backups only where the settings name it. */
export async function catalogOf({ settings, signal }: Door, store: Store): Promise<Catalog> {
  const catalog = await readCatalog(store, signal);
  const { database } = settings;
  if (!database) return catalog;
  return { ...catalog, backups: catalog.backups.filter(({ manifest }) => manifest.database === database) };
}

/**
 * The backup that a person means, where it is plain of which database, and that it is the one: a newer one that cannot be used
 * is not passed over in silence. Throws `KnownError`.
 */
export function picked({ backups, broken }: Catalog, which: string, { step }: Progress): Backup {
  const databases = [...new Set(backups.map(({ manifest }) => manifest.database))];
  if (isByTime(which) && databases.length > 1)
    throw new KnownError(`The store has backups of ${databases.join(', ')}, and it is not known which is meant.`, {
      help: 'Name one with `database`.',
    });
  const chosen = pick(backups, which);
  if (!isByTime(which) && !isIndex(which)) return chosen;
  const [lost] = broken.filter(({ key }) => isManifest(key) && isLater(key, chosen.key));
  if (lost)
    throw new KnownError(`A newer backup, ${idOf(lost)}, cannot be used: ${lost.why}.`, {
      reason: 'backup',
      help: `Should an older one do, name it by its id: ${idOf(chosen)}.`,
    });
  if (isByTime(which)) for (const each of backups.slice(0, backups.indexOf(chosen))) tellSafety(each, step);
  return chosen;
}

function tellSafety(backup: Backup, step: Progress['step']): void {
  if (isSafety(backup)) step(`passing over ${idOf(backup)}: it was taken ${backup.manifest.reason}`);
}

/** What a restored database is compared with, for reports. */
export function backedUpOf({ database, takenAt, server, dump, contents }: Manifest): BackedUp {
  return { database, takenAt, server: server.version, dump, holds: countsOf(contents) };
}

import type { Manifest } from '../../model/backup.ts';
import type { Migration } from '../../model/migration.ts';
import type { SearchPath } from '../../model/plan.ts';
import type { Address, Server } from '../../model/server.ts';
import { openGuard } from '../../postgres/cluster/guard.ts';
import { type Connection, connect } from '../../postgres/connect.ts';
import { onPath } from '../../postgres/search-path.ts';
import { majorOf, restoreToScratch, type ScratchRestore } from '../backups/scratch-restore.ts';

/** A backup that is restored for the length of a rehearsal. */
export interface Copy {
  readonly session: Connection;
  /** The same, made to mark the roles that its statements create. */
  readonly marking: Connection;
  readonly address: Address;
  /** Version of the server it is restored on. */
  readonly server: string;
  readonly milliseconds: number;
}

export interface CopyOptions extends ScratchRestore {
  /** All that may be run there. */
  readonly migrations: readonly Migration[];
  /** Of the sessions that they run in, where it is not PostgreSQL's default. */
  readonly searchPath?: SearchPath;
  openServer(major: number): Promise<Server>;
}

/** Restores a backup in a database of our own, and does something there; nothing of it stays. */
export async function onCopy<T>(
  manifest: Manifest,
  options: CopyOptions,
  work: (copy: Copy) => Promise<T>,
): Promise<T> {
  const { migrations, signal, progress } = options;
  progress.step('restoring the backup to rehearse on it');
  await using server = await options.openServer(majorOf(manifest));
  await using guard = await openGuard({ server, migrations, signal, progress });
  await using copy = await restoreToScratch(manifest, server, options);
  await using session = await connect(copy.address, undefined, onPath(options.searchPath));
  const { address, milliseconds } = copy;
  return await work({ session, marking: guard.marking(session), address, server: server.version, milliseconds });
}

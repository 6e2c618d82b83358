import type { Manifest } from '../../model/backup.ts';
import type { Address, Progress, Server } from '../../model/server.ts';
import type { Store } from '../../model/store.ts';
import { findClients } from '../../postgres/dump/clients.ts';
import { createRoles, dropRoles, lackingTablespaces } from '../../postgres/dump/restore.ts';
import { fill } from './fill.ts';
import { plainBytes } from './read-back.ts';
import { scratchLike } from './restored.ts';

export interface ScratchRestore {
  readonly store: Store;
  /** Connections to restore over. */
  readonly jobs: number;
  readonly clientFolder?: string;
  /** age secret keys. */
  readonly identities: readonly string[];
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** A backup in a database of our own, which goes with this; roles too, where the server is somebody else's. */
export interface ScratchCopy extends AsyncDisposable {
  readonly address: Address;
  readonly milliseconds: number;
}

/** Restores a backup into a database of our own. Throws `ProgramFailed`, and what reading the store throws. */
export async function restoreToScratch(
  manifest: Manifest,
  server: Server,
  { store, jobs, clientFolder, identities, signal, progress }: ScratchRestore,
): Promise<ScratchCopy> {
  const { dump, contents, server: origin } = manifest;
  const clients = await findClients(Number.parseInt(dump.pgDump, 10), clientFolder, { signal, progress });
  const started = performance.now();
  await using opened = new AsyncDisposableStack();
  opened.use(await lendRoles(server, contents.roles, signal));
  const { address } = opened.use(await scratchLike(server, origin, signal));
  const content = () => plainBytes({ store, dump, identities, signal });
  const source = { format: dump.format, content, bytes: dump.plain.bytes, tables: contents.tables.length };
  const lacking = await lackingTablespaces(address, contents.tablespaces ?? [], signal);
  await fill(source, { clients, address, jobs, withoutTablespaces: lacking.length > 0, signal, progress });
  const kept = opened.move();
  const milliseconds = Math.round(performance.now() - started);
  return { address, milliseconds, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** The major of the server that was backed up. */
export function majorOf({ server }: Pick<Manifest, 'server'>): number {
  return Number(server.version.split('.')[0]);
}

/** Roles that the dump names, for as long as it is restored on a server that may be somebody else's. */
async function lendRoles(server: Server, roles: readonly string[], signal: AbortSignal): Promise<AsyncDisposable> {
  const created = await createRoles(server.address, roles, signal);
  return { [Symbol.asyncDispose]: () => (server.lent ? dropRoles(server.address, created) : Promise.resolve()) };
}

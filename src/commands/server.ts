import type { Server } from '../model/server.ts';
import { loadProvider } from '../servers/index.ts';
import type { Door } from './door.ts';

/** A PostgreSQL to rehearse or restore on, as the settings say; of any major where none is wanted. */
export async function openServer({ settings, host, signal }: Door, major: number | undefined): Promise<Server> {
  const { server, serverUrl: url } = settings;
  const provider = await loadProvider(server);
  return provider.open({ ...(major && { major }), ...(url && { url }), signal, progress: host.progress });
}

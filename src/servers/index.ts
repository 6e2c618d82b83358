import type { ServerProvider } from '../model/server.ts';

const load = {
  auto: async () => (await import('./auto.ts')).provider,
  existing: async () => (await import('./existing.ts')).provider,
  binaries: async () => (await import('./binaries.ts')).provider,
  embedded: async () => (await import('./embedded.ts')).provider,
};

/** Values of the setting `server`. */
export const serverNames = Object.keys(load) as (keyof typeof load)[];

/** The way to a server, loaded only when it is gone. */
export function loadProvider(name: keyof typeof load): Promise<Pick<ServerProvider, 'open'>> {
  return load[name]();
}

import type { Subject, WholeCheckInput } from '../jobs/check.ts';
import { rehearsedOn } from '../jobs/migrate/rehearse-on.ts';
import { pathOf } from '../postgres/search-path.ts';
import { catalogOf, picked } from './catalog.ts';
import type { Door } from './door.ts';
import { jobsOf } from './jobs.ts';
import { identitiesIn } from './reading.ts';
import { openServer } from './server.ts';
import { storeOf } from './store.ts';

/** Asks the backup that the settings name what it says to the pending migrations; nothing where they name none. */
export async function rehearsalOn(door: Door, subject: Subject): Promise<Pick<WholeCheckInput, 'rehearseOn'>> {
  const { settings, host, signal } = door;
  const { rehearseOn: which, pgBin } = settings;
  if (which === undefined) return {};
  const searchPath = pathOf(settings.searchPath);
  const identities = await identitiesIn(settings);
  return {
    rehearseOn: async (seen) => {
      await using store = await storeOf(door);
      const backup = picked(await catalogOf(door, store), which, door.host.progress);
      const { progress } = host;
      return await rehearsedOn({
        ...{ backup, subject, seen, store, identities, jobs: jobsOf(settings), signal, progress },
        ...(searchPath && { searchPath }),
        ...(pgBin && { clientFolder: pgBin }),
        openServer: (major) => openServer(door, major),
      });
    },
  };
}

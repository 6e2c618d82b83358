import type { Backup, Catalog } from '../jobs/backups/catalog.ts';
import { idOf } from '../jobs/backups/pick.ts';
import { verify } from '../jobs/verify.ts';
import type { VerifyReport } from '../model/backup-report.ts';
import { exitCodes, KnownError } from '../model/error.ts';
import { verifyPage } from '../reports/backups/verify.ts';
import { version } from '../version.ts';
import { backedUpOf, catalogOf, picked } from './catalog.ts';
import type { Door } from './door.ts';
import { jobsOf } from './jobs.ts';
import { pinged } from './ping.ts';
import { publishPage } from './publish.ts';
import { assertionsIn, identitiesIn } from './reading.ts';
import { openServer } from './server.ts';
import { storeOf } from './store.ts';

/** Holds drills: of the backup that is named, else of each database's newest and a random older one. */
export function run(door: Door): Promise<number> {
  return pinged(door, async () => {
    const { settings, host, signal } = door;
    const [identities, assertions] = await Promise.all([identitiesIn(settings), assertionsIn(settings)]);
    tellUnasked(door, assertions);
    await using store = await storeOf(door);
    const catalog = await catalogOf(door, store);
    const broken = settings.backup ? [] : catalog.broken;
    const chosen = settings.backup ? [picked(catalog.backups, settings.backup)] : newestAndOlder(catalog);
    const drills: VerifyReport['drills'][number][] = [];
    for (const backup of chosen) {
      const { depth, amcheck } = settings;
      const given = { store, backup, depth, amcheck, identities, assertions, version, signal };
      const [jobs, { progress }] = [jobsOf(settings), host];
      const client = settings.pgBin ? { clientFolder: settings.pgBin } : {};
      const drill = await verify({
        ...given,
        ...client,
        jobs,
        progress,
        openServer: (major) => openServer(door, major),
      });
      drills.push({ id: idOf(backup), ...backedUpOf(backup.manifest), drill });
    }
    const passed = broken.length === 0 && drills.every(({ drill }) => drill.outcome === 'passed');
    const outcome = passed ? 'passed' : 'failed';
    const report: VerifyReport = {
      ...{ version: 1, lockkeeper: version, command: 'verify', outcome, store: store.label, drills, broken },
    };
    await publishPage(door, report, verifyPage(report));
    return passed ? exitCodes.done : exitCodes.backup;
  });
}

/** What was asked for and cannot be answered is said, lest it be taken as passed. */
function tellUnasked({ settings: { depth, amcheck }, host }: Door, assertions: readonly unknown[]): void {
  const asked = [...(assertions.length > 0 ? ['assertions'] : []), ...(amcheck ? ['amcheck'] : [])];
  if (depth === 'restore' || asked.length === 0) return;
  host.progress.step(`without ${asked.join(' and ')}: depth ${depth} restores nothing that could be asked`);
}

function newestAndOlder({ backups, broken }: Catalog): Backup[] {
  if (backups.length + broken.length === 0)
    throw new KnownError('There is no backup in this store.', {
      reason: 'unreachable',
      help: 'Check `store` and, where it is set, `database`; `lockkeeper backups` lists what is there.',
    });
  return [...Map.groupBy(backups, ({ manifest }) => manifest.database).values()].flatMap(([newest, ...older]) => {
    const other = older[Math.floor(Math.random() * older.length)];
    return [newest, other].flatMap((each) => each ?? []);
  });
}

import type { Backup, Catalog } from '../jobs/backups/catalog.ts';
import { idOf } from '../jobs/backups/pick.ts';
import { type VerifyInput, verify } from '../jobs/verify.ts';
import type { Drill } from '../model/backup.ts';
import type { VerifyReport } from '../model/backup-report.ts';
import { exitCodes, KnownError } from '../model/error.ts';
import type { Store } from '../model/store.ts';
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
    const chosen = settings.backup ? [picked(catalog, settings.backup, host.progress)] : newestAndOlder(catalog);
    const drills: VerifyReport['drills'][number][] = [];
    const unheld: { id: string; why: string }[] = [];
    const errors: unknown[] = [];
    for (const backup of chosen) {
      const drill = await drillOf(door, store, backup, { identities, assertions }).catch((error: unknown) => {
        if (signal.aborted) throw error;
        unheld.push({ id: idOf(backup), why: (error as Error).message });
        errors.push(error);
      });
      if (drill) drills.push({ id: idOf(backup), ...backedUpOf(backup.manifest), drill });
    }
    const passed = broken.length + unheld.length === 0 && drills.every(({ drill }) => drill.outcome === 'passed');
    const outcome = passed ? 'passed' : 'failed';
    const report: VerifyReport = {
      ...{ version: 1, lockkeeper: version, command: 'verify', outcome, store: store.label, drills, broken },
      ...(unheld.length > 0 && { unheld }),
    };
    if (drills.length > 0 || unheld.length === 0) await publishPage(door, report, verifyPage(report));
    if (errors.length > 0) throw errors[0]; // the others were held all the same
    return passed ? exitCodes.done : exitCodes.backup;
  });
}

function drillOf(
  door: Door,
  store: Store,
  backup: Backup,
  given: Pick<VerifyInput, 'identities' | 'assertions'>,
): Promise<Drill> {
  const { settings, host, signal } = door;
  const { depth, amcheck, pgBin } = settings;
  return verify({
    ...{ store, backup, depth, amcheck, ...given, version, signal },
    ...(pgBin && { clientFolder: pgBin }),
    jobs: jobsOf(settings),
    progress: host.progress,
    openServer: (major) => openServer(door, major),
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

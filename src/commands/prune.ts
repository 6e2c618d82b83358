import { idOf } from '../jobs/backups/pick.ts';
import type { Policy } from '../jobs/backups/retention.ts';
import { prune } from '../jobs/prune.ts';
import type { PruneReport } from '../model/backup-report.ts';
import { exitCodes } from '../model/error.ts';
import { prunePage } from '../reports/backups/prune.ts';
import type { Settings } from '../settings.ts';
import { version } from '../version.ts';
import { catalogOf } from './catalog.ts';
import type { Door } from './door.ts';
import { pinged } from './ping.ts';
import { publishPage } from './publish.ts';
import { storeOf } from './store.ts';

/** Removes backups that no rule keeps, or only says which. */
export function run(door: Door): Promise<number> {
  return pinged(door, async () => {
    const { settings, host, signal } = door;
    await using store = await storeOf(door);
    const catalog = await catalogOf(door, store);
    const { dryRun, sweep } = settings;
    const now = new Date();
    const given = { store, catalog, policy: policyOf(settings), dryRun, sweep, now };
    const { verdicts, leftovers } = await prune({ ...given, signal, progress: host.progress });
    const report: PruneReport = {
      ...{ version: 1, lockkeeper: version, command: 'prune', outcome: 'passed', store: store.label },
      ...{ at: now.toISOString(), dryRun },
      backups: verdicts.map(({ backup: { of, database }, keep, reasons }) => ({
        ...{
          id: idOf(of),
          database,
          takenAt: of.manifest.takenAt,
          bytes: of.manifest.dump.stored.bytes,
          keep,
          reasons,
        },
      })),
      broken: catalog.broken,
      leftovers: leftovers.map((each) => ({ ...each, since: each.since.toISOString() })),
    };
    await publishPage(door, report, prunePage(report));
    return exitCodes.done;
  });
}

const day = 86_400_000;

function policyOf(settings: Settings): Policy {
  return {
    ...{ last: settings.keepLast, daily: settings.keepDaily, weekly: settings.keepWeekly },
    ...{ monthly: settings.keepMonthly, yearly: settings.keepYearly, verified: settings.keepVerified },
    minAgeDays: settings.minAge / day,
  };
}

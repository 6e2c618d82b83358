import { durationText } from '../../model/amounts.ts';
import type { VerifyReport } from '../../model/backup-report.ts';
import type { Page } from '../page.ts';

/** Drills that were held. */
export function verifyPage({ drills, outcome, store }: VerifyReport): Page {
  const failed = drills.filter(({ drill }) => drill.outcome === 'failed').length;
  return {
    good: outcome === 'passed',
    headline:
      failed === 0
        ? `${drills.length === 1 ? 'The drill' : `All ${drills.length} drills`} passed`
        : `${failed} of ${drills.length} drills failed`,
    facts: [['store', store ?? '']],
    tables: [
      {
        head: ['backup', 'database', 'outcome', 'depth', 'restored in', 'on PostgreSQL', 'compared'],
        rows: drills.map(({ id, database, drill }) => [
          ...[id, database, drill.outcome, drill.depth],
          drill.restoreMilliseconds === undefined ? '–' : durationText(drill.restoreMilliseconds),
          ...[drill.server ?? '–', drill.checked.join(', ')],
        ]),
      },
    ],
    notes: drills.flatMap(({ id, drill }) => drill.problems.map((problem) => `${id}: ${problem}`)),
  };
}

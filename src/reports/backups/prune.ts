import { bytesText, timeText } from '../../model/amounts.ts';
import type { PruneReport } from '../../model/backup-report.ts';
import type { Page } from '../page.ts';

/** What retention decided. */
export function prunePage({ backups, broken, leftovers, dryRun, store }: PruneReport): Page {
  const gone = backups.filter(({ keep }) => !keep);
  const freed = bytesText(gone.reduce((sum, { bytes }) => sum + bytes, 0));
  return {
    good: true,
    headline: `${gone.length} of ${backups.length} backups ${dryRun ? 'would be removed' : 'removed'}, ${freed} in all`,
    facts: [['store', store ?? '']],
    tables:
      backups.length === 0
        ? []
        : [
            {
              head: ['', 'id', 'database', 'taken at (UTC)', 'stored', 'why'],
              rows: backups.map(({ id, database, takenAt, bytes, keep, reasons }) => [
                ...[keep ? 'stays' : 'goes', id, database, timeText(takenAt), bytesText(bytes), reasons.join(', ')],
              ]),
            },
          ],
    notes: [
      ...broken.map(({ key, why }) => `${key} is left alone: ${why}.`),
      ...leftovers.map(
        ({ key, since, removed }) =>
          `${key} was left by a run that was cut off at ${timeText(since)} UTC${removed ? ', and is removed' : '; `--sweep` removes it when it is a day old'}.`,
      ),
    ],
  };
}

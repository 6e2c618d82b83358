import { durationText, timeText } from '../../model/amounts.ts';
import type { Target } from '../../model/plan.ts';
import type { Page } from '../page.ts';
import { count } from '../wording.ts';

/** A migration that Lockkeeper applied. */
interface Row {
  readonly migration: string;
  readonly status: string;
  readonly done: number;
  readonly statements: number;
  readonly startedAt: Date;
  readonly milliseconds: number | null;
  readonly appliedBy: string;
  readonly actor?: string | null;
  readonly commit?: string | null;
  readonly backup?: string | null;
  readonly allowed: readonly string[];
}

/** What was applied to a target, the last first. */
export function historyPage({ database }: Target, rows: readonly Row[]): Page {
  return {
    good: true,
    headline: `Lockkeeper has a record of ${count(rows.length, 'migration')} on ${database}`,
    parts: [
      {
        table: {
          columns: [
            ...[{ title: 'migration', code: true } as const, { title: 'what' }, { title: 'began (UTC)' }],
            ...[{ title: 'took', right: true } as const, { title: 'by' }],
            ...[{ title: 'commit', code: true } as const, { title: 'backup', code: true } as const],
          ],
          rows: rows
            .toReversed()
            .map((row) => [
              ...[row.migration, whatOf(row), timeText(row.startedAt.toISOString())],
              ...[row.milliseconds === null ? '–' : durationText(row.milliseconds), row.actor ?? row.appliedBy],
              ...[row.commit?.slice(0, 12) ?? '–', row.backup ?? '–'],
            ]),
        },
      },
    ],
    notes: rows
      .filter(({ allowed }) => allowed.length > 0)
      .map(({ migration, allowed }) => `Accepted for ${migration}: ${allowed.join(', ')}.`),
  };
}

function whatOf({ status, done, statements }: Row): string {
  return status === 'started' ? `cut off: ${done} of ${statements} statements` : status;
}

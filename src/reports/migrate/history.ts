import { durationText, timeText } from '../../model/amounts.ts';
import type { Target } from '../../model/plan.ts';
import type { Page, Table } from '../page.ts';
import { count } from '../wording.ts';
import { because } from './parts.ts';

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
  readonly reason?: string | null;
}

/** What was applied to a target, the last first; or why nothing is known of that. */
export function historyPage({ database, role, server }: Target, rows: readonly Row[], missing?: string): Page {
  return {
    good: true,
    headline: `${count(rows.length, 'migration')} recorded on ${database}`,
    parts: [
      {
        facts: [{ label: 'target', value: `${database} as ${role}, PostgreSQL ${server}` }],
        ...(rows.length > 0 && { table: tableOf(rows) }),
      },
    ],
    notes: missing ? [missing] : acceptedIn(rows),
  };
}

function acceptedIn(rows: readonly Row[]): string[] {
  return rows
    .filter(({ allowed }) => allowed.length > 0)
    .map(({ migration, allowed, reason }) => `Accepted for ${migration}: ${allowed.join(', ')}${because(reason)}`);
}

function tableOf(rows: readonly Row[]): Table {
  return {
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
  };
}

function whatOf({ status, done, statements }: Row): string {
  return status === 'started' ? `cut off: ${done} of ${statements} statements` : status;
}

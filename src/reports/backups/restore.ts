import { durationText, timeText } from '../../model/amounts.ts';
import type { RestoreReport } from '../../model/backup-report.ts';
import type { Page } from '../page.ts';
import { migrationsText } from './migrations.ts';

/** A restore. */
export function restorePage(report: RestoreReport): Page {
  const { from, takenAt, database, server, safetyBackup, createdRoles, tables, milliseconds } = report;
  return {
    good: report.outcome === 'passed',
    headline:
      report.outcome === 'passed'
        ? `${from} is restored into ${database}`
        : `${from} is restored into ${database}, but is not what was backed up`,
    facts: [
      ...(takenAt ? [['holds', `what was there at ${timeText(takenAt)} UTC`] as const] : []),
      ['restored', `${tables} tables in ${durationText(milliseconds)} on PostgreSQL ${server}`],
      ...report.migrations.map((state) => ['migrations', migrationsText(state)] as const),
      ...(safetyBackup ? [['safety backup', safetyBackup] as const] : []),
      ...(createdRoles.length > 0 ? [['new roles', `${createdRoles.join(', ')} (without login)`] as const] : []),
      ['compared', report.checked.join(', ') || 'nothing: there is no manifest to compare it with'],
    ],
    tables: [],
    notes: [...report.problems, ...report.notes],
  };
}

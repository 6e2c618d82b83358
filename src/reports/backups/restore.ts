import { durationText } from '../../model/amounts.ts';
import type { RestoreReport } from '../../model/backup-report.ts';
import type { Fact, Page, Step } from '../page.ts';
import { migrationFacts } from './migrations.ts';
import { command, comparison, furtherFacts, holdsText, identityFlag, momentText } from './parts.ts';

/** A restore. */
export function restorePage(report: RestoreReport): Page {
  const { backedUp, restored, checked, problems, notes } = report;
  return {
    good: report.outcome === 'passed',
    headline: headlineOf(report),
    problems,
    parts: [
      { facts: [...factsOf(report), ...furtherFacts(checked)] },
      ...(backedUp && checked.includes('tables') ? [{ table: comparison(backedUp, restored) }] : []),
    ],
    notes,
    next: report.outcome === 'passed' ? nextOf(report) : [],
  };
}

function headlineOf({ outcome, from, database, checked }: RestoreReport): string {
  if (outcome === 'failed') return `${database} is restored, but not all is as it should be`;
  return checked.includes('tables')
    ? `${database} is restored, and is what was backed up`
    : `${database} is restored from ${from}`;
}

function factsOf(report: RestoreReport): Fact[] {
  const { store, from, takenAt, backedUp, database, server, restored, safetyBackup, createdRoles, milliseconds } =
    report;
  const origin = backedUp ? `, PostgreSQL ${backedUp.server}, database ${backedUp.database}` : '';
  return [
    { label: 'database', value: database },
    { label: 'from', value: from, code: true },
    { label: 'restored', value: `in ${durationText(milliseconds)} on PostgreSQL ${server}: ${holdsText(restored)}` },
    ...(takenAt ? [{ label: 'data of', value: `${momentText(takenAt)}${origin}` }] : []),
    ...migrationFacts(report.migrations),
    ...(safetyBackup ? [{ label: 'what it was', value: safetyBackup, code: true } as const] : []),
    ...(createdRoles.length > 0 ? [{ label: 'new roles', value: `${createdRoles.join(', ')} (without login)` }] : []),
    ...(store ? [{ label: 'store', value: store }] : []),
  ];
}

function nextOf({ store, database, backedUp, from, safetyBackup }: RestoreReport): Step[] {
  const key = identityFlag(backedUp?.dump.recipients !== undefined);
  if (safetyBackup) {
    const back = { backup: safetyBackup, overwrite: database, ...key };
    return [{ text: `Go back to what ${database} was`, command: command('restore', store, back) }];
  }
  if (!backedUp || backedUp.database === database) return [];
  const over = { backup: from, overwrite: backedUp.database, ...key };
  const text = `Have it take the place of ${backedUp.database}, after a safety backup`;
  return [{ text, command: command('restore', store, over) }];
}

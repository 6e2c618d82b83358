import type { MigrateReport } from '../../src/model/migrate-report.ts';
import type { Plan } from '../../src/model/plan.ts';
import { historyPage } from '../../src/reports/migrate/history.ts';
import { migratePage } from '../../src/reports/migrate/migrate.ts';
import { planPage } from '../../src/reports/migrate/plan.ts';
import type { Page } from '../../src/reports/page.ts';

interface HistoryReport {
  readonly command: 'history';
  readonly target: Plan['target'];
  readonly rows: readonly (Omit<Parameters<typeof historyPage>[1][number], 'startedAt'> & {
    readonly startedAt: string;
  })[];
}

export type MigrationReport = Plan | MigrateReport | HistoryReport;

const again = {
  plan: ['lockkeeper', 'plan'],
  migrate: ['lockkeeper', 'migrate', '--rehearse', 'never'],
  restore: ['lockkeeper', 'restore'],
};

/** Fields of reports in which no database, role, file or person has a say. */
export const ours = /^(version|command|outcome|status|action|severity|kind|startedAt|finishedAt|way)$/;

/** The page that a command shows for its report. */
export function pageOf(report: MigrationReport): Page {
  if (report.command === 'plan') return planPage(report);
  if (report.command === 'migrate') return migratePage(report, again);
  const rows = report.rows.map((row) => ({ ...row, startedAt: new Date(row.startedAt) }));
  return historyPage(report.target, rows);
}

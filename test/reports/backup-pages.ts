import type { AnyBackupReport } from '../../src/model/backup-report.ts';
import { backupPage } from '../../src/reports/backups/backup.ts';
import { backupsPage } from '../../src/reports/backups/backups.ts';
import { prunePage } from '../../src/reports/backups/prune.ts';
import { restorePage } from '../../src/reports/backups/restore.ts';
import { verifyPage } from '../../src/reports/backups/verify.ts';
import type { Page } from '../../src/reports/page.ts';

/** The page that a command shows for its report. */
export function pageOf(report: AnyBackupReport): Page {
  switch (report.command) {
    case 'backup':
      return backupPage(report);
    case 'backups':
      return backupsPage(report);
    case 'verify':
      return verifyPage(report);
    case 'restore':
      return restorePage(report);
    case 'prune':
      return prunePage(report);
  }
}

/** What no database, role, file or person has a say in. */
const ours =
  /^(version|command|outcome|depth|format|compression|at|since|(taken|started|finished)At|newestVerified|lockedUntil)$/;

/** The report, with this text wherever others have a say. */
export function saying(report: string, text: string): AnyBackupReport {
  return JSON.parse(report, (key, value) => (typeof value === 'string' && !ours.test(key) ? text : value));
}

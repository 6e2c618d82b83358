import { bytesText, timeText } from '../../model/amounts.ts';
import type { BackupsReport, ListedBackup } from '../../model/backup-report.ts';
import type { Page } from '../page.ts';

/** The backups of a store. */
export function backupsPage({ backups, broken, orphans, stale, store, outcome }: BackupsReport): Page {
  const head = ['#', 'id', 'database', 'taken at (UTC)', 'PostgreSQL', 'stored', 'last drill', ''];
  const rows = backups.map((each) => [
    ...[String(each.index), each.id, each.database, timeText(each.takenAt), each.server, bytesText(each.bytes)],
    ...[drillText(each), [each.encrypted ? 'encrypted' : '', lockText(each), each.reason].filter(Boolean).join(', ')],
  ]);
  return {
    good: outcome === 'passed',
    headline: headline(backups.length, store ?? '', stale),
    facts: [],
    tables: rows.length > 0 ? [{ head, rows }] : [],
    notes: [
      ...broken.map(({ key, why }) => `${key} cannot be used: ${why}.`),
      ...orphans.map((key) => `${key} has no manifest: a run still at work, or one that was cut off.`),
      ...(stale ?? []).map(({ database, newestVerified }) =>
        newestVerified
          ? `The newest backup of ${database} that a drill has proved is of ${timeText(newestVerified)}.`
          : `No drill has proved a backup of ${database}.`,
      ),
    ],
  };
}

function headline(count: number, store: string, stale: BackupsReport['stale']): string {
  const found = `${count === 1 ? '1 backup' : `${count} backups`} in ${store}`;
  if (!stale) return found;
  return stale.length === 0 ? `${found}, fresh and proved` : `${found}, but none that is fresh and proved for each`;
}

function drillText({ drill }: ListedBackup): string {
  return drill ? `${drill.outcome} ${timeText(drill.startedAt)} (${drill.depth})` : 'none';
}

function lockText({ lockedUntil }: ListedBackup): string {
  return lockedUntil ? `locked until ${lockedUntil.slice(0, 10)}` : '';
}

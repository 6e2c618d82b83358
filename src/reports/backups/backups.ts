import { ageText, bytesText, minuteText, timeText } from '../../model/amounts.ts';
import type { BackupsReport, ListedBackup } from '../../model/backup-report.ts';
import type { Column, Page, Part, Step } from '../page.ts';
import { count } from '../wording.ts';
import { command, restoreStep } from './parts.ts';

/** The backups of a store. */
export function backupsPage(report: BackupsReport): Page {
  const { backups, broken, orphans, stale = [], at } = report;
  return {
    good: report.outcome === 'passed',
    headline: headlineOf(report),
    problems: [
      ...stale.map((each) => staleText(each, at)),
      ...broken.map(({ key, why }) => `${key} cannot be used: ${why}.`),
    ],
    parts: backups.length === 0 ? [] : [listOf(report)],
    notes: orphans.map((key) => `${key} has no manifest: a run is still at work, or was cut off.`),
    next: nextOf(report),
  };
}

function headlineOf({ backups, store, stale }: BackupsReport): string {
  const databases = new Set(backups.map(({ database }) => database));
  const of = databases.size === 1 ? ` of ${[...databases].join()}` : ` of ${count(databases.size, 'database')}`;
  const found = backups.length === 0 ? `No backups in ${store}` : `${count(backups.length, 'backup')}${of} in ${store}`;
  if (!stale) return found;
  if (stale.length === 0) return `${found}, fresh and proved`;
  const names = stale.length > 3 ? count(stale.length, 'database') : stale.map(({ database }) => database).join(', ');
  return `${found}; no fresh and proved one of ${names}`;
}

function staleText({ database, newestVerified }: NonNullable<BackupsReport['stale']>[number], at: string): string {
  if (!newestVerified) return `No drill has proved a backup of ${database}.`;
  const when = `${timeText(newestVerified)} UTC, ${ageText(newestVerified, at)} ago`;
  return `The newest backup of ${database} that a drill has proved is too old: it is of ${when}.`;
}

/** What is the same for all is told once, above. */
function listOf({ backups, at }: BackupsReport): Part {
  const databases = new Set(backups.map(({ database }) => database));
  const servers = [...new Set(backups.map(({ server }) => server))];
  const columns: (Column & { readonly of: (backup: ListedBackup) => string })[] = [
    { title: '#', right: true, of: ({ index }) => String(index) },
    { title: 'backup', code: true, of: ({ id }) => id },
    ...(databases.size > 1 ? [{ title: 'database', of: ({ database }: ListedBackup) => database }] : []),
    { title: 'data of (UTC)', of: ({ takenAt }) => minuteText(takenAt) },
    { title: 'age', right: true, of: ({ takenAt }) => ageText(takenAt, at) },
    { title: 'stored', right: true, of: ({ bytes }) => bytesText(bytes) },
    { title: 'last drill', of: drillText },
    ...(servers.length > 1 ? [{ title: 'PostgreSQL', of: ({ server }: ListedBackup) => server }] : []),
    ...(backups.some(remarks) ? [{ title: 'note', of: remarks }] : []),
  ];
  return {
    facts: servers.length === 1 ? [{ label: 'from', value: `PostgreSQL ${servers.join()}` }] : [],
    table: { columns, rows: backups.map((each) => columns.map(({ of }) => of(each))) },
  };
}

function drillText({ drill }: ListedBackup): string {
  if (!drill) return 'none';
  const depth = drill.depth === 'restore' ? '' : ` (${drill.depth})`;
  return `${drill.outcome === 'passed' ? '✔' : '✖'} ${drill.startedAt.slice(0, 10)}${depth}`;
}

function remarks({ encrypted, lockedUntil, reason }: ListedBackup): string {
  const locked = lockedUntil && `locked until ${lockedUntil.slice(0, 10)}`;
  return [encrypted && 'encrypted', locked, reason].filter(Boolean).join(', ');
}

/** It has been proved, and is too old all the same. */
function isNewest(
  { database, newestVerified }: NonNullable<BackupsReport['stale']>[number],
  backups: BackupsReport['backups'],
): boolean {
  return backups.find((each) => each.database === database)?.takenAt === newestVerified;
}

function nextOf({ backups, store, stale }: BackupsReport): Step[] {
  const [newest] = backups;
  const take = { text: 'Take a backup', command: command('backup', store, {}) };
  const drill = { text: 'Hold a drill', command: command('verify', store, {}) };
  if (!newest) return [take];
  if (stale && stale.length > 0) return [...(stale.some((each) => isNewest(each, backups)) ? [take] : []), drill];
  return stale
    ? []
    : [restoreStep(store, newest)].map((each) => ({ ...each, text: 'Restore the newest into a new database' }));
}

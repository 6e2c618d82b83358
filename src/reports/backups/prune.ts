import { bytesText, minuteText, timeText } from '../../model/amounts.ts';
import type { PruneReport } from '../../model/backup-report.ts';
import type { Column, Page, Part } from '../page.ts';
import { count } from '../wording.ts';

type Decided = PruneReport['backups'][number];

/** What retention decided. */
export function prunePage({ backups, broken, leftovers, dryRun, store }: PruneReport): Page {
  return {
    good: true,
    headline: headlineOf(backups, dryRun),
    parts: [{ facts: [{ label: 'store', value: store ?? '' }], ...(backups.length > 0 && listOf(backups, dryRun)) }],
    notes: [
      ...broken.map(({ key, why }) => `${key} is left alone: ${why}.`),
      ...leftovers.map(leftoverText),
      ...(dryRun ? ['This was a dry run: nothing was removed.'] : []),
    ],
  };
}

function headlineOf(backups: readonly Decided[], dryRun: boolean): string {
  const sum = (of: readonly Decided[]) => bytesText(of.reduce((bytes, each) => bytes + each.bytes, 0));
  const [stay, go] = [backups.filter(({ keep }) => keep), backups.filter(({ keep }) => !keep)];
  const gone = `${dryRun ? 'would be' : go.length === 1 ? 'is' : 'are'} removed`;
  if (backups.length === 0) return 'There is no backup that could be removed';
  if (go.length === 0)
    return `No backup ${dryRun ? 'would be' : 'is'} removed; ${backups.length === 1 ? 'the only one stays' : `all ${backups.length} stay`}`;
  return `${count(go.length, 'backup')} (${sum(go)}) ${gone}; ${stay.length} (${sum(stay)}) stay`;
}

function listOf(backups: readonly Decided[], dryRun: boolean): Part {
  const several = new Set(backups.map(({ database }) => database)).size > 1;
  const columns: (Column & { readonly of: (backup: Decided) => string })[] = [
    { title: '', of: ({ keep }) => (keep ? 'stays' : dryRun ? '✖ goes' : '✖ gone') },
    { title: 'backup', code: true, of: ({ id }) => id },
    ...(several ? [{ title: 'database', of: ({ database }: Decided) => database }] : []),
    { title: 'data of (UTC)', of: ({ takenAt }) => minuteText(takenAt) },
    { title: 'stored', right: true, of: ({ bytes }) => bytesText(bytes) },
    { title: 'why', of: ({ reasons }) => reasons.join(', ') },
  ];
  return { table: { columns, rows: backups.map((each) => columns.map(({ of }) => of(each))) } };
}

function leftoverText({ key, since, removed }: PruneReport['leftovers'][number]): string {
  const end = removed ? 'and is removed' : 'and stays: --sweep removes what is older than a day';
  return `${key} was left by a run that was cut off (${timeText(since)} UTC), ${end}.`;
}

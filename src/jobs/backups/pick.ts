import { minuteText } from '../../model/amounts.ts';
import { KnownError } from '../../model/error.ts';
import { nearest } from '../../model/nearest.ts';
import type { Backup } from './catalog.ts';
import { dumpKey, nameIn } from './keys.ts';

/**
 * The backup that a person means, of those given newest first: `latest`; a number, 1 for the newest; an id, which is its
 * key or the end of it without endings; a time, for the newest that was taken until then; `before:ID`, for the newest that was
 * taken for the migration of this id or, where there is none, while a lower version was the last. Throws `KnownError` where there is none.
 */
export function pick(backups: readonly Backup[], which: string): Backup {
  const found = ways.map((way) => way(which)).find((matches) => matches !== undefined);
  const chosen = backups.find((backup, index) => (found ? found(backup, index + 1) : isCalled(backup, which)));
  const earlier = chosen ?? backups.find((backup) => isBefore(backup, which));
  if (earlier) return earlier;
  if (backups.length === 0) throw new KnownError('There is no backup in this store.', { reason: 'unreachable' });
  const [near] = nearest(which, backups.map(idOf), 1);
  const hint = near && !found ? `Did you mean ${near}? ` : '';
  throw new KnownError(`There is no backup ${which}.`, {
    help: `${hint}The store has ${backups.length}, the oldest of ${minuteText(backups.at(-1)?.manifest.takenAt ?? '')} UTC; \`lockkeeper backups\` lists them.`,
  });
}

/** Whether every migration tool stood at a version below that of `before:ID`, as far as versions are numbers. */
function isBefore({ manifest }: Backup, which: string): boolean {
  const [, id] = /^before:(\d+)/.exec(which) ?? [];
  const { migrations = [] } = manifest.contents;
  if (id === undefined || migrations.length === 0) return false;
  return migrations.every(({ latest, unfinished }) => {
    const [version] = /^\d+/.exec(latest ?? '0') ?? [];
    return !unfinished && version !== undefined && BigInt(version) < BigInt(id);
  });
}

/** What people call a backup by: the end of its key, from the part on that tells the time, without endings. */
export function idOf({ key }: Pick<Backup, 'key'>): string {
  return nameIn(dumpKey(key));
}

type Matches = (backup: Backup, index: number) => boolean;

const ways: readonly ((which: string) => Matches | undefined)[] = [
  (which) => (which === 'latest' ? () => true : undefined),
  (which) => (/^\d{1,5}$/.test(which) ? (_, index) => index === Number(which) : undefined),
  (which) => {
    const id = /^before:(.+)$/.exec(which)?.[1];
    return id === undefined ? undefined : ({ manifest }) => manifest.reason === `before migration ${id}`;
  },
  (which) => {
    const moment = /^\d{4}-\d{2}-\d{2}/.test(which) ? endOf(which) : Number.NaN;
    return Number.isNaN(moment) ? undefined : ({ manifest }) => Date.parse(manifest.takenAt) <= moment;
  },
];

/** A day means all of it; a time without zone is UTC. */
function endOf(which: string): number {
  if (/^\d{4}-\d{2}-\d{2}$/.test(which)) return Date.parse(`${which}T23:59:59.999Z`);
  return Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(which) ? which : `${which.replace(' ', 'T')}Z`);
}

function isCalled(backup: Backup, which: string): boolean {
  return [backup.key, dumpKey(backup.key), idOf(backup)].includes(which);
}

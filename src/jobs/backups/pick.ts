import { minuteText } from '../../model/amounts.ts';
import { KnownError } from '../../model/error.ts';
import { nearest } from '../../model/nearest.ts';
import type { Backup } from './catalog.ts';
import { dumpKey, nameIn } from './keys.ts';

/**
 * The backup that a person means, of those given newest first: `latest`; a number, 1 for the newest; an id, which is its
 * key or the end of it without endings; a time, for the newest that was taken until then; `before:ID`, for the newest that was
 * taken for the migration of this id or, where there is none, while a lower version was the last. By time, one that was taken
 * of what was about to be restored over is none: it holds what somebody wanted to be rid of. Throws `KnownError` where there
 * is none.
 */
export function pick(all: readonly Backup[], which: string): Backup {
  const backups = isByTime(which) ? withoutSafety(all) : all;
  const found = ways.map((way) => way(which)).find((matches) => matches !== undefined);
  const chosen = found ? backups.find((backup, index) => found(backup, index + 1)) : called(backups, which);
  const earlier = chosen ?? backups.find((backup) => isBefore(backup, which));
  if (earlier) return earlier;
  if (backups.length === 0)
    throw new KnownError('There is no backup in this store.', {
      reason: 'unreachable',
      help: 'Check `store` and, where it is set, `database`; `lockkeeper backups` lists what is there, and what cannot be used.',
    });
  const [near] = nearest(which, backups.map(idOf), 1);
  const hint = near && !found ? `Did you mean ${near}? ` : '';
  throw new KnownError(`There is no backup ${which}.`, {
    help: `${hint}The store has ${backups.length}, the oldest of ${minuteText(backups.at(-1)?.manifest.takenAt ?? '')} UTC; \`lockkeeper backups\` lists them.`,
  });
}

/** Whether what is meant depends on when backups were taken. */
export function isByTime(which: string): boolean {
  return which === 'latest' || /^\d{4}-\d{2}-\d{2}|^before:/.test(which);
}

/** Whether it is a number in the list of backups. */
export function isIndex(which: string): boolean {
  return /^\d{1,5}$/.test(which);
}

/** Why the backup of a database was taken that another is restored over. */
export function safetyReason(source: string): string {
  return `before ${source} is restored over it`;
}

/** Whether a backup was taken of what was about to be restored over. */
export function isSafety({ manifest }: Pick<Backup, 'manifest'>): boolean {
  return /^before .+ is restored over it$/.test(manifest.reason ?? '');
}

/** Of a store that has no others, all. */
function withoutSafety(backups: readonly Backup[]): readonly Backup[] {
  const others = backups.filter((each) => !isSafety(each));
  return others.length > 0 ? others : backups;
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
  (which) => (isIndex(which) ? (_, index) => index === Number(which) : undefined),
  (which) => {
    const id = /^before:(.+)$/.exec(which)?.[1];
    return id === undefined ? undefined : ({ manifest }) => manifest.reason === `before migration ${id}`;
  },
  (which) => {
    const end = endOf(which);
    return Number.isNaN(end) ? undefined : ({ manifest }) => Date.parse(manifest.takenAt) <= end;
  },
];

/** A day means all of it, and so do a minute and a second, as lists show them; a time without zone is UTC. */
function endOf(which: string): number {
  const [, day = '', time, fraction, zone = 'Z'] = moment.exec(which) ?? [];
  if (time === undefined) return Date.parse(`${day}T23:59:59.999Z`);
  const rest = '00:00:59.999'.slice(time.length);
  return Date.parse(`${day}T${time}${fraction ?? rest}${zone.replace(/^ ?UTC$/, 'Z').trim()}`);
}

/** `2026-11-20`, `2026-11-20 14:00`, `2026-11-20T14:00:07.123+01:00` */
const moment = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?)(\.\d+)?( ?(?:Z|UTC|[+-]\d{2}:?\d{2}))?)?$/;

/** By its key or, where only one has it, its id. */
function called(backups: readonly Backup[], which: string): Backup | undefined {
  const exact = backups.find(({ key }) => [key, dumpKey(key)].includes(which));
  const [first, ...others] = backups.filter((backup) => idOf(backup) === which);
  if (exact || others.length === 0) return exact ?? first;
  throw new KnownError(`There are ${others.length + 1} backups ${which}.`, {
    help: `Name one by its whole key: ${[first, ...others].flatMap((each) => (each ? dumpKey(each.key) : [])).join(', ')}.`,
  });
}

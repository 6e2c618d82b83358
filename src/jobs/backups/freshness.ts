import type { Backup } from './catalog.ts';

/** Whether the last drill proved it. One that read it is a weaker proof than one that restored it, and is one. */
export function isProved({ drills }: Backup): boolean {
  return drills.at(-1)?.outcome === 'passed';
}

/**
 * Databases whose newest proved backup, of those given newest first, is older than `maxAge` milliseconds, or that have none.
 * One that is as far in the future, by a clock that was wrong, counts for nothing: it would be fresh for long.
 */
export function staleOf(
  backups: readonly Backup[],
  { maxAge, database, now }: { maxAge: number; database: string | undefined; now: Date },
): { database: string; newestVerified?: string }[] {
  const databases = new Set(backups.map(({ manifest }) => manifest.database));
  const asked = database ?? (databases.size === 0 ? 'any database' : undefined);
  if (asked) databases.add(asked);
  const ageOf = ({ manifest }: Backup) => now.getTime() - Date.parse(manifest.takenAt);
  return [...databases].flatMap((name) => {
    const newest = backups.find((each) => each.manifest.database === name && isProved(each) && ageOf(each) >= -maxAge);
    if (newest && ageOf(newest) <= maxAge) return [];
    return [{ database: name, ...(newest && { newestVerified: newest.manifest.takenAt }) }];
  });
}

import type { Backup } from './catalog.ts';

/** Whether the last drill proved it. One that read it is a weaker proof than one that restored it, and is one. */
export function isProved({ drills }: Backup): boolean {
  return drills.at(-1)?.outcome === 'passed';
}

/** Databases whose newest proved backup, of those given newest first, is older than `maxAge` milliseconds, or that have none. */
export function staleOf(
  backups: readonly Backup[],
  { maxAge, database, now }: { maxAge: number; database: string | undefined; now: Date },
): { database: string; newestVerified?: string }[] {
  const databases = new Set(backups.map(({ manifest }) => manifest.database));
  const asked = database ?? (databases.size === 0 ? 'any database' : undefined);
  if (asked) databases.add(asked);
  return [...databases].flatMap((name) => {
    const newest = backups.find((each) => each.manifest.database === name && isProved(each));
    if (newest && now.getTime() - Date.parse(newest.manifest.takenAt) <= maxAge) return [];
    return [{ database: name, ...(newest && { newestVerified: newest.manifest.takenAt }) }];
  });
}

import type { Drill } from '../../model/backup.ts';
import type { Backup } from './catalog.ts';

type Result = Pick<Drill, 'outcome' | 'depth'>;

/** From the weakest proof to the strongest. */
const depths: readonly Drill['depth'][] = ['bytes', 'decode', 'restore'];

/**
 * The drill by which a backup stands or falls, of those given oldest first: the last one, but that what failed is only mended
 * by a drill at least as deep. An undefined one cannot be read, and may have failed.
 */
export function decisive<R extends Result>(drills: readonly (R | undefined)[]): R | undefined {
  let [standing, needed]: [R | undefined, number] = [undefined, 0];
  for (const drill of drills) {
    const depth = drill ? depths.indexOf(drill.depth) : depths.length - 1;
    if (drill?.outcome === 'passed' && depth < needed) continue;
    [standing, needed] = [drill, drill?.outcome === 'passed' ? 0 : Math.max(needed, depth)];
  }
  return standing;
}

/** Whether a drill proved it, and none that counts failed since. One that read it is a weaker proof than one that restored it. */
export function isProved({ drill }: Pick<Backup, 'drill'>): boolean {
  return drill?.outcome === 'passed';
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

/** What is to be kept of each database's backups; at least one number must be above 0. */
export interface Policy {
  /** The newest ones. */
  readonly last: number;
  /** The newest of each of the last so many days, ISO weeks, months and years that have one (UTC). */
  readonly daily: number;
  readonly weekly: number;
  readonly monthly: number;
  readonly yearly: number;
  /** The newest ones that a drill has proved, whatever else says; one in any case. */
  readonly verified: number;
  /** Nothing younger goes. */
  readonly minAgeDays: number;
}

/** What retention knows of a backup. */
export interface Dated {
  readonly key: string;
  readonly database: string;
  readonly takenAt: Date;
  /** Its last drill passed. */
  readonly verified: boolean;
  readonly lockedUntil?: Date;
}

export interface Verdict<B extends Dated> {
  readonly backup: B;
  readonly keep: boolean;
  /** Why it stays: `daily 2026-11-21`; or why it goes. */
  readonly reasons: readonly string[];
}

/**
 * Decides for each backup, newest first, whether it stays. Databases do not count for each other. The same backups,
 * policy and moment always give the same verdicts; nothing is ever decided by a key's prefix.
 */
export function retain<B extends Dated>(backups: readonly B[], policy: Policy, now: Date): Verdict<B>[] {
  const groups = Map.groupBy(backups, ({ database }) => database);
  return [...groups.values()].flatMap((group) => retainOne(group.toSorted(newestFirst), policy, now));
}

function retainOne<B extends Dated>(all: readonly B[], policy: Policy, now: Date): Verdict<B>[] {
  const reasons = new Map<B, string[]>(all.map((each) => [each, []]));
  const keep = (backup: B, why: string) => void reasons.get(backup)?.push(why);
  const backups = all.filter(({ takenAt }) => takenAt <= now);
  // counted, they would be the newest for long, in the place of those that are
  for (const each of all) if (each.takenAt > now) keep(each, 'of the future: a clock was wrong');
  for (const each of backups.slice(0, policy.last))
    keep(each, policy.last === 1 ? 'the last' : `one of the last ${policy.last}`);
  for (const [name, bucketOf] of buckets) {
    for (const [bucket, first] of firstOfEach(backups, bucketOf).slice(0, policy[name]))
      keep(first, `${name} ${bucket}`);
  }
  const [proved, ...older] = backups.filter(({ verified }) => verified);
  if (proved) keep(proved, 'the newest that a drill has proved'); // of what is kept, one at least can be restored
  for (const each of older.slice(0, Math.max(0, policy.verified - 1)))
    keep(each, 'one of the newest that a drill has proved');
  for (const each of all) {
    if (ageInDays(each, now) < policy.minAgeDays)
      keep(each, `younger than ${policy.minAgeDays} ${policy.minAgeDays === 1 ? 'day' : 'days'}`);
    if (each.lockedUntil && each.lockedUntil > now) keep(each, `locked until ${dayOf(each.lockedUntil)}`);
  }
  const [newest] = backups;
  if (newest && reasons.get(newest)?.length === 0) keep(newest, 'the newest');
  return all.map((backup) => {
    const why = reasons.get(backup) ?? [];
    return { backup, keep: why.length > 0, reasons: why.length > 0 ? why : ['no rule keeps it'] };
  });
}

const buckets = [
  ['daily', dayOf],
  ['weekly', weekOf],
  ['monthly', (moment: Date) => dayOf(moment).slice(0, 7)],
  ['yearly', (moment: Date) => dayOf(moment).slice(0, 4)],
] as const;

function firstOfEach<B extends Dated>(backups: readonly B[], bucketOf: (moment: Date) => string): [string, B][] {
  const firsts = new Map<string, B>();
  for (const backup of backups) {
    const bucket = bucketOf(backup.takenAt);
    if (!firsts.has(bucket)) firsts.set(bucket, backup);
  }
  return [...firsts];
}

function newestFirst(a: Dated, b: Dated): number {
  return b.takenAt.getTime() - a.takenAt.getTime() || (a.key < b.key ? 1 : -1);
}

const day = 86_400_000;

function ageInDays({ takenAt }: Dated, now: Date): number {
  return (now.getTime() - takenAt.getTime()) / day;
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** ISO 8601 week, `2026-W47`: the week that has the year's first Thursday is the first. */
function weekOf(moment: Date): string {
  const weekday = (moment.getUTCDay() + 6) % 7;
  const thursday = new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate() - weekday + 3));
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = Math.floor((thursday.getTime() - first) / day / 7) + 1;
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}

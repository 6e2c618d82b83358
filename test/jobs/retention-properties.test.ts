import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Dated, type Policy, retain } from '../../src/jobs/backups/retention.ts';
import { randomFrom, seed } from '../doors/backups/corruption.ts';

const day = 86_400_000;
const now = new Date('2026-11-21T12:00:00Z');

type Random = () => number;

const below = (end: number, random: Random) => Math.floor(random() * end);

/** Some backups of databases whose names begin alike: in gaps and in heaps, of one moment, of the future, locked, proved. */
function someBackups(random: Random): Dated[] {
  const moments = Array.from({ length: 8 }, () => now.getTime() - below(1100 * day, random));
  return Array.from({ length: below(50, random) }, (_, index) => {
    const moment = random() < 0.3 ? (moments[below(8, random)] as number) : now.getTime() - below(1100 * day, random);
    const ahead = random() < 0.04 ? 2000 * day : 0;
    return {
      key: `${index} ${below(1e6, random)}`,
      database: ['shop', 'shop_eu', 'sho'][below(3, random)] as string,
      takenAt: new Date(moment + ahead),
      verified: random() < 0.2,
      ...(random() < 0.05 && { lockedUntil: new Date(now.getTime() + (random() - 0.5) * 100 * day) }),
    };
  });
}

function somePolicy(random: Random): Policy {
  const some = (most: number) => (random() < 0.5 ? 0 : below(most, random));
  return {
    ...{ last: some(6), daily: some(10), weekly: some(8), monthly: some(14), yearly: some(4) },
    ...{ verified: some(4), minAgeDays: some(30) },
  };
}

const keptOf = (backups: readonly Dated[], policy: Policy) =>
  new Set(retain(backups, policy, now).flatMap(({ backup, keep }) => (keep ? [backup] : [])));

const newestFirst = (a: Dated, b: Dated) => b.takenAt.getTime() - a.takenAt.getTime() || (a.key < b.key ? 1 : -1);

/** Holds for every store and policy. */
const properties: Readonly<Record<string, (backups: readonly Dated[], policy: Policy, random: Random) => void>> = {
  'the newest of each database stays': (backups, policy) => {
    const kept = keptOf(backups, policy);
    for (const group of Map.groupBy(backups, ({ database }) => database).values()) {
      const [newest] = group.filter(({ takenAt }) => takenAt <= now).sort(newestFirst);
      assert.ok(!newest || kept.has(newest));
    }
  },
  'the newest that a drill has proved stay': (backups, policy) => {
    const kept = keptOf(backups, policy);
    for (const group of Map.groupBy(backups, ({ database }) => database).values()) {
      const proved = group.filter(({ verified, takenAt }) => verified && takenAt <= now).sort(newestFirst);
      for (const each of proved.slice(0, Math.max(1, policy.verified))) assert.ok(kept.has(each));
    }
  },
  'what is locked, young or of the future stays': (backups, policy) => {
    const kept = keptOf(backups, policy);
    for (const each of backups) {
      const young = now.getTime() - each.takenAt.getTime() < policy.minAgeDays * day;
      if (young || each.takenAt > now || (each.lockedUntil && each.lockedUntil > now)) assert.ok(kept.has(each));
    }
  },
  'again, nothing more goes': (backups, policy) => {
    const kept = keptOf(backups, policy);
    assert.deepEqual(keptOf([...kept], policy), kept);
  },
  'the order in which a store lists them does not matter': (backups, policy, random) => {
    const shuffled = backups.toSorted(() => random() - 0.5);
    assert.deepEqual(retain(shuffled, policy, now).map(textOf).sort(), retain(backups, policy, now).map(textOf).sort());
  },
  'who asks for more keeps no less': (backups, policy, random) => {
    const more = Object.entries(policy).map(([name, count]) => [name, count + below(3, random)]);
    assert.ok(keptOf(backups, policy).isSubsetOf(keptOf(backups, Object.fromEntries(more))));
  },
  'databases do not count for each other': (backups, policy) => {
    const alone = [...Map.groupBy(backups, ({ database }) => database).values()].flatMap((group) => [
      ...keptOf(group, policy),
    ]);
    assert.deepEqual(keptOf(backups, policy), new Set(alone));
  },
  'each verdict has its reasons': (backups, policy) => {
    const verdicts = retain(backups, policy, now);
    assert.equal(verdicts.length, backups.length);
    assert.ok(verdicts.every(({ reasons }) => reasons.length > 0));
  },
};

function textOf({ backup, keep, reasons }: ReturnType<typeof retain>[number]): string {
  return `${backup.key} ${keep} ${reasons.join()}`;
}

describe('retention, whatever there is and whatever is asked', () => {
  for (const [name, property] of Object.entries(properties))
    test(name, () => {
      for (let round = 0; round < 400; round++) {
        const random = randomFrom(seed + round);
        property(someBackups(random), somePolicy(random), random);
      }
    });
});

/** When clocks of a zone show so many minutes after midnight on each day; an hour beside it where that time is left out. */
function momentsIn(zone: string, minutes: number): (date: Date) => Date {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  const shownAt = (moment: number) => Date.parse(`${format.format(moment).replace(' ', 'T')}Z`);
  return (date) => {
    const wanted = date.getTime() + minutes * 60_000;
    const near = wanted - (shownAt(wanted) - wanted);
    return new Date(near - (shownAt(near) - wanted));
  };
}

describe('three years of nights, pruned every morning', () => {
  const policy: Policy = { last: 3, daily: 7, weekly: 5, monthly: 12, yearly: 3, verified: 2, minAgeDays: 1 };
  for (const zone of [
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Pacific/Auckland',
    'Asia/Kolkata',
  ])
    test(`${zone}: as much stays as if it were pruned once, at the end`, () => {
      const random = randomFrom(seed);
      const momentOn = momentsIn(zone, 150);
      const all: Dated[] = [];
      let there: readonly Dated[] = [];
      let moment = new Date(0);
      for (let night = 0; night < 1096; night++) {
        const takenAt = momentOn(new Date(Date.UTC(2023, 10, 21 + night)));
        // a week in which nobody noticed, and nights that fail, after which nothing is pruned
        if ((night > 400 && night < 408) || random() < 0.03) continue;
        const taken = { key: String(night), database: 'shop', takenAt, verified: night % 7 === 0 };
        all.push(taken);
        moment = new Date(takenAt.getTime() + 3_600_000);
        const before = there;
        there = retain([...there, taken], policy, moment).flatMap(({ backup, keep }) => (keep ? [backup] : []));
        assert.ok(there.includes(taken));
        assert.ok(before.length === 0 || there.length > 1, 'there is always an older one');
      }
      const once = retain(all, policy, moment).flatMap(({ backup, keep }) => (keep ? [backup.key] : []));
      assert.deepEqual(there.map(({ key }) => key).sort(), once.sort());
      assert.ok(there.length >= 12 + 7 && there.length < 35, `${there.length}`);
      assert.ok(new Set(there.map(({ takenAt }) => takenAt.toISOString().slice(0, 4))).size >= 3);
    });
});

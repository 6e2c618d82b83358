import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Dated, type Policy, retain } from '../../src/jobs/backups/retention.ts';

const nothing: Policy = { last: 0, daily: 0, weekly: 0, monthly: 0, yearly: 0, verified: 0, minAgeDays: 0 };
const now = new Date('2026-11-21T12:00:00Z');

function at(moment: string, more: Partial<Dated> = {}): Dated {
  return { key: `shop/${moment}`, database: 'shop', takenAt: new Date(moment), verified: false, ...more };
}

const kept = (backups: readonly Dated[], policy: Partial<Policy>) =>
  retain(backups, { ...nothing, ...policy }, now).flatMap(({ backup, keep }) =>
    keep ? [backup.key.split('/')[1]] : [],
  );

/** A backup every night for three years. */
const nightly = Array.from({ length: 1096 }, (_, index) =>
  at(new Date(Date.UTC(2023, 10, 21 + index, 2, 7)).toISOString()),
);

test('the newest of days, weeks, months and years', () => {
  assert.deepEqual(kept(nightly, { last: 2 }), ['2026-11-20T02:07:00.000Z', '2026-11-19T02:07:00.000Z']);
  const days = kept(nightly, { daily: 7, weekly: 4, monthly: 12, yearly: 3 });
  assert.equal(days.length, 7 + 2 + 11 + 1);
  assert.deepEqual(
    days.slice(-3),
    ['2026-01-31', '2025-12-31', '2024-12-31'].map((each) => `${each}T02:07:00.000Z`),
  );
});

test('weeks are those of ISO 8601', () => {
  const turn = ['2026-01-04', '2026-01-01', '2025-12-29', '2025-12-28'].map((each) => at(`${each}T00:00:00.000Z`));
  assert.deepEqual(kept(turn, { weekly: 2 }), ['2026-01-04T00:00:00.000Z', '2025-12-28T00:00:00.000Z']);
});

test('gaps: so many days that have a backup, not so many days back', () => {
  const gappy = ['2026-11-20', '2026-10-02', '2026-10-01', '2026-03-01'].map((each) => at(`${each}T00:00:00.000Z`));
  assert.equal(kept(gappy, { daily: 3 }).length, 3);
  assert.equal(kept(gappy, { daily: 3 }).includes('2026-10-01T00:00:00.000Z'), true);
});

test('two backups of one day count as one day, and of one moment are told apart', () => {
  const twice = [at('2026-11-20T02:00:00.000Z'), at('2026-11-20T14:00:00.000Z'), at('2026-11-19T02:00:00.000Z')];
  assert.deepEqual(kept(twice, { daily: 2 }), ['2026-11-20T14:00:00.000Z', '2026-11-19T02:00:00.000Z']);
  const same = [at('2026-11-20T02:00:00.000Z', { key: 'a/1' }), at('2026-11-20T02:00:00.000Z', { key: 'a/2' })];
  assert.deepEqual(kept(same, { last: 1 }), ['2']);
});

test('databases do not count for each other, whatever their names begin with', () => {
  const others = nightly
    .slice(0, 3)
    .map((each) => ({ ...each, database: 'shop2', key: each.key.replace('shop', 'shop2') }));
  assert.equal(kept([...nightly.slice(0, 5), ...others], { last: 2 }).length, 4);
});

test('the newest that a drill has proved stay, and the young, and what is locked', () => {
  const proved = nightly.map((each, index) => ({ ...each, verified: index === 40 || index === 900 }));
  assert.deepEqual(kept(proved, { last: 1 }).length, 2, 'one in any case');
  assert.deepEqual(kept(proved, { last: 1, verified: 1 }).length, 2);
  assert.deepEqual(kept(proved, { last: 1, verified: 2 }).length, 3);
  assert.equal(kept(nightly, { last: 1, minAgeDays: 10 }).length, 9);
  const locked = nightly.map((each, index) => (index === 5 ? { ...each, lockedUntil: new Date('2027-01-01') } : each));
  assert.equal(kept(locked, { last: 1 }).length, 2);
});

test('a clock that ran ahead loses nothing: what is of the future is younger than anything', () => {
  const future = [at('2027-05-01T00:00:00.000Z'), ...nightly.slice(-3)];
  assert.ok(kept(future, { daily: 1, minAgeDays: 1 }).includes('2027-05-01T00:00:00.000Z'));
});

test('pruning again changes nothing', () => {
  const policy = { ...nothing, last: 3, daily: 7, weekly: 5, monthly: 12, yearly: 2, verified: 1 };
  const once = retain(nightly, policy, now).flatMap(({ backup, keep }) => (keep ? [backup] : []));
  assert.deepEqual(
    retain(once, policy, now).filter(({ keep }) => !keep),
    [],
  );
});

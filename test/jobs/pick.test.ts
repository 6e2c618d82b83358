import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Backup } from '../../src/jobs/backups/catalog.ts';
import { pick } from '../../src/jobs/backups/pick.ts';
import type { MigrationState } from '../../src/model/backup.ts';

type Kept = { readonly reason?: string; readonly at?: string | null; readonly unfinished?: number };

/** Newest first, one a day, with where the migration tool stood. */
function backups(...kept: readonly Kept[]): Backup[] {
  return kept.map(({ reason, at, unfinished }, index) => {
    const takenAt = `2026-03-${String(28 - index).padStart(2, '0')}T02:00:00.000Z`;
    const state: MigrationState[] | undefined =
      at === undefined
        ? undefined
        : [
            {
              tool: 'goose',
              table: 'public.goose_db_version',
              latest: at,
              applied: 1,
              ...(unfinished && { unfinished }),
            },
          ];
    const manifest = { takenAt, ...(reason && { reason }), contents: { ...(state && { migrations: state }) } };
    return { key: `b${index + 1}.dump.manifest.json`, manifest, keys: [] } as unknown as Backup;
  });
}

const picked = (which: string, ...kept: readonly Kept[]) => pick(backups(...kept), which).key.slice(0, 2);

test('a time: the newest until the end of the day, minute or second that is named', () => {
  const kept = [{}, {}, {}]; // 28, 27 and 26 March, 02:00:00
  for (const [which, found] of Object.entries({
    '2026-03-27': 'b2',
    '2026-03-27 02:00': 'b2',
    '2026-03-27 02:00 UTC': 'b2',
    '2026-03-27T02:00:00': 'b2',
    '2026-03-27 01:59': 'b3',
    '2026-03-27 02:00+01:00': 'b3',
    '2026-03-27T03:00:00.000+0100': 'b2',
  }))
    assert.equal(picked(which, ...kept), found, which);
  const [late] = backups({});
  const half = { ...late, manifest: { ...late?.manifest, takenAt: '2026-03-28T02:00:41.123Z' } } as Backup;
  for (const which of ['2026-03-28 02:00', '2026-03-28 02:00:41']) assert.equal(pick([half], which), half);
  assert.throws(() => pick([half], '2026-03-28 02:00:40'), /There is no backup 2026-03-28 02:00:40/);
  assert.throws(() => picked('2026-13-01', ...kept), /There is no backup 2026-13-01/);
});

test('by time, what was about to be restored over is passed over', () => {
  const kept = [{ reason: 'before backup_1 is restored over it' }, {}, { reason: 'before migration 0042' }];
  assert.equal(picked('latest', ...kept), 'b2');
  assert.equal(picked('2026-03-28', ...kept), 'b2');
  assert.equal(picked('1', ...kept), 'b1');
  assert.equal(picked('latest', ...kept.slice(0, 1)), 'b1');
});

test('an id that several have is not guessed', () => {
  const [first, second] = ['a', 'b'].map((folder) => {
    const [backup] = backups({});
    return { ...backup, key: `${folder}/20260328T020000000Z.dump.manifest.json` } as Backup;
  }) as [Backup, Backup];
  assert.throws(() => pick([first, second], '20260328T020000000Z'), /There are 2 backups 20260328T020000000Z/);
  assert.equal(pick([first, second], 'b/20260328T020000000Z.dump'), second);
  assert.equal(pick([first], '20260328T020000000Z'), first);
});

test('before a migration: the backup that was taken for it', () => {
  const kept = [{ at: '0041' }, { at: '0042', reason: 'before migration 0042' }, { at: '0041' }];
  assert.equal(picked('before:0042', ...kept), 'b2');
});

test('before a migration: the newest that does not have it', () => {
  assert.equal(picked('before:0042', { at: '43' }, { at: '42' }, { at: '41' }, { at: '41' }), 'b3');
  assert.equal(picked('before:0042', { at: '43' }, { at: null }), 'b2');
  assert.equal(picked('before:0042_orders', { at: '0042' }, { at: '0009' }), 'b2');
  assert.equal(
    picked('before:100000000000000000000', { at: '100000000000000000001' }, { at: '99999999999999999999' }),
    'b2',
  );
});

test('before a migration: none whose state is not known or not whole', () => {
  for (const kept of [{}, { at: '41', unfinished: 1 }, { at: 'a1b2' }])
    assert.throws(() => picked('before:0042', kept), /There is no backup before:0042/);
  assert.throws(() => picked('before:a1b2', { at: '41' }), /There is no backup before:a1b2/);
});

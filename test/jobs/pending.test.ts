import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pendingAfter, pendingBetween } from '../../src/jobs/pending.ts';
import { KnownError } from '../../src/model/error.ts';
import type { History, Migration } from '../../src/model/migration.ts';
import { tool as golangMigrate } from '../../src/tools/golang-migrate/tool.ts';
import { tool as sql } from '../../src/tools/sql/tool.ts';
import { treeOf } from '../tools/trees.ts';

const versions = (files: Readonly<Record<string, string>>): Promise<History> =>
  golangMigrate.read(
    treeOf(Object.fromEntries(Object.entries(files).map(([name, text]) => [`m/${name}.up.sql`, text]))),
    ['m'],
  );
const named = (...names: string[]): Promise<History> =>
  sql.read(treeOf(Object.fromEntries(names.map((name) => [`m/${name}.sql`, '']))), ['m']);
const ids = (migrations: readonly Migration[]) => migrations.map(({ id }) => id);

test('pending is what the base has not, in the order of the head', async () => {
  const base = await versions({ '1_a': 'A', '2_b': 'B' });
  const { pending, edited, deleted, outOfOrder } = pendingBetween(
    base,
    await versions({ '10_d': '', '3_c': '', '1_a': 'A', '2_b': 'B' }),
  );
  assert.deepEqual([ids(pending), edited, deleted, outOfOrder], [['3', '10'], [], [], []]);
});

test('the base keeps the texts it had; what was edited or deleted since is told', async () => {
  const base = await versions({ '1_a': 'A', '2_b': 'B', '3_c': 'C' });
  const between = pendingBetween(base, await versions({ '1_a': 'A', '2_b': 'B, edited' }));
  assert.equal(between.base, base);
  assert.deepEqual(
    between.edited.map(({ before, after }) => [before.up.text, after.up.text]),
    [['B', 'B, edited']],
  );
  assert.deepEqual(ids(between.deleted), ['3']);
  assert.deepEqual(between.pending, []);
});

test('a way back that changed or came later counts as an edit of its migration', async () => {
  const base = await golangMigrate.read(treeOf({ 'm/1_a.up.sql': 'A' }), ['m']);
  const head = await golangMigrate.read(treeOf({ 'm/1_a.up.sql': 'A', 'm/1_a.down.sql': 'B' }), ['m']);
  assert.equal(pendingBetween(base, head).edited.length, 1);
});

test('other line ends, another title and another folder are no edit', async () => {
  const base = await versions({ '1_a': 'A\nB\n' });
  const head = await golangMigrate.read(treeOf({ 'new/1_title.up.sql': 'A\r\nB\r\n' }), ['new']);
  const { edited, deleted, pending } = pendingBetween(base, head);
  assert.deepEqual([edited, deleted, pending], [[], [], []]);
});

test('what is pending before something applied is out of order', async () => {
  const base = await versions({ '1_a': '', '5_e': '' });
  const { pending, outOfOrder } = pendingBetween(base, await versions({ '1_a': '', '3_c': '', '5_e': '', '6_f': '' }));
  assert.deepEqual([ids(pending), ids(outOfOrder)], [['3', '6'], ['3']]);
});

test('an id is a version, a file name with or without its extension, with or without leading zeros', async () => {
  const head = await versions({ '000001_init': '', '000002_more': '', '10_last': '' });
  for (const id of [
    '2',
    '02',
    '000002',
    '000002_more',
    '2_more',
    '000002_more.up',
    '000002_more.up.sql',
    'm/000002_more.up.sql',
    ' 2 ',
  ]) {
    const { base, pending } = pendingAfter(head, id);
    assert.deepEqual([ids(base.migrations), ids(pending)], [['1', '2'], ['10']], id);
  }
  assert.deepEqual(ids(pendingAfter(head, 'none').pending), ['1', '2', '10']);
});

test('a plain file is found by its number where only one has it', async () => {
  const head = await named('0001_a', '0002_b', '0002_c', '0000');
  assert.deepEqual(ids(pendingAfter(head, '1').base.migrations), ['0000', '0001_a']);
  assert.deepEqual(ids(pendingAfter(head, '0').base.migrations), ['0000']);
  assert.deepEqual(ids(pendingAfter(head, '2_b').base.migrations), ['0000', '0001_a', '0002_b']);
  assert.throws(() => pendingAfter(head, '2'), known(/^2 may be any of 0002_b, 0002_c\.$/, /whole name/));
});

test('an unknown id is an error with the nearest ones', async () => {
  const head = await versions({ '20240101_init': '', '20240203_more': '' });
  assert.throws(
    () => pendingAfter(head, '20240230'),
    known(/^There is no migration 20240230\.$/, /^Did you mean 20240203, 20240101\? The setting/),
  );
  assert.throws(
    () => pendingAfter(head, 'x'),
    known(/^There is no migration x\.$/, /^The newest migration is 20240203\./),
  );
  assert.throws(
    () => pendingAfter({ migrations: [], ignored: [] }, '1'),
    known(/^There is no migration 1\.$/, /^The setting/),
  );
  assert.throws(() => pendingAfter(head, ''), known(/^There is no migration/, /./));
});

const known = (message: RegExp, help: RegExp) => (error: unknown) =>
  error instanceof KnownError && message.test(error.message) && help.test(error.help ?? '');

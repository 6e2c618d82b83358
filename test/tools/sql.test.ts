import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tool } from '../../src/tools/sql/tool.ts';
import { known, treeOf } from './trees.ts';

const read = (files: Readonly<Record<string, string>>) => tool.read(treeOf(files), ['m']);
const idsOf = async (...names: string[]) =>
  (await read(Object.fromEntries(names.map((name) => [`m/${name}`, 'SELECT 1;'])))).migrations.map(({ id }) => id);

test('files come by their leading numbers where all have one', async () => {
  assert.deepEqual(await idsOf('10-c.sql', '9_b.sql', '00001 a.sql', '009_a.sql'), ['00001 a', '009_a', '9_b', '10-c']);
  assert.deepEqual(await idsOf('1.10_b.sql', '1.9_a.sql', '1_z.sql', '2.sql'), ['1_z', '1.9_a', '1.10_b', '2']);
  assert.deepEqual(await idsOf('2024-10-01_b.sql', '2024-9-30_a.sql'), ['2024-9-30_a', '2024-10-01_b']);
  assert.deepEqual(await idsOf('V10__b.sql', 'V9.1__a.sql', 'V9__z.sql'), ['V9__z', 'V9.1__a', 'V10__b']);
  assert.deepEqual(await idsOf('001_2fa.sql', '001_10fa.sql'), ['001_10fa', '001_2fa'], 'only the first is a number');
});

test('files come by name where one has no number', async () => {
  assert.deepEqual(await idsOf('10_b.sql', '9_a.sql', 'init.sql'), ['10_b', '9_a', 'init']);
});

test('a way back belongs to its way there, however they are named', async () => {
  const files = ['1_a.up.sql', '1_a.down.sql', '2_b.sql', '2_b.down.sql', '3_c.sql', '3_c_rollback.sql', '4_d_up.sql'];
  const more = ['4_d_down.sql', '5_scale_down.sql', '6_gone.down.sql'];
  const { migrations, ignored } = await read(Object.fromEntries([...files, ...more].map((name) => [`m/${name}`, ''])));
  assert.deepEqual(
    migrations.map(({ id, down }) => [id, down?.path]),
    [
      ['1_a', 'm/1_a.down.sql'],
      ['2_b', 'm/2_b.down.sql'],
      ['3_c', 'm/3_c_rollback.sql'],
      ['4_d_up', 'm/4_d_down.sql'],
      ['5_scale_down', undefined],
    ],
  );
  assert.deepEqual(
    ignored.map(({ path }) => path),
    ['m/6_gone.down.sql'],
  );
});

test('two files of the same name are refused', async () => {
  await assert.rejects(
    read({ 'm/1_a.sql': '', 'm/1_a.up.sql': '' }),
    known(/^Two files are migration 1_a/, 'm/1_a.up.sql'),
  );
});

test('an empty file is a migration that does nothing, a byte order mark is skipped as psql does', async () => {
  const { migrations } = await read({ 'm/1.sql': '', 'm/2.sql': '\uFEFFSELECT 1;' });
  assert.deepEqual(
    migrations.map(({ up }) => up.messages),
    [[], [{ start: 0, end: 9 }]],
  );
});

test('what pg_dump puts around its output is left out', async () => {
  const text = '--\n\\restrict x9\n\nSELECT 1;\r\n\\unrestrict x9\r\n';
  const [migration] = (await read({ 'm/1.sql': text })).migrations;
  assert.deepEqual(
    migration?.up.messages.map(({ start, end }) => text.slice(start, end).trim()),
    ['--', 'SELECT 1;'],
  );
});

test('files of tools that hold both ways in one are not run as they are', async () => {
  const marked: readonly [text: string, line: number, tool: RegExp][] = [
    ['SELECT 1;\n-- migrate:down\nDROP TABLE a;', 2, /dbmate/],
    ['-- +goose Up\nSELECT 1;', 1, /goose/],
    ['\n-- +migrate Up\n', 2, /sql-migrate/],
    ['SELECT 1;\n-- Down Migration\n', 2, /node-pg-migrate/],
    ['SELECT 1;\n---- create above / drop below ----\nDROP', 2, /tern/],
  ];
  for (const [text, line, other] of marked)
    await assert.rejects(read({ 'm/1.sql': text }), known(other, 'm/1.sql', line));
});

test('several folders come one after the other, as they are named', async () => {
  const tree = treeOf({ 'a/1.sql': '', 'b/0.sql': '', 'b/2.sql': '' });
  assert.deepEqual(
    (await tool.read(tree, ['a', 'b'])).migrations.map(({ id }) => id),
    ['1', '0', '2'],
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tool } from '../../src/tools/golang-migrate/tool.ts';
import { known, treeOf } from './trees.ts';

const read = (files: Readonly<Record<string, string>>) => tool.read(treeOf(files), ['m']);

test('versions are numbers, padded or not, of up to 64 bits', async () => {
  const names = ['10_c', '000002_b', '1_a', '18446744073709551615_last', '20240101000000_d'];
  const { migrations } = await read(Object.fromEntries(names.map((name) => [`m/${name}.up.sql`, 'SELECT 1;'])));
  assert.deepEqual(
    migrations.map(({ id }) => id),
    ['1', '2', '10', '20240101000000', '18446744073709551615'],
  );
});

test('two files of one version and direction are refused, as the tool does', async () => {
  const twice = { 'm/1_a.up.sql': '', 'm/01_b.up.sql': '', 'm/1_a.down.sql': '' };
  await assert.rejects(
    read(twice),
    known(/^Two files are migration 1: m\/01_b.up.sql and m\/1_a.up.sql/, 'm/1_a.up.sql'),
  );
});

test('a file is one message as it stands, an empty one none', async () => {
  const { migrations } = await read({
    'm/1_a.up.sql': ' SELECT 1; SELECT 2;\n',
    'm/2_b.up.sql': '',
    'm/3_c.up.sql': ' \n',
  });
  assert.deepEqual(
    migrations.map(({ up }) => [up.delivery, up.messages]),
    [
      ['message', [{ start: 0, end: 21 }]],
      ['message', []],
      ['message', []],
    ],
  );
});

test('a version with nothing but a way back is a step that does nothing', async () => {
  const { migrations } = await read({ 'm/1_a.down.sql': 'DROP TABLE a;' });
  assert.deepEqual(
    migrations.map(({ id, path, up, down }) => [id, path, up.messages.length, down?.messages.length]),
    [['1', 'm/1_a.down.sql', 0, 1]],
  );
});

test('files that the tool passes over are told when they are SQL', async () => {
  const others = { 'm/schema.sql': '', 'm/1.up.sql': '', 'm/99999999999999999999_x.up.sql': '', 'm/README.md': '' };
  const { migrations, ignored } = await read({ ...others, 'm/1_a.up.sql': '', 'm/deep/2_b.up.sql': '' });
  assert.deepEqual(
    migrations.map(({ id }) => id),
    ['1'],
  );
  assert.deepEqual(
    ignored.map(({ path }) => path),
    ['m/1.up.sql', 'm/99999999999999999999_x.up.sql', 'm/schema.sql'],
  );
});

test('a byte order mark, on which PostgreSQL fails, is an error', async () => {
  await assert.rejects(
    read({ 'm/1_a.up.sql': '\uFEFFSELECT 1;' }),
    known(/begins with a byte order mark/, 'm/1_a.up.sql', 1),
  );
});

test('several folders make one history', async () => {
  const tree = treeOf({ 'a/1_x.up.sql': '', 'b/2_y.up.sql': '', 'a/3_z.up.sql': '' });
  assert.deepEqual(
    (await tool.read(tree, ['b', 'a'])).migrations.map(({ id }) => id),
    ['1', '2', '3'],
  );
});

test('five thousand files are read in moments', async () => {
  const files = Array.from({ length: 5000 }, (_, index) => [`m/${index}_x.up.sql`, `SELECT ${index}, '10:00';`]);
  assert.equal((await read(Object.fromEntries(files))).migrations.at(-1)?.id, '4999');
});

test('ups without downs are told from a plain folder of SQL by the Go module', async () => {
  const ups = {
    'm/1_a.up.sql': '',
    'm/2_b.up.sql': '',
    'x/go.mod': 'require github.com/golang-migrate/migrate/v4 v4.1.0',
  };
  const detect = (files: Readonly<Record<string, string>>) => tool.detect(treeOf(files), Object.keys(files));
  assert.deepEqual(await detect(ups), [], 'the module of another folder');
  const [sure] = await detect({ ...ups, 'go.mod': 'require github.com/golang-migrate/migrate/v4 v4.1.0' });
  assert.deepEqual([sure?.folder, sure?.certainty], ['m', 'sure']);
  assert.match(sure?.evidence ?? '', /^2 files named like .* and go.mod requires golang-migrate$/);
});

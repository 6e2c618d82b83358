import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applicable } from '../../src/model/migration.ts';
import { parse } from '../../src/tools/goose/parse.ts';
import { tool } from '../../src/tools/goose/tool.ts';
import { known, treeOf } from './trees.ts';

const statements = (text: string, direction: 'up' | 'down' = 'up') =>
  parse({ path: 'm/1_x.sql', text }, direction).statements.map(({ start, end }) => text.slice(start, end));
const read = (files: Readonly<Record<string, string>>) => tool.read(treeOf(files), ['m']);

test('a statement ends at a line whose last word before a comment ends with a semicolon', () => {
  const text = "-- +goose Up\n\n-- dropped\nSELECT 1\n  -- kept;\n, 2; -- why\nSELECT ';' ; SELECT 3\n;\n";
  assert.deepEqual(statements(text), ['SELECT 1\n  -- kept;\n, 2; -- why', "SELECT ';' ; SELECT 3\n;"]);
});

test('semicolons between StatementBegin and StatementEnd end nothing', () => {
  const block = 'CREATE FUNCTION f() RETURNS int AS $$\nBEGIN\n  RETURN 1;\nEND; $$ LANGUAGE plpgsql;\nSELECT 2;';
  const text = `-- +goose up\n-- +goose STATEMENTBEGIN\n${block}\n--+goose StatementEnd\nSELECT 3;\n`;
  assert.deepEqual(statements(text), [block, 'SELECT 3;']);
});

test('each direction is read alone, and the other one keeps its secrets', () => {
  const text = '-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n-- no semicolon:\nSELECT 3\n';
  assert.deepEqual(statements(text), ['SELECT 1;']);
  assert.throws(
    () => statements(text, 'down'),
    known(/^The statement that begins here has no semicolon/, 'm/1_x.sql', 6),
  );
  assert.equal(parse({ path: 'x', text: '-- +goose Up\nSELECT 1;\n' }, 'down').present, false);
});

test('a quirk: what follows an empty block is lost', () => {
  assert.deepEqual(statements('-- +goose Up\n-- +goose StatementBegin\n-- +goose StatementEnd\nlost;\nSELECT 1;'), [
    'SELECT 1;',
  ]);
});

const refused: readonly [text: string, line: number, message: RegExp][] = [
  ['', 1, /^The file has no `-- \+goose Up`/],
  ['-- a comment only\n', 1, /^The file has no/],
  ['SELECT 1;\n', 1, /^The file has SQL before its/],
  ['-- +goose Down\n', 1, /^`-- \+goose Down` stands where it may not/],
  ['-- +goose Up\n-- +goose Up\n', 2, /^`-- \+goose Up` stands where it may not/],
  ['-- +goose Up\nSELECT 1\n-- +goose Down\n', 2, /^The statement that begins here/],
  ['-- +goose Up\n-- +goose StatementBegin\nSELECT 1;', 1, /^A `-- \+goose StatementBegin` has no/],
  ['-- +goose Up\n-- +goose StatementEnd\n', 2, /has no `-- \+goose StatementBegin`/],
  ['-- +goose Up\n-- +goose StatementBegin\n-- +goose StatementBegin\n', 3, /inside another one/],
  ['-- +goose Up\n-- +goose Upwards\n', 2, /does not know the annotation “-- \+goose Upwards”/],
  ['  -- +goose Up\n', 1, /with blanks before it/],
  [
    "-- +goose Up\n-- +goose ENVSUB ON\nCREATE ROLE x PASSWORD '$PASSWORD';",
    3,
    /fills in this line from its environment/,
  ],
];

for (const [text, line, message] of refused)
  test(`${JSON.stringify(text)} is refused with its place`, () =>
    assert.rejects(read({ 'm/1_x.sql': text }), known(message, 'm/1_x.sql', line)));

test('ENVSUB changes nothing where there is nothing to fill in', () => {
  const text = "-- +goose Up\n-- +goose ENVSUB ON\nSELECT '$(x)', '$';\n-- +goose ENVSUB OFF\nSELECT '$HOME', $$x$$;\n";
  assert.throws(() => statements(text), known(/fills in/, 'm/1_x.sql', 3), 'a dollar before a quote is an expansion');
  assert.equal(statements(text.replace("'$'", '1')).length, 2);
});

test('versions are numbers from 1; what goose passes over keeps nobody from applying', async () => {
  const up = '-- +goose Up\nSELECT 1;\n';
  const history = await read({
    'm/10_c.sql': up,
    'm/00002_b.sql': up,
    'm/1_a.sql': up,
    'm/+3_d.sql': up,
    'm/4_d.SQL': up,
    ...Object.fromEntries(
      ['embed.go', '3.go', '3-x.go', '0_x.go', 'x_y.go', '3_x_test.go'].map((name) => [`m/${name}`, '']),
    ),
  });
  assert.deepEqual(
    applicable(history).migrations.map(({ id }) => id),
    ['1', '2', '3', '10'],
  );
  assert.deepEqual(
    history.ignored.map(({ path }) => path),
    ['m/4_d.SQL'],
  );
});

for (const name of [
  'seed.sql',
  '2-x.sql',
  '003.sql',
  '00000_x.sql',
  'abc_x.sql',
  '_x.sql',
  '1a_x.sql',
  '9223372036854775808_x.sql',
])
  test(`${name} is what goose refuses a folder for`, async () => {
    const history = await read({ 'm/1_a.sql': '-- +goose Up\nSELECT 1;\n', [`m/${name}`]: '' });
    assert.throws(
      () => applicable(history),
      known(/^goose refuses the whole folder: m\/\S+ has no version/, `m/${name}`),
    );
    assert.equal(history.migrations.length, 1, 'a base is read nevertheless');
  });

test('two files of one version are refused, as goose does', async () => {
  const up = '-- +goose Up\n';
  await assert.rejects(read({ 'm/1_a.sql': up, 'm/001_b.sql': up }), known(/^Two files are migration 1/, 'm/1_a.sql'));
});

test('Go migrations are an error that says why', async () => {
  await assert.rejects(
    read({ 'm/1_a.sql': '-- +goose Up\n', 'm/2_fill.go': 'package m', 'm/3_more.go': '' }),
    known(/^m\/2_fill.go and 1 more are Go migrations, which only a program/, 'm/2_fill.go'),
  );
});

test('a byte order mark, on which goose fails, is an error', async () => {
  await assert.rejects(read({ 'm/1_a.sql': '\uFEFF-- +goose Up\n' }), known(/byte order mark/, 'm/1_a.sql', 1));
});

test('NO TRANSACTION anywhere sends every statement of both directions by itself', async () => {
  const { migrations } = await read({
    'm/1_a.sql': '-- +goose Up\nSELECT 1;\nSELECT 2;\n-- +goose Down\nSELECT 3;\n-- +goose NO TRANSACTION\n',
    'm/2_b.sql': '-- +goose Up\nSELECT 1;\n-- +goose Down\n',
  });
  assert.deepEqual(
    migrations.map(({ up, down }) => [up.delivery, up.messages.length, down?.delivery, down?.messages.length]),
    [
      ['message', 2, 'message', 1],
      ['wrapped', 1, 'wrapped', 0],
    ],
  );
});

test('a way back that cannot be read is told, and keeps nobody from going forward', async () => {
  const { migrations, ignored } = await read({
    'm/1_a.sql': '-- +goose Up\nSELECT 1;\n-- +goose Down\nDROP TABLE a\n',
  });
  assert.equal(migrations[0]?.down, undefined);
  assert.deepEqual(ignored, [
    {
      path: 'm/1_a.sql',
      line: 4,
      reason: 'its way back cannot be read: The statement that begins here has no semicolon at the end of a line.',
    },
  ]);
});

test('is told from one marked file of a folder', async () => {
  const files = {
    'm/1_a.sql': '-- schema',
    'm/2_b.sql': '-- +goose Up\n',
    'n/1_a.sql': 'SELECT 1;',
    'o/x.sql': '-- +goose Up',
  };
  const found = await tool.detect(treeOf(files), Object.keys(files));
  assert.deepEqual(found, [{ tool: 'goose', folder: 'm', evidence: '`-- +goose Up` in 2_b.sql', certainty: 'sure' }]);
});

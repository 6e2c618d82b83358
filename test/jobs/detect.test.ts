import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detect } from '../../src/jobs/detect.ts';
import { KnownError } from '../../src/model/error.ts';
import { loadTool, toolNames } from '../../src/tools/index.ts';
import { treeOf } from '../tools/trees.ts';

const tools = await Promise.all(toolNames.map(loadTool));

const goose = '-- +goose Up\nSELECT 1;\n';
const pair = (folder: string) => ({ [`${folder}/1_a.up.sql`]: '', [`${folder}/1_a.down.sql`]: '' });

async function found(files: Readonly<Record<string, string>>, tool = 'auto', migrations: readonly string[] = []) {
  const { tool: chosen, folders } = await detect(tools, treeOf(files), { tool, migrations });
  return `${chosen.name}: ${folders.join(' ')}`;
}

async function refusal(files: Readonly<Record<string, string>>, tool = 'auto', migrations: readonly string[] = []) {
  const error = await found(files, tool, migrations).catch((reason: unknown) => reason);
  assert.ok(error instanceof KnownError, String(error));
  assert.ok(error.help);
  return `${error.message}\n${error.help}`;
}

test('a tool that left its mark wins over plain SQL, wherever that lies', async () => {
  assert.equal(await found({ 'db/1_a.sql': goose, 'migrations/1_b.sql': 'SELECT 1;' }), 'goose: db');
  assert.equal(await found({ ...pair('db'), 'sql/1_b.sql': 'SELECT 1;' }), 'golang-migrate: db');
});

test('the surest tool of a folder wins', async () => {
  assert.equal(await found({ ...pair('m'), 'm/2_x.sql': goose }), 'goose: m');
});

test('plain SQL is found by its folder or by its numbers', async () => {
  assert.equal(await found({ 'db/migrations/init.sql': '', 'db/queries/1_x.sql': '' }), 'sql: db/migrations');
  assert.equal(
    await found({ 'migrations/schema.sql': '', 'migrations/db/migrations/1_x.sql': '' }),
    'sql: migrations/db/migrations',
  );
  assert.equal(await found({ 'sql/000001.sql': '', 'sql/000002.sql': '', 'queries/list.sql': '' }), 'sql: sql');
  assert.equal(await found({ '1_a.sql': '', 'README.md': '' }), 'sql: ');
  assert.equal(await found({ 'migrations/1_a.up.sql': '', 'migrations/2_b.up.sql': '' }), 'sql: migrations');
});

test('folders of others, of tests and of other databases never win over a real one', async () => {
  const others = {
    'vendor/x/1_a.sql': goose,
    'api/testdata/1_a.sql': goose,
    'clickhouse/m/1_a.sql': goose,
    ...pair('docs/x'),
  };
  assert.equal(await found({ ...others, 'db/1_a.sql': goose }), 'goose: db');
  assert.equal(await found({ ...others, 'sql/1_a.sql': 'SELECT 1;' }), 'sql: sql');
  assert.equal(await found({ 'test/1_a.sql': goose }), 'goose: test', 'alone it is taken');
});

test('a folder of another database is taken only where it is named', async () => {
  const files = { 'internal/migrations/clickhouse/1_a.sql': goose };
  const text = await refusal(files);
  assert.match(text, /^No migrations found[\s\S]*There is:\n {2}goose in internal\/migrations\/clickhouse/);
  assert.match(text, /called like another database are taken only then/);
  assert.equal(await found(files, 'auto', ['internal/migrations/clickhouse']), 'goose: internal/migrations/clickhouse');
});

test('a folder without the mark of a tool is told where several have one', async () => {
  const files = {
    ...pair('a/x'),
    ...pair('b/x'),
    'master/migrations/1_a.tx.up.sql': '',
    'docs/migrations/1_a.sql': '',
  };
  const text = await refusal(files);
  assert.match(
    text,
    /^There are several folders[\s\S]*Without the mark of a tool there is:\n {2}sql in master\/migrations: 1 /,
  );
  assert.doesNotMatch(text, /docs/);
});

test('two tools are an error that lists both with their evidence and the settings that decide', async () => {
  const text = await refusal({ 'a/m/1_a.sql': goose, ...pair('b/m') });
  assert.match(text, /^There are migrations of several tools:/);
  assert.match(text, /\n {2}golang-migrate in b\/m: 2 files named like 000001_title.up.sql/);
  assert.match(text, /\n {2}goose in a\/m: `-- \+goose Up` in 1_a.sql/);
  assert.match(text, /settings `tool` and `migrations`/);
});

test('two folders of one tool are an error, unless they are named', async () => {
  const files = { ...pair('b/m'), ...pair('a/m'), 'a/m/2_b.up.sql': '', 'b/m/3_c.up.sql': '' };
  const text = await refusal(files);
  assert.match(text, /^There are several folders of migrations:\n {2}golang-migrate in .*\n {2}golang-migrate in /);
  assert.match(text, /setting `migrations`/);
  assert.equal(await found(files, 'auto', ['./b/m/']), 'golang-migrate: b/m');
  assert.equal(await found(files, 'auto', ['b\\m', 'a/m', 'a/m/']), 'golang-migrate: b/m a/m');
});

test('a named tool is looked for alone', async () => {
  const files = { 'a/1_a.sql': goose, ...pair('b') };
  assert.equal(await found(files, 'golang-migrate'), 'golang-migrate: b');
  assert.equal(await found(files, 'goose'), 'goose: a');
  assert.equal(
    await found({ 'migrations/1_a.up.sql': '' }, 'golang-migrate', ['migrations']),
    'golang-migrate: migrations',
  );
  assert.equal(await found({ 'patches/a.sql': '' }, 'sql', ['patches']), 'sql: patches');
});

test('an unknown tool gets the nearest name and all names', async () => {
  assert.match(
    await refusal({}, 'gose'),
    /^There is no migration tool called gose.\nDid you mean goose\? .*auto, golang-migrate, goose, sql/,
  );
  assert.doesNotMatch(await refusal({}, 'liquibase'), /Did you mean/);
});

test('nothing found says what was looked for, and where', async () => {
  const text = await refusal({ 'src/main.ts': '', 'db/query.sql': '' });
  assert.match(
    text,
    /^No migrations found in the work tree.\nLooked for: golang-migrate \(pairs of files .*goose \(.*sql \(/,
  );
});

test('a folder that is not there gets the nearest that is', async () => {
  const text = await refusal({ 'db/migrations/1_a.sql': '' }, 'auto', ['db/migration']);
  assert.match(text, /^There is no folder db\/migration in the work tree.\nDid you mean db\/migrations\?/);
});

test('a folder without migrations is told from one that is not there, and what lies below it is listed', async () => {
  const files = { 'db/m/1_a.sql': goose, 'db/README.md': '', 'other/x.txt': '' };
  assert.match(await refusal(files, 'auto', ['db']), /^No migrations found in db.\nThere is:\n {2}goose in db\/m: /);
  assert.match(await refusal(files, 'goose', ['other']), /^No migrations found in other./);
});

test('files that are not text do not keep the others from being recognised', async () => {
  const files = { 'db/1_a.sql': goose, 'old/1_a.sql': Buffer.from([0xff, 0xfe, 0x41, 0]) };
  const { tool, folders } = await detect(tools, treeOf(files), { tool: 'auto', migrations: [] });
  assert.deepEqual([tool.name, folders], ['goose', ['db']]);
});

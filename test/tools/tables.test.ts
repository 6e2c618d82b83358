import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTable } from '../../src/commands/table.ts';
import { addressOf } from '../../src/postgres/url.ts';
import { loadTool, type ToolName } from '../../src/tools/index.ts';
import { tableNamed, tableText } from '../../src/tools/reading/named.ts';

const read = (text: string) => {
  const { by: _, ...table } = tableNamed(text, 'x');
  return table;
};

test('names of tables are read as SQL reads them, and written so that they are read the same', () => {
  for (const [text, table] of [
    ['versions', { name: 'versions' }],
    ['Ops.Versions', { schema: 'ops', name: 'versions' }],
    ['"Ops"."a.b ""c"""', { schema: 'Ops', name: 'a.b "c"' }],
    ['ops."1"', { schema: 'ops', name: '1' }],
    ['größe', { name: 'größe' }],
  ] as const) {
    assert.deepEqual(read(text), table, text);
    assert.deepEqual(read(tableText(table)), table, text);
  }
  for (const wrong of ['', '.', 'a.', 'a.b.c', 'a b', 'a-b', '1', '"a', '""', 'a; DROP TABLE b', "a'"])
    assert.throws(() => read(wrong), /is no name of a table/, wrong);
});

async function named(
  tool: ToolName,
  { set, url = '', environment = {} }: { set?: string; url?: string; environment?: NodeJS.ProcessEnv },
) {
  const address = addressOf(`postgresql://localhost/shop${url}`);
  const settings = { migrationsTable: set } as Parameters<typeof withTable>[1];
  return withTable(await loadTool(tool), settings, address, environment).ledger.named;
}

test('what is set goes before what the tool’s own surroundings say, and each tool hears only its own', async () => {
  const url = '?sslmode=disable&x-migrations-table=v';
  const environment = { GOOSE_TABLE: 'Ops.G' };
  const ofUrl = { name: 'v', by: '`x-migrations-table` of the URL' };
  assert.deepEqual(await named('golang-migrate', { url, environment }), ofUrl);
  assert.deepEqual(await named('goose', { url, environment }), { schema: 'ops', name: 'g', by: 'GOOSE_TABLE' });
  for (const tool of ['golang-migrate', 'goose'] as const) {
    assert.deepEqual(await named(tool, { set: 'S', url, environment }), { name: 's', by: '`migrations-table`' });
    assert.equal(await named(tool, { environment: { GOOSE_TABLE: '' } }), undefined);
  }
  assert.equal(await named('sql', { url, environment }), undefined);
  await assert.rejects(named('sql', { set: 'versions' }), /has no table that can be named/);
  await assert.rejects(
    named('goose', { environment: { GOOSE_TABLE: 'a b' } }),
    /^KnownError: GOOSE_TABLE: “a b” is no name/,
  );
});

test('golang-migrate’s parameters mean what they mean to it', async () => {
  const table = async (url: string) => {
    const { by: _, ...found } = (await named('golang-migrate', { url })) ?? {};
    return found;
  };
  assert.deepEqual(await table('?x-migrations-table=Ops.Versions'), { name: 'Ops.Versions' });
  assert.deepEqual(
    await table('?x-migrations-table=%22v%22'),
    { name: '"v"' },
    'quotes belong to it, unless it is told',
  );
  const quoted = '&x-migrations-table-quoted';
  assert.deepEqual(await table(`?x-migrations-table=%22v%22${quoted}=true`), { name: 'v' });
  assert.deepEqual(await table(`?x-migrations-table=%22O.%22.%22v%22${quoted}=1`), { schema: 'O.', name: 'v' });
  assert.deepEqual(await table(`?x-migrations-table=v${quoted}=0`), { name: 'v' });
  for (const wrong of ['v', '%22a%22.%22b%22.%22c%22', '%22a'])
    await assert.rejects(table(`?x-migrations-table=${wrong}${quoted}=true`), /golang-migrate takes/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { migrate } from '../../src/jobs/migrate.ts';
import { plan } from '../../src/jobs/plan.ts';
import type { Gate } from '../../src/model/plan.ts';
import { loadTool, type ToolName } from '../../src/tools/index.ts';
import { tableNamed } from '../../src/tools/reading/named.ts';
import { freshSession, newest } from '../support/postgres.ts';
import { closedGates, inputFor } from './migrating.ts';

const files = {
  'golang-migrate': {
    '1_a.up.sql': 'CREATE TABLE a ();',
    '2_versions.up.sql': 'CREATE SCHEMA app; CREATE TABLE app.versions (id int);',
  },
  goose: {
    '1_a.sql': '-- +goose Up\nCREATE TABLE a ();\n',
    '2_versions.sql': '-- +goose Up\nCREATE SCHEMA app; \nCREATE TABLE app.versions (id int);\n',
  },
} as const;

type Named = keyof typeof files;

const defaults: Readonly<Record<Named, string>> = { 'golang-migrate': 'schema_migrations', goose: 'goose_db_version' };

/** A target, and what is planned for it with the table that is named, if any. */
async function scene(tool: Named) {
  const session = await freshSession(newest, 'CREATE SCHEMA ops');
  const input = async (table?: string, more: Parameters<typeof inputFor>[4] = {}) => {
    const given = await inputFor(newest, session.address, tool, files[tool], {
      driftIgnore: ['{ops,no.table}'],
      ...more,
    });
    const { naming } = await loadTool(tool as ToolName);
    assert.ok(naming);
    return table === undefined
      ? given
      : { ...given, tool: { ...given.tool, ledger: naming.ledger(tableNamed(table, 'somebody')) } };
  };
  const planned = async (...given: Parameters<typeof input>) => {
    const found = (await plan(await input(...given))).plan;
    const gate = found.gates.find((each: Gate) => each.gate === 'migrations-table');
    return { plan: found, gate, closed: closedGates({ plan: found }) };
  };
  return { session, input, planned };
}

for (const tool of Object.keys(files) as Named[]) {
  test(`${tool}: another table that looks like its own is never guessed`, async () => {
    const { session, input, planned } = await scene(tool);
    await using _ = session;
    const fresh = await planned();
    assert.deepEqual(fresh.closed, []);
    assert.equal((await migrate(await input('ops.versions'))).outcome, 'passed');

    const elsewhere = await planned();
    assert.deepEqual(elsewhere.closed, ['migrations-table', 'drift']);
    const missing = `There is no table public.${defaults[tool]}, but ops.versions has the columns of one of ${tool}.`;
    assert.equal(elsewhere.gate?.message, missing);
    const help = `Say which it is: set \`migrations-table\` to ops.versions, or to ${defaults[tool]} for a new one.`;
    assert.equal(elsewhere.gate?.help, help);
    assert.deepEqual((await planned(undefined, { baseline: '2' })).closed, ['migrations-table', 'drift']);
    assert.deepEqual((await planned(defaults[tool])).closed, ['baseline', 'drift']);

    const right = await planned('ops.versions');
    assert.deepEqual(
      [right.closed, right.plan.pending, right.plan.drift],
      [[], [], []],
      'app.versions is an ordinary table',
    );
    assert.match(right.gate?.message ?? '', /is ops\.versions, as somebody says\.$/);
    assert.notEqual(right.plan.digest, elsewhere.plan.digest);
  });

  test(`${tool}: nor where its own is there as well`, async () => {
    const { session, input, planned } = await scene(tool);
    await using _ = session;
    assert.equal((await migrate(await input())).outcome, 'passed');
    await session.send(`CREATE TABLE ops.versions (LIKE ${defaults[tool]} INCLUDING ALL)`);
    const both = await planned();
    assert.deepEqual(both.closed, ['migrations-table', 'drift']);
    const message = `The table of ${tool} is public.${defaults[tool]}, but ops.versions has the columns of one, too.`;
    assert.equal(both.gate?.message, message);
    assert.deepEqual((await planned(defaults[tool])).closed, ['drift']);
    const ignored = await planned(undefined, { driftIgnore: ['ops'] });
    assert.deepEqual(ignored.closed, [], 'somebody has said that it is another’s');
    await session.send(`ALTER TABLE ops.versions RENAME TO ${defaults[tool]}`);
    assert.deepEqual((await planned()).closed, [], 'of the same name in another schema: the search_path says which');
    await assert.rejects(planned('nowhere.versions'), /There is no schema nowhere/);
    await session.send('CREATE TABLE ops.other (id int)');
    await assert.rejects(planned('ops.other'), /ops\.other is not the table of this tool: it has no/);
  });
}

// The migration tools with their table under another name, by turns with ours: `npm run test:tools`.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { withTable } from '../../../src/commands/table.ts';
import { workTree } from '../../../src/git/worktree.ts';
import type { MigrateInput } from '../../../src/jobs/migrate/input.ts';
import { findProgram } from '../../../src/jobs/migrate/program.ts';
import { migrate } from '../../../src/jobs/migrate.ts';
import { plan } from '../../../src/jobs/plan.ts';
import { addressOf } from '../../../src/postgres/url.ts';
import { loadTool } from '../../../src/tools/index.ts';
import { inputFor } from '../../jobs/migrating.ts';
import { freshSession, servers, type TestServer } from '../../support/postgres.ts';

const run = promisify(execFile);

const files = {
  'golang-migrate': { '1_a.up.sql': 'CREATE TABLE a ();', '2_b.up.sql': 'CREATE TABLE b ();' },
  goose: { '1_a.sql': '-- +goose Up\nCREATE TABLE a ();\n', '2_b.sql': '-- +goose Up\nCREATE TABLE b ();\n' },
} as const;

type ToolName = keyof typeof files;

/** A way in which the tool is told, and what the setting says to the same end. */
interface Way {
  readonly tool: ToolName;
  /** Parameters of the URL, or the variable GOOSE_TABLE. */
  readonly told: string;
  readonly setting: string;
  /** Where the table must then be, as SQL. */
  readonly table: string;
}

const ways: readonly Way[] = [
  { tool: 'goose', told: 'versions', setting: 'versions', table: 'public.versions' },
  { tool: 'goose', told: 'ops.versions', setting: 'OPS.Versions', table: 'ops.versions' },
  { tool: 'goose', told: '"Ops 2"."All Versions"', setting: '"Ops 2"."All Versions"', table: '"Ops 2"."All Versions"' },
  {
    ...{ tool: 'golang-migrate', told: 'x-migrations-table=Versions' },
    ...{ setting: '"Versions"', table: 'public."Versions"' },
  },
  {
    ...{ tool: 'golang-migrate', told: 'x-migrations-table=ops.versions' },
    ...{ setting: '"ops.versions"', table: 'public."ops.versions"' },
  },
  {
    ...{ tool: 'golang-migrate', told: 'x-migrations-table=%22ops%22.%22versions%22&x-migrations-table-quoted=1' },
    ...{ setting: 'ops.versions', table: 'ops.versions' },
  },
];

interface There {
  readonly session: Awaited<ReturnType<typeof freshSession>>;
  /** Applies all with the tool; returns what it says. */
  up(count?: number): Promise<string>;
  /** As the tool is told, or as the setting says. */
  input(by: 'told' | 'setting'): Promise<MigrateInput>;
}

async function scene(test: TestContext, server: TestServer, { tool: name, told, setting }: Way): Promise<There> {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-real-'));
  test.after(() => rm(folder, { recursive: true, force: true }));
  const session = await freshSession(server, 'CREATE SCHEMA ops; CREATE SCHEMA "Ops 2"');
  test.after(() => session[Symbol.asyncDispose]());
  await mkdir(join(folder, 'm'));
  for (const [file, text] of Object.entries(files[name])) await writeFile(join(folder, 'm', file), text);
  const { host, port, user, database } = session.address;
  const plain = `postgresql://${user}@/${database}?host=${host}&port=${port}&sslmode=disable`;
  const url = name === 'golang-migrate' ? `${plain}&${told}` : plain;
  const environment = { GOOSE_TABLE: told };
  const tool = await loadTool(name);
  const { witness } = tool;
  assert.ok(witness);
  const program = await findProgram(witness);
  const head = await tool.read(workTree(folder, new AbortController().signal), ['m']);
  const count = (all = 2) => String(all);
  return {
    session,
    up: async (all) => {
      const words =
        name === 'goose'
          ? ['-env=none', '-dir', join(folder, 'm'), 'postgres', url, ...(all ? ['up-to', count(all)] : ['up'])]
          : ['-path', join(folder, 'm'), '-database', url, 'up', ...(all ? [count(all)] : [])];
      return (await run(witness.program, words, { env: { ...process.env, ...environment } })).stderr;
    },
    input: async (by) => ({
      ...(await inputFor(server, session.address, name, {}, { asking: { program, root: folder } })),
      ...{ head, driftIgnore: ['ops', 'Ops 2'] },
      tool:
        by === 'told'
          ? withTable(tool, { migrationsTable: undefined }, addressOf(url), environment)
          : withTable(tool, { migrationsTable: setting }, session.address, {}),
    }),
  };
}

const nothing = /no change|no migrations to run/;

for (const server of servers)
  for (const way of ways)
    test(`${way.tool}, PostgreSQL ${server.major}: whoever applies, the other finds nothing to do in ${way.table}`, async (test) => {
      const [theirs, ours, mixed] = await Promise.all([1, 2, 3].map(() => scene(test, server, way)));
      assert.ok(theirs && ours && mixed);
      await theirs.up();
      await applied(ours, 'setting');
      await mixed.up(1);
      await applied(mixed, 'told');
      for (const { session, input, up } of [theirs, ours, mixed]) {
        assert.match(await up(), nothing);
        for (const by of ['told', 'setting'] as const) {
          const { plan: planned } = await plan(await input(by));
          assert.deepEqual(
            [planned.outcome, planned.pending, planned.drift],
            ['passed', [], []],
            JSON.stringify(planned.gates),
          );
        }
        await session.query(`SELECT FROM ${way.table}`);
        const others = "SELECT FROM pg_class WHERE relname IN ('schema_migrations', 'goose_db_version')";
        assert.deepEqual(await session.query(others), []);
      }
    });

for (const server of servers)
  test(`golang-migrate, PostgreSQL ${server.major}: its table is the one in the first schema, whatever there is in the next`, async (test) => {
    const way: Way = {
      tool: 'golang-migrate',
      told: 'search_path=ops,public',
      setting: '',
      table: 'ops.schema_migrations',
    };
    const { session, up, input } = await scene(test, server, way);
    await session.send(`CREATE TABLE public.schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
      INSERT INTO public.schema_migrations VALUES (2, false)`);
    const target = { ...session.address, options: '-c search_path=ops,public' };
    const planned = async () => (await plan({ ...(await input('told')), target })).plan;
    assert.deepEqual(
      (await planned()).pending.map(({ id }) => id),
      ['1', '2'],
    );
    await up();
    assert.deepEqual((await planned()).pending, []);
    await session.query(`SELECT FROM ops.a, ops.b, ${way.table}`);
    assert.match(await up(), nothing);
  });

/** What is pending is applied, and the tool itself agrees. */
async function applied({ input }: There, by: 'told' | 'setting'): Promise<void> {
  const { outcome, verification, failure, plan: planned } = await migrate(await input(by));
  assert.equal(
    outcome,
    'passed',
    `${failure?.message} ${verification?.agreement?.message} ${JSON.stringify(planned.gates)}`,
  );
  assert.equal(verification?.agreement?.outcome, 'agrees', verification?.agreement?.message);
}

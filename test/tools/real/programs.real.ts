// The migration tools themselves, by turns with ours on one database: `npm run test:tools` installs and runs them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { workTree } from '../../../src/git/worktree.ts';
import type { MigrateInput } from '../../../src/jobs/migrate/input.ts';
import { migrate } from '../../../src/jobs/migrate.ts';
import { plan } from '../../../src/jobs/plan.ts';
import type { Address } from '../../../src/model/server.ts';
import type { Connection } from '../../../src/postgres/connect.ts';
import { loadTool } from '../../../src/tools/index.ts';
import { inputFor } from '../../jobs/migrating.ts';
import { freshSession, servers, type TestServer } from '../../support/postgres.ts';

const run = promisify(execFile);

interface Program {
  /** Applies all that is pending; returns what it says. */
  up(folder: string, address: Address): Promise<string>;
  /** What it says when nothing is. */
  readonly nothing: RegExp;
  /** Its table, without times and serial numbers. */
  readonly rows: string;
  readonly files: Readonly<Record<string, string>>;
  /** The file of `files` that cannot be one transaction. */
  readonly outside: string;
}

const url = ({ host, port, user, database }: Address) =>
  `postgresql://${user}@/${database}?host=${host}&port=${port}&sslmode=disable`;

const a =
  'CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$;';
const b = 'CREATE TABLE b (id bigint PRIMARY KEY, n int);\nINSERT INTO b SELECT g, g FROM generate_series(1, 100) g;';

const programs: Readonly<Record<'golang-migrate' | 'goose', Program>> = {
  'golang-migrate': {
    up: async (folder, address) => (await run('migrate', ['-path', folder, '-database', url(address), 'up'])).stderr,
    nothing: /no change/,
    rows: 'SELECT version, dirty FROM schema_migrations',
    files: {
      '000001_a.up.sql': a,
      '000001_a.down.sql': 'DROP TABLE a; DROP FUNCTION f;',
      '000002_b.up.sql': b,
      '000003_c.up.sql': 'CREATE INDEX CONCURRENTLY b_n ON b (n);',
      '000010_d.up.sql': 'BEGIN;\nALTER TABLE a ADD m int;\nCOMMIT;\nALTER TABLE b ADD m int;',
    },
    outside: '000003_c.up.sql',
  },
  goose: {
    up: async (folder, address) =>
      (await run('goose', ['-env=none', '-dir', folder, 'postgres', url(address), 'up'])).stderr,
    nothing: /no migrations to run/,
    rows: 'SELECT version_id, is_applied FROM goose_db_version ORDER BY id',
    files: {
      '00001_a.sql': `-- +goose Up\n-- +goose StatementBegin\n${a}\n-- +goose StatementEnd\n-- +goose Down\nDROP TABLE a;\n`,
      '00002_b.sql': `-- +goose Up\n${b}\n`,
      '00003_c.sql':
        '-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY b_n ON b (n);\nALTER TABLE a ADD m int;\n',
      '20260101000000_d.sql': '-- +goose Up\nALTER TABLE b ADD m int;\n',
    },
    outside: '00003_c.sql',
  },
};

type Target = Connection & { readonly address: Address };

interface Scene {
  readonly program: Program;
  readonly target: Target;
  /** Puts the first so many files there, all where absent. */
  write(count?: number): Promise<void>;
  up(): Promise<string>;
  input(): Promise<MigrateInput>;
}

async function scene(test: TestContext, server: TestServer, tool: keyof typeof programs): Promise<Scene> {
  const program = programs[tool];
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-real-'));
  test.after(() => rm(folder, { recursive: true, force: true }));
  const target = await freshSession(server);
  test.after(() => target[Symbol.asyncDispose]());
  const migrations = join(folder, 'm');
  await mkdir(migrations);
  return {
    program,
    target,
    write: async (count) => {
      for (const [name, text] of Object.entries(program.files).slice(0, count))
        await writeFile(join(migrations, name), text);
    },
    up: () => program.up(migrations, target.address),
    input: async () => {
      const head = await (await loadTool(tool)).read(workTree(folder, new AbortController().signal), ['m']);
      return { ...(await inputFor(server, target.address, tool, {}, { allow: ['commit-in-transaction'] })), head };
    },
  };
}

/** The target has all of it, and neither finds anything to do. */
async function done({ program, target, up, input }: Scene): Promise<object[]> {
  assert.match(await up(), program.nothing);
  const { plan: planned } = await plan(await input());
  assert.deepEqual(
    [planned.outcome, planned.pending, planned.drift],
    ['passed', [], []],
    JSON.stringify(planned.gates),
  );
  assert.deepEqual(await target.query('SELECT indexrelid FROM pg_index WHERE NOT indisvalid'), []);
  return target.query(program.rows);
}

for (const server of servers)
  for (const tool of Object.keys(programs) as (keyof typeof programs)[]) {
    test(`${tool}, PostgreSQL ${server.major}: whoever applies, the other finds nothing to do, and the same rows`, async (test) => {
      const [theirs, ours, mixed] = await Promise.all([1, 2, 3].map(() => scene(test, server, tool)));
      assert.ok(theirs && ours && mixed);
      await theirs.write();
      await theirs.up();
      await ours.write();
      assert.equal((await migrate(await ours.input())).outcome, 'passed');
      await mixed.write(2);
      await mixed.up();
      await mixed.write();
      assert.equal((await migrate(await mixed.input())).outcome, 'passed');
      const rows = await done(theirs);
      assert.deepEqual(await done(ours), rows);
      assert.deepEqual(await done(mixed), rows);
      assert.deepEqual(await columnsOf(ours.target, tool), await columnsOf(theirs.target, tool));
    });

    test(`${tool}, PostgreSQL ${server.major}: a run that was cut off is gone on with, and the tool agrees`, async (test) => {
      const there = await scene(test, server, tool);
      await there.write();
      const input = await there.input();
      const controller = new AbortController();
      const progress = {
        step: (text: string) => text === `applying ${there.program.outside}` && controller.abort(new Error('cut off')),
      };
      const report = await migrate({ ...input, signal: controller.signal, progress });
      assert.deepEqual([report.outcome, report.failure?.message], ['failed', 'cut off']);
      assert.equal((await migrate(await there.input())).outcome, 'passed');
      await done(there);
    });
  }

/** The tool's table as it was made: types, defaults, keys. */
async function columnsOf(target: Target, tool: keyof typeof programs): Promise<object[]> {
  const table = { 'golang-migrate': 'schema_migrations', goose: 'goose_db_version' }[tool];
  return target.query(
    `SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull, a.attidentity,
            pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS fallback,
            (SELECT string_agg(pg_catalog.pg_get_constraintdef(c.oid), ' ') FROM pg_constraint c WHERE c.conrelid = a.attrelid AND c.contype = 'p') AS key
       FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = $1::regclass AND a.attnum > 0 ORDER BY a.attnum`,
    [table],
  );
}

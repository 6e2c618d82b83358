// Migration tools are asked what is pending when Lockkeeper has applied: `npm run test:tools`.
import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { workTree } from '../../../src/git/worktree.ts';
import type { MigrateInput } from '../../../src/jobs/migrate/input.ts';
import { findProgram, type Program } from '../../../src/jobs/migrate/program.ts';
import { migrate } from '../../../src/jobs/migrate.ts';
import type { Agreement } from '../../../src/model/migrate-report.ts';
import type { Witness } from '../../../src/model/witness.ts';
import { loadTool } from '../../../src/tools/index.ts';
import { inputFor } from '../../jobs/migrating.ts';
import { freshSession, newest, servers, type TestServer } from '../../support/postgres.ts';

const files = {
  'golang-migrate': { '000001_a.up.sql': 'CREATE TABLE public.a ();', '000010_b.up.sql': 'CREATE TABLE public.b ();' },
  goose: {
    '00001_a.sql': '-- +goose Up\nCREATE TABLE public.a ();\n',
    '20260101000000_b and more.sql': '-- +goose Up\nCREATE TABLE public.b ();\n',
  },
} as const;

type ToolName = keyof typeof files;

interface There {
  readonly folder: string;
  readonly session: Awaited<ReturnType<typeof freshSession>>;
  readonly witness: Witness;
  readonly program: Program;
  input(more?: Partial<MigrateInput>): Promise<MigrateInput>;
}

async function scene(test: TestContext, server: TestServer, name: ToolName): Promise<There> {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-real-'));
  test.after(() => rm(folder, { recursive: true, force: true }));
  const session = await freshSession(server);
  test.after(() => session[Symbol.asyncDispose]());
  await mkdir(join(folder, 'm'));
  for (const [file, text] of Object.entries(files[name])) await writeFile(join(folder, 'm', file), text);
  const tool = await loadTool(name);
  const { witness } = tool;
  assert.ok(witness);
  const program = await findProgram(witness);
  assert.ok(typeof program !== 'string', String(program));
  const head = await tool.read(workTree(folder, new AbortController().signal), ['m']);
  const input: There['input'] = async (more) => ({
    ...(await inputFor(server, session.address, name, {}, { asking: { program, root: folder } })),
    head,
    ...more,
  });
  return { folder, session, witness, program, input };
}

/** A program that writes down what it is called with, may change that, and is then the real one. */
async function wrapped({ folder, program, witness }: There, change = ''): Promise<Program> {
  const path = join(folder, witness.program);
  const record = `{ printf '%s\\n' "$@"; echo "GOOSE_DBSTRING=$GOOSE_DBSTRING"; } >> '${folder}/called'`;
  await writeFile(path, `#!/bin/bash\n${record}\n${change}\nexec '${program.path}' "$@"\n`);
  await chmod(path, 0o755);
  return { ...program, path };
}

async function asked(input: MigrateInput): Promise<[outcome: string, agreement: Agreement | undefined]> {
  const { outcome, verification, failure } = await migrate(input);
  assert.equal(failure, undefined);
  return [outcome, verification?.agreement];
}

for (const server of servers)
  for (const name of Object.keys(files) as ToolName[])
    test(`${name}, PostgreSQL ${server.major}: it agrees, and sees what a target was not to have yet`, async (test) => {
      const there = await scene(test, server, name);
      const [first, said] = await asked(await there.input({ upTo: '1' }));
      assert.deepEqual([first, said?.outcome], ['passed', 'agrees'], said?.message);
      assert.match(said?.message ?? '', /^It says that \d+ is pending, and nothing else\.$/);
      const [outcome, agreement] = await asked(await there.input());
      assert.deepEqual([outcome, agreement?.outcome], ['passed', 'agrees'], agreement?.message);
      assert.equal(agreement?.message, 'It says that nothing is pending.');
      assert.match(agreement?.program ?? '', /^(goose|migrate) \S+$/);
    });

for (const name of Object.keys(files) as ToolName[]) {
  test(`${name}: its table in the schema of the search_path, of the URL or of the database`, async (test) => {
    const there = await scene(test, newest, name);
    const { session } = there;
    await session.send('CREATE SCHEMA app');
    const target = { ...session.address, options: '-c search_path=app' };
    const [outcome, agreement] = await asked(await there.input({ target, upTo: '1', driftIgnore: ['app'] }));
    assert.deepEqual([outcome, agreement?.outcome], ['passed', 'agrees'], agreement?.message);
    await session.send(`ALTER DATABASE "${session.address.database}" SET search_path = app`);
    const [again, agreed] = await asked(await there.input({ driftIgnore: ['app'] }));
    assert.deepEqual([again, agreed?.outcome], ['passed', 'agrees'], agreed?.message);
    const tables = `SELECT table_schema AS schema FROM information_schema.tables WHERE table_name IN ('goose_db_version', 'schema_migrations')`;
    assert.deepEqual(await session.query(tables), [{ schema: 'app' }]);
  });

  test(`${name}: no argument and no URL holds the password`, async (test) => {
    const there = await scene(test, newest, name);
    const asking = { program: await wrapped(there), root: there.folder };
    const target = { ...there.session.address, password: 'correct horse' };
    const [, agreement] = await asked(await there.input({ target, asking }));
    assert.equal(agreement?.outcome, 'agrees', agreement?.message);
    const called = await readFile(join(there.folder, 'called'), 'utf8');
    assert.match(called, /postgresql:\/\/postgres@/);
    assert.doesNotMatch(called, /correct/);
  });

  test(`${name}: a program that cannot connect is no disagreement, and gives nothing away`, async (test) => {
    const there = await scene(test, newest, name);
    const broken =
      name === 'goose'
        ? 'export GOOSE_DBSTRING="$(sed s/port=/port=1/ <<< "$GOOSE_DBSTRING")"'
        : 'set -- "$1" "$2" "$3" "$(sed s/port=/port=1/ <<< "$4")" "$5"';
    const asking = { program: await wrapped(there, broken), root: there.folder };
    const target = { ...there.session.address, password: 'correct-horse' };
    const [outcome, agreement] = await asked(await there.input({ target, asking }));
    assert.deepEqual([outcome, agreement?.outcome], ['passed', 'unclear'], agreement?.message);
    assert.doesNotMatch(agreement?.message ?? '', /correct-horse/);
  });
}

/** The tool's table has another name for the tool than for us. */
const elsewhere: Readonly<Record<string, (there: There) => Promise<Program>>> = {
  'goose, by a variable': (there) => wrapped(there, 'export GOOSE_TABLE=versions'),
  'goose, by .env': async (there) => {
    await writeFile(join(there.folder, '.env'), 'GOOSE_TABLE=versions\n');
    return there.program;
  },
  'golang-migrate, by the URL': (there) =>
    wrapped(there, 'set -- "$1" "$2" "$3" "$4&x-migrations-table=versions" "$5"'),
};

for (const [how, program] of Object.entries(elsewhere))
  test(`it does not see what was written: ${how}`, async (test) => {
    const there = await scene(test, newest, how.startsWith('goose') ? 'goose' : 'golang-migrate');
    const asking = { program: await program(there), root: there.folder };
    const [outcome, agreement] = await asked(await there.input({ asking }));
    assert.deepEqual([outcome, agreement?.outcome], ['failed', 'disagrees'], agreement?.message);
    assert.match(agreement?.message ?? '', /does not see its table where Lockkeeper has written it/);
    assert.deepEqual(await there.session.query("SELECT to_regclass('versions') AS made"), [{ made: null }]);
  });

test('it would apply what is said to be applied', async (test) => {
  const there = await scene(test, newest, 'goose');
  await asked(await there.input({ upTo: '1' }));
  await there.session.send('CREATE SCHEMA own');
  const versions = `CREATE TABLE own.versions (id integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
    version_id bigint NOT NULL, is_applied boolean NOT NULL, tstamp timestamp NOT NULL DEFAULT now())`;
  await there.session.send(
    `${versions}; INSERT INTO own.versions (version_id, is_applied) VALUES (0, true), (1, true)`,
  );
  const asking = { program: await wrapped(there, 'export GOOSE_TABLE=own.versions'), root: there.folder };
  const [outcome, agreement] = await asked(
    await there.input({ asking, driftIgnore: ['own', 'own.*'], allow: ['drift'] }),
  );
  assert.equal(outcome, 'failed');
  assert.equal(agreement?.message, 'goose would apply 20260101000000, which its table says is applied.');
});

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../../src/postgres/connect.ts';
import { urlOf } from '../../../src/postgres/url.ts';
import type { ToolName } from '../../../src/tools/index.ts';
import { assertNothingHeld } from '../../jobs/together.ts';
import { encryptedOnly } from '../../servers/fronts.ts';
import { ownServer } from '../../servers/own.ts';
import { freshSession, newest } from '../../support/postgres.ts';
import { needsClients, server } from '../backups/scene.ts';
import { isAsleep, scene, sleepOnTarget, until } from './scene.ts';

const one = { '0001_a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY, n int);\nINSERT INTO a VALUES (1, 1), (2, 2);' };
const two = { ...one, '0002_b.sql': 'ALTER TABLE a ADD m int;' };
const bare = ['--backup', 'never'];

test('a lock that is held for ever: nothing is committed, the holder is named once, and nothing is left', async (test) => {
  const { write, migrate, run, session, address } = await scene(test);
  await write(one);
  await migrate(bare);
  await write(two);
  await using holder = await connect(address);
  await holder.send("SET application_name = 'report'; BEGIN; SELECT FROM a");
  const words = ['migrate', ...bare, '--lock-timeout', '200ms', '--lock-wait', '2s'];
  const { status, stdout, stderr } = await run(words);
  assert.equal(status, 6, stderr);
  const who = `pid ${holder.pid} \\(report, ${address.user}\\), idle in transaction`;
  assert.match(stdout, new RegExp(who));
  assert.equal(stderr.match(new RegExp(`^waiting for ${who}`, 'gm'))?.length, 1, stderr);
  assert.ok((stderr.match(/^no lock for line 1 of migrations\/0002_b\.sql/gm)?.length ?? 0) > 1, stderr);
  await holder.send('COMMIT');
  await holder[Symbol.asyncDispose]();
  await assertNothingHeld(session);
  assert.equal((await migrate(bare)).applied.length, 1);
});

test('the backend is ended during a statement', async (test) => {
  const there = await scene(test);
  const { write, migrate, run, session } = there;
  await write({ ...one, '0002_b.sql': `CREATE TABLE b ();\n${sleepOnTarget}` });
  const running = run(['migrate', ...bare]);
  await until(there, isAsleep);
  await session.query(isAsleep.replace('SELECT', 'SELECT pg_terminate_backend(pid)'));
  const { status, stdout } = await running;
  assert.equal(status, 7);
  assert.match(stdout, /PostgreSQL ended the session: terminating connection/);
  assert.match(stdout, /partly committed \(1 of 2 migrations\)/);
  await assertNothingHeld(session);
  await write({ ...one, '0002_b.sql': 'CREATE TABLE b ();' });
  assert.deepEqual(
    (await migrate(bare)).applied.map(({ id }) => id),
    ['0002_b'],
  );
});

test('it succeeds in the rehearsal and fails on the target', needsClients, async (test) => {
  const { write, migrate, begin, session } = await scene(test);
  await write(one);
  await migrate(bare);
  await write({ ...one, '0002_b.sql': 'CREATE UNIQUE INDEX CONCURRENTLY a_n ON a (n);' });
  const child = begin(['migrate']);
  const said = { stdout: '', stderr: '' };
  let wrote: Promise<unknown> | undefined;
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
      if (said.stderr.includes('restoring the backup')) wrote ??= session.send('INSERT INTO a VALUES (3, 1)');
    });
  while (child.exitCode === null) await sleep(20);
  await wrote;
  assert.equal(child.exitCode, 6, said.stderr + said.stdout);
  assert.match(said.stdout, /could not create unique index "a_n"/);
  assert.match(said.stdout, /[Nn]othing (of it )?is committed/);
  assert.deepEqual(await session.query('SELECT indexrelid FROM pg_index WHERE NOT indisvalid'), []);
  await assertNothingHeld(session);
  await session.send('DELETE FROM a WHERE id = 3');
  assert.equal((await migrate(bare)).applied.length, 1);
});

test('the target is of another major than the one that was planned for', async (test) => {
  const { write, run, migrate, session } = await scene(test);
  await write(one);
  assert.equal((await run(['plan', '--out', 'plan.json'])).status, 0);
  await using other = await freshSession(newest);
  const there = { LOCKKEEPER_URL: urlOf(other.address), LOCKKEEPER_SERVER_URL: urlOf(newest.address) };
  const { status, stderr } = await run(['migrate', ...bare, '--plan', 'plan.json'], there);
  assert.equal(status, 4, stderr);
  assert.match(stderr, /not the one that was approved/);
  assert.deepEqual(await other.query("SELECT FROM pg_class WHERE relname IN ('a', 'lockkeeper_history')"), []);
  await migrate([...bare, '--plan', 'plan.json']);
  await assertNothingHeld(session);
});

/** What each tool's table says when a migration was begun and not finished, and how to pass. */
const unfinished: Readonly<
  Record<ToolName, { files: Readonly<Record<string, string>>; rows: string; message: RegExp }>
> = {
  'golang-migrate': {
    files: {
      '000001_a.up.sql': one['0001_a.sql'],
      '000001_a.down.sql': '',
      '000002_b.up.sql': 'ALTER TABLE a ADD m int;',
    },
    rows: `CREATE TABLE schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL);
      INSERT INTO schema_migrations VALUES (2, true)`,
    message: /says that 2 was begun and not finished[\s\S]*migrate force/,
  },
  goose: {
    files: {
      '00001_a.sql': `-- +goose Up\n${one['0001_a.sql']}\n`,
      '00002_b.sql': '-- +goose Up\nALTER TABLE a ADD m int;\n',
      '00003_c.sql': '-- +goose Up\nALTER TABLE a ADD o int;\n',
    },
    rows: `CREATE TABLE goose_db_version (id integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, version_id bigint NOT NULL,
        is_applied boolean NOT NULL, tstamp timestamp NOT NULL DEFAULT now());
      INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, true), (1, true), (2, true), (3, true), (2, false)`,
    message: /2 would come before what is applied already/,
  },
  sql: { files: two, rows: '', message: /An earlier run was cut off: 1 of 2 statements[\s\S]*changed since/ },
};

for (const tool of ['golang-migrate', 'goose'] as const)
  test(`${tool}: a migration that its table says is not finished`, async (test) => {
    const { write, run, session } = await scene(test, tool);
    const { files, rows, message } = unfinished[tool];
    await write(files);
    await session.send(`${one['0001_a.sql']} ${rows}`);
    const { status, stdout, stderr } = await run(['migrate', ...bare]);
    assert.equal(status, 4, stderr + stdout);
    assert.match(stdout + stderr, message);
    assert.deepEqual(await session.query("SELECT FROM pg_class WHERE relname = 'lockkeeper_history'"), []);
    await assertNothingHeld(session);
  });

test('sql: a migration that was cut off, whose committed part is another one now', async (test) => {
  const { write, run, migrate, session } = await scene(test);
  const failing = 'CREATE UNIQUE INDEX CONCURRENTLY a_n ON a (n);';
  await write(one);
  await migrate(bare);
  await session.send('INSERT INTO a VALUES (3, 1)');
  await write({ ...one, '0002_b.sql': `ALTER TABLE a ADD m int;\n${failing}` });
  await migrate(bare, 7);
  await write({ ...one, '0002_b.sql': `ALTER TABLE a ADD m bigint;\n${failing}` });
  const { status, stdout, stderr } = await run(['migrate', ...bare]);
  assert.equal(status, 4, stderr + stdout);
  assert.match(stdout + stderr, unfinished.sql.message);
  await assertNothingHeld(session);
});

for (const [tool, files] of [
  ['goose', unfinished.goose.files],
  ['golang-migrate', unfinished['golang-migrate'].files],
  ['sql', two],
] as const)
  test(`${tool}: there are tables, and no table of the tool`, async (test) => {
    const { write, run, migrate, session } = await scene(test, tool);
    await write(files);
    await session.send(one['0001_a.sql']);
    const { status, stdout } = await run(['migrate', ...bare]);
    assert.equal(status, 4);
    assert.match(stdout, /The target has a table, and none that says what is applied[\s\S]*`applied-through`/);
    const first = tool === 'sql' ? '0001_a' : '1';
    const report = await migrate([...bare, '--applied-through', first]);
    assert.deepEqual(report.applied.length, tool === 'goose' ? 2 : 1);
    assert.equal((await migrate(bare)).outcome, 'nothing');
    await assertNothingHeld(session);
  });

test('a wrong password, and TLS that either side refuses', async (test) => {
  const { write, run } = await scene(test);
  await write(one);
  await using own = await ownServer(server);
  await using admin = await connect(own.address);
  await admin.send("CREATE ROLE app LOGIN PASSWORD 'battery staple'");
  const rules = `${own.address.host}/data/pg_hba.conf`;
  await writeFile(rules, `local all app scram-sha-256\n${await readFile(rules, 'utf8')}`);
  await admin.query('SELECT pg_reload_conf()');
  await using encrypted = await encryptedOnly(own.address);
  const app = { ...own.address, user: 'app' };
  for (const [url, message] of [
    [urlOf({ ...app, password: 'correct-horse' }), /password authentication failed for user "app"/],
    [urlOf({ ...own.address, sslmode: 'require' }), /does not support SSL/],
    [urlOf({ ...own.address, host: '127.0.0.1', port: encrypted.port, sslmode: 'disable' }), /Cannot connect/],
    [urlOf({ ...own.address, host: '127.0.0.1', port: encrypted.port, sslmode: 'verify-full' }), /certificate/],
  ] as const)
    for (const command of ['plan', 'migrate']) {
      const { status, stdout, stderr } = await run([command], { LOCKKEEPER_URL: url });
      assert.equal(status, 3, stderr);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr + stdout, /correct-horse|battery/);
    }
});

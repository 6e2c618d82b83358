import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { connect } from '../../../src/postgres/connect.ts';
import { urlOf } from '../../../src/postgres/url.ts';
import { program } from '../../support/program.ts';
import { needsClients, on } from '../backups/scene.ts';
import { ended, isAsleep, type Scene, scene, sleepOnTarget, until } from './scene.ts';

const one = { '0001_a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY, n int);\nINSERT INTO a VALUES (1, 1), (2, 1);' };

/** A command that was printed, run as if pasted. */
async function paste({ folder, env }: Scene, command: string): Promise<string> {
  const cli = `lockkeeper() { '${process.execPath}' '${program}' "$@"; }; ${command}`;
  const around = { PATH: process.env.PATH, HOME: process.env.HOME, ...env };
  return (await promisify(execFile)('bash', ['-c', cli], { cwd: folder, env: around })).stdout;
}

/** The commands under “next”. */
function commandsIn(stdout: string): string[] {
  return [...stdout.matchAll(/^\s*(lockkeeper .*)$/gm)].map(([, command]) => command ?? '');
}

test('no server, a wrong password, TLS that the server has not', needsClients, async (test) => {
  const { write, run, address } = await scene(test);
  await write(one);
  const elsewhere = { ...address, host: '127.0.0.1', port: 1, password: 'correct-horse' };
  for (const url of [
    urlOf(elsewhere),
    `${urlOf(address)}&sslmode=require`,
    urlOf({ ...address, user: 'nobody_there' }),
  ]) {
    const { status, stderr, stdout } = await run(['migrate'], { LOCKKEEPER_URL: url });
    assert.equal(status, 3, stderr);
    assert.doesNotMatch(stderr + stdout, /correct-horse/);
  }
});

test('somebody else migrates', needsClients, async (test) => {
  const { write, run, address } = await scene(test);
  await write(one);
  await using holder = await connect(address);
  await holder.query('SELECT pg_advisory_lock($1::bigint)', [0x6c6f636b6b656570n.toString()]);
  const { status, stderr } = await run(['migrate', '--lock-queue', '1s']);
  assert.equal(status, 5);
  assert.match(stderr, new RegExp(`holds the lock of Lockkeeper: pid ${holder.pid}`));
});

test('what fails on the restored rows never reaches the target', needsClients, async (test) => {
  const { write, migrate, run, session } = await scene(test);
  await write(one);
  await migrate();
  await write({ ...one, '0002_b.sql': 'CREATE UNIQUE INDEX ON a (n);' });
  const words = ['migrate', '--allow', 'unique-index-on-existing-rows,add-index-without-concurrently'];
  const { status, stdout, stderr } = await run(['migrate', '--fail-on', 'never', ...words.slice(3)]);
  const forced = status === 1 ? await run(['migrate', '--allow', rulesIn(stdout)]) : { status, stdout, stderr };
  assert.equal(forced.status, 6, forced.stderr + forced.stdout);
  assert.match(forced.stdout, /Nothing was touched .* fails on the restored backup/);
  assert.match(forced.stdout, /could not create unique index/);
  assert.deepEqual(await session.query("SELECT FROM pg_class WHERE relname = 'a_n_idx'"), []);
});

function rulesIn(stdout: string): string {
  return [...new Set([...stdout.matchAll(/\(error: ([a-z-]+)\)/g)].map(([, rule]) => rule))].join(',');
}

test('failed with nothing committed, failed with a part: what is printed can be pasted', needsClients, async (test) => {
  const there = await scene(test);
  const { write, migrate, run, session, address } = there;
  await write(one);
  await migrate();
  const nothing = { ...one, '0002_b.sql': 'ALTER TABLE a ADD m int;\nCREATE UNIQUE INDEX a_u ON a (n);' };
  await write(nothing);
  const words = ['--rehearse', 'never', '--allow', rulesIn((await run(['migrate'])).stdout)];
  const none = await migrate(words.at(-1) === '' ? words.slice(0, 2) : words, 6);
  assert.deepEqual([none.applied, none.failure?.done, none.failure?.line], [[], 0, 2]);
  await write({ ...one, '0002_b.sql': 'ALTER TABLE a ADD m int;\nCREATE UNIQUE INDEX CONCURRENTLY a_u ON a (n);' });
  const partly = await run(['migrate', ...(words.at(-1) === '' ? words.slice(0, 2) : words)]);
  assert.equal(partly.status, 7, partly.stdout + partly.stderr);
  assert.match(partly.stdout, /partly committed/);
  assert.match(partly.stdout, /1 of its 2 statements are committed/);
  const [look, resume, restore, ...more] = commandsIn(partly.stdout);
  assert.ok(look && resume && restore && more.length === 0, partly.stdout);
  const restored = await paste(there, restore);
  const name = /lockkeeper_\S+|\S+_restored\S*|restored as (\S+)/.exec(restored)?.[0] ?? restored;
  test.diagnostic(name);
  await session.send('DELETE FROM a WHERE id = 2');
  assert.match(await paste(there, resume), /1 migration applied/);
  const rows = await session.query(
    "SELECT done = statements AS whole FROM lockkeeper_history WHERE migration = '0002_b'",
  );
  assert.deepEqual(rows, [{ whole: true }]);
  await using admin = await on('postgres');
  const restoredOnes = await admin.query<{ datname: string }>(`SELECT datname FROM pg_database WHERE datname LIKE $1`, [
    `${address.database}\\_%`,
  ]);
  assert.equal(restoredOnes.length, 1);
  for (const { datname } of restoredOnes) await admin.send(`DROP DATABASE "${datname}"`);
});

test('asked to stop in the middle of a statement', needsClients, async (test) => {
  const there = await scene(test);
  const { write, begin, session, migrate } = there;
  await write({ '0001_a.sql': 'CREATE TABLE slow ();', '0002_b.sql': `CREATE TABLE b ();\n${sleepOnTarget}` });
  const running = begin(['migrate', '--rehearse', 'never']);
  const over = ended(running, 'SIGKILL', 120_000);
  let said = '';
  running.stdout?.on('data', (text) => {
    said += text;
  });
  await until(there, isAsleep);
  running.kill('SIGTERM');
  assert.equal(await over, 7);
  assert.match(said, /Interrupted by SIGTERM/);
  assert.match(said, /partly committed \(1 of 2 migrations\)/);
  assert.deepEqual(
    await session.query(`${isAsleep} OR query LIKE '%pg_advisory%' AND datname = current_database()
    AND pid <> pg_backend_pid()`),
    [],
  );
  await write({ '0001_a.sql': 'CREATE TABLE slow ();', '0002_b.sql': 'CREATE TABLE b ();' });
  assert.deepEqual(
    (await migrate()).applied.map(({ id }) => id),
    ['0002_b'],
  );
});

test('what commits by itself is not run a second time where a lock is not to be had', needsClients, async (test) => {
  const { write, migrate, run, session, address } = await scene(test);
  await write(one);
  await migrate();
  const body = 'BEGIN INSERT INTO a VALUES (3, 3); COMMIT; UPDATE a SET n = 2 WHERE id = 1; END';
  await write({ ...one, '0002_b.sql': `DO $$ ${body} $$;` });
  await using holder = await connect(address);
  await holder.send('BEGIN; UPDATE a SET n = 5 WHERE id = 1');
  const report = await migrate(['--lock-timeout', '1s', '--lock-wait', '20s'], 7);
  assert.match(report.failure?.message ?? '', /it is not tried again, and what it has committed stays/);
  assert.equal(report.failure?.uncertain, true);
  assert.deepEqual(await session.query('SELECT id::int FROM a ORDER BY 1'), [{ id: 1 }, { id: 2 }, { id: 3 }]);
  await holder.send('ROLLBACK');
  const { stdout } = await run(['plan']);
  assert.match(stdout, /0002_b/);
});

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { MigrateReport } from '../../../src/model/migrate-report.ts';
import { connect } from '../../../src/postgres/connect.ts';
import { urlOf } from '../../../src/postgres/url.ts';
import { needsClients, on } from '../backups/scene.ts';
import { type Scene, scene } from './scene.ts';

const one = { '0001_a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY, n int);' };
const partly = {
  ...one,
  '0002_b.sql': 'ALTER TABLE a ADD m int;\nCREATE UNIQUE INDEX CONCURRENTLY a_n ON a (n);',
};
/** Two that are equal where the second migration wants none. */
const rows = 'INSERT INTO a VALUES (1, 1), (2, 1)';
const words = ['--rehearse', 'never', '--on-failure', 'restore-to-new'];

/** What was restored, and what was put aside, from a target. */
async function databasesOf({ address }: Scene): Promise<string[]> {
  await using admin = await on('postgres');
  const rows = await admin.query<{ name: string }>(
    'SELECT datname::text AS name FROM pg_database WHERE starts_with(datname, $1) AND datname <> $2',
    [`${address.database}_`, address.database],
  );
  return rows.map(({ name }) => name);
}

async function dropAll(names: readonly string[]): Promise<void> {
  await using admin = await on('postgres');
  for (const name of names) await admin.send(`DROP DATABASE IF EXISTS "${name}"`);
}

test('the backup is restored beside, and what is printed switches to it', needsClients, async (test) => {
  const there = await scene(test);
  test.after(async () => dropAll(await databasesOf(there)));
  const { write, migrate, run, session, address } = there;
  await write(one);
  await migrate();
  await session.send(rows);
  await write(partly);
  const secret = { LOCKKEEPER_URL: urlOf({ ...address, password: 'correct-horse' }) };
  const report: MigrateReport = await migrate(words, 7, secret);
  const { restored } = report.recovery ?? {};
  assert.ok(report.recovery?.outcome === 'done' && restored, report.recovery?.reason);
  assert.deepEqual(await databasesOf(there), [restored.database]);
  assert.ok(restored.checked.includes('rows'));
  assert.doesNotMatch(JSON.stringify(report), /correct-horse/);
  {
    await using beside = await on(restored.database);
    assert.deepEqual(await beside.query('SELECT * FROM a'), [
      { id: '1', n: 1 },
      { id: '2', n: 1 },
    ]);
    const left = await beside.query<{ migration: string }>('SELECT migration FROM lockkeeper_history');
    assert.deepEqual(left, [{ migration: '0001_a' }]);
  }
  assert.deepEqual(await session.query('SELECT m FROM a WHERE id = 1'), [{ m: null }], 'the target is as it was left');
  await session.send('INSERT INTO a (id, n) VALUES (3, 3)');
  const { stdout, status } = await run(['migrate', ...words], secret);
  assert.equal(status, 7);
  assert.doesNotMatch(stdout, /correct-horse/);
  const [, command = ''] = /^\s*(psql .*)$/m.exec(stdout) ?? [];
  await promisify(execFile)('bash', ['-c', command], { env: { PATH: process.env.PATH } });
  await using now = await connect(address);
  const columns =
    "SELECT string_agg(attname, ' ') AS names FROM pg_attribute WHERE attrelid = 'a'::regclass AND attnum > 0";
  assert.deepEqual(await now.query(columns), [{ names: 'id n m' }], 'the second backup had the column already');
  assert.equal((await now.query('SELECT FROM a')).length, 3);
  const [aside = ''] = (await databasesOf(there)).filter((name) => name.includes('_failed_'));
  await using old = await on(aside);
  assert.equal((await old.query('SELECT FROM a')).length, 3);
});

test('nothing is committed, and nothing is restored', needsClients, async (test) => {
  const there = await scene(test);
  const { write, migrate, session } = there;
  await write(one);
  await migrate();
  await session.send(rows);
  await write({ ...one, '0002_b.sql': 'ALTER TABLE a ADD m int;\nALTER TABLE a ADD UNIQUE (n);' });
  const { recovery } = await migrate([...words, '--allow', 'add-unique-constraint'], 6);
  assert.equal(recovery?.outcome, 'refused');
  assert.match(recovery?.reason ?? '', /Nothing is committed: the target is as it was/);
  assert.deepEqual(await databasesOf(there), []);
});

test('what could not be restored after a failure stops a run before it begins', needsClients, async (test) => {
  const { write, run, session } = await scene(test);
  await write(one);
  const none = await run(['migrate', '--on-failure', 'restore-to-new', '--backup', 'never']);
  assert.deepEqual([none.status, /there must be a backup to restore/.test(none.stderr)], [2, true], none.stderr);
  const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
  const locked = await run(['migrate', '--on-failure', 'restore-to-new', '--encrypt-to', recipient]);
  assert.equal(locked.status, 4, locked.stderr);
  assert.match(locked.stderr, /no key is there to restore it after a failure/);
  assert.deepEqual(await session.query("SELECT FROM pg_class WHERE relname = 'a'"), []);
});

test(
  'a role that may create no database fails to restore, and the failure is told all the same',
  needsClients,
  async (test) => {
    const there = await scene(test);
    const { write, migrate, session, address } = there;
    const role = `${address.database}_owner`;
    await using admin = await on('postgres');
    await admin.send(`CREATE ROLE "${role}" LOGIN; ALTER DATABASE "${address.database}" OWNER TO "${role}"`);
    test.after(async () => {
      await using last = await on('postgres');
      await last.send(`DROP ROLE "${role}"`);
    });
    await session.send(`ALTER SCHEMA public OWNER TO "${role}"`);
    const env = { LOCKKEEPER_URL: urlOf({ ...address, user: role }) };
    await write(one);
    await migrate([], 0, env);
    await session.send(rows);
    await write(partly);
    const { recovery, failure } = await migrate(words, 7, env);
    assert.deepEqual([recovery?.outcome, failure?.sqlstate, failure?.done], ['failed', '23505', 1]);
    assert.match(recovery?.reason ?? '', /may not create databases/);
    test.after(async () => {
      await using last = await on('postgres');
      await last.send(`DROP DATABASE IF EXISTS "${address.database}"`);
    });
  },
);

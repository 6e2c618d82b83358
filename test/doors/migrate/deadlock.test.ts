import assert from 'node:assert/strict';
import { test } from 'node:test';
import { on } from '../backups/scene.ts';
import { scene, until } from './scene.ts';

const waiting = (query: string) =>
  `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database() AND query ~ '${query}'`;

test('in a deadlock with the application it is the migration that gives way, and is tried again', async (test) => {
  const { write, migrate, session, address } = await scene(test);
  await session.send(
    'CREATE TABLE a (id int); CREATE TABLE b (id int); INSERT INTO a VALUES (1); INSERT INTO b VALUES (1)',
  );
  await write({
    '1_base.sql': 'CREATE TABLE a (id int); CREATE TABLE b (id int);',
    '2_both.sql': 'ALTER TABLE a ADD COLUMN n int;\nALTER TABLE b ADD COLUMN n int;',
  });
  await using application = await on(address.database);
  // long enough that whoever looks on comes first, also on a slow machine
  await application.send("SET deadlock_timeout = '60s'; BEGIN; UPDATE b SET id = 2");
  const words = ['--applied-through', '1_base', '--backup', 'never', '--lock-timeout', '800s', '--lock-wait', '900s'];
  const migrating = migrate(words);
  await until({ session }, waiting('ALTER TABLE b'));
  await session.query('SELECT pg_sleep(1.5)'); // PostgreSQL has looked for a deadlock, and found none
  await application.send('UPDATE a SET id = 2');
  await application.send('COMMIT');
  const report = await migrating;
  assert.equal(report.outcome, 'passed');
  assert.ok((report.applied[0]?.retries ?? 0) > 0);
  assert.match(report.applied[0]?.blockers.join() ?? '', new RegExp(`^pid ${application.pid} `));
  assert.deepEqual(await session.query('SELECT a.id, b.id AS other, a.n FROM a, b'), [{ id: 2, other: 2, n: null }]);
});

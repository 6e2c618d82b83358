import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KnownError } from '../../src/model/error.ts';
import { ConnectionLost, connect, SqlError } from '../../src/postgres/connect.ts';
import { freshSession, newest } from '../support/postgres.ts';

test('an error of PostgreSQL keeps its SQLSTATE, position and the number of complete statements', async () => {
  await using session = await freshSession(newest);
  await assert.rejects(session.send('SELECT 1; SELECT 2; SELECT nope'), (error: SqlError) => {
    assert.ok(error instanceof SqlError);
    assert.equal(error.fault.sqlstate, '42703');
    assert.equal(error.position, 28);
    assert.deepEqual(error.completed, ['SELECT 1', 'SELECT 1']);
    return true;
  });
  assert.deepEqual(await session.query('SELECT 1 AS one'), [{ one: 1 }]);
});

const sequences: readonly [what: string, statements: readonly string[], index: number, position: number | undefined][] =
  [
    ['the name of no column', ['SELECT 1 -- one', 'SELECT 2,\n nope', 'SELECT 3'], 1, 12],
    ['what cannot be read, and is told before anything is run', ['SELECT 1', 'SELECT 2', 'SELEC 3'], 2, 1],
    ['an end that comes too early', ['SELECT 1', 'SELECT (', 'SELECT 2'], 1, 10],
    ['letters of several bytes before it', ["SELECT '🐘🐘'", "SELECT 'ü', nope"], 1, 13],
    ['an error without a position', ['BEGIN', 'SET LOCAL lock_timeout = 1', 'SELECT 1/0', 'COMMIT'], 2, undefined],
  ];

for (const [what, statements, index, position] of sequences)
  test(`a sequence tells which statement failed, and where in it: ${what}`, async () => {
    await using session = await freshSession(newest);
    await assert.rejects(session.sequence([...statements, 'CREATE TABLE behind ()']), (error: SqlError) => {
      assert.ok(error instanceof SqlError);
      assert.deepEqual([error.index, error.position], [index, position]);
      return true;
    });
    if (session.transaction !== 'none') await session.send('ROLLBACK');
    assert.deepEqual(await session.query("SELECT FROM pg_class WHERE relname = 'behind'"), []);
  });

test('a position in the text of an earlier message leads to no other statement', async () => {
  await using session = await freshSession(newest, 'CREATE TABLE t (gone int, kept int)');
  await session.send(
    `PREPARE near AS SELECT gone FROM t; /* ${'far '.repeat(100)} */ PREPARE far AS SELECT gone FROM t`,
  );
  await session.send('ALTER TABLE t DROP gone');
  for (const name of ['near', 'far']) {
    await assert.rejects(session.sequence(['BEGIN', `EXECUTE ${name}`, 'COMMIT', 'RESET ALL']), (error: SqlError) => {
      assert.deepEqual([error.fault.sqlstate, error.index], ['42703', 1]);
      assert.ok(error.position === undefined || error.position <= `EXECUTE ${name}`.length + 3);
      return true;
    });
    await session.send('ROLLBACK');
  }
});

test('the session knows its transaction, its settings at the start and what was complete before an error', async () => {
  await using database = await freshSession(newest);
  await using session = await connect(database.address, undefined, {
    search_path: '"a b\\c", public',
    lock_timeout: '7s',
  });
  assert.deepEqual(await session.query("SELECT current_setting('search_path') AS path"), [
    { path: '"a b\\c", public' },
  ]);
  await session.send("SET lock_timeout = '1s'; RESET ALL; BEGIN");
  assert.deepEqual(await session.query('SHOW lock_timeout'), [{ lock_timeout: '7s' }]);
  assert.equal(session.transaction, 'open');
  await assert.rejects(session.send('CREATE TABLE t (); COMMIT; BEGIN; SELECT 1/0'), (error: SqlError) => {
    assert.deepEqual(error.completed, ['CREATE TABLE', 'COMMIT', 'BEGIN']);
    return true;
  });
  assert.equal(session.transaction, 'failed');
  await session.send('ROLLBACK');
  assert.equal(session.transaction, 'none');
});

test('a session that an administrator ends is lost, not a fault of the statement', async () => {
  await using session = await freshSession(newest);
  await using other = await connect(newest.address);
  const waiting = session.send('SELECT pg_sleep(30)');
  waiting.catch(() => {});
  await other.query('SELECT pg_terminate_backend($1)', [session.pid]);
  await assert.rejects(waiting, ConnectionLost);
});

test('an abort cuts a running statement', async () => {
  await using database = await freshSession(newest);
  const controller = new AbortController();
  await using session = await connect(database.address, controller.signal);
  const waiting = session.send('SELECT pg_sleep(30)');
  waiting.catch(() => {});
  controller.abort(new Error('interrupted'));
  await assert.rejects(waiting, /interrupted/);
});

test('a server that cannot be reached is a known error without the password', async () => {
  const nowhere = { host: '127.0.0.1', port: 1, user: 'u', password: 'sesame', database: 'd' };
  await assert.rejects(connect(nowhere), (error: KnownError) => {
    assert.ok(error instanceof KnownError);
    assert.equal(error.reason, 'unreachable');
    assert.doesNotMatch(`${error.message} ${error.help}`, /sesame/);
    return true;
  });
});

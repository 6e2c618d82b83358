import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KnownError } from '../../src/model/error.ts';
import type { Delivery } from '../../src/model/migration.ts';
import { replay } from '../../src/postgres/replay.ts';
import { migrationOf } from '../support/migrations.ts';
import { freshSession, newest, oldest } from '../support/postgres.ts';

async function replayed(
  texts: readonly string[],
  options: { delivery?: Delivery; fresh?: boolean; seconds?: number; server?: typeof newest } = {},
) {
  const { delivery = 'lenient', fresh = false, seconds = 20, server = newest } = options;
  await using session = await freshSession(server);
  const migrations = texts.map((text, index) => migrationOf(String(index + 1), text, { delivery }));
  await replay(session, migrations, { fresh, limit: { seconds, address: session.address } });
  const rows = await session.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1",
  );
  return rows.map(({ name }) => name);
}

test('every migration commits by itself: a new enum value serves the next one', async () => {
  for (const server of [oldest, newest]) {
    const texts = ["CREATE TYPE e AS ENUM ('a')", "ALTER TYPE e ADD VALUE 'b'", "CREATE TABLE t (x e DEFAULT 'b')"];
    assert.deepEqual(await replayed(texts, { server }), ['t']);
  }
});

test('statements that stand outside transactions are replayed among the others', async () => {
  const texts = [
    'CREATE TABLE a (id int)',
    'CREATE INDEX CONCURRENTLY a_id ON a (id)',
    'VACUUM a; CREATE TABLE b ()',
    '',
    '-- nothing',
  ];
  assert.deepEqual(await replayed(texts), ['a', 'a_id', 'b']);
});

test('what commits by itself is replayed outside a transaction, as psql would', async () => {
  for (const server of [oldest, newest]) {
    const texts = [
      'CREATE TABLE a (id int) PARTITION BY HASH (id); CREATE TABLE b PARTITION OF a FOR VALUES WITH (MODULUS 1, REMAINDER 0)',
      'DO $$ BEGIN INSERT INTO a VALUES (1); COMMIT; END $$',
      'CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$; CALL p()',
      'CREATE TABLE c (); REINDEX TABLE a',
    ];
    assert.deepEqual(await replayed(texts, { server }), ['a', 'b', 'c']);
  }
});

test('a text that ends in a comment or without semicolon does not swallow the next file', async () => {
  assert.deepEqual(
    await replayed(['CREATE TABLE a () -- the end', 'CREATE TABLE b ()', 'CREATE TABLE c (); /* x */']),
    ['a', 'b', 'c'],
  );
});

test('settings last from one migration to the next, unless every one has a session of its own', async () => {
  const texts = ['CREATE SCHEMA s; SET search_path = s; CREATE TABLE a ()', 'CREATE TABLE b ()'];
  assert.deepEqual(await replayed(texts), []);
  assert.deepEqual(await replayed(texts, { fresh: true }), ['b']);
});

test('a failing migration is named with file and line, wherever it stands among many', async () => {
  const good = Array.from({ length: 50 }, (_, index) => `CREATE TABLE t${index} ()`);
  const wrong: readonly [string, number, RegExp][] = [
    ['CREATE TABLE ok ();\n\nCREATE TABLE t3 ();', 3, /relation "t3" already exists \(SQLSTATE 42P07\)/],
    ['SELECT 1;\nSELEC 2;', 2, /syntax error at or near "SELEC"/],
    ["SELECT 1;\nSELECT 'abc", 2, /unterminated quoted string/],
    ["SELECT 1;\nDO $$ BEGIN RAISE EXCEPTION 'no'; END $$;", 2, /no \(SQLSTATE P0001\)/],
  ];
  for (const [text, line, message] of wrong) {
    await assert.rejects(replayed([...good, text, 'CREATE TABLE never ()']), (error: KnownError) => {
      assert.equal(error.name, 'KnownError');
      assert.deepEqual(error.place, { path: 'migrations/51.sql', line });
      assert.match(error.message, /base migration 51 fails/);
      assert.match(error.message, message);
      return true;
    });
  }
});

test('a missing extension names the way out', async () => {
  await assert.rejects(replayed(['CREATE EXTENSION vector']), (error: KnownError) => {
    assert.match(error.help ?? '', /does not bring the extension/);
    return true;
  });
});

test('a base migration that never ends is cancelled', async () => {
  await assert.rejects(
    replayed(['SELECT pg_sleep(60)'], { seconds: 0.3 }),
    /base migration 1 fails: it ran longer than 0.3 s, the statement-limit/,
  );
});

test('2 MB of statements in one file', async () => {
  const rows = "INSERT INTO t VALUES (1, 'abcdefghijklmnopqrstuvwxyz');\n".repeat(36_000);
  assert.deepEqual(await replayed([`CREATE TABLE t (id int, x text);\n${rows}`]), ['t']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Delivery } from '../../src/model/migration.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { Statement } from '../../src/model/statement.ts';
import { openWatcher, type Watched } from '../../src/postgres/watch/watch.ts';
import { migrationOf } from '../support/migrations.ts';
import { freshSession, newest, oldest, type TestServer } from '../support/postgres.ts';

interface Scene {
  readonly server?: TestServer;
  readonly base?: string;
  readonly delivery?: Delivery;
  readonly limit?: number;
  readonly refusal?: (statement: Statement) => string | undefined;
}

/** Watches each text as a migration of its own, one after another on one session. */
async function watch(
  texts: readonly string[],
  scene: Scene = {},
): Promise<{ watched: Watched[]; query: (sql: string) => Promise<object[]> }> {
  const { server = newest, base = '', delivery = 'lenient', limit = 20, refusal } = scene;
  await using session = await freshSession(server, base);
  const signal = new AbortController().signal;
  const options = { session, address: session.address, major: server.major, statementLimit: limit, signal };
  await using watcher = await openWatcher({ ...options, ...(refusal && { refusal }) });
  const watched: Watched[] = [];
  for (const [index, text] of texts.entries())
    watched.push(await watcher.watch(migrationOf(String(index + 1), text, { delivery })));
  const rows = await session.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1",
  );
  return { watched, query: async () => rows };
}

const observations = (watched: readonly Watched[]): Observation[] =>
  watched.flatMap(({ facts }) => facts.map(({ observation }) => observation));

const modes = (observation: Observation | undefined) =>
  observation?.locks.map(({ relation, mode }) => `${relation} ${mode.replace('Lock', '')}`);

test('locks that earlier statements of a transaction hold are shown beside those a statement adds', async () => {
  const base = 'CREATE TABLE a (id int); CREATE TABLE b (id int)';
  const { watched } = await watch(['ALTER TABLE a ADD x int; ALTER TABLE b ADD x int; ALTER TABLE a ADD y int'], {
    base,
  });
  const [first, second, third] = observations(watched);
  assert.deepEqual(modes(first), ['public.a AccessExclusive']);
  assert.deepEqual(first?.held, []);
  assert.deepEqual(modes(second), ['public.b AccessExclusive']);
  assert.deepEqual(
    second?.held.map(({ relation }) => relation),
    ['public.a'],
  );
  assert.deepEqual(modes(third), []);
  assert.deepEqual(new Set([first?.transaction, second?.transaction, third?.transaction]), new Set([1]));
});

test('what a migration creates is its own business, until the next migration', async () => {
  const { watched } = await watch(['CREATE TABLE a (id int); CREATE INDEX ON a (id)', 'ALTER TABLE a ADD x int']);
  const [create, index, alter] = observations(watched);
  assert.deepEqual([modes(create), modes(index)], [[], []]);
  assert.deepEqual(
    alter?.locks.map(({ relation, atBase }) => [relation, atBase]),
    [['public.a', false]],
  );
});

test('a table keeps the name it had before the migration, and its age through a rename', async () => {
  const base = 'CREATE TABLE a (id int)';
  const { watched } = await watch(['ALTER TABLE a RENAME TO b; ALTER TABLE b ADD x int', 'ALTER TABLE b ADD y int'], {
    base,
  });
  const facts = watched.flatMap((each) => each.facts);
  assert.deepEqual(
    facts.map(({ observation }) => observation.locks.concat(observation.held).map(({ relation }) => relation)),
    [['public.a'], ['public.a'], ['public.b']],
  );
  assert.equal(facts[2]?.relation(undefined, 'b')?.atBase, true);
});

test('names mean what the session search_path makes of them at that moment', async () => {
  const base = 'CREATE SCHEMA s; CREATE TABLE s.t (id int); CREATE TABLE public.t (id int)';
  const { watched } = await watch(['ALTER TABLE t ADD a int; SET search_path = s; ALTER TABLE t ADD b int'], { base });
  const facts = watched.flatMap((each) => each.facts);
  assert.equal(facts[0]?.relation(undefined, 't')?.name, 'public.t');
  assert.equal(facts[2]?.relation(undefined, 't')?.name, 's.t');
  assert.equal(facts[2]?.relation(undefined, 'nothing'), undefined);
});

test('timeouts in force are known for each statement', async () => {
  const base = 'CREATE TABLE t (id int)';
  const { watched } = await watch(
    ["SET LOCAL lock_timeout = '2s'; SET statement_timeout = 1500; ALTER TABLE t ADD a int"],
    { base },
  );
  const last = watched[0]?.facts.at(-1);
  assert.deepEqual([last?.lockTimeout, last?.statementTimeout], [2000, 1500]);
});

test('a failing statement ends its migration, with PostgreSQL’s words and the place it points to', async () => {
  const { watched, query } = await watch([
    'CREATE TABLE a (id int);\nCREATE TABLE b (\n  id int,\n  x nonsense\n);\nSELECT 1;',
  ]);
  const [, second] = observations(watched);
  assert.equal(watched[0]?.failed, true);
  assert.equal(watched[0]?.statements, 3);
  assert.equal(watched[0]?.facts.length, 2);
  assert.deepEqual([second?.error?.sqlstate, second?.error?.line], ['42704', 4]);
  assert.match(second?.error?.message ?? '', /type "nonsense" does not exist/);
  assert.deepEqual(await query(''), [], 'the transaction was rolled back');
});

test('an error at COMMIT belongs to the last statement', async () => {
  const base = 'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED)';
  const { watched } = await watch(['INSERT INTO c VALUES (1); SELECT 1'], { base });
  const last = observations(watched).at(-1);
  assert.deepEqual([last?.sql, last?.error?.sqlstate], ['SELECT 1', '23503']);
});

test('a message with several statements is one transaction, a single statement is none', async () => {
  const base = 'CREATE TABLE t (id int)';
  const alone = await watch(['CREATE INDEX CONCURRENTLY i ON t (id)'], { base, delivery: 'message' });
  assert.equal(alone.watched[0]?.failed, false);
  const together = await watch(['SELECT 1; CREATE INDEX CONCURRENTLY i ON t (id)'], { base, delivery: 'message' });
  assert.equal(observations(together.watched).at(-1)?.error?.sqlstate, '25001');
  const wrapped = await watch(['CREATE INDEX CONCURRENTLY i ON t (id)'], { base, delivery: 'wrapped' });
  assert.equal(observations(wrapped.watched).at(-1)?.error?.sqlstate, '25001');
});

test('a script with its own COMMIT commits there', async () => {
  const text = 'BEGIN; CREATE TABLE a (); COMMIT; CREATE TABLE b (); SELECT 1/0';
  for (const [delivery, left] of [
    ['lenient', ['a', 'b']],
    ['message', ['a']],
    ['wrapped', ['a', 'b']],
  ] as const) {
    const { query } = await watch([text], { delivery });
    assert.deepEqual(
      await query(''),
      left.map((name) => ({ name })),
      delivery,
    );
  }
});

test('a script that never commits what it began fails, as its end would roll everything back', async () => {
  const { watched, query } = await watch(['BEGIN; CREATE TABLE a ()']);
  assert.equal(watched[0]?.failed, true);
  assert.equal(observations(watched).at(-1)?.error?.sqlstate, '25000');
  assert.deepEqual(await query(''), []);
});

test('LOCK TABLE outside a block fails as it would under psql', async () => {
  const { watched } = await watch(['VACUUM; LOCK TABLE t'], { base: 'CREATE TABLE t ()' });
  assert.equal(observations(watched).at(-1)?.error?.sqlstate, '25P01');
});

test('SET TRANSACTION may still come first', async () => {
  const { watched } = await watch(['SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; SELECT 1']);
  assert.equal(watched[0]?.failed, false);
});

test('a statement that does not end is cancelled, inside and outside a transaction', async () => {
  const inside = await watch(['SELECT pg_sleep(60)'], { limit: 0.3 });
  assert.equal(observations(inside.watched)[0]?.error?.sqlstate, '57014');
  const stubborn = 'DO $$ BEGIN PERFORM pg_sleep(60); EXCEPTION WHEN query_canceled THEN PERFORM pg_sleep(60); END $$';
  const caught = await watch([`VACUUM; ${stubborn}`], { limit: 0.3 });
  assert.equal(observations(caught.watched)[1]?.error?.sqlstate, '57014');
});

test('a procedure that commits by itself runs, and what was not seen is said', async () => {
  const base =
    'CREATE TABLE t (id int); CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t VALUES (1); COMMIT; END $$';
  const { watched } = await watch(['VACUUM t; CALL p()'], { base });
  const [, call] = observations(watched);
  assert.equal(call?.error, undefined);
  assert.equal(call?.transaction, null);
  assert.match(call?.unobserved ?? '', /commits by itself/);
});

test('a short lock_timeout of the script does not fail because we look', async () => {
  for (const server of [oldest, newest]) {
    const base = 'CREATE TABLE t (id int)';
    const { watched } = await watch(["SET lock_timeout = '1ms'; CREATE INDEX CONCURRENTLY i ON t (id); SELECT 1"], {
      base,
      server,
    });
    assert.equal(watched[0]?.failed, false);
    const [, index, after] = watched[0]?.facts ?? [];
    assert.deepEqual(modes(index?.observation), ['public.t ShareUpdateExclusive']);
    assert.deepEqual([index?.lockTimeout, after?.lockTimeout], [1, 1]);
  }
});

test('all tables of REINDEX SCHEMA CONCURRENTLY and VACUUM are seen', async () => {
  const base =
    'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY)';
  const { watched } = await watch(['REINDEX SCHEMA CONCURRENTLY public', 'VACUUM', 'VACUUM FULL'], { base });
  const tables = observations(watched).map((each) =>
    each.locks
      .filter(({ kind }) => kind === 'table')
      .map(({ relation, mode }) => `${relation.slice(-1)} ${mode.replace(/[a-z]/g, '')}`),
  );
  assert.deepEqual(tables, [
    ['a SUEL', 'b SUEL', 'c SUEL'],
    ['a SUEL', 'b SUEL', 'c SUEL'],
    ['a AEL', 'b AEL', 'c AEL'],
  ]);
});

test('REINDEX of a schema or a partitioned table is seen on each table, and says what it cannot see', async () => {
  const base = `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE p (id int PRIMARY KEY) PARTITION BY RANGE (id);
    CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9); CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (9) TO (99)`;
  for (const server of [oldest, newest]) {
    const { watched } = await watch(['REINDEX SCHEMA public', 'REINDEX TABLE p'], {
      base,
      server,
      delivery: 'statement',
    });
    const [schema, table] = observations(watched);
    if (server.major >= 14) assert.deepEqual(modes(table), ['public.p Share', 'public.p1 Share', 'public.p2 Share']);
    assert.deepEqual(modes(schema), ['public.a Share', 'public.p1 Share', 'public.p2 Share']);
    assert.deepEqual(schema?.rewritten, ['public.a_pkey', 'public.p1_pkey', 'public.p2_pkey']);
    assert.match(schema?.unobserved ?? '', /indexes could not be watched/);
  }
});

test('of a statement that fails it is known what its names meant and what was held by then', async () => {
  const base = 'CREATE SCHEMA app; CREATE TABLE app.a (id int); CREATE TABLE app.b (id int)';
  const script = "SET search_path = app; SET lock_timeout = '3s'; LOCK TABLE a; ALTER TABLE b ADD COLUMN id text";
  const { watched } = await watch([script], { base, delivery: 'wrapped' });
  const facts = watched[0]?.facts.at(-1);
  assert.equal(facts?.observation.error?.sqlstate, '42701');
  assert.equal(facts.relation(undefined, 'b')?.name, 'app.b');
  assert.equal(facts.lockTimeout, 3000);
  assert.deepEqual(
    facts.observation.held.map(({ relation }) => relation),
    ['app.a'],
  );
});

test('a short row of alike statements is looked at one by one', async () => {
  const base = 'CREATE TABLE t (id int, n int); INSERT INTO t VALUES (1, 1)';
  const updates = Array.from({ length: 6 }, (_, index) => `UPDATE t SET n = ${index} WHERE id = 1;`).join('\n');
  const seen = observations((await watch([updates], { base })).watched);
  assert.deepEqual(
    seen.map(({ scanned, unobserved }) => [scanned, unobserved]),
    Array(6).fill([['public.t'], undefined]),
  );
});

test('a failing unique index CONCURRENTLY reports its error and holds nothing up', async () => {
  const base = 'CREATE TABLE t (id int); INSERT INTO t VALUES (1), (1)';
  const { watched } = await watch(['CREATE UNIQUE INDEX CONCURRENTLY i ON t (id)'], { base });
  assert.equal(observations(watched)[0]?.error?.sqlstate, '23505');
});

test('what could not be undone on a lent server is not run, and that is said', async () => {
  const refusal = ({ kind }: Statement) =>
    kind === 'AlterSystemStmt' ? 'It was not run: the server is lent.' : undefined;
  const { watched } = await watch(["ALTER SYSTEM SET work_mem = '5MB'"], { refusal });
  const [observation] = observations(watched);
  assert.equal(observation?.unobserved, 'It was not run: the server is lent.');
  assert.equal(watched[0]?.failed, false);
});

test('hostile names are neither lost nor executed', async () => {
  const name = `we"ird; DROP TABLE t; -- $1 'é`;
  const base = `CREATE TABLE "${name.replaceAll('"', '""')}" (id int); CREATE TABLE t ()`;
  const { watched } = await watch([`CREATE INDEX CONCURRENTLY ON "${name.replaceAll('"', '""')}" (id)`], { base });
  assert.deepEqual(modes(observations(watched)[0]), [`public.${name} ShareUpdateExclusive`]);
});

test('thousands of alike statements are not looked at one by one, and yet nothing is missed', async () => {
  const base = `CREATE TABLE t (id int); CREATE TABLE other (id int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF NEW.id = 500 THEN UPDATE other SET id = 1; END IF; RETURN NEW; END $$;`;
  const inserts = Array.from({ length: 1000 }, (_, index) => `INSERT INTO t VALUES (${index});`).join('\n');
  const plain = observations((await watch([inserts], { base })).watched);
  assert.deepEqual(modes(plain[0]), ['public.t RowExclusive']);
  assert.deepEqual(
    new Set(plain.slice(1).map(({ locks, held }) => [locks.length, held.length].join())),
    new Set(['0,1']),
  );
  assert.ok(plain.every(({ unobserved }) => unobserved === undefined));
  const trigger = 'CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();';
  const surprise = observations((await watch([inserts], { base: base + trigger })).watched);
  assert.equal(surprise.filter(({ unobserved }) => unobserved?.includes('not watched singly')).length, 998);
});

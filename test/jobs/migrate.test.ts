import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '../../src/jobs/migrate.ts';
import { KnownError } from '../../src/model/error.ts';
import type { MigrateReport } from '../../src/model/migrate-report.ts';
import { connect } from '../../src/postgres/connect.ts';
import type { ToolName } from '../../src/tools/index.ts';
import { freshSession, newest, servers } from '../support/postgres.ts';
import { withRole } from '../support/role.ts';
import { closedGates, inputFor } from './migrating.ts';

const concurrently = 'CREATE INDEX CONCURRENTLY b_n ON b (n);';
const twoTables = [
  'CREATE TABLE a (id bigint PRIMARY KEY);',
  'CREATE TABLE b (id bigint PRIMARY KEY, n int);',
] as const;

/** One migration that is a transaction, and one that cannot be, as each tool wants them. */
const histories: Readonly<Record<ToolName, Readonly<Record<string, string>>>> = {
  goose: {
    '00001_a.sql': `-- +goose Up\n${twoTables.join('\n')}\n`,
    '00002_b.sql': `-- +goose NO TRANSACTION\n-- +goose Up\n${concurrently}\nALTER TABLE a ADD n int;\n`,
  },
  'golang-migrate': {
    '000001_a.up.sql': twoTables.join('\n'),
    '000001_a.down.sql': 'DROP TABLE a, b;',
    '000002_b.up.sql': concurrently,
    '000003_c.up.sql': 'ALTER TABLE a ADD n int;',
  },
  sql: { '0001_a.sql': twoTables.join('\n'), '0002_b.sql': `${concurrently}\nALTER TABLE a ADD n int;` },
};

const last: Readonly<Record<ToolName, string>> = {
  goose: `SELECT string_agg(version_id::text || is_applied, ' ' ORDER BY id) AS row FROM goose_db_version`,
  'golang-migrate': 'SELECT version::text || dirty AS row FROM schema_migrations',
  sql: `SELECT string_agg(migration, ' ' ORDER BY id) AS row FROM lockkeeper_history`,
};

const rows: Readonly<Record<ToolName, string>> = {
  goose: '0true 1true 2true',
  'golang-migrate': '3false',
  sql: '0001_a 0002_b',
};

for (const server of servers)
  for (const [tool, files] of Object.entries(histories) as [ToolName, Record<string, string>][])
    test(`${tool}, PostgreSQL ${server.major}: applied once, recorded as the tool would`, async () => {
      await using session = await freshSession(server);
      const input = await inputFor(server, session.address, tool, files);
      const report = await migrate(input);
      assert.deepEqual([report.outcome, closedGates(report), report.failure], ['passed', [], undefined]);
      assert.deepEqual(await session.query(last[tool]), [{ row: rows[tool] }]);
      assert.equal((await migrate(input)).outcome, 'nothing');
      const journal =
        'SELECT status, done = statements AS whole, count(*)::int AS n FROM lockkeeper_history GROUP BY 1, 2';
      assert.deepEqual(await session.query(journal), [
        { status: 'applied', whole: true, n: input.head.migrations.length },
      ]);
    });

const table =
  'CREATE TABLE a (id bigint PRIMARY KEY, n int); INSERT INTO a SELECT g, g FROM generate_series(1, 1000) g;';
const oneMore = { '0001_a.sql': table, '0002_b.sql': "SET lock_timeout = '300ms';\nALTER TABLE a ADD m int;" };

/** A target with the first migration, and somebody who holds its table. */
async function heldTarget() {
  const session = await freshSession(newest);
  await migrate(await inputFor(newest, session.address, 'sql', { '0001_a.sql': table }));
  const holder = await connect(session.address);
  await holder.send("SET application_name = 'web'");
  await holder.send('BEGIN; SELECT * FROM a LIMIT 1');
  return { session, holder };
}

const short = { lockTimeout: 200, lockWait: 1500, statementTimeout: 60_000 };

test('a lock that is not to be had: tried again, the holder named, nothing committed', async () => {
  const { session, holder } = await heldTarget();
  await using _session = session;
  await using _holder = holder;
  const files = { ...oneMore, '0002_b.sql': 'ALTER TABLE a ADD m int;' };
  const report = await migrate(await inputFor(newest, session.address, 'sql', files, { applying: short }));
  assert.deepEqual([report.outcome, report.failure?.sqlstate, report.applied], ['failed', '55P03', []]);
  assert.match(
    report.failure?.blockers.join() ?? '',
    new RegExp(`pid ${holder.pid} \\(web, postgres\\), idle in transaction`),
  );
  assert.match(report.failure?.blockers.join() ?? '', /last BEGIN|last SELECT/);
  await holder.send('COMMIT');
  const again = await migrate(await inputFor(newest, session.address, 'sql', files, { applying: short }));
  assert.deepEqual([again.outcome, again.applied.length], ['passed', 1]);
});

test('limits of a script hold for its transaction only, and from where it sets them', async () => {
  const { session, holder } = await heldTarget();
  await using _session = session;
  await using _holder = holder;
  for (const script of [
    'ALTER TABLE a ADD m int;\nSET lock_timeout = 0;',
    'SET lock_timeout = 0;\nRESET lock_timeout;\nALTER TABLE a ADD m int;',
    'BEGIN;\nSET LOCAL lock_timeout = 0;\nCOMMIT;\nALTER TABLE a ADD m int;',
  ]) {
    const more = { applying: short, allow: ['commit-in-transaction'] };
    const report = await migrate(
      await inputFor(newest, session.address, 'sql', { ...oneMore, '0002_b.sql': script }, more),
    );
    assert.deepEqual([closedGates(report), report.failure?.sqlstate], [[], '55P03'], script);
    await session.send("DELETE FROM lockkeeper_history WHERE status = 'started'");
  }
});

test('a lock that is freed while it is tried again, with a script that sets its own limit', async () => {
  const { session, holder } = await heldTarget();
  await using _session = session;
  await using _holder = holder;
  const again = Promise.withResolvers<void>();
  const progress = { step: (text: string) => text.startsWith('no lock for') && again.resolve() };
  const more = { applying: { ...short, lockWait: 60_000 }, progress };
  const running = migrate(await inputFor(newest, session.address, 'sql', oneMore, more));
  await again.promise;
  await holder.send('COMMIT');
  const report = await running;
  assert.equal(report.outcome, 'passed');
  const [applied] = report.applied;
  assert.ok((applied?.retries ?? 0) > 0);
  assert.match(applied?.blockers.join() ?? '', /web, postgres/);
});

test('an index that cannot be built leaves none that is invalid, and is gone on with', async () => {
  const { session, holder } = await heldTarget();
  await using _session = session;
  await using _holder = holder;
  const files = {
    '0001_a.sql': table,
    '0002_b.sql': 'ALTER TABLE a ADD m int;\nCREATE UNIQUE INDEX CONCURRENTLY a_m ON a (n);',
  };
  await holder.send('COMMIT; INSERT INTO a VALUES (1001, 1)');
  const input = await inputFor(newest, session.address, 'sql', files, { applying: short });
  const report = await migrate(input);
  assert.deepEqual(
    [report.outcome, report.failure?.sqlstate, report.failure?.done, report.failure?.statements, report.failure?.left],
    ['failed', '23505', 1, 2, []],
  );
  assert.deepEqual(await session.query('SELECT indexrelid FROM pg_index WHERE NOT indisvalid'), []);
  await holder.send('DELETE FROM a WHERE id = 1001');
  const again = await migrate(input);
  assert.deepEqual([again.outcome, again.applied[0]?.statements.length, closedGates(again)], ['passed', 1, []]);
});

test('what is committed of an interrupted migration must not have changed', async () => {
  const { session, holder } = await heldTarget();
  await using _session = session;
  await using _holder = holder;
  await holder.send('COMMIT; INSERT INTO a VALUES (1001, 1)');
  const index = 'CREATE UNIQUE INDEX CONCURRENTLY a_m ON a (n);';
  const filesWith = (first: string) => ({ '0001_a.sql': table, '0002_b.sql': `${first}\n${index}` });
  await migrate(await inputFor(newest, session.address, 'sql', filesWith('ALTER TABLE a ADD m int;')));
  const changed = await inputFor(newest, session.address, 'sql', filesWith('ALTER TABLE a ADD m bigint;'));
  const report = await migrate(changed);
  assert.deepEqual([report.outcome, closedGates(report)[0]], ['refused', 'interrupted']);
});

test('an abort cancels what runs, frees the lock and tells', async () => {
  await using session = await freshSession(newest);
  const controller = new AbortController();
  const files = { '0001_a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);', '0002_b.sql': 'SELECT pg_sleep(0.2);' };
  const slow = {
    ...files,
    '0002_b.sql':
      "INSERT INTO a VALUES (1);\nSELECT pg_sleep(CASE WHEN to_regclass('public.lockkeeper_history') IS NULL THEN 0 ELSE 60 END);",
  };
  const input = await inputFor(newest, session.address, 'sql', slow, { signal: controller.signal });
  const running = migrate(input);
  const sleeping = `SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()`;
  while ((await session.query(sleeping)).length === 0) await sleep(20);
  controller.abort(new Error('asked to stop'));
  const report = await running;
  assert.deepEqual(
    [report.outcome, report.failure?.message, report.failure?.done, report.applied.map(({ id }) => id)],
    ['failed', 'asked to stop', 0, ['0001_a']],
  );
  assert.deepEqual(await session.query(sleeping), []);
  assert.deepEqual(await session.query('SELECT * FROM a'), []);
  assert.equal((await migrate(await inputFor(newest, session.address, 'sql', files))).outcome, 'passed');
});

test('a target that ends idle sessions, while the run is busy elsewhere', async () => {
  await using session = await freshSession(newest);
  await session.send(`ALTER DATABASE "${session.address.database}" SET idle_session_timeout = '300ms'`);
  const input = await inputFor(newest, session.address, 'sql', histories.sql);
  const openServer = () => sleep(1000).then(() => input.openServer(newest.major));
  assert.equal((await migrate({ ...input, openServer })).outcome, 'passed');
});

test('without a connection to spare: applied, and cancelled all the same', async () => {
  await using session = await freshSession(newest);
  await withRole(session, 'LOGIN CONNECTION LIMIT 1', async (role) => {
    await session.send(`GRANT ALL ON SCHEMA public TO ${role}`);
    const target = { ...session.address, user: role };
    const [told, controller]: [string[], AbortController] = [[], new AbortController()];
    const progress = { step: (text: string) => told.push(text) };
    const wait = "SELECT pg_sleep(CASE WHEN to_regclass('public.lockkeeper_history') IS NULL THEN 0 ELSE 60 END);";
    const files = { '0001_a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);', '0002_b.sql': wait };
    const running = migrate(await inputFor(newest, target, 'sql', files, { progress, signal: controller.signal }));
    const sleeping = `SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()`;
    while ((await session.query(sleeping)).length === 0) await sleep(20);
    controller.abort(new Error('asked to stop'));
    const report = await running;
    assert.deepEqual([report.failure?.message, report.applied.length], ['asked to stop', 1]);
    assert.ok(told.some((text) => /^there is no second connection .*too many connections for role/.test(text)));
    assert.deepEqual(await session.query(sleeping), []);
  });
});

test('a backend that is ended in the middle', async () => {
  await using session = await freshSession(newest);
  const wait = "SELECT pg_sleep(CASE WHEN to_regclass('public.lockkeeper_history') IS NULL THEN 0 ELSE 60 END);";
  const files = {
    '0001_a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);',
    '0002_b.sql': `CREATE TABLE b ();\n${wait}`,
  };
  const running = migrate(await inputFor(newest, session.address, 'sql', files));
  const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()`;
  while ((await session.query(end)).length === 0) await sleep(20);
  const report = await running;
  assert.equal(report.outcome, 'failed');
  assert.match(report.failure?.message ?? '', /PostgreSQL ended the session: terminating connection/);
  assert.deepEqual([report.applied.length, report.failure?.migration, report.failure?.done], [1, '0002_b', 0]);
});

test('somebody else holds the lock for ever', async () => {
  await using session = await freshSession(newest);
  await using holder = await connect(session.address);
  await holder.send("SET application_name = 'deploy-7'");
  await holder.query('SELECT pg_advisory_lock($1::bigint)', [0x6c6f636b6b656570n.toString()]);
  const input = await inputFor(newest, session.address, 'sql', histories.sql, { queue: 300 });
  await assert.rejects(migrate(input), (error: KnownError) => {
    assert.match(
      error.message,
      new RegExp(`Somebody else holds the lock of Lockkeeper: pid ${holder.pid} \\(deploy-7\\)`),
    );
    return error instanceof KnownError && error.reason === 'locked';
  });
});

test('the application runs the tool at the same moment', async () => {
  await using session = await freshSession(newest);
  await using application = await connect(session.address);
  await application.query('SELECT pg_advisory_lock(4097083626)');
  const input = await inputFor(newest, session.address, 'goose', histories.goose, { queue: 30_000 });
  const told = Promise.withResolvers<void>();
  const progress = { step: (text: string) => text.startsWith('waiting for the lock of goose') && told.resolve() };
  const running = migrate({ ...input, progress });
  await told.promise;
  await application.send(`CREATE TABLE goose_db_version (id integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
      version_id bigint NOT NULL, is_applied boolean NOT NULL, tstamp timestamp NOT NULL DEFAULT now());
    INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, true), (1, true);
    ${twoTables.join(' ')} SELECT pg_advisory_unlock(4097083626)`);
  await assert.rejects(
    running,
    (error: KnownError) => error.reason === 'refused' && /Somebody else has applied/.test(error.message),
  );
  const report: MigrateReport = await migrate(input);
  assert.deepEqual([report.outcome, report.applied.map(({ id }) => id)], ['passed', ['2']]);
});

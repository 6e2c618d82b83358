import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { isPartial, migrate } from '../../src/jobs/migrate.ts';
import type { KnownError } from '../../src/model/error.ts';
import { connect } from '../../src/postgres/connect.ts';
import { freshSession, newest, servers } from '../support/postgres.ts';
import { closedGates, inputFor } from './migrating.ts';

const quick = { lockTimeout: 100, lockWait: 800, statementTimeout: 60_000 };
const table = 'CREATE TABLE a (id bigint PRIMARY KEY, n int); INSERT INTO a VALUES (1, 1);';

/** Scripts, and what of them must be there afterwards; each is applied whole. */
const scripts: Readonly<Record<string, readonly [sql: string, check: string]>> = {
  'search_path emptied': [
    "SELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE public.b ();",
    "to_regclass('public.b') IS NOT NULL",
  ],
  'search_path of its own': [
    'CREATE SCHEMA s;\nSET search_path = s;\nCREATE TABLE b ();',
    "to_regclass('s.b') IS NOT NULL",
  ],
  savepoints: [
    'SAVEPOINT x;\nINSERT INTO a VALUES (2, 2);\nROLLBACK TO x;\nINSERT INTO a VALUES (3, 3);',
    '(SELECT array_agg(id ORDER BY id) FROM a) = ARRAY[1, 3]::bigint[]',
  ],
  'its own transactions': [
    'begin isolation level serializable;\nINSERT INTO a VALUES (2, 2);\ncommit work;\nBEGIN;\nDELETE FROM a;\nROLLBACK;\nINSERT INTO a VALUES (4, 4);',
    '(SELECT count(*) FROM a) = 3',
  ],
  'transactions in a chain': [
    'BEGIN;\nINSERT INTO a VALUES (2, 2);\nCOMMIT AND CHAIN;\nINSERT INTO a VALUES (3, 3);\nCOMMIT;\nINSERT INTO a VALUES (4, 4);',
    '(SELECT count(*) FROM a) = 4',
  ],
  'a chain that is rolled back': [
    'BEGIN;\nDELETE FROM a;\nROLLBACK AND CHAIN;\nINSERT INTO a VALUES (3, 3);\nEND;',
    '(SELECT count(*) FROM a) = 2',
  ],
  'code that commits': [
    'DO $$ BEGIN INSERT INTO a VALUES (2, 2); COMMIT; INSERT INTO a VALUES (3, 3); END $$;',
    '(SELECT count(*) FROM a) = 3',
  ],
  'a procedure that commits': [
    'CREATE PROCEDURE q() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO a VALUES (2, 2); COMMIT; END $$;\nCALL q();',
    '(SELECT count(*) FROM a) = 2',
  ],
  'an index that is rebuilt partition by partition': [
    'CREATE TABLE p (id int PRIMARY KEY) PARTITION BY RANGE (id);\nCREATE TABLE p1 PARTITION OF p DEFAULT;\nREINDEX TABLE p;',
    "to_regclass('p1') IS NOT NULL",
  ],
  nothing: ['', 'true'],
  'only a comment': ['-- later', 'true'],
  'carriage returns': [
    'ALTER TABLE a\r\n  ADD m int;\r\n-- x\r\nCREATE TABLE b ();\r\n',
    "to_regclass('public.b') IS NOT NULL",
  ],
  'limits of its own': ["SET statement_timeout = '1h';\nSET lock_timeout = 0;\nALTER TABLE a ADD m int;", 'true'],
};

for (const tool of ['sql', 'goose'] as const)
  for (const [name, [sql, check]] of Object.entries(scripts)) {
    // goose puts a transaction around them all
    if (tool === 'goose' && /transaction|chain|commits|partition|comment|^nothing/.test(name)) continue;
    test(`${tool}: ${name}`, async () => {
      await using session = await freshSession(newest);
      const up = (text: string) => (tool === 'goose' ? `-- +goose Up\n${text}\n` : text);
      const files = {
        '0001_a.sql': up(table.replaceAll('; ', ';\n')),
        '0002_b.sql': up(sql),
        '0003_c.sql': up('CREATE TABLE public.c ();'),
      };
      const more = { allow: ['commit-in-transaction'] };
      const input = await inputFor(newest, session.address, tool, files, more);
      const report = await migrate({ ...input, failOn: 'never', allow: ruleNames(input) });
      assert.deepEqual(
        [report.outcome, closedGates(report), report.failure, report.verification?.unexpected],
        ['passed', [], undefined, []],
      );
      assert.deepEqual(await session.query(`SELECT ${check} AS good`), [{ good: true }]);
      assert.equal((await migrate(input)).outcome, 'nothing');
    });
  }

function ruleNames({ rules }: Awaited<ReturnType<typeof inputFor>>): string[] {
  return rules.map(({ id }) => id);
}

test('a role that the script takes may do without rights on our tables', async () => {
  await using session = await freshSession(newest);
  const role = `r_${session.address.database}`;
  await session.send(`CREATE ROLE ${role}`);
  const files = {
    '0001_a.sql': `GRANT CREATE ON SCHEMA public TO ${role};`,
    '0002_b.sql': `SET ROLE ${role};\nCREATE TABLE mine ();`,
  };
  const report = await migrate(await inputFor(newest, session.address, 'sql', files));
  const owner = await session.query<{ tableowner: string }>(
    "SELECT tableowner FROM pg_tables WHERE tablename = 'mine'",
  );
  assert.deepEqual([report.outcome, owner], ['passed', [{ tableowner: role }]]);
  await session.send(`DROP TABLE mine; DROP OWNED BY ${role}; DROP ROLE ${role}`);
});

test('our table is locked by somebody: told as such, and not blamed on a statement', async () => {
  await using session = await freshSession(newest);
  await migrate(await inputFor(newest, session.address, 'sql', { '0001_a.sql': table }));
  await using holder = await connect(session.address);
  await holder.send('BEGIN; LOCK TABLE lockkeeper_history IN SHARE MODE');
  for (const text of ['ALTER TABLE a ADD m int;', 'VACUUM a;\nALTER TABLE a ADD m int;']) {
    const input = await inputFor(
      newest,
      session.address,
      'sql',
      { '0001_a.sql': table, '0002_b.sql': text },
      { applying: quick },
    );
    const report = await migrate(input);
    assert.deepEqual([report.outcome, report.failure?.line, isPartial(report)], ['failed', undefined, false]);
    assert.match(report.failure?.message ?? '', /cannot be written down.*lock timeout/);
  }
});

test('a role without rights on the tool’s table', async () => {
  await using session = await freshSession(newest);
  const role = `w_${session.address.database}`;
  const goose = (sql: string) => `-- +goose Up\n${sql}\n`;
  const files = { '0001_a.sql': goose('CREATE TABLE a ();'), '0002_b.sql': goose('CREATE TABLE b ();') };
  await migrate(await inputFor(newest, session.address, 'goose', { '0001_a.sql': files['0001_a.sql'] }));
  await session.send(`CREATE ROLE ${role} LOGIN; GRANT CREATE ON SCHEMA public TO ${role}`);
  const input = await inputFor(newest, { ...session.address, user: role }, 'goose', files);
  await assert.rejects(
    migrate(input),
    (error: KnownError) => error.reason === 'refused' && /cannot be read: permission denied/.test(error.message),
  );
  await session.send(`GRANT SELECT ON goose_db_version, lockkeeper_history TO ${role}`);
  const report = await migrate(input);
  assert.deepEqual([report.outcome, closedGates(report)], ['refused', ['rights']]);
  await session.send(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
});

const child = `${table} CREATE TABLE c (a bigint REFERENCES a DEFERRABLE INITIALLY DEFERRED);`;

test('a COMMIT that is refused is no statement’s fault', async () => {
  await using session = await freshSession(newest);
  await migrate(await inputFor(newest, session.address, 'sql', { '0001_a.sql': child }));
  await session.send('INSERT INTO a VALUES (7, 7); INSERT INTO c VALUES (7)');
  const files = { '0001_a.sql': child, '0002_b.sql': 'DELETE FROM a WHERE id = 7;' };
  const report = await migrate(await inputFor(newest, session.address, 'sql', files));
  assert.deepEqual(
    [report.outcome, report.failure?.sqlstate, report.failure?.line, isPartial(report)],
    ['failed', '23503', undefined, false],
  );
  assert.match(report.failure?.message ?? '', /^COMMIT was refused: .*violates foreign key/);
});

for (const server of servers) {
  test(`PostgreSQL ${server.major}: how long a statement may take is ours to say, not the role’s, and for each statement`, async () => {
    await using session = await freshSession(server);
    const role = `r_${session.address.database}`;
    await session.send(`CREATE ROLE ${role} SUPERUSER LOGIN; ALTER ROLE ${role} SET statement_timeout = '300ms'`);
    const slow = `CREATE FUNCTION slow(n int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN
      IF to_regclass('public.lockkeeper_history') IS NOT NULL THEN PERFORM pg_sleep(1); END IF; RETURN n; END $$;`;
    const files = {
      '0001_a.sql': `${table} ${slow}`,
      '0002_b.sql': 'SELECT slow(1);',
      '0003_c.sql': 'ALTER TABLE a ADD o int;\nCREATE INDEX a_slow ON a (slow(n));\nALTER TABLE a ADD p int;',
    };
    const target = { ...session.address, user: role };
    const input = await inputFor(server, target, 'sql', files, { applying: { ...quick, statementTimeout: 3000 } });
    const report = await migrate(input);
    assert.deepEqual([report.outcome, report.failure], ['passed', undefined], JSON.stringify(report.plan.gates));
    const last = {
      '0004_d.sql': 'ALTER TABLE a ADD q int;\nCREATE INDEX a_slower ON a (slow(n + 1));\nSELECT slow(1);',
    };
    const next = await migrate({
      ...(await inputFor(server, target, 'sql', { ...files, ...last })),
      ...{ rules: [], applying: { ...quick, statementTimeout: 500 } },
    });
    assert.deepEqual([next.failure?.sqlstate, next.failure?.line, next.applied], ['57014', 3, []], next.outcome);
    await session.send(`DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`);
  });
}

test('a statement that takes too long on the target', async () => {
  await using session = await freshSession(newest);
  const slow = "SELECT pg_sleep(CASE WHEN to_regclass('public.lockkeeper_history') IS NULL THEN 0 ELSE 60 END);";
  const files = { '0001_a.sql': table, '0002_b.sql': slow };
  const applying = { ...quick, statementTimeout: 300 };
  const report = await migrate(await inputFor(newest, session.address, 'sql', files, { applying }));
  assert.deepEqual([report.failure?.sqlstate, report.failure?.line, report.applied.length], ['57014', 1, 1]);
});

test('the connection is lost while COMMIT is under way: what became of it is asked, and told', async () => {
  await using session = await freshSession(newest);
  const late = `${child} CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF to_regclass('public.lockkeeper_history') IS NOT NULL THEN PERFORM pg_sleep(60); END IF; RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER late AFTER INSERT ON c DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION late();`;
  const input = await inputFor(newest, session.address, 'sql', {
    '0001_a.sql': late,
    '0002_b.sql': 'INSERT INTO c VALUES (1);',
  });
  const running = migrate(input);
  const end =
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database() AND query LIKE '%INSERT INTO c %COMMIT%'";
  const over = new AbortController();
  running.finally(() => over.abort()).catch(() => {}); // a run that never came so far
  while (!over.signal.aborted && (await session.query(end)).length === 0) await sleep(20);
  const report = await running;
  assert.deepEqual(
    [report.outcome, report.applied.map(({ id }) => id), report.failure?.migration, report.failure?.left],
    ['failed', ['0001_a'], '0002_b', []],
  );
  assert.deepEqual(await session.query('SELECT * FROM c'), []);
});

test('a script that never ends its transaction is refused before anything is touched', async () => {
  await using session = await freshSession(newest);
  const files = { '0001_a.sql': table, '0002_b.sql': 'BEGIN;\nCREATE TABLE b ();' };
  await assert.rejects(migrate(await inputFor(newest, session.address, 'sql', files)), /never committed/);
  assert.deepEqual(await session.query("SELECT FROM pg_class WHERE relname = 'a'"), []);
});

test('the tool’s table in another schema of the search_path', async () => {
  await using session = await freshSession(newest, 'CREATE SCHEMA app');
  await session.send(`ALTER DATABASE "${session.address.database}" SET search_path = app, public`);
  const files = { '0001_a.sql': `-- +goose Up\nCREATE TABLE public.a ();\n` };
  const input = await inputFor(newest, session.address, 'goose', files, { driftIgnore: ['app'] });
  const report = await migrate(input);
  assert.deepEqual([report.outcome, closedGates(report), report.verification?.unexpected], ['passed', [], []]);
  assert.deepEqual(await session.query("SELECT to_regclass('app.goose_db_version') IS NOT NULL AS there"), [
    { there: true },
  ]);
  assert.equal((await migrate(input)).outcome, 'nothing');
});

test('golang-migrate: what commits behind each partition is run as the tool does', async () => {
  await using session = await freshSession(newest);
  const parts = `CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id);
    CREATE TABLE part PARTITION OF parts FOR VALUES FROM (0) TO (9);`;
  const files = { '000001_parts.up.sql': parts, '000002_again.up.sql': 'REINDEX TABLE parts;' };
  const input = await inputFor(newest, session.address, 'golang-migrate', files, { rules: [] });
  const { outcome, failure } = await migrate(input);
  assert.deepEqual([outcome, failure], ['passed', undefined]);
  assert.deepEqual(await session.query('SELECT version::int, dirty FROM schema_migrations'), [
    { version: 2, dirty: false },
  ]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MigrateInput } from '../../../src/jobs/migrate/input.ts';
import { isPartial, migrate } from '../../../src/jobs/migrate.ts';
import type { MigrateReport } from '../../../src/model/migrate-report.ts';
import { type Connection, connect } from '../../../src/postgres/connect.ts';
import { journalTable } from '../../../src/postgres/journal.ts';
import { schemaOf } from '../../../src/postgres/target.ts';
import type { ToolName } from '../../../src/tools/index.ts';
import { inputFor } from '../../jobs/migrating.ts';
import { freshSession, newest, servers, type TestServer } from '../../support/postgres.ts';

type Files = Readonly<Record<string, string>>;

const base = 'CREATE TABLE a (id bigint PRIMARY KEY, n int);';
const up = 'ALTER TABLE a ADD m int;\nCREATE UNIQUE INDEX CONCURRENTLY a_n ON a (n);';
const down = 'DROP INDEX IF EXISTS a_n;\nALTER TABLE a DROP COLUMN m;';

/** The first migration, and with it one whose first statement is committed when the second fails on rows that are equal. */
const histories: Readonly<Record<ToolName, { readonly one: Files; readonly two: Files; readonly rows: string }>> = {
  sql: {
    one: { '0001_a.sql': base },
    two: { '0002_b.sql': up, '0002_b.down.sql': down },
    rows: `SELECT string_agg(migration || ' ' || status, ', ' ORDER BY id) AS rows FROM lockkeeper_history`,
  },
  goose: {
    one: { '00001_a.sql': `-- +goose Up\n${base}\n` },
    two: { '00002_b.sql': `-- +goose NO TRANSACTION\n-- +goose Up\n${up}\n-- +goose Down\n${down}\n` },
    rows: `SELECT string_agg(version_id::text, ', ' ORDER BY id) AS rows FROM goose_db_version`,
  },
  'golang-migrate': {
    one: { '000001_a.up.sql': base },
    two: {
      '000002_b.up.sql': 'BEGIN;\nALTER TABLE a ADD m int;\nCOMMIT;\nALTER TABLE a ADD CONSTRAINT a_n UNIQUE (n);',
      '000002_b.down.sql': 'ALTER TABLE a DROP CONSTRAINT IF EXISTS a_n;\nALTER TABLE a DROP COLUMN m;',
    },
    rows: `SELECT string_agg(version::text || ' ' || dirty, ', ') AS rows FROM schema_migrations`,
  },
};

const taken: Readonly<Record<ToolName, string>> = {
  sql: '0001_a applied, 0002_b reverted',
  goose: '0, 1',
  'golang-migrate': '1 false',
};

const applied: Readonly<Record<ToolName, string>> = {
  sql: '0001_a applied, 0002_b reverted, 0002_b applied',
  goose: '0, 1, 2',
  'golang-migrate': '2 false',
};

/** Findings of these migrations that nobody minds here. */
const accepted = ['commit-in-transaction', 'add-unique-constraint'];

interface There extends AsyncDisposable {
  readonly session: Connection;
  input(files?: Files, more?: Partial<MigrateInput>): Promise<MigrateInput>;
  fingerprint(): Promise<string>;
}

/** A target with the first migration, and two rows that are equal. */
async function target(server: TestServer, tool: ToolName = 'sql', first?: string): Promise<There> {
  const session = await freshSession(server);
  const { two } = histories[tool];
  const one = first === undefined ? histories[tool].one : { '0001_a.sql': first };
  const given = { allow: accepted, onFailure: 'down' } as const;
  const input: There['input'] = (files = two, more = {}) =>
    inputFor(server, session.address, tool, { ...one, ...files }, { ...given, ...more });
  assert.equal((await migrate(await input({}))).outcome, 'passed');
  await session.send('INSERT INTO a VALUES (1, 1), (2, 1)');
  const tables = [journalTable, 'goose_db_version', 'schema_migrations'].map((name) => ({ name }));
  return {
    session,
    input,
    fingerprint: async () => (await schemaOf(session, tables)).fingerprint,
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

for (const server of servers)
  for (const tool of Object.keys(histories) as ToolName[])
    test(`${tool}, PostgreSQL ${server.major}: what is committed of it is taken back, rows of the tool included`, async () => {
      await using there = await target(server, tool);
      const { session, input, fingerprint } = there;
      const before = await fingerprint();
      const report = await migrate(await input());
      const { outcome, failure, recovery } = report;
      assert.deepEqual([outcome, failure?.sqlstate, failure?.done], ['failed', '23505', 1]);
      assert.equal(recovery?.outcome, 'done', recovery?.reason);
      assert.deepEqual([recovery?.statements?.length, recovery?.fingerprint], [2, before]);
      assert.ok(isPartial(report), 'the exit code is that of the failure');
      assert.equal(await fingerprint(), before);
      assert.deepEqual(await session.query(histories[tool].rows), [{ rows: taken[tool] }]);
      assert.deepEqual(await session.query('SELECT id::int, n FROM a ORDER BY id'), [
        { id: 1, n: 1 },
        { id: 2, n: 1 },
      ]);
      await session.send('DELETE FROM a WHERE id = 2');
      assert.equal((await migrate(await input())).outcome, 'passed');
      assert.deepEqual(await session.query(histories[tool].rows), [{ rows: applied[tool] }]);
    });

test('a mark of the tool goes, also where no statement was committed', async () => {
  await using there = await target(newest, 'golang-migrate');
  const files = {
    '000002_b.up.sql': 'CREATE UNIQUE INDEX CONCURRENTLY a_n ON a (n);',
    '000002_b.down.sql': 'DROP INDEX a_n;',
  };
  const stopped = await migrate(await there.input(files, { onFailure: 'stop' }));
  assert.deepEqual([stopped.recovery, stopped.failure?.done], [undefined, 0]);
  assert.deepEqual(await there.session.query(histories['golang-migrate'].rows), [{ rows: '2 true' }]);
  await there.session.send(
    'DELETE FROM lockkeeper_history WHERE migration = $$2$$; UPDATE schema_migrations SET version = 1, dirty = false',
  );
  const report = await migrate(await there.input(files));
  assert.deepEqual([report.recovery?.outcome, report.recovery?.statements], ['done', []], report.recovery?.reason);
  assert.deepEqual(await there.session.query(histories['golang-migrate'].rows), [{ rows: '1 false' }]);
});

test('before the first migration of golang-migrate there is no row', async () => {
  await using session = await freshSession(newest);
  const onTargetOnly = "SELECT 1/(to_regclass('public.lockkeeper_history') IS NULL)::int;";
  const failing = {
    '1_a.up.sql': `BEGIN;\nCREATE TABLE a ();\nCOMMIT;\n${onTargetOnly}`,
    '1_a.down.sql': 'DROP TABLE a;',
  };
  const more = { allow: ['commit-in-transaction'], onFailure: 'down' } as const;
  const report = await migrate(await inputFor(newest, session.address, 'golang-migrate', failing, more));
  assert.deepEqual([report.failure?.sqlstate, report.recovery?.outcome], ['22012', 'done'], report.recovery?.reason);
  assert.deepEqual(await session.query('SELECT * FROM schema_migrations'), []);
});

/** Down migrations that are not run, and why. */
const refusals: readonly (readonly [name: string, files: Files, why: RegExp])[] = [
  ['there is none', { '0002_b.sql': up }, /0002_b\.sql has no down migration/],
  [
    'it fails from there',
    { '0002_b.sql': up, '0002_b.down.sql': 'DROP INDEX a_n; ALTER TABLE a DROP COLUMN m;' },
    /fails from there: line 1 of .*index "a_n" does not exist/,
  ],
  [
    'it leaves something',
    { '0002_b.sql': up, '0002_b.down.sql': 'DROP INDEX IF EXISTS a_n;' },
    /does not give the schema that was there before: the column public\.a\.m is added/,
  ],
  [
    'it writes rows',
    { '0002_b.sql': up, '0002_b.down.sql': `${down} UPDATE a SET n = 0;` },
    /[Ll]ine 2 of .*0002_b\.down\.sql, its down migration, does more than change the schema/,
  ],
  [
    'it drops a table and makes it anew',
    { '0002_b.sql': up, '0002_b.down.sql': 'DROP TABLE a; CREATE TABLE a (id bigint PRIMARY KEY, n int);' },
    /drops public\.a\.id, public\.a\.n, which this run has not made/,
  ],
  [
    'it writes a table anew',
    {
      '0002_b.sql': up,
      '0002_b.down.sql': `${down} ALTER TABLE a ALTER n TYPE text; ALTER TABLE a ALTER n TYPE int USING 0;`,
    },
    /writes public\.a\.id, public\.a\.n anew/,
  ],
  [
    'the migration itself dropped something',
    {
      '0002_b.sql': 'ALTER TABLE a DROP n, ADD o int;\nCREATE UNIQUE INDEX CONCURRENTLY a_o ON a ((id / 10));',
      '0002_b.down.sql': 'ALTER TABLE a DROP o, ADD n int;',
    },
    /has itself dropped public\.a\.n/,
  ],
  [
    'the migration has written rows',
    {
      '0002_b.sql': `UPDATE a SET n = 1;\nCREATE UNIQUE INDEX CONCURRENTLY a_n ON a (n);`,
      '0002_b.down.sql': 'DROP INDEX IF EXISTS a_n;',
    },
    /[Ll]ine 1 of .*0002_b\.sql, which is committed, does more than change the schema/,
  ],
];

for (const [name, files, why] of refusals)
  test(`not taken back: ${name}`, async () => {
    await using there = await target(newest);
    const before = await there.fingerprint();
    const plan = await there.input(files, { onFailure: 'stop' });
    const rules = (await findings(plan)).concat(accepted);
    const report = await migrate(await there.input(files, { allow: rules }));
    assert.deepEqual([report.outcome, report.failure?.done, report.recovery?.outcome], ['failed', 1, 'refused']);
    assert.match(report.recovery?.reason ?? '', why);
    assert.equal((await there.fingerprint()) === before, name === 'the migration has written rows');
    assert.equal((await there.session.query('SELECT FROM a')).length, 2);
  });

/** Rules whose findings would stop it. */
async function findings(input: MigrateInput): Promise<string[]> {
  const { plan } = await import('../../../src/jobs/plan.ts');
  return (await plan(input)).plan.findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
}

test('not taken back: another migration of the run is committed', async () => {
  await using there = await target(newest);
  const files = { '0002_a2.sql': 'CREATE TABLE more ();', '0003_b.sql': up, '0003_b.down.sql': down };
  const { recovery, applied } = await migrate(await there.input(files));
  assert.deepEqual([applied.length, recovery?.outcome], [1, 'refused']);
  assert.match(recovery?.reason ?? '', /0002_a2 was committed whole by this run/);
});

test('not taken back: nothing is committed', async () => {
  await using there = await target(newest);
  const files = { '0002_b.sql': 'ALTER TABLE a ADD m int;\nALTER TABLE a ADD UNIQUE (n);', '0002_b.down.sql': down };
  const report = await migrate(await there.input(files));
  assert.deepEqual([isPartial(report), report.recovery?.outcome], [false, 'refused']);
  assert.match(report.recovery?.reason ?? '', /Nothing of it is committed/);
});

/** The index in the middle waits until older snapshots are gone, and what comes before it is committed by then. */
const slow = {
  '0002_b.sql': `ALTER TABLE a ADD m int;\nCREATE TABLE b (id int);\nCREATE INDEX CONCURRENTLY a_i ON a (n, id);\n${up.split('\n')[1]}`,
  '0002_b.down.sql': 'DROP INDEX IF EXISTS a_n, a_i;\nALTER TABLE a DROP COLUMN m;\nDROP TABLE b CASCADE;',
};

/** What happens on the target when a part is committed, just before it fails. */
async function meanwhile(there: There, files: Files, sql: string): Promise<MigrateReport> {
  const { session } = there;
  const input = await there.input(files);
  await using holder = await connect(input.target);
  const waiting = `SELECT FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONCURRENTLY%' AND wait_event_type = 'Lock'
    AND datname = current_database()`;
  await holder.send('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM pg_class');
  const running = migrate(input);
  while ((await session.query(waiting)).length === 0) await sleep(20);
  await session.send(sql);
  await holder.send('COMMIT');
  return running;
}

test('not taken back: what was made holds what was written meanwhile', async () => {
  await using there = await target(newest);
  const { session } = there;
  const report = await meanwhile(there, slow, 'UPDATE a SET m = 7 WHERE id = 1');
  assert.equal(report.recovery?.outcome, 'refused', report.recovery?.reason);
  assert.match(report.recovery?.reason ?? '', /public\.a\.m holds values other than its default/);
  assert.deepEqual(await session.query('SELECT m FROM a WHERE id = 1'), [{ m: 7 }]);
});

test('a default is no value that somebody wrote', async () => {
  await using there = await target(newest);
  const files = {
    '0002_b.sql': `ALTER TABLE a ADD m text DEFAULT 'it''s, {"new"}' NOT NULL;\nCREATE UNIQUE INDEX CONCURRENTLY a_n ON a (n);`,
    '0002_b.down.sql': down,
  };
  const { recovery } = await migrate(await there.input(files));
  assert.equal(recovery?.outcome, 'done', recovery?.reason);
});

const table = {
  '0002_b.sql': 'CREATE TABLE b (id int);\nCREATE UNIQUE INDEX CONCURRENTLY a_n ON a (n);',
  '0002_b.down.sql': 'DROP INDEX IF EXISTS a_n; DROP TABLE b CASCADE;',
};

test('a new table goes where it is empty, and stays where it has a row', async () => {
  await using empty = await target(newest);
  const { recovery } = await migrate(await empty.input(table));
  assert.equal(recovery?.outcome, 'done', recovery?.reason);
  await using there = await target(newest);
  const kept = await meanwhile(there, slow, 'INSERT INTO b VALUES (NULL)');
  assert.match(kept.recovery?.reason ?? '', /public\.b holds rows/);
  assert.equal((await there.session.query('SELECT FROM b')).length, 1);
});

test('not taken back: somebody has made something on top of it', async () => {
  await using there = await target(newest);
  const report = await meanwhile(there, slow, 'CREATE VIEW theirs AS SELECT * FROM b');
  assert.match(report.recovery?.reason ?? '', /The target has changed otherwise, too: .*theirs/);
  assert.deepEqual(await there.session.query('SELECT * FROM theirs'), []);
});

test('a down migration that fails on the target is told, with what is committed of it', async () => {
  await using there = await target(
    newest,
    'sql',
    'CREATE TABLE a (id bigint PRIMARY KEY, n int, o int NOT NULL DEFAULT 0);',
  );
  const files = {
    '0002_b.sql': `ALTER TABLE a ALTER o DROP NOT NULL;\n${slow['0002_b.sql']}`,
    '0002_b.down.sql':
      'DROP INDEX CONCURRENTLY IF EXISTS a_n;\nDROP INDEX IF EXISTS a_i;\nALTER TABLE a DROP COLUMN m;\nDROP TABLE b;\nALTER TABLE a ALTER o SET NOT NULL;',
  };
  const { recovery } = await meanwhile(there, files, 'INSERT INTO a VALUES (4, 4, NULL)');
  assert.equal(recovery?.outcome, 'failed', recovery?.reason);
  assert.match(recovery?.reason ?? '', /[Cc]olumn "o" of relation "a" contains null values/);
  assert.deepEqual(
    recovery?.statements?.map(({ line }) => line),
    [1, 2, 3, 4],
  );
});

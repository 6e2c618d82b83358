import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Rehearsal, rehearse } from '../../src/jobs/rehearse.ts';
import type { Server } from '../../src/model/server.ts';
import { openGuard } from '../../src/postgres/cluster/guard.ts';
import { type ClusterState, snapshotCluster } from '../../src/postgres/cluster/state.ts';
import { connect } from '../../src/postgres/connect.ts';
import { createScratch, sweep } from '../../src/postgres/scratch.ts';
import { tool } from '../../src/tools/sql/tool.ts';
import { ownServer } from '../servers/own.ts';
import { migrationOf } from '../support/migrations.ts';
import { servers, type TestServer } from '../support/postgres.ts';

const { signal } = new AbortController();
const progress = { step: () => {} };

function lent({ major, address }: TestServer): Server {
  const nothing = async () => {};
  return {
    kind: 'existing',
    version: `${major}`,
    major,
    address,
    lent: true,
    log: async () => '',
    [Symbol.asyncDispose]: nothing,
  };
}

const migrations = (texts: readonly string[], from: number) =>
  texts.map((text, index) => migrationOf(String(from + index), text));

function rehearsed(server: Server, base: readonly string[], pending: readonly string[]): Promise<Rehearsal> {
  const scripts = { base: migrations(base, 1), pending: migrations(pending, 1 + base.length) };
  return rehearse({ server, tool, ...scripts, seedRows: 1, statementLimit: 20, signal, progress });
}

/** What of the state has the key in its name: other tests work on the same server. */
function partOf(state: ClusterState, key: string): unknown[] {
  const { roles, memberships, settings, databases, tablespaces } = state;
  const all = [...roles.values(), ...memberships.values(), ...settings.values(), ...databases, ...tablespaces];
  return all
    .filter((each) => JSON.stringify(each).includes(key))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

async function stateOf(server: TestServer, key: string): Promise<unknown[]> {
  await using session = await connect(server.address);
  return partOf(await snapshotCluster(session), key);
}

async function administer(server: TestServer, sql: string): Promise<void> {
  await using session = await connect(server.address);
  await session.send(sql);
}

const newKey = () => randomBytes(4).toString('hex');

/** Ways to make roles that are met in histories; `@` stands for a key that makes their names unique. */
const creations = {
  base: [
    `CREATE ROLE app_@ LOGIN PASSWORD 'x'; CREATE TABLE t (id int); GRANT SELECT ON t TO app_@`,
    'DO $$ BEGIN CREATE ROLE app_@; EXCEPTION WHEN duplicate_object THEN NULL; END $$',
    `DO $$ DECLARE r text; BEGIN
       FOREACH r IN ARRAY ARRAY['loop_@', 'Other "loop_@'] LOOP EXECUTE format('CREATE ROLE %I', r); END LOOP; END $$`,
    `CREATE FUNCTION make(name text) RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE ''CREATE ROLE '' || name; END'`,
  ],
  pending: [
    'CREATE USER "writer-@" IN ROLE app_@; ALTER TABLE t OWNER TO "writer-@"',
    `ALTER ROLE app_@ SET search_path TO a, public; ALTER ROLE app_@ RENAME TO reader_@; COMMENT ON ROLE reader_@ IS 'x'`,
    `SELECT make('made_@'); DO $$ BEGIN EXECUTE 'CREATE ROLE text_@'; END $$`,
    `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path TO x', current_database()); END $$`,
    'DROP ROLE text_@; SET ROLE reader_@; RESET ROLE; GRANT reader_@ TO made_@ WITH ADMIN OPTION',
  ],
};

/** What would change a role, or something else, that was on the server before. */
const changesOfOthers = [
  ...['CREATE ROLE had_@', 'ALTER ROLE had_@ NOLOGIN', 'ALTER USER had_@ SET work_mem = 1000', 'DROP ROLE had_@'],
  ...['ALTER ROLE ALL SET work_mem = 1000', 'ALTER ROLE CURRENT_USER NOLOGIN', 'ALTER ROLE had_@ RENAME TO x_@'],
  ...['COMMENT ON ROLE had_@ IS NULL', 'GRANT had_@ TO group_@', 'REVOKE group_@ FROM had_@', 'DROP OWNED BY had_@'],
  ...['REASSIGN OWNED BY had_@ TO group_@', 'ALTER GROUP group_@ ADD USER had_@', 'DROP USER had_@'],
  'DO $$ BEGIN ALTER ROLE had_@ NOLOGIN; END $$',
  `DO $$ BEGIN EXECUTE 'DROP ROLE ' || 'had_@'; END $$`,
  `DO $$ BEGIN EXECUTE format('ALTER ROLE %I NOLOGIN', 'had_@'); END $$`,
  ...['ALTER DATABASE postgres SET work_mem = 1000', 'ALTER DATABASE nowhere_@ OWNER TO had_@'],
  ...['GRANT CONNECT ON DATABASE postgres TO had_@', 'COMMENT ON DATABASE postgres IS NULL'],
  ...['CREATE DATABASE other_@', 'DROP DATABASE postgres', 'ALTER SYSTEM SET work_mem = 1000'],
  ...[`CREATE TABLESPACE s_@ LOCATION '/s'`, 'DROP TABLESPACE s_@', 'ALTER TABLESPACE pg_default RENAME TO s_@'],
  ...[`COPY (SELECT 1) TO '/tmp/x'`, `COPY (SELECT 1) TO PROGRAM 'true'`],
  ...['SELECT pg_terminate_backend(1)', 'SELECT pg_catalog.pg_reload_conf()'],
  ...[`CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p`, 'DROP SUBSCRIPTION s'],
];

const named = (texts: readonly string[], key: string) => texts.map((text) => text.replaceAll('@', key));

/** A role with all that others may have given it, and what must not get lost in between. */
const setUp = `CREATE ROLE had_@ VALID UNTIL '2030-01-01'; CREATE ROLE group_@; GRANT group_@ TO had_@ WITH ADMIN OPTION;
  ALTER ROLE had_@ SET search_path TO "A b", '', public; ALTER ROLE had_@ SET DateStyle TO 'SQL, DMY';
  COMMENT ON ROLE had_@ IS 'it''s theirs'`;

async function withOthers(server: TestServer, work: (key: string) => Promise<void>): Promise<void> {
  const key = newKey();
  await administer(server, setUp.replaceAll('@', key));
  try {
    await work(key);
  } finally {
    await administer(server, `DROP ROLE had_${key}, group_${key}`);
  }
}

/** As if the check that holds these leases were killed; their keys are in the names and comments of what it made. */
async function endSessions(server: TestServer, marked: readonly string[]): Promise<void> {
  await using session = await connect(server.address);
  const keys = marked.flatMap((text) => /(?:lockkeeper_scratch_|check )(\d+)/.exec(text)?.[1] ?? []);
  assert.equal(new Set(keys).size, 2, marked.join());
  const holders = `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = ANY ($1::oid[])`;
  await session.query(`SELECT pg_terminate_backend(pid) FROM (${holders}) AS holders`, [keys]);
  while ((await session.query(holders, [keys])).length > 0) await sleep(5);
}

for (const server of servers) {
  describe(`what migrations do to a whole server, on PostgreSQL ${server.major}`, () => {
    test('roles that they create are gone afterwards, and the report says so', async () => {
      const key = newKey();
      const {
        migrations: done,
        statements,
        notes,
      } = await rehearsed(lent(server), named(creations.base, key), named(creations.pending, key));
      assert.deepEqual(
        statements.flatMap(({ observation }) => observation.error ?? observation.unobserved ?? []),
        [],
      );
      assert.deepEqual(
        done.map(({ status }) => status),
        Array(5).fill('applied'),
      );
      assert.deepEqual(await stateOf(server, key), []);
      assert.ok(
        notes.includes(`The role writer-${key}, which the migrations create, was dropped again.`),
        notes.join(),
      );
    });

    test('the same as a role that is no superuser', async () => {
      const [key, user] = [newKey(), `lender_${newKey()}`];
      await administer(server, `CREATE ROLE ${user} LOGIN CREATEDB CREATEROLE`);
      try {
        const borrowed = lent({ ...server, address: { ...server.address, user } });
        const base = [`CREATE ROLE app_$; CREATE TABLE t (id int); GRANT SELECT ON t TO app_$`];
        const pending = [`CREATE ROLE other_$ IN ROLE app_$; ALTER ROLE other_$ SET work_mem TO '5MB'`];
        const { migrations: done } = await rehearsed(borrowed, named(base, key), named(pending, key));
        assert.deepEqual(
          done.map(({ status }) => status),
          ['applied'],
        );
        assert.deepEqual(await stateOf(server, key), []);
      } finally {
        await administer(server, `DROP ROLE ${user}`);
      }
    });

    test('two checks at once that create the same roles do not meet', async () => {
      const key = newKey();
      const both = await Promise.all(
        [1, 2].map(() => rehearsed(lent(server), named(creations.base, key), named(creations.pending, key))),
      );
      for (const { migrations: done } of both)
        assert.deepEqual(new Set(done.map(({ status }) => status)), new Set(['applied']));
      assert.deepEqual(await stateOf(server, key), []);
    });

    test('what was there before is neither created, changed nor dropped, and that is said', () =>
      withOthers(server, async (key) => {
        const before = await stateOf(server, key);
        const changes = named(changesOfOthers, key);
        const { statements, notes } = await rehearsed(lent(server), changes, changes);
        const run = statements.filter(({ observation }) => !observation.unobserved?.startsWith('It was not run: '));
        assert.deepEqual(
          run.map(({ statement }) => statement.sql),
          [],
        );
        assert.equal(statements.length, changes.length);
        const leftOut = notes.filter((note) => /^migrations\/\d+\.sql:1: It was not run: /.test(note));
        assert.equal(leftOut.length, changes.length, notes.join('\n'));
        assert.deepEqual(await stateOf(server, key), before);
      }));

    test('what a function changes unseen is put back, and what cannot be is said', () =>
      withOthers(server, async (key) => {
        const before = await stateOf(server, key);
        await administer(server, `CREATE ROLE lost_${key}`);
        const change = `CREATE FUNCTION change() RETURNS void LANGUAGE sql AS 'ALTER ROLE had_@ LOGIN VALID UNTIL ''infinity'';
          DROP ROLE lost_@; ALTER ROLE had_@ SET search_path TO x; ALTER ROLE had_@ SET work_mem TO ''5MB'';
          ALTER ROLE had_@ RESET DateStyle; REVOKE group_@ FROM had_@; COMMENT ON ROLE had_@ IS NULL'`;
        const { notes } = await rehearsed(lent(server), named([change], key), ['SELECT change()']);
        assert.deepEqual(await stateOf(server, key), before);
        const lost = `The role lost_${key} was dropped or renamed by the migrations and cannot be put back.`;
        assert.ok(notes.includes(lost), notes.join('\n'));
      }));

    test('what others do in the meantime is left alone', async () => {
      const [key, theirs] = [newKey(), `theirs_${newKey()}`];
      const guard = await openGuard({
        server: lent(server),
        migrations: migrations(named(creations.base, key), 1),
        signal,
        progress,
      });
      await administer(server, `CREATE ROLE ${theirs}; ALTER ROLE ${theirs} SET work_mem = '5MB'`);
      try {
        assert.deepEqual(await guard.undo(), []);
        await guard[Symbol.asyncDispose]();
        assert.equal((await stateOf(server, theirs)).length, 2);
      } finally {
        await administer(server, `DROP ROLE ${theirs}`);
      }
    });

    test('a killed check’s database and roles are swept up by the next one, a living one’s never', async () => {
      const key = newKey();
      const [base, pending] = [
        migrations(named(creations.base, key), 1),
        migrations([`CREATE ROLE "inside-${key}"`], 9),
      ];
      const guard = await openGuard({ server: lent(server), migrations: [...base, ...pending], signal, progress });
      const scratch = await createScratch(lent(server), { signal });
      await using session = await connect(scratch.address);
      const marking = guard.marking(session);
      for (const { up } of await guard.prepare(base)) await session.send(up.text);
      await marking.sequence(['BEGIN', ...pending.map(({ up }) => up.text), 'COMMIT']);
      const made = await stateOf(server, key);
      assert.equal(made.length, 4);

      const elsewhere = { ...lent(server), address: { ...server.address, database: 'template1' } };
      await sweep(elsewhere, signal);
      assert.deepEqual(await stateOf(server, key), made);
      assert.equal((await stateOf(server, scratch.name)).length, 1);

      await endSessions(server, [scratch.name, ...made.map((each) => (each as { comment: string }).comment)]);
      await sweep(lent(server), signal);
      assert.deepEqual(await stateOf(server, key), []);
      assert.deepEqual(await stateOf(server, scratch.name), []);
      await guard[Symbol.asyncDispose]();
      await scratch[Symbol.asyncDispose]();
    });
  });
}

for (const { major, address } of servers) {
  test(`on a server of our own nothing stays from one rehearsal to the next, on PostgreSQL ${major}`, async () => {
    await using server = await ownServer({ major, address });
    const base = [
      'CREATE ROLE app; CREATE ROLE boss CREATEROLE; GRANT app TO boss WITH ADMIN OPTION; CREATE TABLE t (id int)',
      'CREATE DATABASE shop',
    ];
    const pending = [
      'GRANT ALL ON t TO app; ALTER ROLE postgres SET search_path TO a, "B c"; ALTER ROLE ALL SET work_mem TO 1000',
      `ALTER DATABASE postgres SET timezone TO 'UTC'; GRANT CONNECT ON DATABASE postgres TO app; GRANT app TO postgres`,
      "ALTER SYSTEM SET work_mem = '5MB'",
    ];
    await using session = await connect(server.address);
    const before = await snapshotCluster(session);
    const first = await rehearsed(server, base, pending);
    assert.deepEqual(await snapshotCluster(session), before);
    const second = await rehearsed(server, base, pending);
    for (const { statements, notes } of [first, second]) {
      assert.deepEqual(
        statements.flatMap(({ observation }) => observation.error ?? []),
        [],
      );
      assert.equal(statements.length, 7);
      assert.deepEqual(notes, []);
    }
    assert.equal(second.after.fingerprint, first.after.fingerprint);
  });
}

test('production’s database by its name, and other servers, are not reached for anywhere', async () => {
  const [{ major, address }] = servers as [TestServer];
  const server = { ...lent({ major, address }), lent: false };
  const names = ['ALTER DATABASE production SET work_mem = 1000', 'GRANT CONNECT ON DATABASE production TO PUBLIC'];
  const reach = [`CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p`];
  const { statements } = await rehearsed(server, names, [...names, ...reach]);
  assert.deepEqual(
    statements.map(({ observation }) => observation.unobserved),
    [
      ...names.map(
        () => 'It was not run: the database production, which it names, is not there where migrations are rehearsed.',
      ),
      'It was not run: it would reach out to another server.',
    ],
  );
});

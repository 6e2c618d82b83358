import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { BackupReport, RestoreReport, TakenBackup, VerifyReport } from '../../../src/model/backup-report.ts';
import { quote } from '../../../src/postgres/quote.ts';
import { urlOf } from '../../../src/postgres/url.ts';
import { clients, filesIn, needsClients, on, people, type Scene, scene, server } from './scene.ts';

const run = promisify(execFile);

/** What a test makes on the server goes with it, the last first. */
function ends(test: TestContext): AsyncDisposableStack {
  const stack = new AsyncDisposableStack();
  test.after(() => stack.disposeAsync());
  return stack;
}

/** A name for a database, which is dropped at the end. */
function spare(stack: AsyncDisposableStack, kind: string): string {
  const name = `${kind}_${randomBytes(4).toString('hex')}`;
  stack.defer(() => administer(`DROP DATABASE IF EXISTS ${quote(name)}`));
  return name;
}

/** The same for a role. */
function spareRole(stack: AsyncDisposableStack): string {
  const name = `role_${randomBytes(4).toString('hex')}`;
  stack.defer(() => administer(`DROP ROLE IF EXISTS ${name}`));
  return name;
}

async function administer(sql: string): Promise<void> {
  await using admin = await on('postgres');
  await admin.send(sql);
}

async function restores(there: Scene, env?: NodeJS.ProcessEnv): Promise<TakenBackup> {
  const taken = await there.backUp([], env);
  const { drills } = await there.report<VerifyReport>(['verify', '--backup', taken.id], 0, env);
  assert.deepEqual(drills[0]?.drill.problems, []);
  return taken;
}

test('names with quotes, spaces and Unicode', needsClients, async (test) => {
  const there = await scene(test, '');
  const stack = ends(test);
  // as long as a name can be
  const name = spare(stack, `it's "\\ dbname=x${String.fromCodePoint(0x1f6a7)}ää${'库'.repeat(10)}`);
  assert.equal(Buffer.byteLength(name), 63);
  await there.session.send(`CREATE DATABASE ${quote(name)}`);
  await using session = await on(name);
  await session.send(`CREATE SCHEMA "a b"; CREATE TABLE "a b"."it's ""ä""" (id int); CREATE SEQUENCE "s'q"`);
  const { key, manifest } = await restores(there, { LOCKKEEPER_URL: urlOf({ ...server.address, database: name }) });
  assert.equal(manifest.database, name);
  assert.match(key, /^postgres\/[\w%'().~-]+\/backup_/);
  const { database } = await there.report<RestoreReport>(['restore']);
  stack.defer(() => administer(`DROP DATABASE IF EXISTS ${quote(database)}`));
  assert.match(database, /^it's "\\ dbname=x.*_\d{8}_\d{6}$/);
  const named = await there.session.query('SELECT FROM pg_database WHERE datname::text = $1', [database]);
  assert.equal(named.length, 1, 'it is called as is told');
  await session[Symbol.asyncDispose]();
  const over = await there.report<RestoreReport>(['restore', '--overwrite', name, '--database', name]);
  assert.deepEqual([over.database, over.outcome], [name, 'passed']);
});

test(
  'a database that subscribes to another: drilled, restored, and nothing of it is left',
  needsClients,
  async (test) => {
    const stack = ends(test);
    const there = await scene(
      test,
      `${people} CREATE SUBSCRIPTION news CONNECTION 'host=nowhere.invalid' PUBLICATION p WITH (connect = false)`,
    );
    stack.defer(() =>
      there.session.send(`ALTER SUBSCRIPTION news SET (slot_name = NONE); DROP SUBSCRIPTION news`).then(),
    );
    await restores(there);
    const scratch =
      "SELECT datname FROM pg_database d JOIN pg_subscription s ON s.subdbid = d.oid WHERE datname <> $1 AND subname = 'news'";
    assert.deepEqual(await there.session.query(scratch, [there.address.database]), []);
  },
);

test('others are seen by roles that may not see what they do', needsClients, async (test) => {
  const stack = ends(test);
  const owner = spareRole(stack);
  const there = await scene(test, people);
  const name = spare(stack, 'used');
  await administer(`CREATE ROLE ${owner} LOGIN CREATEDB`);
  await administer(`CREATE DATABASE ${name} OWNER ${owner}`);
  const env = { LOCKKEEPER_URL: urlOf({ ...there.address, user: owner }) };
  await there.backUp();
  await using _ = await on(name);
  const { status, stderr } = await there.run(['restore', '--overwrite', name], env);
  assert.match(stderr, /used_\w+ is in use by postgres/);
  assert.equal(status, 4, stderr);
});

for (const format of ['custom', 'plain'])
  test(`back on a server that lacks the database and its tablespace, ${format}`, needsClients, async (test) => {
    const stack = ends(test);
    const there = await scene(test, people);
    const place = `place_${randomBytes(4).toString('hex')}`;
    await there.session.send('SET allow_in_place_tablespaces = on');
    await there.session.send(`CREATE TABLESPACE ${place} LOCATION ''`);
    stack.defer(() => administer(`DROP TABLESPACE IF EXISTS ${place}`));
    await there.session.send(`ALTER TABLE people SET TABLESPACE ${place}`);
    const [file = '', ...words] = clients?.command('pg_dump') ?? [];
    const path = join(there.folder, 'shop.dump');
    await run(file, [...words, `--format=${format}`, `--file=${path}`, urlOf(there.address)]);
    const { manifest } = await there.backUp(['--format', format]);
    assert.deepEqual(manifest.contents.tablespaces, [place]);
    await there.session.send('ALTER TABLE people SET TABLESPACE pg_default');
    await administer(`DROP TABLESPACE ${place}`);

    const { drills } = await there.report<VerifyReport>(['verify']);
    assert.deepEqual(drills[0]?.drill.problems, []);
    const into = spare(stack, 'placed');
    const env = { LOCKKEEPER_URL: urlOf({ ...there.address, database: 'no_longer_there' }) };
    const { notes } = await there.report<RestoreReport>(['restore', '--file', path, '--into', into], 0, env);
    assert.match(notes.join(), new RegExp(`The server has no tablespace ${place}`));
    await using restored = await on(into);
    assert.deepEqual(await restored.query('SELECT count(*)::int FROM people'), [{ count: 1000 }]);
  });

for (const format of ['custom', 'directory'])
  test(`what is said of the database itself comes back, ${format}`, needsClients, async (test) => {
    const stack = ends(test);
    const role = spareRole(stack);
    const there = await scene(test, people);
    const name = quote(there.address.database);
    await administer(`CREATE ROLE ${role}`);
    await there.session.send(
      `ALTER DATABASE ${name} SET work_mem = '5MB'; ALTER DATABASE ${name} SET search_path = "$user", 'it''s "x"';
       ALTER ROLE ${role} IN DATABASE ${name} SET statement_timeout = '3s'; ALTER DATABASE ${name} CONNECTION LIMIT 50;
       COMMENT ON DATABASE ${name} IS 'ALTER DATABASE ${there.address.database} IS here';
       REVOKE CONNECT ON DATABASE ${name} FROM public; GRANT CONNECT ON DATABASE ${name} TO ${role}`,
    );
    stack.defer(() =>
      there.session.send(`DROP OWNED BY ${role}; ALTER ROLE ${role} IN DATABASE ${name} RESET ALL`).then(),
    );
    const { manifest } = await there.backUp(['--format', format]);
    assert.deepEqual(manifest.contents.settings, [
      { name: 'search_path' },
      { name: 'statement_timeout', role },
      { name: 'work_mem' },
    ]);
    const copy = spare(stack, 'Copy "of"');
    stack.defer(() =>
      administer(
        `ALTER ROLE ${role} IN DATABASE ${quote(copy)} RESET ALL; REVOKE ALL ON DATABASE ${quote(copy)} FROM ${role}`,
      ),
    );
    const { notes } = await there.report<RestoreReport>(['restore', '--into', copy]);
    assert.deepEqual(
      notes.filter((note) => note.includes('could not be given')),
      [],
    );
    const said = (database: string) =>
      there.session.query(
        `SELECT d.datconnlimit, (SELECT array_agg(a ORDER BY a::text)::text FROM unnest(d.datacl) a) AS acl, shobj_description(d.oid, 'pg_database') AS comment, pg_get_userbyid(d.datdba) AS owner,
                (SELECT array_agg(s.setrole::regrole::text || s.setconfig::text ORDER BY 1) FROM pg_db_role_setting s WHERE s.setdatabase = d.oid)
           FROM pg_database d WHERE d.datname = $1`,
        [database],
      );
    assert.deepEqual(await said(copy), await said(there.address.database));
  });

test('zero tables', needsClients, async (test) => {
  const { manifest } = await restores(await scene(test));
  assert.deepEqual(manifest.contents.tables, []);
});

test('large objects, partitions, roles that own and are granted', needsClients, async (test) => {
  const stack = ends(test);
  const [role, stranger] = [spareRole(stack), spareRole(stack)];
  const there = await scene(
    test,
    `${people} CREATE ROLE ${role}; CREATE ROLE ${stranger}; ALTER TABLE people OWNER TO ${role};
     SELECT lo_from_bytea(0, 'one'), lo_from_bytea(0, 'two');
     CREATE TABLE parts (id int, at date) PARTITION BY RANGE (at); CREATE INDEX ON parts (id);
     CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
     INSERT INTO parts VALUES (1, '2026-05-05'); GRANT SELECT ON parts TO ${role};
     CREATE UNLOGGED TABLE cache (id int); INSERT INTO cache VALUES (1)`,
  );
  await administer(`CREATE DATABASE ${spare(stack, 'of_a_stranger')} OWNER ${stranger}`);
  const { manifest } = await restores(there);
  assert.equal(manifest.contents.largeObjects, 2);
  assert.deepEqual(
    manifest.contents.roles.filter((each) => [role, stranger].includes(each)),
    [role],
  );
  await there.session.send(`DROP OWNED BY ${role}; DROP TABLE IF EXISTS people; DROP ROLE ${role}`);
  const { createdRoles } = await there.report<RestoreReport>(['restore', '--into', spare(stack, 'with_role')]);
  assert.deepEqual(createdRoles, [role]);
  const without = spare(stack, 'without_role');
  const { outcome } = await there.report<RestoreReport>(['restore', '--into', without, '--without-roles']);
  assert.equal(outcome, 'passed');
  await using admin = await on(without);
  const owner = await admin.query("SELECT tableowner FROM pg_tables WHERE tablename = 'people'");
  assert.deepEqual(owner, [{ tableowner: server.address.user }]);
});

test('dumps that pg_dump wrote, with no manifest: custom and plain, also packed', needsClients, async (test) => {
  const stack = ends(test);
  const role = spareRole(stack);
  const there = await scene(test, `${people} CREATE ROLE ${role}; GRANT SELECT ON people TO ${role}`);
  const [file = '', ...words] = clients?.command('pg_dump') ?? [];
  const dump = async (format: string) => {
    const path = join(there.folder, `shop.${format}`);
    await run(file, [...words, `--format=${format}`, `--file=${path}`, urlOf(there.address)]);
    return path;
  };
  const [custom, plain] = [await dump('custom'), await dump('plain')];
  const [gz, zst] = [`${custom}.gz`, `${plain}.zst`];
  await writeFile(gz, gzipSync(await readFile(custom)));
  await writeFile(zst, zstdCompressSync(await readFile(plain)));
  await there.session.send(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  for (const [index, path] of [custom, plain, gz, zst].entries()) {
    const name = spare(stack, 'from_file');
    const report = await there.report<RestoreReport>(['restore', '--file', path, '--into', name], 0, {
      LOCKKEEPER_STORE: '',
    });
    assert.deepEqual([report.tables, report.createdRoles], [1, index === 0 ? [role] : []], path);
    await using session = await on(name);
    assert.deepEqual(await session.query('SELECT count(*)::int FROM people'), [{ count: 1000 }]);
  }
  await writeFile(plain, (await readFile(plain)).subarray(0, 5000));
  const cut = await there.run(['restore', '--file', plain, '--into', spare(stack, 'cut')]);
  assert.match(cut.stderr, /shop\.plain: The dump ends in the middle/);
  assert.equal(cut.status, 8);
  await writeFile(custom, (await readFile(custom)).subarray(0, 3000));
  const early = await there.run(['restore', '--file', custom, '--into', spare(stack, 'early')]);
  assert.equal(early.status, 8, early.stderr);
});

test('several databases of a server, and one that cannot be backed up', needsClients, async (test) => {
  const there = await scene(test, people);
  const stack = ends(test);
  const stem = `many_${randomBytes(4).toString('hex')}`;
  const [orders, users, scratch, closed] = ['orders', 'users', 'scratch', 'closed'].map((each) => `${stem}_${each}`);
  for (const name of [orders, users, scratch, closed]) {
    stack.defer(() => administer(`DROP DATABASE IF EXISTS ${name}`));
    await administer(`CREATE DATABASE ${name}`);
  }
  await administer(`ALTER DATABASE ${closed} ALLOW_CONNECTIONS false`);
  const wanted = ['--databases', `${stem}_*,!*_scratch,${there.address.database}`];
  const { backups, failed } = await there.report<BackupReport>(['backup', ...wanted]);
  const names = backups.map(({ manifest }) => manifest.database).sort();
  assert.deepEqual([names, failed], [[there.address.database, orders, users].sort(), []]);
  const { drills } = await there.report<VerifyReport>(['verify', '--database', orders as string]);
  assert.deepEqual(
    drills.map((each) => [each.database, each.drill.outcome]),
    [[orders, 'passed']],
  );

  const role = spareRole(stack);
  await administer(`CREATE ROLE ${role} LOGIN; GRANT pg_read_all_data TO ${role}`);
  await administer(`REVOKE CONNECT ON DATABASE ${users} FROM public`);
  const env = { LOCKKEEPER_URL: urlOf({ ...there.address, user: role }) };
  const second = await there.report<BackupReport>(['backup', '--databases', `${stem}_*`], 8, env);
  assert.deepEqual([second.backups.length, second.outcome], [2, 'failed']);
  assert.deepEqual(
    second.failed.map(({ database, message }) => [database, /permission denied for database/.test(message)]),
    [[users, true]],
  );
});

test('databases that are not there, closed, or not chosen by any pattern', needsClients, async (test) => {
  const there = await scene(test);
  const refused = async (wish: string, wanted: RegExp, status: number) => {
    const ended = await there.run(['backup', '--databases', wish]);
    assert.match(ended.stderr, wanted);
    assert.equal(ended.status, status, ended.stderr);
  };
  await refused(`${there.address.database.slice(0, -1)}`, /There is no database .*Did you mean/s, 3);
  await refused('template0', /lets nobody in/, 3);
  await refused('no_such_*', /No database of this server is one of no_such_\*/, 2);
  assert.deepEqual(await filesIn(there.store), []);
});

// What else is set on a server, in the environment and on the command line.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { quote } from '../../../src/postgres/quote.ts';
import { urlOf } from '../../../src/postgres/url.ts';
import { clientsWhosePgDump, needsClients, on, people, type Scene, scene } from './scene.ts';

/** A database of its own that can be replaced, with this in it. */
async function live(test: TestContext, there: Scene, setUp: string) {
  const name = `${there.address.database}_live`;
  await using admin = await on('postgres');
  await admin.send(`CREATE DATABASE ${name}`);
  test.after(async () => {
    await using later = await on('postgres');
    await later.send(`DROP DATABASE IF EXISTS ${name}`);
  });
  await using session = await on(name);
  await session.send(setUp);
  return { name, env: { LOCKKEEPER_URL: urlOf({ ...there.address, database: name }) } };
}

test('a date style that others like', needsClients, async (test) => {
  for (const style of ['SQL, DMY', 'German', 'Postgres']) {
    const there = await scene(test, people);
    await there.session.send(`ALTER DATABASE ${quote(there.address.database)} SET DateStyle = '${style}'`);
    const before = Date.now();
    const { manifest } = await there.backUp();
    const taken = Date.parse(manifest.takenAt);
    assert.ok(taken >= before - 1000 && taken <= Date.now() + 1000, manifest.takenAt);
    await there.report(['verify']);
  }
});

test('settings that are lists, and empty ones', needsClients, async (test) => {
  const there = await scene(test);
  const { name, env } = await live(test, there, people);
  await using admin = await on('postgres');
  await admin.send(`ALTER DATABASE ${name} SET search_path = ''`);
  await admin.send(`ALTER DATABASE ${name} SET temp_tablespaces = ''`);
  await there.backUp([], env);
  await there.report(['restore', '--overwrite', name], 0, env);
  const set = await admin.query<{ c: string }>(
    'SELECT unnest(setconfig) c FROM pg_db_role_setting s JOIN pg_database d ON d.oid = setdatabase WHERE datname = $1',
    [name],
  );
  assert.deepEqual(set.map(({ c }) => c).sort(), ['search_path=""', 'temp_tablespaces=""']);
});

test('what logical replication holds on to is not restored over', needsClients, async (test) => {
  const there = await scene(test);
  const subscribed = `${people} CREATE SUBSCRIPTION s CONNECTION 'dbname=nowhere' PUBLICATION p WITH (connect = false);`;
  const { name, env } = await live(test, there, subscribed);
  await there.backUp([], env);
  const { status, stderr } = await there.run(['restore', '--overwrite', name], env);
  await using session = await on(name);
  await session.send('ALTER SUBSCRIPTION s SET (slot_name = NONE)');
  await session.send('DROP SUBSCRIPTION s');
  assert.equal(status, 4, stderr);
  assert.match(stderr, /cannot be replaced: it has the subscription s\.[\s\S]*DROP SUBSCRIPTION s/);
});

test('a password of the environment reaches the client programs', needsClients, async (test) => {
  const there = await scene(test, people);
  const bin = await clientsWhosePgDump(there.folder, `printf %s "$PGPASSWORD" > "${there.folder}/heard"; exit 1`);
  await there.run(['backup', '--pg-bin', bin], { PGPASSWORD: 'sesame' });
  assert.equal(await readFile(join(there.folder, 'heard'), 'utf8'), 'sesame');
});

test('a password in a parameter of a URL is not taken from the command line either', async (test) => {
  const there = await scene(test);
  const { status, stderr } = await there.run(['backup', '--url', 'postgresql://u@h/d?password=sesame']);
  assert.equal(status, 2);
  assert.match(stderr, /seen by everybody on the machine/);
  assert.doesNotMatch(stderr, /sesame/);
});

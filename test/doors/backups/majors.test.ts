import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { RestoreReport, VerifyReport } from '../../../src/model/backup-report.ts';
import type { Address } from '../../../src/model/server.ts';
import { connect } from '../../../src/postgres/connect.ts';
import { findClients } from '../../../src/postgres/dump/clients.ts';
import { dumpFiles } from '../../../src/postgres/dump/dump.ts';
import { exportSnapshot } from '../../../src/postgres/dump/exported.ts';
import { restoreFiles } from '../../../src/postgres/dump/restore.ts';
import { urlOf } from '../../../src/postgres/url.ts';
import { freshDatabase, freshSession, serverOf, servers, type TestServer } from '../../support/postgres.ts';
import { clients, needsClients, people, type Scene, scene, server } from './scene.ts';

/** Of every kind that dumps treat in a way of its own. */
const mixed = `${people} SELECT lo_from_bytea(0, 'large'); CREATE VIEW names AS SELECT name FROM people;
  CREATE MATERIALIZED VIEW totals AS SELECT count(*) FROM people; CREATE INDEX ON people (name);
  CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT n * 2';
  CREATE TABLE parts (id int, at date) PARTITION BY RANGE (at);
  CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`;

/** Restores the newest backup into a database of its own on a server, and judges it. */
async function restoresOn(there: Scene, { address, major }: TestServer, env: NodeJS.ProcessEnv = {}) {
  const name = `across_${major}_${process.pid}_${Math.random().toString(36).slice(2)}`;
  const own = { LOCKKEEPER_URL: urlOf(address), LOCKKEEPER_SERVER_URL: urlOf(address) };
  const restored = await there.report<RestoreReport>(['restore', '--into', name], 0, { ...own, ...env });
  assert.deepEqual(restored.problems, []);
  await using admin = await connect(address);
  await admin.send(`DROP DATABASE ${name}`);
}

/** A scene whose database is on another server. */
async function sceneOn(test: TestContext, other: TestServer, setUp: string): Promise<Scene & { address: Address }> {
  const there = await scene(test);
  const session = await freshSession(other, setUp);
  test.after(() => session[Symbol.asyncDispose]());
  const env = { LOCKKEEPER_URL: urlOf(session.address), LOCKKEEPER_SERVER_URL: urlOf(other.address) };
  const given = (more?: NodeJS.ProcessEnv) => ({ ...env, ...more });
  return {
    ...{ ...there, session, address: session.address },
    run: (words, more) => there.run(words, given(more)),
    report: (words, status, more) => there.report(words, status, given(more)),
    backUp: (words, more) => there.backUp(words, given(more)),
  };
}

for (const format of ['custom', 'plain', 'directory'])
  test(`${format}: a backup of the oldest major restores on every newer one`, needsClients, async (test) => {
    const there = await sceneOn(test, serverOf(12), mixed);
    await there.backUp(['--format', format]);
    await Promise.all(servers.map((each) => restoresOn(there, each)));
  });

/** Newer clients begin a restore with a setting that older servers do not know. */
const needsNewer = server.major >= 17 ? needsClients : { skip: 'needs the client programs of PostgreSQL 17' };
const pgBin = () => ({ LOCKKEEPER_PG_BIN: clients?.from });

for (const format of ['custom', 'plain', 'directory'])
  test(`${format}: a server that is older than the clients: backup, drill, restore`, needsNewer, async (test) => {
    const there = await sceneOn(test, serverOf(15), mixed);
    const { manifest } = await there.backUp(['--format', format], pgBin());
    assert.match(manifest.dump.pgDump, new RegExp(`^${server.major}\\.`));
    // with those of 15 installed as well, which cannot read it
    for (const env of [pgBin(), {}]) {
      const { drills } = await there.report<VerifyReport>(['verify'], 0, env);
      assert.deepEqual(drills[0]?.drill.problems, []);
      await there.report(['verify', '--depth', 'decode'], 0, env);
      await restoresOn(there, serverOf(15), env);
    }
  });

test('what an older server does not know is told', needsNewer, async (test) => {
  const role = `clerk_of_${process.pid}`;
  const there = await scene(test, `${people} CREATE ROLE ${role}; GRANT MAINTAIN ON people TO ${role}`);
  await there.backUp();
  const words = ['restore', '--into', `never_${process.pid}`];
  const { status, stderr } = await there.run(words, { LOCKKEEPER_URL: urlOf(serverOf(15).address) });
  assert.equal(status, 8, stderr);
  assert.match(stderr, /unrecognized privilege type "maintain"/);
  assert.match(stderr, new RegExp(`It is of PostgreSQL ${server.major}, and 15 does not know all`));
  await using admin = await connect(serverOf(15).address);
  assert.deepEqual(await admin.query('SELECT FROM pg_database WHERE datname = $1', [words[2]]), []);
  await there.session.send(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
});

test('over several connections, to an older server', needsNewer, async (test) => {
  const { folder, session, address } = await sceneOn(test, serverOf(15), mixed);
  const signal = new AbortController().signal;
  const given = { clients: await findClients(17), signal };
  await using snapshot = await exportSnapshot(address, signal);
  const path = `${folder}/dump`;
  await dumpFiles({ ...given, address, snapshot: snapshot.id }, path, 2);
  await using copy = await freshDatabase(serverOf(15));
  await restoreFiles({ ...given, address: copy.address, format: 'directory' }, path, 4);
  await using restored = await connect(copy.address);
  assert.deepEqual(await restored.query('SELECT count(*)::int AS n FROM people'), [{ n: 1000 }]);
  await session.send('SELECT'); // still there
  await using full = await freshDatabase(serverOf(15));
  await using taken = await connect(full.address);
  await taken.send('CREATE TABLE people (other int)');
  await assert.rejects(
    restoreFiles({ ...given, address: full.address, format: 'directory' }, path, 4),
    /relation "people" already exists/,
  );
});

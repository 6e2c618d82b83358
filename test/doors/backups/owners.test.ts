import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import type { VerifyReport } from '../../../src/model/backup-report.ts';
import { quote } from '../../../src/postgres/quote.ts';
import { urlOf } from '../../../src/postgres/url.ts';
import { needsClients, on, type Scene, scene } from './scene.ts';

/** A role that goes with the test. */
async function role(test: TestContext, { session, address }: Scene, attributes: string): Promise<string> {
  const name = `backs up ${randomBytes(4).toString('hex')}`;
  await session.send(`CREATE ROLE ${quote(name)} LOGIN ${attributes}`);
  await session.send(`GRANT CREATE ON DATABASE ${quote(address.database)} TO ${quote(name)}`);
  test.after(async () => {
    await using admin = await on('postgres'); // its database is gone by now
    await admin.send(`DROP ROLE ${quote(name)}`);
  });
  return name;
}

const everyKind = `CREATE SCHEMA s; CREATE TABLE s.t (id serial, n int); CREATE VIEW s.v AS SELECT n FROM s.t;
  CREATE FUNCTION s.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TYPE s.e AS ENUM ('a');
  ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO PUBLIC;`;

test('a drill passes whoever backs up, and whoever owns what is there', needsClients, async (test) => {
  const there = await scene(test, 'CREATE TABLE ours (id int); CREATE SCHEMA mixed; CREATE TABLE mixed.ours (id int)');
  const owner = await role(test, there, '');
  await there.session.send(`SET ROLE ${quote(owner)}; ${everyKind} RESET ROLE`);
  await there.session.send(`ALTER TABLE mixed.ours OWNER TO ${quote(owner)}; ALTER TABLE ours OWNER TO CURRENT_USER`);
  const reader = await role(test, there, 'SUPERUSER');
  const by = (user: string) => ({ LOCKKEEPER_URL: urlOf({ ...there.address, user }) });
  const taken = await there.backUp([], by(reader));
  const { drills } = await there.report<VerifyReport>(['verify', '--backup', taken.id]);
  assert.deepEqual(
    drills.map(({ drill }) => drill.problems),
    [[]],
  );
  // and it is not that owners count for nothing
  await there.session.send(`ALTER TABLE s.t OWNER TO ${quote(reader)}`);
  const other = await there.backUp([], by(there.address.user));
  assert.notEqual(other.manifest.contents.fingerprint, taken.manifest.contents.fingerprint);
});

test('sequences that go on while they are dumped are where they were meanwhile', needsClients, async (test) => {
  const there = await scene(
    test,
    'CREATE SEQUENCE q; CREATE SEQUENCE still; CREATE TABLE t AS SELECT generate_series(1, 300000) n',
  );
  const writing = new AbortController();
  const asking = (async () => {
    await using busy = await on(there.address.database);
    while (!writing.signal.aborted) await busy.send("SELECT nextval('q') FROM generate_series(1, 20)");
  })();
  const taken = await there.backUp().finally(() => writing.abort());
  await asking;
  const [q, still] = taken.manifest.contents.sequences;
  assert.ok(Number(q?.until) > Number(q?.lastValue), JSON.stringify(q));
  assert.deepEqual(still, { name: 'public.still', lastValue: null });
  const { drills } = await there.report<VerifyReport>(['verify']);
  assert.deepEqual(
    drills.map(({ drill }) => drill.problems),
    [[]],
  );
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Plan } from '../../../src/model/plan.ts';
import { urlOf } from '../../../src/postgres/url.ts';
import { withRole } from '../../support/role.ts';
import { server } from '../backups/scene.ts';
import { scene } from './scene.ts';

const first = `-- +goose Up
CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('good', 'bad'); CREATE SEQUENCE app.s;
CREATE TABLE app.a (id bigint PRIMARY KEY, mood app.mood);
CREATE VIEW app.v AS SELECT id FROM app.a;
CREATE FUNCTION app.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO PUBLIC;
`;
const one = { '00001_a.sql': first };
const two = { ...one, '00002_b.sql': '-- +goose Up\nALTER TABLE app.a ADD n int;\n' };

test('what a role plans that may only read, its owner may migrate', async (test) => {
  const { write, migrate, run, session, address, folder } = await scene(test, 'goose');
  await withRole(session, 'LOGIN', (owner) =>
    withRole(session, 'LOGIN', async (reader) => {
      await session.send(
        `ALTER DATABASE "${address.database}" OWNER TO ${owner}; GRANT ALL ON SCHEMA public TO ${owner}`,
      );
      await session.send(`ALTER ROLE ${reader} SET default_transaction_read_only = on`);
      const as = (user: string) => ({ LOCKKEEPER_URL: urlOf({ ...address, user }), LOCKKEEPER_BACKUP: 'never' });
      await write(one);
      await migrate([], 0, as(owner));
      await write(two);
      const blind = await run(['plan'], as(reader));
      assert.equal(blind.status, 4);
      assert.match(blind.stderr, /cannot be read: permission denied for table goose_db_version/);
      await session.send(`GRANT SELECT ON goose_db_version, lockkeeper_history TO ${reader}`);
      const planned = await run(['plan', '--out', 'plan.json'], as(reader));
      assert.equal(planned.status, 0, planned.stderr + planned.stdout);
      const plan: Plan = JSON.parse(await readFile(join(folder, 'plan.json'), 'utf8'));
      assert.equal(plan.target.role, reader);
      const unknown = plan.gates
        .filter(({ outcome }) => outcome !== 'open')
        .map(({ gate, outcome }) => [gate, outcome]);
      assert.deepEqual(unknown, [
        ['writable', 'unknown'],
        ['rights', 'unknown'],
      ]);
      const refused = await run(['migrate', '--backup', 'never'], as(reader));
      assert.equal(refused.status, 4, refused.stderr);
      const report = await migrate(['--plan', 'plan.json'], 0, as(owner));
      assert.deepEqual([report.outcome, report.plan.digest], ['passed', plan.digest]);
      assert.equal(report.verification?.fingerprint, plan.fingerprints.after);
      await session.send(`ALTER DATABASE "${address.database}" OWNER TO ${server.address.user}`);
    }),
  );
});

test('for how long others have transactions open, a role that may not see it does not say', async (test) => {
  const { write, run, session, address } = await scene(test);
  await write({ '0001_a.sql': 'CREATE TABLE a ();' });
  await withRole(session, 'LOGIN', async (role) => {
    await session.send('BEGIN');
    const { stdout } = await run(['plan', '--report-json', '-'], { LOCKKEEPER_URL: urlOf({ ...address, user: role }) });
    const gate = (JSON.parse(stdout) as Plan).gates.find((each) => each.gate === 'long-transactions');
    assert.deepEqual([gate?.outcome, gate?.message.split(';')[0]], ['unknown', 'Other roles have 1 open transaction']);
  });
});

test('a role that may not do all that the tool’s table takes is told before anything is touched', async (test) => {
  const { write, migrate, run, session, address } = await scene(test, 'golang-migrate');
  const begun = { '000001_a.up.sql': 'CREATE TABLE a ();', '000001_a.down.sql': 'DROP TABLE a;' };
  await write(begun);
  await migrate(['--backup', 'never']);
  await write({ ...begun, '000002_b.up.sql': 'CREATE TABLE b ();' });
  await withRole(session, 'LOGIN', async (role) => {
    await session.send(`GRANT ALL ON SCHEMA public TO ${role};
      GRANT SELECT, INSERT, UPDATE ON schema_migrations, lockkeeper_history TO ${role}`);
    const as = { LOCKKEEPER_URL: urlOf({ ...address, user: role }), LOCKKEEPER_BACKUP: 'never' };
    const refused = await run(['migrate'], as);
    assert.equal(refused.status, 4, refused.stderr);
    assert.match(refused.stderr + refused.stdout, /may not read and write public\.schema_migrations/);
    await session.send(`GRANT DELETE ON schema_migrations TO ${role}; REVOKE UPDATE ON schema_migrations FROM ${role}`);
    assert.equal((await migrate([], 0, as)).outcome, 'passed');
    await session.send(`REASSIGN OWNED BY ${role} TO ${server.address.user}; DROP OWNED BY ${role}`);
  });
});

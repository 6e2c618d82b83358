import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { Plan } from '../../../src/model/plan.ts';
import { takeSnapshot } from '../../../src/postgres/snapshot/snapshot.ts';
import { urlOf } from '../../../src/postgres/url.ts';
import { freshSession } from '../../support/postgres.ts';
import { needsClients, server } from '../backups/scene.ts';
import { scene } from './scene.ts';

const one = {
  '0001_a.sql':
    'CREATE TABLE a (id bigint PRIMARY KEY, n int);\r\nINSERT INTO a SELECT g, g FROM generate_series(1, 10) g;\r\n',
};
const two = { ...one, '0002_b.sql': 'CREATE INDEX CONCURRENTLY a_n ON a (n);\nALTER TABLE a ADD m int;\n' };
const three = { ...two, '0003_c.sql': 'CREATE VIEW v AS SELECT * FROM a;' };

test('a target from its first migration on', needsClients, async (test) => {
  const { write, migrate, run, session, store } = await scene(test);
  await write(one);
  const before = await run(['history', '--report-json', '-']);
  assert.deepEqual([before.status, JSON.parse(before.stdout).rows], [0, []]);
  assert.match(before.stderr, /0 migrations recorded on/);
  const first = await migrate();
  assert.deepEqual([first.outcome, first.applied.map(({ id }) => id), first.store], ['passed', ['0001_a'], store]);
  assert.equal(first.rehearsal?.verification?.outcome, 'passed');
  assert.equal((await migrate()).outcome, 'nothing');
  await write(three);
  const untouched = async () => session.query("SELECT to_regclass('a_n') AS name");
  assert.equal((await run(['migrate', '--dry-run'])).status, 0);
  assert.deepEqual(await untouched(), [{ name: null }]);
  const part = await migrate(['--target', '0002_b']);
  assert.deepEqual(
    part.applied.map(({ id }) => id),
    ['0002_b'],
  );
  const wrong = await run(['migrate', '--target', '0009_z']);
  assert.deepEqual([wrong.status, /There is no migration 0009_z/.test(wrong.stderr)], [2, true], wrong.stderr);
  const rest = await migrate(['--backup', 'never']);
  assert.deepEqual([rest.withoutBackup, rest.backup], [true, undefined]);
  const { stdout } = await run(['history']);
  assert.match(stdout, /0001_a.*backup_/);
  assert.match(stdout, /0003_c.*–/);
  const printed = await run(['migrate', '--backup', 'never']);
  assert.match(printed.stdout, /Nothing is pending/);
});

test('a plan that was approved is carried out, and no other', needsClients, async (test) => {
  const { write, migrate, run, folder } = await scene(test);
  await write(one);
  const planned = await run(['plan', '--out', 'plan.json']);
  assert.equal(planned.status, 0, planned.stderr);
  const plan: Plan = JSON.parse(await readFile(join(folder, 'plan.json'), 'utf8'));
  assert.match(planned.stdout, new RegExp(plan.digest));
  await write(two);
  const changed = await run(['migrate', '--plan', 'plan.json']);
  assert.equal(changed.status, 4);
  assert.match(changed.stderr, /not the one that was approved/);
  await write(one);
  assert.equal((await migrate(['--plan', 'plan.json'])).outcome, 'passed');
  await writeFile(join(folder, 'no-plan.json'), '[]');
  for (const [file, why] of [
    ['no-plan.json', /This is no plan/],
    ['nowhere.json', /cannot be read: it is not there/],
  ] as const) {
    const { status, stderr } = await run(['migrate', '--plan', file]);
    assert.equal(status, 2);
    assert.match(stderr, why);
  }
});

test('the SQL that is printed gives the same schema in psql', needsClients, async (test) => {
  const { write, migrate, run, session, folder } = await scene(test);
  await write({
    ...three,
    '0004_d.sql': "BEGIN;\nALTER TABLE a ADD o text DEFAULT 'x;y';\nCOMMIT;\nVACUUM a; -- done",
  });
  const { stdout, status } = await run([
    'migrate',
    '--sql',
    '--report-json',
    'plan.json',
    '--allow',
    'commit-in-transaction',
  ]);
  assert.equal(status, 0);
  await using other = await freshSession(server);
  const file = join(folder, 'printed.sql');
  await writeFile(file, stdout);
  await promisify(execFile)('psql', ['-X', '-v', 'ON_ERROR_STOP=1', '-f', file, urlOf(other.address)]);
  await migrate(['--backup', 'never', '--allow', 'commit-in-transaction']);
  await session.send('DROP TABLE lockkeeper_history');
  assert.equal((await takeSnapshot(other)).fingerprint, (await takeSnapshot(session)).fingerprint);
});

test('findings: not accepted, accepted by name and recorded, and names of none', needsClients, async (test) => {
  const { write, migrate, run, session } = await scene(test);
  await write(one);
  await migrate();
  await write({ ...one, '0002_b.sql': 'DROP TABLE a;' });
  const refused = await run(['migrate']);
  assert.equal(refused.status, 1);
  assert.match(refused.stdout, /Nothing was touched .* findings are not accepted/);
  const rule = /\(error: ([a-z-]+)\)/.exec(refused.stdout)?.[1] ?? '';
  const unknown = await run(['migrate', '--allow', `${rule},drop-everything`]);
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /no rule or gate drop-everything/);
  const accepted = await run(['migrate', '--allow', rule, '--reason', 'nobody reads it'], { GITHUB_ACTOR: 'ada' });
  assert.equal(accepted.status, 0, accepted.stderr);
  assert.match(accepted.stdout, new RegExp(`Accepted for this run by ada: ${rule}, because: nobody reads it`));
  const rows = await session.query("SELECT allowed, actor, reason FROM lockkeeper_history WHERE migration = '0002_b'");
  assert.deepEqual(rows, [{ allowed: [rule], actor: 'ada', reason: 'nobody reads it' }]);
  await session.send('ALTER TABLE lockkeeper_history DROP COLUMN reason'); // as an earlier version made it
  assert.match((await run(['history'])).stdout, new RegExp(`Accepted for 0002_b: ${rule}\\.`));
  await write({ ...one, '0002_b.sql': 'DROP TABLE a;', '0003_c.sql': 'CREATE TABLE c ();' });
  await migrate(['--backup', 'never']);
  assert.match((await run(['history'])).stdout, /3 migrations recorded/);
});

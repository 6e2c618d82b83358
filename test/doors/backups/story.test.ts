import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { sealed, storedText } from '../../../src/jobs/backups/seal.ts';
import type { BackupsReport, PruneReport, RestoreReport, VerifyReport } from '../../../src/model/backup-report.ts';
import { quote } from '../../../src/postgres/quote.ts';
import { action, runProgram } from '../../support/program.ts';
import { filesIn, needsClients, on, people, scene } from './scene.ts';

test('a backup from its birth to its end', needsClients, async (test) => {
  const { store, session, address, report, backUp, run } = await scene(test, people);
  await session.send(`ALTER DATABASE ${quote(address.database)} SET search_path = "$user", public`);
  const first = await backUp(['--reason', 'before migration 0042']);
  const schema = JSON.parse(await readFile('docs/manifest.schema.json', 'utf8'));
  const ajv = new Ajv({ strict: false });
  assert.ok(ajv.validate(schema, first.manifest), ajv.errorsText());
  assert.deepEqual(JSON.parse(await readFile(join(store, first.key), 'utf8')), first.manifest);
  await session.send("INSERT INTO people (name) VALUES ('late')");
  const second = await backUp(['--compression', 'gzip', '--format', 'plain']);
  assert.match(second.key, /\.sql\.gz\.manifest\.json$/);

  assert.equal((await run(['backups', '--max-age', '1h'])).status, 1, 'no drill has proved one');
  const { drills } = await report<VerifyReport>(['verify']);
  assert.deepEqual(
    drills.map(({ id, drill }) => [id, drill.outcome, drill.problems]),
    [
      [second.id, 'passed', []],
      [first.id, 'passed', []],
    ],
  );
  const { backups } = await report<BackupsReport>(['backups', '--max-age', '1h']);
  assert.deepEqual(
    backups.map(({ index, id, drill }) => [index, id, drill?.outcome]),
    [
      [1, second.id, 'passed'],
      [2, first.id, 'passed'],
    ],
  );
  assert.equal((await run(['backups', '--max-age', '0h'])).status, 1);

  const into = `${address.database} "restored`;
  test.after(async () => {
    await using admin = await on('postgres');
    await admin.send(`DROP DATABASE IF EXISTS ${quote(into)}`);
  });
  const counted = async (name: string) => {
    await using there = await on(name);
    return (await there.query<{ count: string }>('SELECT count(*) FROM people'))[0]?.count;
  };
  const old = await report<RestoreReport>(['restore', '--backup', 'before:0042', '--into', into]);
  assert.deepEqual([old.from, old.database, old.outcome, await counted(into)], [first.id, into, 'passed', '1000']);
  const again = await run(['restore', '--into', into]);
  assert.equal(again.status, 4);
  assert.match(again.stderr, /There is a database .* already/);

  await using admin = await on('postgres');
  await admin.send(`ALTER DATABASE ${quote(into)} SET search_path = public, pg_catalog`);
  await admin.send(
    `REVOKE CONNECT ON DATABASE ${quote(into)} FROM PUBLIC; ALTER DATABASE ${quote(into)} CONNECTION LIMIT 0`,
  );
  const over = await report<RestoreReport>(['restore', '--backup', '2', '--overwrite', into]);
  const itself =
    "SELECT has_database_privilege('public', datname, 'CONNECT') AS open FROM pg_database WHERE datname = $1";
  assert.deepEqual(await admin.query(itself, [into]), [{ open: false }], 'its grants stay');
  assert.match(over.notes.join(), /let nobody in but superusers, .*CONNECTION LIMIT -1 lets others in/);
  assert.deepEqual([over.from, await counted(into)], [first.id, '1000']);
  await using there = await on(into);
  assert.deepEqual(await there.query('SHOW search_path'), [{ search_path: 'public, pg_catalog' }], 'its settings stay');
  const used = await run(['restore', '--overwrite', into, '--backup', '1']);
  assert.equal(used.status, 4);
  assert.match(used.stderr, /is in use by postgres \(lockkeeper\)/);

  const words = ['prune', '--keep-last', '1', '--min-age', '0h', '--database', address.database];
  const kept = (report: PruneReport) => report.backups.map(({ id, keep }) => [id, keep]);
  const decided = [
    [second.id, true],
    [first.id, false],
  ];
  const before = await filesIn(store);
  assert.deepEqual(kept(await report<PruneReport>([...words, '--dry-run'])), decided);
  assert.deepEqual(await filesIn(store), before);
  assert.deepEqual(kept(await report<PruneReport>(words)), decided);
  assert.deepEqual(
    (await filesIn(store)).filter((name) => name.startsWith(first.id)),
    [],
  );
  const left = await report<BackupsReport>(['backups']);
  assert.deepEqual(
    left.backups.map(({ id }) => id),
    [over.safetyBackup, second.id],
  );
});

test('prune leaves alone what it does not know, and sweeps what runs have left', needsClients, async (test) => {
  const { store, report, backUp, address } = await scene(test);
  const { id, manifest } = await backUp();
  const { sha256: _, ...record } = manifest;
  const folder = join(store, 'postgres', address.database);
  const key = `postgres/${address.database}/backup_20200103T000000000Z.dump.zst`;
  const globals = { ...manifest.dump.stored, key: `postgres/${address.database}/notes.txt` };
  const foreign = sealed({ ...record, takenAt: '2020-01-03T00:00:00.000Z', dump: { ...manifest.dump, key }, globals });
  await writeFile(join(store, key), 'a dump');
  await writeFile(join(store, `${key}.manifest.json`), storedText(foreign));
  const strange = ['backup_20200101T000000000Z.dump.zst.manifest.json', 'backup_2020.dump', 'notes.txt', `${id}.txt`];
  for (const name of strange) await writeFile(join(folder, name), '{}');
  await writeFile(join(folder, 'backup_20200102T000000000Z.dump.zst'), randomBytes(10));
  const words = ['prune', '--keep-last', '1', '--min-age', '0h', '--sweep'];
  const { leftovers, broken } = await report<PruneReport>(words);
  assert.deepEqual([leftovers.length, leftovers[0]?.removed, broken.length], [1, false, 2], 'it is not a day old');
  const files = await filesIn(store);
  for (const name of strange) assert.ok(files.includes(name), name);
});

test('on GitHub: a backup that fails tells why in the summary, without the password', needsClients, async (test) => {
  const { folder, env } = await scene(test, people);
  const summary = join(folder, 'summary');
  await writeFile(summary, '');
  const LOCKKEEPER_URL = 'postgresql://somebody:correct-horse@127.0.0.1:1/shop';
  const around = { ...env, LOCKKEEPER_URL, GITHUB_STEP_SUMMARY: summary, INPUT_COMMAND: 'backup' };
  const { status, stdout } = await runProgram([], { env: around, door: action });
  assert.equal(status, 3, stdout);
  const text = await readFile(summary, 'utf8');
  assert.match(text, /^### ❌ Lockkeeper: .*127\.0\.0\.1/);
  assert.doesNotMatch(text + stdout.replace(/^::add-mask::.*$/gm, ''), /correct-horse/);
});

test('on GitHub: job summary and outputs', needsClients, async (test) => {
  const { folder, env } = await scene(test, people);
  const [summary, output] = [join(folder, 'summary'), join(folder, 'output')];
  await Promise.all([writeFile(summary, ''), writeFile(output, '')]);
  const around = { ...env, GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output, INPUT_COMMAND: 'backup' };
  const { status, stdout } = await runProgram([], { env: around, door: action });
  assert.equal(status, 0, stdout);
  assert.match(
    await readFile(summary, 'utf8'),
    /^### ✅ Lockkeeper: .* is backed up, and the backup was read back\n\n- \*\*backup\*\*: `backup_/,
  );
  assert.match(await readFile(output, 'utf8'), /^manifest<<(\S+)\npostgres\//m);
});

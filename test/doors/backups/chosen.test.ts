import assert from 'node:assert/strict';
import { rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RestoreReport } from '../../../src/model/backup-report.ts';
import { urlOf } from '../../../src/postgres/url.ts';
import { needsClients, on, people, scene } from './scene.ts';

test('restored over a second time: not what was about to be replaced', needsClients, async (test) => {
  const there = await scene(test);
  const name = `${there.address.database}_live`;
  const env = { LOCKKEEPER_URL: urlOf({ ...there.address, database: name }) };
  const inside = async (sql: string) => {
    await using session = await on(name);
    return await session.query(sql);
  };
  await using admin = await on('postgres');
  await admin.send(`CREATE DATABASE ${name}`);
  test.after(async () => {
    await using later = await on('postgres');
    await later.send(`DROP DATABASE IF EXISTS ${name}`);
  });
  await inside('CREATE TABLE people AS SELECT generate_series(1, 1000) id');
  const good = await there.backUp([], env);
  await inside('TRUNCATE people');
  const wrong = join(there.folder, 'fails.sql');
  await writeFile(wrong, 'SELECT 1');
  const failed = await there.run(['restore', '--overwrite', name, '--assertions', wrong], env);
  assert.equal(failed.status, 8, failed.stderr);
  for (const { datname } of await admin.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE datname LIKE '${name}_restored_%'`,
  ))
    await admin.send(`DROP DATABASE ${datname}`);
  const again = await there.report<RestoreReport>(['restore', '--overwrite', name], 0, env);
  assert.deepEqual([again.from, again.outcome], [good.id, 'passed']);
  assert.deepEqual(await inside('SELECT count(*)::int FROM people'), [{ count: 1000 }]);
});

for (const [what, spoil] of Object.entries({
  'whose manifest is cut': (store: string, key: string) => truncate(join(store, key), 300),
  'whose dump is gone': (store: string, key: string) => rm(join(store, key.replace('.manifest.json', ''))),
}))
  test(`a newer backup ${what} is not passed over in silence`, needsClients, async (test) => {
    const there = await scene(test, people);
    const older = await there.backUp();
    const newer = await there.backUp();
    await spoil(there.store, newer.key);
    for (const words of [
      ['verify', '--backup', 'latest'],
      ['verify', '--backup', '1'],
      ['restore', '--into', 'x'],
      ['restore', '--into', 'x', '--backup', newer.manifest.takenAt],
    ]) {
      const { status, stderr } = await there.run(words);
      assert.equal(status, 8, stderr);
      assert.match(stderr, new RegExp(`${newer.id}, cannot be used: [\\s\\S]*name it by its id: ${older.id}`));
    }
    await there.report(['verify', '--backup', older.id]);
  });

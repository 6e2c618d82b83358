// The workflows of backups as a runner runs them, from the callers that people copy to what is in the store: act in host
// mode, PostgreSQL 15, a folder. `npm run test:workflows` runs it; `npm test` does not.
import assert from 'node:assert/strict';
import { mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { VerifyReport } from '../../src/model/backup-report.ts';
import { temporaryFolder } from '../git/support.ts';
import { installed, orders, query, type User, user } from './user.ts';

/** A user whose store is a folder. */
async function withFolder(test: TestContext, database: string): Promise<User & { stored(): Promise<string[]> }> {
  const scratch = await temporaryFolder();
  test.after(() => scratch[Symbol.asyncDispose]());
  const store = join(scratch.path, 'store');
  await mkdir(store);
  const stored = async () => {
    const entries = await readdir(store, { recursive: true, withFileTypes: true });
    return entries.flatMap((each) => (each.isFile() ? [join(each.parentPath, each.name)] : []));
  };
  return { ...(await user(database, { store })), stored };
}

test('by hand, then by the schedule: backup, drill, evidence, freshness; a damaged backup fails the drill', async (test) => {
  await using shop = await withFolder(test, 'act_shop');
  const first = await shop.run('scheduled-backup', 'workflow_dispatch');
  assert.equal(first.status, 0, first.log);
  if (installed) assert.match(first.log, /There is pg_dump \(PostgreSQL\) 15\./);
  assert.equal((await shop.stored()).filter((path) => path.endsWith('.manifest.json')).length, 1);
  const report = JSON.parse(await first.kept('lockkeeper-verify-production/verify.json')) as VerifyReport;
  assert.deepEqual(
    report.drills.map(({ database, drill }) => [database, drill.depth, drill.outcome, drill.problems]),
    [[shop.database, 'restore', 'passed', []]],
  );
  assert.match(await first.kept('lockkeeper-verify-production/verify.md'), /✅ Lockkeeper: /);

  const nightly = await shop.run('scheduled-backup', 'schedule', { schedule: '17 2 * * 1-6' });
  assert.equal(nightly.status, 0, nightly.log);
  assert.match(nightly.log, /Run Main Prune/);
  assert.match(nightly.log, /newest proved backup is young enough/);
  assert.doesNotMatch(nightly.log, /Hold the drill/);
  assert.equal((await shop.stored()).filter((path) => path.endsWith('.manifest.json')).length, 2);

  for (const path of await shop.stored()) if (path.endsWith('.dump.zst')) await flip(path);
  const weekly = await shop.run('scheduled-backup', 'schedule', { schedule: '17 2 * * 0' });
  assert.notEqual(weekly.status, 0, weekly.log);
  const told = JSON.parse(await weekly.kept('lockkeeper-verify-production/verify.json')) as VerifyReport;
  assert.deepEqual(told.drills.map(({ drill }) => drill.outcome).sort(), ['failed', 'passed']);
});

/** One bit in the middle. */
async function flip(path: string): Promise<void> {
  await using file = await open(path, 'r+');
  const position = Math.floor((await file.stat()).size / 2);
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, position);
  await file.write(Buffer.of((buffer[0] ?? 0) ^ 1), 0, 1, position);
}

test('a database that cannot be reached: the job fails, and nothing is pruned', async (test) => {
  await using shop = await withFolder(test, 'act_gone');
  assert.equal((await shop.run('scheduled-backup', 'workflow_dispatch')).status, 0);
  await query('postgres', `ALTER DATABASE ${shop.database} RENAME TO act_elsewhere`);
  const job = await shop.run('scheduled-backup', 'schedule', { schedule: '17 2 * * 0' });
  assert.notEqual(job.status, 0, job.log);
  assert.match(job.log, /Failure - Main Back up, and read back/);
  assert.doesNotMatch(job.log, /Run Main Prune/);
  // act, unlike GitHub, ends at the first job that fails: that the drill runs all the same is not seen here
  assert.equal((await shop.stored()).filter((path) => path.endsWith('.manifest.json')).length, 1);
});

test('restored into a new database; one that is there is left alone, unless it is named', async (test) => {
  await using shop = await withFolder(test, 'act_restored');
  assert.equal((await shop.run('scheduled-backup', 'workflow_dispatch')).status, 0);
  await query(shop.database, 'DELETE FROM orders WHERE id > 100');
  const copied = await shop.run('restore', 'workflow_dispatch', { inputs: { backup: 'latest', into: 'act_copy' } });
  assert.equal(copied.status, 0, copied.log);
  assert.equal(await orders('act_copy'), 500);

  const refused = await shop.run('restore', 'workflow_dispatch', { inputs: { backup: 'latest', into: shop.database } });
  assert.notEqual(refused.status, 0, refused.log);
  assert.equal(await orders(shop.database), 100, 'as it was');

  const replaced = await shop.run('restore', 'workflow_dispatch', {
    inputs: { backup: 'latest', overwrite: shop.database },
  });
  assert.equal(replaced.status, 0, replaced.log);
  assert.equal(await orders(shop.database), 500);
  assert.equal((await shop.stored()).filter((path) => path.endsWith('.manifest.json')).length, 2, 'a safety backup');
});

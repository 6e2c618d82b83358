// Several databases in waves as a runner runs them, from the caller that people copy: act in host mode, PostgreSQL 15, a
// folder. `npm run test:workflows` runs it; `npm test` does not.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { MigrateReport } from '../../src/model/migrate-report.ts';
import { query, urlOn, user } from './user.ts';

const targets = ['canary', 'eu', 'us'] as const;
const named = (target: string) => `waves_${target}`;

const applied = () =>
  Promise.all(
    targets.map(async (target) => {
      const found = `SELECT to_regclass('schema_migrations') IS NOT NULL AS there`;
      if (!(await query<{ there: boolean }>(named(target), found))[0]?.there) return 'none';
      const [row] = await query<{ version: number }>(named(target), 'SELECT version::int FROM schema_migrations');
      return row?.version;
    }),
  );

test('the canary first, the others when it did well; not where it fails', async (test) => {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-waves-'));
  test.after(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'store'));
  const files: Record<string, string> = {
    'migrations/000001_a.up.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);',
    'migrations/000001_a.down.sql': 'DROP TABLE a;',
  };
  const secrets: Record<string, string> = {};
  for (const target of targets) secrets[`${target.toUpperCase()}_URL`] = urlOn(named(target));
  const place = { store: join(folder, 'store'), setUp: '', secrets, files };
  await using shop = await user(named('canary'), place);
  for (const target of ['eu', 'us']) await query('postgres', `CREATE DATABASE ${named(target)}`);
  const merge = () => shop.run('merge-waves', 'push', { ref: 'refs/heads/main' });

  const job = await merge();
  assert.equal(job.status, 0, job.log);
  assert.deepEqual(await applied(), [1, 1, 1], job.log);
  for (const target of targets) {
    const report = JSON.parse(await job.kept(`lockkeeper-migrate-${target}/migrate.json`)) as MigrateReport;
    assert.deepEqual([report.outcome, report.plan.target.database], ['passed', named(target)]);
  }

  files['migrations/000002_b.up.sql'] = 'ALTER TABLE a ADD COLUMN n int NOT NULL;';
  files['migrations/000002_b.down.sql'] = 'ALTER TABLE a DROP COLUMN n;';
  await query(named('canary'), 'INSERT INTO a VALUES (1)');
  const failing = await merge();
  assert.notEqual(failing.status, 0);
  assert.deepEqual(await applied(), [1, 1, 1], failing.log);
  assert.doesNotMatch(failing.log, /dumping waves_(eu|us)/);

  files['migrations/000002_b.up.sql'] = 'CREATE TABLE b (id bigint PRIMARY KEY);';
  files['migrations/000002_b.down.sql'] = 'DROP TABLE b;';
  const later = await merge();
  assert.equal(later.status, 0, later.log);
  assert.deepEqual(await applied(), [2, 2, 2]);
  const nothing = await merge();
  assert.equal(nothing.status, 0, nothing.log);
  assert.doesNotMatch(nothing.log, /dumping/);
});

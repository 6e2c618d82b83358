// The merge as a runner runs it, from the caller that people copy to what is in the database and the store: act in host
// mode, PostgreSQL 15, a folder. `npm run test:workflows` runs it; `npm test` does not.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { MigrateReport } from '../../src/model/migrate-report.ts';
import { query, type User, user } from './user.ts';

const files: Record<string, string> = {
  'migrations/000001_orders.up.sql': 'CREATE TABLE orders (id int);',
  'migrations/000001_orders.down.sql': 'DROP TABLE orders;',
  'migrations/000002_customers.up.sql': 'CREATE TABLE customers (id bigint PRIMARY KEY);',
  'migrations/000002_customers.down.sql': 'DROP TABLE customers;',
};

interface Merging {
  readonly shop: User;
  readonly store: string;
  /** Merges files. */
  merge(more: Readonly<Record<string, string>>, allow?: string): ReturnType<User['run']>;
}

async function merging(test: TestContext, database: string): Promise<Merging> {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-merge-'));
  test.after(() => rm(folder, { recursive: true, force: true }));
  const store = join(folder, 'store');
  await mkdir(store);
  const repository = { ...files };
  const shop = await user(database, { store, files: repository });
  test.after(() => shop[Symbol.asyncDispose]());
  return {
    ...{ shop, store },
    merge: (more, allow = '') => {
      Object.assign(repository, more);
      const set = (text: string) =>
        text
          .replace(/^( +)target: production\n/m, (line, indent) => `${line}${indent}applied-through: "1"\n`)
          .replace(/(?<=^ +allow: ).*$/m, JSON.stringify(allow));
      return shop.run('merge', 'push', { ref: 'refs/heads/main' }, set);
    },
  };
}

const tables = (database: string) =>
  query<{ name: string }>(database, `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`);

test('plan, backup, rehearsal, apply, verify; then nothing; then what fails on the data', async (test) => {
  const { shop, store, merge } = await merging(test, 'merged');
  const first = await merge({});
  assert.equal(first.status, 0, first.log);
  const report = JSON.parse(await first.kept('lockkeeper-migrate-production/migrate.json')) as MigrateReport;
  assert.deepEqual(
    [
      report.outcome,
      report.applied.map(({ id }) => id),
      report.rehearsal?.applied.length,
      report.verification?.outcome,
    ],
    ['passed', ['2'], 1, 'passed'],
  );
  assert.match(first.log, /1 migration applied on merged, and the schema is as planned/);
  assert.deepEqual(await query(shop.database, 'SELECT version::int, dirty FROM schema_migrations'), [
    { version: 2, dirty: false },
  ]);
  assert.ok((await readdir(store, { recursive: true })).some((path) => path.endsWith('.manifest.json')));

  const second = await merge({});
  assert.equal(second.status, 0, second.log);
  assert.match(second.log, /Nothing is pending on merged/);
  assert.doesNotMatch(second.log, /dumping merged/);

  await query(shop.database, 'INSERT INTO orders VALUES (1)');
  const twice = 'ALTER TABLE orders ADD CONSTRAINT orders_once UNIQUE (id);';
  const third = await merge(
    { 'migrations/000003_once.up.sql': twice },
    'add-unique-constraint,unique-index-may-fail,no-lock-timeout,down-missing',
  );
  assert.notEqual(third.status, 0);
  assert.match(third.log, /Nothing was touched on merged: what is pending fails on the restored backup/);
  assert.deepEqual(await query(shop.database, 'SELECT version::int, dirty FROM schema_migrations'), [
    { version: 2, dirty: false },
  ]);
});

test('findings that nobody has accepted end it before the reviewers are asked', async (test) => {
  const { shop, merge } = await merging(test, 'unmerged');
  const job = await merge({ 'migrations/000003_drop.up.sql': 'DROP TABLE orders;' });
  assert.notEqual(job.status, 0);
  assert.match(job.log, /with findings that nobody has accepted/);
  assert.doesNotMatch(job.log, /Back up, rehearse, apply, verify/);
  assert.deepEqual(await tables(shop.database), [{ name: 'orders' }]);
});

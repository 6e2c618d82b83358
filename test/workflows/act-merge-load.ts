// The merge of the example repository as a runner runs it, under the load of an application that writes all the time: from
// the caller that people copy to what is in the database, in the S3 store, and on GitHub. PostgreSQL 15, versitygw, and an
// interface of GitHub's on this machine. `npm run test:workflows` runs it; `npm test` does not.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MigrateReport } from '../../src/model/migrate-report.ts';
import type { Plan } from '../../src/model/plan.ts';
import { ownKey } from '../../src/postgres/advisory.ts';
import type { LocalGitHub } from '../hosts/api-server.ts';
import { type Bucket, bucketOf, keys } from './bucket.ts';
import { beginLoad } from './load.ts';
import type { Job } from './runner.ts';
import { query, sessionOn, type User, user } from './user.ts';

const example = 'examples/shop/migrations';
const names = (await readdir(example)).sort();
const read = async (wanted: (name: string) => boolean) =>
  Object.fromEntries(
    await Promise.all(
      names
        .filter(wanted)
        .map(async (name) => [`migrations/${name}`, await readFile(`${example}/${name}`, 'utf8')] as const),
    ),
  );
const base = await read((name) => name < '000005');
const proposed = await read((name) => name >= '000005');

/** What the check of the pull request suggests to write instead. */
const mended = {
  ...proposed,
  'migrations/000005_orders_by_customer.up.sql':
    'CREATE INDEX CONCURRENTLY orders_customer_id ON orders (customer_id);\n',
  // the strongest lock first: a transaction that wants more of a table than it has deadlocks with those who write to it
  'migrations/000006_invoices.up.sql': `ALTER TABLE orders ADD COLUMN channel text NOT NULL DEFAULT 'web';
CREATE TABLE invoices (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES orders,
    due_on   date NOT NULL
);
CREATE INDEX invoices_order_id ON invoices (order_id);\n`,
  'migrations/000006_invoices.down.sql': 'ALTER TABLE orders DROP COLUMN channel;\nDROP TABLE invoices;\n',
  'migrations/000007_longer_names.up.sql': 'ALTER TABLE customers ALTER COLUMN name TYPE varchar(200);\n',
  'migrations/000007_longer_names.down.sql': 'ALTER TABLE customers ALTER COLUMN name TYPE varchar(80);\n',
};

const rows = `
  INSERT INTO customers (email, name) SELECT n || '@example.org', 'customer ' || n FROM generate_series(1, 2000) n;
  INSERT INTO products (sku, title, price) SELECT 'sku ' || n, 'product ' || n, n FROM generate_series(1, 50) n;
  INSERT INTO orders (customer_id, note) SELECT 1 + n % 2000, 'order ' || n FROM generate_series(1, 60000) n;`;

interface Merge {
  readonly shop: User;
  readonly github: LocalGitHub;
  readonly bucket: Bucket;
  merge(more: Readonly<Record<string, string>>, pull: number, allow?: string): Promise<Job>;
}

/** Without `environment`, of which GitHub itself would make a deployment. */
const settled = (allow: string) => (text: string) =>
  text
    .replace(/^( +)environment: production\n/m, '$1deployment: production\n')
    .replace(/^( +)pull-requests: write.*\n/m, (line, indent) => `${line}${indent}deployments: write\n`)
    .replace(/(?<=^ +allow: ).*$/m, JSON.stringify(allow));

async function merging(test: TestContext, database: string): Promise<Merge> {
  const bucket = await bucketOf(test, 'versitygw');
  const files: Record<string, string> = { ...base };
  const shop = await user(database, { ...bucket, setUp: '', secrets: keys, files });
  test.after(() => shop[Symbol.asyncDispose]());
  const { github } = shop;
  return {
    ...{ shop, github, bucket },
    merge: async (more, pull, allow = '') => {
      Object.assign(files, more);
      github.merged.splice(0, 1, { number: pull });
      const job = await shop.run('merge', 'push', { ref: 'refs/heads/main' }, settled(allow));
      assert.deepEqual(github.complaints, []);
      return job;
    },
  };
}

const planned = async (job: Job): Promise<Plan> => JSON.parse(await job.kept('lockkeeper-plan-production/plan.json'));
const migrated = async (job: Job): Promise<MigrateReport> =>
  JSON.parse(await job.kept('lockkeeper-migrate-production/migrate.json'));
const version = (database: string) => query(database, 'SELECT version::int, dirty FROM schema_migrations');
const commentOf = ({ comments }: LocalGitHub, pull: number) => {
  const found = comments.filter(({ issue }) => issue === pull);
  assert.equal(found.length, 1, `#${pull} has ${found.length} comments`);
  return found[0]?.body ?? '';
};

test('the example shop: refused, mended, merged under load, changed meanwhile, failed', async (test) => {
  const { shop, github, bucket, merge } = await merging(test, 'example_shop');
  const { database } = shop;

  await test.test('an empty target gets the first four', async () => {
    const job = await merge(base, 1);
    assert.equal(job.status, 0, job.log);
    assert.match(commentOf(github, 1), /### ✅ Lockkeeper: 4 migrations applied on example\\?_shop, and the schema is/);
    await using session = await sessionOn(database);
    await session.send(rows);
  });

  await test.test(
    'what blocks the application is refused before anybody is asked, and the pull request told',
    async () => {
      const job = await merge(proposed, 2);
      assert.notEqual(job.status, 0, job.log);
      assert.doesNotMatch(job.log, /Run Main Back up, rehearse, apply, verify/);
      assert.match(
        commentOf(github, 2),
        /### ❌ Lockkeeper: 3 migrations pending .*, with findings that nobody has accepted/,
      );
      assert.match(commentOf(github, 2), /index-not-concurrent/);
      assert.deepEqual(await version(database), [{ version: 4, dirty: false }]);
    },
  );

  await test.test('mended, it is applied while the application writes, which notices nothing', async (test) => {
    const load = await beginLoad(database);
    const job = await merge(mended, 3, 'fails-on-rows,drop-column').finally(() => load.end());
    const { statements, longest, errors } = await load.end();
    assert.equal(job.status, 0, job.log);
    const [plan, report] = [await planned(job), await migrated(job)];
    assert.deepEqual(errors.slice(0, 5), []);
    assert.ok(statements > 100, `${statements} statements`);
    test.diagnostic(
      `${statements} statements of the application, none failed, the longest took ${Math.round(longest)} ms`,
    );

    assert.deepEqual(
      report.applied.map(({ id }) => id),
      ['5', '6', '7'],
    );
    assert.equal(report.plan.digest, plan.digest, 'what was planned is what was applied');
    assert.deepEqual(
      [report.rehearsal?.applied.length, report.rehearsal?.verification?.outcome, report.verification?.outcome],
      [3, 'passed', 'passed'],
    );
    assert.deepEqual(await version(database), [{ version: 7, dirty: false }]);
    const manifests = await bucket.keys('.manifest.json');
    assert.ok(report.backup && manifests.some((key) => key.endsWith(report.backup?.key ?? '')), manifests.join());

    const comment = commentOf(github, 3);
    assert.match(
      comment,
      /### ✅ Lockkeeper: 3 migrations applied on example\\?_shop, and the schema is as planned\n\n`production` · \[The run\]/,
    );
    for (const part of [plan.digest, report.backup?.id ?? '', report.verification?.fingerprint ?? ''])
      assert.ok(part && comment.includes(part), `${part} in\n${comment}`);
    for (const { path, milliseconds } of report.applied) {
      assert.ok(comment.includes(path), path);
      assert.ok(milliseconds > 0);
    }
    const asked = github.requests.filter(({ route }) => route.endsWith('/commits/{commit_sha}/pulls')).at(-1);
    assert.equal(asked?.parameters.commit_sha, plan.commit);
    const deployment = github.deployments.at(-1);
    assert.deepEqual(deployment?.asked.payload, { digest: plan.digest, backup: report.backup?.id });
    assert.deepEqual([deployment?.asked.environment, deployment?.asked.ref], ['production', plan.commit]);
    assert.deepEqual(
      deployment?.statuses.map(({ state }) => state),
      ['in_progress', 'success'],
    );
  });

  await test.test('changed between the plan and its execution: nothing is touched', async (test) => {
    const deployments = github.deployments.length;
    const meanwhile = await holdUntilPlanned(test, database);
    const job = await merge(
      {
        'migrations/000008_phone.up.sql': 'ALTER TABLE customers ADD COLUMN phone text;\n',
        'migrations/000008_phone.down.sql': 'ALTER TABLE customers DROP COLUMN phone;\n',
        'migrations/000009_fax.up.sql': 'ALTER TABLE customers ADD COLUMN fax text;\n',
        'migrations/000009_fax.down.sql': 'ALTER TABLE customers DROP COLUMN fax;\n',
      },
      4,
    );
    await meanwhile.end();
    assert.notEqual(job.status, 0, job.log);
    assert.match(job.log, /exit(ed with exit)? ?(code|status)? ?'?4|exitcode '4'/i);
    const { digest } = await planned(job);
    assert.match(
      commentOf(github, 4),
      new RegExp(
        `❌ Lockkeeper: Nothing was touched: The plan is not the one that was approved: its digest is [0-9a-f]{64}, not ${digest}\n`,
      ),
    );
    assert.deepEqual(await version(database), [{ version: 8, dirty: false }], 'only what somebody else did');
    assert.equal(github.deployments.length, deployments);
  });

  await test.test(
    'what fails on the target: the job fails, the comment says what is committed and how to go on',
    async () => {
      const job = await merge(
        {
          'migrations/000010_fails.up.sql': `SELECT 1 / (CASE WHEN current_database() = '${database}' THEN 0 ELSE 1 END);\n`,
          'migrations/000010_fails.down.sql': 'SELECT 1;\n',
        },
        5,
      );
      assert.notEqual(job.status, 0, job.log);
      const comment = commentOf(github, 5);
      assert.match(comment, /❌ Lockkeeper: Failed on example\\?_shop: partly committed \(1 of 2 migrations\)/);
      assert.match(comment, /000010\\?_fails\.up\.sql:1: division by zero \(SQLSTATE 22012\)/);
      assert.match(comment, /```sh\nlockkeeper migrate .*--store s3:\/\/\S+.*\n```/);
      assert.match(comment, /```sh\nlockkeeper restore .*--backup backup_\w+\n```/);
      assert.match(comment, /```sh\ngh run rerun \d+ --repo octocat\/hello\n```/);
      assert.deepEqual(
        github.deployments.at(-1)?.statuses.map(({ state }) => state),
        ['in_progress', 'failure'],
      );
    },
  );

  await test.test('what fails on the data never reaches the target', async () => {
    const allow = 'add-unique-constraint,unique-index-may-fail,no-lock-timeout';
    const job = await merge(
      {
        'migrations/000010_fails.up.sql': 'ALTER TABLE orders ADD CONSTRAINT one_each UNIQUE (customer_id);\n',
        'migrations/000010_fails.down.sql': 'ALTER TABLE orders DROP CONSTRAINT one_each;\n',
      },
      6,
      allow,
    );
    assert.notEqual(job.status, 0, job.log);
    assert.match(
      commentOf(github, 6),
      /❌ Lockkeeper: Nothing was touched on .*: what is pending fails on the restored backup/,
    );
    assert.deepEqual(
      github.deployments.at(-1)?.statuses.map(({ state }) => state),
      ['in_progress', 'failure'],
    );
  });

  for (const secret of [...Object.values(keys), 'correct-horse-battery'])
    for (const { body } of github.requests)
      assert.ok(!JSON.stringify(body).includes(secret), 'GitHub is told no secret');
});

/**
 * Holds the lock that the migration needs and the plan does not, until the plan is there; then somebody else applies what
 * comes next, and the migration may go on.
 */
async function holdUntilPlanned(test: TestContext, database: string): Promise<{ end(): Promise<void> }> {
  const session = await sessionOn(database);
  test.after(() => session[Symbol.asyncDispose]());
  await session.query('SELECT pg_advisory_lock($1::bigint)', [ownKey.toString()]);
  const waits = `SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%pg_try_advisory_lock%'`;
  const isAsked = async () => (await session.query(waits)).length > 0;
  let isOver = false;
  const work = async () => {
    while (!isOver && !(await isAsked())) await sleep(50);
    await session.send(
      'BEGIN; ALTER TABLE customers ADD COLUMN phone text; UPDATE schema_migrations SET version = 8; COMMIT',
    );
    await session.query('SELECT pg_advisory_unlock($1::bigint)', [ownKey.toString()]);
  };
  const working = work();
  return {
    end: async () => {
      isOver = true;
      await working;
    },
  };
}

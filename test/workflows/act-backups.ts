// The workflows of backups as a runner runs them, from the callers that people copy to what is in the store: act in host
// mode, PostgreSQL 15, a folder. `npm run test:workflows` runs it; `npm test` does not.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { VerifyReport } from '../../src/model/backup-report.ts';
import { connect } from '../../src/postgres/connect.ts';
import { urlOf } from '../../src/postgres/url.ts';
import { provider } from '../../src/servers/auto.ts';
import { TestRepository, temporaryFolder } from '../git/support.ts';
import { repository } from '../hosts/api-runs.ts';
import { LocalGitHub } from '../hosts/api-server.ts';
import { type Job, runWorkflow } from './runner.ts';

/** Where its client programs are not installed, newer ones do: a test installs none. */
const installed = existsSync('/usr/lib/postgresql/15/bin/pg_dump');
const major = installed ? '15' : '';

const server = await provider.open({ major: 15, signal: new AbortController().signal, progress: { step: () => {} } });
after(() => server[Symbol.asyncDispose]());

/** The server asks for none, and it must appear nowhere. */
const password = 'correct-horse-battery';
const at = (database: string) => ({ ...server.address, database });

async function query<Row extends object>(database: string, sql: string): Promise<Row[]> {
  await using session = await connect(at(database));
  return await session.query<Row>(sql);
}

interface User extends AsyncDisposable {
  readonly store: string;
  readonly database: string;
  /** Runs one of the callers. */
  run(caller: string, event: string, payload?: object): Promise<Job>;
  /** What is in the store. */
  stored(): Promise<string[]>;
}

/** Somebody's repository with both callers, as they tell one to set them, and a database. */
async function user(database: string): Promise<User> {
  await using opened = new AsyncDisposableStack();
  const scratch = opened.use(await temporaryFolder());
  const github = opened.use(await LocalGitHub.start());
  const store = join(scratch.path, 'store');
  await mkdir(store);
  await query('postgres', `CREATE DATABASE ${database}`);
  await query(database, 'CREATE TABLE orders AS SELECT n AS id FROM generate_series(1, 500) n');
  const url = urlOf({ ...at(database), password });
  let runs = 0;
  const kept = opened.move();
  return {
    store,
    database,
    async run(caller, event, payload = {}) {
      const root = join(scratch.path, `${caller}-${++runs}`);
      const git = new TestRepository(root);
      git.git('remote', 'add', 'origin', `https://github.com/${repository.full_name}.git`);
      git.commit({
        [`.github/workflows/${caller}.yml`]: await settled(caller, store),
        'README.md': String(Date.now()),
      });
      const secrets = { DATABASE_URL: url, RESTORE_URL: url };
      const job = await runWorkflow({
        root,
        scratch: scratch.path,
        event,
        payload: { repository, ...payload },
        github,
        secrets,
      });
      assert.ok(!job.log.includes(password), 'the password is not in the log');
      return job;
    },
    stored: async () =>
      (await readdir(store, { recursive: true, withFileTypes: true })).flatMap((each) =>
        each.isFile() ? [join(each.parentPath, each.name)] : [],
      ),
    [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose](),
  };
}

async function settled(caller: string, store: string): Promise<string> {
  const text = await readFile(`workflows/${caller}.yml`, 'utf8');
  return text
    .replaceAll('s3://my-backups/shop', store)
    .replaceAll(/(?<=postgres-client: )"\d+"/g, `"${major}"`)
    .replaceAll(/^ +(?:aws-role|s3-region): .*\n/gm, '');
}

test('by hand, then by the schedule: backup, drill, evidence, freshness; a damaged backup fails the drill', async () => {
  await using shop = await user('act_shop');
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

test('a database that cannot be reached: the job fails, and nothing is pruned', async () => {
  await using shop = await user('act_gone');
  assert.equal((await shop.run('scheduled-backup', 'workflow_dispatch')).status, 0);
  await query('postgres', `ALTER DATABASE ${shop.database} RENAME TO act_elsewhere`);
  const job = await shop.run('scheduled-backup', 'schedule', { schedule: '17 2 * * 0' });
  assert.notEqual(job.status, 0, job.log);
  assert.match(job.log, /Failure - Main Back up, and read back/);
  assert.doesNotMatch(job.log, /Run Main Prune/);
  // act, unlike GitHub, ends at the first job that fails: that the drill runs all the same is not seen here
  assert.equal((await shop.stored()).filter((path) => path.endsWith('.manifest.json')).length, 1);
});

test('restored into a new database; one that is there is left alone, unless it is named', async () => {
  await using shop = await user('act_restored');
  assert.equal((await shop.run('scheduled-backup', 'workflow_dispatch')).status, 0);
  await query(shop.database, 'DELETE FROM orders WHERE id > 100');
  const rows = async (database: string) =>
    (await query<{ n: number }>(database, 'SELECT count(*)::int AS n FROM orders'))[0]?.n;

  const copied = await shop.run('restore', 'workflow_dispatch', { inputs: { backup: 'latest', into: 'act_copy' } });
  assert.equal(copied.status, 0, copied.log);
  assert.equal(await rows('act_copy'), 500);

  const refused = await shop.run('restore', 'workflow_dispatch', { inputs: { backup: 'latest', into: shop.database } });
  assert.notEqual(refused.status, 0, refused.log);
  assert.equal(await rows(shop.database), 100, 'as it was');

  const replaced = await shop.run('restore', 'workflow_dispatch', {
    inputs: { backup: 'latest', overwrite: shop.database },
  });
  assert.equal(replaced.status, 0, replaced.log);
  assert.equal(await rows(shop.database), 500);
  assert.equal((await shop.stored()).filter((path) => path.endsWith('.manifest.json')).length, 2, 'a safety backup');
});

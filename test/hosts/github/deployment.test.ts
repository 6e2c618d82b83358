// A migration as a deployment, and what becomes of it when GitHub fails or the run is ended.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { ownKey } from '../../../src/postgres/advisory.ts';
import { needsClients } from '../../doors/backups/scene.ts';
import { isAsleep, sleepOnTarget, until } from '../../doors/migrate/scene.ts';
import { LocalGitHub, refusal, type Trouble } from '../api-server.ts';
import { merge, merged } from './merge.ts';

const one = { '0001_people.sql': 'CREATE TABLE people (id bigint PRIMARY KEY, name text);' };
const deploying = { inputs: { 'comment-id': 'production', deployment: 'production' } };
const log_url = 'https://github.com/octocat/hello/actions/runs/100';
const inProgress = { state: 'in_progress', log_url, description: 'Applying migrations' };

test(
  'a deployment with digest and backup, in progress and then a success; none where nothing is pending',
  needsClients,
  async (test) => {
    const { github, run } = await merge(test, one);
    const { status, outputs, stdout } = await run({ inputs: { ...deploying.inputs, backup: 'always' } });
    assert.equal(status, 0, stdout);
    const [deployment] = github.deployments;
    assert.deepEqual(deployment?.asked, {
      ...{ ref: merged.commit, task: 'migrate', auto_merge: false, required_contexts: [], environment: 'production' },
      ...{ description: 'Database migration', payload: { digest: outputs.digest, backup: outputs.backup } },
    });
    const [first, last, ...more] = deployment?.statuses ?? [];
    assert.deepEqual([first, more], [inProgress, []]);
    assert.deepEqual({ ...last, description: '' }, { state: 'success', log_url, description: '' });
    assert.match(String(last?.description), /^1 migration applied on \w+, and the schema is as planned$/);
    await run(deploying);
    assert.equal(github.deployments.length, 1);
    assert.deepEqual(github.complaints, []);
  },
);

test('what fails on the target is a failure; what is refused is none; without the setting there is none', async (test) => {
  const { github, run, write } = await merge(test, one);
  await run();
  await write({ ...one, '0002_drop.sql': 'DROP TABLE people;' });
  assert.equal((await run(deploying)).status, 1);
  assert.equal(github.deployments.length, 0);
  const failing = `SELECT 1 / (CASE WHEN to_regclass('lockkeeper_history') IS NULL THEN 1 ELSE 0 END);`;
  await write({ ...one, [`0002_${'long'.repeat(30)}.sql`]: failing });
  const { status, stdout } = await run(deploying);
  assert.equal(status, 6, stdout);
  const [deployment] = github.deployments;
  assert.deepEqual(
    deployment?.statuses.map(({ state }) => state),
    ['in_progress', 'failure'],
  );
  assert.match(String(deployment?.statuses[1]?.description), /^Failed on \w+: nothing is committed$/);
  assert.deepEqual(Object.keys(deployment?.asked.payload ?? {}), ['digest']);
  assert.deepEqual(github.complaints, []);
});

test('SIGTERM during a statement: the deployment failed, the comment tells, the exit code is that of the failure', async (test) => {
  const { github, begin, session } = await merge(test, { ...one, '0002_sleep.sql': sleepOnTarget });
  const child = await begin(deploying);
  const exit = once(child, 'exit');
  await until({ session }, isAsleep);
  child.kill('SIGTERM');
  assert.deepEqual(await exit, [7, null]);
  assert.deepEqual(
    github.deployments[0]?.statuses.map(({ state }) => state),
    ['in_progress', 'failure'],
  );
  assert.match(
    github.comments[0]?.body ?? '',
    /❌ Lockkeeper: Failed on \w+: partly committed \(1 of 2 migrations\)\n[\s\S]*Interrupted by SIGTERM/,
  );
  assert.deepEqual(github.complaints, []);
});

test('SIGTERM while GitHub is silent: there is a moment for it, and then an end', async (test) => {
  const { github, begin, session } = await merge(test, { '0001_sleep.sql': sleepOnTarget });
  const silent = Promise.withResolvers<undefined>();
  github.trouble = ({ body }) => (body.state === 'failure' ? silent.promise : undefined);
  const child = await begin(deploying);
  const exit = once(child, 'exit');
  await until({ session }, isAsleep);
  child.kill('SIGTERM');
  assert.deepEqual(await exit, [6, null]);
  silent.resolve(undefined);
});

const waitsForUs = `SELECT FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%pg_try_advisory_lock%'`;

test('SIGTERM before anything is applied: the comment says that nothing was touched', async (test) => {
  const { github, begin, session } = await merge(test, one);
  await session.query('SELECT pg_advisory_lock($1::bigint)', [ownKey.toString()]);
  const child = await begin(deploying);
  const exit = once(child, 'exit');
  await until({ session }, waitsForUs);
  child.kill('SIGTERM');
  assert.deepEqual(await exit, [143, null]);
  assert.match(github.comments[0]?.body ?? '', /❌ Lockkeeper: Nothing was touched: Interrupted by SIGTERM;/);
  assert.deepEqual([github.deployments, github.complaints], [[], []]);
});

const hour = { 'retry-after': '3600' };
const troubles: Readonly<Record<string, readonly [Trouble, RegExp, RegExp]>> = {
  'the token may not write': [
    ({ method }) => (method === 'POST' ? refusal(403, 'Resource not accessible by integration') : undefined),
    /^::notice::The deployment was not recorded: the token may not do that \(403 Resource not accessible by integration\)\. Give the job the permission `deployments: write`\.$/m,
    /^::notice::The comment was not written: the token may not do that \(403 .*\)\. Give the job the permission `pull-requests: write`\.$/m,
  ],
  'the token may not even read': [
    () => refusal(404, 'Not Found'),
    /^::notice::The deployment was not recorded: .*404/m,
    /^::notice::The comment was not written: .*404.*`pull-requests: write`/m,
  ],
  'GitHub is down for long': [
    () => refusal(503, 'Unavailable', hour),
    /^::notice::The deployment was not recorded: GitHub answered 503/m,
    /^::notice::The comment was not written: GitHub answered 503/m,
  ],
  'the limit lasts for an hour': [
    () => refusal(429, 'Too many', hour),
    /^::notice::The deployment was not recorded: GitHub asks to wait/m,
    /^::notice::The comment was not written: GitHub asks to wait/m,
  ],
  'the answer is no JSON': [
    () => ({ status: 200, bytes: Buffer.from('<html>') }),
    /^::notice::The deployment was not recorded: /m,
    /^::notice::The comment was not written: /m,
  ],
};

describe('the exit code and the report are the same when', () => {
  for (const [name, [trouble, deployment, comment]] of Object.entries(troubles))
    test(name, async (test) => {
      const { github, run, session } = await merge(test, one);
      github.trouble = trouble;
      const { status, stdout, summary, outputs } = await run(deploying);
      assert.equal(status, 0, stdout);
      assert.match(stdout, deployment);
      assert.match(stdout, comment);
      assert.match(summary, /✅ Lockkeeper: 1 migration applied/);
      assert.deepEqual([outputs.outcome, outputs.applied], ['passed', '1']);
      assert.deepEqual(await session.query("SELECT to_regclass('people')::text AS name"), [{ name: 'people' }]);
      assert.deepEqual([github.comments, github.deployments], [[], []]);
    });

  test('only the end of the deployment is not taken', async (test) => {
    const { github, run } = await merge(test, one);
    github.trouble = ({ body }) => (body.state === 'success' ? refusal(403, 'Nope') : undefined);
    const { status, stdout } = await run(deploying);
    assert.equal(status, 0);
    assert.match(stdout, /^::notice::The deployment’s end was not recorded: .*`deployments: write`\.$/m);
    assert.equal(github.comments.length, 1, 'the comment is written all the same');
  });

  test('the network is gone', async (test) => {
    const { run } = await merge(test, one);
    const gone = await LocalGitHub.start();
    const { url } = gone;
    await gone[Symbol.asyncDispose]();
    const { status, stdout, summary } = await run({ env: { GITHUB_API_URL: url } });
    assert.equal(status, 0, stdout);
    assert.match(stdout, /^::notice::The comment was not written: GitHub could not be reached: /m);
    assert.match(summary, /✅ Lockkeeper: 1 migration applied/);
  });
});

// What GitHub sees of a migration: the comment on the pull request that was merged.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needsClients } from '../../doors/backups/scene.ts';
import { repository } from '../api-runs.ts';
import { refusal } from '../api-server.ts';
import { merge, merged } from './merge.ts';

const one = { '0001_people.sql': 'CREATE TABLE people (id bigint PRIMARY KEY, name text);' };
const two = { ...one, '0002_email.sql': 'ALTER TABLE people ADD email text;\nALTER TABLE people ADD phone text;' };
const partly = { ...one, '0002_index.sql': 'CREATE INDEX CONCURRENTLY by_name ON people (name);\nSELECT 1 / 0;' };
const partlyOnTarget = (files: typeof partly) => ({
  ...files,
  '0002_index.sql': files['0002_index.sql'].replace(
    'SELECT 1 / 0;',
    "SELECT 1 / (CASE WHEN to_regclass('lockkeeper_history') IS NULL THEN 1 ELSE 0 END);",
  ),
});
const merging = { inputs: { 'comment-id': 'production' } };

test(
  'a migration that passed: what, how long, after which backup, on the pull request that was merged',
  needsClients,
  async (test) => {
    const { github, run } = await merge(test, two);
    github.add('nice work', 'octocat', merged.number);
    const { status, outputs, stdout } = await run({ inputs: { 'comment-id': 'production', backup: 'always' } });
    assert.equal(status, 0, stdout);
    const [, own] = github.comments;
    assert.deepEqual([github.comments.length, own?.issue], [2, merged.number]);
    const body = own?.body ?? '';
    assert.match(
      body,
      /^<!-- lockkeeper migrate::production run=100 -->\n### ✅ Lockkeeper: 2 migrations applied on \w+, and the schema is as planned\n/,
    );
    assert.match(body, /\n`production` · \[The run\]\(https:\/\/github\.com\/octocat\/hello\/actions\/runs\/100\)\n/);
    assert.match(body, /\n\| `0002_email` \| `migrations\/0002_email\.sql` \| 2 \| \d+&nbsp;ms \| – \|\n/);
    assert.ok(outputs.backup && body.includes(outputs.backup), body);
    assert.ok(body.includes(`- **digest**: \`${outputs.digest}\``), body);
    assert.match(body, /\n- \*\*rehearsal\*\*: on the restored backup \(.*\n- \*\*fingerprint\*\*: `[0-9a-f]{64}`\n/);
    assert.match(body, /<summary>What became different<\/summary>/);
    assert.doesNotMatch(body, /gh run rerun/);
    assert.match(outputs['comment-url'] ?? '', new RegExp(`/pull/42#issuecomment-${own?.id}$`));
    assert.deepEqual(github.complaints, []);

    const again = await run(merging);
    assert.deepEqual([again.status, github.comments.length], [0, 2]);
    assert.equal(own?.body, body, 'that nothing is left to do is no news');
  },
);

test('one that failed says how far it came and how to go on; the next run says so in its place', async (test) => {
  const { github, run, write, session } = await merge(test, one);
  await run(merging);
  await write(partlyOnTarget(partly));
  const failed = await run({ inputs: { 'comment-id': 'production', 'fail-on': 'never', tool: 'sql' } });
  assert.equal(failed.status, 7, failed.stdout);
  assert.equal(github.comments.length, 1);
  const body = github.comments[0]?.body ?? '';
  assert.match(body, /### ❌ Lockkeeper: Failed on \w+: partly committed \(0 of 1 migrations\)/);
  assert.match(
    body,
    /0002\\?_index\.sql:2: division by zero \(SQLSTATE 22012\)\n\* 1 of its 2 statements are committed\./,
  );
  assert.match(body, /```sh\nlockkeeper migrate --tool sql --fail-on never --backup never\n```/);
  assert.match(body, /```sh\ngh run rerun 100 --repo octocat\/hello\n```/);
  assert.match(failed.summary, /partly committed/);
  await write({ ...one, '0002_index.sql': 'CREATE INDEX CONCURRENTLY by_name ON people (name);\nSELECT 2;' });
  const mended = await run({ inputs: { 'comment-id': 'production' }, env: { GITHUB_RUN_ID: '101' } });
  assert.equal(mended.status, 0, mended.stdout);
  assert.match(github.comments[0]?.body ?? '', /run=101 -->\n### ✅ Lockkeeper: 1 migration applied/);
  assert.deepEqual(
    [github.comments.length, await session.query("SELECT to_regclass('by_name')::text AS n")],
    [1, [{ n: 'by_name' }]],
  );
  assert.deepEqual(github.complaints, []);
});

test('refused: by findings, by another digest than the approved one, by a target that is not there', async (test) => {
  const { github, run, write } = await merge(test, one);
  await run(merging);
  const told = () => github.comments.at(-1)?.body ?? '';
  await write({ ...one, '0002_drop.sql': 'DROP TABLE people;' });
  for (const command of ['plan', 'migrate']) {
    github.comments.length = 0;
    const { status } = await run({
      inputs: { command, ...(command === 'plan' && { backup: '' }), 'comment-id': 'production' },
    });
    assert.deepEqual([status, github.comments.length], [1, 1]);
    assert.match(
      told(),
      /^<!-- lockkeeper migrate::production run=100 -->\n### ❌ Lockkeeper: .*(nobody has accepted|not accepted)/,
    );
    assert.match(told(), /0002\\?_drop\.sql:1: .*drop-table\)/);
  }
  await write(two);
  const digest = 'f'.repeat(64);
  const changed = await run({ inputs: { digest, 'comment-id': 'production' } });
  assert.equal(changed.status, 4);
  assert.match(
    told(),
    /### ❌ Lockkeeper: Nothing was touched: The plan is not the one that was approved: its digest is [0-9a-f]{64}, not f{64}\n/,
  );
  assert.match(told(), /\* The commit, a file, the target or what is applied there has changed since\. Plan again/);
  assert.match(told(), /gh run rerun 100/);
  const nowhere = await run({
    inputs: { url: 'postgresql://nobody:hidden-word@127.0.0.1:1/shop', 'comment-id': 'production' },
  });
  assert.equal(nowhere.status, 3, nowhere.stdout);
  assert.match(told(), /### ❌ Lockkeeper: Nothing was touched: .*127\.0\.0\.1/);
  assert.doesNotMatch(JSON.stringify(github.requests.map(({ body }) => body)), /hidden-word/);
  assert.equal(github.comments.length, 1, 'all in the same place');
  assert.deepEqual(github.complaints, []);
});

test('a plan that may be carried out is no news, nor is what is looked at by schedule', async (test) => {
  const { github, run, write } = await merge(test, one);
  const planned = await run({ inputs: { command: 'plan', backup: '' } });
  assert.deepEqual([planned.status, github.comments.length], [0, 0]);
  await run();
  await write({ ...one, '0002_drop.sql': 'DROP TABLE people;' });
  const drift = await run({ event: 'schedule', inputs: { command: 'plan', backup: '' } });
  assert.deepEqual([drift.status, github.comments.length], [1, 1]);
  assert.match(github.comments[0]?.body ?? '', /✅/);
});

test('targets have a comment each, by their names or by where they are', async (test) => {
  const [first, second] = [await merge(test, one), await merge(test, one)];
  const { github } = first;
  const env = { GITHUB_API_URL: github.url };
  await first.run();
  await second.run({ env });
  const marks = github.comments.map(({ body }) => body.split('\n')[0] ?? '');
  assert.equal(new Set(marks).size, 2, marks.join('\n'));
  for (const mark of marks) assert.match(mark, /^<!-- lockkeeper migrate::\w+%40[0-9a-f]{8} run=100 -->$/);
  await first.write(two);
  await second.write(two);
  await first.run({ inputs: { 'comment-id': 'eu' } });
  await second.run({ env, inputs: { 'comment-id': 'us' } });
  assert.deepEqual(
    github.comments.slice(2).map(({ body }) => body.split('\n')[0]),
    ['migrate::eu', 'migrate::us'].map((name) => `<!-- lockkeeper ${name} run=100 -->`),
  );
  assert.deepEqual(github.complaints, []);
});

test('every pull request that was merged with the commit, though one of them is locked', async (test) => {
  const { github, run } = await merge(test, one);
  github.merged.push({ number: 43, commit: merged.commit }, { number: 44 });
  github.merged.push(
    { number: 45, open: true },
    { number: 46, into: 'octocat/elsewhere' },
    { number: 47, commit: 'd'.repeat(40) },
  );
  github.trouble = ({ method, parameters }) =>
    method === 'POST' && parameters.issue_number === '43'
      ? refusal(403, 'Unable to create comment because issue is locked.')
      : undefined;
  const { status, stdout, outputs } = await run();
  assert.equal(status, 0, stdout);
  assert.deepEqual(
    github.comments.map(({ issue }) => issue),
    [42, 44],
  );
  assert.match(stdout, /^::notice::The comment was not written: the conversation is locked\.$/m);
  assert.match(outputs['comment-url'] ?? '', /\/42#.*\n.*\/44#/);
  assert.deepEqual(github.complaints, []);
});

test('where there is no pull request, or none is to be told, the run is what it is without', async (test) => {
  const { github, run } = await merge(test, one);
  const fork = { pull_request: { number: 7, head: { repo: { full_name: 'mallory/hello' } } }, repository };
  github.merged.length = 0;
  const cases = [
    [{}, /No comment: c0ffee0+ came with no pull request that may be written to\./],
    [{ event: 'pull_request', payload: fork }, /No comment: c0ffee0+ came with no pull request/],
    [{ inputs: { 'github-token': '' } }, /The comment was not written: there is no `github-token`/],
    [{ inputs: { comment: 'never' } }, /not the one that was approved/],
  ] as const;
  for (const [job, told] of cases) {
    const { status, stdout } = await run({
      ...job,
      inputs: { digest: 'f'.repeat(64), ...('inputs' in job && job.inputs) },
    });
    assert.deepEqual([status, github.comments.length], [4, 0], stdout);
    assert.match(stdout, told);
    assert.doesNotMatch(stdout, /::(warning|notice)/);
  }
  assert.deepEqual(github.complaints, []);
});

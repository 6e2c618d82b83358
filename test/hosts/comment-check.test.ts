import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fitted } from '../../src/hosts/github/summary.ts';
import { TestRepository, temporaryFolder } from '../git/support.ts';
import { newest } from '../support/postgres.ts';
import { action, urlOf } from '../support/program.ts';
import { hostile } from './api-hostile.ts';
import { foreign } from './api-page.ts';
import { environmentOf, pullRequestEvent, type Run, repository, runAction } from './api-runs.ts';
import { LocalGitHub, refusal, type Trouble } from './api-server.ts';

const folder = await temporaryFolder();
const checkout = new TestRepository(join(folder.path, 'repository'));
let base = '';
let head = '';

before(() => {
  base = checkout.commit({ 'services/shop/migrations/1_orders.sql': 'CREATE TABLE orders (id int, customer int);\n' });
  head = checkout.commit({
    'services/shop/migrations/2_index.sql': 'CREATE INDEX by_customer ON orders (customer);\n',
  });
});
after(() => folder[Symbol.asyncDispose]());

interface Case {
  readonly event?: string;
  readonly payload?: unknown;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
}

const settings = { 'working-directory': 'services/shop', server: 'existing', 'server-url': urlOf(newest) };

function checked(github: LocalGitHub, { event = 'pull_request', payload, inputs, env }: Case = {}): Promise<Run> {
  return runAction(github, {
    ...{ event, payload: payload ?? pullRequestEvent(base), folder: checkout.root },
    inputs: { ...settings, ...inputs },
    ...(env && { env }),
  });
}

test('a pull request gets the report as log, annotation, summary, outputs and comment', async () => {
  await using github = await LocalGitHub.start();
  github.chatter(130);
  const { status, stdout, summary, outputs } = await checked(github);
  assert.equal(status, 1, stdout);
  assert.match(stdout, /^::error title=index-not-concurrent,file=services\/shop\/migrations\/2_index\.sql,line=1::/m);
  assert.match(summary, /^### 🚧 Lockkeeper: 1 blocker/);
  const own = github.comments.at(-1);
  assert.match(own?.body ?? '', /^<!-- lockkeeper check:services%2Fshop: run=100 -->\n### 🚧 Lockkeeper: 1 blocker/);
  assert.doesNotMatch(own?.body ?? '', /fork’s code/);
  assert.deepEqual([outputs.outcome, outputs.errors, github.comments.length], ['failed', '1', 131]);
  assert.match(outputs['comment-url'] ?? '', new RegExp(`#issuecomment-${own?.id}$`));
  assert.deepEqual(github.complaints, []);
});

test('the comment folds when all is well, and none is begun where nothing is pending', async () => {
  await using github = await LocalGitHub.start();
  const nothing = { payload: pullRequestEvent(head), inputs: { base: head } };
  assert.deepEqual([(await checked(github, nothing)).status, github.comments.length], [0, 0]);
  await checked(github);
  assert.match(github.comments[0]?.body ?? '', /1 blocker/);
  const { status } = await checked(github, nothing);
  assert.deepEqual([status, github.comments.length], [0, 1]);
  const body = github.comments[0]?.body ?? '';
  assert.match(body, /### ✅ Lockkeeper: no pending migrations/);
  assert.match(body, /\n<details><summary>Details<\/summary>\n[\s\S]*<\/details>\n\n<!-- \/lockkeeper -->$/);
  assert.deepEqual(github.complaints, []);
});

test('a run of a fork does not try, and says what to set up', async () => {
  await using github = await LocalGitHub.start();
  const { status, stdout, summary } = await checked(github, { payload: pullRequestEvent(base, 'mallory/hello') });
  assert.deepEqual([status, github.requests.length], [1, 0]);
  assert.match(stdout, /No comment: the pull request comes from a fork, whose runs may not write/);
  assert.doesNotMatch(stdout, /::warning::/);
  assert.match(summary, /1 blocker/);
});

test('pull_request_target may comment for a fork, GitHub Enterprise has another address', async () => {
  await using github = await LocalGitHub.start();
  const payload = pullRequestEvent(base, 'mallory/hello');
  const env = { GITHUB_API_URL: `${github.url}/api/v3/` };
  const { status } = await checked(github, { event: 'pull_request_target', payload, env });
  assert.deepEqual([status, github.comments.length, github.complaints], [1, 1, []]);
});

test('events without a pull request, and settings, ask for no comment', async () => {
  await using github = await LocalGitHub.start();
  const cases: readonly Case[] = [
    { event: 'push', payload: { before: base, repository } },
    { event: 'merge_group', payload: { merge_group: { base_sha: base }, repository } },
    { event: 'workflow_dispatch', payload: { repository }, inputs: { base } },
    { inputs: { comment: 'never' } },
    { inputs: { 'github-token': '' } },
    { payload: { pull_request: { base: { sha: base } }, repository } },
  ];
  for (const each of cases) {
    const { status, stdout, summary } = await checked(github, each);
    assert.deepEqual([status, github.requests.length], [1, 0], stdout);
    assert.match(summary, /1 blocker/);
  }
});

const troubles: Readonly<Record<string, readonly [Trouble, RegExp]>> = {
  'the token may not write': [
    ({ method }) => (method === 'POST' ? refusal(403, 'Resource not accessible by integration') : undefined),
    /::warning::The comment was not written: the token may not do that \(403 Resource not accessible by integration\)\. Give the job the permission `pull-requests: write`\. The report is in the job summary\./,
  ],
  'the token may not even read': [
    () => refusal(404, 'Not Found'),
    /::warning::The comment was not written: .*404.*`pull-requests: write`/,
  ],
  'the conversation is locked': [
    ({ method }) => (method === 'POST' ? refusal(403, 'Unable to create comment because issue is locked.') : undefined),
    /::warning::The comment was not written: the conversation is locked/,
  ],
  'the limit lasts for an hour': [
    () => refusal(429, 'Too many', { 'retry-after': '3600' }),
    /::warning::The comment was not written: GitHub asks to wait longer than a job should/,
  ],
  'the token is wrong': [
    () => refusal(401, 'Bad credentials'),
    /::warning::The comment was not written: GitHub does not accept the token/,
  ],
};

for (const [name, [trouble, warning]] of Object.entries(troubles)) {
  test(`the check says the same when ${name}`, async () => {
    await using github = await LocalGitHub.start();
    github.trouble = trouble;
    const { status, stdout, summary } = await checked(github);
    assert.equal(status, 1);
    assert.match(stdout, warning);
    assert.match(summary, /1 blocker/);
    assert.deepEqual([github.comments.length, github.complaints], [0, []]);
  });
}

test('hostile names and SQL, run on PostgreSQL: nothing of it is a command, markup or an output', async () => {
  await using github = await LocalGitHub.start();
  const branch = checkout.clone(join(folder.path, 'hostile'));
  const names = [...new Set(hostile.map((text) => Buffer.from(text.replaceAll('\0', '')).subarray(0, 60).toString()))];
  const statements = names
    .filter((text) => text !== '' && !text.includes('\ufffd'))
    .map(
      (text) =>
        `CREATE INDEX "${text.replaceAll('"', '""')}" ON orders (customer); -- ${text.replaceAll(/[\r\n]/g, ' ')}`,
    );
  branch.commit({ 'services/shop/migrations/3_%0A@octocat `|<b>::error::.sql': `${statements.join('\n')}\n` });
  const { status, stdout, summary, outputs } = await runAction(github, {
    ...{ event: 'pull_request', payload: pullRequestEvent(base), folder: branch.root, inputs: settings },
  });
  assert.equal(status, 1, stdout);
  assert.match(summary, /1\d\d blockers/);
  const [, own] = /-->\n([\s\S]*)\n<!-- \/lockkeeper -->$/.exec(github.comments[0]?.body ?? '') ?? [];
  assert.deepEqual([foreign(summary), foreign(own ?? '<b>none</b>')], [undefined, undefined]);
  const commands = stdout.split('\n').filter((line) => /^\s*::|##\[/.test(line));
  for (const line of commands)
    assert.match(line, /^::(add-mask::|(error|notice|warning) title=[\w-]+,file=[^,:]+,line=\d+::)/);
  const known = [
    'outcome',
    'errors',
    'warnings',
    'notices',
    'report-html',
    'report-json',
    'report-markdown',
    'report-sarif',
    'comment-url',
  ];
  assert.deepEqual(Object.keys(outputs).sort(), known.sort());
  assert.equal(outputs.outcome, 'failed');
  assert.deepEqual(github.complaints, []);
});

test('a summary is never more than GitHub takes, whatever its letters', () => {
  for (const letter of ['x', 'ü', '漢', '💥']) {
    const bytes = Buffer.byteLength(fitted((characters) => letter.repeat(characters / letter.length)));
    assert.ok(bytes <= 1_048_576 && bytes > 800_000, `${letter}: ${bytes}`);
  }
});

test('nor does an event that cannot be read change what the check says', async () => {
  await using github = await LocalGitHub.start();
  const { status, stdout } = await checked(github, { inputs: { base }, env: { GITHUB_EVENT_PATH: 'no/such/file' } });
  assert.equal(status, 1);
  assert.match(stdout, /::warning::The comment was not written: The event payload .* cannot be read/);
});

test('an interrupt ends a wait for GitHub', async () => {
  await using github = await LocalGitHub.start();
  const asked = Promise.withResolvers<void>();
  github.trouble = () => {
    asked.resolve();
    return refusal(429, 'Too many', { 'retry-after': '100' });
  };
  await using surroundings = await environmentOf(github, {
    event: 'pull_request',
    payload: pullRequestEvent(base),
    inputs: settings,
  });
  const child = spawn(process.execPath, [action], {
    ...{ cwd: checkout.root, env: surroundings.env, stdio: 'ignore' },
  });
  await asked.promise;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  assert.equal((await exit)[0], 143);
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TestRepository } from '../git/support.ts';
import { newest } from '../support/postgres.ts';
import { runStep, type Step } from './action.ts';

const first = { 'migrations/1_a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);\n' };
const table = (name: string) => `CREATE TABLE ${name} (id bigint PRIMARY KEY);\n`;

/** main: 1; work: 1, 2, 3, which is checked out; the commits are tagged. */
function branches(repository: TestRepository): void {
  repository.commit(first);
  repository.git('tag', 'one');
  repository.git('checkout', '--quiet', '-b', 'work');
  repository.commit({ 'migrations/2_b.sql': table('b') });
  repository.git('tag', 'two');
  repository.commit({ 'migrations/3_c.sql': table('c') });
}

/** A payload that names commits of the repository, which are known only once it is made. */
async function pendingOn(event: string | undefined, payload: unknown, env: NodeJS.ProcessEnv = {}) {
  const step: { -readonly [K in keyof Step]: Step[K] } = {
    repository: (repository) => {
      branches(repository);
      const commit = (name: string) => repository.git('rev-parse', name);
      const text = JSON.stringify(payload)?.replaceAll(/"commit (\w+)"/g, (_, name) => `"${commit(name)}"`);
      if (text !== undefined) repository.write({ '../event.json': text });
    },
    ...(event !== undefined && { event }),
    ...(payload !== undefined && { payload: '' }),
    env,
  };
  const { status, stdout, report } = await runStep(step);
  return { status, stdout, pending: report?.migrations.pending.map(({ id }) => id).join(' ') };
}

describe('what the migrations are compared with', { concurrency: 3 }, () => {
  const repository = { default_branch: 'main', full_name: 'octocat/hello' };
  const cases: readonly [name: string, event: string | undefined, payload: unknown, pending: string][] = [
    ['pull_request, by commit', 'pull_request', { pull_request: { base: { sha: 'commit two', ref: 'x' } } }, '3_c'],
    ['pull_request, by branch', 'pull_request', { pull_request: { base: { ref: 'main' } } }, '2_b 3_c'],
    ['pull_request_target', 'pull_request_target', { pull_request: { base: { sha: 'commit one' } } }, '2_b 3_c'],
    ['merge_group', 'merge_group', { merge_group: { base_sha: 'commit two' } }, '3_c'],
    ['merge_group without its base', 'merge_group', { merge_group: {}, repository }, '2_b 3_c'],
    ['push', 'push', { before: 'commit two', repository }, '3_c'],
    ['push of a new branch', 'push', { before: '0'.repeat(40), repository }, '2_b 3_c'],
    ['workflow_dispatch', 'workflow_dispatch', { inputs: null, repository }, '2_b 3_c'],
    ['schedule', 'schedule', { schedule: '0 5 * * *', repository }, '2_b 3_c'],
    ['schedule without a repository', 'schedule', { schedule: '0 5 * * *' }, '2_b 3_c'],
    ['no payload at all', 'workflow_dispatch', undefined, '2_b 3_c'],
    ['no event at all', undefined, undefined, '2_b 3_c'],
  ];
  for (const [name, event, payload, pending] of cases) {
    test(name, async () => {
      const result = await pendingOn(event, payload);
      assert.deepEqual([result.status, result.pending], [0, pending], result.stdout);
    });
  }

  test('pull_request whose payload does not say it, but the environment does', async () => {
    const result = await pendingOn('pull_request', {}, { GITHUB_BASE_REF: 'main' });
    assert.equal(result.pending, '2_b 3_c', result.stdout);
  });

  test('pull_request that says it nowhere', async () => {
    const { status, stdout } = await pendingOn('pull_request', {});
    assert.equal(status, 2);
    assert.match(stdout, /^::error::The pull_request event does not say .*%0AName the branch with `base`\.$/m);
  });

  test('a base of the event that is gone', async () => {
    const result = await pendingOn('pull_request', { pull_request: { base: { ref: 'deleted' } } });
    assert.equal(result.status, 2);
    assert.match(result.stdout, /^::error::The base deleted is not there any more.*%0AGitHub.s event names it/m);
  });

  test('an input is stronger than the event', async () => {
    const payload = { pull_request: { base: { ref: 'main' } } };
    const { report } = await runStep({
      repository: branches,
      event: 'pull_request',
      payload,
      inputs: { base: 'two' },
    });
    assert.deepEqual(
      report?.migrations.pending.map(({ id }) => id),
      ['3_c'],
    );
  });

  test('a payload that is no JSON', async () => {
    const { status, stdout } = await runStep({ repository: branches, event: 'push', payload: '{' });
    assert.equal(status, 2);
    assert.match(stdout, /^::error::The event payload that GITHUB_EVENT_PATH names cannot be read\.$/m);
    assert.doesNotMatch(stdout, /\n\s+at /);
  });
});

/** One applied migration, and a pending one on the branch that is checked out. */
const pending =
  (files: Readonly<Record<string, string>>, base: Readonly<Record<string, string>> = first) =>
  (repository: TestRepository) => {
    repository.commit(base);
    repository.git('checkout', '--quiet', '-b', 'work');
    repository.commit(files);
  };

test('lockkeeper.yml counts, as the action’s inputs have no defaults', async () => {
  const sql = 'ALTER TABLE a ADD COLUMN b text;\n';
  const { status, outputs } = await runStep({
    repository: pending({ 'migrations/2_b.sql': sql, 'lockkeeper.yml': 'fail-on: notice\n' }),
  });
  assert.deepEqual([status, outputs.outcome, outputs.notices], [1, 'failed', '1']);
});

test('annotations stay within GitHub’s limits, and say that there is more', async () => {
  const columns = Array.from({ length: 14 }, (_, index) => `c${index}`);
  const base = { 'migrations/1_a.sql': `CREATE TABLE a (id bigint PRIMARY KEY, ${columns.join(' text, ')} text);\n` };
  const indexes = columns.map((column) => `CREATE INDEX a_${column} ON a (${column});\n`).join('');
  const unique = columns.map((column) => `CREATE UNIQUE INDEX CONCURRENTLY u_${column} ON a (${column});\n`);
  const files = { 'migrations/2_b.sql': indexes, 'migrations/3_c.sql': unique.join('') };
  const { stdout, outputs, report, summary } = await runStep({ repository: pending(files, base) });
  for (const level of ['error', 'warning', 'notice'] as const) {
    const shown = stdout.match(new RegExp(`^::${level} `, 'gm')) ?? [];
    const found = report?.findings.filter(({ severity }) => severity === level).length ?? 0;
    assert.equal(shown.length, Math.min(found, 10), level);
    assert.equal(Number(outputs[`${level}s`]), found);
  }
  assert.equal(outputs.errors, '14');
  assert.match(stdout, /^::error title=more,.*::5 more findings of this kind are in the job summary\.$/m);
  assert.match(stdout, /^::error title=index-not-concurrent,file=migrations\/2_b\.sql,line=1::CREATE INDEX keeps/m);
  assert.equal(summary.match(/`index-not-concurrent` \|/g)?.length, 14);
});

test('nothing that SQL or a file’s name says is taken for a command of the runner', async () => {
  const name = 'migrations/2_%0A,::error file=x::y\n::set-output name=a::b.sql';
  const sql = [
    "DO $$ BEGIN RAISE NOTICE E'\\n::error::no'; END $$;",
    'CREATE TABLE "\n::warning::table" (id bigint);',
    "DO $$ BEGIN RAISE EXCEPTION E'\\n::error::raised\\n##[error]raised\\r\\n  ::add-mask::id'; END $$;\n",
  ];
  const { status, stdout } = await runStep({ repository: pending({ [name]: sql.join('\n') }) });
  assert.equal(status, 1);
  const commands = stdout.split(/[\r\n]+/).filter((line) => /^\s*::|##\[/.test(line));
  for (const command of commands) assert.match(command, /^::(error|warning|notice) title=[a-z-]+,file=/);
  assert.match(stdout, /^::error title=migration-fails,file=migrations\/2_%250A%2C%3A%3Aerror file=x%3A%3Ay%0A/m);
});

test('what cannot be checked is an error beside the file it is about', async () => {
  const { status, stdout, outputs } = await runStep({ repository: pending({ 'migrations/2_b.sql': '\n\\i x.sql\n' }) });
  assert.equal(status, 2);
  assert.match(
    stdout,
    /^::error file=migrations\/2_b\.sql,line=2::migrations\/2_b\.sql:2: \\i is a command of psql, not SQL\.%0ACopy/m,
  );
  assert.deepEqual(outputs, {});
});

test('a password is masked before all else, and shown nowhere', async () => {
  const { host, port, user } = newest.address;
  const password = 'sesame%25%21';
  const url = `postgresql://${user}:${password}@/postgres?host=${encodeURIComponent(host)}&port=${port}`;
  const raise = "DO $$ BEGIN RAISE EXCEPTION USING MESSAGE = 'sesame%!'; END $$;\n";
  const files = { 'migrations/2_b.sql': raise };
  const good = await runStep({ repository: pending(files), inputs: { 'server-url': url } });
  assert.equal(good.status, 1);
  const bad = await runStep({
    repository: pending(files),
    inputs: { 'server-url': `postgresql://u:${password}@127.0.0.1:1/d` },
  });
  assert.equal(bad.status, 3);
  for (const { stdout, stderr, summary, outputs } of [good, bad]) {
    const masks = stdout.split('\n').filter((line) => line.startsWith('::add-mask::'));
    assert.ok(masks.includes('::add-mask::sesame%25!'), stdout);
    assert.ok(stdout.startsWith('::add-mask::'), stdout);
    const others = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
    assert.doesNotMatch([...others, stderr, summary, JSON.stringify(outputs)].join('\n'), /sesame/);
  }
});

test('the summary stays below GitHub’s limit', async () => {
  const long = (index: number) =>
    `CREATE INDEX i${index} ON a (id) WHERE id::text <> '${'ü漢'.repeat(15_000)}${index}';\n`;
  const sql = Array.from({ length: 20 }, (_, index) => long(index)).join('');
  const { status, summary } = await runStep({ repository: pending({ 'migrations/2_b.sql': sql }) });
  assert.equal(status, 1);
  const bytes = Buffer.byteLength(summary);
  assert.ok(bytes > 500_000 && bytes <= 1_048_576, `${bytes} bytes`);
  assert.match(summary, /Left out, as there is no more room here/);
});

test('without files to write to it still checks', async () => {
  const { status, stdout } = await runStep({
    repository: pending({ 'migrations/2_b.sql': table('b') }),
    env: { GITHUB_STEP_SUMMARY: '', GITHUB_OUTPUT: '' },
  });
  assert.equal(status, 0, stdout);
  assert.match(stdout, /nothing to worry about/);
});

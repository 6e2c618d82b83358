// The workflows as a runner runs them, from the caller that `init` writes down to the comment: act in host mode, and an
// interface of GitHub's on this machine. `npm run test:workflows` installs act and runs it; `npm test` does not.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { zipSync } from 'fflate';
import type { CheckReport } from '../../src/model/report.ts';
import { TestRepository, temporaryFolder } from '../git/support.ts';
import { commit, forkEvent, pullRequestEvent, repository, runId } from '../hosts/api-runs.ts';
import { LocalGitHub } from '../hosts/api-server.ts';
import { runProgram } from '../support/program.ts';
import { runWorkflow } from './runner.ts';

const goose = (statement: string) => `-- +goose Up\n${statement};\n`;

/** Somebody's repository with a commit on `main`, and one more on a branch that is checked out. */
async function prepared(
  root: string,
  base: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string>>,
) {
  const user = new TestRepository(root);
  user.git('remote', 'add', 'origin', `https://github.com/${repository.full_name}.git`);
  user.write(base);
  return {
    user,
    root,
    commit: () => {
      const before = user.commit();
      user.git('checkout', '--quiet', '-b', 'topic');
      return { before, after: user.commit(change) };
    },
  };
}

function act(root: string, scratch: string, event: string, payload: unknown, github: LocalGitHub) {
  return runWorkflow({ root, scratch, event, payload, github });
}

/** A job of the user's own that sees what came out. */
const later = `
  later:
    needs: check
    if: always()
    runs-on: ubuntu-latest
    steps:
      - run: echo "told $OUTCOME, $ERRORS errors"
        env:
          OUTCOME: \${{ needs.check.outputs.outcome }}
          ERRORS: \${{ needs.check.outputs.errors }}
`;

test('goose, a blocker: comment, stored report, and the job fails', async () => {
  await using scratch = await temporaryFolder();
  await using github = await LocalGitHub.start();
  const root = join(scratch.path, 'user');
  const { commit } = await prepared(
    root,
    { 'db/00001_a.sql': goose('CREATE TABLE a (id bigint PRIMARY KEY, b int)') },
    { 'db/00002_b.sql': goose('CREATE INDEX a_b ON a (b)') },
  );
  assert.equal((await runProgram(['init', '--yes'], { folder: root })).status, 0);
  const { before } = commit();
  const job = await act(root, scratch.path, 'pull_request', pullRequestEvent(before), github);
  assert.notEqual(job.status, 0, job.log);
  assert.deepEqual(github.complaints, []);
  assert.equal(github.comments.length, 1, job.log);
  assert.match(github.comments[0]?.body ?? '', /Lockkeeper: 1 blocker/);
  const report = JSON.parse(await job.kept('lockkeeper-report/report.json')) as CheckReport;
  assert.equal(report.outcome, 'failed');
  assert.equal(report.base.commit, before);
  assert.match(job.log, /cache lockkeeper-[\d.]+-Linux-\w+-postgres- in \S+\/lockkeeper-postgres/);

  const again = await act(root, scratch.path, 'pull_request', pullRequestEvent(before), github);
  assert.notEqual(again.status, 0);
  assert.equal(github.comments.length, 1, 'the same comment');
});

test('golang-migrate in a sub-folder, nothing to say: settings arrive, outputs leave, findings go to code scanning', async () => {
  await using scratch = await temporaryFolder();
  await using github = await LocalGitHub.start();
  const root = join(scratch.path, 'user');
  const sql = 'services/shop/migrations/00000';
  const { user, commit } = await prepared(
    root,
    { [`${sql}1_a.up.sql`]: 'CREATE TABLE a (id bigint PRIMARY KEY);\n', [`${sql}1_a.down.sql`]: 'DROP TABLE a;\n' },
    { [`${sql}2_b.up.sql`]: 'CREATE TABLE b (id bigint PRIMARY KEY);\n', [`${sql}2_b.down.sql`]: 'DROP TABLE b;\n' },
  );
  assert.equal((await runProgram(['init', '--yes'], { folder: join(root, 'services/shop') })).status, 0);
  const caller = '.github/workflows/lockkeeper.yml';
  const more = '      code-scanning: true\n      comment-id: shop\n      seed-rows: "5"\n';
  user.write({ [caller]: (await readFile(join(root, caller), 'utf8')) + more + later });
  const { before } = commit();
  const job = await act(root, scratch.path, 'merge_group', { repository, merge_group: { base_sha: before } }, github);
  assert.equal(job.status, 0, job.log);
  assert.match(job.log, /told passed, 0 errors/);
  assert.deepEqual(github.comments, [], 'no pull request, no comment');
  const report = JSON.parse(await job.kept('lockkeeper-report-shop/report.json')) as CheckReport;
  assert.equal(report.folder, 'services/shop');
  assert.deepEqual(
    report.migrations.pending.map(({ path }) => path),
    ['migrations/000002_b.up.sql'],
  );
  assert.equal(report.coverage.seeded.rows, 5);
  const sarif = JSON.parse(await job.kept('code-scanning/lockkeeper.sarif'));
  assert.equal(sarif.runs[0].automationDetails.id, 'lockkeeper/services/shop/migrations/');
});

test('a fork: the first workflow stores, the second comments and checks nothing out', async () => {
  await using scratch = await temporaryFolder();
  await using github = await LocalGitHub.start();
  const root = join(scratch.path, 'user');
  const prepare = await prepared(
    root,
    { 'db/00001_a.sql': goose('CREATE TABLE a (id bigint PRIMARY KEY)') },
    { 'db/00002_b.sql': goose('DROP TABLE a') },
  );
  assert.equal((await runProgram(['init', '--yes', '--forks'], { folder: root })).status, 0);
  const { before } = prepare.commit();
  const first = await act(root, scratch.path, 'pull_request', pullRequestEvent(before, 'mallory/hello'), github);
  assert.notEqual(first.status, 0);
  assert.equal(github.comments.length, 0);
  const stored = await first.kept('lockkeeper-report/report.json');
  github.pulls.push({ number: 7, head: { sha: commit, ref: 'topic', owner: 'mallory', repository: 77 } });
  const archive = zipSync({ 'report.json': Buffer.from(stored) });
  github.artifacts.push({ id: 11, name: 'lockkeeper-report', run: runId, archive });
  const second = await act(root, scratch.path, 'workflow_run', forkEvent(), github);
  assert.equal(second.status, 0, second.log);
  assert.deepEqual(github.complaints, []);
  assert.match(github.comments[0]?.body ?? '', /Lockkeeper: 1 blocker/);
  assert.doesNotMatch(second.log, /actions\/checkout/);
});

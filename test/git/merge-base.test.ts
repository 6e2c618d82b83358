import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openRepository } from '../../src/git/repository.ts';
import { KnownError } from '../../src/model/error.ts';
import { TestRepository, temporaryFolder } from './support.ts';

/** A branch `feature` with 3 commits that left `main` 60 commits ago; `main` has gone on by 4. */
function branched(root: string): { origin: TestRepository; fork: string } {
  const origin = new TestRepository(root);
  origin.commits(2);
  const fork = origin.commits(1);
  origin.git('checkout', '--quiet', '-b', 'feature');
  origin.commits(60);
  origin.git('checkout', '--quiet', 'main');
  origin.commits(4);
  return { origin, fork };
}

const known = (pattern: RegExp) => (error: unknown) =>
  error instanceof KnownError && pattern.test(error.message) && Boolean(error.help);

test('the base is where the branch left, not where the other branch stands now', async () => {
  await using folder = await temporaryFolder();
  const { origin, fork } = branched(join(folder.path, 'origin'));
  origin.git('checkout', '--quiet', 'feature');
  const repository = await openRepository(join(origin.root));
  assert.equal(await repository.mergeBase('main'), fork);
  assert.equal(await repository.mergeBase('main~1'), fork);
  assert.equal(await repository.mergeBase(fork), fork);
  assert.equal(await repository.defaultBase(), 'main');
});

test('a clone of one commit is deepened until it holds the base, which is fetched first', async () => {
  await using folder = await temporaryFolder();
  const { origin, fork } = branched(join(folder.path, 'origin'));
  const clone = origin.clone(join(folder.path, 'clone'), '--depth=1', '--branch=feature');
  assert.equal(clone.git('rev-list', '--count', 'HEAD'), '1');
  const repository = await openRepository(clone.root);
  assert.equal(await repository.mergeBase('main'), fork);
  assert.equal(await repository.mergeBase('origin/main'), fork, 'its other name');
});

test('a merge commit of a pull request, checked out alone, finds its base', async () => {
  await using folder = await temporaryFolder();
  const { origin } = branched(join(folder.path, 'origin'));
  const tip = origin.git('rev-parse', 'main');
  origin.git('checkout', '--quiet', '--detach', 'main');
  origin.git('merge', '--quiet', '--no-ff', '--message', 'merge', 'feature');
  origin.git('update-ref', 'refs/pull/7/merge', 'HEAD');
  origin.git('checkout', '--quiet', 'main');
  const checkout = new TestRepository(join(folder.path, 'checkout'));
  checkout.git('remote', 'add', 'origin', `file://${origin.root}`);
  checkout.git('fetch', '--quiet', '--depth=1', 'origin', '+refs/pull/7/merge:refs/remotes/pull/7/merge');
  checkout.git('checkout', '--quiet', '--detach', 'refs/remotes/pull/7/merge');
  assert.equal(await (await openRepository(checkout.root)).mergeBase('main'), tip);
});

test('commits that were never pushed do not keep a shallow clone from being deepened', async () => {
  await using folder = await temporaryFolder();
  const { origin, fork } = branched(join(folder.path, 'origin'));
  const clone = origin.clone(join(folder.path, 'clone'), '--depth=1', '--branch=feature');
  clone.commit({ 'new.sql': 'SELECT 1;' });
  assert.equal(await (await openRepository(clone.root)).mergeBase('main'), fork);
});

test('an ancestor out of sight of a shallow clone is found', async () => {
  await using folder = await temporaryFolder();
  const origin = new TestRepository(join(folder.path, 'origin'));
  const before = origin.commits(2);
  const push = origin.commits(4);
  const clone = origin.clone(join(folder.path, 'clone'), '--depth=1');
  const repository = await openRepository(clone.root);
  assert.equal(await repository.mergeBase('HEAD~4'), before);
  assert.equal(await repository.head(), push);
});

test('a commit that only origin has is fetched by its hash', async () => {
  await using folder = await temporaryFolder();
  const origin = new TestRepository(join(folder.path, 'origin'));
  const before = origin.commits(2);
  origin.commits(3);
  const clone = origin.clone(join(folder.path, 'clone'), '--depth=1');
  assert.equal(await (await openRepository(clone.root)).mergeBase(before), before);
});

test('an older common commit in sight does not hide the newer one out of sight', async () => {
  await using folder = await temporaryFolder();
  const origin = new TestRepository(join(folder.path, 'origin'));
  const old = origin.commits(1);
  const fork = origin.commits(5);
  origin.git('checkout', '--quiet', '-b', 'feature');
  origin.commits(5);
  // both tips reach the old commit in one step through a merge, the fork only in many
  for (const branch of ['main', 'feature']) {
    origin.git('checkout', '--quiet', branch);
    origin.git('checkout', '--quiet', '-b', `side-${branch}`, old);
    origin.commit();
    origin.git('checkout', '--quiet', branch);
    origin.git('merge', '--quiet', '--no-ff', '--message', 'merge', `side-${branch}`);
  }
  const clone = origin.clone(join(folder.path, 'clone'), '--depth=3', '--branch=feature', '--no-single-branch');
  assert.equal(clone.git('merge-base', 'HEAD', 'origin/main'), old, 'what git says of the shallow clone');
  assert.equal(await (await openRepository(clone.root)).mergeBase('main'), fork);
});

test('histories without a common commit are an error, shallow or not', async () => {
  await using folder = await temporaryFolder();
  const { origin } = branched(join(folder.path, 'origin'));
  origin.git('checkout', '--quiet', '--orphan', 'other');
  origin.commit();
  const clone = origin.clone(join(folder.path, 'clone'), '--depth=1', '--branch=other');
  for (const root of [origin.root, clone.root])
    await assert.rejects(
      (await openRepository(root)).mergeBase('main'),
      known(/^What is checked out and main have no/),
    );
});

test('a ref that exists nowhere is an error, and no name is taken for an option or a pattern', async () => {
  await using folder = await temporaryFolder();
  const { origin } = branched(join(folder.path, 'origin'));
  const clone = origin.clone(join(folder.path, 'clone'));
  for (const ref of ['mian', '--all', '*', 'a:b', '--upload-pack=touch /tmp/x', 'main~99', '0'.repeat(40), '']) {
    const wanted = (await openRepository(clone.root)).mergeBase(ref);
    await assert.rejects(wanted, known(/^There is no branch, tag or commit called/), ref);
  }
});

test('an origin that cannot be reached is named as the reason', async () => {
  await using folder = await temporaryFolder();
  const { origin } = branched(join(folder.path, 'origin'));
  const clone = origin.clone(join(folder.path, 'clone'), '--depth=1', '--branch=feature');
  clone.git('remote', 'set-url', 'origin', join(folder.path, 'nowhere'));
  const repository = await openRepository(clone.root);
  await assert.rejects(repository.mergeBase('main'), known(/^The base cannot be reached: .*nowhere/));
  await assert.rejects(repository.mergeBase('HEAD~2'), known(/^The base cannot be reached/));
});

test('a repository without commits has no head and no base', async () => {
  await using folder = await temporaryFolder();
  const repository = await openRepository(new TestRepository(folder.path).root);
  assert.equal(await repository.head(), undefined);
  assert.equal(await repository.defaultBase(), undefined);
  await assert.rejects(repository.mergeBase('main'), known(/no commit yet/));
});

test('an abort ends the search', async () => {
  await using folder = await temporaryFolder();
  const { origin } = branched(join(folder.path, 'origin'));
  const abort = new AbortController();
  const repository = await openRepository(origin.root, abort.signal);
  abort.abort(new Error('enough'));
  await assert.rejects(repository.mergeBase('main'), /enough/);
});

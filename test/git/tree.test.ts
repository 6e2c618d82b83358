import assert from 'node:assert/strict';
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openRepository } from '../../src/git/repository.ts';
import { GitError, git } from '../../src/git/run.ts';
import { workTree } from '../../src/git/worktree.ts';
import { KnownError } from '../../src/model/error.ts';
import type { Tree } from '../../src/model/migration.ts';
import { TestRepository, temporaryFolder } from './support.ts';

/** The same files as work tree and as commit. */
async function bothTrees(root: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<Tree[]> {
  const commit = new TestRepository(root).commit(files);
  const repository = await openRepository(root);
  return [repository.workTree, repository.at(commit)];
}

test('both trees list files, sorted, and read them as they are', async () => {
  await using folder = await temporaryFolder();
  const files = { 'db/2 é.sql': 'zwei', 'db/10\n.sql': 'ten\r\nlines', 'db/deep/a.sql': '', 'README.md': '#' };
  new TestRepository(folder.path).write({ ...files, 'node_modules/x/1_a.sql': 'x', '.gitignore': 'node_modules' });
  symlinkSync('db', join(folder.path, 'also'));
  for (const tree of await bothTrees(folder.path, { 'tool.sh': '' })) {
    assert.deepEqual(await tree.list(''), [
      '.gitignore',
      'README.md',
      'db/10\n.sql',
      'db/2 é.sql',
      'db/deep/a.sql',
      'tool.sh',
    ]);
    assert.deepEqual(await tree.list('db'), ['db/10\n.sql', 'db/2 é.sql', 'db/deep/a.sql']);
    assert.deepEqual(await tree.list('d'), [], 'part of a name is no folder');
    assert.deepEqual(await tree.list('README.md'), []);
    assert.deepEqual(await tree.read(['db/10\n.sql', 'db/deep/a.sql', 'db/2 é.sql']), [
      { path: 'db/10\n.sql', text: 'ten\r\nlines' },
      { path: 'db/deep/a.sql', text: '' },
      { path: 'db/2 é.sql', text: 'zwei' },
    ]);
    assert.deepEqual(await tree.read([]), []);
  }
});

test('a link counts as the file of the repository it leads to; one that leads elsewhere is refused', async () => {
  await using folder = await temporaryFolder();
  const links = {
    in: '../shared/x.sql',
    out: '/etc/hostname',
    up: '../../x.sql',
    nowhere: 'y.sql',
    git: '../.git/HEAD',
  };
  new TestRepository(folder.path).write({ 'shared/x.sql': 'SELECT 1;', 'db/.keep': '' });
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folder.path, 'db', name));
  for (const tree of await bothTrees(folder.path, {})) {
    assert.deepEqual(await tree.list('db'), ['db/.keep', 'db/git', 'db/in', 'db/nowhere', 'db/out', 'db/up']);
    assert.deepEqual(await tree.read(['db/in']), [{ path: 'db/in', text: 'SELECT 1;' }]);
    for (const name of ['out', 'up', 'nowhere', 'git'])
      await assert.rejects(tree.read([`db/${name}`]), refused({ path: `db/${name}` }, /symbolic link that leads/));
  }
});

test('what lies in a submodule belongs to that', async () => {
  await using folder = await temporaryFolder();
  new TestRepository(join(folder.path, 'other')).commit({ 'm/1_a.sql': '' });
  const repository = new TestRepository(join(folder.path, 'repo'));
  repository.commit({ '1.sql': '' });
  repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', '../other', 'sub');
  for (const tree of await bothTrees(repository.root, {})) {
    assert.deepEqual(await tree.list(''), ['.gitmodules', '1.sql']);
    assert.deepEqual(await tree.list('sub'), []);
  }
  const inside = await openRepository(join(repository.root, 'sub'));
  assert.deepEqual(await inside.workTree.list(''), ['m/1_a.sql']);
});

test('a commit is read as it was, whatever became of the work tree', async () => {
  await using folder = await temporaryFolder();
  const repository = new TestRepository(folder.path);
  const first = repository.commit({ '1.sql': 'before', '2.sql': 'gone' });
  repository.git('rm', '--quiet', '2.sql');
  repository.commit({ '1.sql': 'after' });
  chmodSync(join(folder.path, '1.sql'), 0o755);
  const tree = (await openRepository(folder.path)).at(first);
  assert.equal(tree.label, first.slice(0, 9));
  assert.deepEqual(
    (await tree.read(await tree.list(''))).map(({ text }) => text),
    ['before', 'gone'],
  );
});

test('a byte order mark is told and left out', async () => {
  await using folder = await temporaryFolder();
  for (const tree of await bothTrees(folder.path, { '1.sql': '\uFEFFSELECT 1;' }))
    assert.deepEqual(await tree.read(['1.sql']), [{ path: '1.sql', text: 'SELECT 1;', byteOrderMark: true }]);
});

test('a file that is not UTF-8 is named with the line', async () => {
  await using folder = await temporaryFolder();
  const utf16 = Buffer.from('\uFEFFSELECT 1;', 'utf16le');
  const latin1 = Buffer.from("-- é\nSELECT 'é';\n", 'latin1');
  const files = {
    'latin.sql': Buffer.concat([Buffer.from('-- ok é\r\n\r\n'), latin1]),
    'utf16.sql': utf16,
    'nul.sql': 'a\n\0',
  };
  for (const tree of await bothTrees(folder.path, files)) {
    await assert.rejects(
      tree.read(['latin.sql']),
      refused({ path: 'latin.sql', line: 3 }, 'Line 3 is not UTF-8 text.'),
    );
    await assert.rejects(
      tree.read(['utf16.sql']),
      refused({ path: 'utf16.sql', line: 1 }, 'The file is UTF-16, not UTF-8.'),
    );
    await assert.rejects(tree.read(['nul.sql']), refused({ path: 'nul.sql', line: 2 }, 'Line 2 is not UTF-8 text.'));
    await assert.rejects(
      tree.read(['absent.sql']),
      refused({ path: 'absent.sql' }, /^Cannot read the file: it is not there/),
    );
  }
});

const refused = (place: KnownError['place'], message: string | RegExp) => (error: unknown) => {
  assert.ok(error instanceof KnownError);
  assert.deepEqual(error.place, place);
  assert.match(error.message, typeof message === 'string' ? new RegExp(`^${message}$`) : message);
  return true;
};

test('five thousand files and a file of two megabytes are read', async () => {
  await using folder = await temporaryFolder();
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`m/${index}.sql`, `SELECT ${index};`]));
  const big = { 'big.sql': `${'-- a line of a big file\n'.repeat(90_000)}é` };
  for (const tree of await bothTrees(folder.path, { ...many, ...big })) {
    const read = await tree.read(await tree.list(''));
    assert.equal(read.length, 5001);
    assert.equal(read.find(({ path }) => path === 'm/4321.sql')?.text, 'SELECT 4321;');
    assert.equal(read[0]?.text.length, 24 * 90_000 + 1);
  }
});

test('a repository is found from a folder inside it, and a folder outside is an error', async () => {
  await using folder = await temporaryFolder();
  const root = join(folder.path, 'repo');
  new TestRepository(root).commit({ 'a/b/1.sql': '' });
  assert.equal((await openRepository(join(root, 'a/b'))).root, root);
  for (const path of [folder.path, join(root, '.git')])
    await assert.rejects(
      openRepository(path),
      (error) => error instanceof KnownError && /is not in a git work tree/.test(error.message),
    );
  await assert.rejects(openRepository(join(folder.path, 'nowhere')), (error) => error instanceof KnownError);
});

test('a repository of another owner gets the command that trusts it', async (t) => {
  if (process.getuid?.() !== 0) return t.skip('only root can give files away');
  await using folder = await temporaryFolder();
  const repository = new TestRepository(folder.path);
  repository.commit({ '1.sql': '' });
  repository.git('config', 'user.name', 'x');
  const { chownSync } = await import('node:fs');
  chownSync(folder.path, 65534, 65534);
  chownSync(join(folder.path, '.git'), 65534, 65534);
  await assert.rejects(openRepository(folder.path), (error) => {
    assert.ok(error instanceof KnownError);
    assert.match(error.message, /because another user owns it/);
    assert.ok(error.help?.includes(`git config --global --add safe.directory '${folder.path}'`));
    return true;
  });
});

test('git does not follow the surroundings to another repository, and an abort ends it', async () => {
  await using folder = await temporaryFolder();
  const [here, there] = ['here', 'there'].map((name) => new TestRepository(join(folder.path, name)));
  assert.ok(here && there);
  process.env.GIT_DIR = join(there.root, '.git');
  try {
    assert.equal((await openRepository(here.root)).root, here.root);
  } finally {
    delete process.env.GIT_DIR;
  }
  await assert.rejects(git(here.root, ['no-such-command']), GitError);
  const abort = new AbortController();
  const waiting = git(here.root, ['-c', 'alias.wait=!sleep 60', 'wait'], { signal: abort.signal });
  abort.abort(new Error('enough'));
  await assert.rejects(waiting, /enough/);
  await assert.rejects(workTree(here.root, abort.signal).list(''), /enough/);
});

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { KnownError } from '../../src/model/error.ts';
import { Missing, StoreFailed } from '../../src/model/store.ts';
import { openStore } from '../../src/stores/index.ts';

const { signal } = new AbortController();
const options = { notice: () => {} };

async function freshFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'lockkeeper-store-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

async function keysAt(path: string): Promise<string[]> {
  return (await Array.fromAsync((await openStore(path, options)).list(''))).map(({ key }) => key);
}

test('a folder that is not there, or is none', async () => {
  await using folder = await freshFolder();
  await writeFile(join(folder.path, 'file'), '');
  const cases: [string, RegExp, RegExp?][] = [
    ['none', /none cannot be used: it is not there/, /mkdir -m 700 '.*none'\), or mount/],
    ['file', /file cannot be used: a part of its path is a file/],
    ['file/x', /x cannot be used: a part of its path is a file/],
  ];
  for (const [name, message, help] of cases)
    await assert.rejects(openStore(join(folder.path, name), options), (error) => {
      assert.ok(error instanceof KnownError && error.reason === 'unreachable');
      assert.match(error.message, message);
      if (help) assert.match(error.help ?? '', help);
      return true;
    });
});

test('a store may be reached by a link, but links in it are not followed', async () => {
  await using folder = await freshFolder();
  await using outside = await freshFolder();
  await writeFile(join(outside.path, 'secret'), 'x');
  await symlink(folder.path, join(outside.path, 'store'));
  const store = await openStore(join(outside.path, 'store'), options);
  assert.equal(await store.create('a/b', Buffer.from('x'), { signal }), true);
  await symlink(outside.path, join(folder.path, 'way'));
  await symlink(join(outside.path, 'secret'), join(folder.path, 'a/file'));

  assert.deepEqual(await keysAt(folder.path), ['a/b']);
  await assert.rejects(store.create('way/new', Buffer.from('x'), { signal }), /symbolic link/);
  await assert.rejects(store.remove(['way/secret']), /symbolic link/);
  await assert.rejects(Array.fromAsync(store.read('way/secret', signal)), /symbolic link/);
  await assert.rejects(Array.fromAsync(store.read('a/file', signal)), KnownError);
  assert.equal(await store.create('a/file', Buffer.from('y'), { signal }), false);
  assert.deepEqual((await readdir(outside.path)).sort(), ['secret', 'store']);
});

test('files that others put there are listed, folders in the way are told', async () => {
  await using folder = await freshFolder();
  await mkdir(join(folder.path, 'by hand'));
  await writeFile(join(folder.path, 'by hand/old.dump'), 'PGDMP');
  const store = await openStore(folder.path, options);
  assert.deepEqual(await keysAt(folder.path), ['by hand/old.dump']);
  await assert.rejects(
    store.create('by hand/old.dump/x', Buffer.from('x'), { signal }),
    /a part of its path is a file/,
  );
  await assert.rejects(Array.fromAsync(store.read('by hand/old.dump/x', signal)), Missing);
  await assert.rejects(store.create(`${'x'.repeat(250)}`, Buffer.from('x'), { signal }), /name is too long/);
  await assert.rejects(store.remove(['by hand']), KnownError);
  assert.deepEqual(await keysAt(folder.path), ['by hand/old.dump']);
});

/** As a user who is not root: root may do everything. */
function asNobody(script: string): { status: number | null; stderr: string } {
  const code = `import { openStore } from ${JSON.stringify(join(import.meta.dirname, '../../src/stores/index.ts'))};
    process.umask(0);
    ${process.getuid?.() === 0 ? 'process.setgroups([]); process.setgid(65534); process.setuid(65534);' : ''}
    try { ${script} } catch (error) { console.error(error.name, error.reason, error.message); process.exitCode = 1; }`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
}

test('a folder that may not be read or written', async () => {
  await using folder = await freshFolder();
  const { path } = folder;
  const writing = `const store = await openStore(${JSON.stringify(path)}, { notice() {} });
    await store.create('x', Buffer.from('x'), new AbortController());`;
  await chmod(path, 0o555);
  assert.match(asNobody(writing).stderr, /KnownError unreachable .* cannot write x: the user .* may not/);
  await chmod(path, 0o000);
  assert.match(asNobody(writing).stderr, /KnownError unreachable .* cannot be used: the user .* may not/);
  await chmod(path, 0o777);
  assert.deepEqual([asNobody(writing).status, await keysAt(path)], [0, ['x']]);
  assert.equal((await stat(join(path, 'x'))).mode & 0o777, 0o600, 'whatever the umask');
});

/** A file system of a megabyte, where one may be mounted: as root, by sudo, or in a namespace of one's own. */
function onFullDisk(script: string): string | undefined {
  const path = mountPoint();
  const inner = `mount -t tmpfs -o size=1m none '${path}' && '${process.execPath}' --input-type=module -e "$SCRIPT" '${path}'`;
  for (const [program, ...args] of [
    ['unshare', '-m'],
    ['sudo', '-n', '-E', 'unshare', '-m'],
    ['unshare', '-rm'],
  ] as const) {
    const done = spawnSync(program, [...args, 'sh', '-c', inner], {
      encoding: 'utf8',
      env: { ...process.env, SCRIPT: script },
    });
    if (done.status === 0) return done.stdout;
  }
  return undefined;
}

function mountPoint(): string {
  return execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim();
}

test('a full disk: told, and nothing is left', (context) => {
  const output = onFullDisk(`
    import { readdirSync } from 'node:fs';
    import { openStore } from ${JSON.stringify(join(import.meta.dirname, '../../src/stores/index.ts'))};
    const path = process.argv[1];
    const store = await openStore(path, { notice() {} });
    async function* content() { for (;;) yield Buffer.alloc(100_000); }
    const error = await store.write('a/b', content(), new AbortController()).catch((error) => error);
    console.log(error.name, error.reason, error.message.replace(path, 'PATH'), JSON.stringify(readdirSync(path + '/a')));
  `);
  if (output === undefined) return context.skip('no file system may be mounted here');
  assert.equal(output.trim(), 'KnownError unreachable The store PATH cannot write a/b: there is no space left. []');
});

test('a folder that goes while something is written to it has served, and then no more', async (test) => {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-store-'));
  test.after(() => Promise.all([folder, `${folder}.away`].map((path) => rm(path, { recursive: true, force: true }))));
  const store = await openStore(folder, { notice: () => {} });
  async function* content() {
    yield Buffer.from('first');
    await rename(folder, `${folder}.away`);
    yield Buffer.from('last');
  }
  await assert.rejects(store.write('a/b', content(), { signal: new AbortController().signal }), StoreFailed);
});

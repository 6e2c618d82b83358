import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { test } from 'node:test';
import { program } from '../../support/program.ts';
import { filesIn, needsClients, people, type Scene, scene } from './scene.ts';

const root = process.getuid?.() === 0;

/** Makes the store a file system of its own for as long as it is used; undefined where one may not. */
function mounted(store: string): Disposable | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', store], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return { [Symbol.dispose]: () => void execFileSync('umount', ['--lazy', store]) };
}

const bulk = `CREATE TABLE bulk AS SELECT g, md5(g::text) || md5((g + 1)::text) AS text FROM generate_series(1, 60000) g`;
const words = ['backup', '--compression', 'none'];

test('a disk that is full: exit 8, and nothing is left', {
  ...needsClients,
  ...(!root && { skip: 'only root mounts' }),
}, async (test) => {
  const there = await scene(test, bulk);
  using disk = mounted(there.store);
  if (!disk) return test.skip('no file system can be mounted here');
  const { status, stderr } = await there.run(words);
  assert.match(stderr, /cannot write .*: there is no space left\.\nNothing of the backup is left\./);
  assert.equal(status, 8);
  assert.deepEqual(await filesIn(there.store), []);
  await there.session.send('TRUNCATE bulk');
  await there.backUp();
});

/** Runs the program where no file may be larger than so many blocks of 1,024 bytes. */
async function limited({ env }: Scene, blocks: number) {
  const script = `ulimit -f ${blocks}; exec "$@"`;
  const child = spawn('bash', ['-c', script, 'sh', process.execPath, program, ...words], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [status]] = await Promise.all([Array.fromAsync(child.stderr), once(child, 'exit')]);
  return { status, stderr: said.join('') };
}

test('a file that would be larger than a limit allows: exit 8, and nothing is left', needsClients, async (test) => {
  const there = await scene(test, bulk);
  const { status, stderr } = await limited(there, 2000);
  assert.match(stderr, /cannot write .*: it would be larger than the file system or a limit allows/);
  assert.equal(status, 8, stderr);
  assert.deepEqual(await filesIn(there.store), []);
});

test('a folder that cannot be written: exit 3', needsClients, async (test) => {
  const there = await scene(test, people);
  using disk = root ? mounted(there.store) : undefined;
  if (disk) execFileSync('mount', ['-o', 'remount,ro', there.store]);
  else if (root) return test.skip('no file system can be mounted here');
  else await chmod(there.store, 0o500);
  const { status, stderr } = await there.run(['backup']);
  assert.match(
    stderr,
    /The store .* cannot write .*: (the file system is read-only|the user that runs Lockkeeper may not)/,
  );
  assert.equal(status, 3);
  assert.deepEqual(await filesIn(there.store), []);
});

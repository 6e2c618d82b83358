import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { KnownError } from '../../../src/model/error.ts';
import { findClients, newestClients } from '../../../src/postgres/dump/clients.ts';

const programs = ['pg_dump', 'pg_dumpall', 'pg_restore', 'psql'];

async function folderOf(test: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-clients-'));
  test.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder of programs, of which pg_dump says this version. */
async function clientsOf(folder: string, version: string, { names = programs, script = '' } = {}): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const name of names) {
    await writeFile(join(folder, name), `#!/bin/sh\n${script || `echo "${name} (PostgreSQL) ${version}"`}\n`);
    await chmod(join(folder, name), 0o755);
  }
  return folder;
}

/** Sets the PATH for one test; Docker is not on it. Majors of 90 and more are on no machine. */
function path(test: TestContext, ...folders: readonly string[]): void {
  const { PATH } = process.env;
  process.env.PATH = folders.join(delimiter);
  test.after(() => {
    process.env.PATH = PATH;
  });
}

test('of those on the PATH: the same major, else the next one; the newest minor', async (test) => {
  const folder = await folderOf(test);
  const [old, first, second, newest] = await Promise.all([
    clientsOf(join(folder, 'old'), '91.9'),
    clientsOf(join(folder, 'first'), '93.2'),
    clientsOf(join(folder, 'second'), '93.10 (Ubuntu 93.10-1.pgdg24.04+1)'),
    clientsOf(join(folder, 'newest'), '95beta1'),
  ]);
  path(test, ...[old, first, second, newest], '/bin');
  const found = await Promise.all([90, 91, 92, 93, 94].map((major) => findClients(major)));
  assert.deepEqual(
    found.map(({ version }) => version),
    ['91.9', '91.9', '93.10', '93.10', '95beta1'],
  );
  assert.deepEqual(found[3]?.command('psql'), [join(second, 'psql')]);
  assert.equal((await newestClients()).from, newest);
});

test('programs that a dump flows through have larger buffers, where they still say the same', async (test) => {
  const folder = await folderOf(test);
  const plain = await clientsOf(join(folder, 'plain'), '93.2');
  // as where the loader can use the library for the one program, and not for the other
  const script = '[ -z "$LD_PRELOAD" ] || echo "cannot be preloaded: ignored" >&2; echo "pg_dump (PostgreSQL) 94.2"';
  const odd = await clientsOf(join(folder, 'odd'), '', { script });
  path(test, plain, odd, '/usr/bin', '/bin');
  const [first, second] = await Promise.all([findClients(93), findClients(94)]);
  const larger = process.platform === 'linux' ? ['stdbuf', '--input=128K', '--output=128K'] : [];
  assert.deepEqual(first.command('pg_dump'), [...larger, join(plain, 'pg_dump')]);
  assert.deepEqual(first.command('pg_restore'), [...larger, join(plain, 'pg_restore')]);
  assert.deepEqual(first.command('psql'), [join(plain, 'psql')]);
  assert.deepEqual(second.command('pg_dump'), [join(odd, 'pg_dump')]);
  path(test, plain);
  assert.deepEqual((await findClients(93)).command('pg_dump'), [join(plain, 'pg_dump')], 'there is no stdbuf');
});

test('a PATH with odd entries', async (test) => {
  const folder = await folderOf(test);
  const good = await clientsOf(join(folder, 'with space'), '94.1');
  await writeFile(join(folder, 'file'), '');
  await symlink(good, join(folder, 'link'));
  const incomplete = await clientsOf(join(folder, 'incomplete'), '94.2', { names: ['pg_dump', 'psql'] });
  const broken = await clientsOf(join(folder, 'broken'), '', { script: 'echo no such library >&2; exit 127' });
  const chatty = await clientsOf(join(folder, 'chatty'), '', { script: 'echo hello' });
  const odd = ['', '.', 'bin', '~/bin', join(folder, 'nowhere'), join(folder, 'file')];
  path(test, ...odd, incomplete, broken, chatty, good, join(folder, 'link'), '/bin');
  assert.equal((await findClients(94)).from, good);
});

test('programs in the folder that one happens to stand in are not run', async (test) => {
  const folder = await folderOf(test);
  await clientsOf(join(folder, 'bin'), '99.1');
  const before = process.cwd();
  process.chdir(folder);
  test.after(() => process.chdir(before));
  path(test, 'bin', './bin', '/bin');
  await assert.rejects(findClients(99), /There are no client programs/);
});

test('none that fit: what there is, why Docker is no way, and what to do', async (test) => {
  const folder = await folderOf(test);
  const old = await clientsOf(join(folder, 'old'), '98.3');
  path(test, old);
  await assert.rejects(findClients(99), (error: KnownError) => {
    assert.equal(error.reason, 'unreachable');
    assert.equal(error.message, 'There are no client programs (pg_dump, pg_restore, psql) for PostgreSQL 99.');
    assert.match(error.help ?? '', new RegExp(`Too old: .*98\\.3 in ${old}.*\\.\nDocker: not installed`));
    return true;
  });
});

const wrong: Readonly<Record<string, { make: (folder: string) => Promise<string>; says: RegExp }>> = {
  'that is not there': {
    make: async (folder) => join(folder, 'nowhere'),
    says: /nowhere cannot be used: it is not there/,
  },
  'that is a program': {
    make: async (folder) => join(await clientsOf(folder, '99.1'), 'pg_dump'),
    says: /pg_dump cannot be used: it is no folder/,
  },
  'without pg_dump': { make: async (folder) => folder, says: /there is no pg_dump that can be started/ },
  'without pg_restore': {
    make: (folder) => clientsOf(folder, '99.1', { names: ['pg_dump', 'pg_dumpall'] }),
    says: /there is no pg_restore that can be started/,
  },
  'whose pg_dump does not start': {
    make: (folder) =>
      clientsOf(folder, '', { script: 'echo "libpq.so.5: cannot open shared object file" >&2; exit 127' }),
    says: /pg_dump does not start: libpq\.so\.5: cannot open/,
  },
  'whose pg_dump is something else': {
    make: (folder) => clientsOf(folder, '', { script: 'echo "pg_dump (Other) 3"' }),
    says: /its pg_dump says it is "pg_dump \(Other\) 3"/,
  },
};

for (const [name, { make, says }] of Object.entries(wrong))
  test(`a named folder ${name}`, async (test) => {
    const folder = await make(await folderOf(test));
    for (const find of [() => findClients(12, folder), () => newestClients(folder)])
      await assert.rejects(find, (error: KnownError) => says.test(error.message) && error.reason === 'unreachable');
  });

test('a named folder with an older major', async (test) => {
  const folder = await clientsOf(await folderOf(test), '16.4');
  await assert.rejects(findClients(17, folder), ({ help }: KnownError) =>
    /^Too old: 16\.4 in .*\.\nDocker: not looked for, as a folder is named/.test(help ?? ''),
  );
});

test('a wrapper that chooses by cluster is asked as it is run: for a host', async (test) => {
  // as Debian's pg_wrapper does, postgresql-common
  const script = `if [ -n "\${PGHOST+x}" ]; then echo "pg_dump (PostgreSQL) 97.1"; else echo "pg_dump (PostgreSQL) 93.1"; fi`;
  const folder = await clientsOf(await folderOf(test), '', { script });
  assert.equal((await findClients(94, folder)).major, 97);
});

test('what is ended while it is asked ends', async (test) => {
  path(test, '/bin');
  const signal = AbortSignal.abort(new Error('enough'));
  await assert.rejects(findClients(99, undefined, { signal }), /enough/);
});

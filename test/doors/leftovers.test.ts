import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../src/postgres/connect.ts';
import { programsOf } from '../servers/own.ts';
import { newest, oldest, type TestServer } from '../support/postgres.ts';
import { program } from '../support/program.ts';

/** Checks that are ended before they end. */
const checks = Number(process.env.LOCKKEEPER_TEST_INTERRUPTS ?? 15);

/** In the names of everything that these checks make on shared servers. */
const key = `left_${randomBytes(4).toString('hex')}`;

const history = {
  '000001_roles.up.sql': `CREATE ROLE ${key}_app; CREATE TABLE t (id int); GRANT SELECT ON t TO ${key}_app;`,
  '000002_more.up.sql': Array.from({ length: 40 }, (_, n) => `CREATE TABLE t${n} (id int PRIMARY KEY);`).join('\n'),
  '000003_index.up.sql': 'CREATE INDEX CONCURRENTLY t_id ON t (id);',
  '000004_roles.up.sql': `DO $$ BEGIN CREATE ROLE ${key}_reader IN ROLE ${key}_app; END $$; ALTER TABLE t ADD x int;
    ALTER ROLE ${key}_app SET work_mem = '5MB';`,
  '000005_slow.up.sql': 'SELECT pg_sleep(0.2);',
};

let folder = '';
let programs = '';

before(async () => {
  programs = await programsOf(newest);
  folder = await mkdtemp(join(tmpdir(), 'lk-left-'));
  await chmod(folder, 0o1777); // as /tmp: another user than root runs the server
  await mkdir(join(folder, 'project', 'migrations'), { recursive: true });
  for (const [name, sql] of Object.entries(history)) await writeFile(join(folder, 'project', 'migrations', name), sql);
  await mkdir(join(folder, 'tmp'));
  await chmod(join(folder, 'tmp'), 0o1777);
});

after(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly status: number | null;
  readonly milliseconds: number;
  readonly output: string;
}

/** Runs a check and, where a signal is given, sends it after the delay. */
async function check(options: Readonly<Record<string, string>>, signal?: NodeJS.Signals, delay = 0): Promise<Ended> {
  const flags = Object.entries({ 'applied-through': '2', ...options }).flatMap(([name, value]) => [`--${name}`, value]);
  const args = [program, 'check', '--working-directory', join(folder, 'project'), '--fail-on', 'never', ...flags];
  const env = { PATH: `${programs}:${process.env.PATH}`, HOME: process.env.HOME, TMPDIR: join(folder, 'tmp') };
  const start = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  const timer = signal && setTimeout(() => child.kill(signal), delay);
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  return { status, milliseconds: performance.now() - start, output };
}

/**
 * A full check, then interrupted ones, at moments spread over the time that the full one took: first those that can
 * clear up after themselves, each looked at by itself, then the killed ones.
 */
async function interrupted(count: number, options: Readonly<Record<string, string>>, inspect: () => Promise<void>) {
  const full = await check(options);
  assert.equal(full.status, 0, full.output);
  await inspect();
  const asked = Math.ceil((count * 2) / 3);
  for (let round = 0; round < count; round += 1) {
    const signal = round >= asked ? 'SIGKILL' : round % 2 === 0 ? 'SIGINT' : 'SIGTERM';
    const moment = ((round * 0.618 + 0.5) % 1) * 1.05;
    const { status, output } = await check(options, signal, moment * full.milliseconds);
    if (signal === 'SIGKILL') continue;
    assert.ok([0, 130, 143, null].includes(status), output);
    await inspect();
  }
}

describe(`${checks} checks, ended at any moment in any way, leave nothing`, () => {
  const share = Math.ceil(checks / 4);

  for (const options of [
    { server: 'embedded', postgres: '15' },
    { server: 'binaries', postgres: `${newest.major}` },
  ]) {
    test(`no process and no folder of a server of our own: ${options.server}`, async () => {
      await interrupted(share, options, nothingHere);
      await nothingHere();
    });
  }

  for (const server of [oldest, newest]) {
    test(`no database, role or session on a lent PostgreSQL ${server.major}`, async (context) => {
      const lender = `${key}_lender_${server.major}`;
      await administer(server, `CREATE ROLE ${lender} LOGIN CREATEDB CREATEROLE`);
      const { host, port } = server.address;
      const url = `postgresql://${lender}@/postgres?host=${encodeURIComponent(host)}&port=${port}`;
      try {
        const options = { server: 'existing', 'server-url': url };
        await interrupted(share, options, () => nothingOn(server, lender));
        await withoutSessions(server, lender);
        context.diagnostic(`left by killed checks: ${(await leftOn(server, lender)).join(', ') || 'nothing'}`);
        assert.equal((await check(options)).status, 0); // sweeps up what killed ones left
        await nothingOn(server, lender);
        await nothingHere();
      } finally {
        // where something is left, that is what is to be told
        await administer(server, `DROP ROLE ${lender}`).catch(() => {});
      }
      assert.deepEqual(await leftOn(server, lender), []);
    });
  }
});

/** The guardian of a killed check takes a moment. */
async function nothingHere(): Promise<void> {
  const temporary = join(folder, 'tmp');
  for (let attempt = 0; attempt < 300 && (await readdir(temporary)).length > 0; attempt += 1) await sleep(100);
  assert.deepEqual(await readdir(temporary), []);
  const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
  assert.deepEqual(
    processes.filter((line) => line.includes(temporary)),
    [],
  );
}

async function nothingOn(server: TestServer, lender: string): Promise<void> {
  await withoutSessions(server, lender);
  assert.deepEqual(await leftOn(server, lender), []);
}

/** Names of databases and roles. */
async function leftOn(server: TestServer, lender: string): Promise<readonly string[]> {
  await using session = await connect(server.address);
  const left = await session.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba WHERE rolname = $1
      UNION ALL SELECT rolname FROM pg_roles WHERE rolname LIKE $2 AND rolname NOT LIKE '%lender%'`,
    [lender, `${key}%`],
  );
  return left.map(({ name }) => name);
}

/** The server notices a moment later that a killed client is gone. */
async function withoutSessions(server: TestServer, lender: string): Promise<void> {
  await using session = await connect(server.address);
  const sessions = () => session.query('SELECT query FROM pg_stat_activity WHERE usename = $1', [lender]);
  for (let attempt = 0; attempt < 300 && (await sessions()).length > 0; attempt += 1) await sleep(50);
  assert.deepEqual(await sessions(), []);
}

async function administer(server: TestServer, sql: string): Promise<void> {
  await using session = await connect(server.address);
  await session.send(sql);
}

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { KnownError } from '../../src/model/error.ts';
import type { Server } from '../../src/model/server.ts';
import { connect } from '../../src/postgres/connect.ts';
import { provider } from '../../src/servers/existing.ts';
import { newest, servers, type TestServer } from '../support/postgres.ts';
import { program } from '../support/program.ts';
import { encryptedOnly, pooler } from './fronts.ts';
import { ownServer } from './own.ts';
import { standby } from './standby.ts';

const { signal } = new AbortController();
const progress = { step: () => {} };

const open = (url: string, major?: number): Promise<Server> =>
  provider.open({ url, signal, progress, ...(major && { major }) });

/** A URL of the server with other parts in the place of its own. */
function urlOf(
  { address }: Pick<TestServer, 'address'>,
  parts: Partial<Record<'user' | 'database' | 'more', string>> = {},
): string {
  const { user = address.user, database = address.database, more = '' } = parts;
  return `postgresql://${user}@/${database}?host=${encodeURIComponent(address.host)}&port=${address.port}${more}`;
}

async function refusalOf(url: string, major?: number): Promise<string> {
  try {
    await open(url, major);
  } catch (error) {
    assert.ok(error instanceof KnownError, String(error));
    return `${error.reason}: ${error.message} ${error.help ?? ''}`;
  }
  return 'opened';
}

async function withRole<T>(server: TestServer, attributes: string, work: (role: string) => Promise<T>): Promise<T> {
  const role = `Who's #${randomBytes(4).toString('hex')}`;
  await using session = await connect(server.address);
  await session.send(`CREATE ROLE "${role}" LOGIN ${attributes}`);
  try {
    await session.send(attributes.includes('CREATEDB') ? `ALTER ROLE "${role}" SET work_mem = '5MB'` : '');
    return await work(role);
  } finally {
    await session.send(`DROP ROLE "${role}"`);
  }
}

test('what is wrong with a URL is told, with what to do', async () => {
  const [user, elsewhere] = [encodeURIComponent('nobody at all'), 'no-such-host.invalid'];
  for (const [url, expected] of [
    [urlOf(newest, { user }), /^unreachable: .*role "nobody at all" does not exist/],
    [urlOf(newest, { database: 'nowhere' }), /^unreachable: .*database "nowhere" does not exist.*Check host, port/],
    [
      `postgresql://x@${elsewhere}/db`,
      /^unreachable: Cannot connect to PostgreSQL at no-such-host.invalid:5432: getaddrinfo/,
    ],
    ['postgresql://x@127.0.0.1:1/db', /^unreachable: .*ECONNREFUSED/],
    ['mysql://x@127.0.0.1/db', /^usage: .*does not begin with postgresql:/],
    ['postgresql://x@127.0.0.1:70000/db', /^usage: The URL of the server cannot be read/],
    [urlOf(newest, { more: '&sslmode=verify-ful' }), /^usage: The `sslmode`.*There is: disable, allow, prefer/],
  ] as const)
    assert.match(await refusalOf(url), expected);
});

test('a password with characters that are not percent-encoded is never taken for a host and shown', async () => {
  for (const password of ['sec@ret/x', 'sec/ret', 'sec#ret', 'sec?ret', '12/34sec', '12?34sec', '12#34sec', '%zzsec']) {
    const refusal = await refusalOf(`postgresql://app:${password}@127.0.0.1:1/db`);
    assert.match(refusal, /^usage: The URL of the server cannot be read|^unreachable: .*127\.0\.0\.1:1/, password);
    assert.doesNotMatch(refusal, /sec|ret|zz|34|:12/, password);
  }
});

test('a server of another major, or a role that may not create databases', async () => {
  assert.match(
    await refusalOf(urlOf(newest), newest.major - 1),
    new RegExp(`is PostgreSQL ${newest.major}, and .* asks for`),
  );
  const refusal = await withRole(newest, '', (role) => refusalOf(urlOf(newest, { user: encodeURIComponent(role) })));
  assert.match(refusal, /^unreachable: The role Who's #\w+ may not create databases\. .*CREATEDB/);
});

for (const server of servers) {
  test(`a role without more than CREATEDB, with a name of all sorts, on PostgreSQL ${server.major}`, () =>
    withRole(server, 'CREATEDB', async (role) => {
      await using opened = await open(urlOf(server, { user: encodeURIComponent(role) }), server.major);
      assert.deepEqual([opened.kind, opened.major, opened.lent], ['existing', server.major, true]);
      await using session = await connect(opened.address);
      const [row] = await session.query<{ name: string; memory: string }>(
        "SELECT current_user AS name, current_setting('work_mem') AS memory",
      );
      assert.deepEqual(row, { name: role, memory: '5MB' });
    }));
}

test('options and sslmode of the URL are heeded', async () => {
  const more = `&sslmode=disable&options=${encodeURIComponent('-c work_mem=7MB -c application_name=x')}`;
  await using opened = await open(urlOf(newest, { more }).replace('postgresql:', 'postgres:'));
  await using session = await connect(opened.address, signal, { synchronous_commit: 'off' });
  const [row] = await session.query(
    "SELECT current_setting('work_mem') AS a, current_setting('synchronous_commit') AS b",
  );
  assert.deepEqual(row, { a: '7MB', b: 'off' });
});

test('a read-only session and a standby', async () => {
  const more = `&options=${encodeURIComponent('-c default_transaction_read_only=on')}`;
  assert.match(await refusalOf(urlOf(newest, { more })), /^unreachable: The server is read-only/);
  await using replica = await standby(newest);
  assert.match(await refusalOf(urlOf(replica)), /^unreachable: The server is a standby/);
});

test('a pooler', async () => {
  await using front = await pooler(newest.address);
  const refusal = await refusalOf(`postgresql://${newest.address.user}@127.0.0.1:${front.port}/postgres`);
  assert.match(refusal, /^unreachable: The URL leads to a connection pooler/);
});

test('encrypted where the server can: without sslmode, and not with sslmode=disable', async () => {
  await using front = await encryptedOnly(newest.address);
  const url = `postgresql://${newest.address.user}@127.0.0.1:${front.port}/postgres`;
  await using opened = await open(url);
  assert.equal(opened.address.sslmode, 'require');
  assert.ok(front.sessions >= 2);
  assert.match(await refusalOf(`${url}?sslmode=disable`), /^unreachable: Cannot connect/);
  assert.match(await refusalOf(`${url}?sslmode=verify-full`), /^unreachable: .*self-signed certificate/);
});

test('passwords: a right one opens, a wrong one is refused, neither is ever printed', async () => {
  await using server = await ownServer(newest);
  await using session = await connect(server.address);
  const [password, wrong] = ['p@ss/w#rd? %&=:é', 'wr0ng&secret'];
  await session.send(`CREATE ROLE app LOGIN CREATEDB PASSWORD '${password}'`);
  const rules = `${server.address.host}/data/pg_hba.conf`;
  await writeFile(rules, `local all app scram-sha-256\n${await readFile(rules, 'utf8')}`);
  await session.query('SELECT pg_reload_conf()');
  const url = (secret: string) => urlOf(server, { user: `app:${encodeURIComponent(secret)}`, database: 'postgres' });
  await (await open(url(password)))[Symbol.asyncDispose]();
  assert.match(await refusalOf(url(wrong)), /^unreachable: .*password authentication failed for user "app"/);
  for (const secret of [password, wrong]) {
    for (const form of [url(secret), urlOf(server, { user: 'app', more: `&password=${encodeURIComponent(secret)}` })]) {
      const { status, stdout, stderr } = checkShop(form);
      assert.equal(status, secret === wrong ? 3 : 1, stderr);
      for (const part of [secret, encodeURIComponent(secret), wrong.slice(5), 'w#rd'])
        assert.ok(!`${stdout}${stderr}`.includes(part), `${stdout}${stderr}`);
    }
  }
});

function checkShop(url: string): { status: number | null; stdout: string; stderr: string } {
  const args = [
    program,
    'check',
    '--working-directory',
    'examples/shop',
    '--applied-through',
    '4',
    '--server',
    'existing',
  ];
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, LOCKKEEPER_SERVER_URL: url };
  return spawnSync(process.execPath, [...args, '--report-json', '-'], { env, encoding: 'utf8' });
}

import { randomBytes } from 'node:crypto';
import type { Address } from '../../src/model/server.ts';
import { type Connection, connect } from '../../src/postgres/connect.ts';

/** A PostgreSQL that the test run started (scripts/test.ts), shared by all test files. */
export interface TestServer {
  readonly major: number;
  readonly address: Address;
}

/** Servers of this run, oldest major first. */
export const servers: readonly TestServer[] = JSON.parse(process.env.LOCKKEEPER_TEST_SERVERS ?? '[]');
if (servers.length === 0)
  throw new Error('No test servers: run `npm test`, or `npm test -- test/one.test.ts` for one file.');

/** The server of this major. */
export function serverOf(major: number): TestServer {
  const server = servers.find((each) => each.major === major);
  if (!server) throw new Error(`This run has no PostgreSQL ${major}.`);
  return server;
}

export const oldest = servers[0] as TestServer;
export const newest = servers.at(-1) as TestServer;

/** A new, empty database, dropped when disposed. */
export async function freshDatabase(server: TestServer): Promise<AsyncDisposable & { address: Address }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(server, `CREATE DATABASE "${name}"`);
  return {
    address: { ...server.address, database: name },
    [Symbol.asyncDispose]: () =>
      administer(server, `DROP DATABASE IF EXISTS "${name}"${server.major >= 13 ? ' WITH (FORCE)' : ''}`),
  };
}

/** A new database with a session on it; both end when disposed. */
export async function freshSession(server: TestServer, setUp = ''): Promise<Connection & { address: Address }> {
  await using opened = new AsyncDisposableStack();
  const database = opened.use(await freshDatabase(server));
  const session = opened.use(await connect(database.address));
  if (setUp) await session.send(setUp);
  const kept = opened.move();
  return {
    address: database.address,
    pid: session.pid,
    get transaction() {
      return session.transaction;
    },
    query: (sql, values) => session.query(sql, values),
    send: (sql) => session.send(sql),
    sequence: (statements) => session.sequence(statements),
    cancel: () => session.cancel(),
    [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose](),
  };
}

async function administer(server: TestServer, sql: string): Promise<void> {
  await using session = await connect(server.address);
  await session.send(sql);
}

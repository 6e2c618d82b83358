import { setTimeout as sleep } from 'node:timers/promises';
import { KnownError } from '../model/error.ts';
import type { Scratch, Server } from '../model/server.ts';
import { sweepRoles } from './cluster/marks.ts';
import { type Connection, connect, SqlError } from './connect.ts';
import { inherit, isGone, type Lease, openLease } from './lease.ts';
import { quote } from './quote.ts';

/** What databases of ours are called, before the key of a lease. The name alone tells them: it is there from the first moment. */
const prefix = 'lockkeeper_scratch_';
const comment = 'Scratch database of Lockkeeper; dropped when its check ends.';

interface ScratchOptions {
  readonly signal: AbortSignal;
  /** Further clauses of CREATE DATABASE: encoding and locale. */
  readonly like?: string;
}

/** Creates a database of our own. Disposing drops it, even with sessions still on it. */
export async function createScratch(server: Server, { signal, like = '' }: ScratchOptions): Promise<Scratch> {
  signal.throwIfAborted();
  const lease = await openLease(server);
  const name = `${prefix}${lease.key}`;
  const drop = () => dropScratch(server, lease, name);
  try {
    await lease.session.send(`CREATE DATABASE ${name} TEMPLATE template0 ${like}`);
    await lease.session.send(`COMMENT ON DATABASE ${name} IS '${comment}'`);
    signal.throwIfAborted();
  } catch (error) {
    await drop();
    throw error instanceof SqlError ? notCreated(error) : error;
  }
  return { name, address: addressOf(name, server), [Symbol.asyncDispose]: drop };
}

/** Compiling a query takes half a second, which pays on tables that are never here (documentation, chapter 30). */
function addressOf(database: string, { address }: Server): Scratch['address'] {
  return { ...address, database, options: `${address.options ?? ''} -c jit=off`.trim() };
}

/** Where the server is gone there is nothing to drop; the next check sweeps up if it comes back. */
async function dropScratch(server: Server, lease: Lease, name: string): Promise<void> {
  try {
    await using session = await connect(server.address);
    await dropDatabase(session, name, server).catch((error) => dropSubscribed(session, name, server, error));
  } catch (error) {
    if (!isGone(error)) throw error;
  } finally {
    await lease[Symbol.asyncDispose]();
  }
}

function notCreated(cause: SqlError): KnownError {
  return new KnownError(
    `The server makes no database to work in: ${cause.message} (SQLSTATE ${cause.fault.sqlstate}).`,
    {
      reason: 'unreachable',
      ...(cause.fault.hint && { help: cause.fault.hint }),
      cause,
    },
  );
}

/**
 * Drops the databases and roles of checks that were killed: nobody holds their lease any more. What may not be dropped,
 * as another role made it, is left to a check that connects as that role.
 */
export async function sweep(server: Server, signal: AbortSignal): Promise<void> {
  await using session = await connect(server.address, signal);
  const found = await session.query<{ name: string }>(
    `SELECT datname AS name FROM pg_catalog.pg_database WHERE datname ~ '^${prefix}[0-9]+$'`,
  );
  for (const { name } of found) {
    if (!(await inherit(session, Number(name.slice(prefix.length))))) continue;
    await dropDatabase(session, name, server)
      .catch((error) => dropSubscribed(session, name, server, error))
      .catch((error) => {
        if (!(error instanceof SqlError)) throw error;
      });
  }
  await sweepRoles(session);
}

/** SQLSTATE `object_in_use` */
const inUse = '55006';

/**
 * A database that subscribes to another, as one that was restored may, cannot be dropped until it does no more. The
 * publisher is not told: what it keeps for the database that was backed up is none of ours.
 */
async function dropSubscribed(session: Connection, database: string, server: Server, cause: unknown): Promise<unknown> {
  if (!(cause instanceof SqlError) || cause.fault.sqlstate !== inUse) throw cause;
  {
    const unheard = { session_replication_role: 'replica' }; // no event trigger of it has a say
    await using inside = await connect({ ...server.address, database }, undefined, unheard);
    const names = await inside.query<{ name: string }>(
      `SELECT subname AS name FROM pg_catalog.pg_subscription
        WHERE subdbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())`,
    );
    for (const { name } of names)
      for (const change of [
        'ALTER SUBSCRIPTION $ DISABLE',
        'ALTER SUBSCRIPTION $ SET (slot_name = NONE)',
        'DROP SUBSCRIPTION $',
      ])
        await inside.send(change.replace('$', () => quote(name)));
  }
  return dropDatabase(session, database, server);
}

async function dropDatabase(session: Connection, database: string, { major }: Server): Promise<unknown> {
  if (major >= 13) return session.send(`DROP DATABASE IF EXISTS ${quote(database)} WITH (FORCE)`);
  for (let attempt = 1; ; attempt += 1) {
    await session.query(
      'SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname = $1',
      [database],
    );
    try {
      return await session.send(`DROP DATABASE IF EXISTS ${quote(database)}`);
    } catch (error) {
      if (attempt === 20 || !(error instanceof SqlError) || error.fault.sqlstate !== inUse) throw error;
      await sleep(25 * attempt); // the sessions that were ended take a moment to go
    }
  }
}

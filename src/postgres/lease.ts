import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { KnownError } from '../model/error.ts';
import type { Progress, Server } from '../model/server.ts';
import { type Connection, ConnectionLost, connect } from './connect.ts';

/** First half of every advisory lock of ours on a rehearsal server. */
const lockSpace = 0x10c4;
/** Second half: keys of leases are greater. */
const turn = 0;

/** A sign of life that ends with its process, however that ends: what carries its key is in use as long as it is held. */
export interface Lease extends AsyncDisposable {
  readonly key: number;
  /** The session that holds it, on the server's own database; free for other work. */
  readonly session: Connection;
}

/** Takes a lease with a key of its own. No abort cuts it: what it protects is to be put away first. */
export async function openLease(server: Server): Promise<Lease> {
  const key = randomInt(1, 2 ** 31 - 1);
  const session = await connect(server.address);
  try {
    if (server.major >= 14) await session.send('SET idle_session_timeout = 0');
    await session.query('SELECT pg_catalog.pg_advisory_lock($1, $2)', [lockSpace, key]);
  } catch (error) {
    await session[Symbol.asyncDispose]();
    throw error;
  }
  return { key, session, [Symbol.asyncDispose]: () => session[Symbol.asyncDispose]() };
}

/**
 * Takes over the key of a lease whose holder is gone, until the session ends; false while somebody holds it. Advisory
 * locks belong to one database, and a server's leases may be held in several: hence the look at all of them.
 */
export async function inherit(session: Connection, key: number): Promise<boolean> {
  const [row] = await session.query<{ mine: boolean }>('SELECT pg_catalog.pg_try_advisory_lock($1, $2) AS mine', [
    lockSpace,
    key,
  ]);
  if (!row?.mine) return false;
  const others = await session.query(
    `SELECT pid FROM pg_catalog.pg_locks
      WHERE locktype = 'advisory' AND classid = $1 AND objid = $2 AND granted AND pid <> pg_catalog.pg_backend_pid()`,
    [lockSpace, key],
  );
  if (others.length === 0) return true;
  await session.query('SELECT pg_catalog.pg_advisory_unlock($1, $2)', [lockSpace, key]);
  return false;
}

/**
 * Waits until no other check on this server works with what all databases share; the turn ends with the session.
 * It is polled, as one who waits inside a statement holds a snapshot, for which CREATE INDEX CONCURRENTLY waits.
 */
export async function waitForTurn(session: Connection, signal: AbortSignal, progress: Progress): Promise<void> {
  for (let attempt = 0; !(await inherit(session, turn)); attempt += 1) {
    if (attempt === 0) progress.step('waiting for another check on this server to end, as both make roles');
    await sleep(50 + randomInt(100), undefined, { signal });
  }
}

/** Whether an error means that the server cannot be reached any more. */
export function isGone(error: unknown): boolean {
  return error instanceof ConnectionLost || (error instanceof KnownError && error.reason === 'unreachable');
}

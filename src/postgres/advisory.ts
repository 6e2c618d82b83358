import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { KnownError } from '../model/error.ts';
import type { Progress } from '../model/server.ts';
import type { Connection } from './connect.ts';

/** Lockkeeper's own advisory lock of a database: whoever applies migrations there holds it. The letters `lockkeep`. */
export const ownKey = BigInt(`0x${Buffer.from('lockkeep').toString('hex')}`);

export interface Waiting {
  /** How long, in milliseconds. */
  readonly wait: number;
  /** Whose lock it is, for people: `the lock of goose`. */
  readonly what: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/**
 * Takes session-level advisory locks (documentation, 13.3.5), all or none. It asks again and again rather than wait inside
 * a statement, whose snapshot CREATE INDEX CONCURRENTLY would wait for. Throws `KnownError` (`locked`) with the holder.
 */
export async function takeLocks(session: Connection, keys: readonly bigint[], waiting: Waiting): Promise<void> {
  const { wait, what, signal, progress } = waiting;
  const start = performance.now();
  for (let attempt = 0; ; attempt += 1) {
    const key = await missing(session, keys);
    if (key === undefined) return;
    const holder = await holderOf(session, key);
    const waited = performance.now() - start;
    if (waited >= wait)
      throw new KnownError(`Somebody else holds ${what}: ${holder}.`, {
        reason: 'locked',
        help: `It was waited for ${Math.round(waited / 1000)} s (\`lock-queue\`); nothing was touched.`,
      });
    if (attempt % 20 === 0) progress.step(`waiting for ${what}, held by ${holder}`);
    await sleep(randomInt(20, Math.min(1000, 50 * 2 ** Math.min(attempt, 5))), undefined, { signal });
  }
}

/** Gives locks back. */
export async function releaseLocks(session: Connection, keys: readonly bigint[]): Promise<void> {
  for (const key of keys) await session.query('SELECT pg_catalog.pg_advisory_unlock($1::bigint)', [key.toString()]);
}

/** Takes them all, or none and tells the first that was not to be had. */
async function missing(session: Connection, keys: readonly bigint[]): Promise<bigint | undefined> {
  const taken: bigint[] = [];
  for (const key of keys) {
    const [row] = await session.query<{ mine: boolean }>('SELECT pg_catalog.pg_try_advisory_lock($1::bigint) AS mine', [
      key.toString(),
    ]);
    if (!row?.mine) {
      await releaseLocks(session, taken);
      return key;
    }
    taken.push(key);
  }
  return undefined;
}

async function holderOf(session: Connection, key: bigint): Promise<string> {
  const [high, low] = [BigInt.asUintN(32, key >> 32n), BigInt.asUintN(32, key)];
  const [row] = await session.query<{ pid: number; application: string; since: string }>(
    `SELECT l.pid, COALESCE(a.application_name, '') AS application,
            COALESCE(pg_catalog.to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), '') AS since
       FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND l.classid = $1::text::oid AND l.objid = $2::text::oid
        AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())`,
    [high.toString(), low.toString()],
  );
  if (!row) return 'a session that has just ended';
  return `pid ${row.pid}${row.application ? ` (${row.application})` : ''}${row.since ? `, connected since ${row.since} UTC` : ''}`;
}

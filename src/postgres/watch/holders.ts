import { setTimeout as sleep } from 'node:timers/promises';
import type { LockMode } from '../../model/observation.ts';
import type { Address } from '../../model/server.ts';
import { type Connection, connect, SqlError } from '../connect.ts';
import { quote } from '../quote.ts';
import { nothingHeld, type Sample } from './sample.ts';

/** A table as the catalog names it. */
export interface HeldTable {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
}

/** Mode in which the nth holder stands in the statement's way, and on which tables given those already seen. */
export interface Plan {
  readonly mode: (step: number) => string;
  readonly tables: (seen: ReadonlySet<number>) => readonly HeldTable[];
}

/** Two sessions that take turns at standing in a statement's way, and one that looks on. */
export interface Holders extends AsyncDisposable {
  readonly looker: Connection;
  readonly turns: readonly [Connection, Connection];
}

/** Opens them; they are kept for all statements of a check. */
export async function openHolders(address: Address, signal: AbortSignal): Promise<Holders> {
  const [looker, first, second] = await Promise.all([1, 2, 3].map(() => connect(address, signal)));
  const sessions = [looker, first, second] as [Connection, Connection, Connection];
  return {
    looker: sessions[0],
    turns: [sessions[1], sessions[2]],
    async [Symbol.asyncDispose]() {
      await Promise.all(sessions.map((each) => each[Symbol.asyncDispose]()));
    },
  };
}

/**
 * Runs `work`, a statement that commits by itself, so that it has to wait at each of its phases, and notes all locks it
 * holds or asks for while it waits. One session holds a lock in its way; as soon as the statement waits for it, the
 * other session takes over, and so on until the statement ends: nothing depends on luck, and no phase is missed at
 * which the statement waits for lockers of its tables.
 */
export async function step(
  holders: Holders,
  plan: Plan,
  pid: number,
  work: () => Promise<unknown>,
): Promise<Pick<Sample, 'locks'>> {
  const locks = new Map<number, Set<LockMode>>();
  let current = await take(holders.turns[0], plan, 0, new Set());
  const running = settled(work());
  for (let turn = 1; current && (await waitsFor(holders.looker, pid, current, running)); turn += 1) {
    merge(locks, await locksOf(holders.looker, pid));
    const next = await take(holders.turns[turn % 2] as Connection, plan, turn, new Set(locks.keys()));
    await release(current);
    current = next;
  }
  if (current) await release(current);
  await running.result;
  return { ...nothingHeld, locks };
}

interface Running {
  done: boolean;
  readonly result: Promise<unknown>;
}

function settled(result: Promise<unknown>): Running {
  const running = { done: false, result };
  const finish = () => {
    running.done = true;
  };
  result.then(finish, finish);
  return running;
}

/** Locks the tables, or nothing at all where somebody else is in the way already. */
async function take(
  holder: Connection,
  plan: Plan,
  turn: number,
  seen: ReadonlySet<number>,
): Promise<Connection | undefined> {
  const tables = plan.tables(seen);
  if (tables.length === 0) return undefined;
  const names = tables.map(({ schema, name }) => `${quote(schema)}.${quote(name)}`).join(', ');
  try {
    await holder.send(`BEGIN; LOCK TABLE ONLY ${names.replaceAll(', ', ', ONLY ')} IN ${plan.mode(turn)} MODE NOWAIT`);
    return holder;
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    await release(holder);
    return undefined;
  }
}

async function release(holder: Connection): Promise<void> {
  await holder.send('ROLLBACK');
}

/** Resolves to true when the statement waits for the holder, to false when it has ended. */
async function waitsFor(looker: Connection, pid: number, holder: Connection, running: Running): Promise<boolean> {
  while (!running.done) {
    const [row] = await looker.query<{ waits: boolean }>(
      'SELECT $2::int = ANY (pg_catalog.pg_blocking_pids($1::int)) AS waits',
      [pid, holder.pid],
    );
    if (row?.waits) return true;
    await Promise.race([running.result.catch(() => {}), sleep(2)]);
  }
  return false;
}

async function locksOf(looker: Connection, pid: number): Promise<{ oid: number; mode: LockMode }[]> {
  return looker.query(
    `SELECT l.relation AS oid, l.mode FROM pg_catalog.pg_locks l
      WHERE l.pid = $1 AND l.locktype = 'relation' AND l.relation >= 16384
        AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())`,
    [pid],
  );
}

function merge(into: Map<number, Set<LockMode>>, found: readonly { oid: number; mode: LockMode }[]): void {
  for (const { oid, mode } of found) into.set(oid, (into.get(oid) ?? new Set()).add(mode));
}

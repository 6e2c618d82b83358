import { setTimeout as sleep } from 'node:timers/promises';
import { KnownError } from '../../model/error.ts';
import type { Address, Progress } from '../../model/server.ts';
import { type Connection, SqlError } from '../connect.ts';
import { connectToStay } from '../steady.ts';
import type { Blockers } from './blockers.ts';
import { firstLook, lookOn } from './look-on.ts';

/** A session that works, and another that looks after it. */
export interface Attended {
  readonly session: Connection;
  /** Looks on, and cancels; undefined where none was to be had. */
  readonly looker: Connection | undefined;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** The session that looks on; none where the server has no connection left for it, as the work can be done without. */
export async function openLooker(address: Address, progress: Progress): Promise<Connection | undefined> {
  try {
    return await connectToStay(address);
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    progress.step(`there is no second connection to see who is in the way: ${error.message}`);
    return undefined;
  }
}

/** Milliseconds between two cancels: one that arrives between two statements is lost. */
const again = 200;

/**
 * Does the work of the session while the looker tells who is in its way, to `blockers` as well, and how far it is; cancels it
 * when the job is aborted, or to give way in a deadlock: PostgreSQL would end whoever looks first, which may be the
 * application (documentation, 13.3.4). `what` is the work, for people.
 */
export async function attend<T>(
  { session, looker, signal, progress }: Attended,
  { what, blockers }: { readonly what: string; readonly blockers: Blockers },
  work: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const [over, quiet] = [new AbortController(), new AbortController()];
  let gaveWay = false;
  let looking: Promise<void> | undefined;
  let cancelling: Promise<void> | undefined;
  const giveWay = async () => {
    gaveWay = true;
    progress.step(`${what} gives way, as each of the two waits for the other`);
    if (looker) await cancelFrom(looker, session);
  };
  const view = looker && { looker, pid: session.pid, what, progress, blockers, giveWay };
  const timer = setTimeout(() => {
    if (view) looking = lookOn(view, quiet.signal).catch(() => {}); // a looker that is lost ends nothing
  }, firstLook);
  const lookAway = async () => {
    clearTimeout(timer);
    if (looking) quiet.abort(); // which costs more than what most statements take of our time
    await looking;
  };
  const cancel = () => {
    cancelling = lookAway().then(() => cancelUntil(over.signal, session, looker));
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await work();
  } catch (error) {
    await lookAway(); // who was in the way
    throw gaveWay ? deadlock(error) : error;
  } finally {
    signal.removeEventListener('abort', cancel);
    const seen = lookAway();
    if (signal.aborted) over.abort();
    await (gaveWay ? seen : cancelling); // a late cancel must not hit the next statement
  }
}

/** What was cancelled to give way is as what PostgreSQL ends for a deadlock: nothing of it is left, and it can be tried again. */
function deadlock(error: unknown): unknown {
  if (!(error instanceof SqlError) || error.fault.sqlstate !== '57014') return error;
  return new SqlError(
    { ...error.fault, sqlstate: '40P01', message: 'it gave way in a deadlock' },
    undefined,
    error.completed,
    error.index,
  );
}

async function cancelUntil(over: AbortSignal, session: Connection, looker: Connection | undefined): Promise<void> {
  while (!over.aborted) {
    await (looker ? cancelFrom(looker, session) : session.cancel()).catch(() => session.cancel()).catch(() => {});
    await sleep(again, undefined, { signal: over }).catch(() => {});
  }
}

async function cancelFrom(looker: Connection, { pid }: Connection): Promise<void> {
  await looker.query('SELECT pg_catalog.pg_cancel_backend($1)', [pid]);
}

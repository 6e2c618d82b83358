import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from '../../model/server.ts';
import type { Connection } from '../connect.ts';
import { type Blocker, blockerText, watchBlockers } from './blockers.ts';

/** A session that works, and another that looks after it. */
export interface Attended {
  readonly session: Connection;
  /** Looks on, and cancels. */
  readonly looker: Connection;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Milliseconds between two cancels: one that arrives between two statements is lost. */
const again = 200;

/**
 * Does the work of the session while the looker tells who is in its way, into `seen` as well, and cancels it when the job is
 * aborted.
 */
export async function attend<T>(
  { session, looker, signal, progress }: Attended,
  seen: Map<number, string>,
  work: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const over = new AbortController();
  const quiet = new AbortController();
  const tell = (blockers: readonly Blocker[]) => {
    for (const blocker of blockers) seen.set(blocker.pid, blockerText(blocker));
    progress.step(`waiting for ${blockers.map(blockerText).join('; ')}`);
  };
  let attending = watchBlockers(looker, session.pid, quiet.signal, tell).catch(() => {}); // a looker that is lost ends nothing
  const cancel = () => {
    quiet.abort();
    attending = attending.then(() => cancelUntil(over.signal, looker, session.pid)).catch(() => {});
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await work();
  } finally {
    signal.removeEventListener('abort', cancel);
    quiet.abort();
    over.abort();
    await attending;
  }
}

async function cancelUntil(over: AbortSignal, looker: Connection, pid: number): Promise<void> {
  while (!over.aborted) {
    await looker.query('SELECT pg_catalog.pg_cancel_backend($1)', [pid]);
    await sleep(again, undefined, { signal: over }).catch(() => {});
  }
}

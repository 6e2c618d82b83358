import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from '../../model/server.ts';
import type { Connection } from '../connect.ts';
import { type Blockers, blockersOf } from './blockers.ts';
import { indexProgress } from './index-progress.ts';

/** What is looked at from another session, and who is told. */
export interface View {
  readonly looker: Connection;
  readonly pid: number;
  /** What it does there, for people: `line 3 of 0002_b.sql`. */
  readonly what: string;
  readonly progress: Progress;
  readonly blockers: Blockers;
  /** Called when the backend and another one wait for each other. */
  giveWay(): Promise<void>;
}

/** After how long one looks for the first time, in milliseconds: most statements have ended by then. */
export const firstLook = 10;

/** How long one waits between two looks, in milliseconds: little at first, as the first attempts are short. */
const pauses = [30, 60, 100, 200, 400] as const;

/** After how long a statement is told to be still running, in milliseconds. */
const patience = 5000;

/** The shortest and longest pause between two such words, where each is a line more. */
const [shortest, longest] = [10_000, 60_000];

/** Tells what a backend waits for, and now and then how far it is, until `done` is aborted. */
export async function lookOn(
  { looker, pid, what, progress, blockers, giveWay }: View,
  done: AbortSignal,
): Promise<void> {
  const [start, since] = [performance.now(), new Date()];
  let next = progress.live ? 1000 : patience;
  for (let look = 0; !done.aborted; look += 1) {
    const found = await blockersOf(looker, pid);
    blockers.note(found, progress);
    if (found.some(({ deadlocked }) => deadlocked) && !done.aborted) await giveWay();
    const elapsed = performance.now() - start;
    if (elapsed >= next && !done.aborted) {
      const far = await indexProgress(looker, pid);
      const time = `${Math.round(elapsed / 1000)} s, since ${since.toISOString().slice(11, 19)} UTC`;
      progress.step(far ? `${what}: ${far}; for ${time}` : `${what} runs for ${time}`);
      next = elapsed + (progress.live ? 1000 : Math.min(longest, Math.max(shortest, elapsed / 2)));
    }
    await sleep(pauses[look] ?? 500, undefined, { signal: done }).catch(() => {});
  }
}

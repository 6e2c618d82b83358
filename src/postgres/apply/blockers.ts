import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../connect.ts';

/** A session that stands in a statement's way. */
export interface Blocker {
  readonly pid: number;
  readonly user: string;
  readonly application: string;
  /** `idle in transaction`, `active` … */
  readonly state: string;
  /** Seconds since its transaction began. */
  readonly seconds: number;
  /** The first words of its query: what follows may be somebody's data. */
  readonly query: string;
}

/** How long one waits between two looks, in milliseconds: little at first, as the first attempts are short. */
const pauses = [10, 30, 60, 100, 200, 400] as const;

/** Looks from another session at who blocks a backend, until `done` is aborted; tells whenever there is somebody else. */
export async function watchBlockers(
  looker: Connection,
  pid: number,
  done: AbortSignal,
  tell: (blockers: readonly Blocker[]) => void,
): Promise<void> {
  let known = '';
  for (let look = 0; !done.aborted; look += 1) {
    await sleep(pauses[look] ?? 500, undefined, { signal: done }).catch(() => {});
    if (done.aborted) return;
    const blockers = await blockersOf(looker, pid);
    const now = blockers.map((each) => each.pid).join();
    if (blockers.length > 0 && now !== known) tell(blockers);
    known = now;
  }
}

/** What is told of a session in pg_stat_activity, as `Blocker`. */
export const blockerColumns = `pid, COALESCE(usename, '') AS user, COALESCE(application_name, '') AS application,
  COALESCE(state, backend_type, '') AS state,
  COALESCE(extract(epoch FROM pg_catalog.clock_timestamp() - xact_start), 0)::float8 AS seconds,
  COALESCE((pg_catalog.regexp_match(query, '^\\s*((?:[A-Za-z_]+\\s*){1,3})'))[1], '') AS query`;

/** Who holds, or waits before it for, a lock that a backend waits for. */
export async function blockersOf(looker: Connection, pid: number): Promise<Blocker[]> {
  return looker.query<Blocker>(
    `SELECT ${blockerColumns} FROM pg_catalog.pg_stat_activity
      WHERE pid = ANY (pg_catalog.pg_blocking_pids($1)) ORDER BY xact_start, pid`,
    [pid],
  );
}

/** `pid 4711 (web, app_user), idle in transaction for 12 s, last SELECT` */
export function blockerText({ pid, user, application, state, seconds, query }: Blocker): string {
  const who = [application, user].filter(Boolean).join(', ');
  const what = query ? `, ${state === 'active' ? 'running' : 'last'} ${query.trim().toUpperCase()}` : '';
  return `pid ${pid}${who ? ` (${who})` : ''}, ${state} for ${Math.round(seconds)} s${what}`;
}

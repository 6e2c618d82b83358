import type { Progress } from '../../model/server.ts';
import type { Connection } from '../connect.ts';

/** A session, or a prepared transaction, that stands in a statement's way. */
export interface Blocker {
  /** 0 for a prepared transaction. */
  readonly pid: number;
  readonly user: string;
  readonly application: string;
  /** `idle in transaction`, `active` …; empty where the role that looks may not see it. */
  readonly state: string;
  /** Seconds since its transaction began, or was prepared. */
  readonly seconds: number;
  /** The first words of its query, as what follows may be somebody's data; the name of a prepared transaction. */
  readonly query: string;
}

/** One that a backend waits for. */
export interface Blocking extends Blocker {
  /** It waits for that backend, too. */
  readonly deadlocked: boolean;
}

/** What is told of a session in pg_stat_activity, as `Blocker`. */
export const blockerColumns = `pid, COALESCE(usename, '') AS user, COALESCE(application_name, '') AS application,
  COALESCE(state, backend_type, '') AS state,
  COALESCE(extract(epoch FROM pg_catalog.clock_timestamp() - xact_start), 0)::float8 AS seconds,
  COALESCE((pg_catalog.regexp_match(query, '^\\s*((?:[A-Za-z_]+\\s*){1,3})'))[1], '') AS query`;

/**
 * Who holds, or waits before it for, a lock that a backend waits for. A prepared transaction has no pid; its locks name
 * its number (documentation, pg_locks).
 */
export async function blockersOf(looker: Connection, pid: number): Promise<Blocking[]> {
  return looker.query<Blocking>(
    `WITH blocking AS (SELECT pg_catalog.pg_blocking_pids($1) AS pids)
     (SELECT ${blockerColumns}, $1 = ANY (pg_catalog.pg_blocking_pids(pid)) AS deadlocked
        FROM pg_catalog.pg_stat_activity, blocking WHERE pid = ANY (pids) ORDER BY xact_start, pid)
     UNION ALL
     SELECT 0, owner::text, '', 'prepared', extract(epoch FROM pg_catalog.clock_timestamp() - prepared)::float8, gid, false
       FROM pg_catalog.pg_prepared_xacts, blocking
      WHERE 0 = ANY (pids) AND EXISTS (
        SELECT FROM pg_catalog.pg_locks held JOIN pg_catalog.pg_locks wanted
            ON wanted.pid = $1 AND NOT wanted.granted AND wanted.relation = held.relation AND wanted.database = held.database
         WHERE held.virtualtransaction = '-1/' || transaction::text)`,
    [pid],
  );
}

/** `pid 4711 (web, app_user), idle in transaction for 12 s, last SELECT` */
export function blockerText({ pid, user, application, state, seconds, query }: Blocker): string {
  const age = `for ${Math.round(seconds)} s`;
  if (pid === 0) return `the prepared transaction '${query.replaceAll(/[^ -~]/g, '?')}' (${user}), ${age}`;
  const who = [application, user].filter(Boolean).join(', ');
  const session = `pid ${pid}${who ? ` (${who})` : ''}`;
  if (state === '') return `${session}, of which this role may see no more (pg_monitor may)`;
  const what = query ? `, ${state === 'active' ? 'running' : 'last'} ${query.trim().toUpperCase()}` : '';
  return `${session}, ${state} ${age}${what}`;
}

/** Who was in the way of a unit. */
export class Blockers {
  readonly #texts = new Map<string, string>();
  #now = '';

  /** Notes who is in the way now, and tells it where it is others than before. */
  note(blockers: readonly Blocker[], progress: Progress): void {
    if (blockers.length === 0) return;
    const keys = blockers.map(({ pid, query }) => String(pid || query));
    const now = keys.join();
    if (now === this.#now) return;
    this.#now = now;
    const texts = blockers.map(blockerText);
    for (const [index, key] of keys.entries()) this.#texts.set(key, texts[index] ?? '');
    progress.step(`waiting for ${texts.join('; ')}`);
  }

  /** All who were, as a person reads it. */
  get all(): string[] {
    return [...this.#texts.values()];
  }
}

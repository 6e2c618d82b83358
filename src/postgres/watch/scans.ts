import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../connect.ts';
import type { Relations } from './relations.ts';

/**
 * Sequential scans that `work` made, outside a transaction block. Counters of finished transactions wait in the session
 * until it passes them on, at most every second: the sum of both sides tells. Before PostgreSQL 15 they travel through a
 * collector process and may be on their way for half a second (documentation, chapter 28.2).
 */
export async function scansAround<T>(
  session: Connection,
  relations: Relations,
  major: number,
  work: () => Promise<T>,
): Promise<{ result: T; scanned: ReadonlyMap<number, number> }> {
  const before = await scansOf(session, relations);
  const result = await work();
  let after = await scansOf(session, relations);
  if (major < 15 && equal(before, after)) {
    await sleep(700);
    after = await scansOf(session, relations);
  }
  return { result, scanned: new Map([...after].map(([oid, scans]) => [oid, scans - (before.get(oid) ?? 0)])) };
}

async function scansOf(session: Connection, relations: Relations): Promise<ReadonlyMap<number, number>> {
  const tables = [...relations.values()].filter(({ kind }) => kind === 'table' || kind === 'materialized view');
  const rows = await session.query<{ oid: number; scans: number }>(
    `SELECT t.oid, (COALESCE(pg_catalog.pg_stat_get_numscans(t.oid), 0)
                    + COALESCE(pg_catalog.pg_stat_get_xact_numscans(t.oid), 0))::float8 AS scans
       FROM pg_catalog.unnest($1::oid[]) AS t(oid)`,
    [tables.map(({ oid }) => oid)],
  );
  return new Map(rows.map(({ oid, scans }) => [oid, scans]));
}

function equal(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): boolean {
  return [...a].every(([oid, scans]) => b.get(oid) === scans);
}

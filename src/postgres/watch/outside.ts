import type { Node } from '@pgsql/types';
import type { Relation } from '../../model/observation.ts';
import type { Statement } from '../../model/statement.ts';
import type { Connection } from '../connect.ts';
import { type HeldTable, type Holders, type Plan, step } from './holders.ts';
import { type Look, type Run, timed } from './inside.ts';
import { namesIn } from './names.ts';
import { nothingHeld, type Sample, sample } from './sample.ts';

/** A run outside a transaction block, with what could not be seen of it. */
export interface OutsideRun extends Run {
  readonly unobserved?: string;
}

/** Runs a statement that cannot run in a transaction block, stopping it at its waiting phases to see its locks. */
export async function runOutside(
  session: Connection,
  holders: Holders,
  statement: Statement,
  base: ReadonlySet<number>,
  look: Look,
): Promise<OutsideRun> {
  const before = await sample(session, namesIn(statement.node), base);
  look(before);
  const { plan, gap } = await planFor(session, statement, before);
  const unobserved = gap === undefined ? {} : { unobserved: gap };
  if (!plan) {
    const milliseconds = await timed(() => session.send(statement.sql));
    return { before, after: nothingHeld, milliseconds, ...unobserved };
  }
  return withoutTimeouts(session, before, async () => {
    let locks: Pick<Sample, 'locks'> = nothingHeld;
    const milliseconds = await timed(async () => {
      locks = await step(holders, plan, session.pid, () => session.send(statement.sql));
    });
    return { before, after: { ...nothingHeld, ...locks }, milliseconds, ...unobserved };
  });
}

/** The script's timeouts must not end a statement that only we keep waiting. */
async function withoutTimeouts<T>(session: Connection, before: Sample, work: () => Promise<T>): Promise<T> {
  const set = (lock: number, statement: number) =>
    session.query(
      "SELECT pg_catalog.set_config('lock_timeout', $1, false), pg_catalog.set_config('statement_timeout', $2, false)",
      [String(lock), String(statement)],
    );
  if (before.lockTimeout === 0 && before.statementTimeout === 0) return work();
  await set(0, 0);
  try {
    return await work();
  } finally {
    await set(before.lockTimeout, before.statementTimeout);
  }
}

/**
 * How to stand in the statement's way, and what will not be seen all the same. No plan and no gap: it locks no relation
 * of this database.
 *
 * CREATE, DROP and REINDEX INDEX CONCURRENTLY and DETACH … CONCURRENTLY ask for SHARE UPDATE EXCLUSIVE, which the first
 * holder has, and then wait for all who hold ROW EXCLUSIVE on the table, as every later holder does. VACUUM and CLUSTER
 * stop at their first request on each table, which SHARE refuses them; so does REINDEX of many tables, which asks for
 * SHARE and is refused by ROW EXCLUSIVE.
 */
async function planFor(
  session: Connection,
  statement: Statement,
  before: Sample,
): Promise<{ plan?: Plan; gap?: string }> {
  const wanted = targetsOf(statement);
  if (wanted === 'none') return {};
  if (wanted === 'unknown') return { gap: 'It commits by itself while it runs, so its locks could not be watched.' };
  const found = await tablesOf(session, wanted, before);
  const tables = found.filter(({ kind }) => kind !== 'm'); // LOCK TABLE refuses materialized views
  const gap = gapOf(wanted, tables.length < found.length);
  if (tables.length === 0) return gap;
  const { maintenance } = wanted;
  if (maintenance) {
    return { plan: { mode: () => maintenance, tables: (seen) => tables.filter(({ oid }) => !seen.has(oid)) }, ...gap };
  }
  return {
    plan: { mode: (turn) => (turn === 0 ? 'SHARE UPDATE EXCLUSIVE' : 'ROW EXCLUSIVE'), tables: () => tables },
    ...gap,
  };
}

interface Targets {
  /** Named relations; absent: all of the schema, or of the database. */
  readonly named?: boolean;
  readonly schema?: string;
  /** For what works on one table after another: the mode that keeps it from each. */
  readonly maintenance?: 'SHARE' | 'ROW EXCLUSIVE';
}

/** What LOCK TABLE refuses to lock cannot be held back. */
function gapOf({ maintenance }: Targets, materializedViews: boolean): { gap?: string } {
  const unseen = [
    ...(maintenance === 'ROW EXCLUSIVE' ? ['indexes'] : []),
    ...(materializedViews ? ['materialized views'] : []),
  ];
  return unseen.length > 0 ? { gap: `Its locks on ${unseen.join(' and ')} could not be watched.` } : {};
}

function targetsOf({ kind, node }: Statement): Targets | 'none' | 'unknown' {
  const body = (Object.values(node)[0] ?? {}) as Record<string, unknown>;
  switch (kind) {
    case 'IndexStmt':
    case 'DropStmt':
    case 'AlterTableStmt':
      return { named: true };
    case 'ReindexStmt':
      return reindexed(body);
    case 'VacuumStmt':
      return { named: Array.isArray(body.rels), maintenance: 'SHARE' };
    case 'ClusterStmt':
      return { named: body.relation !== undefined, maintenance: 'SHARE' };
    case 'CallStmt':
    case 'DoStmt':
      return 'unknown';
    default:
      return 'none';
  }
}

/** Without CONCURRENTLY it comes here only for all of a schema or database, or for a partitioned relation. */
function reindexed(body: Record<string, unknown>): Targets {
  const concurrently = (body.params as Node[] | undefined)?.some(
    (each) => 'DefElem' in each && each.DefElem.defname === 'concurrently',
  );
  return {
    named: body.relation !== undefined,
    ...(body.kind === 'REINDEX_OBJECT_SCHEMA' && { schema: String(body.name) }),
    ...(!concurrently && { maintenance: 'ROW EXCLUSIVE' }),
  };
}

/** The tables that the statement will work on: those named or, of a named index, its table; with all partitions. */
async function tablesOf(
  session: Connection,
  { named, schema }: Targets,
  before: Sample,
): Promise<(HeldTable & { kind: string })[]> {
  const roots = [...before.named.values()].map((relation: Relation) => relation.oid);
  return session.query(
    `WITH RECURSIVE root AS (
       SELECT COALESCE(i.indrelid, c.oid) AS oid
         FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
        WHERE c.oid = ANY ($1::oid[])
     ), target AS (
       SELECT oid FROM root UNION SELECT h.inhrelid FROM pg_catalog.pg_inherits h JOIN target ON h.inhparent = target.oid
     )
     SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind
       FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND CASE WHEN $2 THEN c.oid IN (SELECT oid FROM target) ELSE n.nspname = COALESCE($3::name, n.nspname)  END
      ORDER BY c.oid`,
    [roots, named === true, schema ?? null],
  );
}

import { UnitFailed } from '../../../postgres/apply/attempt.ts';
import type { Unit } from '../../../postgres/apply/units.ts';
import type { Connection } from '../../../postgres/connect.ts';
import { literal, quote } from '../../../postgres/quote.ts';
import { type Made, nameOf } from './storage.ts';

/** What is raised where something is held: a class that is PostgreSQL's and no extension's (documentation, 43.9.1). */
const raised = 'LK001';

/**
 * A unit that begins with a look whether what a migration made holds what nobody could bring back: a new table any row, a
 * column of an older table any value but the default that it came with. The look is in the transaction, and nobody else can
 * write there until its end, so it takes no longer than `patience` milliseconds.
 */
export async function looking(session: Connection, unit: Unit, made: readonly Made[], patience: number): Promise<Unit> {
  if (!unit.transaction) return unit; // such a statement drops no data: indexes, concurrently
  const there = await thereOf(session, made);
  if (there.length === 0) return unit;
  const looks = there.flatMap((place) => [
    `LOCK TABLE ${tableOf(place)} IN SHARE ROW EXCLUSIVE MODE`,
    `DO ${literal(lookAt(place))}`,
  ]);
  const limits = `SET LOCAL lock_timeout = ${patience}; SET LOCAL statement_timeout = ${patience}`;
  return { ...unit, begin: [unit.begin, limits, ...looks].join(';\n') };
}

/** Why a unit was not run, as far as it was for what is held. */
export function heldIn(error: unknown): string | undefined {
  if (!(error instanceof UnitFailed)) return undefined;
  const { sqlstate, message } = error.error.fault;
  if (sqlstate === raised) return message;
  return sqlstate === '57014' && !error.statement
    ? 'Whether what it would drop holds anything cannot be told within `lock-timeout`.'
    : undefined;
}

const tableOf = ({ schema, relation }: Made) => `${quote(schema)}.${quote(relation)}`;

function lookAt(place: Kept): string {
  const { column, fallback } = place;
  const what = column === undefined ? 'rows' : 'values other than its default';
  const rows =
    column === undefined
      ? ''
      : `WHERE ${quote(column)} IS NOT NULL AND ${quote(column)}::text IS DISTINCT FROM ${fallback === null ? 'NULL' : literal(fallback)}`;
  const message = `the ${column === undefined ? 'table' : 'column'} ${nameOf(place)} holds ${what}, which its down migration would drop`;
  return `BEGIN IF EXISTS (SELECT FROM ${tableOf(place)} ${rows}) THEN
    RAISE EXCEPTION USING ERRCODE = '${raised}', MESSAGE = ${literal(message)}; END IF; END`;
}

type Kept = Made & { readonly fallback: string | null };

/** Those that are there still, with the value that older rows have of a column; without what PostgreSQL computes itself. */
async function thereOf(session: Connection, made: readonly Made[]): Promise<Kept[]> {
  const rows = await session.query<Omit<Kept, 'column'> & { column: string | null }>(
    `SELECT w.schema, w.relation, w."column", (a.attmissingval::text::text[])[1] AS fallback
       FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::text[]))
              AS w(schema, relation, "column")
       JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema
       JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.relation
       LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = w."column" AND a.attnum > 0
      WHERE w."column" IS NULL OR a.attgenerated = ''`,
    [made.map(({ schema }) => schema), made.map(({ relation }) => relation), made.map(({ column }) => column ?? null)],
  );
  return rows.map(({ column, ...rest }) => ({ ...rest, ...(column !== null && { column }) }));
}

import type { Relation, RelationKind } from '../../model/observation.ts';
import type { Connection } from '../connect.ts';

/** A relation with the file its rows are in; another number means it was rewritten. */
export interface KnownRelation extends Relation {
  /** `pg_class.relfilenode`; 0 for relations without storage. */
  readonly file: number;
}

/** Relations by oid. */
export type Relations = ReadonlyMap<number, KnownRelation>;

export interface RelationRow {
  readonly oid: number;
  readonly name: string;
  readonly kind: string;
  readonly table: string | null;
  readonly file: number;
}

/** Columns of a `RelationRow`, of `pg_class c` joined with `pg_namespace n`. */
export const relationColumns = `c.oid::int8::float8 AS oid, n.nspname || '.' || c.relname AS name, c.relkind AS kind, c.relfilenode::int8::float8 AS file,
  (SELECT tn.nspname || '.' || t.relname
     FROM pg_catalog.pg_index i
     JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
     JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
    WHERE i.indexrelid = c.oid) AS "table"`;

/**
 * All relations of the database but PostgreSQL's own, TOAST tables and temporary ones. `base` are the oids of those
 * that were there before the first pending migration; absent: all of them.
 */
export async function relationsNow(session: Connection, base?: { has(oid: number): boolean }): Promise<Relations> {
  const rows = await session.query<RelationRow>(
    `SELECT ${relationColumns}
       FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`,
  );
  return new Map(rows.map((row) => [row.oid, toRelation(row, base?.has(row.oid) ?? true)]));
}

/** From a catalog row. */
export function toRelation({ oid, name, kind, table, file }: RelationRow, atBase: boolean): KnownRelation {
  return { oid, name, kind: kinds[kind] ?? 'table', ...(table !== null && { table }), file, atBase };
}

/** `pg_class.relkind` (documentation, chapter 53.11). */
const kinds: Readonly<Record<string, RelationKind>> = {
  r: 'table',
  p: 'partitioned table',
  i: 'index',
  I: 'partitioned index',
  v: 'view',
  m: 'materialized view',
  S: 'sequence',
  f: 'foreign table',
  c: 'composite type',
};

import type { Session } from '../../../model/ledger.ts';

/** A relation of the target with storage: a table, a partition, a materialized view or an index. */
export interface Sized {
  /** What was asked for: a partition goes by its partitioned table's name, too. */
  readonly name: string;
  readonly oid: number;
  /** Of an index: that of its table. */
  readonly table: number | null;
  /** Oid of the tablespace it lies in. */
  readonly tablespace: number;
  /** Bytes with TOAST, and without indexes. */
  readonly heap: number;
  /** Bytes of its indexes. */
  readonly indexes: number;
  /** As PostgreSQL guesses; zero or less where it has never counted. */
  readonly rows: number;
  /** Bytes of a column's value on average, where that is known, by column. */
  readonly widths: Readonly<Record<string, number>>;
}

/**
 * Sizes of relations, by their names without quotes. What is not there is left out. It waits for whoever has a table
 * for himself, which the session's `lock_timeout` ends.
 */
export async function sizesOf(session: Session, names: readonly string[]): Promise<Sized[]> {
  return session.query<Sized>(
    `WITH named AS (
       SELECT n.nspname || '.' || c.relname AS name, c.oid, c.relkind
         FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname || '.' || c.relname = ANY ($1)
     ), stored AS (
       SELECT name, oid FROM named WHERE relkind IN ('r', 'm', 'i')
       UNION SELECT name, p.relid::oid FROM named, pg_catalog.pg_partition_tree(oid) p WHERE relkind IN ('p', 'I') AND p.isleaf
     )
     SELECT s.name, c.oid::int8::float8 AS oid, i.indrelid::int8::float8 AS "table",
            COALESCE(NULLIF(c.reltablespace, 0), d.dattablespace)::int8::float8 AS tablespace,
            COALESCE(pg_catalog.pg_table_size(c.oid), 0)::float8 AS heap,
            COALESCE(pg_catalog.pg_indexes_size(c.oid), 0)::float8 AS indexes,
            c.reltuples::float8 AS rows, COALESCE(w.widths, '{}') AS widths
       FROM stored s JOIN pg_catalog.pg_class c ON c.oid = s.oid
       JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
       LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
       LEFT JOIN LATERAL (
         SELECT pg_catalog.jsonb_object_agg(a.attname, COALESCE(t.avg_width, NULLIF(a.attlen, -1))) FILTER (
                  WHERE COALESCE(t.avg_width, NULLIF(a.attlen, -1)) IS NOT NULL) AS widths
           FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
           LEFT JOIN pg_catalog.pg_stats t
             ON t.schemaname = n.nspname AND t.tablename = c.relname AND t.attname = a.attname AND NOT t.inherited
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind <> 'i'
       ) w ON true
      ORDER BY s.name, c.oid`,
    [names],
  );
}

import type { Connection } from '../connect.ts';
import { notOfExtension, ourSchemas } from '../snapshot/reader.ts';

/** What the catalog says about tables, as far as it decides which rows they accept. Numbers of relations and types are oids. */
export interface Catalog {
  readonly relations: readonly Relation[];
  readonly columns: readonly ColumnRow[];
  readonly constraints: readonly ConstraintRow[];
  readonly indexes: readonly IndexRow[];
  readonly types: ReadonlyMap<number, Type>;
}

export interface Relation {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** Is itself partitioned, and so holds no rows of its own. */
  readonly partitioned: boolean;
  /** Itself, its parent, and so on up to the root of the partition tree; empty where it is no partition. */
  readonly lineage: readonly number[];
  /** A partition's bounds as a condition on its columns. */
  readonly bound: string | null;
  /** There is something in its file: it may have rows. */
  readonly stored: boolean;
  /** Belongs to an extension: others may refer to it, but its rows are the extension's. */
  readonly extension: boolean;
}

export interface ColumnRow {
  readonly relation: number;
  readonly number: number;
  readonly name: string;
  readonly type: number;
  readonly modifier: number;
  readonly required: boolean;
  /** Identity, or a default from a sequence: the value is PostgreSQL's. */
  readonly counted: boolean;
  readonly generated: boolean;
  readonly default: string | null;
}

export interface ConstraintRow {
  readonly relation: number;
  readonly kind: 'c' | 'f';
  readonly columns: readonly number[];
  readonly expression: string | null;
  readonly target: number;
  readonly keys: readonly number[] | null;
  readonly deferrable: boolean;
  /** Foreign key: MATCH FULL, all columns are NULL or none. */
  readonly full: boolean;
}

export interface IndexRow {
  readonly relation: number;
  readonly unique: boolean;
  readonly primary: boolean;
  /** Key columns; 0 is an expression. */
  readonly columns: readonly number[];
  readonly predicate: string | null;
}

export interface Type {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** `pg_type.typtype`: base, composite, domain, enum, multirange, pseudo-type, range. */
  readonly kind: 'b' | 'c' | 'd' | 'e' | 'm' | 'p' | 'r';
  /** Of a true array; 0 otherwise. */
  readonly element: number;
  /** What a domain stands on, with that type's modifier; 0 otherwise. */
  readonly base: number;
  readonly modifier: number;
  readonly required: boolean;
  /** A domain's conditions on VALUE. */
  readonly checks: readonly string[];
  readonly labels: readonly string[];
  readonly attributes: readonly { readonly type: number; readonly modifier: number }[];
  /** Of a range what it is a range of, of a multirange its range; 0 otherwise. */
  readonly subtype: number;
}

/** Reads it all. Source: documentation, part VII, "System Catalogs". */
export async function readCatalog(connection: Connection): Promise<Catalog> {
  const [version] = await connection.query<{ number: number }>(
    "SELECT current_setting('server_version_num')::int AS number",
  );
  const relations = await connection.query<Relation>(relationsSql);
  const oids = [relations.map(({ oid }) => oid)];
  return {
    relations,
    columns: await connection.query<ColumnRow>(columnsSql, oids),
    constraints: await connection.query<ConstraintRow>(constraintsSql, oids),
    indexes: await connection.query<IndexRow>(indexesSql, oids),
    types: new Map(
      (await connection.query<Type>(typesSql(version?.number ?? 0), oids)).map((each) => [each.oid, each]),
    ),
  };
}

const relationsSql = `
SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind = 'p' AS partitioned,
       CASE WHEN c.relispartition THEN ARRAY(SELECT a.relid::oid FROM pg_partition_ancestors(c.oid) AS a(relid))
            ELSE '{}' END AS lineage,
       CASE WHEN c.relispartition THEN pg_get_partition_constraintdef(c.oid) END AS bound,
       c.relkind = 'r' AND pg_relation_size(c.oid) > 0 AS stored, NOT (${notOfExtension('pg_class', 'c.oid')}) AS extension
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND ${ourSchemas}
 ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`;

const columnsSql = `
SELECT a.attrelid AS relation, a.attnum AS number, a.attname::text AS name, a.atttypid AS type, a.atttypmod AS modifier,
       a.attnotnull AS required, a.attgenerated <> '' AS generated, d.expression AS default,
       a.attidentity <> '' OR COALESCE(d.expression LIKE 'nextval(%', false) AS counted
  FROM pg_attribute a
  LEFT JOIN (SELECT adrelid, adnum, pg_get_expr(adbin, adrelid) AS expression FROM pg_attrdef) d
    ON d.adrelid = a.attrelid AND d.adnum = a.attnum
 WHERE a.attrelid = ANY ($1::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attrelid, a.attnum`;

/** Foreign keys that PostgreSQL made for partitions are left out: those they were made from stand for them. */
const constraintsSql = `
SELECT conrelid AS relation, contype AS kind, COALESCE(conkey, '{}') AS columns,
       CASE contype WHEN 'c' THEN pg_get_expr(conbin, conrelid) END AS expression,
       confrelid AS target, confkey AS keys, condeferrable AS deferrable, confmatchtype = 'f' AS full
  FROM pg_constraint
 WHERE conrelid = ANY ($1::oid[]) AND (contype = 'c' OR contype = 'f' AND conparentid = 0)
 ORDER BY conrelid, conname COLLATE "C"`;

const indexesSql = `
SELECT i.indrelid AS relation, i.indisunique AS unique, i.indisprimary AS primary,
       pg_get_expr(i.indpred, i.indrelid) AS predicate,
       ARRAY(SELECT i.indkey[k] FROM generate_series(0, i.indnkeyatts - 1) AS k) AS columns
  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
 WHERE i.indrelid = ANY ($1::oid[]) AND (i.indisunique OR i.indpred IS NOT NULL)
 ORDER BY i.indrelid, x.relname COLLATE "C"`;

/** The types of the columns, and those that these are made of. Multiranges came with PostgreSQL 14. */
const typesSql = (version: number) => {
  const ranges = version >= 140000 ? 'r.rngtypid = t.oid OR r.rngmultitypid = t.oid' : 'r.rngtypid = t.oid';
  const subtype =
    version >= 140000 ? 'CASE t.oid WHEN r.rngtypid THEN r.rngsubtype ELSE r.rngtypid END' : 'r.rngsubtype';
  const element = `CASE WHEN t.typcategory = 'A' AND t.typname NOT IN ('int2vector', 'oidvector') THEN t.typelem ELSE 0 END`;
  return `
WITH RECURSIVE used(oid) AS (
  SELECT DISTINCT atttypid FROM pg_attribute WHERE attrelid = ANY ($1::oid[]) AND attnum > 0 AND NOT attisdropped
  UNION
  SELECT part.oid FROM used u JOIN pg_type t ON t.oid = u.oid CROSS JOIN LATERAL (
    SELECT ${element} AS oid UNION ALL SELECT t.typbasetype
    UNION ALL SELECT ${subtype} FROM pg_range r WHERE ${ranges}
    UNION ALL SELECT a.atttypid FROM pg_attribute a
     WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) part
   WHERE part.oid <> 0)
SELECT t.oid, n.nspname AS schema, t.typname::text AS name, t.typtype AS kind, ${element} AS element,
       t.typbasetype AS base, t.typtypmod AS modifier, t.typnotnull AS required,
       COALESCE((SELECT ${subtype} FROM pg_range r WHERE ${ranges}), 0) AS subtype,
       CASE t.typtype WHEN 'd' THEN ARRAY(SELECT pg_get_expr(c.conbin, 0) FROM pg_constraint c
          WHERE c.contypid = t.oid AND c.contype = 'c' ORDER BY c.conname COLLATE "C") ELSE '{}' END AS checks,
       CASE t.typtype WHEN 'e' THEN ARRAY(SELECT e.enumlabel::text FROM pg_enum e
          WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) ELSE '{}' END AS labels,
       CASE t.typtype WHEN 'c' THEN (SELECT COALESCE(json_agg(json_build_object(
            'type', a.atttypid::bigint, 'modifier', a.atttypmod) ORDER BY a.attnum), '[]') FROM pg_attribute a
          WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) ELSE '[]' END AS attributes
  FROM used u JOIN pg_type t ON t.oid = u.oid JOIN pg_namespace n ON n.oid = t.typnamespace`;
};

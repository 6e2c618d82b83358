import { grantsOf, notOfExtension, ourSchemas, ownerOf, type Reader } from './reader.ts';

const described = `n.nspname || '.' || c.relname AS id, n.nspname AS schema, c.relname AS name, c.oid,
  obj_description(c.oid, 'pg_class') AS comment, ${ownerOf('c.relowner')} AS owner,
  ${grantsOf('c.relacl', 'c.relowner')} AS grants`;

const ours = `FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${ourSchemas} AND ${notOfExtension('pg_class', 'c.oid')}`;

/** Tables, partitioned ones, partitions and foreign tables. */
export const tables: Reader = {
  kind: 'table',
  sql: () => `
    SELECT ${described},
      CASE c.relkind WHEN 'p' THEN 'partitioned table' WHEN 'f' THEN 'foreign table' ELSE 'table' END AS type,
      CASE c.relpersistence WHEN 'u' THEN 'unlogged' WHEN 't' THEN 'temporary' ELSE 'permanent' END AS persistence,
      pg_get_partkeydef(c.oid) AS "partitionKey", pg_get_expr(c.relpartbound, c.oid) AS "partitionBound",
      ARRAY(SELECT pn.nspname || '.' || p.relname FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent
              JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE h.inhrelid = c.oid ORDER BY h.inhseqno) AS parents,
      c.relispartition AS partition,
      CASE WHEN c.relforcerowsecurity THEN 'forced' WHEN c.relrowsecurity THEN 'enabled' ELSE 'off' END AS "rowSecurity",
      CASE c.relreplident WHEN 'd' THEN 'default' WHEN 'f' THEN 'full' WHEN 'n' THEN 'nothing'
        ELSE 'index ' || COALESCE((SELECT r.relname FROM pg_index i JOIN pg_class r ON r.oid = i.indexrelid
                                    WHERE i.indrelid = c.oid AND i.indisreplident), '') END AS "replicaIdentity",
      (SELECT NULLIF(a.amname, 'heap') FROM pg_am a WHERE a.oid = c.relam) AS "accessMethod",
      (SELECT s.spcname FROM pg_tablespace s WHERE s.oid = c.reltablespace) AS tablespace,
      ARRAY(SELECT o FROM unnest(c.reloptions) AS o ORDER BY o COLLATE "C") AS options
    ${ours} AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'`,
};

export const views: Reader = {
  kind: 'view',
  sql: () => `
    SELECT ${described}, CASE c.relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END AS type,
      pg_get_viewdef(c.oid) AS definition, c.relispopulated AS populated,
      ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS columns,
      ARRAY(SELECT o FROM unnest(c.reloptions) AS o ORDER BY o COLLATE "C") AS options
    ${ours} AND c.relkind IN ('v', 'm')`,
};

/** Sequences, but those of identity columns, which the column tells. */
export const sequences: Reader = {
  kind: 'sequence',
  sql: () => `
    SELECT ${described}, format_type(q.seqtypid, NULL) AS type, q.seqstart::text AS start, q.seqincrement::text AS increment,
      q.seqmin::text AS minimum, q.seqmax::text AS maximum, q.seqcache::text AS cache, q.seqcycle AS cycle,
      (SELECT tn.nspname || '.' || t.relname || '.' || a.attname FROM pg_depend d
         JOIN pg_class t ON t.oid = d.refobjid JOIN pg_namespace tn ON tn.oid = t.relnamespace
         JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'a' AND d.refobjsubid > 0) AS "ownedBy"
    ${ours.replace('WHERE', 'JOIN pg_sequence q ON q.seqrelid = c.oid WHERE')} AND c.relkind = 'S'
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'i')`,
};

/** True where the NOT NULL constraint, which is in the catalog from PostgreSQL 18 on, is like that; else NULL. */
function notNullWhere(version: number, condition: string): string {
  if (version < 180000) return 'NULL::bool';
  return `(SELECT true FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum] AND ${condition})`;
}

export const columns: Reader = {
  kind: 'column',
  sql: (version) => `
    SELECT n.nspname || '.' || c.relname || '.' || a.attname AS id, n.nspname AS schema, a.attname AS name,
      n.nspname || '.' || c.relname AS "table", c.oid, col_description(c.oid, a.attnum) AS comment,
      ${grantsOf('a.attacl', 'c.relowner')} AS grants,
      a.attnum AS position, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS "notNull",
      ${notNullWhere(version, 'NOT k.convalidated')} AS "notNullUnvalidated", ${notNullWhere(version, 'k.connoinherit')} AS "notNullNoInherit",
      CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END AS "default",
      CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END AS identity,
      CASE WHEN a.attgenerated <> '' THEN json_build_object('kind', CASE a.attgenerated WHEN 'v' THEN 'virtual' ELSE 'stored' END,
        'expression', pg_get_expr(d.adbin, d.adrelid)) END AS generated,
      CASE WHEN a.attcollation <> t.typcollation THEN (SELECT l.collname FROM pg_collation l WHERE l.oid = a.attcollation) END AS collation,
      CASE WHEN a.attstorage <> t.typstorage THEN CASE a.attstorage
        WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'x' THEN 'extended' ELSE 'main' END END AS storage,
      ${version >= 140000 ? `NULLIF(a.attcompression::text, '')` : 'NULL'} AS compression,
      CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END AS statistics,
      a.attoptions AS options, NOT a.attislocal AS inherited
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE ${ourSchemas} AND ${notOfExtension('pg_class', 'c.oid')} AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
      AND a.attnum > 0 AND NOT a.attisdropped`,
};

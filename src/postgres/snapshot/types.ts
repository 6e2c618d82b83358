import { grantsOf, notOfExtension, ourSchemas, ownerOf, type Reader } from './reader.ts';

const described = `n.nspname || '.' || t.typname AS id, n.nspname AS schema, t.typname AS name, t.oid,
  obj_description(t.oid, 'pg_type') AS comment, ${ownerOf('t.typowner')} AS owner,
  ${grantsOf('t.typacl', 't.typowner', 'USAGE')} AS grants`;

const ours = `FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE ${ourSchemas} AND ${notOfExtension('pg_type', 't.oid')}`;

export const enums: Reader = {
  kind: 'enum',
  sql: () => `SELECT ${described},
      ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) AS labels
    ${ours} AND t.typtype = 'e'`,
};

export const domains: Reader = {
  kind: 'domain',
  sql: () => `SELECT ${described}, format_type(t.typbasetype, t.typtypmod) AS type, t.typnotnull AS "notNull", t.typdefault AS "default",
      CASE WHEN t.typcollation <> b.typcollation THEN (SELECT l.collname FROM pg_collation l WHERE l.oid = t.typcollation) END AS collation,
      ARRAY(SELECT k.conname || ' ' || pg_get_constraintdef(k.oid) FROM pg_constraint k
             WHERE k.contypid = t.oid AND k.contype = 'c' ORDER BY k.conname COLLATE "C") AS checks
    ${ours.replace('WHERE', 'JOIN pg_type b ON b.oid = t.typbasetype WHERE')} AND t.typtype = 'd'`,
};

export const composites: Reader = {
  kind: 'composite type',
  sql: () => `SELECT ${described},
      ARRAY(SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
             WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS attributes
    ${ours.replace('WHERE', "JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c' WHERE")} AND t.typtype = 'c'`,
};

export const ranges: Reader = {
  kind: 'range type',
  sql: () => `SELECT ${described}, format_type(r.rngsubtype, NULL) AS subtype,
      'subtype = ' || format_type(r.rngsubtype, NULL) || COALESCE(', subtype_diff = ' || NULLIF(r.rngsubdiff, 0)::regproc::text, '') AS definition
    ${ours.replace('WHERE', 'JOIN pg_range r ON r.rngtypid = t.oid WHERE')} AND t.typtype = 'r'`,
};

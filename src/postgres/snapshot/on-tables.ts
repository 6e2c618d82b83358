import { notOfExtension, ourSchemas, ownerOf, type Reader } from './reader.ts';

const onTable = `n.nspname || '.' || c.relname AS "table", n.nspname AS schema`;

const ours = `JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ourSchemas} AND ${notOfExtension('pg_class', 'c.oid')}`;

const actions = (column: string) =>
  `CASE ${column} WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' ELSE 'NO ACTION' END`;

const namesOf = (table: string, numbers: string) =>
  `ARRAY(SELECT a.attname::text FROM unnest(${numbers}) WITH ORDINALITY AS u(n, i)
    JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = u.n ORDER BY u.i)`;

/** Constraints of tables; NOT NULL, which PostgreSQL 18 keeps here too, is told by the columns. */
export const constraints: Reader = {
  kind: 'constraint',
  sql: (version) => `
    SELECT n.nspname || '.' || c.relname || '.' || k.conname AS id, k.conname AS name, ${onTable}, k.oid,
      obj_description(k.oid, 'pg_constraint') AS comment,
      CASE k.contype WHEN 'c' THEN 'check' WHEN 'f' THEN 'foreign key' WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique'
        WHEN 'x' THEN 'exclusion' ELSE 'trigger' END AS type,
      regexp_replace(pg_get_constraintdef(k.oid), '( NOT VALID| NOT ENFORCED)+$', '') AS definition,
      ${namesOf('k.conrelid', 'k.conkey')} AS columns,
      k.convalidated ${version >= 180000 ? 'OR NOT k.conenforced' : ''} AS validated,
      ${version >= 180000 ? 'k.conenforced' : 'true'} AS enforced, k.condeferrable AS deferrable, k.condeferred AS deferred,
      CASE WHEN k.contype = 'f' THEN (SELECT json_build_object('table', fn.nspname || '.' || f.relname,
          'columns', ${namesOf('k.confrelid', 'k.confkey')}, 'onDelete', ${actions('k.confdeltype')}, 'onUpdate', ${actions('k.confupdtype')})
        FROM pg_class f JOIN pg_namespace fn ON fn.oid = f.relnamespace WHERE f.oid = k.confrelid) END AS "references",
      CASE WHEN k.contype IN ('p', 'u', 'x') THEN (SELECT n.nspname || '.' || i.relname FROM pg_class i WHERE i.oid = k.conindid) END AS index,
      NOT k.conislocal AS inherited
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid ${ours} AND k.contype <> 'n' AND k.conparentid = 0`,
};

export const indexes: Reader = {
  kind: 'index',
  sql: () => `
    SELECT n.nspname || '.' || x.relname AS id, x.relname AS name, ${onTable}, x.oid,
      obj_description(x.oid, 'pg_class') AS comment, pg_get_indexdef(x.oid) AS definition, m.amname AS method,
      ARRAY(SELECT pg_get_indexdef(x.oid, k, true) FROM generate_series(1, i.indnkeyatts) AS k) AS columns,
      ARRAY(SELECT pg_get_indexdef(x.oid, k, true) FROM generate_series(i.indnkeyatts + 1, i.indnatts) AS k) AS included,
      i.indisunique AS unique, i.indisprimary AS primary, pg_get_expr(i.indpred, i.indrelid) AS predicate, i.indisvalid AS valid,
      (SELECT n.nspname || '.' || c.relname || '.' || k.conname FROM pg_constraint k
        WHERE k.conindid = x.oid AND k.contype IN ('p', 'u', 'x') LIMIT 1) AS constraint,
      (SELECT pn.nspname || '.' || p.relname FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent
        JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE h.inhrelid = x.oid) AS parent
    FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam
      JOIN pg_class c ON c.oid = i.indrelid ${ours}`,
};

const enabled = (column: string) =>
  `CASE ${column} WHEN 'O' THEN 'origin' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' ELSE 'disabled' END`;

/** Triggers; those that partitions have from their parent are the parent's (internal ones before PostgreSQL 15). */
export const triggers: Reader = {
  kind: 'trigger',
  sql: (version) => `
    SELECT n.nspname || '.' || c.relname || '.' || t.tgname AS id, t.tgname AS name, ${onTable}, t.oid,
      obj_description(t.oid, 'pg_trigger') AS comment, pg_get_triggerdef(t.oid) AS definition, ${enabled('t.tgenabled')} AS enabled,
      pn.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS function
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
      JOIN pg_namespace pn ON pn.oid = p.pronamespace ${ours} AND NOT t.tgisinternal ${version >= 130000 ? 'AND t.tgparentid = 0' : ''}`,
};

export const rules: Reader = {
  kind: 'rule',
  sql: () => `
    SELECT n.nspname || '.' || c.relname || '.' || r.rulename AS id, r.rulename AS name, ${onTable}, r.oid,
      obj_description(r.oid, 'pg_rewrite') AS comment, pg_get_ruledef(r.oid) AS definition, ${enabled('r.ev_enabled')} AS enabled
    FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class ${ours} AND r.rulename <> '_RETURN'`,
};

export const policies: Reader = {
  kind: 'policy',
  sql: () => `
    SELECT n.nspname || '.' || c.relname || '.' || p.polname AS id, p.polname AS name, ${onTable}, p.oid,
      obj_description(p.oid, 'pg_policy') AS comment, p.polpermissive AS permissive,
      CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END AS command,
      ARRAY(SELECT CASE r WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(r)::text END FROM unnest(p.polroles) AS r ORDER BY 1) AS roles,
      pg_get_expr(p.polqual, p.polrelid) AS using, pg_get_expr(p.polwithcheck, p.polrelid) AS check
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid ${ours}`,
};

export const statistics: Reader = {
  kind: 'statistics',
  sql: () => `
    SELECT n.nspname || '.' || s.stxname AS id, n.nspname AS schema, s.stxname AS name, s.oid,
      obj_description(s.oid, 'pg_statistic_ext') AS comment, ${ownerOf('s.stxowner')} AS owner, pg_get_statisticsobjdef(s.oid) AS definition
    FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE ${ourSchemas}`,
};

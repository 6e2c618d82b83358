import { grantsOf, notOfExtension, ourSchemas, ownerOf, type Reader } from './reader.ts';

/** Schemas; who owns `public`, and what everybody may do there, changed with PostgreSQL 15 and is not ours to compare. */
export const schemas: Reader = {
  kind: 'schema',
  sql: () => `
    SELECT n.nspname AS id, '' AS schema, n.nspname AS name, n.oid,
      CASE WHEN n.nspname <> 'public' THEN obj_description(n.oid, 'pg_namespace') END AS comment,
      CASE WHEN n.nspname <> 'public' THEN ${ownerOf('n.nspowner')} END AS owner,
      CASE WHEN n.nspname <> 'public' THEN ${grantsOf('n.nspacl', 'n.nspowner')} END AS grants
    FROM pg_namespace n WHERE ${ourSchemas} AND ${notOfExtension('pg_namespace', 'n.oid')}`,
};

export const routines: Reader = {
  kind: 'function',
  sql: () => `
    SELECT n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS id,
      n.nspname AS schema, p.proname AS name, p.oid, obj_description(p.oid, 'pg_proc') AS comment, ${ownerOf('p.proowner')} AS owner,
      ${grantsOf('p.proacl', 'p.proowner', 'EXECUTE')} AS grants,
      CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' WHEN 'w' THEN 'window function' ELSE 'function' END AS type,
      l.lanname AS language, COALESCE(pg_get_function_result(p.oid), '') AS result,
      CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END AS volatility,
      p.prosecdef AS "securityDefiner",
      CASE WHEN p.prokind = 'a' THEN (SELECT 'sfunc = ' || g.aggtransfn::text || ', stype = ' || format_type(g.aggtranstype, NULL)
          || COALESCE(', finalfunc = ' || NULLIF(g.aggfinalfn, 0)::regproc::text, '') || COALESCE(', initcond = ' || g.agginitval, '')
        FROM pg_aggregate g WHERE g.aggfnoid = p.oid) ELSE pg_get_functiondef(p.oid) END AS definition,
      p.prosrc AS body, ARRAY(SELECT s FROM unnest(p.proconfig) AS s ORDER BY s COLLATE "C") AS settings
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
    WHERE ${ourSchemas} AND ${notOfExtension('pg_proc', 'p.oid')}
      AND NOT EXISTS (SELECT 1 FROM pg_depend i WHERE i.classid = 'pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')`,
};

export const extensions: Reader = {
  kind: 'extension',
  sql: () => `
    SELECT e.extname AS id, '' AS schema, e.extname AS name, e.oid, e.extversion AS version
    FROM pg_extension e WHERE e.extname <> 'plpgsql'`,
};

/** ` (id, total) WHERE (total > 3)`, as far as the publication says so. */
const listAndFilter = `COALESCE(' (' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
            WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)) || ')', '')
          || COALESCE(' WHERE ' || pg_get_expr(r.prqual, r.prrelid), '')`;

export const publications: Reader = {
  kind: 'publication',
  sql: (version) => `
    SELECT p.pubname AS id, '' AS schema, p.pubname AS name, p.oid, ${ownerOf('p.pubowner')} AS owner,
      obj_description(p.oid, 'pg_publication') AS comment, p.puballtables AS "allTables",
      array_remove(ARRAY[CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
        CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END], NULL) AS actions,
      ARRAY(SELECT m FROM (
        SELECT n.nspname || '.' || c.relname ${version >= 150000 ? `|| ${listAndFilter}` : ''} AS m
          FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.prpubid = p.oid
        ${version >= 150000 ? `UNION ALL SELECT 'schema ' || s.nspname FROM pg_publication_namespace x JOIN pg_namespace s ON s.oid = x.pnnspid WHERE x.pnpubid = p.oid` : ''}
      ) AS members ORDER BY m COLLATE "C") AS members
    FROM pg_publication p`,
};

export const eventTriggers: Reader = {
  kind: 'event trigger',
  sql: () => `
    SELECT e.evtname AS id, '' AS schema, e.evtname AS name, e.oid, ${ownerOf('e.evtowner')} AS owner,
      obj_description(e.oid, 'pg_event_trigger') AS comment,
      e.evtevent || ' ' || COALESCE(array_to_string(e.evttags, ', '), '') || ' ' || e.evtfoid::regproc::text || ' ' || e.evtenabled::text AS definition
    FROM pg_event_trigger e WHERE ${notOfExtension('pg_event_trigger', 'e.oid')}`,
};

export const defaultPrivileges: Reader = {
  kind: 'default privileges',
  sql: () => `
    SELECT COALESCE(n.nspname, '') || ' ' || d.defaclobjtype::text || ' ' || COALESCE(${ownerOf('d.defaclrole')}, '') AS id,
      COALESCE(n.nspname, '') AS schema, d.defaclobjtype::text AS name, d.oid,
      COALESCE(array_to_string(${grantsOf('d.defaclacl', 'd.defaclrole')}, ', '), '') AS definition
    FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace`,
};

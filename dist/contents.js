import { r as quote } from "./quote.js";
import { i as parseSync, n as loadModule } from "./grammar.js";
import { r as SqlError } from "./connect.js";
import { createHash } from "node:crypto";

// src/postgres/snapshot/canonical.ts
/** Fields that say where and when rather than what: never compared. */
const incidental = /* @__PURE__ */ new Set([
	"oid",
	"position",
	"version"
]);
/**
* An object as every major writes it, with its fields in order. Majors print the same expression differently, so where
* they do it is compared by its parse tree.
*/
async function canonical(object) {
	await loadModule();
	const sorted = Object.entries(object).filter(([name]) => !incidental.has(name)).sort(([a], [b]) => a < b ? -1 : 1);
	return Object.fromEntries(sorted.map(([name, value]) => [name, canonicalField(object.kind, name, value)]));
}
function canonicalField(kind, name, value) {
	if (name === "definition" && (kind === "view" || kind === "rule")) return treeOf(value);
	const statement = statements[`${kind} ${name}`];
	if (!statement || !spelledByMajor.test(JSON.stringify(value))) return value;
	return mapTexts(value, (text) => treeOf(statement(text)));
}
/** Syntax of the SQL standard that PostgreSQL 14 and later print as such, and earlier ones as function calls; SIMILAR TO. */
const spelledByMajor = /\b(extract|date_part|[blr]?trim|position|overlay|substring|timezone|at time zone|normalize|is_normalized|xmlexists|pg_collation_for|collation for|similar_escape|similar_to_escape)\b/i;
/** Statements in which the fields that hold expressions can be parsed. */
const statements = {
	"column default": (text) => `SELECT ${text}`,
	"column generated": (text) => `SELECT ${text}`,
	"constraint definition": (text) => `ALTER TABLE t ADD ${text}`,
	"domain checks": (text) => `ALTER DOMAIN d ADD CONSTRAINT ${text}`,
	"index columns": (text) => `SELECT ${text}`,
	"index definition": (text) => text,
	"index predicate": (text) => `SELECT ${text}`,
	"policy check": (text) => `SELECT ${text}`,
	"policy using": (text) => `SELECT ${text}`,
	"statistics definition": (text) => text,
	"table partitionKey": (text) => `CREATE TABLE t () PARTITION BY ${text}`,
	"trigger definition": (text) => text
};
function mapTexts(value, change) {
	if (typeof value === "string") return change(value);
	if (Array.isArray(value)) return value.map((each) => mapTexts(each, change));
	if (value === null || typeof value !== "object") return value;
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapTexts(each, change)]));
}
/** The parse tree, or the text where it cannot be parsed. */
function treeOf(sql) {
	try {
		return JSON.parse(JSON.stringify(parseSync(sql).stmts, simplified));
	} catch {
		return sql;
	}
}
/** Without locations, with column references cut to the column's name, and functions as calls. */
function simplified(key, value) {
	if (places.test(key)) return void 0;
	if (key === "ColumnRef") return value.fields?.at(-1);
	if (key === "FuncCall") return asCall(value);
	return withoutCast(value, ["numeric", "float8"], true);
}
const places = /^(location|stmt_location|stmt_len|(rexpr_)?list_(start|end))$/;
function asCall(call) {
	const name = call.funcname?.at(-1)?.String?.sval ?? "";
	if (!spelledByMajor.test(name)) return call;
	const args = call.args?.map((each) => withoutCast(each, ["text"], false));
	if (name === "similar_escape") return {
		name: "similar_to_escape",
		args: args?.slice(0, 1)
	};
	return {
		name: name === "extract" ? "date_part" : name,
		args
	};
}
/** What is cast to one of these types, without the cast, which one spelling shows and the other does not. */
function withoutCast(value, types, onlyConstants) {
	const cast = value?.TypeCast;
	const type = cast?.typeName?.names?.at(-1)?.String?.sval ?? "";
	return cast && types.includes(type) && (cast.arg?.A_Const || !onlyConstants) ? cast.arg : value;
}

// src/postgres/snapshot/reader.ts
/** Leaves out PostgreSQL's own schemas and temporary ones, for a `pg_namespace n`. */
const ourSchemas = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;
/** Leaves out what belongs to an extension. */
function notOfExtension(catalog, oid) {
	return `NOT EXISTS (SELECT 1 FROM pg_depend x WHERE x.classid = '${catalog}'::regclass AND x.objid = ${oid} AND x.deptype = 'e')`;
}
/** In the readers' SQL: the role whose objects are told without their owner. It reads, and is the one that ran the migrations. */
const unnamed = "current_user";
/** The owner, or NULL where it is not named. */
function ownerOf(column) {
	return `NULLIF(pg_get_userbyid(${column}), ${unnamed})`;
}
/**
* Privileges of others than the owner. MAINTAIN, which ALL includes from PostgreSQL 17 on, is only told where it was
* granted by itself. `byDefault` is what everybody has while nothing was granted or revoked: told when it is gone.
*/
function grantsOf(acl, owner, byDefault) {
	const gone = byDefault ? `UNION ALL SELECT 'PUBLIC: no ${byDefault}' WHERE ${acl} IS NOT NULL AND NOT EXISTS
         (SELECT 1 FROM aclexplode(${acl}) e WHERE e.grantee = 0 AND e.privilege_type = '${byDefault}')` : "";
	return `(SELECT array_agg(line ORDER BY line COLLATE "C") FROM (
    SELECT CASE held.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(held.grantee) END || ': ' || held.privilege_type
           || CASE WHEN held.is_grantable THEN ' with grant option' ELSE '' END AS line
      FROM aclexplode(${acl}) AS held
     WHERE held.grantee <> ${owner} ${byDefault ? `AND NOT (held.grantee = 0 AND held.privilege_type = '${byDefault}')` : ""}
       AND NOT (held.privilege_type = 'MAINTAIN' AND EXISTS (SELECT 1 FROM aclexplode(${acl}) o
                 WHERE o.grantee = held.grantee AND o.privilege_type = 'TRIGGER'))
    ${gone}) AS granted)`;
}

// src/postgres/snapshot/on-tables.ts
const onTable = `n.nspname || '.' || c.relname AS "table", n.nspname AS schema`;
const ours$2 = `JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ourSchemas} AND ${notOfExtension("pg_class", "c.oid")}`;
const actions = (column) => `CASE ${column} WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' ELSE 'NO ACTION' END`;
const namesOf = (table, numbers) => `ARRAY(SELECT a.attname::text FROM unnest(${numbers}) WITH ORDINALITY AS u(n, i)
    JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = u.n ORDER BY u.i)`;
/** Constraints of tables; NOT NULL, which PostgreSQL 18 keeps here too, is told by the columns. */
const constraints = {
	kind: "constraint",
	sql: (version) => `
    SELECT n.nspname || '.' || c.relname || '.' || k.conname AS id, k.conname AS name, ${onTable}, k.oid,
      obj_description(k.oid, 'pg_constraint') AS comment,
      CASE k.contype WHEN 'c' THEN 'check' WHEN 'f' THEN 'foreign key' WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique'
        WHEN 'x' THEN 'exclusion' ELSE 'trigger' END AS type,
      regexp_replace(pg_get_constraintdef(k.oid), '( NOT VALID| NOT ENFORCED)+$', '') AS definition,
      ${namesOf("k.conrelid", "k.conkey")} AS columns,
      k.convalidated ${version >= 18e4 ? "OR NOT k.conenforced" : ""} AS validated,
      ${version >= 18e4 ? "k.conenforced" : "true"} AS enforced, k.condeferrable AS deferrable, k.condeferred AS deferred,
      CASE WHEN k.contype = 'f' THEN (SELECT json_build_object('table', fn.nspname || '.' || f.relname,
          'columns', ${namesOf("k.confrelid", "k.confkey")}, 'onDelete', ${actions("k.confdeltype")}, 'onUpdate', ${actions("k.confupdtype")})
        FROM pg_class f JOIN pg_namespace fn ON fn.oid = f.relnamespace WHERE f.oid = k.confrelid) END AS "references",
      CASE WHEN k.contype IN ('p', 'u', 'x') THEN (SELECT n.nspname || '.' || i.relname FROM pg_class i WHERE i.oid = k.conindid) END AS index,
      NOT k.conislocal AS inherited
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid ${ours$2} AND k.contype <> 'n' AND k.conparentid = 0`
};
const indexes = {
	kind: "index",
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
      JOIN pg_class c ON c.oid = i.indrelid ${ours$2}`
};
const enabled = (column) => `CASE ${column} WHEN 'O' THEN 'origin' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' ELSE 'disabled' END`;
/** Triggers; those that partitions have from their parent are the parent's (internal ones before PostgreSQL 15). */
const triggers = {
	kind: "trigger",
	sql: (version) => `
    SELECT n.nspname || '.' || c.relname || '.' || t.tgname AS id, t.tgname AS name, ${onTable}, t.oid,
      obj_description(t.oid, 'pg_trigger') AS comment, pg_get_triggerdef(t.oid) AS definition, ${enabled("t.tgenabled")} AS enabled,
      pn.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS function
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
      JOIN pg_namespace pn ON pn.oid = p.pronamespace ${ours$2} AND NOT t.tgisinternal ${version >= 13e4 ? "AND t.tgparentid = 0" : ""}`
};
const rules = {
	kind: "rule",
	sql: () => `
    SELECT n.nspname || '.' || c.relname || '.' || r.rulename AS id, r.rulename AS name, ${onTable}, r.oid,
      obj_description(r.oid, 'pg_rewrite') AS comment, pg_get_ruledef(r.oid) AS definition, ${enabled("r.ev_enabled")} AS enabled
    FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class ${ours$2} AND r.rulename <> '_RETURN'`
};
const policies = {
	kind: "policy",
	sql: () => `
    SELECT n.nspname || '.' || c.relname || '.' || p.polname AS id, p.polname AS name, ${onTable}, p.oid,
      obj_description(p.oid, 'pg_policy') AS comment, p.polpermissive AS permissive,
      CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END AS command,
      ARRAY(SELECT CASE r WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(r)::text END FROM unnest(p.polroles) AS r ORDER BY 1) AS roles,
      pg_get_expr(p.polqual, p.polrelid) AS using, pg_get_expr(p.polwithcheck, p.polrelid) AS check
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid ${ours$2}`
};
const statistics = {
	kind: "statistics",
	sql: () => `
    SELECT n.nspname || '.' || s.stxname AS id, n.nspname AS schema, s.stxname AS name, s.oid,
      obj_description(s.oid, 'pg_statistic_ext') AS comment, ${ownerOf("s.stxowner")} AS owner, pg_get_statisticsobjdef(s.oid) AS definition
    FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE ${ourSchemas}`
};

// src/postgres/snapshot/others.ts
/** Schemas; who owns `public`, and what everybody may do there, changed with PostgreSQL 15 and is not ours to compare. */
const schemas = {
	kind: "schema",
	sql: () => `
    SELECT n.nspname AS id, '' AS schema, n.nspname AS name, n.oid,
      CASE WHEN n.nspname <> 'public' THEN obj_description(n.oid, 'pg_namespace') END AS comment,
      CASE WHEN n.nspname <> 'public' THEN ${ownerOf("n.nspowner")} END AS owner,
      CASE WHEN n.nspname <> 'public' THEN ${grantsOf("n.nspacl", "n.nspowner")} END AS grants
    FROM pg_namespace n WHERE ${ourSchemas} AND ${notOfExtension("pg_namespace", "n.oid")}`
};
const routines = {
	kind: "function",
	sql: () => `
    SELECT n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS id,
      n.nspname AS schema, p.proname AS name, p.oid, obj_description(p.oid, 'pg_proc') AS comment, ${ownerOf("p.proowner")} AS owner,
      ${grantsOf("p.proacl", "p.proowner", "EXECUTE")} AS grants,
      CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' WHEN 'w' THEN 'window function' ELSE 'function' END AS type,
      l.lanname AS language, COALESCE(pg_get_function_result(p.oid), '') AS result,
      CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END AS volatility,
      p.prosecdef AS "securityDefiner",
      CASE WHEN p.prokind = 'a' THEN (SELECT 'sfunc = ' || g.aggtransfn::text || ', stype = ' || format_type(g.aggtranstype, NULL)
          || COALESCE(', finalfunc = ' || NULLIF(g.aggfinalfn, 0)::regproc::text, '') || COALESCE(', initcond = ' || g.agginitval, '')
        FROM pg_aggregate g WHERE g.aggfnoid = p.oid) ELSE pg_get_functiondef(p.oid) END AS definition,
      p.prosrc AS body, ARRAY(SELECT s FROM unnest(p.proconfig) AS s ORDER BY s COLLATE "C") AS settings
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
    WHERE ${ourSchemas} AND ${notOfExtension("pg_proc", "p.oid")}
      AND NOT EXISTS (SELECT 1 FROM pg_depend i WHERE i.classid = 'pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')`
};
const extensions = {
	kind: "extension",
	sql: () => `
    SELECT e.extname AS id, '' AS schema, e.extname AS name, e.oid, e.extversion AS version
    FROM pg_extension e WHERE e.extname <> 'plpgsql'`
};
/** ` (id, total) WHERE (total > 3)`, as far as the publication says so. */
const listAndFilter = `COALESCE(' (' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
            WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)) || ')', '')
          || COALESCE(' WHERE ' || pg_get_expr(r.prqual, r.prrelid), '')`;
const publications = {
	kind: "publication",
	sql: (version) => `
    SELECT p.pubname AS id, '' AS schema, p.pubname AS name, p.oid, ${ownerOf("p.pubowner")} AS owner,
      obj_description(p.oid, 'pg_publication') AS comment, p.puballtables AS "allTables",
      array_remove(ARRAY[CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
        CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END], NULL) AS actions,
      ARRAY(SELECT m FROM (
        SELECT n.nspname || '.' || c.relname ${version >= 15e4 ? `|| ${listAndFilter}` : ""} AS m
          FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.prpubid = p.oid
        ${version >= 15e4 ? `UNION ALL SELECT 'schema ' || s.nspname FROM pg_publication_namespace x JOIN pg_namespace s ON s.oid = x.pnnspid WHERE x.pnpubid = p.oid` : ""}
      ) AS members ORDER BY m COLLATE "C") AS members
    FROM pg_publication p`
};
const eventTriggers = {
	kind: "event trigger",
	sql: () => `
    SELECT e.evtname AS id, '' AS schema, e.evtname AS name, e.oid, ${ownerOf("e.evtowner")} AS owner,
      obj_description(e.oid, 'pg_event_trigger') AS comment,
      e.evtevent || ' ' || COALESCE(array_to_string(e.evttags, ', '), '') || ' ' || e.evtfoid::regproc::text || ' ' || e.evtenabled::text AS definition
    FROM pg_event_trigger e WHERE ${notOfExtension("pg_event_trigger", "e.oid")}`
};
const defaultPrivileges = {
	kind: "default privileges",
	sql: () => `
    SELECT COALESCE(n.nspname, '') || ' ' || d.defaclobjtype::text || ' ' || COALESCE(${ownerOf("d.defaclrole")}, '') AS id,
      COALESCE(n.nspname, '') AS schema, d.defaclobjtype::text AS name, d.oid,
      COALESCE(array_to_string(${grantsOf("d.defaclacl", "d.defaclrole")}, ', '), '') AS definition
    FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace`
};

// src/postgres/snapshot/relations.ts
const described$1 = `n.nspname || '.' || c.relname AS id, n.nspname AS schema, c.relname AS name, c.oid,
  obj_description(c.oid, 'pg_class') AS comment, ${ownerOf("c.relowner")} AS owner,
  ${grantsOf("c.relacl", "c.relowner")} AS grants`;
const ours$1 = `FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${ourSchemas} AND ${notOfExtension("pg_class", "c.oid")}`;
/** Tables, partitioned ones, partitions and foreign tables. */
const tables = {
	kind: "table",
	sql: () => `
    SELECT ${described$1},
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
    ${ours$1} AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'`
};
const views = {
	kind: "view",
	sql: () => `
    SELECT ${described$1}, CASE c.relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END AS type,
      pg_get_viewdef(c.oid) AS definition, c.relispopulated AS populated,
      ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS columns,
      ARRAY(SELECT o FROM unnest(c.reloptions) AS o ORDER BY o COLLATE "C") AS options
    ${ours$1} AND c.relkind IN ('v', 'm')`
};
/** Sequences, but those of identity columns, which the column tells. */
const sequences = {
	kind: "sequence",
	sql: () => `
    SELECT ${described$1}, format_type(q.seqtypid, NULL) AS type, q.seqstart::text AS start, q.seqincrement::text AS increment,
      q.seqmin::text AS minimum, q.seqmax::text AS maximum, q.seqcache::text AS cache, q.seqcycle AS cycle,
      (SELECT tn.nspname || '.' || t.relname || '.' || a.attname FROM pg_depend d
         JOIN pg_class t ON t.oid = d.refobjid JOIN pg_namespace tn ON tn.oid = t.relnamespace
         JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'a' AND d.refobjsubid > 0) AS "ownedBy"
    ${ours$1.replace("WHERE", "JOIN pg_sequence q ON q.seqrelid = c.oid WHERE")} AND c.relkind = 'S'
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'i')`
};
/** True where the NOT NULL constraint, which is in the catalog from PostgreSQL 18 on, is like that; else NULL. */
function notNullWhere(version, condition) {
	if (version < 18e4) return "NULL::bool";
	return `(SELECT true FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum] AND ${condition})`;
}
const columns = {
	kind: "column",
	sql: (version) => `
    SELECT n.nspname || '.' || c.relname || '.' || a.attname AS id, n.nspname AS schema, a.attname AS name,
      n.nspname || '.' || c.relname AS "table", c.oid, col_description(c.oid, a.attnum) AS comment,
      ${grantsOf("a.attacl", "c.relowner")} AS grants,
      a.attnum AS position, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS "notNull",
      ${notNullWhere(version, "NOT k.convalidated")} AS "notNullUnvalidated", ${notNullWhere(version, "k.connoinherit")} AS "notNullNoInherit",
      CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END AS "default",
      CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END AS identity,
      CASE WHEN a.attgenerated <> '' THEN json_build_object('kind', CASE a.attgenerated WHEN 'v' THEN 'virtual' ELSE 'stored' END,
        'expression', pg_get_expr(d.adbin, d.adrelid)) END AS generated,
      CASE WHEN a.attcollation <> t.typcollation THEN (SELECT l.collname FROM pg_collation l WHERE l.oid = a.attcollation) END AS collation,
      CASE WHEN a.attstorage <> t.typstorage THEN CASE a.attstorage
        WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'x' THEN 'extended' ELSE 'main' END END AS storage,
      ${version >= 14e4 ? `NULLIF(a.attcompression::text, '')` : "NULL"} AS compression,
      CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END AS statistics,
      a.attoptions AS options, NOT a.attislocal AS inherited
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE ${ourSchemas} AND ${notOfExtension("pg_class", "c.oid")} AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
      AND a.attnum > 0 AND NOT a.attisdropped`
};

// src/postgres/snapshot/types.ts
const described = `n.nspname || '.' || t.typname AS id, n.nspname AS schema, t.typname AS name, t.oid,
  obj_description(t.oid, 'pg_type') AS comment, ${ownerOf("t.typowner")} AS owner,
  ${grantsOf("t.typacl", "t.typowner", "USAGE")} AS grants`;
const ours = `FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE ${ourSchemas} AND ${notOfExtension("pg_type", "t.oid")}`;
const enums = {
	kind: "enum",
	sql: () => `SELECT ${described},
      ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) AS labels
    ${ours} AND t.typtype = 'e'`
};
const domains = {
	kind: "domain",
	sql: () => `SELECT ${described}, format_type(t.typbasetype, t.typtypmod) AS type, t.typnotnull AS "notNull", t.typdefault AS "default",
      CASE WHEN t.typcollation <> b.typcollation THEN (SELECT l.collname FROM pg_collation l WHERE l.oid = t.typcollation) END AS collation,
      ARRAY(SELECT k.conname || ' ' || pg_get_constraintdef(k.oid) FROM pg_constraint k
             WHERE k.contypid = t.oid AND k.contype = 'c' ORDER BY k.conname COLLATE "C") AS checks
    ${ours.replace("WHERE", "JOIN pg_type b ON b.oid = t.typbasetype WHERE")} AND t.typtype = 'd'`
};
const composites = {
	kind: "composite type",
	sql: () => `SELECT ${described},
      ARRAY(SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
             WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS attributes
    ${ours.replace("WHERE", "JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c' WHERE")} AND t.typtype = 'c'`
};
const ranges = {
	kind: "range type",
	sql: () => `SELECT ${described}, format_type(r.rngsubtype, NULL) AS subtype,
      'subtype = ' || format_type(r.rngsubtype, NULL) || COALESCE(', subtype_diff = ' || NULLIF(r.rngsubdiff, 0)::regproc::text, '') AS definition
    ${ours.replace("WHERE", "JOIN pg_range r ON r.rngtypid = t.oid WHERE")} AND t.typtype = 'r'`
};

// src/postgres/snapshot/snapshot.ts
const readers = [...[
	schemas,
	tables,
	columns,
	constraints,
	indexes,
	views,
	sequences,
	routines,
	triggers,
	rules,
	policies
], ...[
	enums,
	domains,
	composites,
	ranges,
	extensions,
	publications,
	statistics,
	eventTriggers,
	defaultPrivileges
]];
/**
* Reads the schema of the session's database, in one consistent moment. Leaves neither locks nor settings behind.
* Sources: documentation, part VII, "System Catalogs", and 9.27, "System Information Functions".
*/
async function takeSnapshot(session) {
	await session.send("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path = ''");
	try {
		return await readSnapshot(session);
	} finally {
		await session.send("ROLLBACK");
	}
}
/**
* The same inside a transaction that is one moment already, and has no search_path. With `owners`, every owner is named:
* what one role has read is then compared with what another reads.
*/
async function readSnapshot(session, owners) {
	const [row] = await session.query("SELECT current_setting('server_version_num')::int AS version");
	const serverVersion = row?.version ?? 0;
	const objects = [];
	for (const { kind, sql } of readers) {
		const text = sql(serverVersion);
		objects.push(...await read(session, kind, owners ? text.replaceAll(unnamed, "NULL") : text));
	}
	objects.sort((a, b) => compare(a.kind, b.kind) || compare(a.id, b.id));
	return {
		serverVersion,
		fingerprint: await fingerprintOf(objects),
		objects
	};
}
async function read(session, kind, sql) {
	return (await session.query(sql)).map((row) => {
		const fields = Object.entries(row).filter(([, value]) => value !== null);
		return {
			kind,
			...Object.fromEntries(fields)
		};
	});
}
/** SHA-256 (hex) over the canonical form of objects. */
async function fingerprintOf(objects) {
	const hash = createHash("sha256");
	for (const object of objects) hash.update(JSON.stringify(await canonical(object)));
	return hash.digest("hex");
}
function compare(a, b) {
	return a < b ? -1 : Number(a > b);
}

// src/postgres/dump/migrations.ts
const byVersion = {
	applied: "true",
	latest: "max(version)"
};
/** Tables of each tool as its own source creates them; the tools whose order is not in the table have the last by name or time. */
const known = [
	{
		tool: "golang-migrate",
		table: "schema_migrations",
		columns: ["version", "dirty"],
		...byVersion,
		all: "dirty,version",
		unfinished: "dirty"
	},
	{
		...byVersion,
		tool: "ecto",
		table: "schema_migrations",
		columns: ["version", "inserted_at"]
	},
	{
		...byVersion,
		tool: "supabase",
		table: "schema_migrations",
		columns: ["version", "statements"]
	},
	{
		...byVersion,
		tool: "rails or dbmate",
		table: "schema_migrations",
		columns: ["version"],
		without: [
			"dirty",
			"inserted_at",
			"statements"
		]
	},
	{
		tool: "goose",
		table: "goose_db_version",
		columns: ["version_id", "is_applied"],
		applied: `is_applied AND version_id > 0 AND id = (SELECT max(n.id) FROM %t n WHERE n.version_id = t.version_id)`,
		latest: "max(version_id)",
		all: "id,is_applied,tstamp,version_id"
	},
	{
		tool: "atlas",
		table: "atlas_schema_revisions",
		columns: [
			"version",
			"applied",
			"total"
		],
		applied: "applied = total",
		latest: "max(version)",
		unfinished: "applied <> total"
	},
	{
		tool: "flyway",
		table: "flyway_schema_history",
		columns: [
			"installed_rank",
			"version",
			"success"
		],
		all: "checksum,description,execution_time,installed_by,installed_on,installed_rank,script,success,type,version",
		applied: `success AND version IS NOT NULL`,
		latest: "(array_agg(version ORDER BY installed_rank DESC))[1]",
		unfinished: "NOT success"
	},
	{
		tool: "liquibase",
		table: "databasechangelog",
		columns: [
			"id",
			"author",
			"orderexecuted"
		],
		applied: "true",
		latest: `(array_agg(author || ':' || id ORDER BY orderexecuted DESC))[1]`
	},
	{
		tool: "alembic",
		table: "alembic_version",
		columns: ["version_num"],
		applied: "true",
		latest: `string_agg(version_num, ', ' ORDER BY version_num)`
	},
	{
		tool: "django",
		table: "django_migrations",
		columns: [
			"app",
			"name",
			"applied"
		],
		applied: "true",
		latest: `(array_agg(app || '.' || name ORDER BY id DESC))[1]`
	},
	{
		tool: "prisma",
		table: "_prisma_migrations",
		columns: [
			"migration_name",
			"finished_at",
			"rolled_back_at"
		],
		applied: "finished_at IS NOT NULL AND rolled_back_at IS NULL",
		latest: "max(migration_name)",
		unfinished: "finished_at IS NULL AND rolled_back_at IS NULL"
	},
	{
		tool: "drizzle",
		table: "__drizzle_migrations",
		columns: ["hash", "created_at"],
		applied: "true",
		latest: "max(created_at)"
	},
	{
		tool: "sqlx",
		table: "_sqlx_migrations",
		columns: [
			"version",
			"success",
			"checksum"
		],
		applied: "success",
		latest: "max(version)",
		unfinished: "NOT success"
	},
	{
		...byVersion,
		tool: "diesel",
		table: "__diesel_schema_migrations",
		columns: ["version", "run_on"]
	},
	{
		...byVersion,
		tool: "refinery",
		table: "refinery_schema_history",
		columns: ["version", "applied_on"]
	},
	{
		tool: "knex",
		table: "knex_migrations",
		columns: ["name", "batch"],
		applied: "true",
		latest: "(array_agg(name ORDER BY id DESC))[1]"
	},
	{
		tool: "node-pg-migrate",
		table: "pgmigrations",
		columns: ["name", "run_on"],
		applied: "true",
		latest: "(array_agg(name ORDER BY id DESC))[1]"
	},
	{
		tool: "typeorm",
		table: "migrations",
		columns: [
			"id",
			"timestamp",
			"name"
		],
		applied: "true",
		latest: "(array_agg(name ORDER BY \"timestamp\" DESC))[1]"
	}
];
/** Where the migration tools stand whose tables are in the database, in the snapshot of the session. */
async function migrationsOf(session) {
	const renamed = known.filter(({ all }) => all !== void 0);
	const found = await session.query(`SELECT n.nspname AS schema, c.relname AS table, a.columns
       FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      CROSS JOIN LATERAL (SELECT pg_catalog.array_agg(attname::text ORDER BY attname COLLATE "C") AS columns
                            FROM pg_catalog.pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) a
      WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND n.nspname !~ '^pg_'
        AND (c.relname = ANY ($1) OR c.oid IN (SELECT attrelid FROM pg_catalog.pg_attribute WHERE attname = ANY ($2)))
      ORDER BY 1, 2`, [known.map(({ table }) => table), renamed.map(({ columns }) => columns[0])]);
	const states = [];
	for (const { schema, table, columns } of found) {
		const kept = known.find((each) => isKept(each, table, columns));
		const state = kept && await stateIfAny(session, {
			...kept,
			table
		}, schema);
		if (state) states.push(state);
	}
	return states;
}
function isKept({ table, columns, all, without = [] }, name, found) {
	if (name !== table) return all === found.join();
	return columns.every((column) => found.includes(column)) && !without.some((column) => found.includes(column));
}
/** A table of other types than the tool's is somebody else's. */
async function stateIfAny(session, kept, schema) {
	await session.send("SAVEPOINT migrations");
	try {
		return await stateOf(session, kept, schema);
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		await session.send("ROLLBACK TO SAVEPOINT migrations");
		return;
	}
}
async function stateOf(session, { tool, table, applied, latest, unfinished = "false" }, schema) {
	const from = `${quote(schema)}.${quote(table)}`;
	const [row] = await session.query(`SELECT (SELECT count(*)::float8 FROM ${from} t WHERE ${applied}) AS applied,
            (SELECT (${latest})::text FROM ${from} t WHERE ${applied}) AS latest,
            (SELECT count(*)::float8 FROM ${from} t WHERE ${unfinished}) AS unfinished`.replaceAll("%t", () => from));
	const { applied: count, latest: last, unfinished: open } = row;
	return {
		tool,
		table: `${schema}.${table}`,
		latest: last,
		applied: count,
		...open > 0 && { unfinished: open }
	};
}

// src/postgres/dump/contents.ts
/** Reads what is in the database of a session whose transaction is a snapshot. */
async function contentsOf(session, rowCounts) {
	const fingerprint = await fingerprintIn(session);
	const [migrations, settings] = [await migrationsOf(session), await settingsOf(session)];
	const tablespaces = await tablespacesOf(session);
	return {
		tables: await tablesOf(session, rowCounts),
		sequences: await sequencesOf(session),
		extensions: await session.query("SELECT extname AS name, extversion AS version FROM pg_catalog.pg_extension ORDER BY 1"),
		roles: await rolesOf(session),
		...tablespaces.length > 0 && { tablespaces },
		fingerprint,
		largeObjects: await largeObjectsOf(session),
		...settings.length > 0 && { settings },
		...migrations.length > 0 && { migrations }
	};
}
/** Whoever reads it; and a server that lacks a tablespace holds the same schema all the same. */
async function fingerprintIn(session) {
	const { fingerprint, objects } = await readSnapshot(session, "named");
	if (!objects.some((each) => each.kind === "table" && each.tablespace)) return fingerprint;
	return fingerprintOf(objects.map((each) => each.kind === "table" ? withoutPlace(each) : each));
}
function withoutPlace({ tablespace: _, ...table }) {
	return table;
}
/** What the server says of itself and the database. */
async function serverOf(session) {
	const [row] = await session.query(`SELECT pg_catalog.current_setting('server_version') AS version, pg_catalog.pg_encoding_to_char(d.encoding) AS encoding,
            d.datcollate AS collate, d.datctype AS ctype,
            pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE') AS asked
       FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()`);
	const { version, encoding, collate, ctype, asked } = row;
	const identifier = asked ? await systemIdentifierOf(session) : void 0;
	const [number = version] = version.split(" ");
	return {
		version: number,
		encoding,
		collate,
		ctype,
		...identifier && { systemIdentifier: identifier }
	};
}
async function systemIdentifierOf(session) {
	const [row] = await session.query("SELECT system_identifier::text AS id FROM pg_catalog.pg_control_system()");
	return row?.id;
}
/** Schemas of users: not PostgreSQL's own, and no temporary ones. */
const ofUsers = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";
async function tablesOf(session, rowCounts) {
	const dumped = (await session.query(`SELECT n.nspname AS schema, c.relname AS name, pg_catalog.pg_total_relation_size(c.oid)::float8 AS bytes,
            GREATEST(c.reltuples, 0)::float8 AS estimate,
            NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 'pg_catalog.pg_class'::regclass
                           AND x.objid = c.oid AND x.deptype = 'e') AS dumped
       FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE (c.relkind = 'r' OR c.relkind = 'm' AND c.relispopulated) AND c.relpersistence = 'p' AND ${ofUsers}
      ORDER BY 1, 2`)).filter((row) => row.dumped);
	const counts = rowCounts === "exact" ? await countsOf(session, dumped) : [];
	return dumped.map(({ schema, name, bytes, estimate }, index) => {
		const table = {
			name: `${schema}.${name}`,
			bytes
		};
		if (rowCounts === "off") return table;
		if (rowCounts === "estimated") return {
			...table,
			rows: estimate,
			estimated: true
		};
		return {
			...table,
			rows: counts[index] ?? 0
		};
	});
}
/** Tables that are counted by one query. */
const atOnce = 100;
/**
* Rows of each table. Rolling back gives up the locks, of which a server has about 64 for each connection, and pg_dump needs
* one for every table.
*/
async function countsOf(session, tables) {
	const counts = [];
	await session.send("SAVEPOINT counting");
	for (let from = 0; from < tables.length; from += atOnce) {
		const each = tables.slice(from, from + atOnce).map(({ schema, name }) => {
			return `(SELECT pg_catalog.count(*)::float8 FROM ONLY ${quote(schema)}.${quote(name)})`;
		});
		const [row] = await session.query(`SELECT ARRAY[${each.join(", ")}] AS counts`);
		counts.push(...row?.counts ?? []);
		await session.send("ROLLBACK TO SAVEPOINT counting");
	}
	return counts;
}
/** Where sequences stand now: what moves them is in no transaction, and seen in every snapshot. */
async function sequencesOf(session) {
	return session.query(`SELECT n.nspname || '.' || c.relname AS name, pg_catalog.pg_sequence_last_value(c.oid)::text AS "lastValue"
       FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'S' AND c.relpersistence = 'p' AND ${ofUsers} ORDER BY 1`);
}
/** Roles that own something here or were granted something: pg_shdepend knows all but the one that the cluster was made with. */
async function rolesOf(session) {
	return (await session.query(`SELECT DISTINCT r.rolname AS name FROM pg_catalog.pg_shdepend s JOIN pg_catalog.pg_roles r ON r.oid = s.refobjid
       JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
      WHERE s.refclassid = 'pg_catalog.pg_authid'::regclass
        AND CASE WHEN s.classid IN ('pg_catalog.pg_database'::regclass, 'pg_catalog.pg_tablespace'::regclass)
                 THEN s.classid = 'pg_catalog.pg_database'::regclass AND s.objid = d.oid ELSE s.dbid IN (0, d.oid) END
        AND r.rolname !~ '^pg_'
     UNION
     SELECT r.rolname FROM pg_catalog.pg_roles r WHERE r.oid = 10 AND r.oid IN (
       SELECT n.nspowner FROM pg_catalog.pg_namespace n WHERE ${ofUsers} AND n.nspname <> 'public' UNION ALL
       SELECT c.relowner FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE ${ofUsers} UNION ALL
       SELECT p.proowner FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE ${ofUsers} UNION ALL
       SELECT t.typowner FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE ${ofUsers})
     ORDER BY 1`)).map(({ name }) => name);
}
async function tablespacesOf(session) {
	return (await session.query(`SELECT DISTINCT t.spcname AS name FROM pg_catalog.pg_class c JOIN pg_catalog.pg_tablespace t ON t.oid = c.reltablespace
      WHERE t.spcname !~ '^pg_' ORDER BY 1`)).map(({ name }) => name);
}
async function largeObjectsOf(session) {
	const [row] = await session.query("SELECT pg_catalog.count(*)::float8 AS count FROM pg_catalog.pg_largeobject_metadata");
	return row?.count ?? 0;
}
async function settingsOf(session) {
	return (await session.query(`SELECT pg_catalog.split_part(c, '=', 1) AS name, r.rolname AS role
       FROM pg_catalog.pg_db_role_setting s CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) c
       LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
      WHERE s.setdatabase = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
      ORDER BY 1, 2`)).map(({ name, role }) => ({
		name,
		...role !== null && { role }
	}));
}

export { takeSnapshot as a, incidental as c, fingerprintOf as i, sequencesOf as n, notOfExtension as o, serverOf as r, ourSchemas as s, contentsOf as t };
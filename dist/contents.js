import { t as quote } from "./quote.js";
import { n as readSnapshot } from "./snapshot.js";
import { r as SqlError } from "./connect.js";

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
		latest: "max(version_id)"
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
	const found = await session.query(`SELECT n.nspname AS schema, c.relname AS table, pg_catalog.array_agg(a.attname::text) AS columns
       FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND n.nspname !~ '^pg_' AND c.relname = ANY ($1)
      GROUP BY 1, 2 ORDER BY 1, 2`, [known.map(({ table }) => table)]);
	const states = [];
	for (const { schema, table, columns } of found) {
		const kept = known.find((each) => each.table === table && isKept(each, columns));
		const state = kept && await stateIfAny(session, kept, schema);
		if (state) states.push(state);
	}
	return states;
}
function isKept({ columns, without = [] }, found) {
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
	const { fingerprint } = await readSnapshot(session);
	const [migrations, settings] = [await migrationsOf(session), await settingsOf(session)];
	return {
		tables: await tablesOf(session, rowCounts),
		sequences: await sequencesOf(session),
		extensions: await session.query("SELECT extname AS name, extversion AS version FROM pg_catalog.pg_extension ORDER BY 1"),
		roles: await rolesOf(session),
		fingerprint,
		largeObjects: await largeObjectsOf(session),
		...settings.length > 0 && { settings },
		...migrations.length > 0 && { migrations }
	};
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
async function sequencesOf(session) {
	return session.query(`SELECT n.nspname || '.' || c.relname AS name, pg_catalog.pg_sequence_last_value(c.oid)::text AS "lastValue"
       FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'S' AND c.relpersistence = 'p' AND ${ofUsers} ORDER BY 1`);
}
/** Roles that own something here or were granted something: pg_shdepend knows them all. */
async function rolesOf(session) {
	return (await session.query(`SELECT DISTINCT r.rolname AS name FROM pg_catalog.pg_shdepend s JOIN pg_catalog.pg_roles r ON r.oid = s.refobjid
      WHERE s.refclassid = 'pg_catalog.pg_authid'::regclass
        AND s.dbid IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))
        AND r.rolname !~ '^pg_' ORDER BY 1`)).map(({ name }) => name);
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

export { serverOf as n, contentsOf as t };
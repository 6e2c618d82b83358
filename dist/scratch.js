import { t as KnownError } from "./error.js";
import { i as connect, r as SqlError, t as ConnectionLost } from "./connect.js";
import { r as quote } from "./quote.js";
import { randomInt } from "node:crypto";
import { setTimeout } from "node:timers/promises";

// src/postgres/lease.ts
/** First half of every advisory lock of ours on a rehearsal server. */
const lockSpace = 4292;
/** Second half: keys of leases are greater. */
const turn = 0;
/** Takes a lease with a key of its own. No abort cuts it: what it protects is to be put away first. */
async function openLease(server) {
	const key = randomInt(1, 2 ** 31 - 1);
	const session = await connect(server.address);
	try {
		if (server.major >= 14) await session.send("SET idle_session_timeout = 0");
		await session.query("SELECT pg_catalog.pg_advisory_lock($1, $2)", [lockSpace, key]);
	} catch (error) {
		await session[Symbol.asyncDispose]();
		throw error;
	}
	return {
		key,
		session,
		[Symbol.asyncDispose]: () => session[Symbol.asyncDispose]()
	};
}
/**
* Takes over the key of a lease whose holder is gone, until the session ends; false while somebody holds it. Advisory
* locks belong to one database, and a server's leases may be held in several: hence the look at all of them.
*/
async function inherit(session, key) {
	const [row] = await session.query("SELECT pg_catalog.pg_try_advisory_lock($1, $2) AS mine", [lockSpace, key]);
	if (!row?.mine) return false;
	if ((await session.query(`SELECT pid FROM pg_catalog.pg_locks
      WHERE locktype = 'advisory' AND classid = $1 AND objid = $2 AND granted AND pid <> pg_catalog.pg_backend_pid()`, [lockSpace, key])).length === 0) return true;
	await session.query("SELECT pg_catalog.pg_advisory_unlock($1, $2)", [lockSpace, key]);
	return false;
}
/**
* Waits until no other check on this server works with what all databases share; the turn ends with the session.
* It is polled, as one who waits inside a statement holds a snapshot, for which CREATE INDEX CONCURRENTLY waits.
*/
async function waitForTurn(session, signal, progress) {
	for (let attempt = 0; !await inherit(session, turn); attempt += 1) {
		if (attempt === 0) progress.step("waiting for another check on this server to end, as both make roles");
		await setTimeout(50 + randomInt(100), void 0, { signal });
	}
}
/** Whether an error means that the server cannot be reached any more. */
function isGone(error) {
	return error instanceof ConnectionLost || error instanceof KnownError && error.reason === "unreachable";
}

// src/postgres/seed/values.ts
/** A string as SQL text; backslashes are plain characters in it (`standard_conforming_strings`). */
function literal(value) {
	return `'${value.replaceAll("'", "''")}'`;
}

// src/postgres/cluster/state.ts
/** Reads the state; needs no superuser. */
async function snapshotCluster(session) {
	const roles = await session.query(rolesSql);
	const [version] = await session.query("SELECT pg_catalog.current_setting('server_version_num')::int AS number");
	const memberships = await session.query(membershipsSql((version?.number ?? 0) >= 16e4));
	const settings = await session.query(settingsSql);
	const names = async (sql) => new Set((await session.query(sql)).map(({ name }) => name));
	return {
		roles: new Map(roles.map((each) => [each.name, each])),
		memberships: keyed(memberships, ({ group, member, grantor }) => [
			group,
			member,
			grantor
		]),
		settings: keyed(settings, ({ database, role, name }) => [
			database,
			role,
			name
		]),
		databases: await names("SELECT datname AS name FROM pg_catalog.pg_database"),
		tablespaces: await names("SELECT spcname AS name FROM pg_catalog.pg_tablespace"),
		systemSettings: await systemSettingsOf(session)
	};
}
function keyed(rows, key) {
	return new Map(rows.map((row) => [JSON.stringify(key(row)), row]));
}
async function systemSettingsOf(session) {
	const [permitted] = await session.query("SELECT rolsuper AS permitted FROM pg_catalog.pg_roles WHERE rolname = current_user");
	if (!permitted?.permitted) return 0;
	const [row] = await session.query(String.raw`SELECT count(*)::int AS count FROM pg_catalog.pg_file_settings WHERE sourcefile ~ 'postgresql\.auto\.conf$'`);
	return row?.count ?? 0;
}
const attribute = (column, word) => `CASE WHEN ${column} THEN '${word}' ELSE 'NO${word}' END`;
const rolesSql = `
  SELECT rolname AS name, COALESCE(pg_catalog.shobj_description(oid, 'pg_authid'), '') AS comment,
         concat_ws(' ', ${attribute("rolsuper", "SUPERUSER")}, ${attribute("rolcreatedb", "CREATEDB")},
           ${attribute("rolcreaterole", "CREATEROLE")}, ${attribute("rolinherit", "INHERIT")},
           ${attribute("rolcanlogin", "LOGIN")}, ${attribute("rolreplication", "REPLICATION")},
           ${attribute("rolbypassrls", "BYPASSRLS")}, 'CONNECTION LIMIT ' || rolconnlimit,
           'VALID UNTIL ' || quote_literal(COALESCE(rolvaliduntil::text, 'infinity'))) AS attributes
    FROM pg_catalog.pg_roles`;
const membershipsSql = (several) => `
  SELECT g.rolname AS "group", m.rolname AS member, ${several ? "b.rolname" : "''"} AS grantor,
         'ADMIN ' || upper(a.admin_option::text)
         ${several ? "|| ', INHERIT ' || upper(a.inherit_option::text) || ', SET ' || upper(a.set_option::text)" : ""} AS options
    FROM pg_catalog.pg_auth_members a JOIN pg_catalog.pg_roles g ON g.oid = a.roleid
    JOIN pg_catalog.pg_roles m ON m.oid = a.member LEFT JOIN pg_catalog.pg_roles b ON b.oid = a.grantor`;
const settingsSql = `
  SELECT COALESCE(d.datname, '') AS database, COALESCE(r.rolname, '') AS role,
         split_part(each, '=', 1) AS name, substr(each, strpos(each, '=') + 1) AS value
    FROM pg_catalog.pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) AS each
    LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
   WHERE (s.setdatabase = 0 OR d.oid IS NOT NULL) AND (s.setrole = 0 OR r.oid IS NOT NULL)`;

// src/postgres/cluster/restore.ts
/**
* Puts the server back as it was at `before`, and returns what was undone and what could not be, one sentence each.
* `isOurs` tells by a name and comment whether a difference can be of our making; others' are left alone.
* To be called when the databases that hold what new roles own are gone.
*/
async function restoreCluster(session, before, { lent, isOurs }) {
	const now = await snapshotCluster(session);
	const undo = new Undo(session);
	if (!lent) await dropMade(before, now, isOurs, undo);
	await restoreSettings(before, now, isOurs, undo);
	await restoreMemberships(before, now, isOurs, undo);
	const created = [...now.roles.values()].filter(({ name, comment }) => !before.roles.has(name) && isOurs(name, comment)).map(({ name }) => name);
	const gone = await dropRoles(session, created);
	for (const name of created) undo.note(made("role", name), "dropped again", gone.includes(name));
	await restoreRoles(before, now, isOurs, undo);
	return undo.notes;
}
/** Drops roles together, as one may depend on another, or else one by one; returns those that are gone. */
async function dropRoles(session, names) {
	if (names.length === 0) return [];
	if (await succeeds(session, `DROP ROLE IF EXISTS ${names.map(quote).join(", ")}`)) return names;
	const gone = [];
	for (const name of names) {
		await succeeds(session, `DROP OWNED BY ${quote(name)}`);
		if (await succeeds(session, `DROP ROLE IF EXISTS ${quote(name)}`)) gone.push(name);
	}
	return gone;
}
var Undo = class {
	/** Whole sentences. */
	notes = [];
	#session;
	constructor(session) {
		this.#session = session;
	}
	async run(sql, subject, participle) {
		this.note(subject, participle, await succeeds(this.#session, sql));
	}
	note(subject, participle, done) {
		this.notes.push(`${subject} ${done ? "was" : "could not be"} ${participle}.`);
	}
};
async function succeeds(session, sql) {
	try {
		await session.send(sql);
		return true;
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		return false;
	}
}
const made = (kind, name) => `The ${kind} ${name}, which the migrations create,`;
async function dropMade(before, now, isOurs, undo) {
	for (const kind of ["database", "tablespace"]) {
		const created = [...now[`${kind}s`]].filter((name) => !before[`${kind}s`].has(name) && isOurs(name));
		for (const name of created) await undo.run(`DROP ${kind.toUpperCase()} ${quote(name)}`, made(kind, name), "dropped again");
	}
	if (before.systemSettings === 0 && now.systemSettings > 0) await undo.run("ALTER SYSTEM RESET ALL", "What ALTER SYSTEM wrote", "taken back");
}
async function restoreSettings(before, now, isOurs, undo) {
	for (const key of /* @__PURE__ */ new Set([...before.settings.keys(), ...now.settings.keys()])) {
		const [old, current] = [before.settings.get(key), now.settings.get(key)];
		const setting = old ?? current;
		if (old?.value === current?.value || !survives(setting, before, now) || !concerns(setting, isOurs)) continue;
		const target = targetOf(setting);
		const change = old ? `SET ${quote(old.name)} TO ${settingValue(old)}` : `RESET ${quote(setting.name)}`;
		await undo.run(`ALTER ${target.sql} ${change}`, `The setting ${setting.name} of ${target.words}`, "put back");
	}
}
/** Settings of roles and databases that are gone, or will be, are gone with them. */
function survives({ database, role }, before, now) {
	const there = (name, old, current) => name === "" || old.has(name) && current.has(name);
	return there(database, before.databases, now.databases) && there(role, before.roles, now.roles);
}
function concerns({ database, role, name }, isOurs) {
	return [database, role].every((each) => each === "" || isOurs(each)) && isOurs(name);
}
function targetOf({ database, role }) {
	const inDatabase = database ? ` IN DATABASE ${quote(database)}` : "";
	if (role) return {
		sql: `ROLE ${quote(role)}${inDatabase}`,
		words: `the role ${role}`
	};
	return database ? {
		sql: `DATABASE ${quote(database)}`,
		words: `the database ${database}`
	} : {
		sql: "ROLE ALL",
		words: "all roles"
	};
}
/** Settings whose stored value is a list of quoted names (PostgreSQL's `variable_is_guc_list_quote`). */
const lists = /^(local_preload_libraries|search_path|session_preload_libraries|shared_preload_libraries|temp_tablespaces|unix_socket_directories)$/i;
function settingValue({ name, value }) {
	if (!lists.test(name)) return literal(value);
	return [...value.matchAll(/"((?:[^"]|"")*)"|[^\s,]+/g)].map(([bare, quoted]) => literal(quoted?.replaceAll("\"\"", "\"") ?? bare)).join(", ") || "''";
}
async function restoreMemberships(before, now, isOurs, undo) {
	for (const key of /* @__PURE__ */ new Set([...before.memberships.keys(), ...now.memberships.keys()])) {
		const [old, current] = [before.memberships.get(key), now.memberships.get(key)];
		const { group, member } = old ?? current;
		if (![group, member].every((role) => before.roles.has(role) && now.roles.has(role) && isOurs(role)) || old?.options === current?.options) continue;
		const sql = old ? grant(old, current) : revoke(current);
		await undo.run(sql, `The membership of ${member} in ${group}`, "put back");
	}
}
function revoke({ group, member, grantor }) {
	return `REVOKE ${quote(group)} FROM ${quote(member)}${grantor ? ` GRANTED BY ${quote(grantor)}` : ""}`;
}
function grant({ group, member, grantor, options }, current) {
	const granting = `GRANT ${quote(group)} TO ${quote(member)}`;
	if (grantor) return `${granting} WITH ${options} GRANTED BY ${quote(grantor)}`;
	if (options === "ADMIN TRUE") return `${granting} WITH ADMIN OPTION`;
	return current ? `REVOKE ADMIN OPTION FOR ${quote(group)} FROM ${quote(member)}` : granting;
}
async function restoreRoles(before, now, isOurs, undo) {
	for (const [name, { attributes, comment }] of before.roles) {
		if (!isOurs(name)) continue;
		const current = now.roles.get(name);
		if (!current) undo.notes.push(`The role ${name} was dropped or renamed by the migrations and cannot be put back.`);
		if (current && current.attributes !== attributes) await undo.run(`ALTER ROLE ${quote(name)} ${attributes}`, `The role ${name}`, "given back its attributes");
		if (current && current.comment !== comment) await undo.run(`COMMENT ON ROLE ${quote(name)} IS ${literal(comment)}`, `The role ${name}`, "given back its comment");
	}
}

// src/postgres/cluster/marks.ts
/** The comment of a role that a check made: by its key the next check tells whether the one that made it still lives. */
const roleMark = (key) => `Made by check ${key} of Lockkeeper; dropped when it ends.`;
const anyMark = /^Made by check (\d+) of Lockkeeper; dropped when it ends\.$/;
const isRoleMark = (comment) => anyMark.test(comment);
/**
* SQL that marks those of the named roles that are there. It belongs into the transaction that creates them: then there
* is no moment at which a killed check leaves one behind unmarked. It never fails: a script may have taken another role.
*/
function markingSql(key, names) {
	const mark = literal(roleMark(key));
	return [
		"DO $lockkeeper$ DECLARE made pg_catalog.name; BEGIN",
		`FOR made IN SELECT rolname FROM pg_catalog.pg_roles WHERE rolname = ANY (${`ARRAY[${[...names].map(literal).join(",")}]::pg_catalog.name[]`})`,
		`AND pg_catalog.shobj_description(oid, 'pg_authid') IS DISTINCT FROM ${mark} LOOP`,
		`BEGIN EXECUTE pg_catalog.format('COMMENT ON ROLE %I IS %L', made, ${mark}); EXCEPTION WHEN OTHERS THEN NULL; END;`,
		"END LOOP; END $lockkeeper$"
	].join(" ");
}
/** Drops the roles of checks that were killed. To be called when their databases are gone. */
async function sweepRoles(session) {
	const commented = await session.query(`SELECT rolname AS name, pg_catalog.shobj_description(oid, 'pg_authid') AS comment
       FROM pg_catalog.pg_roles WHERE pg_catalog.shobj_description(oid, 'pg_authid') LIKE 'Made by check %'`);
	const byKey = Map.groupBy(commented, ({ comment }) => Number(anyMark.exec(comment)?.[1] ?? 0));
	for (const [key, roles] of byKey) if (key > 0 && await inherit(session, key)) await dropRoles(session, roles.map(({ name }) => name));
}

// src/postgres/scratch.ts
/** What databases of ours are called, before the key of a lease. The name alone tells them: it is there from the first moment. */
const prefix = "lockkeeper_scratch_";
const comment = "Scratch database of Lockkeeper; dropped when its check ends.";
/** Creates a database of our own. Disposing drops it, even with sessions still on it. */
async function createScratch(server, { signal, like = "" }) {
	signal.throwIfAborted();
	const lease = await openLease(server);
	const name = `${prefix}${lease.key}`;
	const drop = () => dropScratch(server, lease, name);
	try {
		await lease.session.send(`CREATE DATABASE ${name} TEMPLATE template0 ${like}`);
		await lease.session.send(`COMMENT ON DATABASE ${name} IS '${comment}'`);
		signal.throwIfAborted();
	} catch (error) {
		await drop();
		throw error instanceof SqlError ? notCreated(error) : error;
	}
	return {
		name,
		address: addressOf(name, server),
		[Symbol.asyncDispose]: drop
	};
}
/** Compiling a query takes half a second, which pays on tables that are never here (documentation, chapter 30). */
function addressOf(database, { address }) {
	return {
		...address,
		database,
		options: `${address.options ?? ""} -c jit=off`.trim()
	};
}
/** Where the server is gone there is nothing to drop; the next check sweeps up if it comes back. */
async function dropScratch(server, lease, name) {
	try {
		await using session = await connect(server.address);
		await dropDatabase(session, name, server).catch((error) => dropSubscribed(session, name, server, error));
	} catch (error) {
		if (!isGone(error)) throw error;
	} finally {
		await lease[Symbol.asyncDispose]();
	}
}
function notCreated(cause) {
	return new KnownError(`The server makes no database to work in: ${cause.message} (SQLSTATE ${cause.fault.sqlstate}).`, {
		reason: "unreachable",
		...cause.fault.hint && { help: cause.fault.hint },
		cause
	});
}
/**
* Drops the databases and roles of checks that were killed: nobody holds their lease any more. What may not be dropped,
* as another role made it, is left to a check that connects as that role.
*/
async function sweep(server, signal) {
	await using session = await connect(server.address, signal);
	const found = await session.query(`SELECT datname AS name FROM pg_catalog.pg_database WHERE datname ~ '^${prefix}[0-9]+$'`);
	for (const { name } of found) {
		if (!await inherit(session, Number(name.slice(19)))) continue;
		await dropDatabase(session, name, server).catch((error) => dropSubscribed(session, name, server, error)).catch((error) => {
			if (!(error instanceof SqlError)) throw error;
		});
	}
	await sweepRoles(session);
}
/** SQLSTATE `object_in_use` */
const inUse = "55006";
/**
* A database that subscribes to another, as one that was restored may, cannot be dropped until it does no more. The
* publisher is not told: what it keeps for the database that was backed up is none of ours.
*/
async function dropSubscribed(session, database, server, cause) {
	if (!(cause instanceof SqlError) || cause.fault.sqlstate !== inUse) throw cause;
	{
		const unheard = { session_replication_role: "replica" };
		await using inside = await connect({
			...server.address,
			database
		}, void 0, unheard);
		const names = await inside.query(`SELECT subname AS name FROM pg_catalog.pg_subscription
        WHERE subdbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())`);
		for (const { name } of names) for (const change of [
			"ALTER SUBSCRIPTION $ DISABLE",
			"ALTER SUBSCRIPTION $ SET (slot_name = NONE)",
			"DROP SUBSCRIPTION $"
		]) await inside.send(change.replace("$", () => quote(name)));
	}
	return dropDatabase(session, database, server);
}
async function dropDatabase(session, database, { major }) {
	if (major >= 13) return session.send(`DROP DATABASE IF EXISTS ${quote(database)} WITH (FORCE)`);
	for (let attempt = 1;; attempt += 1) {
		await session.query("SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname = $1", [database]);
		try {
			return await session.send(`DROP DATABASE IF EXISTS ${quote(database)}`);
		} catch (error) {
			if (attempt === 20 || !(error instanceof SqlError) || error.fault.sqlstate !== inUse) throw error;
			await setTimeout(25 * attempt);
		}
	}
}

export { roleMark as a, literal as c, openLease as d, waitForTurn as f, markingSql as i, inherit as l, sweep as n, restoreCluster as o, isRoleMark as r, snapshotCluster as s, createScratch as t, isGone as u };
import { r as fileFault, t as KnownError } from "./error.js";
import { i as exportSnapshot, l as contentsOf, o as feed } from "./read-back.js";
import { i as connect, r as SqlError } from "./connect.js";
import { t as quote } from "./quote.js";
import { t as createScratch } from "./scratch.js";
import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

// src/postgres/dump/restore.ts
/** Restores a dump into an empty database; the first error ends it. Throws `ProgramFailed`. */
async function restoreDump({ clients, address, content, format, withoutRoles, signal }) {
	const database = `--dbname=${conninfo(address.database)}`;
	const [name, args] = format === "custom" ? ["pg_restore", ["--exit-on-error", ...withoutRoles ? ["--no-owner", "--no-privileges"] : []]] : ["psql", [
		"--no-psqlrc",
		"--quiet",
		"--set=ON_ERROR_STOP=1"
	]];
	await feed({
		clients,
		name,
		args: [
			...args,
			"--no-password",
			database
		],
		address,
		signal
	}, content);
}
/** A name alone would be taken for a connection string where it looks like one (documentation, 34.1.1). */
function conninfo(database) {
	return `dbname='${database.replaceAll(/['\\]/g, "\\$&")}'`;
}
/** Clauses of CREATE DATABASE for one like that which was backed up, the best first: a server may lack its locale. */
function clausesFor({ encoding, collate, ctype }) {
	const start = `ENCODING ${text(encoding)}`;
	return [`${start} LC_COLLATE ${text(collate)} LC_CTYPE ${text(ctype)}`, `${start} LC_COLLATE 'C' LC_CTYPE 'C'`];
}
/** Whether CREATE DATABASE failed for a locale that the server lacks, or that does not go with the encoding. */
function isMissingLocale(error) {
	const cause = error instanceof SqlError ? error : error.cause;
	return cause instanceof SqlError && ["22023", "42809"].includes(cause.fault.sqlstate);
}
/** Creates roles that are missing, without login and password; returns their names. */
async function createRoles(address, roles, signal) {
	await using session = await connect(address, signal);
	const there = new Set((await session.query("SELECT rolname AS name FROM pg_catalog.pg_roles")).map(({ name }) => name));
	const missing = roles.filter((role) => !there.has(role));
	for (const role of missing) await session.send(`CREATE ROLE ${quote(role)} NOLOGIN`);
	return missing;
}
/** Drops roles again; those that somebody gave something to meanwhile stay. */
async function dropRoles(address, roles) {
	await using session = await connect(address);
	for (const role of roles) await session.send(`DROP ROLE IF EXISTS ${quote(role)}`).catch((error) => {
		if (!(error instanceof SqlError)) throw error;
	});
}
function text(value) {
	return `'${value.replaceAll("'", "''")}'`;
}

// src/jobs/backups/compare.ts
/** What a restored database has otherwise than its manifest says, one whole sentence each; empty where nothing is. */
function differences(wanted, found) {
	return [
		...tables(wanted, found),
		...sequences(wanted, found),
		...named("extension", wanted.extensions, found.extensions),
		...wanted.largeObjects === found.largeObjects ? [] : [`There are ${found.largeObjects} large objects, not ${wanted.largeObjects}.`],
		...wanted.fingerprint === found.fingerprint ? [] : ["The schema is not the one that was backed up: its fingerprint differs."]
	];
}
function tables(wanted, found) {
	const there = new Map(found.tables.map((table) => [table.name, table]));
	const wrong = wanted.tables.flatMap(({ name, rows, estimated }) => {
		const restored = there.get(name);
		if (!restored || rows === void 0 || estimated || restored.rows === rows) return [];
		return [`${name} has ${restored.rows} rows, not ${rows}.`];
	});
	return [...named("table", wanted.tables, found.tables), ...wrong];
}
function sequences(wanted, found) {
	const there = new Map(found.sequences.map((sequence) => [sequence.name, sequence.lastValue]));
	const wrong = wanted.sequences.flatMap(({ name, lastValue }) => !there.has(name) || there.get(name) === lastValue ? [] : [`${name} stands at ${there.get(name)}, not at ${lastValue}.`]);
	return [...named("sequence", wanted.sequences, found.sequences), ...wrong];
}
function named(kind, wanted, found) {
	const [old, now] = [wanted, found].map((list) => new Set(list.map(({ name }) => name)));
	return [...[...old.difference(now)].map((name) => `The ${kind} ${name} is missing.`), ...[...now.difference(old)].map((name) => `There is a ${kind} ${name} that was not backed up.`)];
}

// src/jobs/backups/restored.ts
/** Compares a restored database with its manifest, where there is one, and asks the assertions. */
async function compare(address, manifest, options) {
	await using snapshot = await exportSnapshot(address, options.signal);
	const found = await contentsOf(snapshot.session, manifest ? countsOf(manifest) : "off");
	return {
		problems: [...manifest ? differences(manifest.contents, found) : [], ...await failedAssertions(address, options)],
		checked: [...manifest ? compared : [], ...options.assertions.map(({ path }) => path)],
		tables: found.tables.length
	};
}
const compared = [
	"tables",
	"rows",
	"sequences",
	"extensions",
	"large objects",
	"schema"
];
/** An empty database like the one that was backed up, as far as is known; where the server lacks its locale, in C. */
async function scratchLike(server, origin, signal) {
	if (!origin) return createScratch(server, { signal });
	const [same, otherLocale] = clausesFor(origin);
	return createScratch(server, {
		signal,
		like: same
	}).catch((error) => {
		if (!isMissingLocale(error)) throw error;
		return createScratch(server, {
			signal,
			like: otherLocale
		});
	});
}
async function failedAssertions(address, { assertions, signal }) {
	const failed = [];
	for (const { path, sql } of assertions) {
		await using session = await connect(address, signal);
		const rows = await session.query(sql).catch((error) => {
			if (!(error instanceof SqlError)) throw error;
			return error;
		});
		if (rows instanceof SqlError) failed.push(`${path} fails: ${rows.message}.`);
		else if (rows.length > 0) failed.push(`${path} returns ${rows.length} rows, and should return none.`);
	}
	return failed;
}
function countsOf({ contents }) {
	return contents.tables.some(({ rows, estimated }) => rows !== void 0 && !estimated) ? "exact" : "off";
}

// src/commands/reading.ts
/** The age secret keys of the identity file: its lines that are neither empty nor comments. */
async function identitiesIn({ identityFile: path }) {
	if (!path) return [];
	return (await read(path, "file with secret keys")).split("\n").map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
}
/** The queries that must return no rows: files, and the .sql files of folders. */
async function assertionsIn({ assertions }) {
	const paths = (await Promise.all(assertions.map(filesAt))).flat();
	return Promise.all(paths.map(async (path) => ({
		path,
		sql: await read(path, "assertion")
	})));
}
async function filesAt(path) {
	if (!await stat(path).then((found) => found.isDirectory(), () => false)) return [path];
	const names = (await readdir(path)).filter((name) => name.endsWith(".sql")).sort();
	if (names.length > 0) return names.map((name) => join(path, name));
	throw new KnownError("There is no .sql file in this folder of assertions.", { place: { path } });
}
async function read(path, what) {
	return readFile(path, "utf8").catch((cause) => {
		throw new KnownError(`The ${what} cannot be read: ${fileFault(cause)}.`, {
			place: { path },
			cause
		});
	});
}

export { createRoles as a, scratchLike as i, identitiesIn as n, dropRoles as o, compare as r, restoreDump as s, assertionsIn as t };
import { r as fileFault, t as KnownError } from "./error.js";
import { S as conninfo, f as needRoom, g as exportSnapshot, h as writeTemporary, l as metered, m as roomForFiles, o as nameLists, p as openFolder, u as members, v as feed, y as finish } from "./jobs.js";
import { n as countsOf } from "./store.js";
import { i as connect, r as SqlError } from "./connect.js";
import { r as quote } from "./quote.js";
import { t as contentsOf } from "./contents.js";
import { n as bytesText } from "./amounts.js";
import { t as createScratch } from "./scratch.js";
import { mkdir, readFile, readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

// src/postgres/dump/transaction-timeout.ts
/**
* Clients of PostgreSQL 17 and newer begin every restore with this, and so does what they write as SQL; servers before 17
* know no such setting (release notes of 17), and have nothing to be turned off.
*/
const statement = "SET transaction_timeout = 0;";
/** Whether a restore with these clients trips over that; SQL does whoever reads it. */
async function trips({ clients, address, signal }, format) {
	if (clients.major < 17 && format !== "plain") return false;
	await using session = await connect(address, signal);
	const [row] = await session.query("SELECT pg_catalog.current_setting('server_version_num')::int < 170000 AS old");
	return row?.old === true;
}
/** Whether that statement, once for each connection, is all that failed, of all that pg_restore complained about. */
function isAllThatFailed(complaints) {
	if (!/^pg_restore: warning: errors ignored on restore: \d+\s*$/m.test(complaints)) return false;
	const lines = complaints.split("\n");
	return lines.filter((line) => line.startsWith("pg_restore: error: ")).length === lines.filter((line) => line === `Command was: ${statement}`).length;
}
/** Bytes among which that statement stands in SQL that pg_dump wrote: it is one of the first. */
const beginning = 8192;
/** SQL without it. */
async function* withoutIt(content) {
	let head = Buffer.alloc(0);
	for await (const piece of content) {
		if (head === void 0) {
			yield piece;
			continue;
		}
		head = Buffer.concat([head, piece]);
		if (head.length < beginning) continue;
		yield cut(head);
		head = void 0;
	}
	if (head) yield cut(head);
}
function cut(head) {
	const at = head.indexOf(`\n${statement}\n`, 0, "latin1");
	return at < 0 ? head : Buffer.concat([head.subarray(0, at), head.subarray(at + 28 + 1)]);
}

// src/postgres/dump/restore.ts
/** Restores a dump, as pg_dump wrote it, into an empty database; the first error ends it. Throws `ProgramFailed`. */
async function restoreDump(request, content) {
	const old = await trips(request, request.format);
	if (request.format === "plain") await feed(psql(request), old ? withoutIt(content) : content);
	else await feed(pgRestore(request, [], old), content);
}
/** Restores a dump that lies at `path`, over several connections at once; the first error ends it. Throws `ProgramFailed`. */
async function restoreFiles(request, path, jobs) {
	const old = await trips(request, request.format);
	await finish({
		...pgRestore(request, [`--jobs=${jobs}`, path], old),
		folder: dirname(path)
	});
}
/** @param old whether the server is so old that one error is none, and pg_restore has to go on */
function pgRestore({ format, withoutRoles, withoutTablespaces, ...request }, words, old) {
	const left = [...withoutRoles ? ["--no-owner", "--no-privileges"] : [], ...withoutTablespaces ? ["--no-tablespaces"] : []];
	const args = [
		"--no-password",
		`--format=${format}`,
		into(request),
		...left,
		...words
	];
	if (old) return {
		...request,
		name: "pg_restore",
		args,
		forgives: isAllThatFailed
	};
	return {
		...request,
		name: "pg_restore",
		args: ["--exit-on-error", ...args]
	};
}
function psql({ format: _, ...request }) {
	const args = [
		"--no-psqlrc",
		"--quiet",
		"--set=ON_ERROR_STOP=1",
		"--no-password",
		into(request)
	];
	return {
		...request,
		name: "psql",
		args
	};
}
function into({ address }) {
	return `--dbname=${conninfo(address.database)}`;
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
/** Which of these tablespaces the server lacks. */
async function lackingTablespaces(address, tablespaces, signal) {
	if (tablespaces.length === 0) return [];
	await using session = await connect(address, signal);
	const rows = await session.query("SELECT spcname AS name FROM pg_catalog.pg_tablespace");
	const there = new Set(rows.map(({ name }) => name));
	return tablespaces.filter((name) => !there.has(name));
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

// src/archive/untar.ts
/**
* Writes the files in a tar into a folder, under their last names: what stands before them is that of the folder they
* were packed from. Throws for a tar that is damaged or ends early, and for a name that is there twice.
*/
async function untarred(tar, folder) {
	for await (const { name, content } of members(tar)) await writeTemporary(join(folder, basename(name)), content);
}

// src/jobs/backups/fill.ts
/**
* From here on several connections save more time than it takes to write the dump to a file first. Each table costs some,
* too: pg_restore empties it in the transaction that fills it, which makes new files for it.
*/
function isWorthSeveral({ bytes, tables = 0 }) {
	return bytes > (64 << 20) + tables * 102400;
}
/**
* Restores a dump into an empty database: over several connections where its format allows and there is room for it as
* files, else as it comes. Nothing is left of the files. Throws `ProgramFailed`, and what `content` throws.
*/
async function fill(dump, filling) {
	const jobs = isWorthSeveral(dump) ? filling.jobs : 1;
	if ("path" in dump) return restoreFiles({
		...filling,
		format: dump.format
	}, dump.path, jobs);
	if (dump.format === "directory") return fromFolder(dump, {
		...filling,
		jobs
	});
	return await deservesFile(dump, {
		...filling,
		jobs
	}) ? fromFile(dump, filling) : stream(dump, filling);
}
async function stream({ format, content }, filling) {
	const { withoutTablespaces: tablespaces = false, progress } = filling;
	await restoreDump({
		...filling,
		format
	}, metered(content({ tablespaces }), "restored", progress));
}
async function deservesFile({ format, bytes }, { jobs, progress }) {
	if (format !== "custom" || jobs === 1) return false;
	const room = await roomForFiles();
	if (room < bytes) progress.step(`over one connection: a file of ${bytesText(bytes)} has no room (TMPDIR)`);
	return room >= bytes;
}
async function fromFile(dump, filling) {
	await using folder = await openFolder();
	const path = join(folder.path, "dump");
	await writeTemporary(path, unpacking(dump, filling));
	await restoreFiles({
		...filling,
		format: "custom"
	}, path, filling.jobs);
}
async function fromFolder(dump, filling) {
	await needRoom(dump.bytes, "Restoring a dump in directory format");
	await using folder = await openFolder();
	const path = join(folder.path, "dump");
	await mkdir(path, { mode: 448 });
	await untarred(unpacking(dump, filling), path);
	await nameLists(path);
	await restoreFiles({
		...filling,
		format: "directory"
	}, path, filling.jobs);
}
function unpacking(dump, { jobs, progress }) {
	progress.step(`unpacking ${bytesText(dump.bytes)} to restore it over ${jobs} ${jobs === 1 ? "connection" : "connections"}`);
	return metered(dump.content(), "unpacked", progress);
}

// src/jobs/backups/compare.ts
/** What a restored database has otherwise than its manifest says, one whole sentence each; empty where nothing is. */
function differences(wanted, found) {
	return [
		...tables(wanted, found),
		...sequences(wanted, found),
		...named("extension", wanted.extensions, found.extensions),
		...migrations(wanted.migrations ?? [], found.migrations ?? []),
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
	const wrong = wanted.sequences.flatMap((sequence) => {
		const { name, lastValue, until } = sequence;
		const value = there.get(name);
		if (value === void 0 || isPassed(value, sequence)) return [];
		return [`${name} stands at ${value}, not ${until === void 0 ? `at ${lastValue}` : `between ${lastValue} and ${until}`}.`];
	});
	return [...named("sequence", wanted.sequences, found.sequences), ...wrong];
}
/** Whether the sequence stood there while it was dumped; where it begins, before anybody asked it, is not known here. */
function isPassed(value, { lastValue, until }) {
	if (value === lastValue || value === until) return true;
	if (until === void 0 || value === null) return false;
	if (lastValue === null || until === null) return true;
	const [low, high] = [BigInt(lastValue), BigInt(until)].sort((a, b) => a < b ? -1 : 1);
	return low <= BigInt(value) && BigInt(value) <= high;
}
function migrations(wanted, found) {
	const there = new Map(found.map((state) => [state.table, state]));
	return wanted.flatMap((state) => {
		const now = there.get(state.table);
		if (!now || now.latest === state.latest && now.applied === state.applied) return [];
		return [`${state.table} is at ${now.latest ?? "no migration"}, not at ${state.latest ?? "no migration"}.`];
	});
}
function named(kind, wanted, found) {
	const [old, now] = [wanted, found].map((list) => new Set(list.map(({ name }) => name)));
	return [...[...old.difference(now)].map((name) => `The ${kind} ${name} is missing.`), ...[...now.difference(old)].map((name) => `There is a ${kind} ${name} that was not backed up.`)];
}

// src/jobs/backups/restored.ts
/** Compares a restored database with its manifest, where there is one, and asks the assertions. */
async function compare(address, manifest, options) {
	await using snapshot = await exportSnapshot(address, options.signal);
	const found = await contentsOf(snapshot.session, manifest ? countingOf(manifest) : "off");
	return {
		problems: [...manifest ? differences(manifest.contents, found) : [], ...await failedAssertions(address, options)],
		checked: [...manifest ? compared : [], ...options.assertions.map(({ path }) => path)],
		restored: countsOf(found),
		migrations: found.migrations ?? []
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
/** Who asks changes nothing of what was restored, and is told of rows that a policy hides. */
const onlyReading = {
	default_transaction_read_only: "on",
	row_security: "off",
	statement_timeout: "0"
};
async function failedAssertions(address, { assertions, signal }) {
	const failed = [];
	for (const { path, sql } of assertions) {
		await using session = await connect(address, signal, onlyReading);
		const rows = await session.query(sql).catch((error) => {
			if (!(error instanceof SqlError)) throw error;
			return error;
		});
		if (rows instanceof SqlError) failed.push(`${path} fails: ${rows.message}.`);
		else if (rows.length > 0) failed.push(`${path} returns ${rows.length} ${rows.length === 1 ? "row" : "rows"}, and should return none.`);
	}
	return failed;
}
function countingOf({ contents }) {
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
		sql: asking(await read(path, "assertion"), path)
	})));
}
/** What asks nothing would return no rows, and prove nothing. */
function asking(sql, path) {
	if (/[^\s;]/.test(sql.replaceAll(/--.*|\/\*[\s\S]*?\*\//g, ""))) return sql;
	throw new KnownError("The assertion holds no query.", { place: { path } });
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

export { fill as a, lackingTablespaces as c, scratchLike as i, identitiesIn as n, createRoles as o, compare as r, dropRoles as s, assertionsIn as t };
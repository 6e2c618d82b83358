import { C as findClients, E as tally, M as encrypted, O as gzipped, S as conninfo, T as compressed, _ as ProgramFailed, b as outputOf, d as tarred, f as needRoom, g as exportSnapshot, i as readBytes, l as metered, p as openFolder, r as readBack, t as jobsOf, y as finish } from "./jobs.js";
import { n as exitCodes, t as KnownError } from "./error.js";
import { n as StoreFailed } from "./store2.js";
import { i as connect, r as SqlError, t as ConnectionLost } from "./connect.js";
import { n as sequencesOf, r as serverOf, t as contentsOf } from "./contents.js";
import { t as brokenOff } from "./broken-off.js";
import { S as manifestKey, d as storedText, m as globalsKey, n as countsOf, r as idOf, t as storeOf, u as sealed, x as keyOf, y as isManifest } from "./store.js";
import { t as nearest } from "./nearest.js";
import { a as numberText, n as bytesText, r as durationText } from "./amounts.js";
import { a as holdsText, c as restoreStep, l as sizeText, o as identityFlag, r as dumpFacts, s as momentText, t as command } from "./parts.js";
import { t as version } from "./version.js";
import { t as pinged } from "./ping.js";
import { t as publishPage } from "./publish.js";
import { n as targetOf } from "./target.js";
import { dirname, join } from "node:path";

// src/postgres/dump/dump.ts
/** Seconds that pg_dump waits for a table which a schema change holds; reads and writes never make it wait. */
const lockWait = 300;
/** The dump as pg_dump writes it, not compressed. Throws `ProgramFailed` at its end where pg_dump failed. */
function dump(request, format) {
	const words = format === "plain" ? ["--no-tablespaces"] : [];
	return outputOf(dumping(request, [`--format=${format}`, ...words]));
}
/**
* Dumps over several connections at once into `path`, which must not be there yet, in a folder of ours: a file for each
* table, not compressed, and `toc.dat`. Throws `ProgramFailed`.
*/
async function dumpFiles(request, path, jobs) {
	const words = [
		"--format=directory",
		`--jobs=${jobs}`,
		`--file=${path}`
	];
	await finish({
		...dumping(request, words),
		folder: dirname(path)
	});
}
function dumping({ snapshot, ...request }, words) {
	const args = [
		...words,
		"--compress=0",
		`--snapshot=${snapshot}`,
		`--lock-wait-timeout=${lockWait * 1e3}`,
		"--no-password"
	];
	return {
		...request,
		name: "pg_dump",
		args
	};
}
/** Roles, memberships and settings of roles as SQL, without passwords: those are for a person to set anew. */
function dumpGlobals(request) {
	const args = [
		"--globals-only",
		"--no-role-passwords",
		"--no-tablespaces",
		"--no-password",
		`--dbname=${conninfo(request.address.database)}`
	];
	return outputOf({
		...request,
		name: "pg_dumpall",
		args
	});
}

// src/jobs/backups/dumped.ts
/** A dump as it is stored: what pg_dump prints or, of a directory, its files as one tar. Throws `ProgramFailed`. */
function dumped({ format, jobs, ...request }) {
	return format === "directory" ? asTar(request, jobs) : dump(request, format);
}
async function* asTar(request, jobs) {
	await using folder = await openFolder();
	const path = join(folder.path, "dump");
	await dumpFiles(request, path, jobs);
	yield* tarred(path, "toc.dat");
}
/**
* Throws `KnownError`, reason `refused`, where a directory would likely not fit among the temporary files: rows take about
* as much there as in their tables; indexes are not dumped.
*/
async function needRoomToDump(session, format) {
	if (format !== "directory") return;
	const [row] = await session.query(`SELECT pg_catalog.sum(pg_catalog.pg_table_size(c.oid))::float8 AS bytes FROM pg_catalog.pg_class c
       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^pg_' OR c.oid = 'pg_catalog.pg_largeobject'::regclass`);
	await needRoom(row?.bytes ?? 0, "A dump in directory format");
}

// src/jobs/backup.ts
/**
* Dumps a database into a store, reads it back, and writes the manifest last: until then there is no backup. Whatever
* fails leaves nothing behind that looks like one. Throws `KnownError`, reason `backup` from the dump on.
*/
async function backup(input) {
	const { target, store, signal, progress } = input;
	await using snapshot = await exportSnapshot(target, signal);
	const server = await serverOf(snapshot.session);
	const clients = await findClients(Number(server.version.split(".")[0]), input.clientFolder, input);
	const key = keyOf(input, snapshot.takenAt);
	await needRoomToDump(snapshot.session, input.format);
	progress.step(`dumping ${target.database} with pg_dump ${clients.version} to ${store.label}/${key}`);
	const written = [];
	try {
		return await write({
			...input,
			snapshot,
			server,
			clients,
			key,
			written,
			writing: writingFor(input, snapshot)
		});
	} catch (error) {
		const left = await removeAll(store, written.toReversed());
		if (left.length > 0) throw notRemoved(left, signal.aborted ? signal.reason : error);
		throw signal.aborted ? signal.reason : asBackupFailure(error, written.length > 0);
	}
}
/** Removes what was written; returns the keys that could not be: a store may keep them locked, or be gone. */
async function removeAll(store, keys) {
	const left = [];
	for (const key of keys) await store.remove([key]).catch(() => left.push(key));
	return left;
}
function notRemoved(keys, cause) {
	const counts = keys.some(isManifest) ? "It may count as a backup" : "It does not count as a backup";
	return new KnownError(`The backup failed: ${cause.message}`, {
		reason: "backup",
		help: `What was written of it could not be removed again: ${keys.join(", ")}. ${counts}.`,
		cause
	});
}
const day = 864e5;
function writingFor({ signal, lockDays }, { takenAt }) {
	if (lockDays === void 0) return { signal };
	return {
		signal,
		lockUntil: new Date(takenAt.getTime() + lockDays * day)
	};
}
async function write(work) {
	const { store, clients, key, format, compression, recipients, snapshot, signal } = work;
	const start = performance.now();
	const { contents, ...digests } = await writeDump(work);
	const globals = await writeGlobals(work);
	const dumped = performance.now();
	work.progress.step("reading it back");
	const dump = {
		key,
		format,
		compression,
		pgDump: clients.version,
		...digests,
		...recipients.length > 0 && { recipients }
	};
	if (recipients.length > 0) await readBytes({
		store,
		dump,
		globals,
		signal
	});
	else await readBack({
		store,
		dump,
		globals,
		clients,
		identities: [],
		signal
	});
	const manifest = sealed({
		version: 1,
		lockkeeper: work.version,
		database: work.target.database,
		server: work.server,
		takenAt: snapshot.takenAt.toISOString(),
		finishedAt: (/* @__PURE__ */ new Date()).toISOString(),
		dump,
		contents,
		...globals && { globals },
		...work.about
	});
	await writeManifest(work, manifest);
	const milliseconds = {
		dump: dumped - start,
		readBack: performance.now() - dumped
	};
	return {
		manifest,
		manifestKey: manifestKey(key),
		milliseconds
	};
}
/** An answer that never came may have been a yes: what may be there is removed as well where it fails. */
async function writeManifest({ store, key, written, writing }, manifest) {
	const last = manifestKey(key);
	written.push(last);
	if (await store.create(last, storedText(manifest), writing)) return;
	written.pop();
	throw new KnownError(`There is a ${last} already.`, { reason: "backup" });
}
/** Counts in the snapshot while pg_dump reads it; where that fails, the snapshot is gone, and pg_dump is not waited for. */
async function writeDump(work) {
	const { target: address, store, format, jobs, rowCounts, clients, snapshot, key, written } = work;
	const failing = new AbortController();
	const signal = AbortSignal.any([work.signal, failing.signal]);
	const sequences = await sequencesOf(snapshot.session);
	const content = dumped({
		clients,
		address,
		snapshot: snapshot.id,
		format,
		jobs,
		signal
	});
	const plain = tally(metered(content, "dumped", work.progress));
	const stored = tally(packed(plain, work));
	const [writing, counting] = await Promise.allSettled([store.write(key, stored, {
		...work.writing,
		signal
	}).then(() => written.push(key)), contentsOf(snapshot.session, rowCounts).catch((error) => {
		failing.abort(error);
		throw error;
	})]);
	if (counting.status === "rejected") throw counting.reason;
	if (writing.status === "rejected") throw writing.reason;
	const moved = movedBetween(sequences, await sequencesOf(snapshot.session));
	return {
		plain: plain.digest(),
		stored: stored.digest(),
		contents: {
			...counting.value,
			sequences: moved
		}
	};
}
/** pg_dump has read each of them at some moment in between. */
function movedBetween(before, after) {
	const values = new Map(after.map(({ name, lastValue }) => [name, lastValue]));
	return before.map((sequence) => {
		const until = values.get(sequence.name);
		return until === void 0 || until === sequence.lastValue ? sequence : {
			...sequence,
			until
		};
	});
}
function packed(content, { compression, recipients }) {
	const small = {
		zstd: compressed,
		gzip: gzipped,
		none: (same) => same
	}[compression](content);
	return recipients.length > 0 ? encrypted(small, recipients) : small;
}
/** Hosted servers do not let everybody read roles: the backup is one without them, and that is said. */
async function writeGlobals(work) {
	const { target: address, store, signal, clients, recipients, key, written } = work;
	const own = globalsKey(key, recipients.length > 0);
	const plain = dumpGlobals({
		clients,
		address,
		signal
	});
	const stored = tally(packed(plain, {
		compression: "none",
		recipients
	}));
	try {
		await store.write(own, stored, work.writing);
	} catch (error) {
		if (!(error instanceof ProgramFailed) || !/permission denied|must be superuser/.test(error.message)) throw error;
		work.progress.step(`without roles, which ${address.user} may not read`);
		return;
	}
	written.push(own);
	return {
		key: own,
		...stored.digest()
	};
}
function helpFor({ message }) {
	if (/row-level security/.test(message)) return "Back up as a role that may see all rows: a superuser, or one with BYPASSRLS.";
	if (/permission denied for (table|sequence|schema|view|materialized|large object)/.test(message)) return "Give the role that backs up what it may not read: since PostgreSQL 14, GRANT pg_read_all_data does.";
	return "See the message of PostgreSQL; earlier backups are as they were.";
}
/** @param begun part of it had been written */
function asBackupFailure(error, begun) {
	if (begun && error instanceof KnownError && error.reason === "unreachable" || error instanceof StoreFailed) return brokenOff(error, "Nothing of the backup is left.");
	if (!(error instanceof ProgramFailed || error instanceof SqlError || error instanceof ConnectionLost)) return error;
	return new KnownError(`The backup failed, and nothing of it is left: ${error.message}`, {
		reason: "backup",
		help: helpFor(error),
		cause: error
	});
}

// src/postgres/databases.ts
/**
* The databases that people choose by names and patterns: `*` stands for any characters, a leading `!` leaves out again.
* Templates are meant only by their names. Throws `KnownError` for a name that is not there or lets nobody in, and where
* nothing is chosen.
*/
async function chooseDatabases(address, wishes, signal) {
	const there = await databasesOf(address, signal);
	const [leftOut, wanted] = [wishes.filter(isNegative), wishes.filter((wish) => !isNegative(wish))];
	for (const name of wanted.filter((wish) => !wish.includes("*"))) mustBeOpen(name, there);
	const fits = ({ name, template }) => wanted.some((wish) => wish.includes("*") ? !template && pattern(wish).test(name) : wish === name) && !leftOut.some((wish) => pattern(wish.slice(1)).test(name));
	const chosen = there.filter(fits);
	if (chosen.some(({ open }) => open)) return {
		chosen: names(chosen.filter(({ open }) => open)),
		closed: names(chosen.filter(({ open }) => !open))
	};
	throw new KnownError(`No database of this server is one of ${wishes.join(", ")}.`, { help: `It has ${names(there.filter(({ open, template }) => open && !template)).join(", ")}.` });
}
async function databasesOf(address, signal) {
	await using session = await connect(address, signal);
	return await session.query(`SELECT datname AS name, datallowconn AND datconnlimit <> -2 AS open, datistemplate AS template
       FROM pg_catalog.pg_database ORDER BY 1`);
}
function mustBeOpen(name, there) {
	const found = there.find((each) => each.name === name);
	if (found?.open) return;
	if (found) throw new KnownError(`The database ${name} lets nobody in (datallowconn is off).`, {
		reason: "unreachable",
		help: `Leave it out of \`databases\`, or let connections in: ALTER DATABASE … ALLOW_CONNECTIONS true.`
	});
	const [near] = nearest(name, names(there), 1);
	throw new KnownError(`There is no database ${name} on this server.`, {
		reason: "unreachable",
		help: near ? `Did you mean ${near}?` : `It has ${names(there).join(", ")}.`
	});
}
function isNegative(wish) {
	return wish.startsWith("!");
}
function pattern(wish) {
	return new RegExp(`^${wish.split("*").map(RegExp.escape).join(".*")}$`, "s");
}
function names(rows) {
	return rows.map(({ name }) => name);
}

// src/reports/backups/migrations.ts
/** Where the migration tools stand: `goose is at 42 (public.goose_db_version)`. */
function migrationFacts(states = []) {
	return states.map((state) => ({
		label: "migrations",
		value: migrationsText(state)
	}));
}
function migrationsText({ tool, table, latest, unfinished }) {
	const open = unfinished ? `, with ${unfinished} that failed or did not finish` : "";
	return `${tool} is at ${latest ?? "no migration"}${open} (${table})`;
}

// src/reports/backups/backup.ts
/** Backups that were taken. */
function backupPage({ backups, failed, store }) {
	const [first] = backups;
	const single = backups.length === 1 && failed.length === 0 ? first : void 0;
	return {
		good: failed.length === 0,
		headline: single ? `${single.manifest.database} is backed up, and the backup was read back` : headlineOf(backups.length, failed.length),
		problems: failed.map(({ database, message }) => `${database}: ${message}`),
		parts: single ? [{ facts: factsOf(single, store) }, tablesOf(single.manifest.contents)] : listOf(backups, store),
		notes: withoutRoles(backups),
		next: single ? nextOf(single, store) : []
	};
}
function headlineOf(taken, failed) {
	if (failed === 0) return `${taken} databases are backed up, and the backups were read back`;
	const rest = taken === 0 ? "none is" : `${taken} ${taken === 1 ? "is" : "are"}`;
	return `${failed} of ${taken + failed} databases could not be backed up; ${rest}`;
}
function factsOf({ id, key, manifest, milliseconds }, store) {
	const { dump, contents, server, takenAt, reason } = manifest;
	return [
		{
			label: "backup",
			value: id,
			code: true
		},
		{
			label: "data of",
			value: `${momentText(takenAt)}, PostgreSQL ${server.version}, by pg_dump ${dump.pgDump}`
		},
		{
			label: "holds",
			value: holdsText(countsOf(contents))
		},
		...migrationFacts(contents.migrations),
		...reason ? [{
			label: "taken",
			value: reason
		}] : [],
		{
			label: "size",
			value: sizeText(dump)
		},
		{
			label: "took",
			value: `${durationText(milliseconds.dump)}, and ${durationText(milliseconds.readBack)} to read it back`
		},
		{
			label: "store",
			value: store ?? ""
		},
		{
			label: "manifest",
			value: key,
			code: true
		},
		...dumpFacts(dump)
	];
}
/** So many are shown, the largest first. */
const most = 100;
function tablesOf({ tables }) {
	const largest = tables.toSorted((a, b) => b.bytes - a.bytes).slice(0, most);
	return {
		title: tables.length > most ? `The ${most} largest of ${numberText(tables.length)} tables` : "Tables",
		folded: true,
		table: {
			columns: [
				{ title: "table" },
				{
					title: "rows",
					right: true
				},
				{
					title: "with its indexes",
					right: true
				}
			],
			rows: largest.map(({ name, rows: counted, estimated, bytes }) => [
				name,
				counted === void 0 ? "–" : `${estimated ? "~" : ""}${numberText(counted)}`,
				bytesText(bytes)
			])
		}
	};
}
function listOf(backups, store) {
	if (backups.length === 0) return [];
	const columns = [...[
		{ title: "database" },
		{
			title: "backup",
			code: true
		},
		{
			title: "tables",
			right: true
		}
	], ...[{
		title: "stored",
		right: true
	}, {
		title: "took",
		right: true
	}]];
	const rows = backups.map(({ id, manifest, milliseconds: { dump, readBack } }) => [...[
		manifest.database,
		id,
		numberText(manifest.contents.tables.length)
	], ...[bytesText(manifest.dump.stored.bytes), durationText(dump + readBack)]]);
	const evidence = backups.map((each) => ({
		title: `${each.manifest.database}: ${each.id}`,
		facts: factsOf(each, store),
		folded: true
	}));
	return [{
		facts: [{
			label: "store",
			value: store ?? ""
		}],
		table: {
			columns,
			rows
		}
	}, ...evidence];
}
function withoutRoles(backups) {
	const without = backups.filter(({ manifest }) => !manifest.globals).map(({ manifest }) => manifest.database);
	if (without.length === 0) return [];
	return [`Roles are not in ${backups.length === 1 ? "it" : `the backups of ${without.join(", ")}`}: the role that took it may not read them.`];
}
function nextOf({ id, manifest: { database, dump } }, store) {
	const encrypted = dump.recipients !== void 0;
	const flags = {
		backup: id,
		...identityFlag(encrypted)
	};
	return [{
		text: "Prove that it can be restored",
		command: command("verify", store, flags)
	}, restoreStep(store, {
		id,
		database,
		encrypted
	})];
}

// src/commands/backup.ts
/** Backs up a database, or several of a server. */
function run(door) {
	return pinged(door, async () => {
		await using store = await storeOf(door);
		const { taken, failed } = await takeAll(door, store, await targetsOf(door));
		const report = {
			version: 1,
			lockkeeper: version,
			command: "backup",
			outcome: failed.length === 0 ? "passed" : "failed",
			store: store.label,
			backups: taken,
			failed
		};
		const all = (name) => taken.map((each) => each[name]).join("\n");
		await publishPage(door, report, backupPage(report), {
			backup: all("id"),
			manifest: all("key")
		});
		return failed.length === 0 ? exitCodes.done : exitCodes.backup;
	});
}
async function targetsOf(door) {
	const { settings, host, signal } = door;
	const target = await targetOf(door);
	if (settings.databases.length === 0) return [target];
	const { chosen, closed } = await chooseDatabases(target, settings.databases, signal);
	if (closed.length > 0) host.progress.step(`leaving out ${closed.join(", ")}: no connections are allowed`);
	return chosen.map((database) => ({
		...target,
		database
	}));
}
/** One after the other. Of several, one that fails does not keep the others from being backed up. */
async function takeAll(door, store, targets) {
	const options = backupOptions(door, store, door.settings.reason);
	const taken = [];
	const failed = [];
	for (const target of targets) try {
		const { manifest, manifestKey: key, milliseconds } = await backup({
			...options,
			target
		});
		taken.push({
			id: idOf({ key }),
			key,
			manifest,
			milliseconds
		});
	} catch (error) {
		if (targets.length === 1 || door.signal.aborted || !(error instanceof KnownError)) throw error;
		door.host.progress.step(`${target.database}: ${error.message}`);
		failed.push({
			database: target.database,
			message: [error.message, error.help].filter(Boolean).join(" ")
		});
	}
	return {
		taken,
		failed
	};
}
/** How backups are taken, whatever they are taken for. */
function backupOptions({ settings, host, signal }, store, reason) {
	const { format, compression, encryptTo: recipients, rowCounts, key: keyTemplate, pgBin, s3LockDays } = settings;
	return {
		store,
		format,
		compression,
		recipients,
		rowCounts,
		keyTemplate,
		version,
		signal,
		progress: host.progress,
		jobs: jobsOf(settings),
		...pgBin && { clientFolder: pgBin },
		...s3LockDays && { lockDays: s3LockDays },
		about: {
			...reason && { reason },
			...runOf(process.env)
		}
	};
}
/** Commit and run, where a workflow of GitHub takes it. */
function runOf(environment) {
	const { GITHUB_SHA: commit, GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = environment;
	return {
		...commit && { commit },
		...server && repository && id && { run: `${server}/${repository}/actions/runs/${id}` }
	};
}

export { backup as a, migrationFacts as i, run as n, runOf as r, backupOptions as t };
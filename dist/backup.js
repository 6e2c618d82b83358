import { a as ProgramFailed, d as findClients, g as gzipped, i as exportSnapshot, l as contentsOf, m as tally, n as readBack, p as compressed, r as metered, s as outputOf, u as serverOf, y as encrypted } from "./read-back.js";
import { n as exitCodes, r as fileFault, t as KnownError } from "./error.js";
import { r as SqlError, t as ConnectionLost } from "./connect.js";
import { _ as manifestKey, c as timeText, d as globalsKey, g as keyOf, h as isManifest, i as idOf, n as publishPage, o as bytesText, r as pinged, s as durationText, t as storeOf } from "./store.js";
import { t as version } from "./version.js";
import { r as encryptedIfPossible, t as addressOf } from "./url.js";
import { t as maskUrl } from "./mask.js";
import { readFile } from "node:fs/promises";

// src/postgres/dump/dump.ts
/** Seconds that pg_dump waits for a table which a schema change holds; reads and writes never make it wait. */
const lockWait = 300;
/** The dump as pg_dump writes it, not compressed. Throws `ProgramFailed` at its end where pg_dump failed. */
function dump({ clients, address, snapshot, format, signal }) {
	const args = [
		`--format=${format}`,
		"--compress=0",
		`--snapshot=${snapshot}`,
		`--lock-wait-timeout=${lockWait * 1e3}`,
		"--no-password"
	];
	return outputOf({
		clients,
		name: "pg_dump",
		args,
		address,
		signal
	});
}
/** Roles, memberships and settings of roles as SQL, without passwords: those are for a person to set anew. */
function dumpGlobals({ clients, address, signal }) {
	const args = [
		"--globals-only",
		"--no-role-passwords",
		"--no-tablespaces",
		"--no-password",
		"-l",
		connectionString(address)
	];
	return outputOf({
		clients,
		name: "pg_dumpall",
		args,
		address,
		signal
	});
}
/** pg_dumpall takes a name with `=` for a connection string (documentation, 32.1.1.1): it is always given one. */
function connectionString({ database }) {
	return `dbname='${database.replace(/['\\]/g, "\\$&")}'`;
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
	const clients = await findClients(Number(server.version.split(".")[0]), input.clientFolder);
	const key = keyOf(input, snapshot.takenAt);
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
		throw signal.aborted ? signal.reason : asBackupFailure(error);
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
	const decoding = recipients.length === 0;
	await readBack({
		store,
		dump,
		clients,
		decoding,
		identities: [],
		signal
	});
	const manifest = {
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
	};
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
	if (await store.create(last, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), writing)) return;
	written.pop();
	throw new KnownError(`There is a ${last} already.`, { reason: "backup" });
}
/** Counts in the snapshot while pg_dump reads it. */
async function writeDump(work) {
	const { target: address, store, format, signal, rowCounts, clients, snapshot, key, written, progress } = work;
	const plain = tally(metered(dump({
		clients,
		address,
		snapshot: snapshot.id,
		format,
		signal
	}), "dumped", progress));
	const stored = tally(packed(plain, work));
	const [writing, counting] = await Promise.allSettled([store.write(key, stored, work.writing).then(() => written.push(key)), contentsOf(snapshot.session, rowCounts)]);
	if (writing.status === "rejected") throw writing.reason;
	if (counting.status === "rejected") throw counting.reason;
	return {
		plain: plain.digest(),
		stored: stored.digest(),
		contents: counting.value
	};
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
/** A store that could be reached, and then could take no more. */
const noRoom = [
	"ENOSPC",
	"EDQUOT",
	"EFBIG",
	"EIO"
];
function asBackupFailure(error) {
	if (error instanceof KnownError && noRoom.includes(error.cause?.code ?? "")) return new KnownError(error.message, {
		reason: "backup",
		help: "Nothing of the backup is left.",
		cause: error
	});
	if (!(error instanceof ProgramFailed || error instanceof SqlError || error instanceof ConnectionLost)) return error;
	return new KnownError(`The backup failed, and nothing of it is left: ${error.message}`, {
		reason: "backup",
		help: "See the message of PostgreSQL; earlier backups are as they were.",
		cause: error
	});
}

// src/reports/backups/backup.ts
/** A backup that was taken. */
function backupPage({ id, manifest, milliseconds, store, key }) {
	const { dump, contents, server, database, takenAt } = manifest;
	const counted = contents.tables.reduce((sum, { rows = 0 }) => sum + rows, 0);
	const exact = contents.tables.every(({ rows, estimated }) => rows !== void 0 && !estimated);
	return {
		good: true,
		headline: `${database} is backed up as ${id}, and the backup was read back`,
		facts: [
			["taken at", `${timeText(takenAt)} UTC, PostgreSQL ${server.version}, pg_dump ${dump.pgDump}`],
			["holds", `${contents.tables.length} tables${exact ? `, ${counted} rows` : ""}`],
			["dump", `${bytesText(dump.plain.bytes)}, stored as ${bytesText(dump.stored.bytes)} (${packing(dump)})`],
			["took", `${durationText(milliseconds.dump)}, and ${durationText(milliseconds.readBack)} to read it back`],
			["store", `${store}`],
			["manifest", key],
			["SHA-256", dump.stored.sha256]
		],
		tables: [],
		notes: manifest.globals ? [] : ["Roles are not in it: the role that took it may not read them."]
	};
}
function packing({ compression, recipients }) {
	return recipients ? `${compression}, encrypted to ${recipients.length} recipients` : `${compression}, not encrypted`;
}

// src/commands/target.ts
/** Names of the parts that frameworks and images give a database by. */
const parts = {
	PG: {
		host: ["HOST"],
		port: ["PORT"],
		user: ["USER"],
		password: ["PASSWORD"],
		database: ["DATABASE"]
	},
	POSTGRES_: {
		host: ["HOST"],
		port: ["PORT"],
		user: ["USER"],
		password: ["PASSWORD"],
		database: ["DB", "DATABASE"]
	},
	DB_: {
		host: ["HOST"],
		port: ["PORT"],
		user: ["USER", "USERNAME"],
		password: ["PASSWORD", "PASS"],
		database: ["NAME", "DATABASE"]
	}
};
/** The database that people use, from the settings or what else the environment says. */
async function targetOf({ settings, host, signal }, environment = process.env) {
	const url = settings.url ?? await urlIn(settings.urlFile) ?? driverless(environment.DATABASE_URL);
	if (url) maskUrl(url, host);
	const address = url ? addressOf(url) : fromParts(environment);
	if (!address) throw new KnownError("It is not known which database is meant.", { help: `Set \`url\` (LOCKKEEPER_URL) or \`url-file\`. Also looked at: DATABASE_URL, ${Object.entries(parts).map(([prefix, names]) => `${prefix}HOST and ${prefix}${names.database[0]}`).join(", ")}.` });
	if (address.password) host.mask(address.password);
	return encryptedIfPossible(address, signal);
}
async function urlIn(file) {
	if (!file) return void 0;
	return (await readFile(file, "utf8").catch((cause) => {
		throw new KnownError(`The file with the URL cannot be read: ${fileFault(cause)}.`, {
			place: { path: file },
			cause
		});
	})).trim();
}
/** SQLAlchemy and others name a driver: `postgresql+psycopg://`. */
function driverless(url) {
	return url?.replace(/^(postgres(?:ql)?)\+\w+:/, "$1:") || void 0;
}
/** The first prefix by which a host or a database is named. */
function fromParts(environment) {
	for (const [prefix, names] of Object.entries(parts)) {
		const get = (part) => names[part].map((name) => environment[`${prefix}${name}`]).find((value) => value);
		const [host, database, user = "postgres", port = "5432"] = [
			get("host"),
			get("database"),
			get("user"),
			get("port")
		];
		if (!host && !database) continue;
		if (!/^\d{1,5}$/.test(port)) throw new KnownError(`${prefix}PORT is not the number of a port.`);
		const [password, sslmode] = [get("password"), prefix === "PG" ? environment.PGSSLMODE : void 0];
		return {
			host: host ?? "localhost",
			port: Number(port),
			user,
			database: database ?? user,
			...password && { password },
			...sslmode && { sslmode }
		};
	}
}

// src/commands/backup.ts
/** Backs a database up. */
function run(door) {
	return pinged(door, async () => {
		await using store = await storeOf(door);
		const { reason } = door.settings;
		const done = await backup({
			...backupOptions(door, store, reason),
			target: await targetOf(door)
		});
		const id = idOf({ key: done.manifestKey });
		const report = {
			version: 1,
			lockkeeper: version,
			command: "backup",
			outcome: "passed",
			store: store.label,
			id,
			key: done.manifestKey,
			manifest: done.manifest,
			milliseconds: done.milliseconds
		};
		await publishPage(door, report, backupPage(report), {
			backup: id,
			manifest: done.manifestKey
		});
		return exitCodes.done;
	});
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

export { backup as i, run as n, targetOf as r, backupOptions as t };
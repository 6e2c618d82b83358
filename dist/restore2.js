import { a as backup, i as migrationFacts, t as backupOptions } from "./backup.js";
import { c as safetyReason, r as idOf, t as storeOf } from "./store.js";
import { a as sourceOf, i as propertiesIn, n as scan, r as without, t as restore } from "./restore.js";
import { a as holdsText, i as furtherFacts, n as comparison, o as identityFlag, s as momentText, t as command, u as nameWith } from "./parts.js";
import { n as exitCodes, r as fileFault, t as KnownError } from "./error.js";
import { r as urlOf } from "./url.js";
import { r as durationText } from "./amounts.js";
import { t as loadProvider } from "./servers.js";
import { t as version } from "./version.js";
import { n as catalogOf, r as picked, t as backedUpOf } from "./catalog.js";
import { D as gunzipped, _ as ProgramFailed, c as statementsOf, j as decrypted, k as transformed, p as openFolder, s as takeContents, t as jobsOf, w as newestClients } from "./jobs.js";
import { t as publishPage } from "./publish.js";
import { n as identitiesIn, t as assertionsIn } from "./reading.js";
import { n as targetOf } from "./target.js";
import { readdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { createZstdDecompress } from "node:zlib";
import { createReadStream } from "node:fs";

// src/reports/backups/restore.ts
/** A restore. */
function restorePage(report) {
	const { backedUp, restored, checked, problems, notes } = report;
	return {
		good: report.outcome === "passed",
		headline: headlineOf(report),
		problems,
		parts: [{ facts: [...factsOf(report), ...furtherFacts(checked)] }, ...backedUp && checked.includes("tables") ? [{ table: comparison(backedUp, restored) }] : []],
		notes,
		next: report.outcome === "passed" ? nextOf(report) : []
	};
}
function headlineOf({ outcome, from, database, checked }) {
	if (outcome === "failed") return `${database} is restored, but not all is as it should be`;
	return checked.includes("tables") ? `${database} is restored, and is what was backed up` : `${database} is restored from ${from}`;
}
function factsOf(report) {
	const { store, from, takenAt, backedUp, database, server, restored, safetyBackup, createdRoles, milliseconds } = report;
	const origin = backedUp ? `, PostgreSQL ${backedUp.server}, database ${backedUp.database}` : "";
	return [
		{
			label: "database",
			value: database
		},
		{
			label: "from",
			value: from,
			code: true
		},
		{
			label: "restored",
			value: `in ${durationText(milliseconds)} on PostgreSQL ${server}: ${holdsText(restored)}`
		},
		...takenAt ? [{
			label: "data of",
			value: `${momentText(takenAt)}${origin}`
		}] : [],
		...migrationFacts(report.migrations),
		...safetyBackup ? [{
			label: "what it was",
			value: safetyBackup,
			code: true
		}] : [],
		...createdRoles.length > 0 ? [{
			label: "new roles",
			value: `${createdRoles.join(", ")} (without login)`
		}] : [],
		...store ? [{
			label: "store",
			value: store
		}] : []
	];
}
function nextOf({ store, database, backedUp, from, safetyBackup }) {
	const key = identityFlag(backedUp?.dump.recipients !== void 0);
	if (safetyBackup) {
		const back = {
			backup: safetyBackup,
			overwrite: database,
			...key
		};
		return [{
			text: `Go back to what ${database} was`,
			command: command("restore", store, back)
		}];
	}
	if (!backedUp || backedUp.database === database) return [];
	const over = {
		backup: from,
		overwrite: backedUp.database,
		...key
	};
	return [{
		text: `Have it take the place of ${backedUp.database}, after a safety backup`,
		command: command("restore", store, over)
	}];
}

// src/archive/recognise.ts
/** Packings by the bytes they begin with: age 1, RFC 1952, RFC 8878. */
const packings = [
	[Buffer.from("age-encryption.org/v1"), (content, keys) => decrypted(content, keys)],
	[Buffer.from([31, 139]), (content) => gunzipped(content)],
	[Buffer.from([
		40,
		181,
		47,
		253
	]), (content) => transformed(content, createZstdDecompress())]
];
/** What others pack with, and how they unpack it again. */
const foreign = [
	[Buffer.from([
		4,
		34,
		77,
		24
	]), "lz4"],
	[Buffer.from([
		253,
		55,
		122,
		88,
		90
	]), "xz"],
	[Buffer.from("BZh"), "bzip2"],
	[Buffer.from("PK"), "unzip"]
];
/** Unpacks what others packed, as it says itself what it is: encrypted and then compressed, or the other way round. */
async function recognised(packed, identities) {
	let found = {
		...await peek(packed),
		packed: false
	};
	for (let depth = 0; depth < 3; depth += 1) {
		const packing = packings.find(startOf(found));
		if (!packing) break;
		found = {
			...await peek(packing[1](found.content, identities)),
			packed: true
		};
	}
	const [, program] = foreign.find(startOf(found)) ?? [];
	if (program === void 0) return found;
	await found.content[Symbol.asyncIterator]().return?.();
	throw new KnownError(`It is packed in a way that is not read here.`, { help: `Unpack it first, with ${program}.` });
}
function startOf({ head }) {
	return ([start]) => head.subarray(0, start.length).equals(start);
}
/** Reads the beginning, and gives it back with the rest. */
async function peek(content) {
	const pieces = content[Symbol.asyncIterator]();
	let head = Buffer.alloc(0);
	while (head.length < 1e3) {
		const { done, value } = await pieces.next();
		if (done) break;
		head = Buffer.concat([head, value]);
	}
	return {
		head: head.subarray(0, 1e3),
		content: joined(head, pieces)
	};
}
async function* joined(head, pieces) {
	try {
		if (head.length > 0) yield head;
		for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
	} finally {
		await pieces.return?.();
	}
}

// src/commands/dump-kind.ts
/**
* What a file is by its first bytes, unpacked. A tar that pg_dump wrote is the same as a directory that was packed: both
* hold the same files, and pg_restore, which never ends with half a tar, has them unpacked. Throws `KnownError`.
*/
function formatOf({ head }, path) {
	const place = { path };
	if (head.subarray(257, 262).toString("latin1") === "ustar") return "directory";
	if (head.subarray(0, 5).toString("latin1") === "PGDMP") {
		if (head[kindAt] === custom) return "custom";
		throw new KnownError("This is only the table of contents of a dump in directory format.", {
			place,
			help: "Name the folder it is in, or the tar that holds it."
		});
	}
	if (isSql(head)) return "plain";
	throw new KnownError(whatElse(head), {
		place,
		help: "What pg_dump writes is read: SQL, its custom format, its tar, or its directory; also packed by gzip, zstd or age."
	});
}
/** Where an archive says how it is written: behind magic, version and sizes (ReadHead in pg_backup_archiver.c). */
const kindAt = 10;
const custom = 1;
function isSql(head) {
	return !head.includes(0) && /^(--|\/\*|\\restrict |(SET|CREATE|BEGIN|INSERT|ALTER|DROP|COPY|SELECT|COMMENT|GRANT|DO)\b.*\S)/im.test(head.toString("utf8").replace(/^\uFEFF/, ""));
}
function whatElse(head) {
	if (head.length === 0) return "The file is empty.";
	if (/^(\xff\xfe|\xfe\xff)/.test(head.toString("latin1"))) return "The file is in UTF-16, as PowerShell redirects what a program prints: let pg_dump write it, with --file.";
	return "This is neither SQL nor a dump in another format of pg_dump.";
}

// src/commands/dump-file.ts
/** A dump that somebody's pg_dump wrote: a file, packed or not, or a directory. Throws `KnownError` for what is none. */
async function fileSource(path, identities, door) {
	door.host.progress.step(`looking into ${path}`);
	try {
		const found = await stat(path);
		const { dump, said } = found.isDirectory() ? await directoryAt(path, door) : await fileAt({
			path,
			size: found.size,
			identities
		}, door);
		refuse(said, path);
		const { roles, places, tables, major = 0, encoding } = said;
		const known = {
			roles,
			tablespaces: places.names,
			tables,
			major: dump.format === "plain" ? 0 : major
		};
		return {
			label: basename(path),
			...dump,
			...known,
			...encoding === "SQL_ASCII" && { origin: anyBytes }
		};
	} catch (error) {
		throw error instanceof KnownError || door.signal.aborted ? error : notRead(error, path);
	}
}
/** Text of no encoding goes into no other database than one that takes every byte. */
const anyBytes = {
	encoding: "SQL_ASCII",
	collate: "C",
	ctype: "C"
};
async function directoryAt(path, door) {
	const names = await readdir(path);
	if (!names.includes("toc.dat")) throw new KnownError("This folder has no toc.dat, and so is no dump in directory format.", { place: { path } });
	const sizes = await Promise.all(names.map(async (name) => (await stat(join(path, name))).size));
	const said = await scan(statementsOf(await clientsFor(door), resolve(path), door.signal));
	const bytes = sizes.reduce((sum, size) => sum + size, 0);
	return {
		dump: {
			format: "directory",
			path: resolve(path),
			bytes
		},
		said
	};
}
async function fileAt({ path, size, identities }, door) {
	const open = () => recognised(createReadStream(path), identities);
	const head = await closing(open);
	const format = formatOf(head, path);
	const content = async function* () {
		yield* (await open()).content;
	};
	const counted = counting(content());
	const seen = (said) => ({
		dump: {
			format,
			content,
			bytes: counted.bytes()
		},
		said
	});
	if (format === "plain") return alone(seen(await scan(counted)));
	const clients = await clientsFor(door);
	const statements = (dump) => scan(statementsOf(clients, dump, door.signal));
	if (format === "directory") {
		await using folder = await openFolder();
		await takeContents(counted, join(folder.path, "dump"));
		return seen(await statements(join(folder.path, "dump")));
	}
	if (head.packed) return seen(await statements(counted));
	return {
		dump: {
			format,
			path: resolve(path),
			bytes: size
		},
		said: await statements(resolve(path))
	};
}
/** What SQL of `pg_dump --create` says of its own database is for the one that it is restored into; tablespaces may be left out. */
async function alone({ dump, said }) {
	const { own, places } = said;
	const spans = [...own?.spans ?? [], ...places.spans].sort((a, b) => a.from - b.from);
	const content = (left) => without(dump.content(), left?.tablespaces ? spans : own?.spans ?? []);
	return {
		said,
		dump: {
			...dump,
			content,
			...own && { properties: await propertiesIn(own.sql) }
		}
	};
}
function clientsFor({ settings, host, signal }) {
	return newestClients(settings.pgBin, {
		signal,
		progress: host.progress
	});
}
async function closing(open) {
	const found = await open();
	await found.content[Symbol.asyncIterator]().return?.();
	return found;
}
function counting(content) {
	let bytes = 0;
	return {
		async *[Symbol.asyncIterator]() {
			for await (const piece of content) {
				bytes += piece.length;
				yield piece;
			}
		},
		bytes: () => bytes
	};
}
function refuse({ leaves, several, cut }, path) {
	const place = { path };
	if (several) throw new KnownError("The dump holds several databases, as pg_dumpall writes them.", {
		place,
		help: "Dump the one that is to be restored by itself, with pg_dump."
	});
	if (leaves) throw new KnownError(`The dump holds \`${leaves}\`, which leads out of the database it is restored into.`, {
		place,
		help: "Dump one database, with pg_dump, and remove commands of psql from it."
	});
	if (cut) throw new KnownError("The dump ends in the middle.", {
		reason: "backup",
		place
	});
}
function notRead(error, path) {
	const given = {
		place: { path },
		cause: error
	};
	if (error.syscall) return new KnownError(`The dump cannot be read: ${fileFault(error)}.`, given);
	if (error instanceof ProgramFailed && /unsupported version/.test(error.message)) return new KnownError(`The dump was written by a newer pg_dump: ${error.message}`, {
		...given,
		reason: "unreachable",
		help: "Install client programs of that major or newer, and name their folder with `pg-bin` where they are not found."
	});
	return new KnownError(`The dump is damaged: ${error.message}`, {
		...given,
		reason: "backup"
	});
}

// src/commands/restore.ts
/** Restores a backup, or a dump that pg_dump wrote. */
async function run(door) {
	const { settings, host, signal } = door;
	const [identities, assertions] = await Promise.all([identitiesIn(settings), assertionsIn(settings)]);
	const { file, into, overwrite, withoutRoles, pgBin } = settings;
	await using store = file && !overwrite ? void 0 : await storeOf(door);
	const source = file ? await fileSource(file, identities, door) : await backupSource(door, store, identities);
	const target = await targetOf(door);
	await using server = await serverBeside(door, target);
	const name = overwrite ?? into ?? newName(source, target);
	const safetyBackup = async () => {
		const usual = backupOptions(door, store, safetyReason(source.label));
		const options = {
			...usual,
			recipients: recipientsOf(usual.recipients, source)
		};
		return idOf({ key: (await backup({
			...options,
			target: {
				...server.address,
				database: name
			}
		})).manifestKey });
	};
	const report = reportOf(await restore({
		source,
		server,
		name,
		overwrite: overwrite !== void 0,
		safetyBackup,
		withoutRoles,
		assertions,
		jobs: jobsOf(settings),
		...pgBin && { clientFolder: pgBin },
		signal,
		progress: host.progress
	}), source, server.version, store);
	await publishPage(door, report, restorePage(report));
	return report.outcome === "passed" ? exitCodes.done : exitCodes.backup;
}
async function backupSource(door, store, identities) {
	const chosen = picked(await catalogOf(door, store), door.settings.backup ?? "latest", door.host.progress);
	return sourceOf(chosen, {
		store,
		identities,
		signal: door.signal
	});
}
/** What was worth encrypting is that still: for those who could read it, where nobody else is named. */
function recipientsOf(named, { manifest }) {
	return named.length > 0 ? named : manifest?.dump.recipients ?? [];
}
/** A database cannot be renamed from within, and the one that is to come back may be gone. */
async function serverBeside({ settings, host, signal }, target) {
	const provider = await loadProvider("existing");
	const open = (database) => provider.open({
		url: urlOf({
			...target,
			database
		}),
		signal,
		progress: host.progress
	});
	if (settings.overwrite === target.database) return open(otherThan(target.database));
	return open(target.database).catch((error) => {
		if (error.cause?.code !== noSuchDatabase) throw error;
		return open(otherThan(target.database));
	});
}
/** SQLSTATE `invalid_catalog_name` */
const noSuchDatabase = "3D000";
function otherThan(database) {
	return database === "postgres" ? "template1" : "postgres";
}
/** `shop_20261121_020700`: the old name, and the time whose data it holds or, where that is not known, now. */
function newName({ manifest }, target) {
	const stamp = (manifest?.takenAt ?? (/* @__PURE__ */ new Date()).toISOString()).slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "_");
	return nameWith(manifest?.database ?? target.database, `_${stamp}`);
}
function reportOf(done, source, server, store) {
	const { restored, migrations, problems, checked, notes, createdRoles, milliseconds, database, safetyBackup } = done;
	return {
		version: 1,
		lockkeeper: version,
		command: "restore",
		outcome: problems.length === 0 ? "passed" : "failed",
		...store && { store: store.label },
		from: source.label,
		...source.manifest && {
			takenAt: source.manifest.takenAt,
			backedUp: backedUpOf(source.manifest)
		},
		database,
		server,
		createdRoles,
		tables: restored.tables,
		restored,
		migrations,
		milliseconds,
		problems,
		checked,
		notes,
		...safetyBackup && { safetyBackup }
	};
}

export { run };
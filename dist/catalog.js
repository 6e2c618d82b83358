import { _ as manifestKey, a as pick, f as isBeside, h as isManifest, m as isDump, p as isDrill, u as dumpKey, v as inOrder } from "./store.js";
import { t as KnownError } from "./error.js";

// src/jobs/backups/catalog.ts
/** Manifests that are read at once. */
const atOnce = 8;
/** Reads what is in a store. Only manifests make backups; nothing is concluded from names. */
async function readCatalog(store, signal) {
	const objects = await Array.fromAsync(store.list(""));
	const keys = new Set(objects.map(({ key }) => key));
	const backups = [];
	const broken = [];
	const manifests = objects.filter(({ key }) => isManifest(key));
	const read = async (object) => ({
		object,
		found: await readBackup(store, object, keys, signal)
	});
	for await (const { object, found } of inOrder(each(manifests), read, atOnce)) if (typeof found === "string") broken.push({
		key: object.key,
		why: found
	});
	else backups.push(found);
	const orphans = objects.filter(({ key }) => isDump(key) && !keys.has(manifestKey(key))).map((each) => ({
		...each,
		keys: [...[...keys].filter((key) => isBeside(key, each.key)), each.key]
	}));
	return {
		backups: backups.sort(newestFirst),
		broken,
		orphans
	};
}
async function* each(items) {
	yield* items;
}
async function readBackup(store, { key, lockedUntil }, keys, signal) {
	const manifest = manifestFrom(await textOf(store, key, signal), key);
	if (typeof manifest === "string") return manifest;
	if (!keys.has(manifest.dump.key)) return `the dump that it describes, ${manifest.dump.key}, is not there`;
	const drillKeys = [...keys].filter((each) => isDrill(each, key)).sort();
	return {
		key,
		manifest,
		drills: await Promise.all(drillKeys.map(async (each) => JSON.parse(await textOf(store, each, signal)))),
		keys: [
			...drillKeys,
			...manifest.globals ? [manifest.globals.key] : [],
			manifest.dump.key
		],
		...lockedUntil && { lockedUntil }
	};
}
/** The manifest in a text, or why it is none. */
function manifestFrom(text, key) {
	let read;
	try {
		read = JSON.parse(text);
	} catch {
		return "it is no JSON";
	}
	if (read.version !== 1) return `its version is ${String(read.version)}, and this Lockkeeper knows 1: use a newer one`;
	if (!(read.database && read.takenAt && read.server?.version && read.dump?.stored?.sha256 && read.contents)) return "parts of it are missing";
	return read.dump?.key === dumpKey(key) ? read : "it describes a dump of another name";
}
/** A manifest of a database of 10,000 tables has about 1 MB. */
const largest = 64 << 20;
async function textOf(store, key, signal) {
	const parts = [];
	let bytes = 0;
	for await (const part of store.read(key, signal)) {
		bytes += part.length;
		if (bytes > largest) throw new KnownError(`${key} is too large to be what its name says.`, { reason: "backup" });
		parts.push(part);
	}
	return Buffer.concat(parts).toString("utf8");
}
function newestFirst(a, b) {
	return b.manifest.takenAt.localeCompare(a.manifest.takenAt) || (a.key < b.key ? 1 : -1);
}

// src/commands/catalog.ts
/** What is in the store; of one database's backups only where the settings name it. */
async function catalogOf({ settings, signal }, store) {
	const catalog = await readCatalog(store, signal);
	const { database } = settings;
	if (!database) return catalog;
	return {
		...catalog,
		backups: catalog.backups.filter(({ manifest }) => manifest.database === database)
	};
}
/** The backup that a person means, where it is plain of which database. */
function picked(backups, which) {
	const databases = [...new Set(backups.map(({ manifest }) => manifest.database))];
	if ((which === "latest" || /^\d{4}-\d{2}-\d{2}|^before:/.test(which)) && databases.length > 1) throw new KnownError(`The store has backups of ${databases.join(", ")}, and it is not known which is meant.`, { help: "Name one with `database`." });
	return pick(backups, which);
}

export { picked as n, catalogOf as t };
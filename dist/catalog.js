import { C as inOrder, S as manifestKey, _ as isDump, a as isIndex, g as isDrill, h as isBeside, i as isByTime, l as isWhole, n as countsOf, o as isSafety, p as dumpKey, r as idOf, s as pick, v as isLater, y as isManifest } from "./store.js";
import { t as Missing } from "./store2.js";
import { t as KnownError } from "./error.js";

// src/jobs/backups/freshness.ts
/** From the weakest proof to the strongest. */
const depths = [
	"bytes",
	"decode",
	"restore"
];
/**
* The drill by which a backup stands or falls, of those given oldest first: the last one, but that what failed is only mended
* by a drill at least as deep. An undefined one cannot be read, and may have failed.
*/
function decisive(drills) {
	let [standing, needed] = [void 0, 0];
	for (const drill of drills) {
		const depth = drill ? depths.indexOf(drill.depth) : depths.length - 1;
		if (drill?.outcome === "passed" && depth < needed) continue;
		[standing, needed] = [drill, drill?.outcome === "passed" ? 0 : Math.max(needed, depth)];
	}
	return standing;
}
/** Whether a drill proved it, and none that counts failed since. One that read it is a weaker proof than one that restored it. */
function isProved({ drill }) {
	return drill?.outcome === "passed";
}
/**
* Databases whose newest proved backup, of those given newest first, is older than `maxAge` milliseconds, or that have none.
* One that is as far in the future, by a clock that was wrong, counts for nothing: it would be fresh for long.
*/
function staleOf(backups, { maxAge, database, now }) {
	const databases = new Set(backups.map(({ manifest }) => manifest.database));
	const asked = database ?? (databases.size === 0 ? "any database" : void 0);
	if (asked) databases.add(asked);
	const ageOf = ({ manifest }) => now.getTime() - Date.parse(manifest.takenAt);
	return [...databases].flatMap((name) => {
		const newest = backups.find((each) => each.manifest.database === name && isProved(each) && ageOf(each) >= -maxAge);
		if (newest && ageOf(newest) <= maxAge) return [];
		return [{
			database: name,
			...newest && { newestVerified: newest.manifest.takenAt }
		}];
	});
}

// src/jobs/backups/record.ts
/** Why what is under a key cannot be used, as the end of a sentence. */
var Unusable = class extends Error {};
/** The manifest under a key. Throws `Unusable`, or `Missing` where it was removed meanwhile. */
async function readManifest(store, key, signal) {
	const read = await recordUnder(store, key, signal);
	if (!isComplete(read) || Number.isNaN(Date.parse(read.takenAt ?? ""))) throw new Unusable("parts of it are missing");
	return read;
}
/** Whether it has all that is asked of manifests, each of its kind: a sum can be made for anything. */
function isComplete({ version, database, takenAt, server, dump, contents }) {
	const texts = [
		database,
		takenAt,
		server?.version,
		dump?.key,
		dump?.pgDump,
		contents?.fingerprint
	];
	const lists = [
		contents?.tables,
		contents?.sequences,
		contents?.extensions,
		contents?.roles
	];
	const digests = [dump?.plain, dump?.stored];
	return version === 1 && texts.every((each) => typeof each === "string") && lists.every(Array.isArray) && digests.every((each) => typeof each?.bytes === "number" && typeof each.sha256 === "string") && [
		"custom",
		"plain",
		"directory"
	].includes(dump?.format ?? "") && [
		"zstd",
		"gzip",
		"none"
	].includes(dump?.compression ?? "");
}
/** The result of a drill of this manifest. Throws `Unusable`, or `Missing` where it was removed meanwhile. */
async function readDrill(store, key, manifest, signal) {
	const read = await recordUnder(store, key, signal);
	if (read.manifest === void 0 || dumpKey(manifest) !== dumpKey(read.manifest)) throw new Unusable("it is the drill of another backup");
	return read;
}
async function recordUnder(store, key, signal) {
	const read = parsed(await textOf(store, key, signal));
	if (read.version !== void 0 && read.version > 1) throw new Unusable(`its version is ${String(read.version)}, and this Lockkeeper knows 1: use a newer one`);
	if (!isWhole(read)) throw new Unusable("it is not as it was written: its checksum is another");
	return read;
}
function parsed(text) {
	try {
		const read = JSON.parse(text);
		if (typeof read === "object" && read !== null) return read;
	} catch {}
	throw new Unusable("it is no JSON");
}
/** A manifest of a database of 10,000 tables has about 1 MB. */
const largest = 64 << 20;
async function textOf(store, key, signal) {
	const parts = [];
	let bytes = 0;
	for await (const part of store.read(key, signal)) {
		bytes += part.length;
		if (bytes > largest) throw new Unusable("it is too large to be what its name says");
		parts.push(part);
	}
	return Buffer.concat(parts).toString("utf8");
}
/** What reading found; why it cannot be used; or undefined where it was removed meanwhile. */
async function orWhyNot(reading) {
	try {
		return await reading;
	} catch (error) {
		if (error instanceof Missing) return void 0;
		if (error instanceof Unusable) return error.message;
		throw error;
	}
}

// src/jobs/backups/catalog.ts
/** Manifests that are read at once. */
const atOnce = 8;
/** Reads what is in a store. Only manifests make backups; nothing is concluded from names. */
async function readCatalog(store, signal) {
	const objects = await Array.fromAsync(store.list(""));
	const keys = new Set(objects.map(({ key }) => key));
	const manifests = objects.filter(({ key }) => isManifest(key));
	const read = (object) => readBackup(store, object, keys, signal);
	const found = await Array.fromAsync(inOrder(each(manifests), read, atOnce));
	const orphans = objects.filter(({ key }) => isDump(key) && !keys.has(manifestKey(key))).map((each) => ({
		...each,
		keys: [...[...keys].filter((key) => isBeside(key, each.key)), each.key]
	}));
	return {
		backups: found.flatMap(({ backup }) => backup ?? []).sort(newestFirst),
		broken: found.flatMap(({ broken }) => broken),
		orphans
	};
}
async function* each(items) {
	yield* items;
}
const nothing = { broken: [] };
async function readBackup(store, { key, lockedUntil }, keys, signal) {
	const manifest = await orWhyNot(readManifest(store, key, signal));
	if (manifest === void 0 || typeof manifest === "object" && isBelow(manifest, key)) return nothing;
	const why = typeof manifest === "object" ? whyLost(manifest, key, keys) : manifest;
	if (typeof manifest === "string" || why !== void 0) return { broken: [{
		key,
		why
	}] };
	const drillKeys = [...keys].filter((each) => isDrill(each, key)).sort();
	const read = await Promise.all(drillKeys.map((each) => orWhyNot(readDrill(store, each, key, signal))));
	const drill = decisive(read.map((each) => typeof each === "object" ? each : void 0));
	const broken = read.flatMap((each, index) => typeof each === "string" ? {
		key: drillKeys[index],
		why: each
	} : []);
	return {
		backup: {
			key,
			manifest,
			keys: [
				...drillKeys,
				...manifest.globals ? [manifest.globals.key] : [],
				manifest.dump.key
			],
			...drill && { drill },
			...lockedUntil && { lockedUntil }
		},
		broken
	};
}
/** It is the backup of another store that lies below this one: keys are relative to their store. */
function isBelow({ dump }, key) {
	return key.endsWith(`/${manifestKey(dump.key)}`);
}
function whyLost({ dump, globals }, key, keys) {
	if (dump.key !== dumpKey(key)) return "it describes a dump of another name";
	if (globals && !isBeside(globals.key, dump.key)) return "the roles that it describes are not beside its dump";
	return keys.has(dump.key) ? void 0 : `the dump that it describes, ${dump.key}, is not there`;
}
function newestFirst(a, b) {
	return Date.parse(b.manifest.takenAt) - Date.parse(a.manifest.takenAt) || (a.key < b.key ? 1 : -1);
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
/**
* The backup that a person means, where it is plain of which database, and that it is the one: a newer one that cannot be used
* is not passed over in silence. Throws `KnownError`.
*/
function picked({ backups, broken }, which, { step }) {
	const databases = [...new Set(backups.map(({ manifest }) => manifest.database))];
	if (isByTime(which) && databases.length > 1) throw new KnownError(`The store has backups of ${databases.join(", ")}, and it is not known which is meant.`, { help: "Name one with `database`." });
	const chosen = pick(backups, which);
	if (!isByTime(which) && !isIndex(which)) return chosen;
	const [lost] = broken.filter(({ key }) => isManifest(key) && isLater(key, chosen.key));
	if (lost) throw new KnownError(`A newer backup, ${idOf(lost)}, cannot be used: ${lost.why}.`, {
		reason: "backup",
		help: `Should an older one do, name it by its id: ${idOf(chosen)}.`
	});
	if (isByTime(which)) for (const each of backups.slice(0, backups.indexOf(chosen))) tellSafety(each, step);
	return chosen;
}
function tellSafety(backup, step) {
	if (isSafety(backup)) step(`passing over ${idOf(backup)}: it was taken ${backup.manifest.reason}`);
}
/** What a restored database is compared with, for reports. */
function backedUpOf({ database, takenAt, server, dump, contents }) {
	return {
		database,
		takenAt,
		server: server.version,
		dump,
		holds: countsOf(contents)
	};
}

export { staleOf as a, isProved as i, catalogOf as n, picked as r, backedUpOf as t };
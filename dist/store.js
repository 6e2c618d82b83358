import { t as KnownError } from "./error.js";
import { t as nearest } from "./nearest.js";
import { i as minuteText } from "./amounts.js";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";

// src/archive/parallel.ts
/**
* Does `work` on several pieces of a stream at once, and yields the results in the stream's order. At most `limit`
* pieces are held. Where the reader stops early, the source is closed; where anything throws, nothing goes on unheard.
*/
async function* inOrder(source, work, limit) {
	const running = [];
	try {
		for await (const piece of source) {
			const result = work(piece);
			result.catch(() => {});
			running.push(result);
			if (running.length >= limit) yield await running.shift();
		}
		for (let next = running.shift(); next; next = running.shift()) yield await next;
	} finally {
		await Promise.allSettled(running);
	}
}

// src/jobs/backups/keys.ts
/** How keys of backups look unless one says otherwise. */
const defaultTemplate = "postgres/{database}/backup_{timestamp}";
/** The key of a dump: the template's text with the endings that say how to read it. */
function keyOf({ keyTemplate, target, format, compression, recipients }, takenAt) {
	if (!keyTemplate.includes("{timestamp}")) throw new KnownError("The template for keys has no {timestamp}, so every backup would take the place of the last.", { help: `Write it like ${defaultTemplate}.` });
	return [keyTemplate.replaceAll("{database}", () => encodeURIComponent(target.database)).replaceAll("{timestamp}", () => timestamp(takenAt)), ...[
		{
			custom: "dump",
			plain: "sql",
			directory: "tar"
		}[format],
		{
			zstd: "zst",
			gzip: "gz",
			none: ""
		}[compression],
		recipients.length > 0 ? "age" : ""
	].filter(Boolean)].join(".");
}
/** `20261121T020700123Z`: sorts by time, and two backups of one second differ. */
function timestamp(moment) {
	return moment.toISOString().replaceAll(/[-:.]/g, "");
}
const ending = ".manifest.json";
/** The key of a dump's manifest. */
function manifestKey(dumpKey) {
	return `${dumpKey}${ending}`;
}
/** Whether a key is a manifest's. */
function isManifest(key) {
	return key.endsWith(ending);
}
/** The key of the dump that a manifest describes. */
function dumpKey(manifest) {
	return manifest.slice(0, -14);
}
/** The key of what a drill found; it stands beside the manifest. */
function drillKey(manifest, startedAt) {
	return `${dumpKey(manifest)}.drill_${timestamp(startedAt)}.json`;
}
/** Whether a key is that of a drill of this manifest. */
function isDrill(key, manifest) {
	const start = `${dumpKey(manifest)}.drill_`;
	return key.startsWith(start) && /^\d{8}T\d{9}Z\.json$/.test(key.slice(start.length));
}
/** Where roles and their settings lie beside a dump. */
function globalsKey(dumpKey, encrypted) {
	return `${dumpKey}.globals.sql${encrypted ? ".age" : ""}`;
}
/** Whether a key belongs to what surrounds a dump. */
function isBeside(key, dump) {
	return key.startsWith(`${dump}.globals.sql`) || isDrill(key, manifestKey(dump));
}
/** Whether a key looks like one of our dumps: a time anywhere, and the endings; what surrounds a dump is none. */
function isDump(key) {
	return isOurs(key) && endings.test(key) && !surrounding.test(key);
}
/** Whether a key looks like one of ours: that of a dump, or of what surrounds one. */
function isOurs(key) {
	return time.test(key) && endings.test(key.replace(surrounding, ""));
}
/** What people call a dump by: its key from the part on that tells the time, without endings. */
function nameIn(dumpKey) {
	const parts = dumpKey.replace(endings, "").split("/");
	const first = parts.findIndex((part) => time.test(part));
	return parts.slice(first).join("/");
}
/** Whether what is under one key was begun after what is under the other, by their names; false for keys of different kinds. */
function isLater(key, than) {
	const [one, other] = [key, than].map((each) => ({
		moment: time.exec(each)?.[0],
		kind: each.replace(time, "")
	}));
	return one?.kind.replace(packing, "") === other?.kind.replace(packing, "") && (one?.moment ?? "") > (other?.moment ?? "");
}
const packing = /\.(dump|sql|tar)(\.zst|\.gz)?(\.age)?/;
const time = /20\d\d(0[1-9]|1[0-2])[0-3]\dT[0-2]\d[0-5]\d[0-5]\d{4}Z/;
const endings = /\.(dump|sql|tar)(\.zst|\.gz)?(\.age)?$/;
const surrounding = /(?<=\.(dump|sql|tar)(\.zst|\.gz)?(\.age)?)\.(globals\.sql(\.age)?|manifest\.json|drill_\w+\.json)$/;

// src/jobs/backups/seal.ts
/**
* Seals a record: of a dump its manifest tells whether it changed, of a manifest only the manifest can. The sum is that of
* the record's JSON without it and without spaces: `jq -cj 'del(.sha256)' FILE | sha256sum`.
*/
function sealed(record) {
	return {
		...record,
		sha256: sumOf(record)
	};
}
/** Whether a record is as it was when it was sealed. */
function isWhole({ sha256, ...record }) {
	return sha256 === sumOf(record);
}
/** A sealed record as it is stored. */
function storedText(record) {
	return Buffer.from(`${JSON.stringify(record, null, 2)}\n`);
}
function sumOf(record) {
	return createHash("sha256").update(JSON.stringify(record)).digest("hex");
}

// src/jobs/backups/pick.ts
/**
* The backup that a person means, of those given newest first: `latest`; a number, 1 for the newest; an id, which is its
* key or the end of it without endings; a time, for the newest that was taken until then; `before:ID`, for the newest that was
* taken for the migration of this id or, where there is none, while a lower version was the last. By time, one that was taken
* of what was about to be restored over is none: it holds what somebody wanted to be rid of. Throws `KnownError` where there
* is none.
*/
function pick(all, which) {
	const backups = isByTime(which) ? withoutSafety(all) : all;
	const found = ways.map((way) => way(which)).find((matches) => matches !== void 0);
	const earlier = (found ? backups.find((backup, index) => found(backup, index + 1)) : called(backups, which)) ?? backups.find((backup) => isBefore(backup, which));
	if (earlier) return earlier;
	if (backups.length === 0) throw new KnownError("There is no backup in this store.", {
		reason: "unreachable",
		help: "Check `store` and, where it is set, `database`; `lockkeeper backups` lists what is there, and what cannot be used."
	});
	const [near] = nearest(which, backups.map(idOf), 1);
	const hint = near && !found ? `Did you mean ${near}? ` : "";
	throw new KnownError(`There is no backup ${which}.`, { help: `${hint}The store has ${backups.length}, the oldest of ${minuteText(backups.at(-1)?.manifest.takenAt ?? "")} UTC; \`lockkeeper backups\` lists them.` });
}
/** Whether what is meant depends on when backups were taken. */
function isByTime(which) {
	return which === "latest" || /^\d{4}-\d{2}-\d{2}|^before:/.test(which);
}
/** Whether it is a number in the list of backups. */
function isIndex(which) {
	return /^\d{1,5}$/.test(which);
}
/** Why the backup of a database was taken that another is restored over. */
function safetyReason(source) {
	return `before ${source} is restored over it`;
}
/** Whether a backup was taken of what was about to be restored over. */
function isSafety({ manifest }) {
	return /^before .+ is restored over it$/.test(manifest.reason ?? "");
}
/** Of a store that has no others, all. */
function withoutSafety(backups) {
	const others = backups.filter((each) => !isSafety(each));
	return others.length > 0 ? others : backups;
}
/** Whether every migration tool stood at a version below that of `before:ID`, as far as versions are numbers. */
function isBefore({ manifest }, which) {
	const [, id] = /^before:(\d+)/.exec(which) ?? [];
	const { migrations = [] } = manifest.contents;
	if (id === void 0 || migrations.length === 0) return false;
	return migrations.every(({ latest, unfinished }) => {
		const [version] = /^\d+/.exec(latest ?? "0") ?? [];
		return !unfinished && version !== void 0 && BigInt(version) < BigInt(id);
	});
}
/** What people call a backup by: the end of its key, from the part on that tells the time, without endings. */
function idOf({ key }) {
	return nameIn(dumpKey(key));
}
const ways = [
	(which) => which === "latest" ? () => true : void 0,
	(which) => isIndex(which) ? (_, index) => index === Number(which) : void 0,
	(which) => {
		const id = /^before:(.+)$/.exec(which)?.[1];
		return id === void 0 ? void 0 : ({ manifest }) => manifest.reason === `before migration ${id}`;
	},
	(which) => {
		const end = endOf(which);
		return Number.isNaN(end) ? void 0 : ({ manifest }) => Date.parse(manifest.takenAt) <= end;
	}
];
/** A day means all of it, and so do a minute and a second, as lists show them; a time without zone is UTC. */
function endOf(which) {
	const [, day = "", time, fraction, zone = "Z"] = moment.exec(which) ?? [];
	if (time === void 0) return Date.parse(`${day}T23:59:59.999Z`);
	const rest = "00:00:59.999".slice(time.length);
	return Date.parse(`${day}T${time}${fraction ?? rest}${zone.replace(/^ ?UTC$/, "Z").trim()}`);
}
/** `2026-11-20`, `2026-11-20 14:00`, `2026-11-20T14:00:07.123+01:00` */
const moment = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?)(\.\d+)?( ?(?:Z|UTC|[+-]\d{2}:?\d{2}))?)?$/;
/** By its key or, where only one has it, its id. */
function called(backups, which) {
	const exact = backups.find(({ key }) => [key, dumpKey(key)].includes(which));
	const [first, ...others] = backups.filter((backup) => idOf(backup) === which);
	if (exact || others.length === 0) return exact ?? first;
	throw new KnownError(`There are ${others.length + 1} backups ${which}.`, { help: `Name one by its whole key: ${[first, ...others].flatMap((each) => each ? dumpKey(each.key) : []).join(", ")}.` });
}

// src/model/counts.ts
/** What a database holds, in numbers. */
function countsOf({ tables, sequences, extensions, largeObjects, fingerprint }) {
	const exact = tables.every(({ rows, estimated }) => rows !== void 0 && !estimated);
	return {
		tables: tables.length,
		...exact && { rows: tables.reduce((sum, { rows = 0 }) => sum + rows, 0) },
		sequences: sequences.length,
		extensions: extensions.length,
		largeObjects,
		fingerprint
	};
}

// src/stores/location.ts
const help = "Write `s3://bucket/prefix`, or the path of a folder.";
/** Reads `s3://bucket/prefix`, a path, or `file:///path`; what is neither is told with what was probably meant. */
function locate(text) {
	if (text.trim() === "") throw new KnownError("The store has no name.", { help });
	if (text.trim() !== text) throw new KnownError("The store has spaces before or after it.", { help });
	if (text.startsWith("s3://")) return bucketOf(text.slice(5));
	if (text.startsWith("file:///")) return {
		kind: "folder",
		path: pathOf(text)
	};
	refuseTypos(text);
	return {
		kind: "folder",
		path: text
	};
}
function bucketOf(rest) {
	const slash = rest.indexOf("/");
	const bucket = slash < 0 ? rest : rest.slice(0, slash);
	const prefix = (slash < 0 ? "" : rest.slice(slash + 1)).replace(/\/$/, "");
	if (bucket.includes("@")) throw new KnownError("The store has credentials in its URL.", { help: "Credentials come from AWS’s usual variables: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_ROLE_ARN." });
	if (bucket === "") throw new KnownError("The store names no bucket.", { help });
	if (!/^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/.test(bucket)) throw new KnownError(`${JSON.stringify(bucket)} cannot be the name of a bucket.`, { help: "Names of buckets are 3 to 63 letters, digits, dots and hyphens. An endpoint is not part of it: set AWS_ENDPOINT_URL." });
	if (/[?#]/.test(prefix)) throw new KnownError("The store’s prefix has a `?` or `#`.", { help: "Region and endpoint are set by AWS_REGION and AWS_ENDPOINT_URL." });
	if (prefix.split("/").some((part, index) => part === "." || part === ".." || part === "" && (index > 0 || prefix))) throw new KnownError(`The store’s prefix ${JSON.stringify(prefix)} has an empty part, \`.\` or \`..\`.`, { help });
	return {
		kind: "s3",
		bucket,
		prefix: prefix === "" ? "" : `${prefix}/`
	};
}
function pathOf(url) {
	try {
		return fileURLToPath(url);
	} catch (cause) {
		throw new KnownError("The store is a `file:` URL that names no path.", {
			help,
			cause
		});
	}
}
function refuseTypos(text) {
	const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)?.[1];
	if (scheme?.toLowerCase() === "s3" || /^s3\/\//i.test(text)) throw new KnownError("The store begins like S3, but not with `s3://`.", { help });
	if (scheme !== void 0 && (text.startsWith(`${scheme}://`) || scheme.toLowerCase() === "file")) throw new KnownError(`There is no way to a store of the kind \`${scheme}:\`.`, { help: `${help} Stores that speak S3 (MinIO, R2, Ceph, GCS …) are reached with AWS_ENDPOINT_URL.` });
	if (/^~(\/|$)/.test(text)) throw new KnownError("The store begins with `~`, which only a shell understands.", { help: "Write the whole path of the folder." });
}

// src/stores/index.ts
/**
* The store that a URL or path names; its adapter is loaded only now.
*
* @throws KnownError (`usage`) where it names none, (`unreachable`) where a folder is not there. S3 is asked only when used.
*/
async function openStore(url, options) {
	const location = locate(url);
	if (location.kind === "folder") return (await import("./folder.js")).openFolder(location.path);
	return (await import("./s3.js")).openS3(location, options);
}

// src/commands/store.ts
/** The store that the settings name. */
async function storeOf({ settings, host }) {
	if (!settings.store) throw new KnownError("It is not known where backups live.", { help: "Set `store` (LOCKKEEPER_STORE): `s3://bucket/prefix`, or a folder that is there." });
	return openStore(settings.store, {
		notice: host.progress.step,
		s3: s3Of(settings)
	});
}
function s3Of(settings) {
	const { s3Region: region, s3Endpoint: endpoint, s3PathStyle: pathStyle, s3Checksums: checksums } = settings;
	const { s3Encryption: encryption, s3KmsKey: kmsKey, s3StorageClass: storageClass, s3LockMode: lockMode } = settings;
	return {
		...region && { region },
		...endpoint && { endpoint },
		...pathStyle !== "auto" && { pathStyle: pathStyle === "always" },
		...checksums !== "auto" && { checksums },
		...encryption && { encryption },
		...kmsKey && { kmsKey },
		...storageClass && { storageClass },
		...lockMode && { lockMode }
	};
}

export { inOrder as C, manifestKey as S, isDump as _, isIndex as a, isOurs as b, safetyReason as c, storedText as d, drillKey as f, isDrill as g, isBeside as h, isByTime as i, isWhole as l, globalsKey as m, countsOf as n, isSafety as o, dumpKey as p, idOf as r, pick as s, storeOf as t, sealed as u, isLater as v, keyOf as x, isManifest as y };
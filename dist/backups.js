import { a as staleOf, n as catalogOf } from "./catalog.js";
import { r as idOf, t as storeOf } from "./store.js";
import { n as exitCodes } from "./error.js";
import { i as minuteText, n as bytesText, o as timeText, t as ageText } from "./amounts.js";
import { r as count } from "./wording.js";
import { c as restoreStep, t as command } from "./parts.js";
import { t as version } from "./version.js";
import { t as pinged } from "./ping.js";
import { t as publishPage } from "./publish.js";

// src/reports/backups/backups.ts
/** The backups of a store. */
function backupsPage(report) {
	const { backups, broken, orphans, stale = [], at } = report;
	return {
		good: report.outcome === "passed",
		headline: headlineOf(report),
		problems: [...stale.map((each) => staleText(each, at)), ...broken.map(({ key, why }) => `${key} cannot be used: ${why}.`)],
		parts: backups.length === 0 ? [] : [listOf(report)],
		notes: orphans.map((key) => `${key} has no manifest: a run is still at work, or was cut off.`),
		next: nextOf(report)
	};
}
function headlineOf({ backups, store, stale }) {
	const databases = new Set(backups.map(({ database }) => database));
	const of = databases.size === 1 ? ` of ${[...databases].join()}` : ` of ${count(databases.size, "database")}`;
	const found = backups.length === 0 ? `No backups in ${store}` : `${count(backups.length, "backup")}${of} in ${store}`;
	if (!stale) return found;
	if (stale.length === 0) return `${found}, fresh and proved`;
	return `${found}; no fresh and proved one of ${stale.length > 3 ? count(stale.length, "database") : stale.map(({ database }) => database).join(", ")}`;
}
function staleText({ database, newestVerified }, at) {
	if (!newestVerified) return `No drill has proved a backup of ${database}.`;
	return `The newest backup of ${database} that a drill has proved is too old: it is of ${`${timeText(newestVerified)} UTC, ${ageText(newestVerified, at)} ago`}.`;
}
/** What is the same for all is told once, above. */
function listOf({ backups, at }) {
	const databases = new Set(backups.map(({ database }) => database));
	const servers = [...new Set(backups.map(({ server }) => server))];
	const columns = [
		{
			title: "#",
			right: true,
			of: ({ index }) => String(index)
		},
		{
			title: "backup",
			code: true,
			of: ({ id }) => id
		},
		...databases.size > 1 ? [{
			title: "database",
			of: ({ database }) => database
		}] : [],
		{
			title: "data of (UTC)",
			of: ({ takenAt }) => minuteText(takenAt)
		},
		{
			title: "age",
			right: true,
			of: ({ takenAt }) => ageText(takenAt, at)
		},
		{
			title: "stored",
			right: true,
			of: ({ bytes }) => bytesText(bytes)
		},
		{
			title: "last drill",
			of: drillText
		},
		...servers.length > 1 ? [{
			title: "PostgreSQL",
			of: ({ server }) => server
		}] : [],
		...backups.some(remarks) ? [{
			title: "note",
			of: remarks
		}] : []
	];
	return {
		facts: servers.length === 1 ? [{
			label: "from",
			value: `PostgreSQL ${servers.join()}`
		}] : [],
		table: {
			columns,
			rows: backups.map((each) => columns.map(({ of }) => of(each)))
		}
	};
}
function drillText({ drill }) {
	if (!drill) return "none";
	const depth = drill.depth === "restore" ? "" : ` (${drill.depth})`;
	return `${drill.outcome === "passed" ? "✔" : "✖"} ${drill.startedAt.slice(0, 10)}${depth}`;
}
function remarks({ encrypted, lockedUntil, reason }) {
	const locked = lockedUntil && `locked until ${lockedUntil.slice(0, 10)}`;
	return [
		encrypted && "encrypted",
		locked,
		reason
	].filter(Boolean).join(", ");
}
/** It has been proved, and is too old all the same. */
function isNewest({ database, newestVerified }, backups) {
	return backups.find((each) => each.database === database)?.takenAt === newestVerified;
}
function nextOf({ backups, store, stale }) {
	const [newest] = backups;
	const take = {
		text: "Take a backup",
		command: command("backup", store, {})
	};
	const drill = {
		text: "Hold a drill",
		command: command("verify", store, {})
	};
	if (!newest) return [take];
	if (stale && stale.length > 0) return [...stale.some((each) => isNewest(each, backups)) ? [take] : [], drill];
	return stale ? [] : [restoreStep(store, newest)].map((each) => ({
		...each,
		text: "Restore the newest into a new database"
	}));
}

// src/commands/backups.ts
/** Lists the backups of a store and, with an age, answers whether they are fresh. */
function run(door) {
	return pinged(door, async () => {
		await using store = await storeOf(door);
		const { backups, broken, orphans } = await catalogOf(door, store);
		const { maxAge, database } = door.settings;
		const now = /* @__PURE__ */ new Date();
		const stale = maxAge === void 0 ? void 0 : staleOf(backups, {
			maxAge,
			database,
			now
		});
		const report = {
			version: 1,
			lockkeeper: version,
			command: "backups",
			store: store.label,
			at: now.toISOString(),
			outcome: stale && stale.length > 0 ? "failed" : "passed",
			backups: backups.map(listed),
			broken,
			orphans: orphans.map(({ key }) => key),
			...stale && { stale }
		};
		await publishPage(door, report, backupsPage(report));
		return report.outcome === "passed" ? exitCodes.done : exitCodes.findings;
	});
}
function listed(backup, index) {
	const { key, manifest, lockedUntil } = backup;
	const { startedAt, depth, outcome } = backup.drill ?? {};
	return {
		index: index + 1,
		id: idOf(backup),
		key,
		database: manifest.database,
		takenAt: manifest.takenAt,
		server: manifest.server.version,
		bytes: manifest.dump.stored.bytes,
		encrypted: manifest.dump.recipients !== void 0,
		...manifest.reason && { reason: manifest.reason },
		...startedAt && depth && outcome && { drill: {
			startedAt,
			depth,
			outcome
		} },
		...lockedUntil && { lockedUntil: lockedUntil.toISOString() }
	};
}

export { run };
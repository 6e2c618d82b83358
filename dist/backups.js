import { n as staleOf } from "./freshness.js";
import { c as timeText, i as idOf, n as publishPage, o as bytesText, r as pinged, t as storeOf } from "./store.js";
import { n as exitCodes } from "./error.js";
import { t as version } from "./version.js";
import { t as catalogOf } from "./catalog.js";

// src/reports/backups/backups.ts
/** The backups of a store. */
function backupsPage({ backups, broken, orphans, stale, store, outcome }) {
	const head = [
		"#",
		"id",
		"database",
		"taken at (UTC)",
		"PostgreSQL",
		"stored",
		"last drill",
		""
	];
	const rows = backups.map((each) => [...[
		String(each.index),
		each.id,
		each.database,
		timeText(each.takenAt),
		each.server,
		bytesText(each.bytes)
	], ...[drillText(each), [
		each.encrypted ? "encrypted" : "",
		lockText(each),
		each.reason
	].filter(Boolean).join(", ")]]);
	return {
		good: outcome === "passed",
		headline: headline(backups.length, store ?? "", stale),
		facts: [],
		tables: rows.length > 0 ? [{
			head,
			rows
		}] : [],
		notes: [
			...broken.map(({ key, why }) => `${key} cannot be used: ${why}.`),
			...orphans.map((key) => `${key} has no manifest: a run still at work, or one that was cut off.`),
			...(stale ?? []).map(({ database, newestVerified }) => newestVerified ? `The newest backup of ${database} that a drill has proved is of ${timeText(newestVerified)}.` : `No drill has proved a backup of ${database}.`)
		]
	};
}
function headline(count, store, stale) {
	const found = `${count === 1 ? "1 backup" : `${count} backups`} in ${store}`;
	if (!stale) return found;
	return stale.length === 0 ? `${found}, fresh and proved` : `${found}, but none that is fresh and proved for each`;
}
function drillText({ drill }) {
	return drill ? `${drill.outcome} ${timeText(drill.startedAt)} (${drill.depth})` : "none";
}
function lockText({ lockedUntil }) {
	return lockedUntil ? `locked until ${lockedUntil.slice(0, 10)}` : "";
}

// src/commands/backups.ts
/** Lists the backups of a store and, with an age, answers whether they are fresh. */
function run(door) {
	return pinged(door, async () => {
		await using store = await storeOf(door);
		const { backups, broken, orphans } = await catalogOf(door, store);
		const { maxAge, database } = door.settings;
		const stale = maxAge === void 0 ? void 0 : staleOf(backups, {
			maxAge,
			database,
			now: /* @__PURE__ */ new Date()
		});
		const report = {
			version: 1,
			lockkeeper: version,
			command: "backups",
			store: store.label,
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
	const { startedAt, depth, outcome } = backup.drills.at(-1) ?? {};
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
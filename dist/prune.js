import { c as timeText, i as idOf, n as publishPage, o as bytesText, r as pinged, t as storeOf } from "./store.js";
import { n as exitCodes, t as KnownError } from "./error.js";
import { t as isProved } from "./freshness.js";
import { t as version } from "./version.js";
import { t as catalogOf } from "./catalog.js";

// src/jobs/backups/retention.ts
/**
* Decides for each backup, newest first, whether it stays. Databases do not count for each other. The same backups,
* policy and moment always give the same verdicts; nothing is ever decided by a key's prefix.
*/
function retain(backups, policy, now) {
	return [...Map.groupBy(backups, ({ database }) => database).values()].flatMap((group) => retainOne(group.toSorted(newestFirst), policy, now));
}
function retainOne(backups, policy, now) {
	const reasons = new Map(backups.map((each) => [each, []]));
	const keep = (backup, why) => void reasons.get(backup)?.push(why);
	for (const each of backups.slice(0, policy.last)) keep(each, `one of the last ${policy.last}`);
	for (const [name, bucketOf] of buckets) for (const [bucket, first] of firstOfEach(backups, bucketOf).slice(0, policy[name])) keep(first, `${name} ${bucket}`);
	const proved = backups.filter(({ verified }) => verified).slice(0, policy.verified);
	for (const each of proved) keep(each, "one of the newest that a drill has proved");
	for (const each of backups) {
		if (ageInDays(each, now) < policy.minAgeDays) keep(each, `younger than ${policy.minAgeDays} days`);
		if (each.lockedUntil && each.lockedUntil > now) keep(each, `locked until ${dayOf(each.lockedUntil)}`);
	}
	const [newest] = backups;
	if (newest && [...reasons.values()].every((why) => why.length === 0)) keep(newest, "the newest, when no rule keeps any");
	return backups.map((backup) => {
		const why = reasons.get(backup) ?? [];
		return {
			backup,
			keep: why.length > 0,
			reasons: why.length > 0 ? why : ["no rule keeps it"]
		};
	});
}
const buckets = [
	["daily", dayOf],
	["weekly", weekOf],
	["monthly", (moment) => dayOf(moment).slice(0, 7)],
	["yearly", (moment) => dayOf(moment).slice(0, 4)]
];
function firstOfEach(backups, bucketOf) {
	const firsts = /* @__PURE__ */ new Map();
	for (const backup of backups) {
		const bucket = bucketOf(backup.takenAt);
		if (!firsts.has(bucket)) firsts.set(bucket, backup);
	}
	return [...firsts];
}
function newestFirst(a, b) {
	return b.takenAt.getTime() - a.takenAt.getTime() || (a.key < b.key ? 1 : -1);
}
const day$1 = 864e5;
function ageInDays({ takenAt }, now) {
	return (now.getTime() - takenAt.getTime()) / day$1;
}
function dayOf(moment) {
	return moment.toISOString().slice(0, 10);
}
/** ISO 8601 week, `2026-W47`: the week that has the year's first Thursday is the first. */
function weekOf(moment) {
	const weekday = (moment.getUTCDay() + 6) % 7;
	const thursday = new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate() - weekday + 3));
	const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
	const week = Math.floor((thursday.getTime() - first) / day$1 / 7) + 1;
	return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, "0")}`;
}

// src/jobs/prune.ts
/** Removes the backups that no rule keeps. What is no backup of ours is never touched, whatever it is called. */
async function prune(input) {
	const { catalog, policy, now, dryRun } = input;
	const { last, daily, weekly, monthly, yearly, verified } = policy;
	if (last + daily + weekly + monthly + yearly + verified === 0) throw new KnownError("No rule says which backups are to be kept.", { help: "Set at least one of `keep-last`, `keep-daily`, `keep-weekly`, `keep-monthly`, `keep-yearly`, `keep-verified`." });
	const verdicts = retain(catalog.backups.map(dated), policy, now);
	for (const { backup, keep } of verdicts) if (!keep && !dryRun) await remove(backup, input);
	return {
		verdicts,
		leftovers: await leftovers(input)
	};
}
function dated(of) {
	const { key, manifest, lockedUntil } = of;
	const takenAt = new Date(manifest.takenAt);
	return {
		of,
		key,
		database: manifest.database,
		takenAt,
		verified: isProved(of),
		...lockedUntil && { lockedUntil }
	};
}
/** The manifest first: from then on there is no backup that could lack its dump. */
async function remove({ of }, { store, signal, progress }) {
	signal.throwIfAborted();
	progress.step(`removing ${of.manifest.dump.key}`);
	await store.remove([of.key]);
	await store.remove(of.keys);
}
/** Younger ones may belong to a run that is still at work. */
const oldEnough = 864e5;
async function leftovers({ store, catalog, dryRun, sweep, now }) {
	const found = [...catalog.orphans.map(({ key, keys, modified }) => ({
		key,
		since: modified,
		remove: () => store.remove(keys)
	}))];
	for await (const { key, started, remove } of store.leftovers("")) found.push({
		key,
		since: started,
		remove
	});
	const swept = found.map(async ({ key, since, remove }) => {
		const removed = sweep && !dryRun && now.getTime() - since.getTime() >= oldEnough;
		if (removed) await remove();
		return {
			key,
			since,
			removed
		};
	});
	return Promise.all(swept);
}

// src/reports/backups/prune.ts
/** What retention decided. */
function prunePage({ backups, broken, leftovers, dryRun, store }) {
	const gone = backups.filter(({ keep }) => !keep);
	const freed = bytesText(gone.reduce((sum, { bytes }) => sum + bytes, 0));
	return {
		good: true,
		headline: `${gone.length} of ${backups.length} backups ${dryRun ? "would be removed" : "removed"}, ${freed} in all`,
		facts: [["store", store ?? ""]],
		tables: backups.length === 0 ? [] : [{
			head: [
				"",
				"id",
				"database",
				"taken at (UTC)",
				"stored",
				"why"
			],
			rows: backups.map(({ id, database, takenAt, bytes, keep, reasons }) => [...[
				keep ? "stays" : "goes",
				id,
				database,
				timeText(takenAt),
				bytesText(bytes),
				reasons.join(", ")
			]])
		}],
		notes: [...broken.map(({ key, why }) => `${key} is left alone: ${why}.`), ...leftovers.map(({ key, since, removed }) => `${key} was left by a run that was cut off at ${timeText(since)} UTC${removed ? ", and is removed" : "; `--sweep` removes it when it is a day old"}.`)]
	};
}

// src/commands/prune.ts
/** Removes backups that no rule keeps, or only says which. */
function run(door) {
	return pinged(door, async () => {
		const { settings, host, signal } = door;
		await using store = await storeOf(door);
		const catalog = await catalogOf(door, store);
		const { dryRun, sweep } = settings;
		const given = {
			store,
			catalog,
			policy: policyOf(settings),
			dryRun,
			sweep,
			now: /* @__PURE__ */ new Date()
		};
		const { verdicts, leftovers } = await prune({
			...given,
			signal,
			progress: host.progress
		});
		const report = {
			version: 1,
			lockkeeper: version,
			command: "prune",
			outcome: "passed",
			store: store.label,
			dryRun,
			backups: verdicts.map(({ backup: { of, database }, keep, reasons }) => ({
				id: idOf(of),
				database,
				takenAt: of.manifest.takenAt,
				bytes: of.manifest.dump.stored.bytes,
				keep,
				reasons
			})),
			broken: catalog.broken,
			leftovers: leftovers.map((each) => ({
				...each,
				since: each.since.toISOString()
			}))
		};
		await publishPage(door, report, prunePage(report));
		return exitCodes.done;
	});
}
const day = 864e5;
function policyOf(settings) {
	return {
		last: settings.keepLast,
		daily: settings.keepDaily,
		weekly: settings.keepWeekly,
		monthly: settings.keepMonthly,
		yearly: settings.keepYearly,
		verified: settings.keepVerified,
		minAgeDays: settings.minAge / day
	};
}

export { run };
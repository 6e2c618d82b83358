import { b as isOurs, r as idOf, t as storeOf } from "./store.js";
import { n as exitCodes, t as KnownError } from "./error.js";
import { i as isProved, n as catalogOf } from "./catalog.js";
import { i as minuteText, n as bytesText, o as timeText } from "./amounts.js";
import { r as count } from "./wording.js";
import { t as version } from "./version.js";
import { t as pinged } from "./ping.js";
import { t as publishPage } from "./publish.js";

// src/jobs/backups/retention.ts
/**
* Decides for each backup, newest first, whether it stays. Databases do not count for each other. The same backups,
* policy and moment always give the same verdicts; nothing is ever decided by a key's prefix.
*/
function retain(backups, policy, now) {
	return [...Map.groupBy(backups, ({ database }) => database).values()].flatMap((group) => retainOne(group.toSorted(newestFirst), policy, now));
}
function retainOne(all, policy, now) {
	const reasons = new Map(all.map((each) => [each, []]));
	const keep = (backup, why) => void reasons.get(backup)?.push(why);
	const backups = all.filter(({ takenAt }) => takenAt <= now);
	for (const each of all) if (each.takenAt > now) keep(each, "of the future: a clock was wrong");
	for (const each of backups.slice(0, policy.last)) keep(each, policy.last === 1 ? "the last" : `one of the last ${policy.last}`);
	for (const [name, bucketOf] of buckets) for (const [bucket, first] of firstOfEach(backups, bucketOf).slice(0, policy[name])) keep(first, `${name} ${bucket}`);
	const [proved, ...older] = backups.filter(({ verified }) => verified);
	if (proved) keep(proved, "the newest that a drill has proved");
	for (const each of older.slice(0, Math.max(0, policy.verified - 1))) keep(each, "one of the newest that a drill has proved");
	for (const each of all) {
		if (ageInDays(each, now) < policy.minAgeDays) keep(each, `younger than ${policy.minAgeDays} ${policy.minAgeDays === 1 ? "day" : "days"}`);
		if (each.lockedUntil && each.lockedUntil > now) keep(each, `locked until ${dayOf(each.lockedUntil)}`);
	}
	const [newest] = backups;
	if (newest && reasons.get(newest)?.length === 0) keep(newest, "the newest");
	return all.map((backup) => {
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
	for await (const { key, started, remove } of store.leftovers("")) if (isOurs(key)) found.push({
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
	return {
		good: true,
		headline: headlineOf(backups, dryRun),
		parts: [{
			facts: [{
				label: "store",
				value: store ?? ""
			}],
			...backups.length > 0 && listOf(backups, dryRun)
		}],
		notes: [
			...broken.map(({ key, why }) => `${key} is left alone: ${why}.`),
			...leftovers.map(leftoverText),
			...dryRun ? ["This was a dry run: nothing was removed."] : []
		]
	};
}
function headlineOf(backups, dryRun) {
	const sum = (of) => bytesText(of.reduce((bytes, each) => bytes + each.bytes, 0));
	const [stay, go] = [backups.filter(({ keep }) => keep), backups.filter(({ keep }) => !keep)];
	const gone = `${dryRun ? "would be" : go.length === 1 ? "is" : "are"} removed`;
	if (backups.length === 0) return "There is no backup that could be removed";
	if (go.length === 0) return `No backup ${dryRun ? "would be" : "is"} removed; ${backups.length === 1 ? "the only one stays" : `all ${backups.length} stay`}`;
	return `${count(go.length, "backup")} (${sum(go)}) ${gone}; ${stay.length} (${sum(stay)}) stay`;
}
function listOf(backups, dryRun) {
	const columns = [
		{
			title: "",
			of: ({ keep }) => keep ? "stays" : dryRun ? "✖ goes" : "✖ gone"
		},
		{
			title: "backup",
			code: true,
			of: ({ id }) => id
		},
		...new Set(backups.map(({ database }) => database)).size > 1 ? [{
			title: "database",
			of: ({ database }) => database
		}] : [],
		{
			title: "data of (UTC)",
			of: ({ takenAt }) => minuteText(takenAt)
		},
		{
			title: "stored",
			right: true,
			of: ({ bytes }) => bytesText(bytes)
		},
		{
			title: "why",
			of: ({ reasons }) => reasons.join(", ")
		}
	];
	return { table: {
		columns,
		rows: backups.map((each) => columns.map(({ of }) => of(each)))
	} };
}
function leftoverText({ key, since, removed }) {
	const end = removed ? "and is removed" : "and stays: --sweep removes what is older than a day";
	return `${key} was left by a run that was cut off (${timeText(since)} UTC), ${end}.`;
}

// src/commands/prune.ts
/** Removes backups that no rule keeps, or only says which. */
function run(door) {
	return pinged(door, async () => {
		const { settings, host, signal } = door;
		await using store = await storeOf(door);
		const catalog = await catalogOf(door, store);
		const { dryRun, sweep } = settings;
		const now = /* @__PURE__ */ new Date();
		const given = {
			store,
			catalog,
			policy: policyOf(settings),
			dryRun,
			sweep,
			now
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
			at: now.toISOString(),
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
import { B as batchesOf, c as closed, h as unitsOf, m as isSetting, t as plan } from "./plan.js";
import { n as exitCodes, t as KnownError } from "./error.js";
import { r as count } from "./wording.js";
import { a as closedGates, c as openFindings, i as changesPart, l as pendingTable, n as accepted, o as editedNotes, s as gatesPart, t as acceptance, u as targetFacts } from "./parts2.js";
import { a as shortened, s as visibleLine, t as code } from "./escape2.js";
import { n as markdownPage, t as publishPage } from "./publish.js";
import { t as shellLine } from "./shell.js";
import { t as folderOf } from "./door.js";
import { n as targetOf, t as addressFrom } from "./target.js";
import { a as workTree, i as openRepository, t as found } from "./subject.js";
import { t as rules } from "./rules.js";
import { t as version } from "./version.js";
import { t as openServer } from "./server.js";
import { n as withTable } from "./table.js";
import { t as writeReport } from "./write.js";
import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { createHash } from "node:crypto";

// src/reports/migrate/comment.ts
/** What a run came to, as a comment on the pull request that its commit came with: verdict first, evidence folded. */
function migrationComment(page, { limit, id, whole }) {
	const { good, next = [] } = page;
	const steps = [...next, ...good || !whole ? [] : rerun(whole)];
	const below = [...id ? [code(id)] : [], ...whole ? [`[The run](${encodeURI(whole)})`] : []].join(" · ");
	return markdownPage({
		...brief(page),
		next: steps
	}, limit, below);
}
/** What an error that came before any report says. */
function errorPage(message, { help, untouched }) {
	const [first = "", ...rest] = message.split("\n").filter(Boolean);
	return {
		good: false,
		headline: `${untouched ? "Nothing was touched: " : ""}${first.replace(/\.$/, "")}`,
		problems: rest.map((line) => line.replace(/^- /, "")),
		parts: [],
		...help && { notes: help.split("\n") }
	};
}
/** Of a sentence or a value, in characters: a message of the database may be of any length. */
const longest = 2e3;
const briefly = (text) => shortened(text, longest);
function brief({ good, headline, problems = [], parts, notes = [] }) {
	return {
		good,
		headline: shortened(headline, 300),
		problems: problems.map(briefly),
		notes: notes.map(briefly),
		parts: parts.map(briefPart)
	};
}
function briefPart({ facts = [], ...part }) {
	const short = facts.map((fact) => ({
		...fact,
		value: briefly(fact.value)
	}));
	return {
		...part,
		facts: short,
		...part.title && { folded: true }
	};
}
/** The plan's job as well: the others hold to its digest. */
function rerun(whole) {
	const [, host, repository, run] = /^https?:\/\/([^/]+)\/([^/]+\/[^/]+)\/actions\/runs\/(\d+)$/.exec(whole) ?? [];
	if (!host || !repository || !run) return [];
	const where = host === "github.com" ? repository : `${host}/${repository}`;
	return [{
		text: "Plan and apply anew, at the same commit",
		command: shellLine([
			"gh",
			"run",
			"rerun",
			run,
			"--repo",
			where
		])
	}];
}

// src/commands/announced.ts
/**
* Lets others know of a run that changes a target, where the host has a way to: that it begins, and what it came to or
* which error ended it. Whatever hinders that changes nothing of how the run ends.
*/
async function announced(door, command, work) {
	const announcer = await door.host.announce?.(await announcementOf(door, command));
	const toEnding = (page, idle = false) => endingOf(page, idle, door);
	let ending;
	let begun = false;
	try {
		return await work({
			begin: async (about) => {
				begun = true;
				await announcer?.begin(about);
			},
			came: ({ page, idle }) => {
				ending = toEnding(page, idle);
			}
		});
	} catch (error) {
		ending ??= toEnding(pageOf(error, begun, door.signal));
		throw error;
	} finally {
		if (ending) await announcer?.end(ending);
	}
}
async function announcementOf(door, command, environment = process.env) {
	const { githubToken: token, comment, deployment } = door.settings;
	const aside = command === "plan" && environment.GITHUB_EVENT_NAME === "schedule";
	const id = await nameOf(door);
	return {
		...comment === "auto" && !aside && { comment: {
			command: "migrate",
			folder: folderOf(door),
			id
		} },
		...deployment && command === "migrate" && { environment: deployment },
		...token && { token },
		signal: door.signal
	};
}
/** By which the comment of a target is found again. The database's server is not to be read from it. */
async function nameOf(door) {
	if (door.settings.commentId !== void 0) return door.settings.commentId;
	try {
		const { database, host, port } = await addressFrom(door);
		return `${database}@${createHash("sha256").update(`${host}:${port}`).digest("hex").slice(0, 8)}`;
	} catch {
		return "";
	}
}
function endingOf(page, idle, { settings: { commentId: id = "" } }) {
	return {
		good: page.good,
		verdict: visibleLine(page.headline),
		idle,
		comment: (options) => migrationComment(page, {
			...options,
			id
		})
	};
}
/** An error that can be acted on is one that comes before anything is touched. */
function pageOf(error, begun, signal) {
	if (signal.aborted) return errorPage(signal.reason.message, { untouched: !begun });
	if (error instanceof KnownError) return errorPage(error.message, {
		...error.help && { help: error.help },
		untouched: true
	});
	return errorPage("A fault of Lockkeeper has ended it", {
		help: "The log of the run has more.",
		untouched: !begun
	});
}

// src/jobs/plan/script.ts
/**
* The SQL of migrations, in the transactions in which they are applied; without what records that they are, and without what
* is committed of one that was cut off.
*/
async function scriptOf(migrations, cut) {
	return (await Promise.all(migrations.map(async (migration) => {
		const units = unitsBehind(cut?.migration === migration.id ? cut.done : 0, unitsOf(await batchesOf(migration)));
		return `-- ${migration.path.replaceAll(/[\r\n]/g, " ")}\n${units.map(unitText).join("")}`;
	}))).join("\n");
}
/** Settings of the session are made again: they are gone with the one that was cut off. */
function unitsBehind(done, units) {
	let before = 0;
	return units.filter((unit) => {
		before += unit.statements.length;
		return before > done || isSetting(unit);
	});
}
function unitText({ transaction, begin, statements, end }) {
	const lines = statements.map(({ sql }) => `${sql};\n`).join("");
	return transaction ? `${begin};\n${lines}${end};\n` : lines;
}

// src/reports/migrate/plan.ts
/** What would be applied where, and whether it may be. */
function planPage(plan) {
	const { outcome, pending, changes, drift } = plan;
	return {
		good: outcome === "passed",
		headline: headlineOf$1(plan),
		problems: [...closedGates(plan), ...outcome === "passed" ? [] : openFindings(plan)],
		parts: [
			{
				facts: targetFacts(plan),
				...pending.length > 0 && { table: pendingTable(plan) }
			},
			...changesPart("What becomes different", changes),
			...changesPart("What the target has otherwise than its applied migrations give", drift),
			gatesPart(plan.gates)
		],
		notes: [
			...outcome === "passed" ? openFindings(plan) : [],
			...acceptance(plan),
			...editedNotes(plan),
			...accepted({ plan })
		]
	};
}
function headlineOf$1({ outcome, pending, target }) {
	const what = pending.length === 0 ? "Nothing is pending" : `${count(pending.length, "migration")} pending`;
	const where = `on ${target.database}`;
	if (outcome === "passed") return `${what} ${where}${pending.length > 0 ? ", and nothing is in the way" : ""}`;
	if (outcome === "refused") return `${what} ${where}, and a gate is closed`;
	return `${what} ${where}, with findings that nobody has accepted`;
}

// src/jobs/gates/window.ts
const days = [
	"mon",
	"tue",
	"wed",
	"thu",
	"fri",
	"sat",
	"sun"
];
const day = 1440;
/**
* Whether it is a time at which a target may be migrated: `Mon-Fri 22:00-05:00 Europe/Zurich`; a time that ends before it
* begins ends on the next day. Throws `KnownError` for times that cannot be read.
*/
function inWindow(windows, now) {
	const gate = "window";
	if (windows.length === 0) return {
		gate,
		outcome: "open",
		message: "It may be migrated at any time."
	};
	const spans = windows.flatMap(spansOf);
	const fits = ({ from, to, zone }) => {
		const minute = minuteOfWeek(now, zone);
		return [minute, minute + 7 * day].some((each) => each >= from && each < to);
	};
	if (spans.some(fits)) return {
		gate,
		outcome: "open",
		message: `It is within ${windows.join(" or ")}.`
	};
	return closed(gate, `It is not within ${windows.join(" or ")}.`, "Come again then, or accept it for this run with `allow: window`.");
}
const shape = /^(?:([a-z]{3})(?:-([a-z]{3}))?\s+)?(\d{2}):(\d{2})-(\d{2}):(\d{2})(?:\s+(\S+))?$/i;
function spansOf(window) {
	const [, first, last, ...rest] = shape.exec(window.trim()) ?? [];
	const [fromHour, fromMinute, toHour, toMinute] = rest.slice(0, 4).map(Number);
	const zone = rest[4] ?? "UTC";
	const [start, end] = [dayNumber(first ?? "mon"), dayNumber(last ?? first ?? "sun")];
	if (start < 0 || end < 0 || ![
		fromHour,
		fromMinute,
		toHour,
		toMinute
	].every((time, index) => time <= (index % 2 ? 59 : 24)) || !isZone(zone)) throw new KnownError(`\`window\`: “${window}” is no time of the week.`, { help: "Write it like `Mon-Fri 22:00-05:00 Europe/Zurich`; days and zone (else UTC) may be left out." });
	const [from, until] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
	const length = until > from ? until - from : until + day - from;
	const count = (end - start + 7) % 7 + 1;
	return Array.from({ length: count }, (_, index) => {
		const begin = (start + index) % 7 * day + from;
		return {
			from: begin,
			to: begin + length,
			zone
		};
	});
}
function dayNumber(name) {
	return days.indexOf(name.toLowerCase());
}
function isZone(zone) {
	try {
		return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
	} catch {
		return false;
	}
}
function minuteOfWeek(now, timeZone) {
	const format = new Intl.DateTimeFormat("en-GB", {
		timeZone,
		weekday: "short",
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23"
	});
	const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
	return dayNumber(parts.weekday ?? "") * day + Number(parts.hour) * 60 + Number(parts.minute);
}

// src/commands/planning.ts
/** What to plan for the target that the settings name, with the migrations of the work tree. */
async function planInputOf(door) {
	const { settings, host, signal } = door;
	const { progress } = host;
	const folder = await realpath(resolve(settings.workingDirectory));
	const tree = workTree(folder, signal);
	const { tool: plain, folders } = await found(settings, tree);
	const target = await targetOf(door);
	const tool = withTable(plain, settings, target);
	const { allow, driftIgnore, appliedThrough: baseline, target: upTo } = settings;
	refuseUnknown(allow);
	const now = /* @__PURE__ */ new Date();
	const commit = await commitOf(folder, signal);
	return {
		target,
		tool,
		folders,
		folder: "",
		head: await tool.read(tree, folders),
		...commit !== void 0 && { commit },
		openServer: (major) => openServer(door, major),
		...baseline !== void 0 && { baseline },
		...upTo !== void 0 && { upTo },
		allow,
		driftIgnore,
		rules,
		failOn: settings.failOn,
		protectedTables: settings.protected,
		seedRows: settings.seedRows,
		statementLimit: settings.statementLimit,
		version,
		now,
		signal,
		progress,
		limits: {
			transactionSeconds: settings.maxTransactionAge / 1e3,
			lagSeconds: settings.maxReplicaLag / 1e3,
			slotBytes: 1e10
		},
		gates: [inWindow(settings.window, now)]
	};
}
/** Gates that can be accepted by name; the others tell of what would not work. */
const gates = [...[
	"drift",
	"window",
	"long-transactions",
	"prepared-transactions",
	"blocked-sessions"
], ...[
	"replica-lag",
	"replication-slots",
	"disk"
]];
function refuseUnknown(allow) {
	const known = /* @__PURE__ */ new Set([...gates, ...rules.map(({ id }) => id)]);
	const unknown = allow.filter((name) => !known.has(name));
	if (unknown.length === 0) return;
	throw new KnownError(`\`allow\`: there is no rule or gate ${unknown.join(", ")}.`, { help: `Gates are ${gates.join(", ")}; rules are in docs/rules.md.` });
}
/** Of the repository that the folder is in, if it is in one. */
async function commitOf(folder, signal) {
	try {
		return await (await openRepository(folder, signal)).head();
	} catch (error) {
		if (error instanceof KnownError) return void 0;
		throw error;
	}
}

// src/jobs/plan/waves.ts
const name = /^[a-z][a-z0-9-]*$/i;
/** Targets of entries such as `canary` and `eu us`, a wave each. Throws `KnownError` for what names none. */
function targetsIn(entries) {
	const targets = entries.flatMap((entry, index) => entry.split(/\s+/).map((each) => ({
		name: each,
		wave: index + 1,
		secret: secretOf(each)
	})));
	const seen = /* @__PURE__ */ new Set();
	for (const { name: each, secret } of targets) {
		if (!name.test(each)) throw new KnownError(`\`waves\`: \`${each}\` is no name of a target.`, { help: "Names are of letters, digits and hyphens, as `eu-west`: they name a secret and an environment of GitHub, too." });
		if (seen.has(secret)) throw new KnownError(`\`waves\`: the target ${each} is there twice.`);
		seen.add(secret);
	}
	if (targets.length > 0) return targets;
	throw new KnownError("It is not known which targets there are.", { help: "Set `waves`: an entry is a wave, with the names of its targets; the first one is the canary." });
}
function secretOf(target) {
	return `${target.toUpperCase().replaceAll("-", "_")}_URL`;
}
/** By wave, the targets on which something is pending and may be applied. */
function matrixOf(targets) {
	const waves = [];
	for (const { name, wave, secret, plan } of targets) {
		waves[wave - 1] ??= [];
		if (plan?.outcome !== "passed" || plan.pending.length === 0) continue;
		waves[wave - 1]?.push({
			name,
			wave,
			secret,
			pending: plan.pending.length,
			digest: plan.digest
		});
	}
	return waves;
}
/** Of all: one that cannot be planned is as one that is refused. */
function worstOf(targets) {
	const outcomes = new Set(targets.map(({ plan }) => plan?.outcome ?? "refused"));
	return ["refused", "failed"].find((each) => outcomes.has(each)) ?? "passed";
}

// src/reports/migrate/waves.ts
/** What would be applied to several targets, in which order. */
function wavesPage({ outcome, targets, waves }) {
	const wanted = waves.flat().length;
	const ids = new Set(targets.flatMap(({ plan }) => (plan?.pending ?? []).map(({ id }) => id)));
	return {
		good: outcome === "passed",
		headline: headlineOf(outcome, wanted, targets),
		problems: targets.flatMap(problemsOf),
		parts: [{ table: {
			columns: [
				...[
					{
						title: "wave",
						right: true
					},
					{ title: "target" },
					{
						title: "pending",
						right: true
					}
				],
				...[{
					title: "the last applied",
					code: true
				}, {
					title: "digest",
					code: true
				}],
				{ title: "database" }
			],
			rows: targets.map(rowOf)
		} }],
		notes: ids.size > 0 ? [`Pending: ${[...ids].join(", ")}.`] : []
	};
}
function headlineOf(outcome, wanted, targets) {
	const of = `of ${count(targets.length, "target")}`;
	if (outcome === "passed") return wanted === 0 ? `Nothing is pending on any ${of}` : `Pending on ${wanted} ${of}`;
	return `Nothing may be applied: something is in the way on ${targets.filter(({ plan }) => plan?.outcome !== "passed").length} ${of}`;
}
function problemsOf({ name, plan, error }) {
	if (error) return [`${name}: ${error.message}`];
	if (!plan || plan.outcome === "passed") return [];
	return [...closedGates(plan), ...openFindings(plan)].map((each) => `${name}: ${each}`);
}
function rowOf({ name, wave, plan }) {
	if (!plan) return [
		String(wave),
		name,
		"?",
		"–",
		"–",
		"–"
	];
	const { pending, applied, digest, target } = plan;
	return [
		String(wave),
		name,
		String(pending.length),
		applied.last ?? "–",
		digest.slice(0, 12),
		target.database
	];
}

// src/commands/waves.ts
/** Plans several targets, and tells what is to be migrated in which wave. Touches none of them. */
async function planWaves(door, came, environment = process.env) {
	const start = performance.now();
	const startedAt = (/* @__PURE__ */ new Date()).toISOString();
	const named = targetsIn(door.settings.waves);
	refuseUnset(named, environment);
	const targets = [];
	for (const target of named) {
		door.host.progress.step(`planning ${target.name}`);
		targets.push({
			...target,
			...await planned(door, environment[target.secret] ?? "")
		});
	}
	const report = {
		version: 1,
		command: "plan",
		outcome: worstOf(targets),
		lockkeeper: version,
		startedAt,
		milliseconds: Math.round(performance.now() - start),
		targets,
		waves: matrixOf(targets)
	};
	const page = wavesPage(report);
	came({
		page,
		idle: report.outcome === "passed"
	});
	await publish(door, report, page);
	return codeOf(report);
}
function refuseUnset(named, environment) {
	const unset = named.filter(({ secret }) => !environment[secret]);
	if (unset.length === 0) return;
	throw new KnownError(`There is no URL of ${unset.map(({ name }) => name).join(", ")}.`, { help: `Set the environment variable${unset.length > 1 ? "s" : ""} ${unset.map(({ secret }) => secret).join(", ")}.` });
}
async function planned({ settings, ...door }, url) {
	try {
		return { plan: (await plan(await planInputOf({
			...door,
			settings: {
				...settings,
				url
			}
		}))).plan };
	} catch (error) {
		if (!(error instanceof KnownError) || error.reason === "usage") throw error;
		return { error: {
			message: [error.message, error.help].filter(Boolean).join(" "),
			reason: error.reason
		} };
	}
}
async function publish(door, report, page) {
	const pending = report.targets.reduce((sum, { plan }) => sum + (plan?.pending.length ?? 0), 0);
	const outputs = {
		waves: JSON.stringify(report.waves),
		pending: String(pending)
	};
	await publishPage(door, report, page, outputs);
	if (door.settings.out) await writeReport(`${JSON.stringify(report, null, 2)}\n`, door.settings.out);
}
function codeOf({ outcome, targets }) {
	const reason = targets.find(({ error }) => error)?.error?.reason;
	if (reason) return exitCodes[reason];
	return {
		passed: exitCodes.done,
		failed: exitCodes.findings,
		refused: exitCodes.refused
	}[outcome];
}

// src/commands/plan.ts
/** Tells what would be applied to a target, and whether it may be; where it may not, others hear of it. */
async function run(door) {
	return announced(door, "plan", async ({ came }) => {
		if (door.settings.matrix) return planWaves(door, came);
		const planning = await plan(await planInputOf(door));
		came({
			page: planPage(planning.plan),
			idle: planning.plan.outcome === "passed"
		});
		return publishPlan(door, planning);
	});
}
/** Shows a plan; returns the exit code. */
async function publishPlan(door, { plan, agenda, interrupted }) {
	const { out, sql } = door.settings;
	if (sql) process.stdout.write(await scriptOf(agenda.pending, interrupted?.row));
	await publishPage(door, plan, planPage(plan), {
		digest: plan.digest,
		pending: String(plan.pending.length)
	});
	if (out) await writeReport(`${JSON.stringify(plan, null, 2)}\n`, out);
	return codes[plan.outcome];
}
const codes = {
	passed: exitCodes.done,
	failed: exitCodes.findings,
	refused: exitCodes.refused
};

export { announced as i, run as n, planInputOf as r, publishPlan as t };
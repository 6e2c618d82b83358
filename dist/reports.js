import { a as shortened, c as words, i as mermaidText, n as fence, o as visible, r as mermaidName, s as visibleLine, t as code } from "./escape2.js";
import { a as icons, c as pathInRepository, d as waiting, i as fileOf, l as statementAt, n as circumstances, o as migrationsText, r as count, s as openFindings, t as blockingWords, u as verdict } from "./wording.js";
import { i as minuteText, n as bytesText, r as durationText } from "./amounts.js";
import { n as oneLine, t as detailLines } from "./details.js";
import { r as strength, t as blocks } from "./observation.js";
import { r as wrapped } from "./wrap.js";
import { styleText } from "node:util";
import { createHash } from "node:crypto";

// src/reports/annotations.ts
/** GitHub shows at most this many of each level from one step. */
const perLevel = 10;
/** Findings as notes at their lines, most severe first; where there are too many, the last one says so. */
function annotations(report) {
	return [
		"error",
		"warning",
		"notice"
	].flatMap((level) => {
		const found = openFindings(report).filter(({ severity }) => severity === level);
		const shown = found.length > perLevel ? found.slice(0, 9) : found;
		const notes = shown.map(({ path, line, rule, message }) => ({
			level,
			path: pathInRepository(report, path),
			line,
			title: rule,
			message: visible(message)
		}));
		const next = found[shown.length];
		if (!next) return notes;
		const rest = `${found.length - shown.length} more findings of this kind are in the job summary.`;
		return [...notes, {
			level,
			path: pathInRepository(report, next.path),
			line: next.line,
			title: "more",
			message: rest
		}];
	});
}

// src/reports/backup.ts
/** Which backup was asked, and what it said, in whole sentences. */
function backupTexts({ backup, database, takenAt, bytes, server, ...rest }) {
	const { outcome, applied, failure, restoreMilliseconds } = rest;
	const where = `${`${backup} of ${database}, taken ${minuteText(takenAt)} UTC (${bytesText(bytes)})`}, restored in ${durationText(restoreMilliseconds)} on PostgreSQL ${server}`;
	if (outcome === "nothing") return [`Nothing is pending on ${where}.`];
	const took = durationText(applied.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
	const done = `${count(applied.length, "migration")} applied in ${took} to ${where}.`;
	if (!failure) return [done];
	const { path, line, message, sqlstate, statements, done: committed } = failure;
	return [
		`${`${fileOf(path)}${line ? `:${line}` : ""}`} fails there: ${message}${sqlstate ? ` (SQLSTATE ${sqlstate})` : ""}.`,
		...committed > 0 ? [`${committed} of its ${count(statements, "statement")} would be committed.`] : [],
		done
	];
}
/** How long each statement took on the backup's rows, in order. */
function backupTimes({ applied }) {
	return applied.flatMap(({ path, statements }) => statements.map(({ line, sql, milliseconds }) => ({
		path,
		line,
		sql: oneLine(sql),
		took: durationText(milliseconds)
	})));
}

// src/reports/diagram.ts
/** More tables than this make no picture that anybody reads. */
const mostTables = 12;
const mostColumns = 15;
/**
* The changed tables, and those they refer to or belong to, as a Mermaid ER picture; columns are marked as added, changed
* or removed. Undefined where nothing changed that such a picture shows.
*/
function diagram({ touched, changes }) {
	const changed = new Set(changes.filter(isDrawn).map(({ kind, id, table }) => kind === "table" ? id : table ?? id));
	const near = new Set(touched.after.flatMap((object) => nearby(object, changed)));
	const tables = pick(touched.after, "table").filter(({ id }) => changed.has(id) || near.has(id)).slice(0, mostTables);
	const gone = pick(touched.before, "table").filter(({ id }) => isRemoved(id, changes));
	if (changed.size === 0 || tables.length + gone.length === 0) return void 0;
	const marks = new Map(changes.map((change) => [`${change.kind} ${change.id}`, change.action]));
	const constraints = pick(touched.after, "constraint");
	const lines = tables.flatMap((table) => [
		`    ${mermaidName(table.id)}["${mermaidText(table.id)}${mark(marks.get(`table ${table.id}`))}"] {`,
		...columnsOf(table, touched, constraints, marks),
		"    }"
	]);
	const removed = gone.slice(0, mostTables).map(({ id }) => `    ${mermaidName(id)}["${mermaidText(id)} removed"]`);
	return [
		"erDiagram",
		...lines,
		...removed,
		...linksOf(tables, constraints)
	].join("\n");
}
/** The other end of a foreign key that touches a changed table, and what such a table is a partition of. */
function nearby(object, changed) {
	if (object.kind === "table") return changed.has(object.id) ? object.parents : [];
	if (object.kind !== "constraint" || !object.references) return [];
	const [table, target] = [object.table, object.references.table];
	return changed.has(table) ? [target] : changed.has(target) ? [table] : [];
}
function linksOf(tables, constraints) {
	const names = new Set(tables.map(({ id }) => id));
	const link = (from, to, text) => `    ${mermaidName(from)} ||--o{ ${mermaidName(to)} : "${mermaidText(text)}"`;
	const keys = constraints.flatMap(({ table, columns, references, inherited }) => references && !inherited && names.has(table) && names.has(references.table) ? [link(references.table, table, columns.join(", "))] : []);
	const families = tables.flatMap(({ id, parents, partition }) => parents.filter((parent) => names.has(parent)).map((parent) => link(parent, id, partition ? "partition" : "inherits")));
	return [...keys, ...families];
}
/** Indexes, functions and the like are not in the picture. */
function isDrawn({ kind }) {
	return kind === "table" || kind === "column" || kind === "constraint";
}
function isRemoved(table, changes) {
	return changes.some(({ kind, action, id }) => kind === "table" && action === "removed" && id === table);
}
function columnsOf(table, { before, after }, constraints, marks) {
	const kept = pick(after, "column").filter((each) => each.table === table.id).sort((a, b) => a.position - b.position);
	const gone = pick(before, "column").filter((each) => each.table === table.id && marks.get(`column ${each.id}`) === "removed");
	const all = [...kept, ...gone];
	const notable = all.filter(({ id, name }) => marks.has(`column ${id}`) || keysOf(name, table, constraints) !== "");
	const shown = all.length <= mostColumns ? all : notable.slice(0, mostColumns);
	const lines = shown.map((column) => {
		const note = mark(marks.get(`column ${column.id}`)).trim();
		return `        ${mermaidName(column.type)} ${mermaidName(column.name)}${keysOf(column.name, table, constraints)}${note ? ` "${note}"` : ""}`;
	});
	return shown.length < all.length ? [...lines, `        _ ${all.length - shown.length}_more_columns`] : lines;
}
function keysOf(column, table, constraints) {
	const of = (type) => constraints.some((each) => each.table === table.id && each.type === type && each.columns.includes(column));
	const keys = [
		of("primary key") && "PK",
		of("foreign key") && "FK",
		of("unique") && "UK"
	].filter(Boolean);
	return keys.length > 0 ? ` ${keys.join(",")}` : "";
}
function mark(action) {
	return action === void 0 ? "" : ` ${action}`;
}
function pick(objects, kind) {
	return objects.filter((each) => each.kind === kind);
}

// src/reports/locks.ts
const lockHead = "| where | statement | locks | works through |\n|---|---|---|---|\n";
/** One statement's row of the table of locks. */
function lockRow(observation) {
	const { path, line, sql, error, unobserved } = observation;
	const told = error ? `⛔ ${words(shortened(error.message, 300))}` : locksOf(observation);
	const doubt = unobserved && !error ? `<br>${words(unobserved)}` : "";
	return `| ${[
		code(`${fileOf(path)}:${line}`),
		code(shortened(sql, 80)),
		told + doubt,
		workOf(observation)
	].join(" | ")} |\n`;
}
/** Whether reviewers should see the statement in the table: most touch nothing that others use. */
function isNotable({ locks: taken, held, error, unobserved, rewritten, scanned }) {
	if (error !== void 0 || unobserved !== void 0 || rewritten.length > 0) return true;
	const strong = ({ mode }) => blocks(mode) !== "nothing";
	return taken.some(strong) || held.some((lock) => strong(lock) && scanned.includes(lock.relation));
}
/** What it rewrites and reads in full. Rewriting reads, and a table's indexes are rewritten with it. */
function workOf({ rewritten, scanned, locks, held }) {
	const tables = new Map([...locks, ...held].map(({ relation, table }) => [relation, table]));
	const wholes = rewritten.filter((name) => !rewritten.includes(tables.get(name) ?? ""));
	const read = scanned.filter((name) => !rewritten.includes(name));
	return [wholes.length > 0 && `rewrites ${wholes.map(code).join(", ")}`, read.length > 0 && `reads ${read.map(code).join(", ")}`].filter(Boolean).join("<br>") || "–";
}
/** Locks it added; where it works on tables that earlier statements hold, those. */
function locksOf({ locks: taken, held, scanned, rewritten }) {
	const added = lockWords(taken);
	const worked = held.filter(({ relation }) => scanned.includes(relation) || rewritten.includes(relation));
	const before = taken.some(({ mode }) => blocks(mode) !== "nothing") ? "–" : lockWords(worked);
	return before === "–" ? added : `still holds ${before}`;
}
/** The strongest lock on each table, the strongest first; indexes go with their tables. */
function lockWords(taken) {
	const strongest = /* @__PURE__ */ new Map();
	for (const lock of taken) {
		const before = strongest.get(lock.relation);
		if (!lock.table && (!before || strength(lock.mode) > strength(before.mode))) strongest.set(lock.relation, lock);
	}
	return [...Map.groupBy(strongest.values(), ({ mode }) => mode)].sort(([a], [b]) => strength(b) - strength(a)).map(([mode, locks]) => {
		const effect = blocks(mode) === "nothing" ? "" : `, blocks ${blocks(mode)}`;
		return `${modeWords(mode)}${effect}: ${locks.map(({ relation }) => code(relation)).join(", ")}`;
	}).join("<br>") || "–";
}
/** As SQL spells it: `ACCESS EXCLUSIVE`. */
function modeWords(mode) {
	return mode.replace(/Lock$/, "").replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ").toUpperCase();
}

// src/reports/schema.ts
/** The schema change as lines of a diff: `+`, `-`, `~` as two lines, each table's own objects below it. */
function schemaLines({ changes, touched }) {
	const known = {
		removed: byId(touched.before),
		added: byId(touched.after)
	};
	const lines = [];
	let table;
	const shown = inOrder(changes.filter((change) => !isInsideAddedOrRemoved(change, changes)), known.added);
	for (const change of shown) {
		if (change.table !== void 0 && change.table !== table && !shown.some((each) => each.kind === "table" && each.id === change.table)) lines.push(`  ${change.table}`);
		table = change.kind === "table" ? change.id : change.table;
		lines.push(...linesOf(change, change.table === void 0 ? "" : "  ", definitionOf(change, known)));
	}
	return lines.map(visibleLine);
}
/** The columns of a table that came stand as they do in it. */
function inOrder(changes, after) {
	const position = ({ kind, id }) => {
		const object = after.get(`${kind} ${id}`);
		return object?.kind === "column" ? object.position : 0;
	};
	return [...Map.groupBy(changes, (each) => isNewColumn(each) ? `column ${each.table}` : each).values()].flatMap((run) => run.toSorted((a, b) => position(a) - position(b)));
}
function isNewColumn({ kind, action }) {
	return kind === "column" && action === "added";
}
/** What belongs to a table that came or went is told with it, but for its indexes and foreign keys. */
function isInsideAddedOrRemoved({ table, kind, action }, changes) {
	if (table === void 0 || action === "renamed") return false;
	return changes.find((each) => each.id === table && (each.kind === "table" || each.kind === "view"))?.action === "removed" && kind !== "table";
}
function linesOf(change, indent, definition) {
	const { action, kind, id, from = id, table } = change;
	const [name, old] = [id, from].map((each) => table === void 0 ? each : lastOf(each, table));
	const label = `${indent}${labels[kind] ?? kind}`;
	const title = `${label} ${name}`;
	const told = detailLines(change).map(({ sign, text }) => `${sign} ${indent}  ${text}`);
	switch (action) {
		case "added": return [`+ ${title}${definition}`];
		case "removed": return [`- ${title}${definition}`];
		case "renamed": return [
			`- ${label} ${old}`,
			`+ ${title} (renamed from ${old})`,
			...told
		];
		case "changed": return [`  ${title}`, ...told];
	}
}
function byId(objects) {
	return new Map(objects.map((each) => [`${each.kind} ${each.id}`, each]));
}
/** What a column or constraint that came or went is, as SQL would say it. */
function definitionOf({ action, kind, id }, known) {
	if (action !== "added" && action !== "removed") return "";
	const object = known[action].get(`${kind} ${id}`);
	if (object?.kind === "constraint") {
		const doubt = [object.validated ? "" : " NOT VALID", object.enforced ? "" : " NOT ENFORCED"].join("");
		return ` ${oneLine(object.definition)}${doubt}`;
	}
	if (object?.kind !== "column") return "";
	const extra = [
		object.notNull ? "NOT NULL" : "",
		object.default === void 0 ? "" : `DEFAULT ${oneLine(object.default)}`,
		object.identity ? `GENERATED ${object.identity.toUpperCase()} AS IDENTITY` : "",
		object.generated ? `GENERATED ALWAYS AS (${oneLine(object.generated.expression)}) ${object.generated.kind.toUpperCase()}` : ""
	];
	return [` ${object.type}`, ...extra.filter(Boolean)].join(" ");
}
const labels = {
	function: "function",
	"composite type": "type"
};
function lastOf(id, table) {
	return id.startsWith(`${table}.`) ? id.slice(table.length + 1) : id.split(".").at(-1);
}

// src/reports/markdown.ts
/** GitHub refuses longer comments. */
const commentLimit = 65536;
/**
* The report as GitHub-flavoured Markdown, verdict first, details folded. Rows and sections that do not fit into `limit`
* characters are left out whole, the least important first, and that is said.
*/
function markdown(report, options = {}) {
	const { limit = commentLimit, notes = [], collapsed = false, whole = "The JSON report has it all." } = options;
	const { icon, text } = verdict(report);
	const told = [...notes, words(shortened(circumstances(report), 300))].map((each) => `\n${each}\n`).join("");
	const head = `### ${icon} Lockkeeper: ${words(shortened(text, 200))}\n${told}`;
	const foot = footer(report);
	const sections = [
		findingsTable(report),
		onBackup(report),
		instead(report),
		schemaChange(report),
		locks(report),
		waived(report),
		coverage(report)
	];
	const [open, close] = collapsed ? ["\n<details><summary>Details</summary>\n", "\n</details>\n"] : ["", ""];
	return fit(head + open, sections.filter((each) => each.rows.length > 0), foot + close, {
		limit,
		whole
	});
}
/** Takes sections in order of importance, as many rows of each as there is room for. */
function fit(head, sections, foot, options) {
	const { limit, whole } = options;
	let room = limit - head.length - foot.length - whole.length - 300;
	const shown = [];
	const missing = [];
	for (const { name, open, rows, close } of sections) {
		let text = `\n${open}`;
		let taken = 0;
		for (const row of rows) {
			if (text.length + row.length + close.length > room) continue;
			text += row;
			taken += 1;
		}
		if (taken < rows.length) missing.push(taken === 0 ? name : `${rows.length - taken} more of ${name}`);
		if (taken === 0) continue;
		shown.push(text + close);
		room -= text.length + close.length;
	}
	const cut = missing.length > 0 ? `\n> Left out, as there is no more room here: ${missing.join(", ")}. ${whole}\n` : "";
	return `${head}${shown.join("")}${cut}${foot}`;
}
function findingsTable(report) {
	const findings = openFindings(report);
	const blocking = findings.some((each) => each.blocking);
	const rows = findings.map((finding) => {
		const [who, until] = finding.blocking ? waiting(finding.blocking) : ["–"];
		const told = `${words(shortened(finding.message, 1e3))}<br>${code(finding.rule)}`;
		const waits = blocking ? ` ${words(who)}${until ? `,<br>${words(until)}` : ""} |` : "";
		return `| ${icons[finding.severity]} | ${place(finding)} | ${told} |${waits}\n`;
	});
	return {
		name: "the findings",
		open: blocking ? "| | where | what happens | who waits |\n|---|---|---|---|\n" : "| | where | what happens |\n|---|---|---|\n",
		rows,
		close: ""
	};
}
function onBackup({ onBackup: told }) {
	if (!told) return {
		name: "",
		open: "",
		rows: [],
		close: ""
	};
	const rows = backupTimes(told).map(({ path, line, sql, took }) => `| ${code(`${fileOf(path)}:${line}`)} | ${code(shortened(sql, 200))} | ${took} |\n`);
	const [first, ...others] = backupTexts(told).map(words);
	const open = `**On a restored backup**: ${first}\n${others.map((text) => `\n${text}\n`).join("")}`;
	const head = "\n<details><summary>Times on its rows</summary>\n\n| where | statement | took |\n|---|---|---:|\n";
	if (rows.length === 0) return {
		name: "the backup",
		open: "",
		rows: [open],
		close: ""
	};
	return {
		name: "the times on the backup",
		open: open + head,
		rows,
		close: "\n</details>\n"
	};
}
function instead(report) {
	return folded("what to write instead", "What to write instead", openFindings(report).flatMap((finding, index) => {
		if (!finding.instead) return [];
		const { text, migrations = [] } = finding.instead;
		const parts = [text && `${words(text)}\n`, migrations.length > 0 && fence(migrationsText(migrations), "sql")];
		return [`${index > 0 ? "\n" : ""}**${place(finding)}** · ${words(finding.rule)}\n\n${parts.filter(Boolean).join("\n")}`];
	}));
}
function schemaChange(report) {
	const lines = schemaLines(report);
	if (lines.length === 0) return folded("the schema change", "Schema change", []);
	const picture = diagram(report);
	const rows = [fence(lines.join("\n"), "diff"), ...picture ? [`\n${fence(picture, "mermaid")}`] : []];
	return folded("the schema change", `Schema change: ${count(report.changes.length, "object")}`, rows);
}
function locks(report) {
	const notable = report.observations.filter(isNotable);
	const silent = report.observations.length - notable.length;
	const note = silent > 0 ? `\n${count(silent, "more statement")} kept nobody waiting further.\n` : "";
	const section = folded("the locks", "Locks, statement by statement", notable.map(lockRow));
	return {
		...section,
		open: section.open + lockHead,
		close: note + section.close
	};
}
function waived(report) {
	const rows = report.findings.filter(({ status }) => status === "waived").map((finding) => `- ${place(finding)} ${code(finding.rule)}: ${words(finding.waiver?.reason ?? "")}${finding.waiver?.until ? ` (until ${words(finding.waiver.until)})` : ""}\n`);
	return folded("the waivers", `Accepted by waiver: ${rows.length}`, rows);
}
function coverage(report) {
	const { seeded, notes } = report.coverage;
	const unobserved = report.observations.filter((each) => each.unobserved !== void 0 && !each.error);
	return folded("the coverage", "Coverage: what this does not tell", [
		...seeded.skipped.map(({ table, reason }) => `- ${code(table)} has no rows: ${words(reason)}\n`),
		...unobserved.map(({ path, line, unobserved: why }) => `- ${code(`${fileOf(path)}:${line}`)} was not wholly observed: ${words(why ?? "")}\n`),
		...notes.map((note) => `- ${words(note)}\n`)
	]);
}
function folded(name, title, rows) {
	return {
		name,
		open: `<details><summary>${words(title)}</summary>\n\n`,
		rows,
		close: "\n</details>\n"
	};
}
function place({ path, line }) {
	return code(`${fileOf(path)}:${line}`);
}
function footer(report) {
	const against = report.base.commit ? `against ${code(report.base.commit.slice(0, 9))}` : report.base.appliedThrough ? `applied through ${code(shortened(report.base.appliedThrough, 100))}` : "";
	const print = report.fingerprints ? ` · schema ${code(report.fingerprints.before.slice(0, 12))} → ${code(report.fingerprints.after.slice(0, 12))}` : "";
	return `\n<sub>Lockkeeper ${words(shortened(report.lockkeeper, 40))} · ${words(shortened(report.tool.title, 60))}${against ? ` · ${against}` : ""}${print}</sub>\n`;
}

// src/reports/comment.ts
const warning = "> Made by a run of a fork’s code, which may have written what it liked: nothing of it was verified here.";
/** The report as a comment on a pull request: verdict first, and nothing but the verdict as long as all is well. */
function comment(report, { limit, folder, id, whole, unverified }) {
	const names = [folder, id].filter(Boolean).map(code);
	return markdown(report, {
		limit,
		notes: [...names.length > 0 ? [names.join(" · ")] : [], ...unverified ? [warning] : []],
		collapsed: openFindings(report).length === 0 && !report.onBackup?.failure,
		...whole && { whole: `There is more in the [job summary](${encodeURI(whole)}).` }
	});
}

// src/reports/sarif.ts
/** GitHub refuses a run with more results, and shows this many, the most severe first ("SARIF results exceed limits"). */
const mostResults = 25e3;
const mostShown = 5e3;
/** GitHub cuts descriptions of rules there ("SARIF support", reportingDescriptor); messages are held to the same. */
const longestText = 1024;
/** Coverage notes that go along; the JSON report has all. */
const mostNotes = 100;
const levels = {
	error: "error",
	warning: "warning",
	notice: "note"
};
const home = "https://github.com/lockkeeper/lockkeeper";
/**
* The findings as SARIF 2.1.0 (OASIS), in the form that GitHub's code scanning reads. Paths start at the repository's
* top. `rules` are those that were asked, whether they found something or not.
*/
function sarif(report, rules) {
	const indexes = new Map(rules.map(({ id }, index) => [id, index]));
	const statementAt = statementsOf(report);
	const print = fingerprints(statementAt);
	const results = report.findings.slice(0, mostResults).map((finding) => ({
		ruleId: finding.rule,
		...indexes.has(finding.rule) && { ruleIndex: indexes.get(finding.rule) },
		level: levels[finding.severity],
		message: { text: messageOf(finding) },
		locations: [{ physicalLocation: placeOf(finding, report, statementAt(finding)) }],
		partialFingerprints: print(finding),
		...finding.status === "waived" && { suppressions: [suppressionOf(finding)] }
	}));
	const log = {
		$schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		version: "2.1.0",
		runs: [{
			tool: { driver: driverOf(report, rules) },
			automationDetails: { id: category(report) },
			originalUriBaseIds: { "%SRCROOT%": { description: { text: "The top folder of the repository." } } },
			columnKind: "utf16CodeUnits",
			invocations: [invocationOf(report)],
			results
		}]
	};
	return `${JSON.stringify(log, null, 2)}\n`;
}
function driverOf({ lockkeeper }, rules) {
	return {
		name: "Lockkeeper",
		semanticVersion: lockkeeper,
		informationUri: home,
		rules: rules.map((rule) => ({
			id: rule.id,
			shortDescription: { text: shortened(rule.what, longestText) },
			fullDescription: { text: shortened(rule.why, longestText) },
			help: {
				text: `What: ${rule.what}\nWhy: ${rule.why}\nInstead: ${rule.instead}`,
				markdown: `**What**: ${rule.what}\n\n**Why**: ${rule.why}\n\n**Instead**: ${rule.instead}\n\nSources: ${rule.sources.join(" · ")}`
			},
			helpUri: `${home}/blob/main/docs/rules.md#${rule.id}`,
			defaultConfiguration: { level: levels[rule.severity] },
			properties: {
				tags: ["postgresql", "migrations"],
				"problem.severity": rule.severity === "notice" ? "recommendation" : rule.severity
			}
		}))
	};
}
/** What GitHub tells several analyses of one commit apart by: the folders. The part behind the last `/` would be the run. */
function category(report) {
	return `lockkeeper/${report.tool.folders.map((folder) => uri(pathInRepository(report, folder)) || ".").join("+")}/`;
}
function invocationOf(report) {
	const { startedAt, milliseconds, outcome, failOn, findings, coverage } = report;
	const [more, less] = [findings.length - mostResults, findings.length - mostShown];
	const cut = [...more > 0 ? [`${count(more, "finding")} left out, as GitHub takes ${mostResults}; the JSON report has all.`] : [], ...less > 0 ? [`GitHub shows ${mostShown} of ${findings.length} findings, the most severe.`] : []];
	const notes = coverage.notes.slice(0, mostNotes);
	const notifications = [...cut.map((text) => ({
		level: "warning",
		message: { text }
	})), ...notes.map((note) => ({
		level: "note",
		message: { text: plain(note) }
	}))];
	return {
		executionSuccessful: true,
		startTimeUtc: startedAt,
		endTimeUtc: new Date(Date.parse(startedAt) + milliseconds).toISOString(),
		exitCode: outcome === "passed" ? 0 : 1,
		exitCodeDescription: outcome === "passed" ? `no finding at or above ${failOn}` : `findings at or above ${failOn}`,
		...notifications.length > 0 && { toolExecutionNotifications: notifications }
	};
}
function messageOf({ message, blocking, instead }) {
	return plain(`${message}${blocking ? ` Who waits: ${blockingWords(blocking)}.` : ""}${instead?.text ? ` Instead: ${instead.text}` : ""}`);
}
/**
* Text of a message in which nothing is a placeholder or a link (SARIF 2.1.0, 3.11.5 and 3.11.6): those are what would
* speak to the reader in somebody else's name.
*/
function plain(text) {
	return shortened(visible(text), 1e3).replaceAll(/\{(?=\d+\})/g, "{{").replaceAll(/(?<=\{\{\d+)\}/g, "}}").replaceAll("](", "\\](");
}
function placeOf({ path, line }, report, statement) {
	return {
		artifactLocation: {
			uri: uri(pathInRepository(report, path)),
			uriBaseId: "%SRCROOT%"
		},
		region: {
			startLine: line,
			startColumn: 1,
			endLine: statement?.endLine ?? line
		}
	};
}
function uri(path) {
	return path.toWellFormed().split("/").map(encodeURIComponent).join("/");
}
/** Finds the statement that stands at a finding's place. */
function statementsOf({ observations }) {
	const byPath = Map.groupBy(observations.map(({ path, line, sql }) => ({
		path,
		line,
		sql,
		endLine: line + sql.split("\n").length - 1
	})), ({ path }) => path);
	return ({ path, line }) => byPath.get(path)?.find((each) => each.line <= line && line <= each.endLine);
}
/**
* What says that a result of one run is that of another, wherever its lines have moved: the rule, the migration, and the
* statement's words (without a statement the message). Equal ones are numbered. GitHub reads `primaryLocationLineHash`.
*/
function fingerprints(statementAt) {
	const seen = /* @__PURE__ */ new Map();
	return (finding) => {
		const { rule, migration, path, message } = finding;
		const text = statementAt(finding)?.sql ?? message;
		const identity = JSON.stringify([
			rule,
			migration ?? path,
			text.replaceAll(/\s+/g, " ").trim()
		]);
		const hash = createHash("sha256").update(identity).digest("hex").slice(0, 32);
		const occurrence = (seen.get(hash) ?? 0) + 1;
		seen.set(hash, occurrence);
		return {
			primaryLocationLineHash: `${hash}:${occurrence}`,
			"lockkeeper/v1": `${hash}:${occurrence}`
		};
	};
}
function suppressionOf({ waiver }) {
	const until = waiver?.until ? ` (until ${waiver.until})` : "";
	return {
		kind: "inSource",
		status: "accepted",
		justification: `${shortened(visible(waiver?.reason ?? ""), longestText)}${until}`
	};
}

// src/reports/terminal.ts
const marks = {
	error: "✖",
	warning: "▲",
	notice: "•"
};
const colours = {
	error: "red",
	warning: "yellow",
	notice: "blue"
};
/** The report for people at a terminal. `width` is in columns. */
function terminal(report, { colour, width }) {
	const paint = (style, text) => colour ? styleText(style, text, { validateStream: false }) : text;
	return `\n${[
		...openFindings(report).map((finding) => findingBlock(finding, report, paint, width)),
		schemaBlock(report, paint),
		backupBlock(report, paint, width),
		coverageBlock(report, paint),
		`${paint("bold", `${verdict(report).icon} ${visibleLine(verdict(report).text)}`)}\n${paint("dim", circumstances(report))}\n`
	].filter(Boolean).join("\n")}`;
}
function findingBlock(finding, report, paint, width) {
	const { severity, path, line, rule, message, blocking, instead } = finding;
	const statement = statementAt(report, finding);
	return `${[
		`${paint(["bold", colours[severity]], `${marks[severity]} ${severity}`)}  ${visibleLine(path)}:${line}  ${paint("dim", rule)}`,
		...statement ? [paint("dim", `    ${visible(shortened(statement.sql, Math.max(20, width - 6)))}`)] : [],
		...wrapped(visible(message), width - 4).map((each) => `    ${each}`),
		...blocking ? [paint("yellow", `    ${blockingWords(blocking)}`)] : [],
		...instead ? insteadLines(instead, paint, width) : []
	].join("\n")}\n`;
}
function insteadLines({ text, migrations = [] }, paint, width) {
	const lines = [paint("green", "    instead:")];
	if (text) lines.push(...wrapped(visible(text), width - 6).map((each) => `      ${each}`));
	const sql = visible(migrationsText(migrations)).trimEnd();
	if (sql) lines.push(...sql.split("\n").map((each) => each ? `      ${each.startsWith("-- ") ? paint("dim", each) : each}` : ""));
	return lines;
}
function schemaBlock(report, paint) {
	const lines = schemaLines(report).map((line) => {
		if (line.startsWith("+")) return paint("green", visible(line));
		return line.startsWith("-") ? paint("red", visible(line)) : visible(line);
	});
	return lines.length > 0 ? `${paint("bold", "Schema change")}\n${lines.map((each) => `  ${each}`).join("\n")}\n` : "";
}
function backupBlock({ onBackup }, paint, width) {
	if (!onBackup) return "";
	const texts = backupTexts(onBackup).flatMap((text) => wrapped(visibleLine(text), width - 2));
	const times = backupTimes(onBackup).map(({ path, line, sql, took }) => {
		const where = `${visibleLine(fileOf(path))}:${line}`;
		return paint("dim", `${took}  ${where}  ${visible(shortened(sql, Math.max(20, width - where.length - 20)))}`);
	});
	return `${paint("bold", "On a restored backup")}\n${[...texts, ...times].map((each) => `  ${each}`).join("\n")}\n`;
}
function coverageBlock({ coverage, observations, findings }, paint) {
	const unobserved = observations.filter((each) => each.unobserved !== void 0 && !each.error);
	const waived = findings.filter(({ status }) => status === "waived").length;
	const lines = [
		...waived > 0 ? [`${count(waived, "finding")} accepted by waiver`] : [],
		...coverage.seeded.skipped.map(({ table, reason }) => `${table} has no rows: ${reason}`),
		...unobserved.map(({ path, line, unobserved: why }) => `${path}:${line} was not wholly observed: ${why}`),
		...coverage.notes
	];
	return lines.length > 0 ? `${paint("bold", "Coverage")}\n${lines.map((each) => `  ${visibleLine(each)}`).join("\n")}\n` : "";
}

// src/reports/index.ts
/** Reports that are written to files, by the setting that names the file. */
const files = {
	"report-json": (report) => `${JSON.stringify(report, null, 2)}\n`,
	"report-markdown": (report) => markdown(report),
	"report-sarif": sarif
};
/** The report in every form that a host may ask for. */
function presentationOf(report, names) {
	const number = (severity) => String(openFindings(report).filter((each) => each.severity === severity).length);
	return {
		terminal: (options) => terminal(report, options),
		markdown: (limit) => markdown(report, { limit }),
		comment: (options) => comment(report, options),
		idle: report.migrations.pending.length === 0 && openFindings(report).length === 0,
		annotations: () => annotations(report),
		outputs: () => ({
			outcome: report.outcome,
			errors: number("error"),
			warnings: number("warning"),
			notices: number("notice"),
			...Object.fromEntries(Object.keys(files).map((setting) => [setting, names[setting] ?? ""]))
		})
	};
}

export { presentationOf as n, files as t };
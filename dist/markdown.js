import { i as minuteText, n as bytesText, r as durationText } from "./amounts.js";
import { n as oneLine, t as detailLines } from "./details.js";
import { a as icons, d as waiting, i as fileOf, n as circumstances, o as migrationsText, r as count, s as openFindings, u as verdict } from "./wording.js";
import { a as mermaidText, c as visibleLine, i as mermaidName, l as words, n as fence, o as shortened, t as code } from "./escape2.js";
import { r as strength, t as blocks } from "./observation.js";

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

// src/reports/mermaid.ts
/** The picture as Mermaid, which GitHub draws; columns and tables are marked as added, changed or removed. */
function mermaid({ tables, links }) {
	return [
		"erDiagram",
		...tables.flatMap(tableLines),
		...links.map(linkLine)
	].join("\n");
}
function tableLines({ id, mark, columns, more }) {
	const head = `    ${mermaidName(id)}["${mermaidText(id)}${mark ? ` ${mark}` : ""}"]`;
	if (columns.length + more === 0) return [head];
	const rest = more > 0 ? [`        _ ${more}_more_columns`] : [];
	return [
		`${head} {`,
		...columns.map(columnLine),
		...rest,
		"    }"
	];
}
function columnLine({ name, type, keys, mark }) {
	const told = keys.length > 0 ? ` ${keys.join(",")}` : "";
	return `        ${mermaidName(type)} ${mermaidName(name)}${told}${mark ? ` "${mark}"` : ""}`;
}
function linkLine({ from, to, text }) {
	return `    ${mermaidName(from)} ||--o{ ${mermaidName(to)} : "${mermaidText(text)}"`;
}

// src/reports/picture.ts
/** More tables than this make no picture that anybody reads. */
const mostTables = 12;
const mostColumns = 15;
/** Undefined where nothing changed that such a picture shows. */
function pictureOf({ touched, changes }) {
	const changed = new Set(changes.filter(isDrawn).map(({ kind, id, table }) => kind === "table" ? id : table ?? id));
	const near = new Set(touched.after.flatMap((object) => nearby(object, changed)));
	const tables = pick(touched.after, "table").filter(({ id }) => changed.has(id) || near.has(id)).slice(0, mostTables);
	const gone = pick(touched.before, "table").filter(({ id }) => isRemoved(id, changes)).slice(0, mostTables);
	if (changed.size === 0 || tables.length + gone.length === 0) return void 0;
	const marks = new Map(changes.map((change) => [`${change.kind} ${change.id}`, change.action]));
	const constraints = pick(touched.after, "constraint");
	return {
		tables: [...tables.map((table) => drawn(table, touched, constraints, marks)), ...gone.map(({ id }) => ({
			id,
			mark: "removed",
			columns: [],
			more: 0
		}))],
		links: linksOf(tables, constraints)
	};
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
	const keys = constraints.flatMap(({ table, columns, references, inherited }) => references && !inherited && names.has(table) && names.has(references.table) ? [{
		from: references.table,
		to: table,
		text: columns.join(", ")
	}] : []);
	const families = tables.flatMap(({ id, parents, partition }) => parents.filter((parent) => names.has(parent)).map((parent) => ({
		from: parent,
		to: id,
		text: partition ? "partition" : "inherits"
	})));
	return [...keys, ...families];
}
/** Indexes, functions and the like are not in the picture. */
function isDrawn({ kind }) {
	return kind === "table" || kind === "column" || kind === "constraint";
}
function isRemoved(table, changes) {
	return changes.some(({ kind, action, id }) => kind === "table" && action === "removed" && id === table);
}
function drawn(table, { before, after }, constraints, marks) {
	const kept = pick(after, "column").filter((each) => each.table === table.id).sort((a, b) => a.position - b.position);
	const gone = pick(before, "column").filter((each) => each.table === table.id && marks.get(`column ${each.id}`) === "removed");
	const all = [...kept, ...gone].map(({ id, name, type }) => ({
		name,
		type,
		keys: keysOf(name, table, constraints),
		...marked(marks.get(`column ${id}`))
	}));
	const notable = all.filter(({ mark, keys }) => mark || keys.length > 0);
	const columns = all.length <= mostColumns ? all : notable.slice(0, mostColumns);
	return {
		id: table.id,
		...marked(marks.get(`table ${table.id}`)),
		columns,
		more: all.length - columns.length
	};
}
function marked(mark) {
	return mark ? { mark } : {};
}
function keysOf(column, table, constraints) {
	const of = (type) => constraints.some((each) => each.table === table.id && each.type === type && each.columns.includes(column));
	return [
		of("primary key") && "PK",
		of("foreign key") && "FK",
		of("unique") && "UK"
	].filter((key) => key !== false);
}
function pick(objects, kind) {
	return objects.filter((each) => each.kind === kind);
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
	const { limit = commentLimit, notes = [], collapsed = false, whole = "The JSON report has it all.", draw = fenced } = options;
	const { icon, text } = verdict(report);
	const told = [...notes, words(shortened(circumstances(report), 300))].map((each) => `\n${each}\n`).join("");
	const head = `### ${icon} Lockkeeper: ${words(shortened(text, 200))}\n${told}`;
	const foot = footer(report);
	const sections = [
		findingsTable(report),
		onBackup(report),
		instead(report),
		schemaChange(report, draw),
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
function schemaChange(report, draw) {
	const lines = schemaLines(report);
	if (lines.length === 0) return folded("the schema change", "Schema change", []);
	const picture = pictureOf(report);
	const rows = [fence(lines.join("\n"), "diff"), ...picture ? [`\n${draw(picture)}`] : []];
	return folded("the schema change", `Schema change: ${count(report.changes.length, "object")}`, rows);
}
const fenced = (picture) => fence(mermaid(picture), "mermaid");
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

export { backupTimes as i, schemaLines as n, backupTexts as r, markdown as t };
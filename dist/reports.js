import { c as visibleLine, o as shortened, s as visible, t as code } from "./escape2.js";
import { c as pathInRepository, i as fileOf, l as statementAt, n as circumstances, o as migrationsText, r as count, s as openFindings, t as blockingWords, u as verdict } from "./wording.js";
import { i as backupTimes, n as schemaLines, r as backupTexts, t as markdown } from "./markdown.js";
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
	"report-html": async (report) => (await import("./check2.js")).html(report),
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
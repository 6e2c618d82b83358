import { t as markdownPage } from "./page-markdown.js";
import { c as visibleLine } from "./escape2.js";
import { n as widthOf, r as wrapped, t as padded } from "./wrap.js";
import { t as writeReport } from "./write.js";
import { styleText } from "node:util";

// src/reports/page-terminal.ts
/** Sentences of one kind: who wants more has the JSON report. */
const most = 50;
/** The page for people at a terminal, who read it from its end. `width` is in columns; more than 100 are not used. */
function terminalPage({ good, headline, problems = [], parts, notes = [], next = [] }, { colour, width }) {
	const paint = (style, text) => colour ? styleText(style, text, { validateStream: false }) : text;
	const columns = Math.min(width, 100);
	const verdict = wrapped(visibleLine(headline), columns - 2).join("\n  ");
	return `\n${[
		...parts.filter(({ folded }) => !folded).map((part) => partOf(part, columns, paint)),
		sentences(problems, columns, paint("red", "✖")),
		sentences(notes, columns, "•"),
		`${paint(["bold", good ? "green" : "red"], good ? "✔" : "✖")} ${paint("bold", verdict)}\n`,
		next.map((each) => step(each, paint)).join("\n")
	].filter(Boolean).join("\n")}`;
}
function sentences(texts, columns, mark) {
	const left = texts.length - most;
	return `${texts.slice(0, most).map((each) => `${mark} ${wrapped(visibleLine(each), columns - 2).join("\n  ")}\n`).join("")}${left > 0 ? `  … and ${left} more\n` : ""}`;
}
function partOf({ title, facts = [], table }, columns, paint) {
	const blocks = [factLines(facts, columns, paint), table ? tableLines(table, columns, paint) : ""];
	return `${title ? `${paint("bold", visibleLine(title))}\n` : ""}${blocks.filter(Boolean).join("\n")}`;
}
function factLines(facts, columns, paint) {
	const wide = Math.max(0, ...facts.map(({ label }) => label.length));
	return facts.map(({ label, value }) => {
		const lines = wrapped(visibleLine(value), columns - wide - 4);
		return `  ${paint("dim", label.padEnd(wide))}  ${lines.join(`\n${" ".repeat(wide + 4)}`)}\n`;
	}).join("");
}
/** With less room than this, in columns, what stands in the last column has lines of its own below the row. */
const narrow = 20;
function tableLines({ columns, rows }, width, paint) {
	const cells = [columns.map(({ title }) => title), ...rows].map((row) => row.map(visibleLine));
	const widths = columns.map((_, index) => Math.max(...cells.map((row) => widthOf(row[index] ?? ""))));
	const before = widths.slice(0, -1).reduce((sum, each) => sum + each + 2, 2);
	const fits = before + Math.min(narrow, widths.at(-1) ?? 0) <= width;
	const layout = {
		columns,
		widths,
		indent: fits ? before : 6,
		fits,
		width
	};
	const [head = "", ...body] = cells.map((row) => rowLines(row, layout).join("\n"));
	return [paint("dim", head), ...body].map((each) => `${each}\n`).join("");
}
function rowLines(row, { columns, widths, indent, fits, width }) {
	const cells = row.map((cell, index) => padded(cell, widths[index] ?? 0, columns[index]?.right));
	const last = columns.at(-1)?.right ? [cells.at(-1) ?? ""] : wrapped(row.at(-1) ?? "", width - indent);
	return [`  ${[...cells.slice(0, -1), ...fits ? last.slice(0, 1) : []].join("  ")}`.trimEnd(), ...last.slice(fits ? 1 : 0).filter(Boolean).map((each) => " ".repeat(indent) + each)];
}
function step({ text, command }, paint) {
	return `${paint("dim", `${visibleLine(text)}:`)}\n  ${visibleLine(command)}\n`;
}

// src/reports/page-texts.ts
/** A page in every form that a host may ask for. */
function presentationOfPage(page, outputs) {
	return {
		terminal: (options) => terminalPage(page, options),
		markdown: (limit) => markdownPage(page, limit),
		comment: ({ limit }) => markdownPage(page, limit),
		idle: false,
		annotations: () => [],
		outputs: () => ({
			outcome: page.good ? "passed" : "failed",
			...outputs
		})
	};
}

// src/commands/publish.ts
/** Shows a page, and writes the reports that were asked for. */
async function publishPage({ settings, host }, report, page, outputs = {}) {
	const { colour, reports, sql, out } = settings;
	const quiet = sql || [...Object.values(reports), out].includes("-");
	await host.publish(presentationOfPage(page, {
		...outputs,
		...reports
	}), {
		colour,
		quiet
	});
	const { "report-json": json, "report-markdown": markdown, "report-html": html } = reports;
	if (json) await writeReport(`${JSON.stringify(report, null, 2)}\n`, json);
	if (markdown) await writeReport(markdownPage(page), markdown);
	if (html) await writeReport((await import("./page.js")).htmlPage(page), html);
}

export { publishPage as t };
import { l as words, n as fence, t as code } from "./escape2.js";

// src/reports/page-markdown.ts
/** The page in Markdown: of long lists as much as the limit, in characters, allows. `below` is Markdown under the verdict. */
function markdownPage(page, limit = Number.POSITIVE_INFINITY, below = "") {
	for (let most = longest(page);; most = Math.floor(most / 2)) {
		const text = markdownOf(page, most, below);
		if (text.length <= limit || most === 0) return text.slice(0, limit);
	}
}
function longest({ problems = [], notes = [], parts }) {
	return Math.max(problems.length, notes.length, ...parts.map(({ table }) => table?.rows.length ?? 0));
}
function markdownOf(page, most, below) {
	const { good, headline, problems = [], parts, notes = [], next = [] } = page;
	return [
		`### ${good ? "✅" : "❌"} Lockkeeper: ${words(headline)}\n`,
		below && `${below}\n`,
		list(problems, most),
		...parts.map((part) => partOf(part, most)),
		list(notes, most),
		...next.map(step)
	].filter(Boolean).join("\n");
}
/** Marked otherwise than facts, so that the two are two lists where one follows the other. */
function list(sentences, most) {
	const left = sentences.length - most;
	return `${sentences.slice(0, most).map((each) => `* ${words(each)}\n`).join("")}${left > 0 ? `* … and ${left} more\n` : ""}`;
}
function partOf({ title, facts = [], table, folded }, most) {
	const body = [facts.map(fact).join(""), table ? tableOf(table, most) : ""].filter(Boolean).join("\n");
	if (folded) return `<details><summary>${words(title ?? "More")}</summary>\n\n${body}\n</details>\n`;
	return title ? `**${words(title)}**\n\n${body}` : body;
}
function fact({ label, value, code: copied }) {
	return `- **${words(label)}**: ${copied ? code(value) : words(value)}\n`;
}
function tableOf({ columns, rows }, most) {
	const line = (cells) => `| ${cells.join(" | ")} |\n`;
	const left = rows.length - most;
	return [
		line(columns.map(({ title }) => words(title))),
		`|${columns.map(({ right }) => right ? "--:|" : "---|").join("")}\n`,
		...rows.slice(0, most).map((row) => line(columns.map((column, index) => cell(row[index] ?? "", column)))),
		left > 0 ? `\n… and ${left} more\n` : ""
	].join("");
}
function cell(text, { code: copied, right }) {
	if (copied && text) return code(text);
	return right ? words(text).replaceAll(" ", "&nbsp;") : words(text);
}
function step({ text, command }) {
	return `${words(text)}:\n\n${fence(command, "sh")}`;
}

export { markdownPage as t };
import { l as words, t as code } from "./escape2.js";

// src/reports/failure.ts
/** Why there is no report, in Markdown: the first line as the verdict, what else was said and the remedy below it. */
function failureMarkdown(message, help, place) {
	const [first = "", ...rest] = message.split("\n").filter(Boolean);
	const lines = rest.map((each) => each.startsWith("- ") ? `- ${words(each.slice(2))}` : words(each));
	const where = place ? `In ${code(`${place.path}${place.line ? `:${place.line}` : ""}`)}` : "";
	return `${[
		`### ❌ Lockkeeper: ${words(first)}`,
		where,
		lines.join("\n"),
		...help ? help.split("\n").map(words) : []
	].filter(Boolean).join("\n\n")}\n`;
}

export { failureMarkdown };
// src/reports/escape.ts
/**
* Text from SQL, file names and the database, made safe where it is shown. Nothing of it may end a table, a fence or a
* link, mention somebody, load an image, or hide what it says.
*/
/** Characters that change the direction of text, or are not seen at all; shown as their code points. */
const invisible = /(?![\n\t])[\p{Cc}\p{Cf}]/gu;
/** The text with control and direction characters made visible; line breaks and tabs stay. */
function visible(text) {
	return text.replaceAll("\r\n", "\n").replaceAll(invisible, (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, "0")}`);
}
/** The same for what must stay on one line, such as a file's name. */
function visibleLine(text) {
	return visible(text).replaceAll("\n", "\\n").replaceAll("	", "\\t");
}
/** Keeps what GitHub finds in text that is shown already (people, issues, addresses) from being found; nobody sees it. */
const apart = "&#8203;";
/**
* Plain words in Markdown, also in a table cell: one line, no markup, no mention, no reference, no link. What needs no
* mark has none: people read Markdown as it is, too.
*/
function words(text) {
	return visible(text).replaceAll(/\s+/g, " ").trim().replaceAll(/&(?=#?\w+;)/g, "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll(/[\\`*[\]|~]/g, "\\$&").replaceAll(/(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, (run) => run.replaceAll("_", "\\_")).replaceAll(/#(?=\d)/g, `#${apart}`).replaceAll(/\b(gh-)(?=\d)/gi, `$1${apart}`).replaceAll(/@(?=\S)/g, `@${apart}`).replaceAll("$", "&#36;").replaceAll(/:(?=\/\/)/g, `:${apart}`).replaceAll(/\bwww(?=\.)/gi, `$&${apart}`).replaceAll(/^(\d+)([.)])(?=\s|$)/g, "$1\\$2").replaceAll(/^[-+=#]/g, "\\$&");
}
/** Inline code in Markdown, also in a table cell: HTML's element where a fence of backticks cannot hold the text. */
function code(text) {
	const line = visibleLine(text);
	return /^[^`|\\]+$/.test(line) && /^\S(.*\S)?$/.test(line) ? `\`${line}\`` : `<code>${words(line)}</code>`;
}
/** A fenced block; the fence is longer than any run of backticks inside. */
function fence(text, language = "") {
	const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
	const marks = "`".repeat(longest + 1);
	return `${marks}${language}\n${visible(text).trimEnd()}\n${marks}\n`;
}
/** Text in HTML, also in an attribute with quotes. */
function htmlText(text) {
	return visible(text).replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
/** A name in a Mermaid diagram: letters, digits and underscores. */
function mermaidName(text) {
	return visible(text).replaceAll(/[^\p{L}\p{N}_]+/gu, "_").replaceAll(/^_+|_+$/g, "") || "x";
}
/** Text between quotes in a Mermaid diagram; `%%{…}%%` would be a directive to it even there. */
function mermaidText(text) {
	return visible(text).replaceAll(/["\n#;<>&%{}`\\]/g, " ").trim();
}
/** At most `length` characters, with an ellipsis where something was cut. */
function shortened(text, length) {
	const line = text.replaceAll(/\s+/g, " ").trim();
	return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

export { mermaidText as a, visibleLine as c, mermaidName as i, words as l, fence as n, shortened as o, htmlText as r, visible as s, code as t };
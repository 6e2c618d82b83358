import { t as markdown } from "./markdown.js";
import { u as verdict } from "./wording.js";
import { t as htmlDocument } from "./document.js";
import { c as visibleLine, r as htmlText } from "./escape2.js";

// src/reports/html/picture.ts
/** The picture as HTML: a card for each table, and what it refers to below its columns. One line, as Markdown takes it. */
function htmlPicture({ tables, links }) {
	return `<div class="picture">${tables.map((table) => card(table, links.filter(({ to }) => to === table.id))).join("")}</div>\n`;
}
function card({ id, mark, columns, more }, links) {
	const rest = more > 0 ? `<tr><td colspan="3">… ${more} more</td></tr>` : "";
	const body = columns.length > 0 ? `<table>${columns.map(columnRow).join("")}${rest}</table>` : "";
	return `<section${classOf(mark)}><h2>${text(id)}${told(mark)}</h2>${body}${links.map(linkLine).join("")}</section>`;
}
function columnRow({ name, type, keys, mark }) {
	const marks = keys.map((key) => `<abbr title="${keyNames[key] ?? ""}">${key}</abbr>`).join(" ");
	return `<tr${classOf(mark)}><td>${text(name)}</td><td>${text(type)}</td><td>${marks}${told(mark)}</td></tr>`;
}
const keyNames = {
	PK: "primary key",
	FK: "foreign key",
	UK: "unique"
};
function linkLine({ from, text: by }) {
	return `<p>${text(by)} → ${text(from)}</p>`;
}
function classOf(mark) {
	return mark ? ` class="${mark}"` : "";
}
function told(mark) {
	return mark ? ` <em>${mark}</em>` : "";
}
const text = (value) => htmlText(visibleLine(value));

// src/reports/html/check.ts
/** The report of a check as a page of its own, with all that it has. */
function html(report) {
	const text = markdown(report, {
		limit: Number.POSITIVE_INFINITY,
		draw: htmlPicture
	});
	return htmlDocument(`Lockkeeper: ${verdict(report).text}`, text);
}

export { html };
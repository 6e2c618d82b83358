// src/reports/details.ts
/** Longest text of a property that is told on one line, and most lines that are told of a longer one. */
const width = 160;
const height = 12;
/** What became different of an object: for each property the lines that went and those that came. */
function detailLines({ details }) {
	return details.filter((detail) => !isTold(detail, details)).flatMap(linesOf);
}
/** A function's definition holds its body, a view's its columns. */
function isTold({ property }, details) {
	return ["body", "columns"].includes(property) && details.some((each) => each.property === "definition");
}
function linesOf({ property, before, after }) {
	const [went, came] = differing(before, after);
	const name = property.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
	return [...went.map((text) => ({
		sign: "-",
		text: `${name}: ${text}`
	})), ...came.map((text) => ({
		sign: "+",
		text: `${name}: ${text}`
	}))];
}
function differing(before, after) {
	const [old, now] = [before, after].map(listOf);
	if (old && now && old.length + now.length > 0 && !sameMembers(old, now)) return [without(old, now), without(now, old)];
	const [from = [], to = []] = [before ?? "", after ?? ""].map((text) => text.trimEnd().split("\n"));
	if (from.length > 1 && to.length > 1) return changedLines(from, to);
	return [[oneLine(before)], [oneLine(after)]];
}
/** Properties that are lists come as JSON; a text may begin like one. */
function listOf(value) {
	if (value === null) return [];
	if (!/^\[.*\]$/s.test(value)) return void 0;
	try {
		return JSON.parse(value).map(String);
	} catch {
		return;
	}
}
function sameMembers(a, b) {
	return without(a, b).length + without(b, a).length === 0;
}
function without(a, b) {
	return a.filter((each) => !b.includes(each)).map(oneLine);
}
/** The lines between what both begin and end with. */
function changedLines(from, to) {
	let start = 0;
	while (start < Math.min(from.length, to.length) && from[start] === to[start]) start += 1;
	let end = 0;
	while (end < Math.min(from.length, to.length) - start && from.at(-1 - end) === to.at(-1 - end)) end += 1;
	return [from, to].map((lines) => short(lines.slice(start, lines.length - end)));
}
function short(lines) {
	const shown = lines.slice(0, height).map(oneLine);
	return lines.length > height ? [...shown, `… ${lines.length - height} more lines`] : shown;
}
/** Text on one line, cut where it is too long; `none` where there is nothing. */
function oneLine(value) {
	const text = value === null ? "none" : value.replaceAll(/\s+/g, " ").trim();
	return text.length > width ? `${text.slice(0, 159)}…` : text;
}

export { oneLine as n, detailLines as t };
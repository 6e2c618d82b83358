// src/reports/wrap.ts
const segments = new Intl.Segmenter("en", { granularity: "grapheme" });
/** Characters that take two columns in a terminal: East Asian ones and pictures. */
const wide = /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;
/** How many columns of a terminal a line takes. */
function widthOf(line) {
	if (/^[ -~]*$/.test(line)) return line.length;
	return [...segments.segment(line)].reduce((sum, { segment }) => sum + (wide.test(segment) ? 2 : 1), 0);
}
/** Spaces behind it, up to a width in columns; `left`: before it. */
function padded(line, width, left = false) {
	const space = " ".repeat(Math.max(0, width - widthOf(line)));
	return left ? space + line : line + space;
}
/** The text in lines of at most so many columns, but no fewer than 24; a longer word has a line of its own. */
function wrapped(text, width) {
	const lines = [];
	for (const word of text.split(/\s+/)) {
		const last = lines.at(-1);
		if (last !== void 0 && widthOf(last) + 1 + widthOf(word) <= Math.max(24, width)) lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word);
	}
	return lines;
}

export { widthOf as n, wrapped as r, padded as t };
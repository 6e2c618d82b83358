import { a as scanSync, i as parseSync, n as loadModule, t as hasSqlDetails } from "./grammar.js";

// src/postgres/parse.ts
/** Statements whose text PostgreSQL 18's grammar refuses have this kind; the server has the last word on them. */
const unparsed = "Unparsed";
/**
* Splits a message into its statements with PostgreSQL's own parser. Text that the parser refuses is split at
* semicolons of its scanner instead, so that the server, which may be older, reports the error in its own words.
*/
async function parseStatements(origin, span) {
	await loadModule();
	const text = new Utf8Text(origin.text.slice(span.start, span.end));
	const lines = linesOf(origin.text);
	let previous = 0;
	return rawStatements(text).map((raw) => {
		const statement = toStatement(origin, span.start, text, lines, raw, previous);
		previous = raw.end;
		return statement;
	});
}
function rawStatements(text) {
	if (text.value.trim() === "") return [];
	try {
		return (parseSync(text.value).stmts ?? []).map((raw) => fromParser(raw, text.length));
	} catch (error) {
		if (!hasSqlDetails(error)) throw error;
		return splitAtSemicolons(text);
	}
}
function fromParser({ stmt, stmt_location: start = 0, stmt_len: length }, total) {
	return {
		start,
		end: length ? start + length : total,
		node: stmt
	};
}
/** The fallback: pieces between top-level semicolons, each parsed by itself where that is possible. */
function splitAtSemicolons(text) {
	const tokens = tokensOf(text.value);
	if (!tokens) return [{
		start: 0,
		end: text.length,
		node: {}
	}];
	const pieces = [];
	let first;
	let last;
	for (const token of [...tokens, { tokenName: "ASCII_59" }]) if (token.tokenName === "ASCII_59") {
		if (first && last) pieces.push({
			start: first.start,
			end: last.end,
			node: nodeOf(text.slice(first.start, last.end))
		});
		first = void 0;
	} else if (!isComment(token)) {
		first ??= token;
		last = token;
	}
	return pieces;
}
function nodeOf(sql) {
	try {
		return parseSync(sql).stmts?.[0]?.stmt;
	} catch {
		return {};
	}
}
function tokensOf(sql) {
	try {
		return scanSync(sql).tokens;
	} catch {
		return;
	}
}
function isComment(token) {
	return token.tokenName === "SQL_COMMENT" || token.tokenName === "C_COMMENT";
}
function toStatement(origin, base, text, lines, raw, previousEnd) {
	const sql = withoutTrailingComments(text.slice(raw.start, raw.end));
	const offset = base + text.indexOf(raw.start);
	const gapStart = base + text.indexOf(previousEnd);
	const line = lines.at(offset);
	const endLine = lines.at(offset + sql.length);
	return {
		migration: origin.migration,
		path: origin.path,
		sql,
		offset,
		line,
		endLine,
		node: raw.node,
		kind: Object.keys(raw.node)[0] ?? "Unparsed",
		comments: [...commentsIn(origin.text, gapStart, offset, lines).filter((comment) => previousEnd === 0 || comment.line > lines.at(gapStart)), ...commentsIn(origin.text, offset, endOfLine(origin.text, offset + sql.length), lines)]
	};
}
function withoutTrailingComments(sql) {
	const trimmed = sql.trimEnd();
	if (!trimmed.includes("--") && !trimmed.includes("/*")) return trimmed;
	const last = tokensOf(trimmed)?.findLast((token) => !isComment(token));
	return last ? Buffer.from(trimmed).subarray(0, last.end).toString() : trimmed;
}
function commentsIn(text, start, end, lines) {
	const slice = text.slice(start, end);
	if (!slice.includes("--") && !slice.includes("/*")) return [];
	const bytes = new Utf8Text(slice);
	return (tokensOf(slice) ?? []).filter(isComment).map((token) => ({
		text: token.text,
		line: lines.at(start + bytes.indexOf(token.start))
	}));
}
/** The end of the line on which a statement ends, so that a comment behind its semicolon counts as its own. */
function endOfLine(text, from) {
	const end = text.indexOf("\n", from);
	const rest = text.slice(from, end < 0 ? text.length : end);
	return /^\s*;?\s*(--|\/\*)/.test(rest) ? from + rest.length : from;
}
/** A text whose parts the parser names by UTF-8 byte offsets. */
var Utf8Text = class {
	value;
	#bytes;
	/** UTF-16 index of every byte; absent where they are the same. */
	#indexes;
	constructor(value) {
		this.value = value;
		const bytes = Buffer.from(value);
		if (bytes.length === value.length) return;
		this.#bytes = bytes;
		this.#indexes = indexesOf(bytes);
	}
	/** In bytes. */
	get length() {
		return this.#bytes?.length ?? this.value.length;
	}
	slice(start, end) {
		return this.#bytes ? this.#bytes.subarray(start, end).toString() : this.value.slice(start, end);
	}
	/** Byte offset → UTF-16 index. */
	indexOf(byte) {
		return this.#indexes ? this.#indexes[byte] : byte;
	}
};
/** A character of four bytes is two UTF-16 code units, any other is one. */
function indexesOf(bytes) {
	const indexes = new Uint32Array(bytes.length + 1);
	let index = 0;
	bytes.forEach((byte, at) => {
		indexes[at] = index;
		if (at + 1 === bytes.length || (bytes[at + 1] & 192) !== 128) index += lengthOf(bytes, at, byte);
	});
	indexes[bytes.length] = index;
	return indexes;
}
function lengthOf(bytes, last, byte) {
	let first = byte;
	for (let at = last; (first & 192) === 128; at -= 1) first = bytes[at - 1];
	return first >= 240 ? 2 : 1;
}
/** Line numbers of a text, from 1. */
var LineCounter = class {
	text;
	#ends = [];
	constructor(text) {
		this.text = text;
		for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#ends.push(at);
	}
	at(index) {
		let [low, high] = [0, this.#ends.length];
		while (low < high) {
			const middle = low + high >> 1;
			if (this.#ends[middle] < index) low = middle + 1;
			else high = middle;
		}
		return low + 1;
	}
};
let latest = new LineCounter("");
/** Kept for the next message of the same file: some tools send thousands. */
function linesOf(text) {
	if (latest.text !== text) latest = new LineCounter(text);
	return latest;
}

export { unparsed as n, parseStatements as t };
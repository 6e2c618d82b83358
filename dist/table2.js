import { t as KnownError } from "./error.js";
import { r as quote } from "./quote.js";
import { n as unparsed, t as parseStatements } from "./parse.js";
import { createHash } from "node:crypto";

// src/tools/reading/lines.ts
/** The line, from 1, on which a position of the text is. */
function lineAt(text, offset) {
	let line = 1;
	for (let feed = text.indexOf("\n"); feed >= 0 && feed < offset; feed = text.indexOf("\n", feed + 1)) line += 1;
	return line;
}

// src/tools/reading/pieces.ts
/**
* Cuts SQL into code, comments, strings, quoted names and dollar-quoted bodies (documentation, chapter 4.1). Made for
* text that PostgreSQL's own scanner may refuse, so it never fails: what is not closed goes on to the end.
*/
function piecesOf(text) {
	const pieces = [];
	const opener = /--|\/\*|'|"|(?<![\w$\u0080-\uffff])\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/g;
	let start = 0;
	for (let match = opener.exec(text); match; match = opener.exec(text)) {
		const { kind, end } = quoted(text, match.index, match[0]);
		if (match.index > start) pieces.push({
			kind: "code",
			start,
			end: match.index
		});
		pieces.push({
			kind,
			start: match.index,
			end
		});
		start = end;
		opener.lastIndex = end;
	}
	if (start < text.length) pieces.push({
		kind: "code",
		start,
		end: text.length
	});
	return pieces;
}
function quoted(text, start, mark) {
	if (mark === "--") return {
		kind: "comment",
		end: after(text, "\n", start)
	};
	if (mark === "/*") return {
		kind: "comment",
		end: endOfComment(text, start)
	};
	if (mark === "\"") return {
		kind: "name",
		end: after(text, "\"", start + 1)
	};
	if (mark !== "'") return {
		kind: "dollar",
		end: after(text, mark, start + mark.length)
	};
	return {
		kind: "string",
		end: /(?<![\w$\u0080-\uffff])e$/i.test(text.slice(Math.max(0, start - 2), start)) ? endOfEscapeString(text, start) : after(text, "'", start + 1)
	};
}
function after(text, mark, from) {
	const index = text.indexOf(mark, from);
	return index < 0 ? text.length : index + mark.length;
}
/** Comments of this kind nest. */
function endOfComment(text, start) {
	const marks = /\/\*|\*\//g;
	marks.lastIndex = start;
	let depth = 0;
	for (let match = marks.exec(text); match; match = marks.exec(text)) {
		depth += match[0] === "/*" ? 1 : -1;
		if (depth === 0) return marks.lastIndex;
	}
	return text.length;
}
/** In `E'…'` a backslash takes the next character's meaning away. A doubled quote goes on with the same string. */
function endOfEscapeString(text, start) {
	const marks = /\\[\s\S]|''|'/g;
	marks.lastIndex = start + 1;
	for (let match = marks.exec(text); match; match = marks.exec(text)) if (match[0] === "'") return marks.lastIndex;
	return text.length;
}

// src/tools/reading/client-only.ts
/** One pattern finds all of them in one pass; most files have none, and are not looked at any closer. */
const patterns = /(?<copy>\bfrom\s+stdin\b)|(?<command>\\(?:\w+|\S))|(?<variable>(?<!:):(?:[a-z_]\w*|'\w+'|"\w+"|\{\?\w+\}))|(?<template>\{\{.*?\}\})|(?<marker>\/\*\s*TEMPLATE\b.*?\*\/)/gi;
/** Which pieces of the text each kind counts in: elsewhere it is ordinary SQL. */
const whereItCounts = {
	command: "code",
	variable: "code",
	template: "code",
	copy: "code",
	marker: "string"
};
/** Throws `KnownError` with place and remedy for the first thing in the messages that PostgreSQL would not understand. */
async function refuseClientOnly(file, messages) {
	for (const span of messages) {
		const [first] = await withoutSql(file, span, suspects(file.text.slice(span.start, span.end)));
		if (first) throw refusal(file, span.start + first.offset, first);
	}
}
/** A colon before a name is SQL in an array slice and in JSON constructors: there PostgreSQL's parser decides. */
async function withoutSql(file, span, found) {
	if (!found.some(({ kind }) => kind === "variable")) return found;
	const statements = await parseStatements({
		migration: "",
		path: file.path,
		text: file.text
	}, span);
	return found.filter(({ kind, offset }) => {
		const around = statements.findLast((statement) => statement.offset <= span.start + offset);
		return kind !== "variable" || around === void 0 || around.kind === "Unparsed";
	});
}
function suspects(text) {
	const matches = [...text.matchAll(patterns)];
	if (matches.length === 0) return [];
	const pieces = piecesOf(text);
	let at = 0;
	return matches.flatMap(({ index, groups = {}, 0: found }) => {
		const kind = kindOf(groups);
		while ((pieces[at]?.end ?? text.length) <= index) at += 1;
		if (pieces[at]?.kind !== whereItCounts[kind] || kind === "copy" && !isInCopy(text, index)) return [];
		return [{
			kind,
			offset: index,
			text: found
		}];
	});
}
function isInCopy(text, index) {
	return /\bcopy\b/i.test(text.slice(text.lastIndexOf(";", index) + 1, index));
}
function kindOf(groups) {
	return Object.keys(whereItCounts).find((kind) => groups[kind] !== void 0) ?? "command";
}
function refusal(file, offset, { kind, text }) {
	const [message, help] = sayings[kind](text);
	return new KnownError(message, {
		help,
		place: {
			path: file.path,
			line: lineAt(file.text, offset)
		}
	});
}
const sayings = {
	command: (text) => [`${text} is a command of psql, not SQL.`, remedies[text] ?? "Take it out, or write SQL that does the same."],
	variable: (text) => [`${text} is a variable that psql or another program fills in; PostgreSQL does not know it.`, "Write the value itself. What differs between environments belongs outside the migrations."],
	template: (text) => [`${text} is a template that another program fills in; PostgreSQL does not know it.`, "Write the value itself, or point the setting `migrations` to the files as they are after filling in."],
	marker: (text) => [`${text} stands inside a string, where it is no comment: another program replaces it, PostgreSQL takes it literally.`, "Point the setting `migrations` to the files as they are after filling in."],
	copy: () => ["COPY … FROM stdin takes its rows from psql, not from SQL.", "Write the rows as INSERT; pg_dump does with --rows-per-insert=1000. A dump of the schema alone (--schema-only) has none."]
};
const remedies = {
	"\\i": "Copy the SQL of that file into this one.",
	"\\ir": "Copy the SQL of that file into this one.",
	"\\include": "Copy the SQL of that file into this one.",
	"\\c": "Take it out: a migration runs in one database.",
	"\\connect": "Take it out: a migration runs in one database.",
	"\\set": "Write the value itself where the variable is used.",
	"\\copy": "Write the rows as INSERT.",
	"\\gexec": "Run the generated statements with EXECUTE in a DO block.",
	"\\restrict": "Take it out: psql alone reads it, and this tool sends the file to PostgreSQL as it is.",
	"\\unrestrict": "Take it out: psql alone reads it, and this tool sends the file to PostgreSQL as it is."
};

// src/tools/reading/files.ts
/** The name of a file without its folder. */
function nameOf(path) {
	return path.slice(path.lastIndexOf("/") + 1);
}
/** The folder of a file, `''` at the top. */
function folderOf(path) {
	return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
/** Files by the folder they lie in. */
function byFolder(paths) {
	return Map.groupBy(paths, folderOf);
}
/** The files that lie in these folders themselves, folder after folder. */
async function filesIn(tree, folders) {
	const found = [];
	for (const folder of new Set(folders)) found.push(...(await tree.list(folder)).filter((path) => folderOf(path) === folder));
	return found;
}
/** Reads all files at once, and returns them by path. */
async function readAll(tree, paths) {
	const files = new Map((await tree.read(paths)).map((file) => [file.path, file]));
	return (path) => {
		const file = files.get(path);
		if (!file) throw new Error(`${path} was not read.`);
		return file;
	};
}
/** Reads files for a look at them: what is not text is left out. */
async function peek(tree, paths) {
	return (await Promise.all(paths.map((path) => tree.read([path]).catch(nothingForKnown)))).flat();
}
function nothingForKnown(error) {
	if (error instanceof KnownError) return [];
	throw error;
}
/** The whole file as one message; none where there is nothing in it but white space. */
function wholeFile(file) {
	return file.text.trim() === "" ? [] : [{
		start: 0,
		end: file.text.length
	}];
}
/** `Migration.hash` of these files' texts. */
function hashOf(files) {
	const hash = createHash("sha256");
	for (const [index, { text }] of files.entries()) hash.update(index === 0 ? text : `\0${text}`);
	return hash.digest("hex");
}
/** For tools that send a file as it is: PostgreSQL takes a byte order mark for the first word's first letter. */
function refuseByteOrderMark(file, title) {
	if (!file.byteOrderMark) return;
	throw new KnownError(`The file begins with a byte order mark, on which ${title} fails.`, {
		help: "Save it as UTF-8 without byte order mark, for example: sed -i '1s/^\\xEF\\xBB\\xBF//'",
		place: {
			path: file.path,
			line: 1
		}
	});
}
/** Throws `KnownError` where two migrations have the same id. */
function refuseDuplicates(migrations, title) {
	const seen = /* @__PURE__ */ new Map();
	for (const migration of migrations) {
		const other = seen.get(migration.id);
		if (other) throw duplicate(migration.id, other.path, migration.path, title);
		seen.set(migration.id, migration);
	}
}
/** The error for two files that claim the same step. */
function duplicate(id, first, second, title) {
	return new KnownError(`Two files are migration ${id}: ${first} and ${second}.`, {
		help: `${title} cannot tell which to apply. Give the newer one a version of its own.`,
		place: { path: second }
	});
}

// src/tools/reading/versions.ts
/** A version in digits as its number is written: without leading zeros. */
function canonical(digits) {
	return digits.replace(/^0+(?=\d)/, "");
}
/** Compares versions in digits by their number, however big. */
function compareVersions(a, b) {
	const [left, right] = [canonical(a), canonical(b)];
	return left.length - right.length || compareText(left, right);
}
/** Compares by code units, the same on every machine. */
function compareText(a, b) {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
/** Compares lists of versions part by part; the shorter one comes first where it is the other one's beginning. */
function compareParts(a, b) {
	for (const [index, part] of a.entries()) {
		const other = b[index];
		if (other === void 0) return 1;
		const order = compareVersions(part, other);
		if (order !== 0) return order;
	}
	return a.length - b.length;
}

// src/tools/reading/table.ts
/**
* Looks for a table in its schema, or in those of the session's search_path that its tool asks. Throws `KnownError` where
* it is somebody else's, which lacks a column, and where there is no such schema.
*/
async function tableIn(session, table, columns, where = "in all schemas") {
	const [row] = await session.query(`SELECT CASE WHEN $2::text IS NULL THEN COALESCE(n.nspname, pg_catalog.current_schema())
                 ELSE (SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname = $2) END AS schema,
            (SELECT pg_catalog.array_agg(a.attname::text) FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS found
       FROM (SELECT pg_catalog.to_regclass($1) AS oid) t LEFT JOIN pg_catalog.pg_class c
         ON c.oid = t.oid AND ($2::text IS NOT NULL OR $3::bool OR c.relnamespace = pg_catalog.to_regnamespace(pg_catalog.quote_ident(pg_catalog.current_schema())))
       LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace`, [
		table.schema === void 0 ? quote(table.name) : inSchema(table.schema, table.name),
		table.schema ?? null,
		where === "in all schemas"
	]);
	const { schema, found } = row;
	if (schema === null && table.schema !== void 0) throw new KnownError(`There is no schema ${table.schema}, in which the migration tool is to keep its table.`, {
		reason: "refused",
		help: "Create it: the tool would not, either. Or name another one."
	});
	if (schema === null) throw new KnownError("No schema of the search_path is there, so the migration tool has no place for its table.", {
		reason: "refused",
		help: "Create the schema, or set another search_path for the role or in the URL."
	});
	const missing = columns.filter((column) => found && !found.includes(column));
	if (missing.length === 0) return {
		schema,
		exists: found !== null
	};
	throw new KnownError(`${schema}.${table.name} is not the table of this tool: it has no ${missing.join(", no ")}.`, {
		reason: "refused",
		help: `It has ${found?.join(", ")}. Set \`tool\` to the one that applies the migrations there.`
	});
}
/** A table's name as SQL text. */
function inSchema(schema, table) {
	return `${quote(schema)}.${quote(table)}`;
}

export { refuseClientOnly as _, compareText as a, duplicate as c, nameOf as d, peek as f, wholeFile as g, refuseDuplicates as h, compareParts as i, filesIn as l, refuseByteOrderMark as m, tableIn as n, compareVersions as o, readAll as p, canonical as r, byFolder as s, inSchema as t, hashOf as u, lineAt as v };
import { t as KnownError } from "./error.js";
import { r as SqlError } from "./connect.js";
import { r as quote } from "./quote.js";
import { a as scanSync } from "./grammar.js";
import { a as takeSnapshot, i as fingerprintOf, r as serverOf } from "./contents.js";
import { t as parseStatements } from "./parse.js";
import { i as journalTable, o as readJournal } from "./journal.js";
import { r as pendingAfter } from "./table.js";

// src/postgres/syntax/node.ts
/** The node's fields where it is of this kind. PostgreSQL's parser leaves out fields that are false, 0 or empty. */
function read(node, kind) {
	return node?.[kind];
}
/** Those nodes of a list that are of this kind. */
function readAll(nodes, kind) {
	return (nodes ?? []).flatMap((node) => read(node, kind) ?? []);
}
/** A list of names, such as a constraint's columns: `["id", "email"]`. */
function strings(nodes) {
	return readAll(nodes, "String").map(({ sval }) => sval ?? "");
}
/** Whether an option list (`REINDEX (CONCURRENTLY)`, `WITH (…)`) has this option and does not switch it off. */
function hasOption(options, name) {
	const option = readAll(options, "DefElem").find(({ defname }) => defname === name);
	if (!option) return false;
	const word = read(option.arg, "String")?.sval ?? String(read(option.arg, "Boolean")?.boolval ?? true);
	return !["false", "off"].includes(word.toLowerCase());
}

// src/postgres/syntax/text.ts
/** The statement's tokens without comments, as PostgreSQL's scanner sees them. Empty for text that it refuses. */
function tokensOf(sql) {
	const indexAt = byteIndex(sql);
	return scan(sql).filter(({ tokenName }) => tokenName !== "SQL_COMMENT" && tokenName !== "C_COMMENT").map(({ start, end }) => {
		const [from, to] = [indexAt(start), indexAt(end)];
		return {
			text: sql.slice(from, to),
			start: from,
			end: to
		};
	});
}
/** Puts `words` behind the first token that is `keyword`; the text as it is where there is none. */
function insertAfter(sql, keyword, words) {
	const token = tokensOf(sql).find(({ text }) => text.toUpperCase() === keyword);
	return token ? `${sql.slice(0, token.end)} ${words}${sql.slice(token.end)}` : sql;
}
/** Whether a token is this key word. */
function isWord(token, word) {
	return token?.text.toUpperCase() === word;
}
/** Positions of the commas that stand in no bracket, among tokens from `from` on. */
function topLevelCommas(tokens, from) {
	let depth = 0;
	const found = [];
	for (const [index, { text }] of tokens.entries()) {
		if (index < from) continue;
		if (text === "(" || text === "[") depth += 1;
		else if (text === ")" || text === "]") depth -= 1;
		else if (text === "," && depth === 0) found.push(index);
	}
	return found;
}
/** Whether SQL text has this name among its words. */
function mentions(sql, name) {
	return tokensOf(sql).some(({ text }) => unquoted(text) === name);
}
/** An identifier's name: folded to lower case, unless it is quoted (documentation, chapter 4.1.1). */
function unquoted(identifier) {
	const quoted = /^"(.*)"$/s.exec(identifier);
	return quoted ? (quoted[1] ?? "").replaceAll("\"\"", "\"") : identifier.toLowerCase();
}
function scan(sql) {
	try {
		return scanSync(sql).tokens;
	} catch {
		return [];
	}
}
/** The scanner counts UTF-8 bytes. */
function byteIndex(sql) {
	const bytes = Buffer.from(sql);
	return bytes.length === sql.length ? (byte) => byte : (byte) => bytes.subarray(0, byte).toString().length;
}

// src/postgres/outside.ts
/**
* Whether PostgreSQL refuses the statement inside a transaction block (error 25001, `PreventInTransactionBlock` in its
* source; documentation, the notes of each command). Told from the parse tree; see `mayCommit` for what depends on the
* catalog or on a body.
*/
function mustRunOutside(statement) {
	const check = checks[statement.kind];
	return check?.(Object.values(statement.node)[0]) ?? false;
}
/**
* Whether a statement may commit by itself, which PostgreSQL refuses inside a transaction block only when it comes to it
* (2D000, 25001). Procedures may (documentation, 43.8), and so may code that is run on the spot where it says so or calls
* one; what it runs by EXECUTE may not (measured on 12 to 18). REINDEX and CLUSTER commit behind each partition of a
* partitioned table, and that a name means one shows only when they run.
*/
function mayCommit({ kind, node }) {
	if ([
		"CallStmt",
		"ReindexStmt",
		"ClusterStmt"
	].includes(kind)) return true;
	const options = readAll(read(node, "DoStmt")?.args, "DefElem");
	const [body = "", language = "plpgsql"] = ["as", "language"].map((name) => read(options.find(({ defname }) => defname === name)?.arg, "String")?.sval);
	return language === "plpgsql" ? endsTransaction(body) : /\b(commit|rollback)\b/i.test(body);
}
/** Whether a part of what a statement does may be there when it fails, so that it is not to be run a second time unseen. */
function mayLeavePart(statement) {
	return ["CallStmt", "DoStmt"].includes(statement.kind) && mayCommit(statement);
}
/** Whether PL/pgSQL has COMMIT, ROLLBACK or CALL where a statement begins. */
function endsTransaction(body) {
	const words = tokensOf(body).map(({ text }) => text.toUpperCase());
	return words.some((word, index) => [
		"COMMIT",
		"ROLLBACK",
		"CALL"
	].includes(word) && [
		";",
		"BEGIN",
		"THEN",
		"ELSE",
		"LOOP",
		">>"
	].includes(words[index - 1] ?? ""));
}
/** BEGIN, COMMIT, ROLLBACK and their kin, but not savepoints, which live inside a block. */
function controlsTransaction(statement) {
	if (!("TransactionStmt" in statement.node)) return false;
	return !/SAVEPOINT|TRANS_STMT_ROLLBACK_TO|TRANS_STMT_RELEASE/.test(statement.node.TransactionStmt.kind ?? "");
}
const checks = {
	IndexStmt: (node) => node.concurrent === true,
	DropStmt: (node) => node.concurrent === true,
	ReindexStmt: (node) => flag(node.params, "concurrently") || !/_(TABLE|INDEX)$/.test(node.kind ?? ""),
	VacuumStmt: (node) => node.is_vacuumcmd === true,
	ClusterStmt: (node) => node.relation === void 0,
	AlterTableStmt: detachesConcurrently,
	CreatedbStmt: () => true,
	DropdbStmt: () => true,
	AlterDatabaseStmt: (node) => flag(node.options, "tablespace"),
	CreateTableSpaceStmt: () => true,
	DropTableSpaceStmt: () => true,
	AlterSystemStmt: () => true,
	CreateSubscriptionStmt: (node) => !off(node.options, "connect") && !off(node.options, "create_slot"),
	DiscardStmt: (node) => node.target === "DISCARD_ALL"
};
function detachesConcurrently(node) {
	return (node.cmds ?? []).some((command) => {
		if (!("AlterTableCmd" in command)) return false;
		const { subtype, def } = command.AlterTableCmd;
		return subtype === "AT_DetachPartition" && def !== void 0 && "PartitionCmd" in def && def.PartitionCmd.concurrent === true;
	});
}
function flag(options, name) {
	return option(options, name) !== void 0 && !off(options, name);
}
function off(options, name) {
	const arg = JSON.stringify(option(options, name)?.arg ?? null).toLowerCase();
	return /"(false|off|0)"|"boolval":false|"boolean":\{\}|"integer":\{\}/.test(arg);
}
function option(options, name) {
	for (const each of options ?? []) if ("DefElem" in each && each.DefElem.defname === name) return each.DefElem;
}

// src/postgres/batches.ts
/** A script's statements with the transactions that its tool and PostgreSQL put around them. */
async function batchesOf(migration, script = migration.up) {
	const origin = {
		migration: migration.id,
		path: script.path,
		text: script.text
	};
	const messages = [];
	for (const span of script.messages) messages.push(await parseStatements(origin, span));
	switch (script.delivery) {
		case "wrapped": return [{
			block: "explicit",
			statements: messages.flat()
		}];
		case "message": return messages.map((statements) => ({
			block: statements.length > 1 ? "implicit" : "none",
			statements
		}));
		case "statement": return [{
			block: "none",
			statements: messages.flat()
		}];
		case "lenient": return [lenient(messages.flat())];
	}
}
function lenient(statements) {
	return {
		block: statements.some((each) => mustRunOutside(each) || mayCommit(each) || controlsTransaction(each)) ? "none" : "explicit",
		statements
	};
}

// src/postgres/faults.ts
/** The line of the file that PostgreSQL's error points to; the statement's first where it points nowhere. */
function lineOf(statement, error) {
	if (error.position === void 0) return statement.line;
	const before = [...statement.sql].slice(0, error.position - 1);
	return statement.line + before.filter((character) => character === "\n").length;
}
/** A statement's error as the report carries it. */
function faultOf(statement, error) {
	return {
		...error.fault,
		line: lineOf(statement, error)
	};
}
/** What to do about errors that come from the server at hand, or that PostgreSQL itself gives a hint for. */
function explain(fault) {
	if (/extension ".*" is not available|could not open extension control file|extension control file/.test(fault.message)) return "This PostgreSQL does not bring the extension. Use one that does: `server: existing` with `server-url`.";
	if (fault.sqlstate === "57014" && fault.message.includes("statement-limit")) return "Raise that setting if the statement needs the time.";
	if (fault.sqlstate === "42501") return "The role that Lockkeeper connects as must be allowed to do what the migrations do.";
	return fault.hint;
}

// src/postgres/search-path.ts
/** Where PostgreSQL looks for names without a schema by itself (documentation, chapter 5.10.3). */
const byDefault = ["$user", "public"];
/** The path of a session; undefined where it is PostgreSQL's default. */
async function searchPathOf(session) {
	const [row] = await session.query(`SELECT pg_catalog.current_setting('search_path') AS setting, pg_catalog.current_schemas(false)::text[] AS there,
            current_user::text AS role`);
	const { setting, there, role } = row;
	return pathOf(namesIn(setting).map((name) => name === "$user" && there.includes(role) ? role : name), there);
}
/** The path of these schemas, which are all to be there; undefined where it is PostgreSQL's default. */
function pathOf(names, there = names) {
	if (names.length === 0 || names.join("\0") === byDefault.join("\0")) return void 0;
	const made = there.filter((name) => !byDefault.includes(name) && !name.startsWith("pg_"));
	return {
		setting: names.map(quote).join(", "),
		schemas: made
	};
}
/** Names in a list of identifiers, as the setting is written. */
function namesIn(setting) {
	return [...setting.matchAll(/"((?:[^"]|"")*)"|([^",\s]+)/g)].map(([, quoted, plain = ""]) => quoted?.replaceAll("\"\"", "\"") ?? plain.toLowerCase());
}
/** What a session starts with to have this path. */
function onPath(path) {
	return path ? { search_path: path.setting } : {};
}
/**
* Makes the schemas of a path in an empty database, as they are there before the tool runs for the first time; those that
* the migrations make are left to them.
*/
async function makeSchemas(session, path, migrations) {
	if (!path) return;
	const others = await madeBy(migrations);
	for (const name of path.schemas) if (!others.has(name)) await session.send(`CREATE SCHEMA ${quote(name)}`);
}
async function madeBy(migrations) {
	const names = /* @__PURE__ */ new Set();
	for (const migration of migrations.filter(({ up }) => /\bschema\b/i.test(up.text))) for (const { node } of (await batchesOf(migration)).flatMap(({ statements }) => statements)) if ("CreateSchemaStmt" in node && !node.CreateSchemaStmt.if_not_exists) names.add(node.CreateSchemaStmt.schemaname || node.CreateSchemaStmt.authrole?.rolename || "");
	return names;
}

// src/postgres/target.ts
/** Which database a session is on. */
async function identify(session) {
	const [row] = await session.query("SELECT pg_catalog.current_database() AS database, current_user::text AS role");
	const { version, systemIdentifier } = await serverOf(session);
	const { database, role } = row;
	const searchPath = await searchPathOf(session);
	return {
		database,
		role,
		server: version,
		...systemIdentifier && { systemIdentifier },
		...searchPath && { searchPath }
	};
}
/**
* The tables that a tool and we keep in a schema. Of the tool's default name they are left out in every schema; a name that
* people have given may be one that others give to ordinary tables.
*/
function ownTables({ tables, named }, schema) {
	return [...tables.map((name) => ({
		name,
		...named && { schema }
	})), { name: journalTable }];
}
/**
* The schema without these tables, which without a schema are meant in any, and what belongs to them. Its fingerprint is
* the same whoever reads it.
*/
async function schemaOf(session, tables) {
	return whoeverReads(leavingOut(await takeSnapshot(session), tables));
}
/** The same with another fingerprint: one role may plan and another migrate, and a snapshot tells whose an object is by its reader. */
async function whoeverReads(snapshot) {
	const objects = snapshot.objects.filter(({ kind }) => kind !== byOwner).map(({ owner: _, ...rest }) => rest);
	const privileges = snapshot.objects.filter(({ kind }) => kind === byOwner).map((each) => ({
		...each,
		id: `${each.schema} ${each.name}`
	})).sort((a, b) => textOf(a) < textOf(b) ? -1 : 1);
	const fingerprint = await fingerprintOf([...objects, ...privileges]);
	return {
		...snapshot,
		fingerprint
	};
}
/** The kind of which a role has its own. */
const byOwner = "default privileges";
const textOf = (object) => JSON.stringify({
	...object,
	oid: 0
});
function leavingOut(snapshot, tables) {
	const isOwn = ({ kind, name, schema }) => kind === "table" && tables.some((each) => each.name === name && (each.schema ?? schema) === schema);
	const own = new Set(snapshot.objects.filter(isOwn).map(({ id }) => id));
	const belongs = (object) => object.kind === "table" && own.has(object.id) || object.table !== void 0 && own.has(object.table) || object.kind === "sequence" && [...own].some((table) => object.ownedBy?.startsWith(`${table}.`));
	const objects = snapshot.objects.filter((object) => !belongs(object));
	return {
		...snapshot,
		objects
	};
}

// src/jobs/plan/records.ts
/** What the target says is applied; for one that has never said it, what the settings do. */
async function recordsOf(session, { tool, head, baseline, upTo }) {
	const { standing, journal } = await readable(async () => {
		const standing = await tool.ledger.read(session);
		return {
			standing,
			journal: await readJournal(session, standing.schema)
		};
	});
	const agenda = standing.exists || baseline === void 0 ? tool.ledger.agenda(head, standing) : {
		...pendingAfter(head, baseline),
		applied: pendingAfter(head, baseline).base.migrations,
		orphans: []
	};
	if (upTo === void 0) return {
		standing,
		journal,
		agenda
	};
	const wanted = new Set(pendingAfter(head, upTo).base.migrations.map(({ id }) => id));
	return {
		standing,
		journal,
		agenda: {
			...agenda,
			pending: agenda.pending.filter(({ id }) => wanted.has(id))
		}
	};
}
/** Throws `KnownError` where the tables cannot be read. */
async function readable(read) {
	try {
		return await read();
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		throw new KnownError(`What is applied to the target cannot be read: ${error.message}.`, {
			reason: "refused",
			help: explain(error.fault) ?? "Connect as the role that the migration tool connects as. Nothing was touched.",
			cause: error
		});
	}
}
/** Where Lockkeeper applied them, it knows what they were. */
function editedSince(journal, applied) {
	const hashes = new Map(journal.map(({ migration, hash }) => [migration, hash]));
	return applied.filter(({ id, hash }) => (hashes.get(id) ?? hash) !== hash).map(({ id }) => id);
}

export { topLevelCommas as C, readAll as D, read as E, strings as O, tokensOf as S, hasOption as T, mayLeavePart as _, ownTables as a, isWord as b, makeSchemas as c, explain as d, faultOf as f, mayCommit as g, controlsTransaction as h, identify as i, onPath as l, batchesOf as m, readable as n, schemaOf as o, lineOf as p, recordsOf as r, whoeverReads as s, editedSince as t, pathOf as u, mustRunOutside as v, unquoted as w, mentions as x, insertAfter as y };
import { t as KnownError } from "./error.js";
import { C as findClients, _ as ProgramFailed, b as outputOf, h as writeTemporary, n as plainBytes, p as openFolder, u as members, x as through } from "./jobs.js";
import { r as idOf } from "./store.js";
import { n as StoreFailed } from "./store2.js";
import { i as connect, r as SqlError, t as ConnectionLost } from "./connect.js";
import { r as quote } from "./quote.js";
import { t as brokenOff } from "./broken-off.js";
import { u as nameWith } from "./parts.js";
import { t as parseStatements } from "./parse.js";
import { l as inherit } from "./scratch.js";
import { a as fill, c as lackingTablespaces, i as scratchLike, o as createRoles, r as compare, s as dropRoles } from "./reading.js";
import { basename, join } from "node:path";

// src/jobs/backups/source.ts
/** A backup as what it is restored from. `key` is that of its manifest, `identities` are age secret keys. */
function sourceOf({ key, manifest }, { store, identities, signal }) {
	const { dump, contents, server } = manifest;
	return {
		label: idOf({ key }),
		format: dump.format,
		bytes: dump.plain.bytes,
		tables: contents.tables.length,
		content: () => plainBytes({
			store,
			dump,
			identities,
			signal
		}),
		roles: contents.roles,
		...contents.tablespaces && { tablespaces: contents.tablespaces },
		major: Number.parseInt(dump.pgDump, 10),
		origin: server,
		manifest
	};
}

// src/jobs/backups/place.ts
/** Throws for a name that PostgreSQL would cut off: the database would be called otherwise. */
function refuseLong(name) {
	if (Buffer.byteLength(name) <= 63) return;
	throw new KnownError(`${name} is longer than the ${63} bytes that PostgreSQL keeps of a name.`, { help: "Choose a shorter name." });
}
/** Throws where there is a database of this name. */
async function nameTaken(address, name, signal) {
	await using session = await connect(address, signal);
	const [there] = await session.query("SELECT FROM pg_catalog.pg_database WHERE datname = $1", [name]);
	if (!there) return;
	throw new KnownError(`There is a database ${name} already.`, {
		reason: "refused",
		help: "Restore into a new one (`into`), or name it with `overwrite`, which replaces it after a safety backup."
	});
}
/** Looks that a database is there and that nobody uses it, nor is about to replace it. */
async function shut({ address, major }, name, signal) {
	await using opened = new AsyncDisposableStack();
	const session = opened.use(await connect(address, signal));
	if (major >= 14) await session.send("SET idle_session_timeout = 0");
	const row = await replaceable(session, name);
	await refuseUsed(session, name);
	const limit = (connections) => `ALTER DATABASE ${quote(name)} CONNECTION LIMIT ${connections}`;
	const usual = row.limit === 0 ? -1 : row.limit;
	const shutAlready = `${name} let nobody in but superusers, as a run that was killed leaves it, and still does: ${limit(-1)} lets others in.`;
	let closed = false;
	const kept = opened.move();
	return {
		wayBack: limit(usual),
		notes: row.limit === 0 ? [shutAlready] : [],
		close: async () => {
			await using again = await connect(address, signal);
			await again.send(limit(0));
			closed = true;
			await refuseUsed(again, name);
		},
		[Symbol.asyncDispose]: async () => {
			await using _ = kept;
			if (!closed) return;
			await using again = await connect(address);
			await again.send(limit(row.limit));
		}
	};
}
/** Throws where a database cannot be replaced; until the session ends, nobody else of us replaces it. */
async function replaceable(session, name) {
	const [row] = await session.query("SELECT datconnlimit AS limit, datistemplate AS template, oid::bigint::float8 AS oid FROM pg_catalog.pg_database WHERE datname = $1", [name]);
	if (!row) throw new KnownError(`There is no database ${name} to restore over.`, {
		reason: "refused",
		help: "With `into`, a new one of that name is made."
	});
	if (row.template) throw new KnownError(`${name} is a template, of which new databases are made.`, {
		reason: "refused",
		help: "Restore into a new database, with `into`."
	});
	await refuseReplicated(session, name);
	if (await inherit(session, -1 - row.oid % 2147483647)) return row;
	throw new KnownError(`Another run is about to restore over ${name}.`, {
		reason: "locked",
		help: "Wait until it has ended, and look at what it has restored."
	});
}
/** PostgreSQL drops no database that has a subscription or a slot (documentation, DROP DATABASE). */
async function refuseReplicated(session, name) {
	const rows = await session.query(`SELECT pg_catalog.format('the subscription %I', s.subname) AS what,
            pg_catalog.format('ALTER SUBSCRIPTION %1$I DISABLE; ALTER SUBSCRIPTION %1$I SET (slot_name = NONE); DROP SUBSCRIPTION %1$I, in it', s.subname) AS remedy
       FROM pg_catalog.pg_subscription s JOIN pg_catalog.pg_database d ON d.oid = s.subdbid WHERE d.datname = $1
     UNION ALL
     SELECT pg_catalog.format('the replication slot %s', slot_name), pg_catalog.format('SELECT pg_drop_replication_slot(%L)', slot_name)
       FROM pg_catalog.pg_replication_slots WHERE database = $1`, [name]);
	if (rows.length === 0) return;
	throw new KnownError(`${name} cannot be replaced: it has ${rows.map(({ what }) => what).join(", ")}.`, {
		reason: "refused",
		help: `It would stay behind for good, or be lost with it. Remove it first (${rows.map(({ remedy }) => remedy).join("; ")}), or restore into a new database.`
	});
}
/** What others do is told to few roles, and that they are there to all. */
async function refuseUsed(session, name) {
	const users = await session.query(`SELECT DISTINCT COALESCE(usename::text, '?') || COALESCE(' (' || NULLIF(application_name, '') || ')', '') AS who
       FROM pg_catalog.pg_stat_activity WHERE datname = $1 AND usesysid IS NOT NULL AND COALESCE(backend_type, 'client backend') = 'client backend' ORDER BY 1`, [name]);
	if (users.length === 0) return;
	throw new KnownError(`${name} is in use by ${users.map(({ who }) => who).join(", ")}.`, {
		reason: "refused",
		help: "Stop what uses it first: it would lose what it writes meanwhile."
	});
}
/** Gives what was restored its name. */
async function rename(address, from, to, signal) {
	await using session = await connect(address, signal);
	await session.send(`ALTER DATABASE ${quote(from)} RENAME TO ${quote(to)}`);
	await session.send(`COMMENT ON DATABASE ${quote(to)} IS NULL`);
}
/** Puts one database in the place of another at one moment, with its owner, grants and settings; the other is dropped. */
async function replace(address, restored, name, signal) {
	await using session = await connect(address, signal);
	const old = nameWith(name, `_replaced_${Date.now()}`);
	for (const statement of await properties(session, name, restored)) await session.send(statement);
	await session.send(`BEGIN; ALTER DATABASE ${quote(name)} RENAME TO ${quote(old)}; ALTER DATABASE ${quote(restored)} RENAME TO ${quote(name)}; COMMIT`);
	await session.send(`DROP DATABASE ${quote(old)}`).catch((error) => {
		if (!(error instanceof SqlError)) throw error;
		throw new KnownError(`${name} is restored, and the old one is still there as ${old}: ${error.message}.`, {
			reason: "backup",
			help: `Drop it when nobody needs it: DROP DATABASE ${quote(old)}.`,
			cause: error
		});
	});
}
/** What belongs to a database itself, and is in no dump of it. */
async function properties(session, from, to) {
	return (await session.query(`SELECT pg_catalog.format('ALTER DATABASE %I OWNER TO %I', $2::text, r.rolname) AS statement
       FROM pg_catalog.pg_database d JOIN pg_catalog.pg_roles r ON r.oid = d.datdba WHERE d.datname = $1
     UNION ALL
     SELECT pg_catalog.format('COMMENT ON DATABASE %I IS %L', $2::text, pg_catalog.shobj_description(oid, 'pg_database'))
       FROM pg_catalog.pg_database WHERE datname = $1
     UNION ALL
     SELECT pg_catalog.format('REVOKE ALL ON DATABASE %I FROM PUBLIC', $2::text)
       FROM pg_catalog.pg_database WHERE datname = $1 AND datacl IS NOT NULL
     UNION ALL
     SELECT pg_catalog.format('GRANT %s ON DATABASE %I TO %s%s', a.privilege_type, $2::text,
              CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(r.rolname) END,
              CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
       FROM pg_catalog.pg_database d, pg_catalog.aclexplode(d.datacl) a LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.grantee
      WHERE d.datname = $1
     UNION ALL
     SELECT pg_catalog.format('ALTER %s SET %I = %s', CASE s.setrole WHEN 0 THEN pg_catalog.format('DATABASE %I', $2::text)
              ELSE pg_catalog.format('ROLE %I IN DATABASE %I', r.rolname, $2::text) END,
              pg_catalog.split_part(c, '=', 1), setting.value)
       FROM pg_catalog.pg_db_role_setting s JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
            LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole, pg_catalog.unnest(s.setconfig) c,
            LATERAL (SELECT pg_catalog.substr(c, pg_catalog.strpos(c, '=') + 1) AS text) raw,
            LATERAL (SELECT CASE WHEN pg_catalog.split_part(c, '=', 1) = ANY ('{search_path,DateStyle,temp_tablespaces,
                session_preload_libraries,shared_preload_libraries,local_preload_libraries}'::text[])
              THEN pg_catalog.regexp_replace(raw.text, '(^|, *)""(?=,|$)', '\\1''''', 'g')
              ELSE pg_catalog.quote_literal(raw.text) END AS value) setting
      WHERE d.datname = $1`, [from, to])).flatMap(({ statement }) => statement ?? []);
}

// src/postgres/dump/properties.ts
/**
* What a dump says of the database that it creates, of the SQL that `--create` has written: without that option pg_restore
* leaves it out (documentation, pg_dump, "--create"). Empty for SQL that creates no database.
*/
async function propertiesIn(text) {
	const statements = await parseStatements({
		migration: "",
		path: "",
		text
	}, {
		start: 0,
		end: text.length
	});
	const name = statements.map(({ node }) => createdName(node)).find((each) => each !== void 0);
	if (name === void 0) return [];
	return statements.flatMap((statement) => {
		const label = labelOf(statement.node);
		return label === void 0 ? [] : [{
			label,
			sql: (database) => renamed(statement, name, database)
		}];
	});
}
function createdName(node) {
	return "CreatedbStmt" in node ? node.CreatedbStmt.dbname : void 0;
}
function labelOf(node) {
	if ("AlterDatabaseSetStmt" in node) return `SET ${node.AlterDatabaseSetStmt.setstmt?.name}`;
	if ("AlterRoleSetStmt" in node && node.AlterRoleSetStmt.database) return `SET ${node.AlterRoleSetStmt.setstmt?.name} for ${node.AlterRoleSetStmt.role?.rolename}`;
	if ("AlterDatabaseStmt" in node) return "CONNECTION LIMIT";
	if ("AlterOwnerStmt" in node && node.AlterOwnerStmt.objectType === "OBJECT_DATABASE") return "OWNER";
	if ("CommentStmt" in node && node.CommentStmt.objtype === "OBJECT_DATABASE") return "COMMENT";
	if ("GrantStmt" in node && node.GrantStmt.objtype === "OBJECT_DATABASE") return node.GrantStmt.is_grant ? "GRANT" : "REVOKE";
}
/** pg_restore quotes names only where they need it. */
function renamed({ sql }, from, to) {
	const written = [quote(from), from].map(RegExp.escape).join("|");
	return sql.replace(new RegExp(`\\b((?:ALTER|ON|IN) DATABASE) (?:${written})(?= )`), (_, start) => `${start} ${quote(to)}`);
}

// src/postgres/dump/lines.ts
const newline = 10;
/** Ends the rows of a table (COPY, "Text Format"). */
const endOfRows = "\n\\.";
/**
* Cuts a dump into lines, passing over the rows of tables at the speed of a search. Lines are strings of one character a
* byte, without their end.
*/
var Lines = class {
	/** Of a line that has not ended. */
	#pieces = [];
	#inRows = false;
	/** Bytes that were taken, and where the line began that has not ended. */
	#taken = 0;
	#from = 0;
	/** The dump has ended among rows. */
	get inRows() {
		return this.#inRows;
	}
	/** Takes the next bytes. */
	feed(piece, take) {
		let rest = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
		while (rest.length > 0) {
			const before = rest.length;
			rest = this.#inRows ? this.#passRows(rest) : this.#takeLine(rest, take);
			this.#taken += before - rest.length;
			if (!this.#inRows && this.#pieces.length === 0) this.#from = this.#taken;
		}
	}
	/** The last line, where nothing ends it. */
	end(take) {
		if (!this.#inRows && this.#pieces.length > 0) this.#takeLine(Buffer.from("\n"), take);
	}
	#takeLine(bytes, take) {
		const end = bytes.indexOf(newline);
		this.#pieces.push(bytes.subarray(0, end < 0 ? bytes.length : end));
		if (end < 0) return bytes.subarray(bytes.length);
		const line = Buffer.concat(this.#pieces);
		this.#pieces = [];
		const span = {
			from: this.#from,
			to: this.#from + line.length + 1
		};
		this.#inRows = take(line.toString("latin1").replace(/\r$/, ""), span);
		return bytes.subarray(this.#inRows ? end : end + 1);
	}
	#passRows(bytes) {
		const all = this.#pieces.length > 0 ? Buffer.concat([...this.#pieces, bytes]) : bytes;
		for (let at = all.indexOf(endOfRows); at >= 0; at = all.indexOf(endOfRows, at + 1)) {
			const after = all.subarray(at + 3, at + 3 + 2).toString("latin1");
			const [end] = /^\r?\n/.exec(after) ?? [];
			if (end === void 0) continue;
			[this.#inRows, this.#pieces] = [false, []];
			return all.subarray(at + 3 + end.length);
		}
		this.#pieces = [Buffer.from(all.subarray(-4))];
		return bytes.subarray(bytes.length);
	}
};

// src/postgres/dump/own-database.ts
/** Statements about the database itself, as pg_dump writes them with `--create`. */
const about = /^(CREATE|DROP|ALTER|COMMENT ON|(GRANT|REVOKE) [\w, ]+ ON|ALTER ROLE .+ IN|SECURITY LABEL FOR .+ ON) DATABASE /;
/** What else may stand before the database is created: comments, settings, and what guards against commands. */
const harmless$1 = /^(--|SET |SELECT pg_catalog\.set_config\(|\\((un)?restrict|encoding) |\s*$)/;
/**
* Follows what `pg_dump --create` says of the database that it creates and goes to. None of it may be run: it would
* change the one that has this name now.
*/
var OwnDatabase = class {
	#spans = [];
	/** Of those statements. Its characters are bytes. */
	#sql = "";
	/** Such a statement has begun, and not ended. */
	#open = false;
	#creates = false;
	/** Something that cannot be left out stands before the database is gone to. */
	#other = false;
	#target;
	/**
	* Takes the next line that is no row; returns whether it goes to the database that was created.
	*
	* @param quoted whether it begins, and ends, in something that is quoted
	*/
	take(line, span, quoted) {
		if (!quoted.before) {
			if (line.startsWith("\\connect ")) return this.#goesTo(line, span);
			this.#open = about.test(line);
			this.#creates ||= line.startsWith("CREATE DATABASE ");
			this.#other ||= !this.#open && !harmless$1.test(line);
		}
		if (this.#open) this.#leaveOut(line, span);
		this.#open &&= quoted.after;
		return false;
	}
	/** The first time, all that stands before goes, too. */
	#goesTo(target, { from, to }) {
		if (this.#target !== void 0) this.#spans.push({
			from,
			to
		});
		else if (this.#creates && !this.#other) [this.#target, this.#spans] = [target, [{
			from: 0,
			to
		}]];
		return this.#target === target;
	}
	#leaveOut(line, span) {
		this.#spans.push(span);
		this.#sql += `${line}\n`;
	}
	/** What is to be left out, and the SQL of it; undefined where the dump creates no database. */
	found() {
		if (this.#target === void 0) return void 0;
		return {
			spans: this.#spans,
			sql: Buffer.from(this.#sql, "latin1").toString("utf8")
		};
	}
};
/** Content without these parts, which are in order. */
async function* without(content, spans) {
	let at = 0;
	let next = 0;
	for await (const piece of content) {
		const end = at + piece.length;
		for (let from = at; from < end;) {
			const span = spans[next];
			const stop = Math.min(end, span?.from ?? end);
			if (stop > from) yield piece.subarray(from - at, stop - at);
			from = Math.max(from, stop);
			if (span && from >= span.from) from = Math.min(end, Math.max(from, span.to));
			if (span && from >= span.to) next += 1;
		}
		at = end;
	}
}

// src/postgres/dump/quoting.ts
/** What opens something in SQL, as psql reads it (psqlscan.l): a string, a name, a comment, or a command of psql. */
const opening = /'|"|\$(?:[A-Za-z_\x80-\xff][\w\x80-\xff]*)?\$|--|\/\*|\\/g;
/** What stands in it, and what ends it. */
const closings = {
	string: /''|'/g,
	escaped: /\\.|''|'/g,
	name: /""|"/g,
	comment: /\/\*|\*\//g
};
/**
* Follows SQL line by line, to tell apart what is quoted. Lines are strings of one character a byte.
*/
var Quoting = class {
	#open;
	/** Of comments in comments. */
	#depth = 0;
	/** Backslashes escape in every string. */
	#old = false;
	/** Whether the next line begins in something that is quoted. */
	get isOpen() {
		return this.#open !== void 0;
	}
	/** Takes the next line; returns the command of psql in it, if any. */
	read(line) {
		if (!this.isOpen && line.startsWith("SET standard_conforming_strings = ")) this.#old = line.includes("off");
		for (let at = 0; at < line.length;) {
			const next = this.#open === void 0 ? this.#opened(line, at) : this.#closed(line, at);
			if (typeof next === "string") return next;
			at = next;
		}
	}
	/** Where to go on after the next opening, or the command of psql that it is. */
	#opened(line, from) {
		opening.lastIndex = from;
		const found = opening.exec(line);
		if (!found) return line.length;
		const [text] = found;
		const before = line.slice(Math.max(0, found.index - 2), found.index);
		if (text === "\\") return line.slice(found.index);
		if (text === "--") return line.length;
		if (text === "'") this.#open = this.#old || /(^|[^\w$\x80-\xff])[eE]$/.test(before) ? "escaped" : "string";
		else if (text === "\"") this.#open = "name";
		else if (text === "/*") [this.#open, this.#depth] = ["comment", 1];
		else if (/[\w$\x80-\xff]$/.test(before)) return found.index + 1;
		else this.#open = { end: text };
		return found.index + text.length;
	}
	#closed(line, from) {
		const open = this.#open;
		if (typeof open === "object") {
			const at = line.indexOf(open.end, from);
			if (at >= 0) this.#open = void 0;
			return at < 0 ? line.length : at + open.end.length;
		}
		const closing = closings[open];
		closing.lastIndex = from;
		const found = closing.exec(line);
		if (!found) return line.length;
		const [text] = found;
		if (open === "comment") this.#depth += text === "*/" ? -1 : 1;
		if (open === "comment" ? this.#depth === 0 : text.length === 1) this.#open = void 0;
		return found.index + text.length;
	}
};

// src/postgres/dump/roles-in.ts
const name = "(?:\"(?:[^\"]|\"\")+\"|[A-Za-z_][\\w$]*)";
const names = `(${name}(?:, ${name})*)`;
/** Statements that fail where a role is missing, each on one line as pg_dump writes them. */
const patterns = [
	`^ALTER .* OWNER TO ${names};$`,
	`^GRANT .* TO ${names}(?: WITH GRANT OPTION)?(?: GRANTED BY ${name})?;$`,
	`^REVOKE .* FROM ${names};$`,
	`^ALTER DEFAULT PRIVILEGES FOR ROLE ${names} `,
	`^ALTER DEFAULT PRIVILEGES .* (?:TO|FROM) ${names}(?: WITH GRANT OPTION)?;$`,
	`^CREATE POLICY .*? TO ${names}(?:;| USING | WITH CHECK )`,
	`^CREATE SCHEMA .* AUTHORIZATION ${names};$`,
	`^CREATE USER MAPPING FOR ${names} SERVER `
].map((pattern) => new RegExp(pattern));
/** The roles that a line of a dump names, but for those that every server has. Its characters are bytes. */
function rolesIn(line) {
	return patterns.flatMap((pattern) => pattern.exec(line)?.[1]?.match(new RegExp(name, "g")) ?? []).map(unquoted).filter((role) => !/^(PUBLIC|CURRENT_USER|SESSION_USER|CURRENT_ROLE)$|^pg_/.test(role));
}
/** The tablespace that a line of a dump has what follows lie in, if any. Its characters are bytes. */
function tablespaceIn(line) {
	const [, quoted] = place.exec(line) ?? [];
	return quoted === void 0 ? void 0 : unquoted(quoted);
}
const place = new RegExp(`^SET default_tablespace = (${name});$`);
function unquoted(quoted) {
	return textOf(quoted.startsWith("\"") ? quoted.slice(1, -1).replaceAll("\"\"", "\"") : quoted);
}
/** UTF-8 unless it cannot be. */
function textOf(bytes) {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(bytes, "latin1"));
	} catch {
		return bytes;
	}
}

// src/postgres/dump/scan.ts
/** Commands of psql that stay within the session, as long as they start no program (in backticks). */
const harmless = /^\\(restrict|unrestrict|encoding|set|unset|echo|timing|pset)(\s[^`]*)?$/;
/** Reads SQL as pg_dump writes it, passing over the rows of tables. */
async function scan(content) {
	const [lines, own, roles] = [
		new Lines(),
		new OwnDatabase(),
		/* @__PURE__ */ new Set()
	];
	const [placed, spans] = [/* @__PURE__ */ new Set(), []];
	let quoting = new Quoting();
	let tables = 0;
	let [open, several, leaves, encoding, major] = [false, false];
	const take = (line, span) => {
		const quoted = quoting.isOpen;
		const command = quoting.read(line);
		if (own.take(line, span, {
			before: quoted,
			after: quoting.isOpen
		})) {
			quoting = new Quoting();
			return false;
		}
		if (command && !harmless.test(command)) leaves ??= command.slice(0, 80);
		if (quoted) return false;
		if (/^-- PostgreSQL database dump( complete)?$/.test(line)) open = !line.endsWith("complete");
		several ||= line === "-- PostgreSQL database cluster dump";
		encoding ??= /^SET client_encoding = '(\w+)';$/.exec(line)?.[1];
		major ??= Number(/^-- Dumped by pg_dump version (\d+)/.exec(line)?.[1]) || void 0;
		if (/^CREATE (UNLOGGED |FOREIGN )?TABLE /.test(line)) tables += 1;
		for (const role of rolesIn(line)) roles.add(role);
		const place = tablespaceIn(line);
		if (place !== void 0) {
			placed.add(place);
			spans.push(span);
		}
		return /^COPY .* FROM stdin;$/i.test(line);
	};
	for await (const piece of content) lines.feed(piece, take);
	lines.end(take);
	const cut = lines.inRows || open || quoting.isOpen;
	const places = {
		names: [...placed],
		spans
	};
	return {
		leaves,
		several,
		encoding,
		major,
		tables,
		roles: [...roles],
		places,
		cut,
		own: own.found()
	};
}

// src/jobs/backups/properties.ts
/** Where the table of contents of any dump has ended, in bytes. */
const head = 256 << 20;
/** What a dump says of the database itself; SQL only with `--create`. Throws `ProgramFailed`. */
async function propertiesOf(dump, reading) {
	if (dump.format === "plain") return dump.properties ?? [];
	const { own } = await scan(schemaSql(dump, reading));
	return own ? propertiesIn(own.sql) : [];
}
async function* schemaSql(dump, { clients, withoutRoles, signal }) {
	const address = {
		host: "",
		port: 5432,
		user: "",
		database: ""
	};
	const args = [
		"--create",
		"--schema-only",
		"--file=-",
		...withoutRoles ? ["--no-owner", "--no-privileges"] : []
	];
	const program = {
		clients,
		name: "pg_restore",
		args,
		address,
		signal
	};
	if ("path" in dump) yield* outputOf({
		...program,
		args: [...args, dump.path],
		folder: join(dump.path, "..")
	});
	else if (dump.format === "directory") yield* ofFolder(dump.content(), program);
	else yield* through(program, beginning(dump.content()));
}
/** The table of contents stands first in tars of ours, and anywhere in others. */
async function* ofFolder(tar, program) {
	await using folder = await openFolder();
	for await (const { name, content } of members(tar)) {
		if (basename(name) !== "toc.dat") continue;
		await writeTemporary(join(folder.path, "toc.dat"), content);
		break;
	}
	yield* outputOf({
		...program,
		args: [...program.args, folder.path],
		folder: folder.path
	});
}
async function* beginning(content) {
	let bytes = 0;
	for await (const piece of content) {
		yield piece;
		bytes += piece.length;
		if (bytes >= head) return;
	}
}
/** Gives a database these properties; returns a sentence for each that the role may not give it. */
async function giveProperties(address, database, properties) {
	await using session = await connect(address);
	const failed = [];
	for (const { label, sql } of properties) await session.send(sql(database)).catch((error) => {
		if (!(error instanceof SqlError)) throw error;
		failed.push(`${label} of the database could not be given to it again: ${error.message}.`);
	});
	return failed;
}

// src/jobs/restore.ts
/**
* Restores a dump into a database of our own, compares it, and gives it its name only then: nothing that is half restored
* ever has it. Throws `KnownError`: reason `refused` where a gate is closed and nothing was touched, `backup` where the
* dump cannot be restored.
*/
async function restore(input) {
	const { server, name, overwrite, progress, signal, source, withoutRoles } = input;
	if (withoutRoles && source.format === "plain") throw new KnownError(`${source.label} is SQL, in which owners and grants are written.`, { help: "Restore it without `without-roles`: missing roles are created, and may not log in." });
	refuseLong(name);
	if (!overwrite) {
		await nameTaken(server.address, name, signal);
		return attempt(input);
	}
	await using door = await shut(server, name, signal);
	progress.step(`backing up ${name} before it is restored over`);
	const safetyBackup = await input.safetyBackup();
	await door.close();
	progress.step(`letting nobody but superusers into ${name} until it is replaced; should this run be killed: ${door.wayBack}`);
	const restored = await attempt(input);
	return {
		...restored,
		safetyBackup,
		notes: [...restored.notes, ...door.notes]
	};
}
async function attempt(input) {
	const { signal, source, server } = input;
	const createdRoles = [];
	try {
		return await restoreInto(input, createdRoles);
	} catch (error) {
		await dropRoles(server.address, createdRoles).catch(() => {});
		if (signal.aborted) throw signal.reason;
		if (error instanceof StoreFailed) throw brokenOff(error, "No database is left of it.");
		if (![
			ProgramFailed,
			SqlError,
			ConnectionLost
		].some((kind) => error instanceof kind)) throw error;
		const message = `${source.label} cannot be restored, and no database is left of it: ${error.message}`;
		throw new KnownError(message, {
			reason: "backup",
			help: helpFor(error, input),
			cause: error
		});
	}
}
function helpFor({ message }, { withoutRoles, source, server }) {
	if (/permission denied to create role|must be superuser|must be (able to SET ROLE|member of role)/.test(message) && !withoutRoles) return "With `--without-roles`, owners and grants are left out, and everything belongs to the role that restores.";
	if (/extension .* is not available|could not open extension control file/.test(message)) return "Install that extension on the server, or restore on one that has it.";
	if (/row-level security/.test(message)) return "A table hides rows from its owner, too, and they are to be compared: restore as a role that may see all (BYPASSRLS).";
	if (/invalid command \\(un)?restrict/.test(message)) return "Its pg_dump is newer than this psql: install the latest minor release of the client programs.";
	const origin = Number.parseInt(source.manifest?.server.version ?? "", 10);
	if (origin > server.major) return `It is of PostgreSQL ${origin}, and ${server.major} does not know all that ${origin} does: restore it on ${origin} or newer.`;
	return "See the message of PostgreSQL; the databases that were there are as they were.";
}
async function restoreInto(input, createdRoles) {
	const { source, server, name, overwrite, withoutRoles, jobs, signal, progress } = input;
	const { manifest } = source;
	const started = performance.now();
	const clients = await findClients(source.major || server.major, input.clientFolder, input);
	if (!withoutRoles) createdRoles.push(...await createRoles(server.address, source.roles, signal));
	await using scratch = await scratchLike(server, source.origin, signal);
	const { address } = scratch;
	progress.step(`restoring ${source.label} on PostgreSQL ${server.version}`);
	const lacking = await lackingTablespaces(address, source.tablespaces ?? [], signal);
	const withoutTablespaces = lacking.length > 0;
	await fill(source, {
		clients,
		address,
		jobs,
		withoutRoles,
		withoutTablespaces,
		signal,
		progress
	});
	const milliseconds = Math.round(performance.now() - started);
	progress.step(manifest ? "comparing it with its manifest" : "looking at what is there");
	const compared = await compare(address, withoutRoles ? void 0 : manifest, input);
	const good = compared.problems.length === 0;
	const takesOver = overwrite && good;
	const properties = takesOver ? [] : await propertiesOf(source, {
		clients,
		withoutRoles,
		signal
	});
	const database = overwrite && !good ? nameWith(name, `_restored_${Date.now()}`) : name;
	if (takesOver) await replace(server.address, scratch.name, name, signal);
	else await rename(server.address, scratch.name, database, signal);
	const notes = [...await giveProperties(server.address, database, properties), ...notesOf(input, good, lacking)];
	return {
		...compared,
		database,
		createdRoles,
		milliseconds,
		notes
	};
}
function notesOf({ overwrite, name, withoutRoles }, good, lacking) {
	const lost = `The server has no tablespace ${lacking.join(", ")}: all lies in that of the database.`;
	return [
		...lacking.length > 0 ? [lost] : [],
		...overwrite && !good ? [`${name} is as it was: what was restored did not take its place.`] : [],
		...withoutRoles ? ["Owners and grants were left out, so it was not compared with its manifest."] : [],
		"The history of migrations is what the dump holds: those that came later are pending again."
	];
}

export { sourceOf as a, propertiesIn as i, scan as n, without as r, restore as t };
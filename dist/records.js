import { t as KnownError } from "./error.js";
import { r as SqlError } from "./connect.js";
import { i as takeSnapshot, n as serverOf, r as fingerprintOf } from "./contents.js";
import { i as journalTable, o as readJournal } from "./journal.js";
import { r as pendingAfter } from "./table.js";

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

// src/postgres/target.ts
/** Which database a session is on. */
async function identify(session) {
	const [row] = await session.query("SELECT pg_catalog.current_database() AS database, current_user::text AS role");
	const { version, systemIdentifier } = await serverOf(session);
	const { database, role } = row;
	return {
		database,
		role,
		server: version,
		...systemIdentifier && { systemIdentifier }
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

export { ownTables as a, explain as c, identify as i, faultOf as l, readable as n, schemaOf as o, recordsOf as r, whoeverReads as s, editedSince as t, lineOf as u };
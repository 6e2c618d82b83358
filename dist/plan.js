import { i as __toESM } from "./rolldown-runtime.js";
import { n as exitCodes, t as KnownError } from "./error.js";
import { a as explain, d as mustRunOutside, f as require_picomatch, i as freshSession, l as batchesOf, r as examine, s as diffSnapshots, t as rules, u as controlsTransaction } from "./rules.js";
import { i as connect, r as SqlError } from "./connect.js";
import { a as noteDone, c as wholeEntry, i as journalTable, o as readJournal, r as finishEntry, s as startEntry } from "./journal.js";
import { n as schemaOf, t as identify } from "./target2.js";
import { r as bytesText, t as publishPage } from "./publish.js";
import { a as openRepository, i as pendingAfter, o as workTree, t as found } from "./subject.js";
import { t as quote } from "./quote.js";
import { r as count } from "./wording.js";
import { t as loadProvider } from "./servers.js";
import { t as version } from "./version.js";
import { t as targetOf } from "./target.js";
import { t as writeReport } from "./write.js";
import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { createHash, randomInt } from "node:crypto";
import { setTimeout as setTimeout$1 } from "node:timers/promises";

// src/jobs/gates/session.ts
/** Whether the target can be written to at all. */
async function writable(session) {
	const gate = "writable";
	const [row] = await session.query(`SELECT pg_catalog.pg_is_in_recovery() AS replica,
            pg_catalog.current_setting('default_transaction_read_only') AS readonly`);
	if (row?.replica) return closed$1(gate, "The target is a replica.", "Give the URL of the primary server.");
	if (row?.readonly === "on") return closed$1(gate, "The target begins transactions read-only (default_transaction_read_only).", "Turn that off for the role or database, or wait until whoever turned it on is done.");
	return {
		gate,
		outcome: "open",
		message: "The target is a primary server that can be written to."
	};
}
/** How long a pool may take to give a second connection, in milliseconds. */
const patience = 5e3;
/**
* Whether a session keeps its server connection: a pooler in transaction mode takes it away after each transaction, and
* with it advisory locks and settings. Two sessions that take turns find out; where a pool has one connection for both,
* one of them waits.
*/
async function unpooled(session, address) {
	const gate = "pooler";
	const open = {
		gate,
		outcome: "open",
		message: "Each session keeps its connection to the server."
	};
	const first = await backendOf(session);
	if (first === session.pid) return open;
	const late = new AbortController();
	const timer = setTimeout(() => late.abort(/* @__PURE__ */ new Error("The pool gives no second connection.")), patience);
	try {
		await using other = await connect(address, late.signal);
		await other.send("BEGIN");
		await backendOf(other);
		if (await backendWithin(session, late.signal) === first) return open;
	} catch (error) {
		if (!late.signal.aborted) throw error;
	} finally {
		clearTimeout(timer);
	}
	return closed$1(gate, "A pooler in transaction mode, or with a single connection, stands before the target: locks and settings do not last there.", "Give the URL of the server itself, or of a pool in session mode.");
}
/** As `unpooled`, before anything is locked that a pool would keep. Throws `KnownError`. */
async function refusePooled(session, address) {
	const { outcome, message, help = "" } = await unpooled(session, address);
	if (outcome === "closed") throw new KnownError(message, {
		reason: "refused",
		help: `${help} Nothing was touched.`
	});
}
async function backendWithin(session, signal) {
	const late = new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
	return Promise.race([backendOf(session), late]);
}
async function backendOf(session) {
	const [row] = await session.query("SELECT pg_catalog.pg_backend_pid() AS pid");
	return row?.pid ?? 0;
}
/** Whether the role may write to the tool's table and ours, or create them in the schema where they are not there. */
async function permitted(session, schema, tables) {
	const gate = "rights";
	const [row] = await session.query(`SELECT pg_catalog.has_schema_privilege($1, 'CREATE') AS create, current_user::text AS role,
            pg_catalog.bool_or(c.oid IS NULL) AS missing,
            COALESCE(pg_catalog.array_agg(t.name) FILTER (WHERE c.oid IS NOT NULL AND NOT (
              pg_catalog.has_table_privilege(c.oid, 'SELECT') AND pg_catalog.has_table_privilege(c.oid, 'INSERT') AND
              pg_catalog.has_table_privilege(c.oid, 'UPDATE'))), '{}') AS closed
       FROM pg_catalog.unnest($2::text[]) AS t (name)
       LEFT JOIN pg_catalog.pg_class c ON c.relname = t.name
        AND c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1)`, [schema, tables]);
	const { create, missing, closed: shut, role } = row;
	const help = "Migrate as the role that owns them, or grant this one the rights.";
	if (missing && !create) return closed$1(gate, `${role} may not create in the schema ${schema}.`, help);
	if (shut.length > 0) return closed$1(gate, `${role} may not read and write ${shut.map((name) => `${schema}.${name}`).join(", ")}.`, help);
	return {
		gate,
		outcome: "open",
		message: `${role} may write down in the schema ${schema} what is applied.`
	};
}
/** A gate that is shut. */
function closed$1(gate, message, help) {
	return {
		gate,
		outcome: "closed",
		message,
		help
	};
}

// src/postgres/apply/blockers.ts
/** How long one waits between two looks, in milliseconds: little at first, as the first attempts are short. */
const pauses = [
	10,
	30,
	60,
	100,
	200,
	400
];
/** Looks from another session at who blocks a backend, until `done` is aborted; tells whenever there is somebody else. */
async function watchBlockers(looker, pid, done, tell) {
	let known = "";
	for (let look = 0; !done.aborted; look += 1) {
		await setTimeout$1(pauses[look] ?? 500, void 0, { signal: done }).catch(() => {});
		if (done.aborted) return;
		const blockers = await blockersOf(looker, pid);
		const now = blockers.map((each) => each.pid).join();
		if (blockers.length > 0 && now !== known) tell(blockers);
		known = now;
	}
}
/** What is told of a session in pg_stat_activity, as `Blocker`. */
const blockerColumns = `pid, COALESCE(usename, '') AS user, COALESCE(application_name, '') AS application,
  COALESCE(state, backend_type, '') AS state,
  COALESCE(extract(epoch FROM pg_catalog.clock_timestamp() - xact_start), 0)::float8 AS seconds,
  COALESCE((pg_catalog.regexp_match(query, '^\\s*((?:[A-Za-z_]+\\s*){1,3})'))[1], '') AS query`;
/** Who holds, or waits before it for, a lock that a backend waits for. */
async function blockersOf(looker, pid) {
	return looker.query(`SELECT ${blockerColumns} FROM pg_catalog.pg_stat_activity
      WHERE pid = ANY (pg_catalog.pg_blocking_pids($1)) ORDER BY xact_start, pid`, [pid]);
}
/** `pid 4711 (web, app_user), idle in transaction for 12 s, last SELECT` */
function blockerText({ pid, user, application, state, seconds, query }) {
	const who = [application, user].filter(Boolean).join(", ");
	const what = query ? `, ${state === "active" ? "running" : "last"} ${query.trim().toUpperCase()}` : "";
	return `pid ${pid}${who ? ` (${who})` : ""}, ${state} for ${Math.round(seconds)} s${what}`;
}

// src/postgres/apply/attend.ts
var import_picomatch = /* @__PURE__ */ __toESM(require_picomatch(), 1);
/** Milliseconds between two cancels: one that arrives between two statements is lost. */
const again = 200;
/**
* Does the work of the session while the looker tells who is in its way, into `seen` as well, and cancels it when the job is
* aborted.
*/
async function attend({ session, looker, signal, progress }, seen, work) {
	signal.throwIfAborted();
	const over = new AbortController();
	const quiet = new AbortController();
	const tell = (blockers) => {
		for (const blocker of blockers) seen.set(blocker.pid, blockerText(blocker));
		progress.step(`waiting for ${blockers.map(blockerText).join("; ")}`);
	};
	let attending = watchBlockers(looker, session.pid, quiet.signal, tell).catch(() => {});
	const cancel = () => {
		quiet.abort();
		attending = attending.then(() => cancelUntil(over.signal, looker, session.pid)).catch(() => {});
	};
	signal.addEventListener("abort", cancel, { once: true });
	try {
		return await work();
	} finally {
		signal.removeEventListener("abort", cancel);
		quiet.abort();
		over.abort();
		await attending;
	}
}
async function cancelUntil(over, looker, pid) {
	while (!over.aborted) {
		await looker.query("SELECT pg_catalog.pg_cancel_backend($1)", [pid]);
		await setTimeout$1(again, void 0, { signal: over }).catch(() => {});
	}
}

// src/postgres/apply/books.ts
/** What is applied could not be written down: no statement of a migration is to blame. */
var BooksFailed = class extends Error {
	name = "BooksFailed";
	error;
	constructor(error) {
		super(`What is applied cannot be written down in the tool’s table and Lockkeeper’s: ${error.message}`, { cause: error });
		this.error = error;
	}
};
/** Writes in the transaction that is open. Throws `BooksFailed`; the transaction has then failed. */
async function writeIn(session, queries, limits) {
	await asBookkeeper(session, limits, async () => {
		for (const { sql, values } of queries) await session.query(sql, values);
	});
}
/**
* Does this in a transaction of its own, again and again while somebody has the tables locked, as long as a statement would
* be tried. Throws `BooksFailed`; nothing of it is then committed.
*/
async function writeAlone(session, limits, work) {
	const start = performance.now();
	for (;;) try {
		await session.send("BEGIN");
		const result = await asBookkeeper(session, limits, work);
		await session.send("COMMIT");
		return result;
	} catch (error) {
		if (session.transaction !== "none") await session.send("ROLLBACK");
		const failed = error instanceof SqlError ? new BooksFailed(error) : error;
		if (!(failed instanceof BooksFailed) || !isContended(failed.error)) throw failed;
		if (performance.now() - start > limits.lockWait) throw failed;
		await setTimeout$1(randomInt(50, 1e3));
	}
}
/** As whoever connected, whatever role the script has taken since, and with limits that are not the script's. */
async function asBookkeeper(session, limits, work) {
	const { lockTimeout, statementTimeout } = limits;
	try {
		await session.send(`SET LOCAL SESSION AUTHORIZATION DEFAULT; SET LOCAL role TO DEFAULT; SET LOCAL lock_timeout = ${lockTimeout}; SET LOCAL statement_timeout = ${statementTimeout}`);
		return await work();
	} catch (error) {
		throw error instanceof SqlError ? new BooksFailed(error) : error;
	}
}
/** lock_not_available and deadlock_detected (documentation, appendix A). */
function isContended({ fault }) {
	return fault.sqlstate === "55P03" || fault.sqlstate === "40P01";
}

// src/postgres/apply/detach.ts
/**
* Whether DETACH PARTITION … CONCURRENTLY failed because an earlier attempt was cut off between its two transactions, which
* only FINALIZE can go on with (documentation, ALTER TABLE).
*/
function isHalfDetached(statement, { fault }) {
	return statement.kind === "AlterTableStmt" && mustRunOutside(statement) && fault.sqlstate === "55000";
}
/** The statement that ends what it began. */
function finalizing(statement) {
	return {
		...statement,
		sql: statement.sql.replace(/\bconcurrently\s*$/i, "FINALIZE")
	};
}
/** Partitions of which such an attempt was cut off, as ids of a snapshot; there are none before PostgreSQL 14. */
async function halfDetached(session, { server }) {
	if (Number.parseInt(server, 10) < 14) return [];
	return (await session.query(`SELECT n.nspname || '.' || c.relname AS id FROM pg_catalog.pg_inherits h
       JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE h.inhdetachpending`)).map(({ id }) => id);
}

// src/postgres/apply/leftovers.ts
/** Whether a statement that fails leaves an invalid index (documentation, CREATE INDEX and REINDEX, "CONCURRENTLY"). */
function mayLeaveIndex(statement) {
	return (statement.kind === "IndexStmt" || statement.kind === "ReindexStmt") && mustRunOutside(statement);
}
/** Indexes that are invalid and that nobody is building, partitioned ones apart: those are invalid until all parts are attached. */
async function invalidIndexes(session) {
	return session.query(`SELECT i.indexrelid::int8::float8 AS oid, n.nspname AS schema, c.relname AS name, i.indrelid::pg_catalog.regclass::text AS table
       FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT (i.indisvalid AND i.indisready) AND c.relkind = 'i'
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)
      ORDER BY 2, 3`);
}
/** Drops the indexes that are invalid now and were not before; returns those that could not be. */
async function dropNewInvalid(session, before) {
	const old = new Set(before.map(({ oid }) => oid));
	const added = (await invalidIndexes(session)).filter(({ oid }) => !old.has(oid));
	const dropped = [];
	for (const index of added) try {
		await session.send(`DROP INDEX CONCURRENTLY IF EXISTS ${quote(index.schema)}.${quote(index.name)}`);
		dropped.push(index);
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
	}
	return {
		dropped,
		left: added.filter((index) => !dropped.includes(index))
	};
}
/** Drops indexes, where they are there. */
async function dropNamed(session, indexes) {
	for (const { schema, name } of indexes) await session.send(`DROP INDEX CONCURRENTLY IF EXISTS ${quote(schema)}.${quote(name)}`);
}

// src/postgres/apply/limits.ts
/** Statements that read or write all of a table beside its users, and take as long as they take. */
const unhurried = {
	IndexStmt: true,
	ReindexStmt: true,
	VacuumStmt: true,
	ClusterStmt: true,
	RefreshMatViewStmt: true
};
/** `statement_timeout` of a statement in milliseconds; 0 is none. */
function statementTimeoutOf(statement, { statementTimeout }) {
	return unhurried[statement.kind] || validates(statement) ? 0 : statementTimeout;
}
/**
* `lock_timeout` of the nth attempt, from 1: short at first, as most locks are free or soon will be. A statement that
* works CONCURRENTLY waits for transactions, and nobody waits behind it.
*/
function lockTimeoutOf(statement, attempt, { lockTimeout, lockWait }) {
	if (mustRunOutside(statement)) return lockWait;
	return Math.max(1, Math.round(lockTimeout * Math.min(1, .25 * 2 ** (attempt - 1))));
}
function validates({ node }) {
	if (!("AlterTableStmt" in node)) return false;
	return (node.AlterTableStmt.cmds ?? []).every((each) => "AlterTableCmd" in each && each.AlterTableCmd.subtype === "AT_ValidateConstraint");
}

// src/postgres/apply/attempt.ts
/** A unit that PostgreSQL refused: nothing of it is committed. */
var UnitFailed = class extends Error {
	name = "UnitFailed";
	error;
	/** The statement that was refused; absent where it was COMMIT, or the writing down of what is applied. */
	statement;
	/** Who was in the way, where no lock was to be had in all the time that was given. */
	blockers;
	constructor(message, { error, statement, blockers = [] }) {
		super(message, { cause: error });
		this.error = error;
		this.statement = statement;
		this.blockers = blockers;
	}
};
/** The longest pause between two attempts, in milliseconds. */
const longestPause = 1e4;
/** For how long one puts away what a cancelled statement has left when there is no time, in milliseconds. */
const lastMoments = 1e4;
/**
* Runs a unit until it is committed. What fails for want of a lock is tried again, with growing patience and random
* pauses, as nothing of a unit is left when it fails. `within` is run at its end, in its transaction where it is one.
* Throws `UnitFailed`.
*/
async function commitUnit(unit, hands, within) {
	const start = performance.now();
	const seen = /* @__PURE__ */ new Map();
	for (let attempt = 1;; attempt += 1) try {
		return {
			ran: await (unit.transaction ? runTransaction : runAlone)(unit, {
				...hands,
				seen,
				attempt
			}, within),
			attempts: attempt,
			blockers: [...seen.values()]
		};
	} catch (error) {
		if (!(error instanceof UnitFailed) || !isContended(error.error)) throw error;
		const { message, statement } = error;
		if (performance.now() - start > hands.limits.lockWait) throw new UnitFailed(message, {
			error: error.error,
			statement,
			blockers: [...seen.values()]
		});
		const pause = randomInt(50, Math.min(longestPause, 200 * 2 ** Math.min(attempt, 10)));
		hands.progress.step(`no lock for ${placeOf(statement)}: again in ${pause} ms`);
		await setTimeout$1(pause, void 0, { signal: hands.signal });
	}
}
function placeOf(statement) {
	return statement ? `line ${statement.line} of ${statement.path}` : "the tool’s table";
}
async function runTransaction(unit, hands, within) {
	const { session, limits, seen } = hands;
	const ran = [];
	let last;
	try {
		await session.send(unit.begin);
		for (const statement of unit.statements) {
			last = statement;
			await setLimits(hands, statement, "LOCAL");
			ran.push(await timed(hands, statement));
		}
		last = void 0;
		if (within.length > 0) await attend(hands, seen, () => writeIn(session, within, limits));
		await session.send(unit.end);
		return ran;
	} catch (error) {
		if (session.transaction !== "none") await session.send("ROLLBACK");
		throw refusal(error, last);
	}
}
function refusal(error, statement) {
	if (error instanceof BooksFailed) return new UnitFailed(error.message, { error: error.error });
	if (!(error instanceof SqlError)) return error;
	return new UnitFailed(statement ? error.message : `COMMIT was refused: ${error.message}`, {
		error,
		statement
	});
}
/** What a failed statement has left is put away, so that it can be run again. */
async function runAlone({ statements: [statement] }, hands) {
	const { session } = hands;
	if (!statement) return [];
	const before = mayLeaveIndex(statement) ? await invalidIndexes(session) : void 0;
	await setLimits(hands, statement, "SESSION");
	try {
		return [await timed(hands, statement)];
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		if (isHalfDetached(statement, error)) return [await timed(hands, finalizing(statement))];
		if (before) await tidy(hands, before);
		throw refusal(error, statement);
	} finally {
		await resetLimits(hands).catch(() => {});
	}
}
async function tidy({ session, progress, signal }, before) {
	if (signal.aborted) await session.send(`SET lock_timeout = ${lastMoments}; SET statement_timeout = ${lastMoments}`);
	const { dropped, left } = await dropNewInvalid(session, before);
	for (const { schema, name } of dropped) progress.step(`dropped the invalid index ${schema}.${name} that it had left`);
	for (const { schema, name } of left) progress.step(`the invalid index ${schema}.${name} is left`);
}
async function setLimits({ session, limits, own, attempt }, statement, scope) {
	const wanted = {
		lock_timeout: lockTimeoutOf(statement, attempt, limits),
		statement_timeout: statementTimeoutOf(statement, limits)
	};
	const sets = Object.entries(wanted).filter(([name]) => !own.has(name));
	if (sets.length > 0) await session.send(sets.map(([name, value]) => `SET ${scope} ${name} = ${value}`).join("; "));
	if ("VariableSetStmt" in statement.node) own.add(statement.node.VariableSetStmt.name ?? "");
}
async function resetLimits({ session, own }) {
	for (const name of ["lock_timeout", "statement_timeout"]) if (!own.has(name)) await session.send(`RESET ${name}`);
}
async function timed(hands, statement) {
	const start = performance.now();
	await attend(hands, hands.seen, () => hands.session.send(statement.sql));
	return {
		statement,
		milliseconds: performance.now() - start
	};
}

// src/postgres/apply/units.ts
/**
* Parts a script where its transactions end, as PostgreSQL would (documentation, 55.2.2.1): BEGIN inside a transaction
* goes on with it, COMMIT and ROLLBACK outside do nothing. Throws `KnownError` for a transaction that the script opens and
* never ends.
*/
function unitsOf(batches) {
	return batches.flatMap(unitsIn);
}
const fresh = () => ({
	begin: "BEGIN",
	statements: []
});
function unitsIn({ block, statements }) {
	const units = [];
	let open = block === "explicit" ? fresh() : void 0;
	for (const statement of statements) if (begins(statement)) {
		open ??= {
			begin: statement.sql,
			statements: []
		};
		open.own = statement;
	} else if (controlsTransaction(statement)) {
		if (open) units.push(...closed(open, endOf(statement)));
		open = open && chains(statement) ? {
			...open,
			statements: []
		} : void 0;
	} else if (open) open.statements.push(statement);
	else if (block === "implicit") open = {
		...fresh(),
		statements: [statement]
	};
	else units.push({
		transaction: false,
		begin: "",
		statements: [statement],
		end: ""
	});
	if (open?.own && block !== "explicit") throw neverEnded(open.own);
	return open ? [...units, ...closed(open, "COMMIT")] : units;
}
function closed({ begin, statements }, end) {
	return statements.length === 0 ? [] : [{
		transaction: true,
		begin,
		statements,
		end
	}];
}
function begins({ node }) {
	return "TransactionStmt" in node && /_(BEGIN|START)$/.test(node.TransactionStmt.kind ?? "");
}
/** COMMIT however it is written, so that one sees what is one; what AND CHAIN begins is a unit of its own. */
function endOf({ node, sql }) {
	if (!("TransactionStmt" in node)) return sql;
	const { kind, chain } = node.TransactionStmt;
	if (kind === "TRANS_STMT_COMMIT") return "COMMIT";
	return chain ? "ROLLBACK" : sql;
}
function chains({ node }) {
	return "TransactionStmt" in node && node.TransactionStmt.chain === true;
}
function neverEnded({ path, line }) {
	return new KnownError("The transaction that begins here is never committed: the end of the session takes it back.", {
		place: {
			path,
			line
		},
		help: "Add the missing COMMIT, or leave BEGIN out."
	});
}

// src/postgres/apply/apply.ts
/** A migration that was not applied whole, and why: `cause` is a `UnitFailed`, or whatever else ended it. */
var MigrationFailed = class extends Error {
	name = "MigrationFailed";
	/** Statements of it that are known to be committed, of how many. */
	done;
	statements;
	constructor(cause, done, statements) {
		super(cause.message, { cause });
		this.done = done;
		this.statements = statements;
	}
};
/**
* Applies a migration, and writes the tool's row and ours: in its own transaction where it is one, so that nothing can come
* between; else unit by unit, with a row of ours that says how far it came. Throws `MigrationFailed`.
*/
async function applyMigration(work, hands) {
	const units = unitsOf(await batchesOf(work.migration)).map(inTransaction);
	const statements = units.reduce((sum, unit) => sum + unit.statements.length, 0);
	if (work.fresh) await hands.session.send(freshSession);
	const own = {
		...hands,
		own: /* @__PURE__ */ new Set()
	};
	const entry = {
		...work.entry,
		statements
	};
	const [only] = units;
	return (units.length === 0 || units.length === 1 && only?.transaction && only.end === "COMMIT") && !work.resume ? applyWhole(work, own, entry, only) : applyUnits(work, own, entry, units);
}
/**
* A statement alone is a transaction anyhow, and as one it can carry our row; but not one that PostgreSQL refuses inside a
* block, nor one that may commit by itself.
*/
function inTransaction(unit) {
	const [statement] = unit.statements;
	if (unit.transaction || !statement || mustRunOutside(statement) || mayCommit(statement)) return unit;
	return statement.kind === "VariableSetStmt" ? unit : {
		...unit,
		transaction: true,
		begin: "BEGIN",
		end: "COMMIT"
	};
}
/** Procedures may commit (documentation, 43.8), and so may code that is run on the spot where it says so or calls one. */
function mayCommit({ kind, sql }) {
	return kind === "CallStmt" || kind === "DoStmt" && /\b(commit|rollback|call|execute)\b/i.test(sql);
}
async function applyWhole({ migration, ledger, schema }, hands, entry, unit = {
	transaction: true,
	begin: "BEGIN",
	statements: [],
	end: "COMMIT"
}) {
	const within = [...ledger.record(migration, schema), wholeEntry(schema, entry, "applied")];
	try {
		return [await commitUnit(unit, hands, within)];
	} catch (error) {
		throw new MigrationFailed(error, 0, entry.statements);
	}
}
async function applyUnits(work, hands, entry, units) {
	const { migration, ledger, schema, resume } = work;
	const before = resume?.done ?? 0;
	const committed = [];
	const texts = [];
	let done = before;
	try {
		const id = resume?.id ?? await begin(work, hands, entry);
		const finished = [...ledger.record(migration, schema), finishEntry(schema, id)];
		await dropNamed(hands.session, resume?.leftovers ?? []);
		for (const unit of units) {
			texts.push(...unit.statements);
			const again = texts.length <= before;
			if (again && !isSetting(unit)) continue;
			const note = texts.length === entry.statements ? finished : again ? [] : [noteDone(schema, id, texts.length, hashOf(texts))];
			const within = unit.transaction && unit.end === "COMMIT";
			committed.push(await commitUnit(unit, hands, within ? note : []));
			done = Math.max(done, texts.length);
			if (!within) await write(hands, note);
		}
		if (before === entry.statements) await write(hands, finished);
		return committed;
	} catch (error) {
		throw new MigrationFailed(error, done, entry.statements);
	}
}
/** A session's settings are gone with the session that was cut off. */
function isSetting({ statements }) {
	return statements.every(({ kind }) => kind === "VariableSetStmt");
}
/** Says that it was begun, before anything of it is there. */
async function begin({ migration, ledger, schema }, { session, limits }, entry) {
	return writeAlone(session, limits, async () => {
		for (const { sql, values } of ledger.begin(migration, schema)) await session.query(sql, values);
		return startEntry(session, schema, entry);
	});
}
async function write({ session, limits }, queries) {
	if (queries.length === 0) return;
	await writeAlone(session, limits, async () => {
		for (const { sql, values } of queries) await session.query(sql, values);
	});
}
/** Over the texts of statements: an interrupted migration is resumed only where they are the same. */
function hashOf(statements) {
	const hash = createHash("sha256");
	for (const { sql } of statements) hash.update(`${sql}\0`);
	return hash.digest("hex");
}

// src/jobs/gates/records.ts
/** Whether the tool itself would go on from what its table says. */
function consistent(tool, standing, agenda, resumable) {
	const gate = "history";
	const { title, ledger } = tool;
	if (standing.unfinished !== void 0 && !resumable) return closed$1(gate, `${title} says that ${standing.unfinished} was begun and not finished.`, `Look what of it is there, then: ${ledger.remedy}.`);
	if (agenda.orphans.length > 0) return closed$1(gate, `The target has applied ${agenda.orphans.join(", ")}, which the repository has not.`, "Check out the branch that has them, or merge it first: the schema is not the one that these migrations were written for.");
	if (agenda.outOfOrder.length > 0) return closed$1(gate, `${agenda.outOfOrder.map(({ id }) => id).join(", ")} would come before what is applied already; ${title} ${ledger.whenOutOfOrder}.`, "Give each a version behind the newest that is applied.");
	return {
		gate,
		outcome: "open",
		message: `${title} has ${agenda.applied.length} applied and ${agenda.pending.length} pending.`
	};
}
/** Whether a target without the tool's table is an empty one. */
function knownBaseline({ title }, { exists }, tables, baseline) {
	const gate = "baseline";
	if (exists || tables === 0 || baseline) return {
		gate,
		outcome: "open",
		message: exists ? `The table of ${title} is there.` : "It is known what is applied."
	};
	return closed$1(gate, `The target has ${tables} tables and no table of ${title}: what is applied there is not known.`, "Say so once with `applied-through`: the last migration that the target has, or `none`.");
}
/** Whether the target is what its applied migrations give. */
function withoutDrift(drift) {
	const gate = "drift";
	if (drift.length === 0) return {
		gate,
		outcome: "open",
		message: "The schema is what the applied migrations give."
	};
	const some = drift.slice(0, 5).map(({ action, kind, id }) => `${kind} ${id} (${words[action]})`);
	const more = drift.length > some.length ? `, and ${drift.length - some.length} more` : "";
	return closed$1(gate, `The schema is not what the applied migrations give: ${some.join(", ")}${more}.`, "Bring it back, write a migration that says it, leave it out with `drift-ignore`, or accept it for this run with `allow: drift`.");
}
const words = {
	added: "only on the target",
	removed: "missing on the target",
	changed: "different",
	renamed: "renamed"
};

// src/jobs/gates/traffic.ts
/** Whether transactions are open that a schema change would wait for, with everybody behind it. */
async function shortTransactions(session, { transactionSeconds }) {
	const gate = "long-transactions";
	const old = await session.query(`SELECT ${blockerColumns}
       FROM pg_catalog.pg_stat_activity
      WHERE datname = pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid()
        AND backend_type = 'client backend' AND xact_start < pg_catalog.clock_timestamp() - $1 * interval '1 second'
      ORDER BY xact_start`, [transactionSeconds]);
	if (old.length === 0) return {
		gate,
		outcome: "open",
		message: `No transaction is open for longer than ${transactionSeconds} s.`
	};
	return closed$1(gate, `${old.length === 1 ? "A transaction is" : `${old.length} transactions are`} open for longer than ${transactionSeconds} s: ${old.slice(0, 3).map(blockerText).join("; ")}.`, `Wait until it has ended, end it (SELECT pg_terminate_backend(${old[0]?.pid})), or raise \`max-transaction-age\`.`);
}
/** Whether two-phase transactions were prepared and forgotten: they hold their locks for ever. */
async function nothingPrepared(session, { transactionSeconds }) {
	const gate = "prepared-transactions";
	const old = await session.query(`SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE database = pg_catalog.current_database()
        AND prepared < pg_catalog.clock_timestamp() - $1 * interval '1 second' ORDER BY prepared`, [transactionSeconds]);
	if (old.length === 0) return {
		gate,
		outcome: "open",
		message: "No prepared transaction holds locks."
	};
	const names = old.map(({ gid }) => `'${gid}'`).join(", ");
	return closed$1(gate, `Prepared transactions hold locks: ${names}.`, "End each with COMMIT PREPARED or ROLLBACK PREPARED.");
}
/** Whether sessions wait for locks already. */
async function nobodyWaits(session) {
	const gate = "blocked-sessions";
	const waiting = await session.query(`SELECT pid FROM pg_catalog.pg_stat_activity
      WHERE datname = pg_catalog.current_database() AND pg_catalog.cardinality(pg_catalog.pg_blocking_pids(pid)) > 0
        AND query_start < pg_catalog.clock_timestamp() - interval '1 second' AND wait_event_type = 'Lock'`);
	if (waiting.length < 5) return {
		gate,
		outcome: "open",
		message: waiting.length === 0 ? "Nobody waits for locks." : `Waiting for locks: ${waiting.length} of the sessions.`
	};
	return closed$1(gate, `${waiting.length} sessions wait for locks of others: the target is in trouble already.`, "Find who blocks them (SELECT pid, pg_blocking_pids(pid) FROM pg_stat_activity), and come again when they are through.");
}
const followers = ["It has no replica.", "A replica follows."];
/** Whether replicas keep up. */
async function replicasFollow(session, { lagSeconds }) {
	const gate = "replica-lag";
	const rows = await session.query(`SELECT COALESCE(application_name, '') AS name, extract(epoch FROM replay_lag)::float8 AS seconds, state
       FROM pg_catalog.pg_stat_replication`);
	if (rows.length > 0 && rows.every(({ state }) => state === null)) return {
		gate,
		outcome: "unknown",
		message: "The role may not see how far replicas are behind (pg_monitor may)."
	};
	const behind = rows.filter(({ seconds }) => (seconds ?? 0) > lagSeconds);
	if (behind.length === 0) return {
		gate,
		outcome: "open",
		message: followers[rows.length] ?? `${rows.length} replicas follow.`
	};
	const which = behind.map(({ name, seconds }) => `${name} by ${Math.round(seconds ?? 0)} s`).join(", ");
	return closed$1(gate, `Replicas are behind: ${which}.`, "Wait until they have caught up, or raise `max-replica-lag`.");
}
/** Whether replication slots keep more WAL than is good for the disk, which a rewrite would make more. */
async function slotsAreUsed(session, { slotBytes }) {
	const gate = "replication-slots";
	try {
		const full = (await session.query(`SELECT slot_name AS name, pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), restart_lsn)::float8 AS bytes
         FROM pg_catalog.pg_replication_slots WHERE NOT active AND restart_lsn IS NOT NULL`)).filter(({ bytes }) => bytes > slotBytes);
		if (full.length === 0) return {
			gate,
			outcome: "open",
			message: "No replication slot that nobody reads keeps much WAL."
		};
		const which = full.map(({ name, bytes }) => `${name} (${bytesText(bytes)})`).join(", ");
		return closed$1(gate, `Replication slots that nobody reads keep WAL: ${which}.`, "Drop them, or start their readers.");
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		return {
			gate,
			outcome: "unknown",
			message: `Replication slots cannot be looked at: ${error.message}.`
		};
	}
}

// src/jobs/plan/digest.ts
/** What an approval is bound to: the same migrations, on the same schema, of the same database. Times do not count. */
function digestOf({ target, tool, commit, pending, applied, orphans, fingerprints, allowed }) {
	const { database, systemIdentifier, server } = target;
	const decisive = [
		...[
			database,
			systemIdentifier ?? null,
			server.split(".")[0],
			tool.name,
			commit ?? null
		],
		pending.map(({ id, hash, done = 0 }) => [
			id,
			hash,
			done
		]),
		...[
			applied,
			orphans,
			fingerprints.before,
			fingerprints.after ?? null,
			[...allowed].sort()
		]
	];
	return createHash("sha256").update(JSON.stringify(decisive)).digest("hex");
}

// src/jobs/plan/drift.ts
/**
* What a target has otherwise than it should, apart from objects that globs leave out (`audit.*`, `public.tmp_*`). Owners,
* grants and comments are often set by hand and stop nothing.
*/
function driftBetween(expected, actual, ignored) {
	const matches = ignored.map((glob) => (0, import_picomatch.default)(glob.includes(".") ? glob : `${glob}{,.*}`, { dot: true }));
	const isIgnored = ({ id, table }) => [id, table].some((name) => name && matches.some((match) => match(name)));
	return diffSnapshots(structure(expected, 1), structure(actual, -1)).filter((change) => !isIgnored(change));
}
/** Without what is not compared. Two databases know nothing of each other's oids, so these must not look alike. */
function structure(snapshot, sign) {
	const objects = snapshot.objects.filter(({ kind }) => !notCompared.has(kind)).map((object) => {
		const { owner: _, grants: __, comment: ___, ...rest } = object;
		return {
			...rest,
			oid: sign * object.oid
		};
	});
	return {
		...snapshot,
		objects
	};
}
/** What servers and hosts bring of their own accord. */
const notCompared = /* @__PURE__ */ new Set(["default privileges", "extension"]);

// src/jobs/plan/interrupted.ts
/**
* The row of a run that was cut off, where its migration can be gone on with: it is the next one, and the statements that
* are committed are as they were.
*/
async function interrupted(journal, next) {
	const gate = "interrupted";
	const [row] = [...new Map(journal.map((row) => [row.migration, row])).values()].filter(({ status }) => status === "started");
	if (!row) return { gate: {
		gate,
		outcome: "open",
		message: "No earlier run was cut off in the middle of a migration."
	} };
	const done = `${row.done} of ${row.statements} statements of ${row.migration} are committed`;
	if (next?.id !== row.migration) return { gate: closed$1(gate, `An earlier run was cut off: ${done}, and it is not the next migration here.`, "Check out the commit that it was applied from, and go on there.") };
	const statements = unitsOf(await batchesOf(next)).flatMap((unit) => unit.statements);
	if (row.done === 0 || hashOf(statements.slice(0, row.done)) === row.doneHash) return {
		row,
		gate: {
			gate,
			outcome: "open",
			message: `An earlier run was cut off: ${done}; it goes on behind them.`
		}
	};
	return { gate: closed$1(gate, `An earlier run was cut off: ${done}, and those were changed since.`, "Put them back as they were; what is not committed yet may be changed.") };
}
/**
* A migration in two: what is committed, and what is left. A transaction is one message, which is a transaction for
* PostgreSQL as well.
*/
async function parted(migration, done) {
	const units = unitsOf(await batchesOf(migration));
	const spans = [];
	for (const { statements } of units) {
		const [first, last] = [statements[0], statements.at(-1)];
		if (!first || !last) continue;
		const span = {
			start: first.offset,
			end: last.offset + last.sql.length
		};
		spans.push({
			span,
			behind: (spans.at(-1)?.behind ?? 0) + statements.length
		});
	}
	const part = (chosen) => ({
		...migration,
		up: {
			...migration.up,
			delivery: "message",
			messages: chosen.map(({ span }) => span)
		}
	});
	return [part(spans.filter(({ behind }) => behind <= done)), part(spans.filter(({ behind }) => behind > done))];
}

// src/jobs/plan/examined.ts
/**
* Compares the target with what its applied migrations give, and runs what is pending. A statement outside any transaction is
* committed before that is written down: where a run was cut off, the schema itself says whether it was.
*/
async function examined(subject) {
	const first = await examinedAt(subject);
	const { row, agenda } = subject;
	const [next] = agenda.pending;
	if (!row || !next || first.drift.length === 0) return first;
	const unit = unitBehind(unitsOf(await batchesOf(next)), row.done);
	if (!unit || unit.transaction) return first;
	const second = await examinedAt({
		...subject,
		row: {
			...row,
			done: row.done + unit.statements.length
		}
	});
	return second.drift.length < first.drift.length ? second : first;
}
async function examinedAt(subject) {
	const { input, target, agenda, actual, row, halfDetached } = subject;
	const found = await examine(checkInput(input, target, await goneOn(agenda, row)));
	const expected = found.rehearsal.before;
	const leftovers = row ? unfinishedIn(actual, expected) : [];
	const before = row ? mended(actual, expected, [...leftovers, ...boundsOf(halfDetached, actual, expected)]) : actual;
	const drift = driftBetween(expected, before, input.driftIgnore);
	return {
		...found,
		drift,
		before,
		...row && { interrupted: {
			row,
			leftovers
		} }
	};
}
function unitBehind(units, done) {
	let before = 0;
	return units.find(({ statements }) => {
		before += statements.length;
		return before > done;
	});
}
const isInvalid = (object) => object.kind === "index" && !object.valid && object.parent === void 0;
/** Invalid indexes that no migration makes so. */
function unfinishedIn(actual, expected) {
	const known = new Set(expected.objects.filter(({ kind }) => kind === "index").map(({ id }) => id));
	return actual.objects.filter(isInvalid).filter(({ id }) => !known.has(id));
}
function boundsOf(tables, actual, expected) {
	const known = new Set(expected.objects.filter(({ kind }) => kind === "constraint").map(({ id }) => id));
	return actual.objects.filter(({ kind, table = "", id }) => kind === "constraint" && tables.includes(table) && !known.has(id));
}
/** Without these, and with those valid that are to be: DROP INDEX CONCURRENTLY makes them invalid first. */
function mended(actual, expected, leftovers) {
	const valid = new Set(expected.objects.filter((each) => each.kind === "index" && each.valid).map(({ id }) => id));
	const objects = actual.objects.filter((each) => !leftovers.includes(each)).map((each) => isInvalid(each) && valid.has(each.id) ? {
		...each,
		valid: true
	} : each);
	return {
		...actual,
		objects
	};
}
/** What is committed of an interrupted migration counts as applied. */
async function goneOn(agenda, row) {
	const [first, ...rest] = agenda.pending;
	if (!row || !first) return agenda;
	const [done, left] = await parted(first, row.done);
	return {
		...agenda,
		applied: [...agenda.applied, done],
		pending: [left, ...rest]
	};
}
function checkInput(input, { server }, { applied, pending }) {
	const { tool, folders, folder, head, commit, openServer } = input;
	const base = {
		migrations: applied,
		ignored: []
	};
	const origin = { appliedThrough: applied.at(-1)?.id ?? "none" };
	return {
		...input,
		subject: {
			tool,
			folders,
			folder,
			base,
			head,
			pending,
			origin,
			...commit !== void 0 && { commit }
		},
		openServer: () => openServer(Number.parseInt(server, 10)),
		always: true
	};
}
/** Throws `KnownError` for a script that opens a transaction and never ends it. */
async function statementsIn(migration) {
	return unitsOf(await batchesOf(migration)).flatMap(({ statements }) => statements).length;
}

// src/jobs/plan.ts
/** Gates that nobody can accept: what is behind them would not work. */
const absolute = /* @__PURE__ */ new Set([
	"writable",
	"pooler",
	"rights",
	"history",
	"baseline",
	"interrupted"
]);
/** What would be applied to a target, and whether it may be. Touches nothing there. */
async function plan(input) {
	await using session = await connect(input.target, input.signal);
	return await planOn(session, input);
}
/** The same with a session that is there. */
async function planOn(session, input) {
	const { tool, allow, now, progress } = input;
	const start = performance.now();
	progress.step("reading the target");
	const target = await identify(session);
	const { standing, agenda, journal } = await recordsOf(session, input);
	const actual = await schemaOf(session, [...tool.ledger.tables, journalTable]);
	const cut = await interrupted(journal, agenda.pending[0]);
	const pending = await Promise.all(agenda.pending.map(planned));
	const { report, rehearsal, drift, before, interrupted: gone } = await examined({
		input,
		target,
		agenda,
		actual,
		halfDetached: await halfDetached(session, target),
		...cut.row && { row: cut.row }
	});
	const gates = [
		...[await writable(session), await unpooled(session, input.target)],
		await permitted(session, standing.schema, [...tool.ledger.tables, journalTable]),
		consistent(tool, standing, agenda, cut.row !== void 0),
		knownBaseline(tool, standing, tablesIn(actual), input.baseline !== void 0),
		...[cut.gate, withoutDrift(drift)],
		...agenda.pending.length > 0 ? await trafficGates(session, input.limits) : [],
		...input.gates
	].map((gate) => accepted(gate, allow));
	const fails = report.findings.filter(({ status, rule }) => status === "open" && !allow.includes(rule)).some(({ severity }) => severity === "error");
	const [lastApplied] = agenda.applied.slice(-1);
	const after = drift.length === 0 ? rehearsal.after.fingerprint : void 0;
	const decisive = {
		target,
		tool: report.tool,
		pending: pending.map((each) => withDone(each, gone)),
		orphans: agenda.orphans,
		allowed: allow,
		...input.commit !== void 0 && { commit: input.commit },
		fingerprints: {
			before: actual.fingerprint,
			...after && { after }
		}
	};
	const closedOnes = gates.filter(({ outcome }) => outcome === "closed");
	return {
		plan: {
			version: 1,
			command: "plan",
			lockkeeper: input.version,
			startedAt: now.toISOString(),
			outcome: closedOnes.length > 0 ? "refused" : fails ? "failed" : "passed",
			milliseconds: Math.round(performance.now() - start),
			...decisive,
			...input.folder !== "" && { folder: input.folder },
			applied: {
				count: agenda.applied.length,
				...lastApplied && { last: lastApplied.id }
			},
			outOfOrder: agenda.outOfOrder.map(({ id }) => id),
			edited: editedSince(journal, agenda.applied),
			drift,
			gates,
			findings: report.findings,
			observations: report.observations,
			changes: rehearsal.changes,
			digest: digestOf({
				...decisive,
				applied: agenda.applied.map(({ id }) => id)
			})
		},
		standing,
		agenda,
		before,
		changes: rehearsal.changes,
		...gone && { interrupted: gone }
	};
}
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
async function planned(migration) {
	const { id, name, path, hash } = migration;
	return {
		id,
		name,
		path,
		hash,
		statements: await statementsIn(migration)
	};
}
function withDone(migration, gone) {
	return gone?.row.migration === migration.id ? {
		...migration,
		done: gone.row.done
	} : migration;
}
async function trafficGates(session, limits) {
	return [
		await shortTransactions(session, limits),
		await nothingPrepared(session, limits),
		await nobodyWaits(session),
		await replicasFollow(session, limits),
		await slotsAreUsed(session, limits)
	];
}
function accepted(gate, allow) {
	if (gate.outcome !== "closed" || absolute.has(gate.gate) || !allow.includes(gate.gate)) return gate;
	return {
		gate: gate.gate,
		outcome: "open",
		message: `${gate.message} It was accepted.`
	};
}
/** Tables that people made; what extensions bring is in no snapshot. */
function tablesIn({ objects }) {
	return objects.filter(({ kind }) => kind === "table").length;
}
/** Where Lockkeeper applied them, it knows what they were. */
function editedSince(journal, applied) {
	const hashes = new Map(journal.map(({ migration, hash }) => [migration, hash]));
	return applied.filter(({ id, hash }) => (hashes.get(id) ?? hash) !== hash).map(({ id }) => id);
}

// src/reports/migrate/parts.ts
/** Which database, with which tool, at which commit. */
function targetFacts({ target, tool, commit, applied, digest }) {
	return [
		{
			label: "target",
			value: `${target.database} as ${target.role}, PostgreSQL ${target.server}`
		},
		{
			label: "tool",
			value: [tool.title, ...tool.folders].join(", ")
		},
		{
			label: "applied",
			value: `${count(applied.count, "migration")}${lastText(applied.last)}`
		},
		...commit ? [{
			label: "commit",
			value: commit,
			code: true
		}] : [],
		{
			label: "digest",
			value: digest,
			code: true
		}
	];
}
function lastText(last) {
	return last === void 0 ? "" : `, the last is ${last}`;
}
/** What is pending. */
function pendingTable({ pending }) {
	return {
		columns: [
			{
				title: "pending",
				code: true
			},
			{
				title: "file",
				code: true
			},
			{
				title: "statements",
				right: true
			}
		],
		rows: pending.map(({ id, path, statements, done }) => [...[
			id,
			path,
			done ? `${statements}, ${done} of them done` : String(statements)
		]])
	};
}
/** What became, or would become, different. */
function changesPart(title, changes) {
	if (changes.length === 0) return [];
	return [{
		title,
		table: {
			columns: [
				{ title: "what" },
				{ title: "kind" },
				{
					title: "name",
					code: true
				}
			],
			rows: changes.map(({ action, kind, id }) => [
				action,
				kind,
				id
			])
		}
	}];
}
/** Every gate, with what was found there. */
function gatesPart(gates) {
	const marks = {
		open: "✔",
		closed: "✖",
		unknown: "?"
	};
	return {
		title: "Gates",
		folded: true,
		table: {
			columns: [
				{ title: "" },
				{ title: "gate" },
				{ title: "found" }
			],
			rows: gates.map(({ gate, outcome, message }) => [
				marks[outcome],
				gate,
				message
			])
		}
	};
}
/** Closed gates, with how to pass. */
function closedGates({ gates }) {
	return gates.flatMap(({ gate, outcome, message, help }) => outcome === "closed" ? [`${gate}: ${message} ${help ?? ""}`.trim()] : []);
}
/** Findings that nobody has accepted. */
function openFindings({ findings, allowed }) {
	return findings.filter(({ status, rule, severity }) => status === "open" && severity !== "notice" && !allowed.includes(rule)).map(findingText);
}
/** How to go on though there are findings. */
function acceptance({ outcome, findings, allowed }) {
	const errors = findings.filter(({ status, severity }) => status === "open" && severity === "error");
	const rules = [...new Set(errors.map(({ rule }) => rule))].filter((rule) => !allowed.includes(rule));
	if (outcome !== "failed" || rules.length === 0) return [];
	return [`Whoever has weighed that can accept it for one run: \`allow: ${rules.join(", ")}\`.`];
}
function findingText({ rule, severity, path, line, message }) {
	return `${path}:${line}: ${message} (${severity}: ${rule})`;
}

// src/jobs/plan/script.ts
/** The SQL of migrations, in the transactions in which they are applied; without what records that they are. */
async function scriptOf(migrations) {
	return (await Promise.all(migrations.map(async (migration) => {
		const units = unitsOf(await batchesOf(migration));
		return `-- ${migration.path.replaceAll(/[\r\n]/g, " ")}\n${units.map(unitText).join("")}`;
	}))).join("\n");
}
function unitText({ transaction, begin, statements, end }) {
	const lines = statements.map(({ sql }) => `${sql};\n`).join("");
	return transaction ? `${begin};\n${lines}${end};\n` : lines;
}

// src/reports/migrate/plan.ts
/** What would be applied where, and whether it may be. */
function planPage(plan) {
	const { outcome, pending, changes, drift, allowed, edited } = plan;
	return {
		good: outcome === "passed",
		headline: headlineOf(plan),
		problems: [...closedGates(plan), ...outcome === "passed" ? [] : openFindings(plan)],
		parts: [
			{
				facts: targetFacts(plan),
				...pending.length > 0 && { table: pendingTable(plan) }
			},
			...changesPart("What becomes different", changes),
			...changesPart("What the target has otherwise than its applied migrations give", drift),
			gatesPart(plan.gates)
		],
		notes: [
			...outcome === "passed" ? openFindings(plan) : [],
			...acceptance(plan),
			...edited.map((id) => `The file of ${id} is not what was applied.`),
			...allowed.length > 0 ? [`Accepted for this run: ${allowed.join(", ")}.`] : []
		]
	};
}
function headlineOf({ outcome, pending, target }) {
	const what = pending.length === 0 ? "Nothing is pending" : `${count(pending.length, "migration")} pending`;
	const where = `on ${target.database}`;
	if (outcome === "passed") return `${what} ${where}${pending.length > 0 ? ", and nothing is in the way" : ""}`;
	if (outcome === "refused") return `${what} ${where}, and a gate is closed`;
	return `${what} ${where}, with findings that nobody has accepted`;
}

// src/jobs/gates/window.ts
const days = [
	"mon",
	"tue",
	"wed",
	"thu",
	"fri",
	"sat",
	"sun"
];
const day = 1440;
/**
* Whether it is a time at which a target may be migrated: `Mon-Fri 22:00-05:00 Europe/Zurich`; a time that ends before it
* begins ends on the next day. Throws `KnownError` for times that cannot be read.
*/
function inWindow(windows, now) {
	const gate = "window";
	if (windows.length === 0) return {
		gate,
		outcome: "open",
		message: "It may be migrated at any time."
	};
	const spans = windows.flatMap(spansOf);
	const fits = ({ from, to, zone }) => {
		const minute = minuteOfWeek(now, zone);
		return [minute, minute + 7 * day].some((each) => each >= from && each < to);
	};
	if (spans.some(fits)) return {
		gate,
		outcome: "open",
		message: `It is within ${windows.join(" or ")}.`
	};
	return closed$1(gate, `It is not within ${windows.join(" or ")}.`, "Come again then, or accept it for this run with `allow: window`.");
}
const shape = /^(?:([a-z]{3})(?:-([a-z]{3}))?\s+)?(\d{2}):(\d{2})-(\d{2}):(\d{2})(?:\s+(\S+))?$/i;
function spansOf(window) {
	const [, first, last, ...rest] = shape.exec(window.trim()) ?? [];
	const [fromHour, fromMinute, toHour, toMinute] = rest.slice(0, 4).map(Number);
	const zone = rest[4] ?? "UTC";
	const [start, end] = [dayNumber(first ?? "mon"), dayNumber(last ?? first ?? "sun")];
	if (start < 0 || end < 0 || ![
		fromHour,
		fromMinute,
		toHour,
		toMinute
	].every((time, index) => time <= (index % 2 ? 59 : 24)) || !isZone(zone)) throw new KnownError(`\`window\`: “${window}” is no time of the week.`, { help: "Write it like `Mon-Fri 22:00-05:00 Europe/Zurich`; days and zone (else UTC) may be left out." });
	const [from, until] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
	const length = until > from ? until - from : until + day - from;
	const count = (end - start + 7) % 7 + 1;
	return Array.from({ length: count }, (_, index) => {
		const begin = (start + index) % 7 * day + from;
		return {
			from: begin,
			to: begin + length,
			zone
		};
	});
}
function dayNumber(name) {
	return days.indexOf(name.toLowerCase());
}
function isZone(zone) {
	try {
		return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
	} catch {
		return false;
	}
}
function minuteOfWeek(now, timeZone) {
	const format = new Intl.DateTimeFormat("en-GB", {
		timeZone,
		weekday: "short",
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23"
	});
	const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
	return dayNumber(parts.weekday ?? "") * day + Number(parts.hour) * 60 + Number(parts.minute);
}

// src/commands/planning.ts
/** What to plan for the target that the settings name, with the migrations of the work tree. */
async function planInputOf(door) {
	const { settings, host, signal } = door;
	const { progress } = host;
	const folder = await realpath(resolve(settings.workingDirectory));
	const tree = workTree(folder, signal);
	const { tool, folders } = await found(settings, tree);
	const { allow, driftIgnore, appliedThrough: baseline, target: upTo } = settings;
	refuseUnknown(allow);
	const now = /* @__PURE__ */ new Date();
	const commit = await commitOf(folder, signal);
	return {
		target: await targetOf(door),
		tool,
		folders,
		folder: "",
		head: await tool.read(tree, folders),
		...commit !== void 0 && { commit },
		openServer: async (major) => {
			const { serverUrl: url, server } = settings;
			return (await loadProvider(server)).open({
				major,
				...url && { url },
				signal,
				progress
			});
		},
		...baseline !== void 0 && { baseline },
		...upTo !== void 0 && { upTo },
		allow,
		driftIgnore,
		rules,
		failOn: settings.failOn,
		protectedTables: settings.protected,
		seedRows: settings.seedRows,
		statementLimit: settings.statementLimit,
		version,
		now,
		signal,
		progress,
		limits: {
			transactionSeconds: settings.maxTransactionAge / 1e3,
			lagSeconds: settings.maxReplicaLag / 1e3,
			slotBytes: 1e10
		},
		gates: [inWindow(settings.window, now)]
	};
}
/** Gates that can be accepted by name; the others tell of what would not work. */
const gates = [...[
	"drift",
	"window",
	"long-transactions",
	"prepared-transactions",
	"blocked-sessions"
], ...["replica-lag", "replication-slots"]];
function refuseUnknown(allow) {
	const known = /* @__PURE__ */ new Set([...gates, ...rules.map(({ id }) => id)]);
	const unknown = allow.filter((name) => !known.has(name));
	if (unknown.length === 0) return;
	throw new KnownError(`\`allow\`: there is no rule or gate ${unknown.join(", ")}.`, { help: `Gates are ${gates.join(", ")}; rules are in docs/rules.md.` });
}
/** Of the repository that the folder is in, if it is in one. */
async function commitOf(folder, signal) {
	try {
		return await (await openRepository(folder, signal)).head();
	} catch (error) {
		if (error instanceof KnownError) return void 0;
		throw error;
	}
}

// src/commands/plan.ts
/** Tells what would be applied to a target, and whether it may be. */
async function run(door) {
	return publishPlan(door, await plan(await planInputOf(door)));
}
/** Shows a plan; returns the exit code. */
async function publishPlan(door, { plan, agenda }) {
	const { out, sql } = door.settings;
	if (sql) process.stdout.write(await scriptOf(agenda.pending));
	await publishPage(door, plan, planPage(plan), {
		digest: plan.digest,
		pending: String(plan.pending.length)
	});
	if (out) await writeReport(`${JSON.stringify(plan, null, 2)}\n`, out);
	return codes[plan.outcome];
}
const codes = {
	passed: exitCodes.done,
	failed: exitCodes.findings,
	refused: exitCodes.refused
};

export { invalidIndexes as _, changesPart as a, refusePooled as b, openFindings as c, plan as d, planOn as f, UnitFailed as g, applyMigration as h, acceptance as i, pendingTable as l, MigrationFailed as m, run as n, closedGates as o, recordsOf as p, planInputOf as r, gatesPart as s, publishPlan as t, targetFacts as u, BooksFailed as v, writeAlone as y };
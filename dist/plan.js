import { i as __toESM } from "./rolldown-runtime.js";
import { n as exitCodes, t as KnownError } from "./error.js";
import { d as mustRunOutside, f as require_picomatch, i as freshSession, l as batchesOf, o as StatementFailed, r as examine, s as diffSnapshots, t as rules, u as controlsTransaction } from "./rules.js";
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
import { setTimeout } from "node:timers/promises";

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
		await setTimeout(pauses[look] ?? 500, void 0, { signal: done }).catch(() => {});
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

// src/postgres/apply/leftovers.ts
var import_picomatch = /* @__PURE__ */ __toESM(require_picomatch(), 1);
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
/** A lock was not to be had in all the time that was given. */
var LockNotHad = class extends StatementFailed {
	blockers;
	constructor(failed, blockers) {
		super(failed.statement, failed.error);
		this.blockers = blockers;
	}
};
/** The longest pause between two attempts, in milliseconds. */
const longestPause = 1e4;
/**
* Runs a unit until it is committed. What fails for want of a lock is tried again, with growing patience and random
* pauses, as nothing of a unit is left when it fails. `within` is run at its end, in its transaction where it is one.
* Throws `StatementFailed`.
*/
async function commitUnit(unit, hands, within) {
	const start = performance.now();
	const seen = /* @__PURE__ */ new Map();
	for (let attempt = 1;; attempt += 1) try {
		return {
			ran: await looking(hands, seen, () => runOnce(unit, hands, within, attempt)),
			attempts: attempt,
			blockers: [...seen.values()]
		};
	} catch (error) {
		if (!(error instanceof StatementFailed) || !isContended(error.error)) throw error;
		if (performance.now() - start > hands.limits.lockWait) throw new LockNotHad(error, [...seen.values()]);
		const pause = randomInt(50, Math.min(longestPause, 200 * 2 ** Math.min(attempt, 10)));
		hands.progress.step(`no lock for line ${error.statement.line} of ${error.statement.path}: again in ${pause} ms`);
		await setTimeout(pause, void 0, { signal: hands.signal });
	}
}
/** lock_not_available and deadlock_detected (documentation, appendix A). */
function isContended({ fault }) {
	return fault.sqlstate === "55P03" || fault.sqlstate === "40P01";
}
/** Does the work while somebody looks at who is in its way, and cancels it when the job is aborted. */
async function looking({ session, looker, signal, progress }, seen, work) {
	const done = new AbortController();
	const tell = (blockers) => {
		for (const blocker of blockers) seen.set(blocker.pid, blockerText(blocker));
		progress.step(`waiting for ${blockers.map(blockerText).join("; ")}`);
	};
	const watching = watchBlockers(looker, session.pid, done.signal, tell);
	let cancelling = Promise.resolve();
	const cancel = () => {
		cancelling = watching.then(() => looker.query("SELECT pg_catalog.pg_cancel_backend($1)", [session.pid]));
		done.abort();
	};
	signal.addEventListener("abort", cancel, { once: true });
	try {
		signal.throwIfAborted();
		return await work();
	} finally {
		signal.removeEventListener("abort", cancel);
		done.abort();
		await watching.catch(() => {});
		await cancelling.catch(() => {});
	}
}
async function runOnce(unit, hands, within, attempt) {
	return unit.transaction ? await runTransaction(unit, hands, within, attempt) : await runAlone(unit, hands, within, attempt);
}
async function runTransaction({ begin, statements, end }, hands, within, attempt) {
	const { session } = hands;
	const ran = [];
	let last = statements[0];
	try {
		await session.send(begin);
		for (const statement of statements) {
			last = statement;
			await setLimits(hands, statement, attempt, "LOCAL");
			ran.push(await timed(session, statement));
		}
		for (const { sql, values } of within) await session.query(sql, values);
		await session.send(end);
		return ran;
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		if (session.transaction !== "none") await session.send("ROLLBACK");
		throw new StatementFailed(last, error);
	}
}
/** What a failed statement has left is put away, so that it can be run again. */
async function runAlone({ statements: [statement] }, hands, within, attempt) {
	const { session, progress } = hands;
	if (!statement) return [];
	const before = mayLeaveIndex(statement) ? await invalidIndexes(session) : void 0;
	await setLimits(hands, statement, attempt, "SESSION");
	try {
		const ran = await timed(session, statement);
		for (const { sql, values } of within) await session.query(sql, values);
		return [ran];
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		if (before) await tidy(session, before, progress);
		throw new StatementFailed(statement, error);
	} finally {
		await resetLimits(hands).catch(() => {});
	}
}
async function tidy(session, before, progress) {
	const { dropped, left } = await dropNewInvalid(session, before);
	for (const { schema, name } of dropped) progress.step(`dropped the invalid index ${schema}.${name} that it had left`);
	for (const { schema, name } of left) progress.step(`the invalid index ${schema}.${name} is left`);
}
async function setLimits({ session, limits, own }, statement, attempt, scope) {
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
async function timed(session, statement) {
	const start = performance.now();
	await session.send(statement.sql);
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
		if (open) units.push(...closed$1(open, statement.sql));
		open = void 0;
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
	return open ? [...units, ...closed$1(open, "COMMIT")] : units;
}
function closed$1({ begin, statements }, end) {
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
/** A migration that failed on a target. */
var MigrationFailed = class extends Error {
	name = "MigrationFailed";
	failed;
	/** Statements of it that are committed all the same, of how many. */
	done;
	statements;
	constructor(failed, done, statements) {
		super(failed.message, { cause: failed });
		this.failed = failed;
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
	if (unit.transaction || !statement || mustRunOutside(statement)) return unit;
	if ([
		"CallStmt",
		"DoStmt",
		"VariableSetStmt"
	].includes(statement.kind)) return unit;
	return {
		...unit,
		transaction: true,
		begin: "BEGIN",
		end: "COMMIT"
	};
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
		if (!(error instanceof StatementFailed)) throw error;
		throw new MigrationFailed(error, 0, entry.statements);
	}
}
async function applyUnits(work, hands, entry, units) {
	const { migration, ledger, schema, resume } = work;
	const id = resume?.id ?? await begin(work, hands, entry);
	const finished = [...ledger.record(migration, schema), finishEntry(schema, id)];
	const committed = [];
	const texts = [];
	for (const [index, unit] of units.entries()) {
		texts.push(...unit.statements);
		const again = texts.length <= (resume?.done ?? 0);
		if (again && !isSetting(unit)) continue;
		const note = index === units.length - 1 ? finished : again ? [] : [noteDone(schema, id, texts.length, hashOf(texts))];
		try {
			committed.push(await commitUnit(unit, hands, unit.transaction && unit.end === "COMMIT" ? note : []));
			if (!unit.transaction || unit.end !== "COMMIT") await together(hands, note);
		} catch (error) {
			if (!(error instanceof StatementFailed)) throw error;
			throw new MigrationFailed(error, texts.length - unit.statements.length, entry.statements);
		}
	}
	return committed;
}
/** A session's settings are gone with the session that was cut off. */
function isSetting({ statements }) {
	return statements.every(({ kind }) => kind === "VariableSetStmt");
}
/** Says that it was begun, before anything of it is there. */
async function begin({ migration, ledger, schema }, hands, entry) {
	const { session } = hands;
	await session.send("BEGIN");
	for (const { sql, values } of ledger.begin(migration, schema)) await session.query(sql, values);
	const id = await startEntry(session, schema, entry);
	await session.send("COMMIT");
	return id;
}
async function together({ session }, queries) {
	await session.send("BEGIN");
	for (const { sql, values } of queries) await session.query(sql, values);
	await session.send("COMMIT");
}
/** Over the texts of statements: an interrupted migration is resumed only where they are the same. */
function hashOf(statements) {
	const hash = createHash("sha256");
	for (const { sql } of statements) hash.update(`${sql}\0`);
	return hash.digest("hex");
}

// src/jobs/gates/session.ts
/** Whether the target can be written to at all. */
async function writable(session) {
	const gate = "writable";
	const [row] = await session.query(`SELECT pg_catalog.pg_is_in_recovery() AS replica,
            pg_catalog.current_setting('default_transaction_read_only') AS readonly`);
	if (row?.replica) return closed(gate, "The target is a replica.", "Give the URL of the primary server.");
	if (row?.readonly === "on") return closed(gate, "The target begins transactions read-only (default_transaction_read_only).", "Turn that off for the role or database, or wait until whoever turned it on is done.");
	return {
		gate,
		outcome: "open",
		message: "The target is a primary server that can be written to."
	};
}
/**
* Whether a session keeps its server connection: a pooler in transaction mode takes it away after each transaction, and
* with it advisory locks and settings. Two sessions that take turns find out.
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
	await using other = await connect(address);
	await other.send("BEGIN");
	await backendOf(other);
	const same = await backendOf(session) === first;
	await other.send("ROLLBACK");
	if (same) return open;
	return closed(gate, "A pooler in transaction mode stands before the target: locks and settings do not last there.", "Give the URL of the server itself, or of a pool in session mode.");
}
async function backendOf(session) {
	const [row] = await session.query("SELECT pg_catalog.pg_backend_pid() AS pid");
	return row?.pid ?? 0;
}
/** Whether the role may create in the schema of the migration tool. */
async function permitted(session, schema) {
	const gate = "rights";
	const [row] = await session.query(`SELECT pg_catalog.has_schema_privilege($1, 'CREATE') AS create, current_user::text AS role`, [schema]);
	if (row?.create) return {
		gate,
		outcome: "open",
		message: `${row.role} may create in the schema ${schema}.`
	};
	return closed(gate, `${row?.role} may not create in the schema ${schema}.`, "Migrate as the owner of the schema, or grant that role CREATE on it.");
}
/** A gate that is shut. */
function closed(gate, message, help) {
	return {
		gate,
		outcome: "closed",
		message,
		help
	};
}

// src/jobs/gates/records.ts
/** Whether the tool itself would go on from what its table says. */
function consistent(tool, standing, agenda, resumable) {
	const gate = "history";
	const { title, ledger } = tool;
	if (standing.unfinished !== void 0 && !resumable) return closed(gate, `${title} says that ${standing.unfinished} was begun and not finished.`, `Look what of it is there, then: ${ledger.remedy}.`);
	if (agenda.orphans.length > 0) return closed(gate, `The target has applied ${agenda.orphans.join(", ")}, which the repository has not.`, "Check out the branch that has them, or merge it first: the schema is not the one that these migrations were written for.");
	if (agenda.outOfOrder.length > 0) return closed(gate, `${agenda.outOfOrder.map(({ id }) => id).join(", ")} would come before what is applied already; ${title} ${ledger.whenOutOfOrder}.`, "Give each a version behind the newest that is applied.");
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
	return closed(gate, `The target has ${tables} tables and no table of ${title}: what is applied there is not known.`, "Say so once with `applied-through`: the last migration that the target has, or `none`.");
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
	return closed(gate, `The schema is not what the applied migrations give: ${some.join(", ")}${more}.`, "Bring it back, write a migration that says it, leave it out with `drift-ignore`, or accept it for this run with `allow: drift`.");
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
	return closed(gate, `${old.length === 1 ? "A transaction is" : `${old.length} transactions are`} open for longer than ${transactionSeconds} s: ${old.slice(0, 3).map(blockerText).join("; ")}.`, `Wait until it has ended, end it (SELECT pg_terminate_backend(${old[0]?.pid})), or raise \`max-transaction-age\`.`);
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
	return closed(gate, `Prepared transactions hold locks: ${names}.`, "End each with COMMIT PREPARED or ROLLBACK PREPARED.");
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
		message: `${waiting.length} sessions wait for locks.`
	};
	return closed(gate, `${waiting.length} sessions wait for locks of others: the target is in trouble already.`, "Find who blocks them (SELECT pid, pg_blocking_pids(pid) FROM pg_stat_activity), and come again when they are through.");
}
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
		message: rows.length === 0 ? "It has no replica." : `${rows.length} replicas follow.`
	};
	const which = behind.map(({ name, seconds }) => `${name} by ${Math.round(seconds ?? 0)} s`).join(", ");
	return closed(gate, `Replicas are behind: ${which}.`, "Wait until they have caught up, or raise `max-replica-lag`.");
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
		return closed(gate, `Replication slots that nobody reads keep WAL: ${which}.`, "Drop them, or start their readers.");
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
	if (next?.id !== row.migration) return { gate: closed(gate, `An earlier run was cut off: ${done}, and it is not the next migration here.`, "Check out the commit that it was applied from, and go on there.") };
	const statements = unitsOf(await batchesOf(next)).flatMap((unit) => unit.statements);
	if (row.done === 0 || hashOf(statements.slice(0, row.done)) === row.doneHash) return {
		row,
		gate: {
			gate,
			outcome: "open",
			message: `An earlier run was cut off: ${done}; it goes on behind them.`
		}
	};
	return { gate: closed(gate, `An earlier run was cut off: ${done}, and those were changed since.`, "Put them back as they were; what is not committed yet may be changed.") };
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
	const before = await schemaOf(session, [...tool.ledger.tables, journalTable]);
	const cut = await interrupted(journal, agenda.pending[0]);
	const { report, rehearsal } = await examine(checkInput(input, target, await goneOn(agenda, cut.row)));
	const drift = driftBetween(rehearsal.before, before, input.driftIgnore);
	const pending = await Promise.all(agenda.pending.map((each) => planned(each, cut.row)));
	const gates = [
		...[
			await writable(session),
			await unpooled(session, input.target),
			await permitted(session, standing.schema)
		],
		consistent(tool, standing, agenda, cut.row !== void 0),
		knownBaseline(tool, standing, tablesIn(before), input.baseline !== void 0),
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
		pending,
		orphans: agenda.orphans,
		allowed: allow,
		...input.commit !== void 0 && { commit: input.commit },
		fingerprints: {
			before: before.fingerprint,
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
		...cut.row && { interrupted: cut.row }
	};
}
/** What the target says is applied; for one that has never said it, what the settings do. */
async function recordsOf(session, { tool, head, baseline, upTo }) {
	const standing = await tool.ledger.read(session);
	const journal = await readJournal(session, standing.schema);
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
/** What is committed of an interrupted migration counts as applied. */
async function goneOn(agenda, cut) {
	const [first, ...rest] = agenda.pending;
	if (!cut || !first) return agenda;
	const [done, left] = await parted(first, cut.done);
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
async function planned({ id, name, path, hash, ...rest }, cut) {
	return {
		id,
		name,
		path,
		hash,
		statements: (await batchesOf({
			id,
			name,
			path,
			hash,
			...rest
		})).flatMap((batch) => batch.statements).length,
		...cut?.migration === id && { done: cut.done }
	};
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
			label: "applied",
			value: `${count(applied.count, "migration")} of ${tool.title}${lastText(applied.last)}`
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
	return closed(gate, `It is not within ${windows.join(" or ")}.`, "Come again then, or accept it for this run with `allow: window`.");
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

export { closedGates as a, pendingTable as c, planOn as d, recordsOf as f, invalidIndexes as g, LockNotHad as h, changesPart as i, targetFacts as l, applyMigration as m, run as n, gatesPart as o, MigrationFailed as p, planInputOf as r, openFindings as s, publishPlan as t, plan as u };
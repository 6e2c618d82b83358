import { a as backup, r as runOf, t as backupOptions } from "./backup.js";
import { n as exitCodes, r as fileFault, t as KnownError } from "./error.js";
import { A as replay, F as openGuard, M as StatementFailed, N as execute, P as diffSnapshots, T as connectToStay, a as refusePooled, d as unitsToApply, g as countsByMessage, h as commitUnit, j as limited, k as freshSession, m as UnitFailed, n as parted, u as isWhole, x as writeAlone } from "./interrupted.js";
import { r as idOf, t as storeOf } from "./store.js";
import { a as plan, i as announced, o as planOn, r as planInputOf, s as untouched, t as publishPlan } from "./plan.js";
import { a as ownTables, c as makeSchemas, l as onPath, m as batchesOf, o as schemaOf, r as recordsOf } from "./records.js";
import { a as appliedStatement, i as verification, n as failureOf, o as applyAll, r as otherChanges, s as isLocked, t as onCopy } from "./on-copy.js";
import { i as connect } from "./connect.js";
import { o as readJournal, s as revertEntry } from "./journal.js";
import { n as literal, r as quote } from "./quote.js";
import { t as createScratch } from "./scratch.js";
import { a as takeSnapshot } from "./contents.js";
import { r as urlOf } from "./url.js";
import { a as sourceOf, t as restore } from "./restore.js";
import { r as durationText } from "./amounts.js";
import { t as shellLine } from "./shell.js";
import { r as count } from "./wording.js";
import { n as oneLine } from "./details.js";
import { a as closedGates, c as openFindings, i as changesPart, l as pendingTable, n as accepted, o as editedNotes, s as gatesPart, t as acceptance, u as targetFacts } from "./parts2.js";
import { t as loadProvider } from "./servers.js";
import { t as definitionOf } from "./settings.js";
import { t as jobsOf } from "./jobs.js";
import { t as pinged } from "./ping.js";
import { t as publishPage } from "./publish.js";
import { n as identitiesIn } from "./reading.js";
import { access, constants, readFile, realpath, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { promisify } from "node:util";
import { randomInt } from "node:crypto";
import { execFile } from "node:child_process";
import { setTimeout } from "node:timers/promises";

// src/jobs/migrate/program.ts
const run$1 = promisify(execFile);
/** Milliseconds in which a program must say its version. */
const patience$1 = 1e4;
/**
* Finds the program: the one that is named, by itself or by its folder, else the first on the PATH, where that does not
* depend on where one stands. Returns why there is none, as the end of a sentence; throws `KnownError` where one is named.
*/
async function findProgram(witness, named) {
	if (named !== void 0) return programNamed(witness, named);
	const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => isAbsolute(folder));
	for (const folder of folders) {
		const path = join(folder, witness.program);
		if (!await isProgram(path)) continue;
		const version = await versionOf(witness, path);
		return version === void 0 ? `${path} is another program of that name` : {
			path,
			version
		};
	}
	return `there is no ${witness.program} on the PATH`;
}
async function programNamed(witness, named) {
	const refusal = (why, cause) => new KnownError(`\`tool-bin\`: ${named} cannot be used: ${why}.`, {
		help: `Name ${witness.program}, or the folder that it lies in.`,
		cause
	});
	const path = (await stat(named).catch((cause) => {
		throw refusal(fileFault(cause), cause);
	})).isDirectory() ? join(named, witness.program) : named;
	if (!await isProgram(path)) throw refusal(`there is no ${witness.program} in it that can be started`);
	const version = await versionOf(witness, path);
	if (version === void 0) throw refusal(`it does not say that it is ${witness.program}`);
	return {
		path,
		version
	};
}
async function isProgram(path) {
	return (await stat(path).catch(() => void 0))?.isFile() === true && access(path, constants.X_OK).then(() => true, () => false);
}
async function versionOf(witness, path) {
	try {
		const { stdout, stderr } = await run$1(path, [...witness.versionWords], { timeout: patience$1 });
		return witness.version(`${stdout}\n${stderr}`);
	} catch {
		return;
	}
}

// src/postgres/advisory.ts
/** Lockkeeper's own advisory lock of a database: whoever applies migrations there holds it. The letters `lockkeep`. */
const ownKey = BigInt(`0x${Buffer.from("lockkeep").toString("hex")}`);
/**
* Takes session-level advisory locks (documentation, 13.3.5), all or none. It asks again and again rather than wait inside
* a statement, whose snapshot CREATE INDEX CONCURRENTLY would wait for. Throws `KnownError` (`locked`) with the holder.
*/
async function takeLocks(session, keys, waiting) {
	const { wait, what, signal, progress } = waiting;
	const start = performance.now();
	for (let attempt = 0;; attempt += 1) {
		const key = await missing(session, keys);
		if (key === void 0) return;
		const holder = await holderOf(session, key);
		const waited = performance.now() - start;
		if (waited >= wait) throw new KnownError(`Somebody else holds ${what}: ${holder}.`, {
			reason: "locked",
			help: `It was waited for ${Math.round(waited / 1e3)} s (\`lock-queue\`); nothing was touched.`
		});
		if (attempt % 20 === 0) progress.step(`waiting for ${what}, held by ${holder}`);
		await setTimeout(randomInt(20, Math.min(1e3, 50 * 2 ** Math.min(attempt, 5))), void 0, { signal });
	}
}
/** Gives locks back. */
async function releaseLocks(session, keys) {
	for (const key of keys) await session.query("SELECT pg_catalog.pg_advisory_unlock($1::bigint)", [key.toString()]);
}
/** Takes them all, or none and tells the first that was not to be had. */
async function missing(session, keys) {
	const taken = [];
	for (const key of keys) {
		const [row] = await session.query("SELECT pg_catalog.pg_try_advisory_lock($1::bigint) AS mine", [key.toString()]);
		if (!row?.mine) {
			await releaseLocks(session, taken);
			return key;
		}
		taken.push(key);
	}
}
async function holderOf(session, key) {
	const [high, low] = [BigInt.asUintN(32, key >> 32n), BigInt.asUintN(32, key)];
	const [row] = await session.query(`SELECT l.pid, COALESCE(a.application_name, '') AS application,
            COALESCE(pg_catalog.to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), '') AS since
       FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND l.classid = $1::text::oid AND l.objid = $2::text::oid
        AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())`, [high.toString(), low.toString()]);
	if (!row) return "a session that has just ended";
	return `pid ${row.pid}${row.application ? ` (${row.application})` : ""}${row.since ? `, connected since ${row.since} UTC` : ""}`;
}

// src/jobs/migrate/agreement.ts
/** Milliseconds in which the program must answer. */
const patience = 6e4;
/** Asks the tool itself what is pending, and compares; undefined for a tool without a program. */
async function agreementOf(session, { tool, head, target, folders, asking, signal, progress }) {
	const { witness, title, ledger } = tool;
	if (!witness) return void 0;
	const [folder, ...others] = folders;
	const why = asking === void 0 ? "its program was not looked for" : asking.program;
	if (typeof why === "string" || !asking) return {
		outcome: "not asked",
		message: `Not asked: ${String(why)}.`
	};
	if (folder === void 0 || others.length > 0) return {
		outcome: "not asked",
		message: `Not asked: it takes one folder of migrations, and there are ${folders.length}.`
	};
	const program = `${witness.program} ${why.version}`;
	progress.step(`asking ${program} what is pending`);
	const said = await saidBy(why.path, witness, {
		target,
		folder: join(asking.root, folder),
		cwd: asking.root,
		signal,
		...ledger.named && { table: ledger.named }
	});
	const { standing } = await recordsOf(session, {
		tool,
		head
	});
	const expected = ledger.agenda(head, standing).pending.map(({ id }) => id);
	const word = witness.answer(said, head.migrations);
	if (!word) return {
		program,
		...unanswered(said, title)
	};
	return {
		program,
		...compared(word, expected, title)
	};
}
function compared({ pending, unfinished }, expected, title) {
	const more = pending.filter((id) => !expected.includes(id));
	const less = expected.filter((id) => !pending.includes(id));
	const faults = [
		...more.length > 0 ? [`${title} would apply ${listed(more)}, which its table says is applied`] : [],
		...less.length > 0 ? [`${title} does not see that ${listed(less)} is pending`] : [],
		...unfinished === void 0 ? [] : [`${title} says that ${unfinished} is not finished`]
	];
	if (faults.length > 0) return {
		outcome: "disagrees",
		message: `${faults.join("; ")}.`
	};
	return {
		outcome: "agrees",
		message: `It says that ${expected.length === 0 ? "nothing is pending" : `${listed(expected)} is pending, and nothing else`}.`
	};
}
/** Without a table of its own it would make one, which its session may not (SQLSTATE 25006, read_only_sql_transaction). */
function unanswered(said, title) {
	if (/25006|read-only transaction/.test(said)) return {
		outcome: "disagrees",
		message: `${title} does not see its table where Lockkeeper has written it.`
	};
	return {
		outcome: "unclear",
		message: `It could not say: ${said.trim().split("\n").slice(-3).join(" ").slice(0, 300) || "it gave no answer"}.`
	};
}
function listed(ids) {
	return ids.length <= 3 ? ids.join(", ") : `${ids.slice(0, 3).join(", ")} and ${ids.length - 3} more`;
}
/** All it prints, without the password. Whatever it would write, its session may only read. */
function saidBy(path, witness, { target, folder, cwd, signal, table }) {
	const { password, options = "", ...address } = target;
	const plain = address.sslmode === void 0 || address.sslmode === "prefer";
	const asked = {
		...address,
		...plain && { sslmode: "disable" }
	};
	const { words, environment } = witness.question({
		folder,
		address: asked,
		...table && { table }
	});
	const env = {
		...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name))),
		...environment,
		...password && { PGPASSWORD: password },
		PGOPTIONS: `${options} -c default_transaction_read_only=on`.trim()
	};
	return new Promise((resolve) => {
		execFile(path, [...words], {
			env,
			cwd,
			signal,
			timeout: patience,
			maxBuffer: 16e6
		}, (error, stdout, stderr) => {
			const text = `${stdout}\n${stderr}\n${error && !stderr && !stdout ? error.message : ""}`;
			resolve(password ? text.replaceAll(password, "***").replaceAll(encodeURIComponent(password), "***") : text);
		});
	});
}
/** Variables that are not for it: Lockkeeper's, and where libpq would connect to without the address. */
const ours = /^(LOCKKEEPER|INPUT)_|^PG(HOST|HOSTADDR|PORT|USER|DATABASE|OPTIONS|SSLMODE|SERVICE|SERVICEFILE|TARGETSESSIONATTRS)$/;

// src/jobs/migrate/down/storage.ts
async function storageOf(session) {
	const rows = await session.query(`SELECT c.oid::text || '.' || COALESCE(a.attnum, 0) AS key, n.nspname AS schema, c.relname AS relation,
            a.attname AS column, c.relkind::text AS kind, c.relfilenode::text AS file
       FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       LEFT JOIN pg_catalog.pg_attribute a
         ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind <> 'S'
      WHERE c.relkind IN ('r', 'p', 'f', 'S') AND c.relpersistence <> 't'
        AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY c.oid, a.attnum`);
	return new Map(rows.map(({ column, ...rest }) => [rest.key, {
		...rest,
		...column !== null && { column }
	}]));
}
/** What was there and is not any more. */
function gone(before, after) {
	return [...before.values()].filter(({ key }) => !after.has(key));
}
/** What was made meanwhile that may hold what people write: new tables whole, and new columns of older ones. */
function made(before, after) {
	const tableOf = (key) => key.split(".")[0];
	const older = new Set([...before.keys()].map(tableOf));
	const places = gone(after, before).filter(({ kind }) => kind === "r" || kind === "p");
	const fresh = places.filter(({ key }) => !older.has(tableOf(key)));
	return [...new Map(fresh.map(({ key, schema, relation }) => [tableOf(key), {
		schema,
		relation
	}])).values(), ...places.filter(({ key }) => older.has(tableOf(key)))];
}
/** What is there still, and was written anew. */
function rewritten(before, after) {
	return [...before.values()].filter(({ key, file }) => (after.get(key)?.file ?? file) !== file);
}
/** `public.a.n`, for people. */
function nameOf({ schema, relation, column }) {
	return [
		schema,
		relation,
		...column === void 0 ? [] : [column]
	].join(".");
}

// src/jobs/migrate/down/holding.ts
/** What is raised where something is held: a class that is PostgreSQL's and no extension's (documentation, 43.9.1). */
const raised = "LK001";
/**
* A unit that begins with a look whether what a migration made holds what nobody could bring back: a new table any row, a
* column of an older table any value but the default that it came with. The look is in the transaction, and nobody else can
* write there until its end, so it takes no longer than `patience` milliseconds.
*/
async function looking(session, unit, made, patience) {
	if (!unit.transaction) return unit;
	const there = await thereOf(session, made);
	if (there.length === 0) return unit;
	const looks = there.flatMap((place) => [`LOCK TABLE ${tableOf$1(place)} IN SHARE ROW EXCLUSIVE MODE`, `DO ${literal(lookAt(place))}`]);
	const limits = `SET LOCAL lock_timeout = ${patience}; SET LOCAL statement_timeout = ${patience}`;
	return {
		...unit,
		begin: [
			unit.begin,
			limits,
			...looks
		].join(";\n")
	};
}
/** Why a unit was not run, as far as it was for what is held. */
function heldIn(error) {
	if (!(error instanceof UnitFailed)) return void 0;
	const { sqlstate, message } = error.error.fault;
	if (sqlstate === raised) return message;
	return sqlstate === "57014" && !error.statement ? "Whether what it would drop holds anything cannot be told within `lock-timeout`." : void 0;
}
const tableOf$1 = ({ schema, relation }) => `${quote(schema)}.${quote(relation)}`;
function lookAt(place) {
	const { column, fallback } = place;
	const what = column === void 0 ? "rows" : "values other than its default";
	const rows = column === void 0 ? "" : `WHERE ${quote(column)} IS NOT NULL AND ${quote(column)}::text IS DISTINCT FROM ${fallback === null ? "NULL" : literal(fallback)}`;
	const message = `the ${column === void 0 ? "table" : "column"} ${nameOf(place)} holds ${what}, which its down migration would drop`;
	return `BEGIN IF EXISTS (SELECT FROM ${tableOf$1(place)} ${rows}) THEN
    RAISE EXCEPTION USING ERRCODE = '${raised}', MESSAGE = ${literal(message)}; END IF; END`;
}
/** Those that are there still, with the value that older rows have of a column; without what PostgreSQL computes itself. */
async function thereOf(session, made) {
	return (await session.query(`SELECT w.schema, w.relation, w."column", (a.attmissingval::text::text[])[1] AS fallback
       FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::text[]))
              AS w(schema, relation, "column")
       JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema
       JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.relation
       LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = w."column" AND a.attnum > 0
      WHERE w."column" IS NULL OR a.attgenerated = ''`, [
		made.map(({ schema }) => schema),
		made.map(({ relation }) => relation),
		made.map(({ column }) => column ?? null)
	])).map(({ column, ...rest }) => ({
		...rest,
		...column !== null && { column }
	}));
}

// src/jobs/migrate/down/take-back.ts
/**
* Runs the way back of a migration of which a part is committed, where it was tried from there and nothing is lost by it.
* What is committed before it fails is told in any case.
*/
async function takeBack(failed, way) {
	const { session, planning, input, failure } = failed;
	const trial = way.from(failure.done);
	if (typeof trial === "string") return refused$1(trial);
	await session.send(freshSession);
	const row = await begunRow(session, planning, failure.migration);
	if (!row) return refused$1("nothing of it is committed, and nothing is to be taken back");
	const other = otherChanges(trial.changes, await changesSince(session, failed));
	if (other.length > 0) return refused$1(`the target has changed otherwise, too: ${textOf(other)}`);
	const units = failure.done === 0 ? [] : await unitsToApply(way.migration, way.migration.down);
	const statements = [];
	try {
		await using looker = await connect(input.target);
		const { applying: limits, signal, progress } = input;
		await walk(units, {
			session,
			looker,
			limits,
			countsByMessage: await countsByMessage(session),
			own: /* @__PURE__ */ new Set(),
			signal,
			progress
		}, {
			failed,
			row,
			migration: way.migration,
			made: trial.made,
			statements
		});
	} catch (error) {
		const held = heldIn(error);
		return {
			outcome: held !== void 0 && statements.length === 0 ? "refused" : "failed",
			reason: sentence(held ?? error.message),
			statements
		};
	}
	return judged(await schemaNow(session, failed), failed, statements);
}
function refused$1(why) {
	return {
		outcome: "refused",
		reason: sentence(why)
	};
}
async function walk(units, hands, { failed, row, migration, made, statements }) {
	const { input, planning } = failed;
	const { schema } = planning.standing;
	const previous = planning.agenda.applied.at(-1)?.id;
	const books = [...input.tool.ledger.revert(migration, previous, schema), revertEntry(schema, row.id)];
	const lastOne = units.at(-1);
	const within = lastOne?.transaction && lastOne.end === "COMMIT";
	for (const unit of units) {
		hands.progress.step(`taking ${migration.name} back`);
		const looked = await looking(hands.session, unit, made, hands.limits.lockTimeout);
		const { ran } = await commitUnit(looked, hands, within && unit === lastOne ? books : []);
		statements.push(...ran.map(appliedStatement));
	}
	if (within) return;
	await writeAlone(hands.session, hands.limits, async () => {
		for (const { sql, values } of books) await hands.session.query(sql, values);
	});
}
function judged(now, { planning }, statements) {
	const told = {
		statements,
		fingerprint: now.fingerprint
	};
	if (now.fingerprint === planning.before.fingerprint) return {
		...told,
		outcome: "done"
	};
	const reason = `The down migration was run, and the schema is not what it was: ${textOf(diffSnapshots(planning.before, now))}.`;
	return {
		...told,
		outcome: "failed",
		reason
	};
}
/** The row of this migration, where it was begun. */
async function begunRow(session, { standing }, migration) {
	const row = (await readJournal(session, standing.schema)).findLast((each) => each.migration === migration);
	return row?.status === "started" ? row : void 0;
}
async function changesSince(session, failed) {
	return diffSnapshots(failed.planning.before, await schemaNow(session, failed));
}
function schemaNow(session, { input, planning }) {
	return schemaOf(session, ownTables(input.tool.ledger, planning.standing.schema));
}
function textOf(changes) {
	return changes.slice(0, 3).map(({ kind, id, action }) => `the ${kind} ${id} is ${action}`).join(", ");
}
/** Names and files are left as they are. */
function sentence(text) {
	const begun = text.replace(/^[a-z]+(?=[ ,])/, (word) => word.replace(/^./, (letter) => letter.toUpperCase()));
	return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

// src/jobs/migrate/down/reversible.ts
/**
* The first statement that does more than change the schema: rows that it writes, or what it calls, no comparison of schemas
* tells of, so that nobody knows what taking it back would have to do.
*/
function beyondSchema(statements) {
	return statements.find(({ kind }) => !schemaOnly.has(kind));
}
/** Kinds of the parse tree (PostgreSQL, parsenodes.h) that change the catalog of one database, or what only serves speed. */
const schemaOnly = /* @__PURE__ */ new Set([
	...[
		"CreateStmt",
		"AlterTableStmt",
		"IndexStmt",
		"DropStmt",
		"RenameStmt",
		"CommentStmt",
		"CreateTableAsStmt"
	],
	...[
		"ViewStmt",
		"RefreshMatViewStmt",
		"CreateSeqStmt",
		"AlterSeqStmt",
		"CreateStatsStmt",
		"AlterStatsStmt"
	],
	...[
		"CreateFunctionStmt",
		"AlterFunctionStmt",
		"CreateTrigStmt",
		"RuleStmt",
		"CreatePolicyStmt",
		"AlterPolicyStmt"
	],
	...[
		"CreateEnumStmt",
		"AlterEnumStmt",
		"CompositeTypeStmt",
		"CreateDomainStmt",
		"AlterDomainStmt",
		"CreateRangeStmt"
	],
	...[
		"AlterTypeStmt",
		"DefineStmt",
		"CreateSchemaStmt",
		"CreateExtensionStmt",
		"AlterObjectSchemaStmt"
	],
	...[
		"AlterOwnerStmt",
		"AlterObjectDependsStmt",
		"GrantStmt",
		"AlterDefaultPrivilegesStmt",
		"VariableSetStmt"
	],
	...["ReindexStmt", "VacuumStmt"]
]);

// src/jobs/migrate/down/trial.ts
/**
* Tries a migration's way back from every place where its way up can stop: behind each of its transactions. Each time in
* a database of its own, with empty tables.
*/
async function trialsOf(input, tried) {
	const trials = [];
	let done = 0;
	for (const { statements } of await unitsToApply(tried.migration)) {
		done += statements.length;
		input.progress.step(`trying the way back of ${tried.migration.id} behind ${done} of its statements`);
		trials.push(await trialAt(done, input, tried));
	}
	return trials;
}
async function trialAt(done, input, { server, base, migration, searchPath }) {
	const { signal, progress, tool, statementLimit: seconds } = input;
	await using guard = await openGuard({
		server,
		migrations: [...base, migration],
		signal,
		progress
	});
	await using scratch = await createScratch(server, { signal });
	const { address } = scratch;
	await using session = await connect(address, signal, {
		synchronous_commit: "off",
		...onPath(searchPath)
	});
	await makeSchemas(session, searchPath, [...base, migration]);
	const limit = {
		seconds,
		address
	};
	await replay(session, await guard.prepare(base), {
		fresh: tool.freshSession,
		limit
	});
	const before = await stateOf(address, signal);
	const [part] = await parted(migration, done);
	const walk = walker(guard.marking(session), guard, limit);
	const forth = await walk(part);
	const middle = await stateOf(address, signal);
	const tried = {
		done,
		changes: diffSnapshots(before.schema, middle.schema),
		made: made(before.storage, middle.storage)
	};
	if (forth) return {
		...tried,
		against: `what is committed of it fails when it is tried: ${forth}`
	};
	const back = await walk(migration, migration.down);
	if (back) return {
		...tried,
		against: `its down migration fails from there: ${back}`
	};
	const against = difference(before, middle, await stateOf(address, signal));
	return {
		...tried,
		...against && { against }
	};
}
/** Runs a script as a run of the tool would, in a session of its own; tells why it fails. */
function walker(session, { refusal }, limit) {
	return async (migration, script = migration.up) => {
		await session.send(freshSession);
		const batches = await batchesOf(migration, script);
		for (const each of batches.flatMap(({ statements }) => statements)) {
			const why = refusal(each);
			if (why) return `line ${each.line} of ${each.path} is not run on this server: ${why}`;
		}
		try {
			await execute(session, batches, ({ sql }) => limited(session, limit, () => session.send(sql)));
			return;
		} catch (error) {
			if (!(error instanceof StatementFailed)) throw error;
			const { path, line } = error.statement;
			return `line ${line} of ${path}: ${error.message}`;
		}
	};
}
async function stateOf(address, signal) {
	await using session = await connect(address, signal);
	return {
		schema: await takeSnapshot(session),
		storage: await storageOf(session)
	};
}
/** What would be lost, or would not be as it was. A schema can be the same again when what was in it is not. */
function difference(before, middle, after) {
	const taken = gone(before.storage, middle.storage);
	if (taken.length > 0) return `it has itself dropped ${names(taken)}, and a down migration does not bring back what was in it`;
	const renewed = gone(before.storage, after.storage);
	if (renewed.length > 0) return `its down migration drops ${names(renewed)}, which this run has not made`;
	const written = rewritten(middle.storage, after.storage).filter(({ key }) => before.storage.has(key));
	if (written.length > 0) return `its down migration writes ${names(written)} anew, which this run has not made`;
	if (before.schema.fingerprint === after.schema.fingerprint) return void 0;
	const [first] = diffSnapshots(before.schema, after.schema);
	return `its down migration does not give the schema that was there before${first ? `: the ${first.kind} ${first.id} is ${first.action}` : ""}`;
}
function names(places) {
	return [...new Set(places.map(nameOf))].slice(0, 5).join(", ");
}

// src/jobs/migrate/down/way-back.ts
/** Tries, before anything is touched, what may have to be gone back; undefined where nothing is pending. */
async function wayBackOf(input, { plan, agenda, interrupted }) {
	const [migration] = agenda.pending;
	if (!migration) return void 0;
	const way = (from) => ({
		migration,
		from: (done) => done === 0 ? {
			done,
			changes: [],
			made: []
		} : from(done)
	});
	const units = await unitsToApply(migration);
	if (isWhole(units)) return way(() => `${migration.name} is one transaction`);
	if (interrupted) return {
		migration,
		from: () => "an earlier run has committed a part of it, which is not for this one to take back"
	};
	if (!migration.down) return way(() => `${migration.name} has no down migration`);
	const back = (await unitsToApply(migration, migration.down)).flatMap(({ statements }) => statements);
	const opaque = beyondSchema(back);
	if (opaque) return way(() => `line ${opaque.line} of ${opaque.path}, its down migration, does more than change the schema`);
	await using server = await input.openServer(Number.parseInt(plan.target.server, 10));
	const { searchPath } = plan.target;
	const tried = {
		server,
		base: agenda.applied,
		migration,
		...searchPath && { searchPath }
	};
	const trials = await trialsOf(input, tried);
	const forth = units.flatMap(({ statements }) => statements);
	return way((done) => {
		const other = beyondSchema(forth.slice(0, done));
		if (other) return `line ${other.line} of ${other.path}, which is committed, does more than change the schema`;
		const trial = trials.find((each) => each.done === done);
		if (!trial) return `its down migration was not tried behind ${done} of its statements`;
		return trial.against ?? trial;
	});
}

// src/jobs/migrate/restore-beside.ts
/** Restores a backup into a new database beside its target, and compares it; throws what `restore` throws. The target is not touched. */
async function restoreBeside({ target, backup, copies, server, now }) {
	const { store, jobs, clientFolder, identities, signal, progress } = copies;
	const { manifest, manifestKey: key } = backup;
	const name = await freeName(target, stamped(target.database, manifest.takenAt), signal);
	const { database, problems, checked, notes } = await restore({
		source: sourceOf({
			key,
			manifest
		}, {
			store,
			identities,
			signal
		}),
		server,
		name,
		overwrite: false,
		withoutRoles: false,
		assertions: [],
		jobs,
		signal,
		progress,
		...clientFolder && { clientFolder },
		safetyBackup: () => Promise.reject(/* @__PURE__ */ new Error("Nothing is restored over."))
	});
	const aside = await freeName(target, stamped(`${target.database.slice(0, 33)}_failed`, now.toISOString()), signal);
	const { password: _, ...address } = target;
	return {
		database,
		problems,
		checked,
		notes,
		url: urlOf({
			...address,
			database
		}),
		administration: urlOf({
			...address,
			database: target.database === "postgres" ? "template1" : "postgres"
		}),
		switching: switchingTo(database, {
			database: target.database,
			aside
		})
	};
}
/** `shop_20261121_020700`: at most 63 bytes, as PostgreSQL cuts longer names. */
function stamped(name, moment) {
	const stamp = moment.slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "_");
	return `${cut(name, 40)}_${stamp}`;
}
/** So many bytes of UTF-8 at most, and no half character. */
function cut(name, bytes) {
	let kept = "";
	for (const character of name) {
		if (Buffer.byteLength(kept + character) > bytes) break;
		kept += character;
	}
	return kept;
}
/** The name, or the first of `name_2`, `name_3` … that no database has. */
async function freeName(target, name, signal) {
	await using session = await connect(target, signal);
	const rows = await session.query("SELECT datname::text AS name FROM pg_catalog.pg_database");
	const taken = new Set(rows.map((row) => row.name));
	for (let number = 2, free = name;; number += 1) {
		if (!taken.has(free)) return free;
		free = `${name}_${number}`;
	}
}
/** The old one is kept: what was written to it since the backup is nowhere else. Who is on it must go before it is renamed. */
function switchingTo(restored, { database, aside }) {
	const literal = `'${database.replaceAll("'", "''")}'`;
	return [
		`ALTER DATABASE ${quote(database)} ALLOW_CONNECTIONS false`,
		`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${literal}`,
		`ALTER DATABASE ${quote(database)} RENAME TO ${quote(aside)}`,
		`ALTER DATABASE ${quote(restored)} RENAME TO ${quote(database)}`,
		`ALTER DATABASE ${quote(aside)} ALLOW_CONNECTIONS true`
	];
}

// src/jobs/migrate/recovery.ts
/** Throws `KnownError` where what is to be done after a failure could not be done. */
function refuseHelpless({ onFailure = "stop", safety }) {
	if (onFailure !== "restore-to-new" || safety) return;
	throw new KnownError("With `on-failure: restore-to-new` there must be a backup to restore.", { help: "Leave `backup` at `always`, or `on-failure` at `stop`. Nothing was touched." });
}
/** Throws `KnownError` where the backup could not be restored after a failure. */
async function precautionsOf(input, planning, backup) {
	const { onFailure, safety } = input;
	if (onFailure === "down") {
		const wayBack = await wayBackOf(input, planning);
		return wayBack ? { wayBack } : {};
	}
	if (onFailure !== "restore-to-new" || !backup || !safety) return {};
	const { copies, openTarget } = safety;
	if (isLocked(backup.manifest.dump, copies.identities)) throw new KnownError("The backup is encrypted, and no key is there to restore it after a failure.", {
		reason: "refused",
		help: "Give the secret key with `identity-file`, or leave `on-failure` at `stop`. Nothing was touched."
	});
	return { restorable: {
		backup,
		copies,
		openTarget
	} };
}
/** Does what `on-failure` says. Whatever becomes of it is told, so that the failure itself is told in any case. */
async function recover(run) {
	const { onFailure: way = "stop", signal } = run.input;
	if (way === "stop") return void 0;
	const start = performance.now();
	return {
		way,
		...await (signal.aborted ? refused("The run was asked to stop.") : ways[way](run)).catch((error) => ({
			outcome: "failed",
			reason: [error.message, ...error instanceof KnownError && error.help ? [error.help] : []].join(" ")
		})),
		milliseconds: Math.round(performance.now() - start)
	};
}
const ways = {
	down: async ({ session, input, planning, precautions, applied, failure }) => {
		if (!failure) return refused("All that was pending is committed, and nothing failed half-way.");
		if (failure.uncertain) return refused("The connection was lost, and what is committed is not known.");
		const [first] = applied;
		if (first) return refused(`${first.id} was committed whole by this run, and is not taken back.`);
		if (!precautions.wayBack) return refused("Nothing was pending.");
		const { path } = precautions.wayBack.migration.down ?? {};
		return {
			...path && { path },
			...await takeBack({
				session,
				input,
				planning,
				failure
			}, precautions.wayBack)
		};
	},
	"restore-to-new": async ({ session, input, precautions: { restorable }, applied, failure }) => {
		if (failure && applied.length === 0 && failure.done === 0 && !failure.uncertain) return refused("Nothing is committed: the target is as it was, and has what was written since the backup.");
		if (!restorable) return refused("There is no backup of this run.");
		await releaseToolsLock(session, input);
		await using server = await restorable.openTarget();
		const restored = await restoreBeside({
			...restorable,
			server,
			target: input.target,
			now: input.now
		});
		if (restored.problems.length === 0) return {
			outcome: "done",
			restored
		};
		return {
			outcome: "failed",
			restored,
			reason: "What was restored is not all as it was backed up."
		};
	}
};
async function releaseToolsLock(session, { tool }) {
	try {
		await releaseLocks(session, await tool.ledger.locks(session));
	} catch {}
}
async function refused(reason) {
	return {
		outcome: "refused",
		reason
	};
}

// src/jobs/migrate/rehearsal.ts
/** The largest dump, in bytes before compression, that `auto` restores. */
const largest = 1e10;
/** Why it is not rehearsed; undefined where it is. Throws `KnownError` where it must be and cannot. */
function reasonAgainst(when, { dump }, identities) {
	if (when === "never") return "it was turned off for this run";
	const locked = isLocked(dump, identities);
	if (locked && when === "always") throw new KnownError("The backup is encrypted, and no key is there to rehearse on it.", {
		reason: "refused",
		help: "Give the secret key with `identity-file`, or leave `rehearse` at `auto`. Nothing was touched."
	});
	if (locked) return "the backup is encrypted, and no `identity-file` was given";
	if (when === "auto" && dump.plain.bytes > largest) return "the backup is larger than 10 GB";
}
/** Applies what is pending to the restored backup, as it would be to the target. What fails there never reaches the target. */
async function rehearseOnBackup(manifest, rehearsal) {
	const { agenda, plan } = rehearsal.planning;
	const { searchPath } = plan.target;
	const options = {
		...rehearsal,
		migrations: agenda.pending,
		...searchPath && { searchPath }
	};
	return onCopy(manifest, options, (copy) => rehearseOn(copy, rehearsal));
}
async function rehearseOn(copy, rehearsal) {
	const { session, address, server, milliseconds: restoreMilliseconds } = copy;
	const { progress: told } = rehearsal.input;
	const progress = {
		...told,
		step: (text) => told.step(`on the restored backup: ${text}`)
	};
	const input = {
		...rehearsal.input,
		target: address,
		progress
	};
	const before = await schemaOf(session, ownTables(input.tool.ledger, rehearsal.planning.standing.schema));
	const planning = {
		...rehearsal.planning,
		before
	};
	const applied = [];
	const measured = {
		server,
		restoreMilliseconds,
		applied
	};
	try {
		await applyAll({
			session: copy.marking,
			input,
			planning
		}, applied);
		await session.send(freshSession);
		return {
			...measured,
			verification: await verification(session, input, planning)
		};
	} catch (error) {
		return {
			...measured,
			failure: await failureOf(error, input, {
				planning,
				pid: session.pid
			}, applied)
		};
	}
}

// src/jobs/migrate.ts
/**
* Backs a target up, rehearses, applies what is pending, and shows that the schema is what was planned. One run at a time
* for each database. Throws `KnownError` where it ends before anything was touched.
*/
async function migrate(input) {
	return untouched(() => migrateTarget(input));
}
async function migrateTarget(input) {
	const { target, signal, progress, queue: wait } = input;
	const start = performance.now();
	refuseHelpless(input);
	await using session = await connectToStay(target);
	await refusePooled(session, target);
	await takeLocks(session, [ownKey], {
		wait,
		what: "the lock of Lockkeeper",
		signal,
		progress
	});
	const planning = await planOn(session, input);
	const report = await carryOut(session, input, planning);
	const { version, now, about } = input;
	const { actor, reason } = about;
	return {
		version: 1,
		command: "migrate",
		lockkeeper: version,
		startedAt: now.toISOString(),
		...actor !== void 0 && { actor },
		...reason !== void 0 && { reason },
		milliseconds: Math.round(performance.now() - start),
		plan: planning.plan,
		...report
	};
}
async function carryOut(session, input, planning) {
	const { plan, agenda } = planning;
	if (plan.outcome !== "passed") return {
		outcome: "refused",
		applied: []
	};
	refuseOther(plan, input.approved);
	if (agenda.pending.length === 0) return {
		outcome: "nothing",
		applied: []
	};
	const { taken, ...proved } = await prove(input, planning);
	const { rehearsal } = proved;
	if (rehearsal && (rehearsal.failure || rehearsal.verification?.outcome === "failed")) return {
		...proved,
		outcome: "failed",
		applied: []
	};
	const precautions = await precautionsOf(input, planning, taken);
	const target = {
		session,
		input,
		planning,
		...proved.backup && { backup: proved.backup.id }
	};
	return {
		...proved,
		...await underToolsLock(target, precautions)
	};
}
/** The backup, and the rehearsal on it. */
async function prove(input, planning) {
	const { safety } = input;
	const { digest } = planning.plan;
	if (!safety) {
		await input.begin?.({ digest });
		return { withoutBackup: true };
	}
	const taken = await safety.backup(`before migration ${planning.agenda.pending[0]?.id}`);
	const { manifest, manifestKey: key } = taken;
	const backup = {
		id: idOf({ key }),
		key
	};
	await input.begin?.({
		digest,
		backup: backup.id
	});
	const notRehearsed = reasonAgainst(safety.rehearse, manifest, safety.copies.identities);
	if (notRehearsed) return {
		taken,
		backup,
		notRehearsed
	};
	const { openServer } = input;
	return {
		taken,
		backup,
		rehearsal: await rehearseOnBackup(manifest, {
			...safety.copies,
			input,
			planning,
			openServer
		})
	};
}
function refuseOther(plan, approved) {
	if (approved === void 0 || approved === plan.digest) return;
	throw new KnownError(`The plan is not the one that was approved: its digest is ${plan.digest}, not ${approved}.`, {
		reason: "refused",
		help: "The commit, a file, the target or what is applied there has changed since. Plan again, and have that approved."
	});
}
/** The tool's own lock is held only while something is applied: an application that starts meanwhile waits for it. */
async function underToolsLock(target, precautions) {
	const { session, input, planning } = target;
	const { tool, signal, progress, queue: wait } = input;
	const keys = await tool.ledger.locks(session);
	await takeLocks(session, keys, {
		wait,
		what: `the lock of ${tool.title}`,
		signal,
		progress
	});
	await refuseChanged(session, input, planning);
	const applied = [];
	const recovery = async (failure) => {
		const recovery = await recover({
			session,
			input,
			planning,
			precautions,
			applied,
			...failure && { failure }
		});
		return recovery ? { recovery } : {};
	};
	try {
		await applyAll(target, applied);
		await releaseLocks(session, keys);
		await session.send(freshSession);
		const verified = await verifiedBy(session, input, planning);
		const came = verified.outcome === "failed" ? await recovery() : {};
		return {
			outcome: verified.outcome,
			applied,
			verification: verified,
			...came
		};
	} catch (error) {
		const failure = await failureOf(error, input, {
			planning,
			pid: session.pid
		}, applied);
		return {
			outcome: "failed",
			applied,
			failure,
			...await recovery(failure)
		};
	}
}
/** The target's own word, and the tool's. */
async function verifiedBy(session, input, planning) {
	const verified = await verification(session, input, planning);
	const agreement = await agreementOf(session, input);
	const outcome = agreement?.outcome === "disagrees" ? "failed" : verified.outcome;
	return {
		...verified,
		outcome,
		...agreement && { agreement }
	};
}
/** Between the plan and the tool's lock, the application may have run the tool. */
async function refuseChanged(session, input, { agenda }) {
	const now = (await recordsOf(session, input)).agenda;
	const ids = (migrations) => migrations.map(({ id }) => id).join();
	if (ids(now.applied) === ids(agenda.applied) && ids(now.pending) === ids(agenda.pending)) return;
	throw new KnownError("Somebody else has applied migrations to the target since it was planned.", {
		reason: "refused",
		help: "Nothing was touched. Run it again: what is left is planned anew."
	});
}
/** Whether something of a run is committed, or may be, though it failed. */
function isPartial({ applied, failure }) {
	return applied.length > 0 || (failure?.done ?? 0) > 0 || failure?.uncertain === true;
}

// src/reports/migrate/failure.ts
/** Whether the target is again what it was before the run. */
function isTakenBack({ recovery }) {
	return recovery?.way === "down" && recovery.outcome === "done";
}
const asked = {
	down: {
		refused: "The down migration was not run",
		failed: "The down migration was begun, and is not done"
	},
	"restore-to-new": {
		refused: "Nothing was restored",
		failed: "The backup is not restored as it should be"
	}
};
/** Why nothing came of what was to be done after the failure. */
function recoveryProblems(recovery) {
	if (!recovery || recovery.outcome === "done") return [];
	const { way, outcome, reason = "", restored } = recovery;
	return [`${asked[way][outcome]}: ${reason}`, ...restored?.problems ?? []];
}
/** What was done after the failure, step by step. */
function recoveryParts(recovery) {
	if (!recovery || !recovery.restored && !recovery.statements?.length && recovery.outcome !== "done") return [];
	return [recovery.way === "down" ? downPart(recovery) : restoredPart(recovery)];
}
function downPart({ path, statements = [], fingerprint, milliseconds }) {
	const rows = statements.map(({ line, sql, milliseconds: took }) => [
		String(line),
		oneLine(sql),
		durationText(took)
	]);
	const columns = [
		{
			title: "line",
			right: true
		},
		{
			title: "committed",
			code: true
		},
		{
			title: "took",
			right: true
		}
	];
	return {
		title: "After the failure: the down migration",
		facts: [
			...path ? [{
				label: "file",
				value: path,
				code: true
			}] : [],
			{
				label: "took",
				value: `${durationText(milliseconds)}, ${count(rows.length, "statement")}`
			},
			...fingerprint ? [{
				label: "fingerprint",
				value: fingerprint,
				code: true
			}] : []
		],
		...rows.length > 0 && { table: {
			columns,
			rows
		} }
	};
}
function restoredPart({ restored, milliseconds }) {
	const { database = "", url = "", checked = [] } = restored ?? {};
	return {
		title: "After the failure: the backup beside",
		facts: [
			{
				label: "database",
				value: database
			},
			{
				label: "URL",
				value: url,
				code: true
			},
			{
				label: "compared",
				value: checked.join(", ")
			},
			{
				label: "took",
				value: durationText(milliseconds)
			}
		]
	};
}
/** How the restored database takes the place of the target. */
function restoredSteps({ recovery, plan }) {
	const { restored, outcome } = recovery ?? {};
	if (!restored || outcome !== "done") return [];
	const { administration, switching, database } = restored;
	const words = [
		"psql",
		administration,
		"-X",
		"-v",
		"ON_ERROR_STOP=1",
		...switching.flatMap((sql) => ["-c", sql])
	];
	return [{
		text: `Have ${database} take the place of ${plan.target.database}, whose writes since the backup it has not`,
		command: shellLine(words)
	}];
}

// src/reports/migrate/migrate.ts
/** What a migration of a target came to. */
function migratePage(report, again) {
	const { outcome, plan, failure, verification, rehearsal } = report;
	return {
		good: outcome === "passed" || outcome === "nothing",
		headline: headlineOf(report),
		problems: [
			...outcome === "refused" ? [...closedGates(plan), ...openFindings(plan)] : [],
			...rehearsal?.failure ? failureTexts({
				...rehearsal.failure,
				statements: 0
			}) : [],
			...rehearsal?.verification ? differences(rehearsal.verification) : [],
			...failure ? failureTexts(isTakenBack(report) ? {
				...failure,
				left: []
			} : failure) : [],
			...verification ? differences(verification) : [],
			...recoveryProblems(report.recovery)
		],
		parts: [
			{
				facts: [...targetFacts(plan), ...proofs(report)],
				...tableOf(report)
			},
			...recoveryParts(report.recovery),
			...rehearsal ? [rehearsalPart(rehearsal.applied)] : [],
			...changesPart("What became different", outcome === "passed" ? plan.changes : []),
			gatesPart(plan.gates)
		],
		notes: notesOf(report),
		next: failure || report.recovery ? nextSteps(report, again) : []
	};
}
function headlineOf(report) {
	const { outcome, applied, plan, failure, verification, rehearsal } = report;
	const where = `on ${plan.target.database}`;
	if (outcome === "failed" && !failure && !verification && rehearsal) return `Nothing was touched ${where}: what is pending ${rehearsal.failure ? "fails" : "does not give what is planned"} on the restored backup`;
	if (outcome === "nothing") return `Nothing is pending ${where}`;
	if (outcome === "refused") return `Nothing was touched ${where}: ${plan.outcome === "refused" ? "a gate is closed" : "findings are not accepted"}`;
	if (outcome === "passed") return `${count(applied.length, "migration")} applied ${where}, and the schema is as planned`;
	if (verification) return `${count(applied.length, "migration")} applied ${where}, but ${butText(plan, verification)}`;
	if (isTakenBack(report)) return `Failed ${where}, and what was committed of it is taken back`;
	const partly = applied.length > 0 || (failure?.done ?? 0) > 0;
	if (failure?.uncertain && !partly) return `Failed ${where}: whether something is committed is not known`;
	return `Failed ${where}: ${partly ? `partly committed (${applied.length} of ${plan.pending.length} migrations)` : "nothing is committed"}`;
}
function butText({ tool }, { unexpected, invalidIndexes, pending }) {
	if (unexpected.length + invalidIndexes.length + pending.length > 0) return "the schema is not as planned";
	return `${tool.title} itself does not agree`;
}
/** What the tool's own program said. */
function agreementFacts(verification) {
	const { agreement } = verification ?? {};
	if (!agreement) return [];
	const { program, message } = agreement;
	return [{
		label: "the tool itself",
		value: program ? `${message} (${program})` : message
	}];
}
function proofs({ backup, withoutBackup, store, rehearsal, notRehearsed, verification, milliseconds }) {
	return [
		...backup ? [{
			label: "backup",
			value: `${backup.id} in ${store}, read back before anything was applied`
		}] : [],
		...withoutBackup ? [{
			label: "backup",
			value: "none: turned off for this run"
		}] : [],
		...rehearsal ? [{
			label: "rehearsal",
			value: `on the restored backup (${durationText(rehearsal.restoreMilliseconds)} to restore)`
		}] : [],
		...notRehearsed ? [{
			label: "rehearsal",
			value: `none on the backup: ${notRehearsed}`
		}] : [],
		...verification ? [{
			label: "fingerprint",
			value: verification.fingerprint,
			code: true
		}] : [],
		...agreementFacts(verification),
		{
			label: "took",
			value: durationText(milliseconds)
		}
	];
}
function tableOf({ applied, plan, outcome }) {
	if (outcome === "refused" && plan.pending.length > 0) return { table: pendingTable(plan) };
	return applied.length === 0 ? {} : { table: appliedTable(applied) };
}
function appliedTable(applied) {
	return {
		columns: [...[{
			title: "applied",
			code: true
		}, {
			title: "file",
			code: true
		}], ...[
			{
				title: "statements",
				right: true
			},
			{
				title: "took",
				right: true
			},
			{
				title: "tried again",
				right: true
			}
		]],
		rows: applied.map(({ id, path, statements, milliseconds, retries }) => [...[
			id,
			path,
			String(statements.length),
			durationText(milliseconds),
			retries === 0 ? "–" : `${retries} ×`
		]])
	};
}
function rehearsalPart(applied) {
	return {
		title: "Rehearsal on the restored backup",
		folded: true,
		table: appliedTable(applied)
	};
}
function failureTexts(failure) {
	const { path, line, message, sqlstate, done, statements, left, blockers, uncertain } = failure;
	return [
		`${path ? `${path}${line ? `:${line}` : ""}: ` : ""}${message}${sqlstate ? ` (SQLSTATE ${sqlstate})` : ""}`,
		...statements > 0 ? [`${done} of its ${count(statements, "statement")} are committed.`] : [],
		...uncertain ? ["Whether what ran last is committed as well is not known here: the next run finds out, as far as the schema tells."] : [],
		...blockers.map((blocker) => `In its way: ${blocker}.`),
		...left
	];
}
function differences({ unexpected, invalidIndexes, pending, agreement }) {
	return [
		...unexpected.map(({ action, kind, id }) => `The ${kind} ${id} is not as planned (${action}).`),
		...invalidIndexes.map((name) => `The index ${name} is invalid.`),
		...pending.map((id) => `${id} is still pending by the tool’s own table.`),
		...agreement?.outcome === "disagrees" ? [agreement.message] : []
	];
}
function notesOf(report) {
	const { plan, applied, outcome, recovery } = report;
	return [
		...applied.flatMap(({ id, blockers }) => blockers.map((blocker) => `${id} had to wait for ${blocker}.`)),
		...recovery?.restored?.notes ?? [],
		...outcome === "refused" ? acceptance(plan) : openFindings(plan),
		...editedNotes(plan),
		...accepted(report)
	];
}
function nextSteps(report, again) {
	const { failure } = report;
	const goOn = isTakenBack(report) ? "Mend what failed, and apply it anew" : "Mend what failed, and go on behind what is committed";
	return [
		...restoredSteps(report),
		{
			text: "Look what is there now",
			command: shellLine(again.plan)
		},
		...failure ? [{
			text: goOn,
			command: shellLine(again.migrate)
		}] : [],
		...restoreStep(report, again)
	];
}
function restoreStep({ backup, store, plan, recovery }, again) {
	if (!backup || !store || recovery?.restored) return [];
	return [{
		text: `Restore ${plan.target.database} as it was before, beside it`,
		command: shellLine([
			...again.restore,
			"--store",
			store,
			"--backup",
			backup.id
		])
	}];
}

// src/commands/again.ts
/** What belongs to one run alone: what it wrote, what it was approved for, what it only showed. */
const once = [
	"plan",
	"digest",
	"allow",
	"dry-run",
	"sql",
	"out",
	"backup",
	"store",
	"rehearse"
];
/** What means something on GitHub only, or is a file there. */
const onGitHub = [
	"comment",
	"comment-id",
	"deployment",
	"identity-file"
];
/**
* The flags, or inputs of the action, of this run that another command takes as well, to be pasted behind its name.
* Secrets are not among them.
*/
function flagsFor(command, { host }, more = []) {
	return host.given().flatMap(({ name, value, source }) => {
		const definition = definitionOf(name);
		const isOnce = once.includes(name) && !more.includes(name) || name.startsWith("report-");
		if (!(source.startsWith("--") || source.startsWith("input ") && !onGitHub.includes(name)) || isOnce || definition?.type === "secret" || !definition?.commands.includes(command)) return [];
		return definition.type === "switch" ? [`--${name}`] : [`--${name}`, value.replaceAll("\n", ",")];
	});
}

// src/commands/migrate.ts
/** Backs a target up, applies what is pending, and shows that the result is as planned. */
async function run(door) {
	const { settings } = door;
	if (settings.dryRun || settings.sql) return publishPlan(door, await plan(await planInputOf(door)));
	return announced(door, "migrate", (telling) => pinged(door, () => carriedOut(door, telling)));
}
async function carriedOut(door, { begin, came }) {
	await using store = isBackedUp(door) ? await storeOf(door) : void 0;
	const report = await migrate({
		...await inputOf(door, store),
		begin
	});
	const whole = {
		...report,
		...store && { store: store.label }
	};
	const page = migratePage(whole, againOf(door, report));
	came({
		page,
		idle: report.outcome === "nothing"
	});
	const outputs = {
		applied: String(report.applied.length),
		digest: report.plan.digest
	};
	await publishPage(door, whole, page, {
		...outputs,
		...report.backup && { backup: report.backup.id }
	});
	return codeOf(report);
}
/** The commands that come after a failure, with the flags of this run. */
function againOf(door, { plan }) {
	const allow = plan.allowed.length > 0 ? ["--allow", plan.allowed.join(",")] : [];
	return {
		plan: [
			"lockkeeper",
			"plan",
			...flagsFor("plan", door),
			...allow
		],
		migrate: [
			"lockkeeper",
			"migrate",
			...flagsFor("migrate", door, [
				"backup",
				"store",
				"rehearse"
			]),
			...allow
		],
		restore: [
			"lockkeeper",
			"restore",
			...flagsFor("restore", door)
		]
	};
}
function isBackedUp({ settings: { backup: when = "always" } }) {
	if (when === "always" || when === "never") return when === "always";
	throw new KnownError(`\`backup\`: for \`migrate\` it is \`always\` or \`never\`, not \`${when}\`.`);
}
async function inputOf(door, store) {
	const { settings } = door;
	const input = await planInputOf(door);
	const { plan: file, lockTimeout, lockWait, statementTimeout, lockQueue: queue, onFailure, reason } = settings;
	const { GITHUB_ACTOR, USER, LOGNAME } = process.env;
	const actor = GITHUB_ACTOR || USER || LOGNAME;
	const { commit = input.commit, run } = runOf(process.env);
	return {
		...input,
		...settings.digest && { approved: settings.digest },
		...file && await approvedIn(file),
		...store && { safety: await safetyOf(door, store, input.target) },
		applying: {
			lockTimeout,
			lockWait,
			statementTimeout
		},
		queue,
		onFailure,
		...await askingOf(door, input.tool),
		about: {
			...actor && { actor },
			...commit && { commit },
			...run && { run },
			...reason && { reason }
		}
	};
}
/** The tool's own program, where it has one. */
async function askingOf({ settings }, { witness }) {
	if (!witness) return {};
	return { asking: {
		program: await findProgram(witness, settings.toolBin),
		root: await realpath(resolve(settings.workingDirectory))
	} };
}
async function safetyOf(door, store, target) {
	const { settings, host, signal } = door;
	const { rehearse, pgBin } = settings;
	const identities = await identitiesIn(settings);
	return {
		backup: (reason) => backup({
			...backupOptions(door, store, reason),
			target
		}),
		rehearse,
		openTarget: async () => (await loadProvider("existing")).open({
			url: urlOf(target),
			signal,
			progress: host.progress
		}),
		copies: {
			store,
			jobs: jobsOf(settings),
			identities,
			signal,
			progress: host.progress,
			...pgBin && { clientFolder: pgBin }
		}
	};
}
/** What was approved, with what was accepted then. */
async function approvedIn(path) {
	const plan = planIn(await readFile(path, "utf8").catch((cause) => {
		throw new KnownError(`The plan cannot be read: ${fileFault(cause)}.`, {
			place: { path },
			cause
		});
	}));
	if (plan) return {
		approved: plan.digest,
		allow: plan.allowed
	};
	throw new KnownError("This is no plan.", {
		place: { path },
		help: "`lockkeeper plan --out FILE` writes one."
	});
}
function planIn(text) {
	try {
		const plan = JSON.parse(text);
		return plan.command === "plan" && typeof plan.digest === "string" && Array.isArray(plan.allowed) ? plan : void 0;
	} catch {
		return;
	}
}
function codeOf(report) {
	if (report.outcome === "passed" || report.outcome === "nothing") return exitCodes.done;
	if (report.outcome === "refused") return report.plan.outcome === "failed" ? exitCodes.findings : exitCodes.refused;
	return isPartial(report) ? exitCodes.partial : exitCodes.failed;
}

export { run };
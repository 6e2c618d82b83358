import { a as backup, r as runOf, t as backupOptions } from "./backup.js";
import { n as exitCodes, r as fileFault, t as KnownError } from "./error.js";
import { i as connect, r as SqlError, t as ConnectionLost } from "./connect.js";
import { c as openGuard, i as freshSession, l as batchesOf, o as lineOf, s as diffSnapshots } from "./rules.js";
import { i as idOf, n as pinged, t as storeOf } from "./store.js";
import { _ as invalidIndexes, a as changesPart, b as refusePooled, c as openFindings, d as plan, f as planOn, g as UnitFailed, h as applyMigration, i as acceptance, l as pendingTable, m as MigrationFailed, o as closedGates, p as recordsOf, r as planInputOf, s as gatesPart, t as publishPlan, u as targetFacts, v as BooksFailed, y as writeAlone } from "./plan.js";
import { c as wholeEntry, i as journalTable, t as createJournal } from "./journal.js";
import { n as schemaOf } from "./target2.js";
import { n as restoreToScratch, t as majorOf } from "./scratch-restore.js";
import { i as durationText, t as publishPage } from "./publish.js";
import { u as shellLine } from "./parts.js";
import { r as count } from "./wording.js";
import { t as definitionOf } from "./settings.js";
import { t as jobsOf } from "./jobs.js";
import { n as identitiesIn } from "./reading.js";
import { readFile } from "node:fs/promises";
import { randomInt } from "node:crypto";
import { setTimeout } from "node:timers/promises";

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

// src/jobs/migrate/apply-all.ts
/** Applies what is pending, in order; `applied` gets each migration as soon as it is committed. */
async function applyAll(target, applied) {
	const { session, input, planning } = target;
	const { agenda, interrupted } = planning;
	await openBooks(target);
	await using looker = await connect(input.target);
	const { applying: limits, signal, progress } = input;
	const hands = {
		session,
		looker,
		limits,
		own: /* @__PURE__ */ new Set(),
		signal,
		progress
	};
	for (const migration of agenda.pending) {
		signal.throwIfAborted();
		progress.step(`applying ${migration.name}`);
		const resume = interrupted?.row.migration === migration.id ? {
			...interrupted.row,
			...interrupted
		} : void 0;
		const work = {
			...workOf(target, migration),
			...resume && { resume }
		};
		applied.push(appliedOf(migration, await applyMigration(work, hands)));
	}
}
/** The tool's table and ours; where the tool had none, with what was said to be applied. */
async function openBooks(target) {
	const { session, input, planning } = target;
	const { ledger } = input.tool;
	const { schema, exists } = planning.standing;
	await writeAlone(session, input.applying, async () => {
		await createJournal(session, schema);
		if (exists) return;
		await ledger.create(session, schema);
		for (const migration of planning.agenda.applied) {
			const entry = {
				...entryOf(target, migration),
				statements: await statementsOf(migration)
			};
			for (const { sql, values } of [...ledger.record(migration, schema), wholeEntry(schema, entry, "baseline")]) await session.query(sql, values);
		}
	});
}
async function statementsOf(migration) {
	return (await batchesOf(migration)).flatMap(({ statements }) => statements).length;
}
function workOf(target, migration) {
	const { tool } = target.input;
	const { schema } = target.planning.standing;
	return {
		migration,
		ledger: tool.ledger,
		schema,
		fresh: tool.freshSession,
		entry: entryOf(target, migration)
	};
}
function entryOf({ input, planning, backup }, migration) {
	const { id, name, hash } = migration;
	return {
		tool: input.tool.name,
		migration: id,
		name,
		hash,
		allowed: input.allow,
		digest: planning.plan.digest,
		...input.about,
		...backup && { backup }
	};
}
/** What became of a migration, for the report. */
function appliedOf({ id, path }, committed) {
	const ran = committed.flatMap((each) => each.ran);
	return {
		id,
		path,
		milliseconds: Math.round(ran.reduce((sum, { milliseconds }) => sum + milliseconds, 0)),
		statements: ran.map(({ statement: { line, sql }, milliseconds }) => ({
			line,
			sql,
			milliseconds: Math.round(milliseconds * 10) / 10
		})),
		retries: committed.reduce((sum, { attempts }) => sum + attempts - 1, 0),
		blockers: [...new Set(committed.flatMap(({ blockers }) => blockers))]
	};
}

// src/jobs/migrate/failure.ts
/** What ends a run on a target; anything else is a fault of ours. */
const known = [
	UnitFailed,
	BooksFailed,
	ConnectionLost,
	SqlError,
	KnownError
];
/** How long one waits for what a lost session was doing to end, in milliseconds. */
const patience = 1e4;
/**
* Where a run stopped, and what is left. What is committed is asked of the target itself, as an answer that never came may
* have been a yes; `applied` then gets what it says. Throws what is no failure of the target.
*/
async function failureOf(error, input, { planning, pid }, applied) {
	const { signal } = input;
	const cause = error instanceof MigrationFailed ? error.cause : error;
	if (!known.some((kind) => cause instanceof kind) && !signal.aborted) throw cause;
	const begun = planning.agenda.pending[applied.length];
	const { done: seen, left } = await lookAgain(input, planning, {
		pid,
		lost: cause instanceof ConnectionLost
	}, applied);
	const at = planning.agenda.pending[applied.length];
	const { id: migration = "", path = "" } = at ?? {};
	const counted = error instanceof MigrationFailed && at === begun ? error : {
		done: 0,
		statements: 0
	};
	return {
		migration,
		path,
		message: signal.aborted ? signal.reason.message : cause.message,
		done: Math.max(counted.done, seen),
		statements: counted.statements,
		left,
		...cause instanceof UnitFailed && !signal.aborted ? placeOf(cause) : { blockers: [] }
	};
}
function placeOf({ error, statement, blockers }) {
	return {
		sqlstate: error.fault.sqlstate,
		blockers,
		...statement && { line: lineOf(statement, error) }
	};
}
/** What the target says: how far the migration came at which it stopped, and what of it should not be there. */
async function lookAgain(input, planning, before, applied) {
	try {
		await using session = await connect(input.target);
		const gone = !before.lost || await ended(session, before.pid);
		const { agenda, standing, journal } = await recordsOf(session, input);
		const now = new Set(agenda.applied.map(({ id }) => id));
		for (const { id, path } of planning.agenda.pending.slice(applied.length)) if (now.has(id)) applied.push({
			id,
			path,
			milliseconds: 0,
			statements: [],
			retries: 0,
			blockers: []
		});
		const next = planning.agenda.pending[applied.length];
		const row = journal.findLast(({ migration }) => migration === next?.id);
		const invalid = await invalidIndexes(session);
		const left = [
			...gone ? [] : [`The session that was lost (pid ${before.pid}) still works on the target.`],
			...invalid.map(({ schema, name, table }) => `The index ${schema}.${name} of ${table} is invalid.`),
			...standing.unfinished ? [`${input.tool.title} says that ${standing.unfinished} is not finished.`] : []
		];
		return {
			done: row?.status === "started" ? row.done : 0,
			left
		};
	} catch (error) {
		return {
			done: 0,
			left: [`The target could not be looked at again: ${error.message}`]
		};
	}
}
/** Waits until a backend is gone: until then it may yet commit. */
async function ended(session, pid) {
	const until = performance.now() + patience;
	for (;;) {
		if ((await session.query("SELECT FROM pg_catalog.pg_stat_activity WHERE pid = $1", [pid])).length === 0) return true;
		if (performance.now() > until) return false;
		await setTimeout(200);
	}
}

// src/jobs/migrate/verification.ts
/** Whether a target has changed as planned, and nothing else, and its tool has nothing to do. */
async function verification(session, input, planning) {
	const { ledger } = input.tool;
	const after = await schemaOf(session, [...ledger.tables, journalTable]);
	const unexpected = otherChanges(planning.changes, diffSnapshots(planning.before, after));
	const invalid = (await invalidIndexes(session)).map(({ schema, name }) => `${schema}.${name}`);
	const { agenda } = await recordsOf(session, input);
	const pending = agenda.pending.map(({ id }) => id);
	return {
		outcome: unexpected.length + invalid.length + pending.length === 0 ? "passed" : "failed",
		fingerprint: after.fingerprint,
		unexpected,
		invalidIndexes: invalid,
		pending
	};
}
/** Those of either list that the other has not: what was not planned, and what was and did not happen. */
function otherChanges(planned, made) {
	const text = (change) => JSON.stringify(change);
	const [wanted, done] = [new Set(planned.map(text)), new Set(made.map(text))];
	return [...made.filter((change) => !wanted.has(text(change))), ...planned.filter((change) => !done.has(text(change)))];
}

// src/jobs/migrate/rehearsal.ts
/** The largest dump, in bytes before compression, that `auto` restores. */
const largest = 1e10;
/** Why it is not rehearsed; undefined where it is. Throws `KnownError` where it must be and cannot. */
function reasonAgainst(when, { dump }, identities) {
	if (when === "never") return "it was turned off for this run";
	const locked = dump.recipients !== void 0 && identities.length === 0;
	if (locked && when === "always") throw new KnownError("The backup is encrypted, and no key is there to rehearse on it.", {
		reason: "refused",
		help: "Give the secret key with `identity-file`, or leave `rehearse` at `auto`. Nothing was touched."
	});
	if (locked) return "the backup is encrypted, and no `identity-file` was given";
	if (when === "auto" && dump.plain.bytes > largest) return "the backup is larger than 10 GB";
}
/** Applies what is pending to the restored backup, as it would be to the target. What fails there never reaches the target. */
async function rehearseOnBackup(manifest, rehearsal) {
	const { progress, signal } = rehearsal;
	progress.step("restoring the backup to rehearse on it");
	await using server = await rehearsal.openServer(majorOf(manifest));
	await using guard = await openGuard({
		server,
		migrations: rehearsal.planning.agenda.pending,
		signal,
		progress
	});
	await using copy = await restoreToScratch(manifest, server, rehearsal);
	const connection = await connect(copy.address);
	await using _closed = connection;
	const input = {
		...rehearsal.input,
		target: copy.address
	};
	const before = await schemaOf(connection, [...input.tool.ledger.tables, journalTable]);
	const planning = {
		...rehearsal.planning,
		before
	};
	const target = {
		session: guard.marking(connection),
		input,
		planning
	};
	const applied = [];
	const measured = {
		server: server.version,
		restoreMilliseconds: copy.milliseconds,
		applied
	};
	try {
		await applyAll(target, applied);
		await connection.send(freshSession);
		return {
			...measured,
			verification: await verification(connection, input, planning)
		};
	} catch (error) {
		return {
			...measured,
			failure: await failureOf(error, input, {
				planning,
				pid: connection.pid
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
	const { target, signal, progress, queue: wait } = input;
	const start = performance.now();
	await using session = await connect(target);
	await refusePooled(session, target);
	await takeLocks(session, [ownKey], {
		wait,
		what: "the lock of Lockkeeper",
		signal,
		progress
	});
	const planning = await planOn(session, input);
	const report = await carryOut(session, input, planning);
	const { version, now } = input;
	return {
		version: 1,
		command: "migrate",
		lockkeeper: version,
		startedAt: now.toISOString(),
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
	const proved = await prove(input, planning);
	const { rehearsal } = proved;
	if (rehearsal && (rehearsal.failure || rehearsal.verification?.outcome === "failed")) return {
		...proved,
		outcome: "failed",
		applied: []
	};
	return {
		...proved,
		...await underToolsLock(session, input, planning, proved.backup?.id)
	};
}
/** The backup, and the rehearsal on it. */
async function prove(input, planning) {
	const { safety } = input;
	if (!safety) return { withoutBackup: true };
	const { manifest, manifestKey: key } = await safety.backup(`before migration ${planning.agenda.pending[0]?.id}`);
	const backup = {
		id: idOf({ key }),
		key
	};
	const notRehearsed = reasonAgainst(safety.rehearse, manifest, safety.copies.identities);
	if (notRehearsed) return {
		backup,
		notRehearsed
	};
	const { openServer } = input;
	return {
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
async function underToolsLock(session, input, planning, backup) {
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
	try {
		await applyAll({
			session,
			input,
			planning,
			...backup && { backup }
		}, applied);
		await releaseLocks(session, keys);
		await session.send(freshSession);
		const verified = await verification(session, input, planning);
		return {
			outcome: verified.outcome,
			applied,
			verification: verified
		};
	} catch (error) {
		return {
			outcome: "failed",
			applied,
			failure: await failureOf(error, input, {
				planning,
				pid: session.pid
			}, applied)
		};
	}
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
/** Whether something of a run is committed though it failed. */
function isPartial({ applied, failure }) {
	return applied.length > 0 || (failure?.done ?? 0) > 0;
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
			...failure ? failureTexts(failure) : [],
			...verification ? differences(verification) : []
		],
		parts: [
			{
				facts: [...targetFacts(plan), ...proofs(report)],
				...tableOf(report)
			},
			...rehearsal ? [rehearsalPart(rehearsal.applied)] : [],
			...changesPart("What became different", outcome === "passed" ? plan.changes : []),
			gatesPart(plan.gates)
		],
		notes: notesOf(report),
		next: failure ? nextSteps(report, again) : []
	};
}
function headlineOf({ outcome, applied, plan, failure, verification, rehearsal }) {
	const where = `on ${plan.target.database}`;
	if (outcome === "failed" && !failure && !verification && rehearsal) return `Nothing was touched ${where}: what is pending ${rehearsal.failure ? "fails" : "does not give what is planned"} on the restored backup`;
	if (outcome === "nothing") return `Nothing is pending ${where}`;
	if (outcome === "refused") return `Nothing was touched ${where}: ${plan.outcome === "refused" ? "a gate is closed" : "findings are not accepted"}`;
	if (outcome === "passed") return `${count(applied.length, "migration")} applied ${where}, and the schema is as planned`;
	if (verification) return `${count(applied.length, "migration")} applied ${where}, but the schema is not as planned`;
	return `Failed ${where}: ${applied.length > 0 || (failure?.done ?? 0) > 0 ? `partly committed (${applied.length} of ${plan.pending.length} migrations)` : "nothing is committed"}`;
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
function failureTexts({ path, line, message, sqlstate, done, statements, left, blockers }) {
	return [
		`${path ? `${path}${line ? `:${line}` : ""}: ` : ""}${message}${sqlstate ? ` (SQLSTATE ${sqlstate})` : ""}`,
		...statements > 0 ? [`${done} of its ${count(statements, "statement")} are committed.`] : [],
		...blockers.map((blocker) => `In its way: ${blocker}.`),
		...left
	];
}
function differences({ unexpected, invalidIndexes, pending }) {
	return [
		...unexpected.map(({ action, kind, id }) => `The ${kind} ${id} is not as planned (${action}).`),
		...invalidIndexes.map((name) => `The index ${name} is invalid.`),
		...pending.map((id) => `${id} is still pending by the tool’s own table.`)
	];
}
function notesOf({ plan, applied, outcome }) {
	return [
		...applied.flatMap(({ id, blockers }) => blockers.map((blocker) => `${id} had to wait for ${blocker}.`)),
		...outcome === "refused" ? acceptance(plan) : openFindings(plan),
		...plan.allowed.length > 0 ? [`Accepted for this run: ${plan.allowed.join(", ")}.`] : []
	];
}
function nextSteps({ backup, store, plan }, again) {
	return [
		{
			text: "Look what is there now",
			command: shellLine(again.plan)
		},
		{
			text: "Mend what failed, and go on behind what is committed",
			command: shellLine(again.migrate)
		},
		...backup && store ? [{
			text: `Restore ${plan.target.database} as it was before, beside it`,
			command: shellLine([
				...again.restore,
				"--store",
				store,
				"--backup",
				backup.id
			])
		}] : []
	];
}

// src/commands/again.ts
/** What belongs to one run alone: what it wrote, what it was approved for, what it only showed. */
const once = [
	"plan",
	"allow",
	"dry-run",
	"sql",
	"out",
	"backup",
	"store",
	"rehearse"
];
/** The flags of this run that another command takes as well, to be pasted behind its name. */
function flagsFor(command, { host }, more = []) {
	return host.given().flatMap(({ name, value, source }) => {
		const definition = definitionOf(name);
		const isOnce = once.includes(name) && !more.includes(name) || name.startsWith("report-");
		if (!source.startsWith("--") || isOnce || !definition?.commands.includes(command)) return [];
		return definition.type === "switch" ? [`--${name}`] : [`--${name}`, value.replaceAll("\n", ",")];
	});
}

// src/commands/migrate.ts
/** Backs a target up, applies what is pending, and shows that the result is as planned. */
async function run(door) {
	const { settings } = door;
	if (settings.dryRun || settings.sql) return publishPlan(door, await plan(await planInputOf(door)));
	return pinged(door, async () => {
		await using store = isBackedUp(door) ? await storeOf(door) : void 0;
		const report = await migrate(await inputOf(door, store));
		const whole = {
			...report,
			...store && { store: store.label }
		};
		const outputs = {
			applied: String(report.applied.length),
			digest: report.plan.digest
		};
		await publishPage(door, whole, migratePage(whole, againOf(door, report)), {
			...outputs,
			...report.backup && { backup: report.backup.id }
		});
		return codeOf(report);
	});
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
	const { plan: file, lockTimeout, lockWait, statementTimeout, lockQueue: queue } = settings;
	const { GITHUB_ACTOR: actor } = process.env;
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
		about: {
			...actor && { actor },
			...commit && { commit },
			...run && { run }
		}
	};
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
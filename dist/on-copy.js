import { t as KnownError } from "./error.js";
import { i as connect, r as SqlError, t as ConnectionLost } from "./connect.js";
import { F as openGuard, P as diffSnapshots, S as openLooker, _ as invalidIndexes, b as BooksFailed, c as MigrationFailed, d as unitsToApply, g as countsByMessage, k as freshSession, l as applyMigration, m as UnitFailed, x as writeAlone } from "./interrupted.js";
import { a as ownTables, l as onPath, m as batchesOf, o as schemaOf, p as lineOf, r as recordsOf } from "./records.js";
import { l as wholeEntry, t as createJournal } from "./journal.js";
import { n as restoreToScratch, t as majorOf } from "./scratch-restore.js";
import { setTimeout } from "node:timers/promises";

// src/model/backup.ts
/** Whether a dump is encrypted and there is no secret key to read it with. */
function isLocked({ recipients }, identities) {
	return recipients !== void 0 && identities.length === 0;
}

// src/jobs/migrate/apply-all.ts
/** Applies what is pending, in order; `applied` gets each migration as soon as it is committed. */
async function applyAll(run, applied) {
	const { session, input, planning } = run;
	const { agenda, interrupted } = planning;
	await openBooks(run);
	const { applying: limits, signal, progress } = input;
	await using looker = await openLooker(input.target, progress);
	const hands = {
		session,
		looker,
		limits,
		countsByMessage: await countsByMessage(session),
		own: /* @__PURE__ */ new Set(),
		signal,
		progress
	};
	if (input.tool.freshSession) await session.send(freshSession);
	let units = unitsAhead(agenda.pending[0]);
	for (const [index, migration] of agenda.pending.entries()) {
		signal.throwIfAborted();
		progress.step(`applying ${migration.name}`);
		const resume = interrupted?.row.migration === migration.id ? {
			...interrupted.row,
			...interrupted
		} : void 0;
		const work = {
			...workOf(run, migration),
			units: await units,
			...resume && { resume }
		};
		const applying = applyMigration(work, hands);
		units = unitsAhead(agenda.pending[index + 1]);
		applied.push(appliedOf(migration, await applying));
	}
}
/** What is to be applied of a migration; what is wrong with it is told when it is its turn. */
function unitsAhead(migration) {
	const units = migration ? unitsToApply(migration) : Promise.resolve([]);
	units.catch(() => {});
	return units;
}
/** The tool's table and ours; where the tool had none, with what was said to be applied. */
async function openBooks(run) {
	const { session, input, planning } = run;
	const { ledger } = input.tool;
	const { schema, exists } = planning.standing;
	await writeAlone(session, input.applying, async () => {
		await createJournal(session, schema);
		if (exists) return;
		await ledger.create(session, schema);
		for (const migration of planning.agenda.applied) {
			const entry = {
				...entryOf(run, migration),
				statements: await statementsOf(migration)
			};
			for (const { sql, values } of [...ledger.record(migration, schema), wholeEntry(schema, entry, "baseline")]) await session.query(sql, values);
		}
	});
}
async function statementsOf(migration) {
	return (await batchesOf(migration)).flatMap(({ statements }) => statements).length;
}
function workOf(run, migration) {
	const { tool } = run.input;
	const { schema } = run.planning.standing;
	return {
		migration,
		ledger: tool.ledger,
		schema,
		fresh: tool.freshSession,
		entry: entryOf(run, migration)
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
/** What became of a statement, for the report. */
function appliedStatement({ statement: { line, sql }, milliseconds }) {
	return {
		line,
		sql,
		milliseconds: toTenths(milliseconds)
	};
}
function toTenths(milliseconds) {
	return Math.round(milliseconds * 10) / 10;
}
/** What became of a migration, for the report. */
function appliedOf({ id, path }, committed) {
	const ran = committed.flatMap((each) => each.ran);
	return {
		id,
		path,
		milliseconds: toTenths(committed.reduce((sum, { milliseconds }) => sum + milliseconds, 0)),
		statements: ran.map(appliedStatement),
		retries: committed.reduce((sum, { attempts }) => sum + attempts - 1, 0),
		blockers: [...new Set(committed.flatMap(({ blockers }) => blockers))]
	};
}

// src/jobs/migrate/verification.ts
/** Whether a target has changed as planned, and nothing else, and its tool has nothing to do. */
async function verification(session, input, planning) {
	const { ledger } = input.tool;
	const after = await schemaOf(session, ownTables(ledger, planning.standing.schema));
	const unexpected = otherChanges(planning.changes, diffSnapshots(planning.before, after));
	const invalid = (await newInvalid(session, planning.before)).map(({ schema, name }) => `${schema}.${name}`);
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
/** Invalid indexes that were not before: what others have left was there, and was accepted as drift. */
async function newInvalid(session, { objects }) {
	const old = new Set(objects.filter((each) => each.kind === "index" && !each.valid).map(({ id }) => id));
	return (await invalidIndexes(session)).filter(({ schema, name }) => !old.has(`${schema}.${name}`));
}
/** Those of either list that the other has not: what was not planned, and what was and did not happen. */
function otherChanges(planned, made) {
	const text = (change) => JSON.stringify(change);
	const [wanted, done] = [new Set(planned.map(text)), new Set(made.map(text))];
	return [...made.filter((change) => !wanted.has(text(change))), ...planned.filter((change) => !done.has(text(change)))];
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
	const { done: seen, left, sure } = await lookAgain(input, planning, {
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
		...(!sure || error instanceof MigrationFailed && error.uncertain && at === begun) && { uncertain: true },
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
		const ours = new Set(journal.filter(({ status }) => status === "applied").map(({ migration }) => migration));
		const rest = planning.agenda.pending.slice(applied.length).filter(({ id }) => now.has(id));
		for (const { id, path } of rest) if (ours.has(id)) applied.push({
			id,
			path,
			milliseconds: 0,
			statements: [],
			retries: 0,
			blockers: []
		});
		const next = planning.agenda.pending[applied.length];
		const row = journal.findLast(({ migration }) => migration === next?.id);
		const invalid = await newInvalid(session, planning.before ?? { objects: [] });
		const left = [
			...gone ? [] : [`The session that was lost (pid ${before.pid}) still works on the target.`],
			...invalid.map(({ schema, name, table }) => `The index ${schema}.${name} of ${table} is invalid.`),
			...rest.filter(({ id }) => !ours.has(id)).map(({ id }) => `${id} was applied by somebody else meanwhile.`),
			...standing.unfinished ? [`${input.tool.title} says that ${standing.unfinished} is not finished.`] : []
		];
		return {
			done: row?.status === "started" ? row.done : 0,
			left,
			sure: gone
		};
	} catch (error) {
		return {
			done: 0,
			left: [`The target could not be looked at again: ${error.message}`],
			sure: !before.lost
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

// src/jobs/migrate/on-copy.ts
/** Restores a backup in a database of our own, and does something there; nothing of it stays. */
async function onCopy(manifest, options, work) {
	const { migrations, signal, progress } = options;
	progress.step("restoring the backup to rehearse on it");
	await using server = await options.openServer(majorOf(manifest));
	await using guard = await openGuard({
		server,
		migrations,
		signal,
		progress
	});
	await using copy = await restoreToScratch(manifest, server, options);
	await using session = await connect(copy.address, void 0, onPath(options.searchPath));
	const { address, milliseconds } = copy;
	return await work({
		session,
		marking: guard.marking(session),
		address,
		server: server.version,
		milliseconds
	});
}

export { appliedStatement as a, verification as i, failureOf as n, applyAll as o, otherChanges as r, isLocked as s, onCopy as t };
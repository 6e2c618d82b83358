import { D as check, E as rules, t as interrupted } from "./interrupted.js";
import { n as exitCodes, t as KnownError } from "./error.js";
import { o as schemaOf, r as recordsOf, u as pathOf } from "./records.js";
import { t as version } from "./version.js";
import { n as failureOf, o as applyAll, s as isLocked, t as onCopy } from "./on-copy.js";
import { r as SqlError, t as ConnectionLost } from "./connect.js";
import { _ as ProgramFailed, t as jobsOf } from "./jobs.js";
import { r as idOf, t as storeOf } from "./store.js";
import { n as catalogOf, r as picked } from "./catalog.js";
import { n as identitiesIn } from "./reading.js";
import { t as openServer } from "./server.js";
import { r as subjectOf } from "./subject.js";
import { t as writeReport } from "./write.js";

// src/jobs/migrate/redacted.ts
/**
* What may be said of an error on other people's rows: PostgreSQL's own message where it is one of those that hold nothing
* but names, and these are known without the rows; else what its SQLSTATE means. Details, hints and contexts never.
*/
function redacted(message, sqlstate, names) {
	if (shapes.map((shape) => shape.exec(message)).find((found) => found !== null)?.slice(1).every((name) => name === void 0 || names.has(name))) return message;
	return `${sqlstate === void 0 ? "it was cut off" : meanings[sqlstate] ?? "PostgreSQL refuses it"}; its own words may quote rows, and are not shown`;
}
/** Every name in schemas that were made from the files alone. */
function namesIn(snapshots) {
	return new Set(snapshots.flatMap(({ objects }) => objects.map(({ name }) => name)));
}
/** Messages of PostgreSQL's sources (tablecmds.c, nbtsort.c, execMain.c, ri_triggers.c, postgres.c …), with their names. */
const shapes = [
	/^could not create unique index "(.*)"$/s,
	/^could not create exclusion constraint "(.*)"$/s,
	/^duplicate key value violates unique constraint "(.*)"$/s,
	/^column "(.*)" of relation "(.*)" contains null values$/s,
	/^null value in column "(.*)" of relation "(.*)" violates not-null constraint$/s,
	/^check constraint "(.*)" of relation "(.*)" is violated by some row$/s,
	/^new row for relation "(.*)" violates check constraint "(.*)"$/s,
	/^partition constraint of relation "(.*)" is violated by some row$/s,
	/^no partition of relation "(.*)" found for row$/s,
	/^insert or update on table "(.*)" violates foreign key constraint "(.*)"$/s,
	/^update or delete on table "(.*)" violates foreign key constraint "(.*)" on table "(.*)"$/s,
	/^(?:relation|type|index|table|view|schema|constraint) "(.*)" (?:does not exist|already exists)$/s,
	/^column "(.*)" of relation "(.*)" (?:does not exist|already exists)$/s,
	/^(?:integer|bigint|smallint) out of range$/,
	/^division by zero$/,
	/^canceling statement due to (?:lock|statement) timeout$/,
	/^deadlock detected$/
];
/** Of codes that rows bring about (documentation, appendix A). */
const meanings = {
	"21000": "a subquery gives more than one row",
	"22001": "a value is too long for its type",
	"22003": "a number is out of range",
	"22004": "a value is NULL where none may be",
	"22007": "a value is no date or time",
	"22008": "a date or time is out of range",
	"22012": "something is divided by zero",
	"22023": "a value is none that a function takes",
	"22032": "a value is no JSON",
	"22P02": "a value cannot be read as its new type",
	"23502": "a value is NULL where none may be",
	"23503": "a row refers to one that is not there",
	"23505": "two rows have the same value where none may",
	"23514": "a row violates a check",
	"23P01": "two rows exclude each other",
	"40P01": "it was in a deadlock",
	"42501": "the role may not do this",
	"42703": "a column is not there",
	"42704": "an object is not there",
	"42710": "an object is there already",
	"42883": "a function is not there",
	"42P01": "a table is not there",
	"42P07": "a table is there already",
	"53100": "the disk is full",
	"53200": "there is no more memory",
	"55P03": "no lock was to be had",
	"57014": "it was cancelled",
	P0001: "the script raised an error"
};

// src/jobs/migrate/rehearse-on.ts
/** On a copy nobody else works: a statement may take as long as it takes, and waits for no lock. In milliseconds. */
const limits = {
	lockTimeout: 1e4,
	lockWait: 1e4,
	statementTimeout: 0
};
/**
* Applies to a restored backup what is pending there, which may be more than is checked, and tells how long it took or where it
* failed. What is told holds no row and no value of the backup. Throws `KnownError` where it cannot be restored.
*/
async function rehearsedOn(input) {
	const { backup, subject, signal } = input;
	refuseLocked(input);
	const migrations = subject.head.migrations;
	try {
		return await onCopy(backup.manifest, {
			...input,
			migrations
		}, (copy) => onRows(copy, input));
	} catch (error) {
		if (signal.aborted) throw signal.reason;
		if (![
			ProgramFailed,
			SqlError,
			ConnectionLost
		].some((kind) => error instanceof kind)) throw error;
		const id = idOf(backup);
		throw new KnownError(`The backup ${id} cannot be rehearsed on.`, {
			reason: "backup",
			help: `Why is not told here, as it may quote rows: \`lockkeeper verify --backup ${id}\` tells it where only you read it.`
		});
	}
}
function refuseLocked({ backup, identities }) {
	if (!isLocked(backup.manifest.dump, identities)) return;
	throw new KnownError(`The backup ${idOf(backup)} is encrypted, and no key is there to rehearse on it.`, { help: "Give the secret key with `identity-file`." });
}
async function onRows(copy, { backup, subject, seen, signal, progress }) {
	const { tool, head } = subject;
	const { manifest } = backup;
	const { standing, agenda, journal } = await recordsOf(copy.session, {
		tool,
		head
	});
	const known = !standing.exists && await hasTables(copy.session) ? {
		...agenda,
		applied: subject.base.migrations,
		pending: subject.pending
	} : agenda;
	const { row } = await interrupted(journal, known);
	const planning = {
		standing,
		agenda: known,
		plan: { digest: "" },
		...row && { interrupted: {
			row,
			leftovers: []
		} }
	};
	const input = {
		tool,
		head,
		target: copy.address,
		applying: limits,
		signal,
		progress: discreet(progress)
	};
	const applied = [];
	const facts = {
		backup: idOf(backup),
		database: manifest.database,
		takenAt: manifest.takenAt,
		bytes: manifest.dump.plain.bytes,
		server: copy.server,
		restoreMilliseconds: copy.milliseconds,
		applied
	};
	if (known.pending.length === 0) return {
		outcome: "nothing",
		...facts
	};
	try {
		await applyAll({
			session: copy.marking,
			input: {
				...input,
				allow: [],
				about: {}
			},
			planning
		}, applied);
		return {
			outcome: "passed",
			...facts
		};
	} catch (error) {
		const failure = await failureOf(error, input, {
			planning,
			pid: copy.session.pid
		}, applied);
		signal.throwIfAborted();
		return {
			outcome: "failed",
			...facts,
			failure: withoutRows(failure, namesIn(seen))
		};
	}
}
/** Tables without one of the tool: what is applied there is what the check takes as applied. */
async function hasTables(session) {
	return (await schemaOf(session, [])).objects.some(({ kind }) => kind === "table");
}
function withoutRows(failure, names) {
	const { migration, path, line, sqlstate, message, done, statements } = failure;
	return {
		migration,
		path,
		...line && { line },
		...sqlstate && { sqlstate },
		done,
		statements,
		message: redacted(message, sqlstate, names)
	};
}
/** Says which migration it is at, and nothing that comes from the database. */
function discreet(progress) {
	return { step: (text) => text.startsWith("applying ") && progress.step(`${text} to the restored backup`) };
}

// src/commands/rehearse-on.ts
/** Asks the backup that the settings name what it says to the pending migrations; nothing where they name none. */
async function rehearsalOn(door, subject) {
	const { settings, host, signal } = door;
	const { rehearseOn: which, pgBin } = settings;
	if (which === void 0) return {};
	const searchPath = pathOf(settings.searchPath);
	const identities = await identitiesIn(settings);
	return { rehearseOn: async (seen) => {
		await using store = await storeOf(door);
		const backup = picked(await catalogOf(door, store), which, door.host.progress);
		const { progress } = host;
		return await rehearsedOn({
			backup,
			subject,
			seen,
			store,
			identities,
			jobs: jobsOf(settings),
			signal,
			progress,
			...searchPath && { searchPath },
			...pgBin && { clientFolder: pgBin },
			openServer: (major) => openServer(door, major)
		});
	} };
}

// src/commands/check.ts
/** Runs the pending migrations and tells what they do. */
async function run(door) {
	const { settings, host, signal } = door;
	const subject = await subjectOf(settings, host, signal);
	const searchPath = pathOf(settings.searchPath);
	const report = await check({
		subject,
		...searchPath && { searchPath },
		...await rehearsalOn(door, subject),
		openServer: () => openServer(door, settings.postgres),
		rules,
		failOn: settings.failOn,
		protectedTables: settings.protected,
		seedRows: settings.seedRows,
		statementLimit: settings.statementLimit,
		version,
		now: /* @__PURE__ */ new Date(),
		signal,
		progress: host.progress
	});
	await show(report, door);
	return report.outcome === "passed" ? exitCodes.done : exitCodes.findings;
}
async function show(report, { settings, host, signal }) {
	const { presentationOf, files } = await import("./reports2.js");
	const wanted = Object.entries(settings.reports);
	const quiet = wanted.some(([, file]) => file === "-");
	const { colour, githubToken: token, commentId: id = "" } = settings;
	const comment = {
		folder: report.folder ?? "",
		id,
		signal,
		...token && { token }
	};
	await host.publish(presentationOf(report, settings.reports), {
		colour,
		quiet,
		...settings.comment === "auto" && { comment }
	});
	for (const [setting, file] of wanted) await writeReport(await files[setting](report, rules), file);
}

export { run };
import { d as storedText, f as drillKey, r as idOf, t as storeOf, u as sealed } from "./store.js";
import { A as WrongKey, C as findClients, _ as ProgramFailed, a as readGlobals, i as readBytes, r as readBack, t as jobsOf } from "./jobs.js";
import { n as exitCodes, t as KnownError } from "./error.js";
import { n as StoreFailed } from "./store2.js";
import { i as connect, r as SqlError } from "./connect.js";
import { r as quote } from "./quote.js";
import { t as brokenOff } from "./broken-off.js";
import { n as identitiesIn, r as compare, t as assertionsIn } from "./reading.js";
import { n as restoreToScratch, t as majorOf } from "./scratch-restore.js";
import { i as minuteText, r as durationText } from "./amounts.js";
import { r as count } from "./wording.js";
import { i as furtherFacts, l as sizeText, n as comparison, r as dumpFacts, s as momentText, t as command } from "./parts.js";
import { t as version } from "./version.js";
import { n as catalogOf, r as picked, t as backedUpOf } from "./catalog.js";
import { t as pinged } from "./ping.js";
import { t as publishPage } from "./publish.js";
import { t as openServer } from "./server.js";

// src/postgres/amcheck.ts
const help = "Use a server with the contrib modules and a role that may create extensions, or leave `amcheck` out.";
/** Throws `KnownError`, reason `unreachable`, where the server lacks the extension amcheck. */
async function needAmcheck(address, signal) {
	await using session = await connect(address, signal);
	const [there] = await session.query("SELECT FROM pg_catalog.pg_available_extensions WHERE name = 'amcheck'");
	if (!there) throw new KnownError("The server has no extension amcheck.", {
		reason: "unreachable",
		help
	});
}
/**
* Looks through every B-tree index, also for rows of its table that it lacks, and since PostgreSQL 14 every table, with
* the extension amcheck, which it creates where it is missing. Returns what is damaged, one whole sentence each.
*/
async function damageIn(address, signal) {
	await using session = await connect(address, signal);
	await session.send("SET search_path = ''; SET statement_timeout = 0");
	const schema = quote(await amcheckIn(session));
	const damage = [];
	for (const { oid, name } of await indexesOf(session)) {
		const check = `SELECT ${schema}.bt_index_check(${oid}::oid::regclass, true)`;
		await session.query(check).catch((error) => {
			if (!(error instanceof SqlError)) throw error;
			damage.push(`The index ${name} is damaged: ${error.message}.`);
		});
	}
	for (const { name, message, count } of await damagedTables(session, schema)) damage.push(`The table ${name} is damaged in ${count} places: ${message}.`);
	return damage;
}
/** The schema with its functions. */
async function amcheckIn(session) {
	try {
		await withoutEventTriggers(session);
		await session.send("CREATE SCHEMA lockkeeper_amcheck; CREATE EXTENSION IF NOT EXISTS amcheck SCHEMA lockkeeper_amcheck");
	} catch (cause) {
		if (!(cause instanceof SqlError)) throw cause;
		throw new KnownError(`The extension amcheck cannot be created: ${cause.message}.`, {
			reason: "unreachable",
			help,
			cause
		});
	}
	const [row] = await session.query(`SELECT n.nspname AS schema FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
      WHERE e.extname = 'amcheck'`);
	return row?.schema ?? "";
}
/** Those of the database have no say in what is made for the drill, where the role may see to that. */
async function withoutEventTriggers(session) {
	await session.send("SET session_replication_role = replica").catch((error) => {
		if (!(error instanceof SqlError)) throw error;
	});
}
/** Valid B-tree indexes of permanent tables, also the catalog's. */
function indexesOf(session) {
	return session.query(`SELECT c.oid::text, c.oid::regclass::text AS name FROM pg_catalog.pg_index i
       JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_am a ON a.oid = c.relam
      WHERE a.amname = 'btree' AND c.relkind = 'i' AND c.relpersistence = 'p' AND i.indisvalid AND i.indisready ORDER BY 2`);
}
async function damagedTables(session, schema) {
	const [there] = await session.query("SELECT FROM pg_catalog.pg_proc WHERE proname = 'verify_heapam'");
	if (!there) return [];
	return session.query(`SELECT c.oid::text, c.oid::regclass::text AS name, min(v.msg) AS message, count(*)::int
       FROM pg_catalog.pg_class c, LATERAL ${schema}.verify_heapam(c.oid::regclass) v
      WHERE c.relkind IN ('r', 'm', 't') AND c.relpersistence = 'p' GROUP BY 1, 2 ORDER BY 2`);
}

// src/jobs/verify.ts
/**
* A drill: proves that a backup is what its manifest says, as deep as is asked, and writes the result beside the
* manifest. A backup that is not is no error but a drill that failed. What keeps the drill itself from being held is an error
* and no result: the backup may be as good as before.
*/
async function verify(input) {
	const { store, backup, depth, signal } = input;
	const startedAt = /* @__PURE__ */ new Date();
	const found = await attempt(input);
	const drill = sealed({
		version: 1,
		lockkeeper: input.version,
		manifest: backup.key,
		startedAt: startedAt.toISOString(),
		depth,
		outcome: found.problems.length > 0 ? "failed" : "passed",
		...found
	});
	await store.create(drillKey(backup.key, startedAt), storedText(drill), { signal }).catch((error) => {
		throw error instanceof KnownError ? unkept(drill, error) : error;
	});
	return drill;
}
function unkept({ outcome, problems }, cause) {
	return new KnownError(`The drill ${outcome}, and that cannot be kept. ${cause.message}`, {
		reason: "backup",
		help: [...problems, "Nobody will know of it: make the store writable, and hold it again."].join("\n"),
		cause
	});
}
async function attempt(input) {
	try {
		return await drill(input);
	} catch (error) {
		if (input.signal.aborted) throw input.signal.reason;
		if (error instanceof StoreFailed) throw brokenOff(error, "That says nothing about the backup.");
		const damage = error instanceof WrongKey ? await damageOf(input) : error;
		if (damage === void 0 || !isOfBackup(damage)) throw unheld(error);
		return {
			problems: [damage.message],
			checked: []
		};
	}
}
/** What is wrong with the stored bytes, where they are not those that were written. */
async function damageOf({ store, backup: { manifest }, signal }) {
	return await readBytes({
		store,
		...manifest,
		signal
	}).then(() => void 0, (error) => error);
}
function isOfBackup(error) {
	if (error instanceof ProgramFailed) return !disturbed.test(error.message);
	if (error instanceof SqlError) return !/^(08|53|57)/.test(error.fault.sqlstate);
	return error instanceof KnownError && error.reason === "backup";
}
/** What client programs say of a server that ends, cannot be reached, or has no room. */
const disturbed = /server closed the connection|terminating connection|connection to (the )?server .*(failed|lost)|could not connect|no space left on device|out of (shared )?memory|the database system is|too many (clients|connections)/i;
/** The drill could not be held. Errors that are no fault of ours are told as such. */
function unheld(error) {
	if (error instanceof KnownError || !(error instanceof ProgramFailed || error instanceof SqlError)) return error;
	return new KnownError(`The drill was broken off: ${error.message}`, {
		reason: "backup",
		help: "That says nothing about the backup. See the message of PostgreSQL, and hold it again.",
		cause: error
	});
}
async function drill(input) {
	const { store, backup, depth, identities, signal, progress } = input;
	const { manifest } = backup;
	if (depth !== "restore") progress.step(`reading ${idOf(backup)}`);
	if (depth === "bytes") {
		await readBytes({
			store,
			...manifest,
			signal
		});
		return {
			problems: [],
			checked: ["stored bytes"]
		};
	}
	if (depth === "decode") {
		const clients = await findClients(Number.parseInt(manifest.dump.pgDump, 10), input.clientFolder, input);
		await readBack({
			store,
			...manifest,
			clients,
			identities,
			signal
		});
		return {
			problems: [],
			checked: ["stored bytes", "decoding"]
		};
	}
	await readGlobals(manifest.globals, input);
	await using server = await input.openServer(majorOf(manifest));
	if (input.amcheck) await needAmcheck(server.address, signal);
	return await restoreAndCompare(input, server);
}
async function restoreAndCompare(input, server) {
	const { backup, progress } = input;
	progress.step(`restoring ${idOf(backup)} on PostgreSQL ${server.version}`);
	await using copy = await restoreToScratch(backup.manifest, server, input);
	progress.step("comparing it with its manifest");
	const { problems, checked, restored } = await compare(copy.address, backup.manifest, input);
	const measured = {
		server: server.version,
		restoreMilliseconds: copy.milliseconds
	};
	const found = {
		problems,
		checked: ["restore", ...checked],
		...measured,
		restored
	};
	if (!input.amcheck) return found;
	progress.step("looking through its indexes and tables");
	const damage = await damageIn(copy.address, input.signal);
	return {
		...found,
		problems: [...problems, ...damage],
		checked: [...found.checked, "amcheck"]
	};
}

// src/reports/backups/verify.ts
/** Drills that were held: evidence that can be filed. */
function verifyPage({ drills, broken, unheld = [], outcome, store, lockkeeper }) {
	const failed = drills.filter(({ drill }) => drill.outcome === "failed");
	const single = drills.length === 1;
	return {
		good: outcome === "passed",
		headline: broken.length > 0 && failed.length === 0 ? brokenText(broken.length, drills.length) : unheld.length > 0 && failed.length === 0 ? `${unheld.length} of ${count(drills.length + unheld.length, "drill")} could not be held` : headlineOf(drills, failed),
		problems: [
			...failed.flatMap(({ id, database, drill }) => drill.problems.map((why) => `${id} of ${database}: ${why}`)),
			...broken.map(({ key, why }) => `${key} cannot be used: ${why}.`),
			...unheld.map(({ id, why }) => `The drill of ${id} could not be held: ${why}`)
		],
		parts: [...single ? [] : [{
			facts: [{
				label: "store",
				value: store ?? ""
			}],
			...drills.length > 0 && { table: tableOf(drills) }
		}], ...drills.flatMap((each) => evidence(each, {
			store,
			lockkeeper,
			single
		}))],
		notes: drills.length > 0 ? ["What each drill found is stored beside its backup."] : [],
		next: outcome === "failed" ? nextOf(store) : []
	};
}
const meaning = {
	bytes: "what is stored is what was written",
	decode: "what is stored is what was written, and can be decoded",
	restore: "what was restored is what was backed up"
};
function headlineOf(drills, failed) {
	const [first] = drills;
	const single = drills.length === 1;
	if (failed.length === 0) return `${single ? `The drill of ${first?.database}` : `All ${drills.length} drills`} passed: ${meaning[first?.drill.depth ?? "restore"]}`;
	return single ? `The drill of ${first?.database} failed` : `${failed.length} of ${drills.length} drills failed`;
}
function brokenText(number, drills) {
	return `${drills === 0 ? "no drill was held" : `${count(drills, "drill")} passed`}, but ${count(number, "manifest")} of the store cannot be used`;
}
function tableOf(drills) {
	return {
		columns: [...[
			{ title: "drill" },
			{
				title: "backup",
				code: true
			},
			{ title: "database" }
		], ...[{ title: "data of (UTC)" }, {
			title: "restored in",
			right: true
		}]],
		rows: drills.map(({ id, database, takenAt, drill }) => [...[
			drill.outcome === "passed" ? "✔ passed" : "✖ failed",
			id,
			database,
			minuteText(takenAt)
		], drill.restoreMilliseconds === void 0 ? "–" : durationText(drill.restoreMilliseconds)])
	};
}
function evidence(held, around) {
	const { id, database, drill } = held;
	const title = {
		title: `${database}: ${id}`,
		folded: true
	};
	const table = drill.restored && { table: comparison(held, drill.restored) };
	return [{
		...!around.single && title,
		facts: factsOf(held, around),
		...table
	}];
}
function factsOf({ id, takenAt, server, dump, drill }, { store, lockkeeper }) {
	const restored = drill.restoreMilliseconds === void 0 ? void 0 : durationText(drill.restoreMilliseconds);
	return [
		{
			label: "drill",
			value: `${momentText(drill.startedAt)}, depth ${drill.depth}, Lockkeeper ${lockkeeper}`
		},
		{
			label: "backup",
			value: id,
			code: true
		},
		{
			label: "data of",
			value: `${momentText(takenAt)}, PostgreSQL ${server}, by pg_dump ${dump.pgDump}`
		},
		...restored ? [{
			label: "restored",
			value: `in ${restored} on PostgreSQL ${drill.server}`
		}] : [],
		...drill.depth === "restore" && !drill.restored ? [{
			label: "compared",
			value: "nothing: it did not come so far"
		}] : [],
		...furtherFacts(drill.checked),
		{
			label: "size",
			value: sizeText(dump)
		},
		{
			label: "store",
			value: store ?? ""
		},
		...dumpFacts(dump)
	];
}
function nextOf(store) {
	return [{
		text: "See which backups a drill has proved",
		command: command("backups", store, {})
	}, {
		text: "Take a new backup now",
		command: command("backup", store, {})
	}];
}

// src/commands/verify.ts
/** Holds drills: of the backup that is named, else of each database's newest and a random older one. */
function run(door) {
	return pinged(door, async () => {
		const { settings, host, signal } = door;
		const [identities, assertions] = await Promise.all([identitiesIn(settings), assertionsIn(settings)]);
		tellUnasked(door, assertions);
		await using store = await storeOf(door);
		const catalog = await catalogOf(door, store);
		const broken = settings.backup ? [] : catalog.broken;
		const chosen = settings.backup ? [picked(catalog, settings.backup, host.progress)] : newestAndOlder(catalog);
		const drills = [];
		const unheld = [];
		const errors = [];
		for (const backup of chosen) {
			const drill = await drillOf(door, store, backup, {
				identities,
				assertions
			}).catch((error) => {
				if (signal.aborted) throw error;
				unheld.push({
					id: idOf(backup),
					why: error.message
				});
				errors.push(error);
			});
			if (drill) drills.push({
				id: idOf(backup),
				...backedUpOf(backup.manifest),
				drill
			});
		}
		const passed = broken.length + unheld.length === 0 && drills.every(({ drill }) => drill.outcome === "passed");
		const report = {
			version: 1,
			lockkeeper: version,
			command: "verify",
			outcome: passed ? "passed" : "failed",
			store: store.label,
			drills,
			broken,
			...unheld.length > 0 && { unheld }
		};
		if (drills.length > 0 || unheld.length === 0) await publishPage(door, report, verifyPage(report));
		if (errors.length > 0) throw errors[0];
		return passed ? exitCodes.done : exitCodes.backup;
	});
}
function drillOf(door, store, backup, given) {
	const { settings, host, signal } = door;
	const { depth, amcheck, pgBin } = settings;
	return verify({
		store,
		backup,
		depth,
		amcheck,
		...given,
		version,
		signal,
		...pgBin && { clientFolder: pgBin },
		jobs: jobsOf(settings),
		progress: host.progress,
		openServer: (major) => openServer(door, major)
	});
}
/** What was asked for and cannot be answered is said, lest it be taken as passed. */
function tellUnasked({ settings: { depth, amcheck }, host }, assertions) {
	const asked = [...assertions.length > 0 ? ["assertions"] : [], ...amcheck ? ["amcheck"] : []];
	if (depth === "restore" || asked.length === 0) return;
	host.progress.step(`without ${asked.join(" and ")}: depth ${depth} restores nothing that could be asked`);
}
function newestAndOlder({ backups, broken }) {
	if (backups.length + broken.length === 0) throw new KnownError("There is no backup in this store.", {
		reason: "unreachable",
		help: "Check `store` and, where it is set, `database`; `lockkeeper backups` lists what is there."
	});
	return [...Map.groupBy(backups, ({ manifest }) => manifest.database).values()].flatMap(([newest, ...older]) => {
		return [newest, older[Math.floor(Math.random() * older.length)]].flatMap((each) => each ?? []);
	});
}

export { run };
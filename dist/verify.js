import { i as idOf, l as drillKey, n as publishPage, r as pinged, s as durationText, t as storeOf } from "./store.js";
import { n as exitCodes, t as KnownError } from "./error.js";
import { r as SqlError } from "./connect.js";
import { a as ProgramFailed, d as findClients, n as readBack, r as metered, t as plainBytes } from "./read-back.js";
import { a as createRoles, i as scratchLike, n as identitiesIn, o as dropRoles, r as compare, s as restoreDump, t as assertionsIn } from "./reading.js";
import { t as loadProvider } from "./servers.js";
import { t as version } from "./version.js";
import { n as picked, t as catalogOf } from "./catalog.js";

// src/jobs/verify.ts
/**
* A drill: proves that a backup is what its manifest says, as deep as is asked, and writes the result beside the
* manifest. A backup that is not is no error but a drill that failed.
*/
async function verify(input) {
	const { store, backup, depth, signal } = input;
	const startedAt = /* @__PURE__ */ new Date();
	const found = await attempt(input);
	const drill = {
		version: 1,
		lockkeeper: input.version,
		manifest: backup.key,
		startedAt: startedAt.toISOString(),
		depth,
		outcome: found.problems.length > 0 ? "failed" : "passed",
		...found
	};
	const text = Buffer.from(`${JSON.stringify(drill, null, 2)}\n`);
	await store.create(drillKey(backup.key, startedAt), text, { signal });
	return drill;
}
async function attempt(input) {
	try {
		return await drill(input);
	} catch (error) {
		if (input.signal.aborted) throw input.signal.reason;
		if (!(error instanceof KnownError && error.reason === "backup" || error instanceof ProgramFailed) && !(error instanceof SqlError)) throw error;
		return {
			problems: [error.message],
			checked: []
		};
	}
}
async function drill(input) {
	const { store, backup, depth, identities, signal, progress } = input;
	const { manifest } = backup;
	const clients = await findClients(majorOf(manifest), input.clientFolder);
	if (depth !== "restore") {
		progress.step(`reading ${idOf(backup)}`);
		const decoding = depth === "decode";
		await readBack({
			store,
			dump: manifest.dump,
			clients,
			decoding,
			identities,
			signal
		});
		return {
			problems: [],
			checked: depth === "bytes" ? ["stored bytes"] : ["stored bytes", "decoding"]
		};
	}
	await using server = await input.openServer(majorOf(manifest));
	return await restoreAndCompare(input, server, clients);
}
async function restoreAndCompare(input, server, clients) {
	const { backup, store, signal, progress } = input;
	const { dump, contents, server: origin } = backup.manifest;
	const started = performance.now();
	progress.step(`restoring ${idOf(backup)} on PostgreSQL ${server.version}`);
	await using _roles = await lendRoles(server, contents.roles, signal);
	await using scratch = await scratchLike(server, origin, signal);
	const { address } = scratch;
	const content = metered(plainBytes({
		store,
		dump,
		identities: input.identities,
		signal
	}), "restored", progress);
	await restoreDump({
		clients,
		address,
		content,
		format: dump.format === "plain" ? "plain" : "custom",
		signal
	});
	const restoreMilliseconds = Math.round(performance.now() - started);
	progress.step("comparing it with its manifest");
	const compared = await compare(address, backup.manifest, input);
	return {
		...compared,
		checked: ["restore", ...compared.checked],
		server: server.version,
		restoreMilliseconds
	};
}
/** Roles that the dump names, for as long as it is restored on a server that may be somebody else's. */
async function lendRoles(server, roles, signal) {
	const created = await createRoles(server.address, roles, signal);
	return { [Symbol.asyncDispose]: () => server.lent ? dropRoles(server.address, created) : Promise.resolve() };
}
function majorOf({ server }) {
	return Number(server.version.split(".")[0]);
}

// src/reports/backups/verify.ts
/** Drills that were held. */
function verifyPage({ drills, outcome, store }) {
	const failed = drills.filter(({ drill }) => drill.outcome === "failed").length;
	return {
		good: outcome === "passed",
		headline: failed === 0 ? `${drills.length === 1 ? "The drill" : `All ${drills.length} drills`} passed` : `${failed} of ${drills.length} drills failed`,
		facts: [["store", store ?? ""]],
		tables: [{
			head: [
				"backup",
				"database",
				"outcome",
				"depth",
				"restored in",
				"on PostgreSQL",
				"compared"
			],
			rows: drills.map(({ id, database, drill }) => [
				...[
					id,
					database,
					drill.outcome,
					drill.depth
				],
				drill.restoreMilliseconds === void 0 ? "–" : durationText(drill.restoreMilliseconds),
				...[drill.server ?? "–", drill.checked.join(", ")]
			])
		}],
		notes: drills.flatMap(({ id, drill }) => drill.problems.map((problem) => `${id}: ${problem}`))
	};
}

// src/commands/verify.ts
/** Holds drills: of the backup that is named, else of each database's newest and a random older one. */
function run(door) {
	return pinged(door, async () => {
		const { settings, host, signal } = door;
		const [identities, assertions] = await Promise.all([identitiesIn(settings), assertionsIn(settings)]);
		await using store = await storeOf(door);
		const { backups } = await catalogOf(door, store);
		const chosen = settings.backup ? [picked(backups, settings.backup)] : newestAndOlder(backups);
		const drills = [];
		for (const backup of chosen) {
			const given = {
				store,
				backup,
				depth: settings.depth,
				identities,
				assertions,
				version,
				signal
			};
			const { progress } = host;
			const client = settings.pgBin ? { clientFolder: settings.pgBin } : {};
			const drill = await verify({
				...given,
				...client,
				progress,
				openServer: (major) => openServer(door, major)
			});
			drills.push({
				id: idOf(backup),
				database: backup.manifest.database,
				drill
			});
		}
		const outcome = drills.every(({ drill }) => drill.outcome === "passed") ? "passed" : "failed";
		const report = {
			version: 1,
			lockkeeper: version,
			command: "verify",
			outcome,
			store: store.label,
			drills
		};
		await publishPage(door, report, verifyPage(report));
		return outcome === "passed" ? exitCodes.done : exitCodes.backup;
	});
}
async function openServer({ settings, host, signal }, major) {
	const { serverUrl: url, server } = settings;
	return (await loadProvider(server)).open({
		major,
		...url && { url },
		signal,
		progress: host.progress
	});
}
function newestAndOlder(backups) {
	if (backups.length === 0) throw new KnownError("There is no backup in this store.", {
		reason: "unreachable",
		help: "Check `store` and, where it is set, `database`; `lockkeeper backups` lists what is there."
	});
	return [...Map.groupBy(backups, ({ manifest }) => manifest.database).values()].flatMap(([newest, ...older]) => {
		return [newest, older[Math.floor(Math.random() * older.length)]].flatMap((each) => each ?? []);
	});
}

export { run };
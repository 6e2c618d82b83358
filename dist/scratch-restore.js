import { C as findClients, n as plainBytes } from "./jobs.js";
import { a as fill, c as lackingTablespaces, i as scratchLike, o as createRoles, s as dropRoles } from "./reading.js";

// src/jobs/backups/scratch-restore.ts
/** Restores a backup into a database of our own. Throws `ProgramFailed`, and what reading the store throws. */
async function restoreToScratch(manifest, server, { store, jobs, clientFolder, identities, signal, progress }) {
	const { dump, contents, server: origin } = manifest;
	const clients = await findClients(Number.parseInt(dump.pgDump, 10), clientFolder, {
		signal,
		progress
	});
	const started = performance.now();
	await using opened = new AsyncDisposableStack();
	opened.use(await lendRoles(server, contents.roles, signal));
	const { address } = opened.use(await scratchLike(server, origin, signal));
	const content = () => plainBytes({
		store,
		dump,
		identities,
		signal
	});
	const source = {
		format: dump.format,
		content,
		bytes: dump.plain.bytes,
		tables: contents.tables.length
	};
	const lacking = await lackingTablespaces(address, contents.tablespaces ?? [], signal);
	await fill(source, {
		clients,
		address,
		jobs,
		withoutTablespaces: lacking.length > 0,
		signal,
		progress
	});
	const kept = opened.move();
	return {
		address,
		milliseconds: Math.round(performance.now() - started),
		[Symbol.asyncDispose]: () => kept.disposeAsync()
	};
}
/** The major of the server that was backed up. */
function majorOf({ server }) {
	return Number(server.version.split(".")[0]);
}
/** Roles that the dump names, for as long as it is restored on a server that may be somebody else's. */
async function lendRoles(server, roles, signal) {
	const created = await createRoles(server.address, roles, signal);
	return { [Symbol.asyncDispose]: () => server.lent ? dropRoles(server.address, created) : Promise.resolve() };
}

export { restoreToScratch as n, majorOf as t };
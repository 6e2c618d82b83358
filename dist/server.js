import { t as loadProvider } from "./servers.js";

// src/commands/server.ts
/** A PostgreSQL to rehearse or restore on, as the settings say; of any major where none is wanted. */
async function openServer({ settings, host, signal }, major) {
	const { server, serverUrl: url } = settings;
	return (await loadProvider(server)).open({
		...major && { major },
		...url && { url },
		signal,
		progress: host.progress
	});
}

export { openServer as t };
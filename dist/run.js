import { t as maskUrl } from "./mask.js";

// src/run.ts
/** Each command is a file of its own, loaded only when it is asked for. */
const commands = {
	check: () => import("./check.js"),
	comment: () => import("./comment.js"),
	tools: () => import("./tools2.js"),
	init: () => import("./init.js"),
	plan: () => import("./plan2.js"),
	migrate: () => import("./migrate.js"),
	history: () => import("./history.js"),
	backup: () => import("./backup2.js"),
	backups: () => import("./backups.js"),
	verify: () => import("./verify.js"),
	restore: () => import("./restore2.js"),
	prune: () => import("./prune.js")
};
/** Runs a command. Resolves to the exit code. */
async function run(command, door) {
	const { settings, host } = door;
	for (const url of [settings.serverUrl, settings.url]) if (url) maskUrl(url, host);
	for (const secret of [settings.githubToken, settings.pingUrl]) if (secret) host.mask(secret);
	return (await commands[command]()).run(door);
}

export { run };
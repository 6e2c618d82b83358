// src/run.ts
/** Each command is a file of its own, loaded only when it is asked for. */
const commands = {
	check: () => import("./check.js"),
	comment: () => import("./comment.js"),
	tools: () => import("./tools2.js"),
	init: () => import("./init.js")
};
/** Runs a command. Resolves to the exit code. */
async function run(command, door) {
	const { settings, host } = door;
	if (settings.serverUrl) maskUrl(settings.serverUrl, host);
	if (settings.githubToken) host.mask(settings.githubToken);
	return (await commands[command]()).run(door);
}
function maskUrl(url, host) {
	const [, password] = /^[^:]+:\/\/[^/@]*?:([^@]+)@/.exec(url) ?? [];
	if (!password) return;
	host.mask(password);
	try {
		host.mask(decodeURIComponent(password));
	} catch {}
}

export { run };
import { n as exitCodes } from "./error.js";

// src/commands/ping.ts
/** How long the answer may take, in milliseconds. */
const patience = 1e4;
/**
* Tells a watchman how a command ended, as Healthchecks and the like expect it: the URL itself, or with `/fail` behind it.
* A watchman that cannot be reached is told of, and changes nothing else.
*/
async function pinged(door, work) {
	const { pingUrl: url } = door.settings;
	if (!url) return work();
	try {
		const code = await work();
		await ping(door, code === exitCodes.done ? url : failed(url));
		return code;
	} catch (error) {
		await ping(door, failed(url));
		throw error;
	}
}
function failed(url) {
	const [, path = "", query = ""] = /^([^?#]*)(.*)$/s.exec(url) ?? [];
	return `${path.replace(/\/$/, "")}/fail${query}`;
}
/** A name and password in the URL are sent as its scheme would have it: `fetch` itself refuses them. */
function requestTo(url) {
	const to = new URL(url);
	const [name, password] = [to.username, to.password].map(decodeURIComponent);
	to.username = to.password = "";
	const authorization = `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`;
	return [to, {
		signal: AbortSignal.timeout(patience),
		...(name || password) && { headers: { authorization } }
	}];
}
async function ping({ host }, url) {
	try {
		const { ok, status } = await fetch(...requestTo(url));
		if (!ok) host.progress.step(`the ping URL answered ${status}`);
	} catch (error) {
		const { cause, message } = error;
		host.progress.step(`the ping URL could not be reached: ${cause instanceof Error ? cause.message : message}`);
	}
}

export { pinged as t };
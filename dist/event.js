import { t as KnownError } from "./error.js";
import { readFile } from "node:fs/promises";

// src/hosts/github/event.ts
/** Reads the event of this run. Throws `KnownError` for a payload that is no JSON object. */
async function readEvent(environment) {
	const { GITHUB_EVENT_PATH: path, GITHUB_EVENT_NAME: name = "" } = environment;
	return {
		name,
		payload: path ? await readPayload(path) : {}
	};
}
async function readPayload(path) {
	try {
		return Object(JSON.parse(await readFile(path, "utf8")));
	} catch (error) {
		throw new KnownError("The event payload that GITHUB_EVENT_PATH names cannot be read.", { cause: error });
	}
}
/** The commit or branch that the event compares with. A branch's first push has no `before`. */
function baseOf({ name, payload }, environment) {
	if (name.startsWith("pull_request")) return baseOfPullRequest({
		name,
		payload
	}, environment.GITHUB_BASE_REF);
	if (name === "merge_group") return payload.merge_group?.base_sha;
	if (name === "push" && payload.before && !/^0+$/.test(payload.before)) return payload.before;
	return payload.repository?.default_branch;
}
function baseOfPullRequest({ name, payload }, ref) {
	const base = payload.pull_request?.base?.sha ?? payload.pull_request?.base?.ref ?? ref;
	if (base) return base;
	const message = `The ${name} event does not say what the pull request is compared with.`;
	throw new KnownError(message, { help: "Name the branch with `base`." });
}
/** The pull request that the event is about, and whether its run has to do without permission to write. */
function pullRequestOf({ name, payload }) {
	const number = payload.pull_request?.number;
	if (!name.startsWith("pull_request") || !Number.isSafeInteger(number)) return void 0;
	return {
		number,
		readOnly: payload.pull_request?.head?.repo?.full_name !== payload.repository?.full_name && name !== "pull_request_target"
	};
}

export { pullRequestOf as n, readEvent as r, baseOf as t };
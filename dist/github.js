import { t as KnownError } from "./error.js";
import { t as Secrets } from "./secrets.js";
import { appendFile, readFile } from "node:fs/promises";

// src/hosts/github.ts
/** GitHub keeps at most this much of a step's summary (1 MiB). */
const summaryLimit = 1e6;
/** A job on GitHub: job summary, annotations, outputs. */
async function githubHost(given, environment = process.env) {
	const core = await import("./core.js");
	const secrets = new Secrets();
	return {
		name: "github",
		progress: { step: (text) => core.info(harmless(secrets.hide(text))) },
		given: () => given,
		base: () => baseOf(environment),
		mask: (secret) => {
			secrets.add(secret);
			core.setSecret(secret);
		},
		publish: async (presentation, { quiet }) => {
			if (!quiet) core.info(harmless(secrets.hide(presentation.terminal({
				colour: false,
				width: 120
			}))));
			await publish(core, presentation, environment, secrets);
		},
		fail: (message, place) => core.error(secrets.hide(message), { ...place && {
			file: place.path,
			startLine: place.line ?? 1
		} })
	};
}
async function publish(core, presentation, environment, secrets) {
	for (const { level, path, line, title, message } of presentation.annotations()) {
		const place = {
			file: path,
			startLine: line,
			title: secrets.hide(title)
		};
		core[level](secrets.hide(message), place);
	}
	const { GITHUB_STEP_SUMMARY: summary } = environment;
	if (summary) await appendFile(summary, secrets.hide(presentation.markdown(summaryLimit)));
	for (const [name, value] of Object.entries(presentation.outputs())) core.setOutput(name, value);
}
/** A log line of ours must not be taken for a workflow command. */
function harmless(text) {
	return text.replaceAll(/^(\s*):(?=:)/gm, "$1:​").replaceAll("##[", "#​#[");
}
/** What the event compares with. A branch's first push has no `before`. */
async function baseOf(environment) {
	const { GITHUB_EVENT_PATH: path, GITHUB_EVENT_NAME: event = "", GITHUB_BASE_REF: ref } = environment;
	const payload = path ? await readPayload(path) : {};
	if (event.startsWith("pull_request")) return baseOfPullRequest(payload, event, ref);
	if (event === "merge_group") return payload.merge_group?.base_sha;
	if (event === "push" && payload.before && !/^0+$/.test(payload.before)) return payload.before;
	return payload.repository?.default_branch;
}
function baseOfPullRequest({ pull_request }, event, ref) {
	const base = pull_request?.base?.sha ?? pull_request?.base?.ref ?? ref;
	if (base) return base;
	const message = `The ${event} event does not say what the pull request is compared with.`;
	throw new KnownError(message, { help: "Name the branch with `base`." });
}
async function readPayload(path) {
	try {
		return JSON.parse(await readFile(path, "utf8"));
	} catch (error) {
		throw new KnownError("The event payload that GITHUB_EVENT_PATH names cannot be read.", { cause: error });
	}
}

export { githubHost };
import { t as Secrets } from "./secrets.js";
import { r as readEvent, t as baseOf } from "./event.js";
import { appendFile } from "node:fs/promises";
import { appendFileSync } from "node:fs";

// src/hosts/github/log.ts
/** A log line of ours must not be taken for a workflow command: `::name::` after white space, `##[name]` anywhere. */
function harmless(text) {
	return text.replaceAll(/^([\s\u0085\u200b]*):(?=:)/gm, "$1:​").replaceAll("##[", "#​#[");
}

// src/hosts/github/summary.ts
/** GitHub refuses a step's summary of more bytes (1 MiB), with all that is in it. */
const limit = 1048576;
/** The longest text that fits; `text` is asked for at most so many characters, which are one to three bytes each. */
function fitted(text) {
	for (let characters = limit;;) {
		const found = text(characters);
		const bytes = Buffer.byteLength(found);
		if (bytes <= limit) return found;
		characters = Math.floor(characters * Math.min(.9, limit / bytes));
	}
}

// src/hosts/github/host.ts
/** A job on GitHub: log, annotations, job summary, outputs, and a comment on the pull request. */
async function githubHost(given, environment = process.env) {
	const core = await import("./core.js");
	const secrets = new Secrets();
	const log = {
		info: (text) => core.info(harmless(secrets.hide(text))),
		warning: (text) => core.warning(secrets.hide(text)),
		notice: (text) => core.notice(secrets.hide(text)),
		output: (name, value) => core.setOutput(name, value)
	};
	const around = {
		environment,
		log,
		hide: (text) => secrets.hide(text)
	};
	return {
		name: "github",
		progress: { step: log.info },
		given: () => given,
		base: async () => baseOf(await readEvent(environment), environment),
		mask: (secret) => {
			secrets.add(secret);
			core.setSecret(secret);
		},
		publish: async (presentation, { quiet, comment }) => {
			if (!quiet) log.info(presentation.terminal({
				colour: false,
				width: 120
			}));
			for (const { level, path, line, title, message } of presentation.annotations()) core[level](secrets.hide(message), {
				file: path,
				startLine: line,
				title: secrets.hide(title)
			});
			await summarise(presentation, environment.GITHUB_STEP_SUMMARY, secrets);
			for (const [name, value] of Object.entries(presentation.outputs())) log.output(name, value);
			if (!comment) return;
			const { commentOnPullRequest } = await import("./pull-request.js");
			await commentOnPullRequest(presentation, comment, around);
		},
		stored: async (request) => (await import("./stored.js")).storedReport(request, around),
		announce: async (announcement) => (await import("./announcer.js")).announcer(announcement, around),
		fail: (message, place, markdown) => {
			core.error(secrets.hide(message), { ...place && {
				file: place.path,
				startLine: place.line ?? 1
			} });
			const file = environment.GITHUB_STEP_SUMMARY;
			if (file && markdown) appendFileSync(file, secrets.hide(markdown));
		}
	};
}
async function summarise(presentation, file, secrets) {
	if (file) await appendFile(file, fitted((limit) => secrets.hide(presentation.markdown(limit))));
}

export { githubHost };
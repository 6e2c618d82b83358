import { o as workTree, t as found } from "./subject.js";
import { n as exitCodes } from "./error.js";
import { resolve } from "node:path";

// src/commands/tools.ts
/** Tells which migration tool was found, where, and why. */
async function run({ settings, signal }) {
	const { tool, folders, evidence } = await found(settings, workTree(resolve(settings.workingDirectory), signal));
	for (const folder of folders) process.stdout.write(`${tool.name} in ${folder || "."}\n`);
	for (const { evidence: why } of evidence) process.stdout.write(`  ${why}\n`);
	return exitCodes.done;
}

export { run };
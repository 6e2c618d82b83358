import { t as KnownError } from "./error.js";

// src/jobs/backups/broken-off.ts
/**
* What is told of work that a store broke off in the middle.
*
* @param left what there is of it now: a whole sentence
*/
function brokenOff(cause, left) {
	const help = [left, cause.help].filter(Boolean).join(" ");
	return new KnownError(cause.message, {
		reason: "backup",
		help,
		cause
	});
}

export { brokenOff as t };
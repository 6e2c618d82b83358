// src/model/error.ts
/**
* What a run's end means to the script that called it. These numbers never change.
*
* `findings`: the answer is "no". `usage`: wrong use or settings, nothing was touched. `unreachable`: no server, target
* or store could be reached, nothing was touched. `refused`: a gate or a changed plan. `locked`: someone else holds the
* lock. `failed`: failed, nothing committed. `partial`: failed, partly committed. `backup`: backup, read-back, restore or
* drill failed. `fault`: a fault of our own.
*/
const exitCodes = {
	done: 0,
	findings: 1,
	usage: 2,
	unreachable: 3,
	refused: 4,
	locked: 5,
	failed: 6,
	partial: 7,
	backup: 8,
	fault: 70
};
/** An error that its reader can act on: printed as message, place and help, never with a stack trace. */
var KnownError = class extends Error {
	/** Decides the exit code. */
	reason;
	/** What to do about it, in one or two sentences. */
	help;
	/** The file (relative to the repository) and line it is about. */
	place;
	constructor(message, options = {}) {
		super(message, { cause: options.cause });
		this.name = "KnownError";
		this.reason = options.reason ?? "usage";
		this.help = options.help;
		this.place = options.place;
	}
};
/** Why a file or folder could not be read or written, as the end of a sentence. */
function fileFault(error) {
	return fileFaults[error.code ?? ""] ?? error.message;
}
const fileFaults = {
	ENOENT: "it is not there",
	ENOTDIR: "a part of its path is a file",
	EISDIR: "it is a folder",
	EACCES: "the user that runs Lockkeeper may not",
	EROFS: "the file system is read-only",
	EPERM: "the file system does not permit it",
	ENOSPC: "there is no space left",
	EDQUOT: "the quota is used up",
	EFBIG: "it would be larger than the file system or a limit allows",
	ENAMETOOLONG: "its name is too long for the file system",
	EIO: "the disk has a fault"
};

export { exitCodes as n, fileFault as r, KnownError as t };
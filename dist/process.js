import { readFile, readlink } from "node:fs/promises";
import { createHash } from "node:crypto";
import { hostname } from "node:os";

// src/model/process.ts
/** A process, told apart from all others before and after it: `<machine>-<number>-<start>`. */
const pattern = /^([0-9a-f]{8})-(\d+)-(\d+)$/;
/** What names of files say of the process that makes them, so that others see what was left by one that is gone. */
async function ownProcess() {
	return `${await machine()}-${process.pid}-${await startOf(process.pid) ?? unknown}`;
}
/** What became of a process; of one on another machine, or in another container, nothing is known here. */
async function stateOf(process) {
	const [, where, number, started] = pattern.exec(process) ?? [];
	if (where !== await machine()) return "elsewhere";
	const now = await startOf(Number(number));
	if (now === void 0) return "dead";
	return now === started || now === unknown || started === unknown ? "alive" : "dead";
}
/** Where numbers of processes mean the same: containers of one machine have their own. */
async function machine() {
	const space = await readlink("/proc/self/ns/pid").catch(() => "");
	return createHash("sha256").update(`${hostname()} ${space}`).digest("hex").slice(0, 8);
}
const unknown = "0";
/**
* When a process started, in ticks since the machine did: a number is used again, number and start are not (proc(5),
* field 22 of `stat`). '0' where the system tells only that it is there, undefined where it is not.
*/
async function startOf(number) {
	try {
		const text = await readFile(`/proc/${number}/stat`, "utf8");
		return text.slice(text.lastIndexOf(")") + 2).split(" ")[19];
	} catch {
		return isThere(number) ? unknown : void 0;
	}
}
function isThere(number) {
	try {
		return process.kill(number, 0);
	} catch (error) {
		return error.code === "EPERM";
	}
}

export { stateOf as n, ownProcess as t };
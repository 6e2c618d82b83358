import { t as KnownError } from "./error.js";

// src/stores/content.ts
/**
* The same content, that ends with the signal's reason as soon as the signal aborts, even while the source keeps one
* waiting. The source is told to end in any case.
*/
async function* interruptible(content, signal) {
	const source = content[Symbol.asyncIterator]();
	let cut = () => {};
	const abort = () => cut(signal.reason);
	signal.addEventListener("abort", abort, { once: true });
	let ended = false;
	try {
		while (true) {
			signal.throwIfAborted();
			const { done, value } = await new Promise((resolve, reject) => {
				cut = reject;
				source.next().then(resolve, reject);
			});
			if (done) {
				ended = true;
				return;
			}
			yield value;
		}
	} finally {
		signal.removeEventListener("abort", abort);
		if (!ended) source.return?.()?.then(void 0, () => {});
	}
}

// src/stores/key.ts
/**
* Refuses keys that would mean something else in one store or the other: `..`, empty parts, a leading or trailing `/`,
* control characters, more than S3's 1,024 bytes.
*/
function checkKey(key) {
	if (key.split("/").some((part) => part === "" || part === "." || part === "..")) throw refused(key, "has an empty part, `.` or `..`");
	checkText(key);
}
/** The same of a prefix, which may end anywhere in a key and may be empty. */
function checkPrefix(prefix) {
	const parts = prefix.split("/");
	if (parts.slice(0, -1).some((part) => part === "" || part === "." || part === "..") || parts.at(-1) === "..") throw refused(prefix, "has an empty part, `.` or `..`");
	checkText(prefix);
}
function checkText(key) {
	if (/[\x00-\x1f\x7f]/.test(key)) throw refused(key, "has control characters");
	if (!key.isWellFormed()) throw refused(key, "is not Unicode");
	if (Buffer.byteLength(key) > 1024) throw refused(key, "is longer than 1,024 bytes");
}
function refused(key, why) {
	return new KnownError(`${JSON.stringify(key)} cannot be a name in a store: it ${why}.`, { help: "Names come from the template of keys and the names of databases: correct the template." });
}

export { checkPrefix as n, interruptible as r, checkKey as t };
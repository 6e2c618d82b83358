import { t as KnownError } from "./error.js";

// src/model/store.ts
/**
* The store served us, and then no more: the network broke, it is down or full, its disk has a fault, our credentials
* ran out. Elsewhere it is as good as unreachable; what was under way has failed.
*/
var StoreFailed = class extends KnownError {
	constructor(message, options = {}) {
		const { help, cause } = options;
		super(message, {
			reason: "unreachable",
			...help !== void 0 && { help },
			cause
		});
	}
};
/** There is no object of this key. */
var Missing = class extends Error {
	key;
	constructor(key) {
		super(`There is no ${key}.`);
		this.name = "Missing";
		this.key = key;
	}
};
/** There is an object of this key already, and it is not replaced. */
var Taken = class extends KnownError {
	key;
	/** @param label of the store */
	constructor(label, key) {
		super(`${label} already has ${key}, which is never replaced.`, {
			reason: "backup",
			help: "Somebody else wrote it, perhaps a run at the same time. Give each run a key of its own."
		});
		this.name = "Taken";
		this.key = key;
	}
};

export { StoreFailed as n, Taken as r, Missing as t };
// src/hosts/secrets.ts
/** Values that must not be printed, also as they look inside a URL. */
var Secrets = class {
	#values = /* @__PURE__ */ new Set();
	add(secret) {
		if (secret === "") return;
		this.#values.add(secret);
		this.#values.add(encodeURIComponent(secret));
	}
	/** The text with every secret replaced. */
	hide(text) {
		let result = text;
		for (const value of [...this.#values].sort((a, b) => b.length - a.length)) result = result.replaceAll(value, "***");
		return result;
	}
};

export { Secrets as t };
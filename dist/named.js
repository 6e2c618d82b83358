import { t as KnownError } from "./error.js";
import { r as quote } from "./quote.js";

// src/tools/reading/named.ts
/** Reads the name of a table as SQL does; `by` says what names it. Throws `KnownError` for what is none. */
function tableNamed(text, by) {
	const part = "(\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)";
	const [, schema, name] = new RegExp(`^(?:${part}\\.)?${part}$`, "u").exec(text.trim()) ?? [];
	if (name === void 0) throw new KnownError(`${by}: “${text}” is no name of a table.`, { help: "Write it as in SQL: `versions`, `ops.versions`, or in double quotes what is not of small letters, digits and _: `\"Versions\"`." });
	return {
		...schema !== void 0 && { schema: meant(schema) },
		name: meant(name),
		by
	};
}
/** What PostgreSQL takes a written identifier for (documentation, chapter 4.1.1). */
function meant(written) {
	return written.startsWith("\"") ? written.slice(1, -1).replaceAll("\"\"", "\"") : written.toLowerCase();
}
/** The same as SQL, quoted where it must be. */
function tableText({ schema, name }) {
	return (schema === void 0 ? [name] : [schema, name]).map((part) => /^[a-z_][a-z0-9_]*$/.test(part) ? part : quote(part)).join(".");
}

export { tableText as n, tableNamed as t };
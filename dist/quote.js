// src/postgres/quote.ts
/** An identifier as SQL text, always quoted (documentation, chapter 4.1.1). */
function quote(identifier) {
	return `"${identifier.replaceAll("\"", "\"\"")}"`;
}
/** A text as SQL text, whatever `standard_conforming_strings` is (documentation, chapter 4.1.2.2). */
function literal(text) {
	return `E'${text.replaceAll(/['\\]/g, "$&$&")}'`;
}
/** A query as one text, its values in the places of its parameters. */
function inlined({ sql, values = [] }) {
	return sql.replaceAll(/"(?:[^"]|"")*"|'(?:[^']|'')*'|\$(\d+)/g, (found, parameter) => parameter === void 0 ? found : valueText(values[Number(parameter) - 1]));
}
function valueText(value) {
	if (value === null || value === void 0) return "NULL";
	if (Array.isArray(value)) return `ARRAY[${value.map(valueText).join(", ")}]::text[]`;
	return typeof value === "string" ? literal(value) : String(value);
}

export { literal as n, quote as r, inlined as t };
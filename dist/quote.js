// src/postgres/quote.ts
/** An identifier as SQL text, always quoted (documentation, chapter 4.1.1). */
function quote(identifier) {
	return `"${identifier.replaceAll("\"", "\"\"")}"`;
}
/** A text as SQL text, whatever `standard_conforming_strings` is (documentation, chapter 4.1.2.2). */
function literal(text) {
	return `E'${text.replaceAll(/['\\]/g, "$&$&")}'`;
}

export { quote as n, literal as t };
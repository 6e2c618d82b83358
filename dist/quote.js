// src/postgres/quote.ts
/** An identifier as SQL text, always quoted (documentation, chapter 4.1.1). */
function quote(identifier) {
	return `"${identifier.replaceAll("\"", "\"\"")}"`;
}

export { quote as t };
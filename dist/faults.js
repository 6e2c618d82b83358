// src/postgres/faults.ts
/** The line of the file that PostgreSQL's error points to; the statement's first where it points nowhere. */
function lineOf(statement, error) {
	if (error.position === void 0) return statement.line;
	const before = [...statement.sql].slice(0, error.position - 1);
	return statement.line + before.filter((character) => character === "\n").length;
}
/** A statement's error as the report carries it. */
function faultOf(statement, error) {
	return {
		...error.fault,
		line: lineOf(statement, error)
	};
}
/** What to do about errors that come from the server at hand, or that PostgreSQL itself gives a hint for. */
function explain(fault) {
	if (/extension ".*" is not available|could not open extension control file|extension control file/.test(fault.message)) return "This PostgreSQL does not bring the extension. Use one that does: `server: existing` with `server-url`.";
	if (fault.sqlstate === "57014" && fault.message.includes("statement-limit")) return "Raise that setting if the statement needs the time.";
	if (fault.sqlstate === "42501") return "The role that Lockkeeper connects as must be allowed to do what the migrations do.";
	return fault.hint;
}

export { faultOf as n, lineOf as r, explain as t };
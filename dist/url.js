import { i as __toESM } from "./rolldown-runtime.js";
import { i as require_pg_connection_string, t as tlsFiles } from "./tls.js";
import { t as KnownError } from "./error.js";

// node_modules/pg-connection-string/esm/index.mjs
var import_pg_connection_string = /* @__PURE__ */ __toESM(require_pg_connection_string(), 1);
var esm_default = import_pg_connection_string.default.parse;
const parse = import_pg_connection_string.default.parse;
const toClientConfig = import_pg_connection_string.default.toClientConfig;
const parseIntoClientConfig = import_pg_connection_string.default.parseIntoClientConfig;

// src/postgres/url.ts
const modes = [
	"disable",
	"allow",
	"prefer",
	"require",
	"verify-ca",
	"verify-full"
];
/** Reads a connection URL (documentation, chapter 34.1.1.2). Errors never repeat it, as it may hold a password. */
function addressOf(url) {
	if (!/^postgres(ql)?:\/\//.test(url)) throw new KnownError("The URL of the server does not begin with postgresql://.", { help: form });
	const { authority, rest } = partsOf(url);
	if (rest.split("?")[0]?.includes("@") || rest.includes("@") && !authority.includes("@")) throw unreadable();
	const parameters = new URLSearchParams(rest.split("?")[1]?.split("#")[0]);
	const sslmode = sslmodeOf(parameters.get("sslmode"));
	const options = optionsOf(parameters);
	const database = decoded(/^\/([^?#]*)/.exec(rest)?.[1] ?? "");
	const files = filesOf(parameters);
	const { host, port, user, password } = parsed(url.replaceAll(/([?&])ssl\w+=[^&#]*/g, "$1"));
	return {
		host: host || "localhost",
		port: Number(port || 5432),
		user: user || "postgres",
		...password && { password },
		database: database || user || "postgres",
		...sslmode && { sslmode },
		...files && { files },
		...options && { options },
		...parametersOf(parameters)
	};
}
function parametersOf(parameters) {
	const ofTools = [...parameters].filter(([name]) => name.startsWith("x-"));
	return ofTools.length > 0 ? { parameters: Object.fromEntries(ofTools) } : {};
}
/** With a `search_path`, which is no parameter of libpq, but of the drivers of golang-migrate and goose. */
function optionsOf(parameters) {
	const path = parameters.get("search_path")?.replaceAll(/[\\\s]/g, "\\$&");
	return [parameters.get("options"), path && `-c search_path=${path}`].filter(Boolean).join(" ");
}
function filesOf(parameters) {
	const named = tlsFiles.flatMap((name) => parameters.get(name) ? [[name, parameters.get(name)]] : []);
	return named.length > 0 ? Object.fromEntries(named) : void 0;
}
function partsOf(url) {
	const [, authority = "", rest = ""] = /^[^:]+:\/\/([^/?#]*)(.*)$/s.exec(url) ?? [];
	return {
		authority,
		rest
	};
}
function parsed(url) {
	try {
		return parse(url);
	} catch {
		throw unreadable();
	}
}
/** `pg` leaves what separates parts of a URL (`%3D`, `%2F` …) as it is; libpq decodes everything. */
function decoded(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		throw unreadable();
	}
}
/** What a URL, or libpq's variable, says of encryption. Throws `KnownError` for a mode that there is not. */
function sslmodeOf(given, where = "in the URL of the server") {
	const mode = modes.find((each) => each === given);
	if (given && !mode) {
		const help = `There is: ${modes.join(", ")}.`;
		throw new KnownError(`The \`sslmode\` ${where} is none that PostgreSQL knows.`, { help });
	}
	return mode === "allow" ? "prefer" : mode;
}
const form = "Write it as postgresql://user:password@host:5432/database.";
function unreadable() {
	return new KnownError("The URL of the server cannot be read.", { help: `${form} Characters such as @ / ? # % in the password must be percent-encoded.` });
}
/** The same as a URL: a secret where there is a password. */
function urlOf({ host, port, user, password, database, sslmode, files, options }) {
	const part = encodeURIComponent;
	const query = new URLSearchParams({
		host,
		port: String(port),
		...sslmode && { sslmode },
		...files,
		...options && { options }
	}).toString().replaceAll("+", "%20");
	return `postgresql://${part(user)}${password ? `:${part(password)}` : ""}@/${part(database)}?${query}`;
}

export { sslmodeOf as n, urlOf as r, addressOf as t };
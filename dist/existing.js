import { i as __toESM } from "./rolldown-runtime.js";
import { t as KnownError } from "./error.js";
import { a as require_pg_connection_string, i as connect } from "./connect.js";
import { n as sweep } from "./scratch.js";

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
	const options = parameters.get("options");
	const { host, port, user, password, database } = parsed(url.replace(/([?&])sslmode=[^&]*&?/, "$1"));
	return {
		host: host || "localhost",
		port: Number(port || 5432),
		user: user || "postgres",
		...password && { password },
		database: database || user || "postgres",
		...sslmode && { sslmode },
		...options && { options }
	};
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
function sslmodeOf(given) {
	const mode = modes.find((each) => each === given);
	if (given !== null && !mode) {
		const help = `There is: ${modes.join(", ")}.`;
		throw new KnownError("The `sslmode` in the URL of the server is none that PostgreSQL knows.", { help });
	}
	return mode === "allow" ? "prefer" : mode;
}
const form = "Write it as postgresql://user:password@host:5432/database.";
function unreadable() {
	return new KnownError("The URL of the server cannot be read.", { help: `${form} Characters such as @ / ? # % in the password must be percent-encoded.` });
}

// src/servers/existing.ts
/** A server that is lent: it is used through databases of our own, which are dropped again. */
const provider = {
	kind: "existing",
	async open({ url, major, signal, progress }) {
		if (!url) throw new KnownError("`server: existing` needs the server’s URL.", { help: "Set `server-url`, best through the environment variable LOCKKEEPER_SERVER_URL." });
		progress.step("connecting to the existing server");
		const address = await encryptedIfPossible(addressOf(url), signal);
		await using session = await connect(address, signal);
		const facts = await factsOf(session);
		assertUsable(facts, session, major, address.user);
		const server = {
			kind: "existing",
			version: facts.version.split(" ")[0],
			major: facts.major,
			address,
			lent: true,
			log: async () => "",
			[Symbol.asyncDispose]: async () => {}
		};
		await sweep(server, signal);
		return server;
	}
};
/** What libpq's sslmode `prefer`, the default, comes to on this server: decided once, for all sessions. */
async function encryptedIfPossible(address, signal) {
	if (address.sslmode !== void 0 && address.sslmode !== "prefer" || address.host.startsWith("/")) return address;
	const encrypted = {
		...address,
		sslmode: "require"
	};
	try {
		await (await connect(encrypted, signal))[Symbol.asyncDispose]();
		return encrypted;
	} catch (error) {
		if (!(error instanceof KnownError) || !/does not support SSL/.test(error.message)) throw error;
		return {
			...address,
			sslmode: "disable"
		};
	}
}
async function factsOf(session) {
	const [facts] = await session.query(`SELECT pg_catalog.current_setting('server_version') AS version,
            pg_catalog.current_setting('server_version_num')::int / 10000 AS major,
            pg_catalog.pg_backend_pid() AS pid, pg_catalog.pg_is_in_recovery() AS standby,
            pg_catalog.current_setting('default_transaction_read_only')::bool AS "readOnly",
            (SELECT rolcreatedb OR rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) AS allowed`);
	return facts;
}
function assertUsable(facts, session, wanted, user) {
	const { major } = facts;
	if (facts.pid !== session.pid) throw unusable("The URL leads to a connection pooler or proxy, behind which sessions are not one’s own.", "Give the URL of the server itself: its own port is most often 5432.");
	if (major < 12) throw unusable(`The server is PostgreSQL ${major}; Lockkeeper works with 12 to 18.`);
	if (wanted !== void 0 && wanted !== major) throw unusable(`The server is PostgreSQL ${major}, and \`postgres\` asks for ${wanted}.`, "Give the URL of a server of that major, or leave `postgres` out.");
	if (facts.standby) throw unusable("The server is a standby (in recovery), on which nothing can be written.", "Give another server.");
	if (facts.readOnly) throw unusable("The server is read-only for this role and database (default_transaction_read_only is on).", "Give another server, role or database, or have that setting turned off.");
	if (!facts.allowed) throw unusable(`The role ${user} may not create databases.`, `Lockkeeper works in databases of its own: ALTER ROLE ${user} CREATEDB.`);
}
function unusable(message, help) {
	return new KnownError(message, {
		reason: "unreachable",
		...help && { help }
	});
}

export { provider };
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
	"prefer",
	"require",
	"verify-ca",
	"verify-full"
];
/** Reads a connection URL (documentation, chapter 34.1.1.2). Errors never repeat it, as it may hold a password. */
function addressOf(url) {
	if (!/^postgres(ql)?:\/\//.test(url)) throw new KnownError("The URL of the server does not begin with postgresql://.", { help: "Write it as postgresql://user:password@host:5432/database." });
	try {
		const sslmode = modes.find((mode) => new URL(url.replace(/@\//, "@localhost/")).searchParams.get("sslmode") === mode);
		const { host, port, user, password, database } = parse(url.replace(/([?&])sslmode=[^&]*&?/, "$1"));
		return {
			host: host || "localhost",
			port: Number(port || 5432),
			user: user || "postgres",
			...password && { password },
			database: database || user || "postgres",
			...sslmode && { sslmode }
		};
	} catch {
		throw new KnownError("The URL of the server cannot be read.", { help: "Write it as postgresql://user:password@host:5432/database; characters such as @ or # in it must be percent-encoded." });
	}
}

// src/servers/existing.ts
/** A server that is lent: it is used through databases of our own, which are dropped again. */
const provider = {
	kind: "existing",
	async open({ url, major, signal, progress }) {
		if (!url) throw new KnownError("`server: existing` needs the server’s URL.", { help: "Set `server-url`, best through the environment variable LOCKKEEPER_SERVER_URL." });
		const address = addressOf(url);
		progress.step("connecting to the existing server");
		await using session = await connect(address, signal);
		const [row] = await session.query(`SELECT pg_catalog.current_setting('server_version') AS version,
              pg_catalog.current_setting('server_version_num')::int AS number, rolcreatedb OR rolsuper AS allowed
         FROM pg_catalog.pg_roles WHERE rolname = current_user`);
		const { version = "", number = 0, allowed = false } = row ?? {};
		const actual = Math.floor(number / 1e4);
		assertUsable(actual, major, allowed, address.user);
		const server = {
			kind: "existing",
			version: version.split(" ")[0],
			major: actual,
			address,
			lent: true,
			log: async () => "",
			[Symbol.asyncDispose]: async () => {}
		};
		await sweep(server, signal);
		return server;
	}
};
function assertUsable(actual, wanted, allowed, user) {
	if (actual < 12) throw new KnownError(`The server is PostgreSQL ${actual}; Lockkeeper works with 12 to 18.`, { reason: "unreachable" });
	if (wanted !== void 0 && wanted !== actual) throw new KnownError(`The server is PostgreSQL ${actual}, and \`postgres\` asks for ${wanted}.`, {
		reason: "unreachable",
		help: "Give the URL of a server of that major, or leave `postgres` out."
	});
	if (!allowed) throw new KnownError(`The role ${user} may not create databases.`, {
		reason: "unreachable",
		help: `Lockkeeper works in databases of its own: ALTER ROLE ${user} CREATEDB.`
	});
}

export { provider };
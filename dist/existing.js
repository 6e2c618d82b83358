import { t as KnownError } from "./error.js";
import { i as connect } from "./connect.js";
import { t as encryptedIfPossible } from "./encryption.js";
import { n as sweep } from "./scratch.js";
import { t as addressOf } from "./url.js";

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
import { i as connect } from "./connect.js";
import { randomInt } from "node:crypto";

// src/postgres/quote.ts
/** An identifier as SQL text, always quoted (documentation, chapter 4.1.1). */
function quote(identifier) {
	return `"${identifier.replaceAll("\"", "\"\"")}"`;
}

// src/postgres/scratch.ts
/** Databases of ours are named `lockkeeper_<key>` and marked by this comment. */
const mark = "Scratch database of Lockkeeper; dropped when its check ends.";
const name = (key) => `lockkeeper_${key}`;
/** First half of the advisory lock that a check holds on its database's key as long as it lives. */
const lockSpace = 4292;
/** Creates a database of our own. Disposing drops it, even with sessions still on it. */
async function createScratch(server, { signal }) {
	signal.throwIfAborted();
	const key = randomInt(1, 2 ** 31 - 1);
	const owner = await connect(server.address);
	const drop = async () => {
		await owner[Symbol.asyncDispose]();
		await using session = await connect(server.address);
		await dropDatabase(session, name(key), server.major);
	};
	try {
		await owner.query("SELECT pg_catalog.pg_advisory_lock($1, $2)", [lockSpace, key]);
		await owner.send(`CREATE DATABASE ${name(key)} TEMPLATE template0`);
		await owner.send(`COMMENT ON DATABASE ${name(key)} IS '${mark}'`);
		signal.throwIfAborted();
	} catch (error) {
		await drop();
		throw error;
	}
	return {
		name: name(key),
		address: {
			...server.address,
			database: name(key)
		},
		[Symbol.asyncDispose]: drop
	};
}
/** Drops databases of ours whose check was killed: nobody holds their lock any more. */
async function sweep(server, signal) {
	await using session = await connect(server.address, signal);
	const found = await session.query(`SELECT datname FROM pg_catalog.pg_database
      WHERE datname ~ '^lockkeeper_[0-9]+$' AND pg_catalog.shobj_description(oid, 'pg_database') = $1`, [mark]);
	for (const { datname } of found) {
		const key = Number(datname.split("_")[1]);
		const [row] = await session.query("SELECT pg_catalog.pg_try_advisory_lock($1, $2) AS free", [lockSpace, key]);
		if (row?.free) await dropDatabase(session, datname, server.major);
	}
}
async function dropDatabase(session, database, major) {
	if (major >= 13) return session.send(`DROP DATABASE IF EXISTS ${quote(database)} WITH (FORCE)`);
	await session.query("SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname = $1", [database]);
	for (let attempt = 1;; attempt += 1) try {
		return await session.send(`DROP DATABASE IF EXISTS ${quote(database)}`);
	} catch (error) {
		if (attempt === 20) throw error;
		await new Promise((resolve) => setTimeout(resolve, 25 * attempt));
	}
}

export { sweep as n, quote as r, createScratch as t };
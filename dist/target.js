import { r as fileFault, t as KnownError } from "./error.js";
import { t as encryptedIfPossible } from "./encryption.js";
import { n as sslmodeOf, t as addressOf } from "./url.js";
import { t as maskUrl } from "./mask.js";
import { readFile } from "node:fs/promises";

// src/commands/target.ts
/** Names of the parts that frameworks and images give a database by. */
const parts = {
	PG: {
		host: ["HOST"],
		port: ["PORT"],
		user: ["USER"],
		password: ["PASSWORD"],
		database: ["DATABASE"]
	},
	POSTGRES_: {
		host: ["HOST"],
		port: ["PORT"],
		user: ["USER"],
		password: ["PASSWORD"],
		database: ["DB", "DATABASE"]
	},
	DB_: {
		host: ["HOST"],
		port: ["PORT"],
		user: ["USER", "USERNAME"],
		password: ["PASSWORD", "PASS"],
		database: ["NAME", "DATABASE"]
	}
};
/** The database that people use, from the settings or what else the environment says. */
async function targetOf(door, environment = process.env) {
	return encryptedIfPossible(await addressFrom(door, environment), door.signal);
}
/** The same without asking its server how it may be connected to. */
async function addressFrom({ settings, host }, environment = process.env) {
	const url = settings.url ?? await urlIn(settings.urlFile) ?? driverless(environment.DATABASE_URL);
	if (url) maskUrl(url, host);
	const address = url ? addressOf(url) : fromParts(environment);
	if (!address) throw new KnownError("It is not known which database is meant.", { help: `Set \`url\` (LOCKKEEPER_URL) or \`url-file\`. Also looked at: DATABASE_URL, ${Object.entries(parts).map(([prefix, names]) => `${prefix}HOST and ${prefix}${names.database[0]}`).join(", ")}.` });
	const password = address.password ?? environment.PGPASSWORD;
	if (password) host.mask(password);
	const sslmode = address.sslmode ?? sslmodeOf(environment.PGSSLMODE, "in PGSSLMODE");
	return {
		...address,
		...password && { password },
		...sslmode && { sslmode }
	};
}
async function urlIn(file) {
	if (!file) return void 0;
	return (await readFile(file, "utf8").catch((cause) => {
		throw new KnownError(`The file with the URL cannot be read: ${fileFault(cause)}.`, {
			place: { path: file },
			cause
		});
	})).trim();
}
/** SQLAlchemy and others name a driver: `postgresql+psycopg://`. */
function driverless(url) {
	return url?.replace(/^(postgres(?:ql)?)\+\w+:/, "$1:") || void 0;
}
/** The first prefix by which a host or a database is named. */
function fromParts(environment) {
	for (const [prefix, names] of Object.entries(parts)) {
		const get = (part) => names[part].map((name) => environment[`${prefix}${name}`]).find((value) => value);
		const [host, database, user = "postgres", port = "5432"] = [
			get("host"),
			get("database"),
			get("user"),
			get("port")
		];
		if (!host && !database) continue;
		if (!/^\d{1,5}$/.test(port)) throw new KnownError(`${prefix}PORT is not the number of a port.`);
		const password = get("password");
		return {
			host: host ?? "localhost",
			port: Number(port),
			user,
			database: database ?? user,
			...password && { password }
		};
	}
}

export { targetOf as n, addressFrom as t };
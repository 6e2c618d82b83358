import { n as serverOf } from "./contents.js";
import { r as takeSnapshot, t as fingerprintOf } from "./snapshot.js";

// src/postgres/target.ts
/** Which database a session is on. */
async function identify(session) {
	const [row] = await session.query("SELECT pg_catalog.current_database() AS database, current_user::text AS role");
	const { version, systemIdentifier } = await serverOf(session);
	const { database, role } = row;
	return {
		database,
		role,
		server: version,
		...systemIdentifier && { systemIdentifier }
	};
}
/** The schema without the tables that tools keep for themselves, named without schema, and what belongs to those. */
async function schemaOf(session, tables) {
	return leavingOut(await takeSnapshot(session), tables);
}
/** The same of a snapshot that was taken. */
async function leavingOut(snapshot, tables) {
	const own = new Set(snapshot.objects.flatMap(({ kind, id, name }) => kind === "table" && tables.includes(name) ? [id] : []));
	const belongs = (object) => object.kind === "table" && own.has(object.id) || object.table !== void 0 && own.has(object.table) || object.kind === "sequence" && [...own].some((table) => object.ownedBy?.startsWith(`${table}.`));
	const objects = snapshot.objects.filter((object) => !belongs(object));
	return {
		...snapshot,
		objects,
		fingerprint: await fingerprintOf(objects)
	};
}

export { schemaOf as n, identify as t };
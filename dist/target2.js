import { i as takeSnapshot, n as serverOf, r as fingerprintOf } from "./contents.js";

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
/**
* The schema without the tables that tools keep for themselves, named without schema, and what belongs to those. Its
* fingerprint is the same whoever reads it.
*/
async function schemaOf(session, tables) {
	return whoeverReads(leavingOut(await takeSnapshot(session), tables));
}
/** The same with another fingerprint: one role may plan and another migrate, and a snapshot tells whose an object is by its reader. */
async function whoeverReads(snapshot) {
	const objects = snapshot.objects.filter(({ kind }) => kind !== byOwner).map(({ owner: _, ...rest }) => rest);
	const privileges = snapshot.objects.filter(({ kind }) => kind === byOwner).map((each) => ({
		...each,
		id: `${each.schema} ${each.name}`
	})).sort((a, b) => textOf(a) < textOf(b) ? -1 : 1);
	const fingerprint = await fingerprintOf([...objects, ...privileges]);
	return {
		...snapshot,
		fingerprint
	};
}
/** The kind of which a role has its own. */
const byOwner = "default privileges";
const textOf = (object) => JSON.stringify({
	...object,
	oid: 0
});
function leavingOut(snapshot, tables) {
	const own = new Set(snapshot.objects.flatMap(({ kind, id, name }) => kind === "table" && tables.includes(name) ? [id] : []));
	const belongs = (object) => object.kind === "table" && own.has(object.id) || object.table !== void 0 && own.has(object.table) || object.kind === "sequence" && [...own].some((table) => object.ownedBy?.startsWith(`${table}.`));
	const objects = snapshot.objects.filter((object) => !belongs(object));
	return {
		...snapshot,
		objects
	};
}

export { schemaOf as n, whoeverReads as r, identify as t };
// src/model/observation.ts
/** Table-level lock modes, weakest first, as `pg_locks.mode` spells them (documentation, chapter 13.3.1). */
const lockModes = [
	"AccessShareLock",
	"RowShareLock",
	"RowExclusiveLock",
	"ShareUpdateExclusiveLock",
	"ShareLock",
	"ShareRowExclusiveLock",
	"ExclusiveLock",
	"AccessExclusiveLock"
];
/** Position in `lockModes`: a greater number is a stronger lock. */
function strength(mode) {
	return lockModes.indexOf(mode);
}
/** What a lock on a table keeps others from doing (documentation, table 13.2). */
function blocks(mode) {
	if (mode === "AccessExclusiveLock") return "reads and writes";
	if (strength(mode) >= strength("ShareLock")) return "writes";
	return strength(mode) >= strength("ShareUpdateExclusiveLock") ? "schema changes" : "nothing";
}

export { lockModes as n, strength as r, blocks as t };
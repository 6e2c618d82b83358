// src/jobs/backups/freshness.ts
/** Whether the last drill proved it. One that read it is a weaker proof than one that restored it, and is one. */
function isProved({ drills }) {
	return drills.at(-1)?.outcome === "passed";
}
/**
* Databases whose newest proved backup, of those given newest first, is older than `maxAge` milliseconds, or that have none.
* One that is as far in the future, by a clock that was wrong, counts for nothing: it would be fresh for long.
*/
function staleOf(backups, { maxAge, database, now }) {
	const databases = new Set(backups.map(({ manifest }) => manifest.database));
	const asked = database ?? (databases.size === 0 ? "any database" : void 0);
	if (asked) databases.add(asked);
	const ageOf = ({ manifest }) => now.getTime() - Date.parse(manifest.takenAt);
	return [...databases].flatMap((name) => {
		const newest = backups.find((each) => each.manifest.database === name && isProved(each) && ageOf(each) >= -maxAge);
		if (newest && ageOf(newest) <= maxAge) return [];
		return [{
			database: name,
			...newest && { newestVerified: newest.manifest.takenAt }
		}];
	});
}

export { staleOf as n, isProved as t };
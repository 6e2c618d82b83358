// src/tools/reading/agenda.ts
/** What is to be done by a tool that keeps every migration it has applied. */
function agendaOf({ migrations }, standing) {
	const ids = new Set(standing.applied);
	const there = new Set(migrations.map(({ id }) => id));
	const lastApplied = migrations.findLastIndex(({ id }) => ids.has(id));
	return {
		applied: migrations.filter(({ id }) => ids.has(id)),
		pending: migrations.filter(({ id }) => !ids.has(id)),
		orphans: standing.applied.filter((id) => !there.has(id)),
		outOfOrder: migrations.slice(0, lastApplied + 1).filter(({ id }) => !ids.has(id))
	};
}

export { agendaOf as t };
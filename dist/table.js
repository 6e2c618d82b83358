import { t as KnownError } from "./error.js";
import { t as nearest } from "./nearest.js";
import { n as toolNames, t as loadTool } from "./tools.js";
import { t as tableNamed } from "./named.js";

// src/jobs/pending.ts
/** Compares the migrations at the base with those at the head. Two migrations are the same when their ids are. */
function pendingBetween(base, head) {
	const before = new Map(base.migrations.map((each) => [each.id, each]));
	const after = new Map(head.migrations.map((each) => [each.id, each]));
	const pending = head.migrations.filter(({ id }) => !before.has(id));
	const lastApplied = head.migrations.findLastIndex(({ id }) => before.has(id));
	return {
		base,
		pending,
		edited: base.migrations.flatMap((each) => {
			const now = after.get(each.id);
			return now && isEdited(each, now) ? [{
				before: each,
				after: now
			}] : [];
		}),
		deleted: base.migrations.filter(({ id }) => !after.has(id)),
		outOfOrder: head.migrations.slice(0, lastApplied + 1).filter(({ id }) => !before.has(id))
	};
}
/**
* Takes the migrations up to one of them as applied: by the tool's version, with or without leading zeros, or by the
* file's name, with or without its extension. Throws `KnownError` for an id that names none or several.
*/
function pendingAfter(head, appliedThrough) {
	const count = appliedThrough === "none" ? 0 : positionOf(head.migrations, appliedThrough) + 1;
	return {
		base: {
			migrations: head.migrations.slice(0, count),
			ignored: []
		},
		pending: head.migrations.slice(count),
		edited: [],
		deleted: [],
		outOfOrder: []
	};
}
function isEdited(before, after) {
	return before.hash !== after.hash && textsOf(before) !== textsOf(after);
}
function textsOf({ up, down }) {
	return [up.text, down?.text ?? ""].join("\0").replaceAll("\r\n", "\n");
}
function positionOf(migrations, wanted) {
	for (const names of [namesOf, (each) => [numberOf(each.name)]]) {
		const matching = migrations.filter((each) => names(each).includes(plain(wanted)));
		if (matching.length > 1) throw ambiguous(wanted, matching);
		if (matching[0]) return migrations.indexOf(matching[0]);
	}
	throw unknown(wanted, migrations);
}
/** Whatever a migration may be called by, without leading zeros. */
function namesOf({ id, name, path }) {
	const withoutExtension = name.replace(/\.[^.]*$/, "");
	return [
		id,
		name,
		path,
		withoutExtension,
		withoutExtension.replace(/\.(up|down)$/, "")
	].map(plain);
}
/** The number that a file's name begins with: a version even where the tool has none. */
function numberOf(name) {
	return /^\d+/.exec(plain(name))?.[0];
}
function plain(name) {
	return name.trim().replace(/^0+(?=\d)/, "");
}
function unknown(wanted, migrations) {
	const ids = migrations.map(({ id }) => id);
	const near = nearest(wanted, [.../* @__PURE__ */ new Set([...ids, ...migrations.map(({ name }) => name.replace(/\.[^.]*$/, ""))])]);
	const last = ids.at(-1);
	const hint = near.length > 0 ? `Did you mean ${near.join(", ")}?` : last && `The newest migration is ${last}.`;
	return new KnownError(`There is no migration ${wanted}.`, { help: [hint, "The setting `applied-through` takes a version, a file name without its extension, or `none`."].filter(Boolean).join(" ") });
}
function ambiguous(wanted, matching) {
	return new KnownError(`${wanted} may be any of ${matching.map(({ id }) => id).join(", ")}.`, { help: "Give `applied-through` the whole name of the file, without its extension." });
}

// src/commands/table.ts
/** The tool with the table that the settings name, or what it would itself be told here. Throws `KnownError`. */
function withTable(tool, settings, address, environment = process.env) {
	const { naming, title } = tool;
	const set = tableSet(settings);
	if (set && !naming) throw new KnownError(`\`migrations-table\`: ${title} has no table that can be named.`, { help: "Lockkeeper keeps what is applied there in its own, lockkeeper_history." });
	const named = set ?? naming?.said(surroundings(address, environment));
	return naming && named ? {
		...tool,
		ledger: naming.ledger(named)
	} : tool;
}
/** The schema of that table, where one is said, whatever the tool: Lockkeeper's own table lies beside it. */
async function schemaNamed(settings, address, environment = process.env) {
	const set = tableSet(settings);
	if (set) return set.schema;
	return (await Promise.all(toolNames.map(loadTool))).map(({ naming }) => naming?.said(surroundings(address, environment))?.schema).find((schema) => schema !== void 0);
}
function tableSet({ migrationsTable }) {
	return migrationsTable === void 0 ? void 0 : tableNamed(migrationsTable, "`migrations-table`");
}
function surroundings(address, environment) {
	return {
		environment,
		parameters: address?.parameters ?? {}
	};
}

export { pendingBetween as i, withTable as n, pendingAfter as r, schemaNamed as t };
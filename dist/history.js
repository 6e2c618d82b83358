import { i as identify, n as readable } from "./records.js";
import { n as exitCodes } from "./error.js";
import { i as connect } from "./connect.js";
import { n as findJournal } from "./journal.js";
import { o as timeText, r as durationText } from "./amounts.js";
import { r as count } from "./wording.js";
import { r as because } from "./parts2.js";
import { t as version } from "./version.js";
import { t as publishPage } from "./publish.js";
import { t as schemaNamed } from "./table.js";
import { n as targetOf } from "./target.js";

// src/reports/migrate/history.ts
/** What was applied to a target, the last first; or why nothing is known of that. */
function historyPage({ database, role, server }, rows, missing) {
	return {
		good: true,
		headline: `${count(rows.length, "migration")} recorded on ${database}`,
		parts: [{
			facts: [{
				label: "target",
				value: `${database} as ${role}, PostgreSQL ${server}`
			}],
			...rows.length > 0 && { table: tableOf(rows) }
		}],
		notes: missing ? [missing] : acceptedIn(rows)
	};
}
function acceptedIn(rows) {
	return rows.filter(({ allowed }) => allowed.length > 0).map(({ migration, allowed, reason }) => `Accepted for ${migration}: ${allowed.join(", ")}${because(reason)}`);
}
function tableOf(rows) {
	return {
		columns: [
			...[
				{
					title: "migration",
					code: true
				},
				{ title: "what" },
				{ title: "began (UTC)" }
			],
			...[{
				title: "took",
				right: true
			}, { title: "by" }],
			...[{
				title: "commit",
				code: true
			}, {
				title: "backup",
				code: true
			}]
		],
		rows: rows.toReversed().map((row) => [
			...[
				row.migration,
				whatOf(row),
				timeText(row.startedAt.toISOString())
			],
			...[row.milliseconds === null ? "–" : durationText(row.milliseconds), row.actor ?? row.appliedBy],
			...[row.commit?.slice(0, 12) ?? "–", row.backup ?? "–"]
		])
	};
}
function whatOf({ status, done, statements }) {
	return status === "started" ? `cut off: ${done} of ${statements} statements` : status;
}

// src/commands/history.ts
/** Tells what Lockkeeper applied to a target. */
async function run(door) {
	const address = await targetOf(door);
	const schema = await schemaNamed(door.settings, address);
	await using session = await connect(address, door.signal);
	const target = await identify(session);
	const found = await readable(() => findJournal(session, schema));
	const rows = found ?? [];
	const missing = `Lockkeeper has applied nothing there: its table lockkeeper_history is ${schema === void 0 ? "in no schema of the search_path" : `not in the schema ${schema}`}.`;
	await publishPage(door, {
		version: 1,
		lockkeeper: version,
		command: "history",
		outcome: "passed",
		target,
		rows
	}, historyPage(target, rows, found ? void 0 : missing));
	return exitCodes.done;
}

export { run };
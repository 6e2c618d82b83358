import { n as exitCodes, t as KnownError } from "./error.js";
import { i as connect } from "./connect.js";
import { n as findJournal } from "./journal.js";
import { t as identify } from "./target2.js";
import { o as timeText, r as durationText } from "./amounts.js";
import { r as count } from "./wording.js";
import { t as version } from "./version.js";
import { t as publishPage } from "./publish.js";
import { n as targetOf } from "./target.js";

// src/reports/migrate/history.ts
/** What was applied to a target, the last first. */
function historyPage({ database }, rows) {
	return {
		good: true,
		headline: `Lockkeeper has a record of ${count(rows.length, "migration")} on ${database}`,
		parts: [{ table: {
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
		} }],
		notes: rows.filter(({ allowed }) => allowed.length > 0).map(({ migration, allowed }) => `Accepted for ${migration}: ${allowed.join(", ")}.`)
	};
}
function whatOf({ status, done, statements }) {
	return status === "started" ? `cut off: ${done} of ${statements} statements` : status;
}

// src/commands/history.ts
/** Tells what Lockkeeper applied to a target. */
async function run(door) {
	await using session = await connect(await targetOf(door), door.signal);
	const target = await identify(session);
	const rows = await findJournal(session);
	if (rows === void 0) throw new KnownError(`Lockkeeper has never applied anything to ${target.database}.`, { help: "Its table lockkeeper_history is in no schema of the search_path." });
	await publishPage(door, {
		version: 1,
		lockkeeper: version,
		command: "history",
		outcome: "passed",
		target,
		rows
	}, historyPage(target, rows));
	return exitCodes.done;
}

export { run };
// src/settings/commands.ts
/** The commands, with what they answer. */
const commands = {
	check: "what the pending migrations do: locks, rewrites, scans, schema change, findings",
	comment: "posts the report that the run of a fork’s pull request has stored; in a workflow on `workflow_run`",
	tools: "which migration tool was found, where, and why",
	init: "sets it up in a repository: the workflow for pull requests, and lockkeeper.yml",
	plan: "what would be applied to a target, and whether it may be: pending, orphans, drift, gates, findings, a digest",
	migrate: "backs a target up, applies what is pending without stalling its users, and shows that the result is as planned",
	history: "what Lockkeeper applied to a target: when, by whom, from which commit, with which backup",
	backup: "dumps a database to a store, and reads the dump back before it counts as a backup",
	backups: "the backups of a store; with --max-age, whether the newest that a drill has proved is young enough",
	verify: "the drill: restores the newest backup and an older one on a server of its own, and compares them",
	restore: "restores a backup, or a dump of pg_dump, into a new database, and compares it",
	prune: "removes backups that no rule of retention keeps"
};
/** Whether there is such a command. */
function isCommand(name) {
	return Object.hasOwn(commands, name);
}
/** Commands that the design knows and this version does not have yet. */
const announcedCommands = [...[
	"drift",
	"doctor",
	"import-sqlite",
	"wait",
	"facts"
]];
/** What may stand behind a command, for its help. */
const examples = {
	check: [" --base origin/main", " --migrations db/migrations --applied-through 0041 --postgres 16"],
	comment: [" --comment-id pg17"],
	tools: ["", " --working-directory services/billing"],
	init: [
		"",
		" --dry-run",
		" --yes --forks --postgres 17"
	],
	plan: [
		" --url-file target.url",
		" --out plan.json",
		" --target 0042 --sql"
	],
	migrate: [
		" --store s3://backups/shop",
		" --store s3://backups/shop --plan plan.json",
		" --store /var/backups --allow drop-column"
	],
	history: ["", " --report-json -"],
	backup: [" --store s3://backups/shop", " --store /var/backups --encrypt-to age1…"],
	backups: [" --store s3://backups/shop", " --store s3://backups/shop --max-age 26h"],
	verify: [" --store s3://backups/shop", " --store /var/backups --backup latest --assertions checks/"],
	restore: [" --store s3://backups/shop --backup 2 --into shop_yesterday", " --file shop.dump --into shop_copy"],
	prune: [" --store s3://backups/shop --keep-daily 7 --keep-weekly 5 --keep-monthly 12 --keep-verified 2 --dry-run"]
};

export { isCommand as i, commands as n, examples as r, announcedCommands as t };
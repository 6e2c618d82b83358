import { n as definitions } from "./settings.js";
import { t as version } from "./version.js";

// src/help.ts
/** The commands, with what they answer. */
const commands = {
	check: "what the pending migrations do: locks, rewrites, scans, schema change, findings",
	comment: "posts the report that the run of a fork’s pull request has stored; in a workflow on `workflow_run`",
	tools: "which migration tool was found, where, and why",
	init: "sets it up in a repository: the workflow for pull requests, and lockkeeper.yml"
};
/** Whether there is such a command. */
function isCommand(name) {
	return Object.hasOwn(commands, name);
}
/** The settings of commands that do not take all. */
const settingsOf = {
	comment: [
		"github-token",
		"comment-id",
		"working-directory"
	],
	tools: [
		"tool",
		"migrations",
		"working-directory",
		"config"
	],
	init: [
		"tool",
		"migrations",
		"postgres",
		"working-directory"
	]
};
/** Words of a command that are there or not, and belong to this one run: no settings. */
const switchesOf = { init: {
	yes: "Asks nothing and takes what it would propose.",
	"dry-run": "Shows what would be written as a diff, and writes nothing.",
	force: "Changes files that are there without asking.",
	forks: "Also writes the workflow that comments on pull requests from forks."
} };
/** Takes a command's switches out of its words. */
function withoutSwitches(command, words) {
	const known = Object.keys(switchesOf[command] ?? {}).map((name) => `--${name}`);
	return {
		switches: new Set(words.filter((word) => known.includes(word)).map((word) => word.slice(2))),
		rest: words.filter((word) => !known.includes(word))
	};
}
/** Commands that the design knows and this version does not have yet. */
const announcedCommands = [...[
	"plan",
	"migrate",
	"history",
	"backup",
	"backups",
	"verify",
	"restore",
	"prune"
], ...[
	"drift",
	"doctor",
	"import-sqlite",
	"wait",
	"facts"
]];
/** The text of `lockkeeper --help`. */
function overview() {
	return `Takes PostgreSQL schema changes safely from a pull request to production.

${Object.entries(commands).map(([name, help]) => `  lockkeeper ${name.padEnd(8)} ${help}`).join("\n")}

  lockkeeper COMMAND --help   settings of a command
  lockkeeper --version

Exit codes: 0 all is well · 1 findings · 2 wrong use or settings · 3 no PostgreSQL to be reached · 4 refused, nothing was touched · 70 a fault of Lockkeeper
`;
}
/** The text of `lockkeeper check --help`. */
function commandHelp(command) {
	const rows = Object.entries(definitions).filter(([name]) => settingsOf[command]?.includes(name) ?? true).map(([name, definition]) => {
		const values = "values" in definition ? ` [${definition.values.join(" | ")}]` : "";
		const fallback = "default" in definition ? ` (default: ${definition.default})` : "";
		return `  ${`--${name} ${definition.placeholder}`.padEnd(28)} ${definition.help}${values}${fallback}`;
	});
	const switches = Object.entries(switchesOf[command] ?? {}).map(([name, help]) => `  ${`--${name}`.padEnd(28)} ${help}`);
	return `lockkeeper ${command}: ${commands[command]}

${[...switches, ...rows].join("\n")}

Every setting (--name VALUE) is also an input of the action, an environment variable (--fail-on is LOCKKEEPER_FAIL_ON) and a key in lockkeeper.yml.

Examples:
${(examples[command] ?? []).map((each) => `  lockkeeper ${command}${each}\n`).join("")}`;
}
const examples = {
	comment: [" --comment-id pg17"],
	check: [" --base origin/main", " --migrations db/migrations --applied-through 0041 --postgres 16"],
	tools: ["", " --working-directory services/billing"],
	init: [
		"",
		" --dry-run",
		" --yes --forks --postgres 17"
	]
};
/** The text of `lockkeeper --version`. */
function versionText() {
	return `lockkeeper ${version} (node ${process.version})\n`;
}

export { announcedCommands, commandHelp, commands, isCommand, overview, versionText, withoutSwitches };
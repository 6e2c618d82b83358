import { n as definitions } from "./settings.js";
import { t as version } from "./version.js";

// src/help.ts
/** The commands, with what they answer. */
const commands = {
	check: "what the pending migrations do: locks, rewrites, scans, schema change, findings",
	tools: "which migration tool was found, where, and why"
};
/** The settings of commands that do not take all. */
const settingsOf = { tools: [
	"tool",
	"migrations",
	"working-directory",
	"config"
] };
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
	"init",
	"facts"
]];
/** The text of `lockkeeper --help`. */
function overview() {
	return `Takes PostgreSQL schema changes safely from a pull request to production.

${Object.entries(commands).map(([name, help]) => `  lockkeeper ${name.padEnd(8)} ${help}`).join("\n")}

  lockkeeper COMMAND --help   settings of a command
  lockkeeper --version

Exit codes: 0 all is well · 1 findings · 2 wrong use or settings · 3 no PostgreSQL to be reached · 70 a fault of Lockkeeper
`;
}
/** The text of `lockkeeper check --help`. */
function commandHelp(command) {
	const rows = Object.entries(definitions).filter(([name]) => settingsOf[command]?.includes(name) ?? true).map(([name, definition]) => {
		const values = "values" in definition ? ` [${definition.values.join(" | ")}]` : "";
		const fallback = "default" in definition ? ` (default: ${definition.default})` : "";
		return `  ${`--${name} ${definition.placeholder}`.padEnd(28)} ${definition.help}${values}${fallback}`;
	});
	return `lockkeeper ${command}: ${commands[command]}

${rows.join("\n")}

Every setting is also an input of the action, an environment variable (--fail-on is LOCKKEEPER_FAIL_ON) and a key in lockkeeper.yml.

Examples:
${(examples[command] ?? []).map((each) => `  lockkeeper ${command}${each}\n`).join("")}`;
}
const examples = {
	check: [" --base origin/main", " --migrations db/migrations --applied-through 0041 --postgres 16"],
	tools: ["", " --working-directory services/billing"]
};
/** The text of `lockkeeper --version`. */
function versionText() {
	return `lockkeeper ${version} (node ${process.version})\n`;
}

export { announcedCommands, commandHelp, commands, overview, versionText };
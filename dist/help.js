import { n as commands, r as examples } from "./commands.js";
import { r as groups } from "./settings.js";
import { t as version } from "./version.js";

// src/help.ts
/** The text of `lockkeeper --help`. */
function overview() {
	return `Takes PostgreSQL schema changes safely from a pull request to production.

${Object.entries(commands).map(([name, help]) => `  lockkeeper ${name.padEnd(8)} ${help}`).join("\n")}

  lockkeeper COMMAND --help   settings of a command
  lockkeeper --version

Exit codes: 0 all is well · 1 findings, or a stale backup · 2 wrong use or settings · 3 no PostgreSQL or store to be reached · 4 refused, nothing was touched
            8 a backup, restore or drill failed · 70 a fault of Lockkeeper
`;
}
/** The text of `lockkeeper check --help`. */
function commandHelp(command) {
	const blocks = Object.entries(groups).flatMap(([title, definitions]) => {
		const taken = Object.entries(definitions).filter(([, each]) => each.commands.includes(command));
		return taken.length === 0 ? [] : [`${title}:\n${taken.map(line).join("\n")}\n`];
	});
	return `lockkeeper ${command}: ${commands[command]}

${blocks.join("\n")}
Every setting (--name VALUE) is also an input of the action, an environment variable (--fail-on is LOCKKEEPER_FAIL_ON) and a key in lockkeeper.yml.

Examples:
${examples[command].map((each) => `  lockkeeper ${command}${each}\n`).join("")}`;
}
function line([name, { placeholder, help, values, default: fallback }]) {
	const choices = values ? ` [${values.join(" | ")}]` : "";
	const otherwise = fallback === void 0 ? "" : ` (default: ${fallback})`;
	return `  ${`--${name} ${placeholder}`.padEnd(28)} ${help}${choices}${otherwise}`;
}
/** The text of `lockkeeper --version`. */
function versionText() {
	return `lockkeeper ${version} (node ${process.version})\n`;
}

export { commandHelp, overview, versionText };
import { r as wrapped } from "./wrap.js";
import { n as commands, r as examples } from "./commands.js";
import { r as groups } from "./settings.js";
import { t as version } from "./version.js";

// src/help.ts
/** What a line may take of a terminal. */
const columns = 100;
const codes = [
	["0", "all is well"],
	["1", "findings, or a stale backup: the answer is \"no\""],
	["2", "wrong use or settings; nothing was touched"],
	["3", "no PostgreSQL, target or store to be reached; nothing was touched"],
	["4", "refused by a gate or a changed plan; nothing was touched"],
	["5", "somebody else holds the lock; nothing was touched"],
	["6, 7", "a migration failed: nothing was committed, or a part"],
	["8", "a backup, its read-back, a restore or a drill failed"],
	["70", "a fault of Lockkeeper"],
	["130, 143", "interrupted; everything that was started was ended"]
];
/** The text of `lockkeeper --help`. */
function overview() {
	return `Takes PostgreSQL schema changes safely from a pull request to production.

${Object.entries(commands).map(([name, help]) => described(`lockkeeper ${name}`, help, 20)).join("\n")}

  lockkeeper COMMAND --help   settings of a command
  lockkeeper --version

Exit codes:
${codes.map(([code, meaning]) => described(code, meaning, 8)).join("\n")}
`;
}
/** A name, and beside it what it is in as many lines as that takes. */
function described(name, text, width) {
	const indent = " ".repeat(width + 3);
	return `  ${name.padEnd(width)} ${wrapped(text, columns - indent.length).join(`\n${indent}`)}`;
}
/** Groups that are what a command is about, and so come first. */
const foremost = {
	backups: "What is kept",
	verify: "What is restored",
	restore: "What is restored",
	prune: "What is kept"
};
/** What a group is called where it is about something else. */
const titles = {
	check: {
		"What is backed up": "With `--rehearse-on`",
		"Where backups live": "Where that backup lives",
		"What is restored": "How it is found and read"
	},
	plan: { "What is backed up": "The target" },
	migrate: {
		"What is backed up": "The target, and how it is backed up",
		"What is restored": "The backup, and the rehearsal on it"
	},
	history: { "What is backed up": "The target" },
	backups: {
		"What is kept": "How fresh they are to be",
		"What is restored": "Which are listed",
		"What is backed up": "Who is told"
	},
	verify: {
		"What is checked": "Where",
		"What is restored": "Which are restored, and how they are judged",
		"What is backed up": "With what, and who is told"
	},
	restore: { "What is backed up": "Where to, and the safety backup before an overwrite" },
	prune: {
		"What is restored": "Of which",
		"What is backed up": "Who is told"
	}
};
/** The text of `lockkeeper check --help`. */
function commandHelp(command) {
	const first = foremost[command];
	const blocks = Object.keys(groups).sort((a, b) => Number(b === first) - Number(a === first)).flatMap((group) => {
		const taken = Object.entries(groups[group]).filter(([, each]) => each.commands.includes(command));
		return taken.length === 0 ? [] : [`${titles[command]?.[group] ?? group}:\n${taken.map(line).join("\n")}\n`];
	});
	return `${wrapped(`lockkeeper ${command}: ${commands[command]}`, columns).join("\n")}

${examples[command].map((each) => `  lockkeeper ${command}${each}\n`).join("")}
${blocks.join("\n")}
${wrapped(everySetting, columns).join("\n")}
`;
}
const everySetting = "Every setting (--name VALUE) is also an input of the action, an environment variable (--fail-on is LOCKKEEPER_FAIL_ON) and a key in lockkeeper.yml.";
function line([name, { placeholder, help, values, default: fallback }]) {
	const choices = values ? ` [${values.join(" | ")}]` : "";
	const otherwise = fallback === void 0 ? "" : ` (default: ${fallback})`;
	return described(`--${name} ${placeholder}`, `${help}${choices}${otherwise}`, 27);
}
/** The text of `lockkeeper --version`. */
function versionText() {
	return `lockkeeper ${version} (node ${process.version})\n`;
}

export { commandHelp, overview, versionText };
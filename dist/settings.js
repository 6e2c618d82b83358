import { n as severities } from "./finding.js";
import { n as serverNames } from "./servers.js";
import { n as toolNames } from "./tools.js";

// src/settings.ts
/**
* Every setting, once. Its name is the action's input, `--name` the flag, `LOCKKEEPER_NAME` the variable and the key in
* lockkeeper.yml; action.yml, `--help` and docs/settings.md are made from this table.
*/
const definitions = {
	tool: {
		type: "choice",
		values: ["auto", ...toolNames],
		default: "auto",
		placeholder: "NAME",
		help: "Migration tool; `auto` tells it from the files."
	},
	migrations: {
		type: "list",
		placeholder: "FOLDER",
		help: "Folders of migrations, relative to the repository; found by itself where there is one."
	},
	base: {
		type: "text",
		placeholder: "REF",
		help: "Git ref that the migrations are compared with; what the merge base has counts as applied. In the Action: the pull request’s base."
	},
	"applied-through": {
		type: "text",
		placeholder: "ID",
		help: "Instead of `base`: the last applied migration, by version or file name without extension, or `none`."
	},
	server: {
		type: "choice",
		values: serverNames,
		default: "auto",
		placeholder: "WAY",
		help: "How to get a PostgreSQL to run the migrations on."
	},
	"server-url": {
		type: "secret",
		placeholder: "URL",
		help: "Connection URL for `existing`. Lockkeeper works there in databases of its own and drops them."
	},
	postgres: {
		type: "number",
		range: [12, 18],
		whole: true,
		placeholder: "MAJOR",
		help: "PostgreSQL major of the target, 12 to 18; should be what production runs."
	},
	"fail-on": {
		type: "choice",
		values: [...severities.toReversed(), "never"],
		default: "error",
		placeholder: "SEVERITY",
		help: "Least severity of a finding that fails the check."
	},
	protected: {
		type: "list",
		placeholder: "GLOB",
		help: "Tables that no migration may drop, truncate, rename or take columns from: `orders`, `billing.*`."
	},
	"seed-rows": {
		type: "number",
		range: [0, 1e3],
		whole: true,
		default: "3",
		placeholder: "N",
		help: "Rows that every table gets before the pending migrations run."
	},
	"statement-limit": {
		type: "number",
		range: [.1, 86400],
		default: "60",
		placeholder: "SECONDS",
		help: "How long a statement may run before it is cancelled."
	},
	"report-json": {
		type: "text",
		placeholder: "FILE",
		help: "Writes the JSON report there; `-` is standard output."
	},
	"report-markdown": {
		type: "text",
		placeholder: "FILE",
		help: "Writes the Markdown report there; `-` is standard output."
	},
	"report-sarif": {
		type: "text",
		placeholder: "FILE",
		help: "Writes the findings as SARIF 2.1.0 there, for GitHub code scanning and the like; `-` is standard output."
	},
	comment: {
		type: "choice",
		values: ["auto", "never"],
		default: "auto",
		placeholder: "WHEN",
		help: "On GitHub: whether the report is a comment on the pull request, kept up to date."
	},
	"comment-id": {
		type: "text",
		placeholder: "NAME",
		help: "Tells comments of several checks of one folder apart, for instance one for every PostgreSQL major."
	},
	"github-token": {
		type: "secret",
		placeholder: "TOKEN",
		help: "What comments are written with; the job needs `pull-requests: write`."
	},
	"working-directory": {
		type: "text",
		default: ".",
		placeholder: "FOLDER",
		help: "Where the repository, or the part of it to check, is."
	},
	config: {
		type: "text",
		default: "lockkeeper.yml",
		placeholder: "FILE",
		help: "File with settings, relative to the working directory; need not exist."
	},
	colour: {
		type: "choice",
		values: [
			"auto",
			"always",
			"never"
		],
		default: "auto",
		placeholder: "WHEN",
		help: "Colours in the terminal."
	}
};
/** The setting's definition, for names that people wrote. */
function definitionOf(name) {
	return Object.hasOwn(definitions, name) ? definitions[name] : void 0;
}

export { definitions as n, definitionOf as t };
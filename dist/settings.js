import { t as KnownError } from "./error.js";
import { a as nearest, i as severities, n as toolNames } from "./tools.js";
import { n as serverNames } from "./servers.js";

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
const reportSettings = Object.keys(definitions).filter((name) => name.startsWith("report-"));
/** Values that the design knows and this version does not offer yet. */
const announced = {
	server: ["docker", "none"],
	tool: [
		"dbmate",
		"atlas",
		"flyway",
		"liquibase",
		"prisma",
		"drizzle",
		"sqlx",
		"diesel",
		"alembic",
		"django",
		"rails",
		"knex",
		"supabase"
	]
};
/** Makes settings of what was given, strongest source first. Throws one `KnownError` with all complaints. */
function settingsFrom(given) {
	const complaints = [];
	const chosen = /* @__PURE__ */ new Map();
	for (const each of given) {
		const complaint = complaintAbout(each);
		if (complaint) complaints.push(`${each.source}: ${complaint}`);
		else if (each.value !== "" && !chosen.has(each.name)) chosen.set(each.name, each);
	}
	complaints.push(...contradictions((name) => chosen.get(name)));
	if (complaints.length > 0) throw new KnownError(complaints.length === 1 ? complaints[0] : `Settings:\n${complaints.map((each) => `- ${each}`).join("\n")}`);
	return toSettings((name) => chosen.get(name)?.value ?? definitions[name].default);
}
/** Settings that make no sense together. */
function contradictions(get) {
	const [server, url] = [get("server"), get("server-url")];
	const both = (a, b) => get(a) !== void 0 && get(b) !== void 0;
	const found = [];
	if (both("base", "applied-through")) found.push("`base` and `applied-through` exclude each other: one says by git what is applied, the other by name.");
	if (server && url && !url.source.startsWith("LOCKKEEPER_") && !["auto", "existing"].includes(server.value)) found.push(`${url.source}: \`server: ${server.value}\` starts a server of its own; leave one of the two out.`);
	const onOutput = reportSettings.filter((name) => get(name)?.value === "-");
	if (onOutput.length > 1) found.push(`${onOutput.map((name) => `\`${name}\``).join(" and ")} cannot all be standard output: give each a file.`);
	return found;
}
function toSettings(get) {
	const list = (name) => (get(name) ?? "").split(/[\n,]/).map((each) => each.trim()).filter(Boolean);
	const optional = (key, name) => {
		const value = get(name);
		return value ? { [key]: value } : {};
	};
	const postgres = get("postgres");
	return {
		tool: get("tool"),
		migrations: list("migrations"),
		...optional("base", "base"),
		...optional("appliedThrough", "applied-through"),
		server: get("server"),
		...optional("serverUrl", "server-url"),
		...postgres && { postgres: Number(postgres) },
		failOn: get("fail-on"),
		protected: list("protected"),
		seedRows: Number(get("seed-rows")),
		statementLimit: Number(get("statement-limit")),
		reports: Object.fromEntries(reportSettings.flatMap((name) => get(name) ? [[name, get(name)]] : [])),
		workingDirectory: get("working-directory"),
		colour: get("colour")
	};
}
function complaintAbout({ name, value, source, fault }) {
	const definition = definitionOf(name);
	if (!definition) return `there is no setting \`${name}\`.${suggestion(name, Object.keys(definitions))}`;
	if (fault) return fault;
	if (value === "") return void 0;
	if (announced[name]?.includes(value) && !definition.values?.includes(value)) return `\`${value}\` is not available yet in this version; there is ${definition.values?.join(", ")}.`;
	if (definition.type === "choice" && !definition.values?.includes(value)) return `\`${value}\` is none of ${definition.values?.join(", ")}.${suggestion(value, definition.values ?? [])}`;
	if (definition.type === "number") return complaintAboutNumber(value, definition);
	if (definition.type === "secret" && source.startsWith("--") && /:\/\/[^/@]*:[^@]+@/.test(value)) return `a password on the command line is seen by everybody on the machine. Set ${variableOf(name)} instead.`;
}
function complaintAboutNumber(value, { range = [0, 1e400], whole }) {
	const [least, most] = range;
	if (/^\d+(\.\d+)?$/.test(value) && Number(value) >= least && Number(value) <= most && (!whole || Number.isInteger(Number(value)))) return void 0;
	return `\`${value}\` is not a ${whole ? "whole " : ""}number from ${least} to ${most}.`;
}
/** The setting's definition, for names that people wrote. */
function definitionOf(name) {
	return Object.hasOwn(definitions, name) ? definitions[name] : void 0;
}
function variableOf(name) {
	return `LOCKKEEPER_${name.toUpperCase().replaceAll("-", "_")}`;
}
function suggestion(word, known) {
	const [near] = nearest(word, known, 1);
	return near ? ` Did you mean \`${near}\`?` : "";
}

export { definitions as n, settingsFrom as r, definitionOf as t };
import { t as Secrets } from "./secrets.js";
import { n as exitCodes, r as fileFault, t as KnownError } from "./error.js";
import { t as nearest } from "./nearest.js";
import { i as isCommand, n as commands, t as announcedCommands } from "./commands.js";
import { n as definitions, t as definitionOf } from "./settings.js";
import { readFile, stat } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { join } from "node:path";

// src/hosts/terminal.ts
/** A terminal or a pod: the report on standard output, progress and errors on standard error. */
function terminalHost(given, environment = process.env) {
	const secrets = new Secrets();
	const live = process.stderr.isTTY === true && !environment.CI;
	const clear = () => {
		if (live) process.stderr.write("\r\x1B[K");
	};
	return {
		name: live || process.stdout.isTTY ? "terminal" : "pod",
		progress: {
			...live && { live },
			step: (text) => {
				clear();
				process.stderr.write(secrets.hide(live ? `${text} …` : `${text}\n`));
			}
		},
		given: () => given,
		base: async () => void 0,
		mask: (secret) => secrets.add(secret),
		publish: async (presentation, { colour, quiet }) => {
			clear();
			const stream = quiet ? process.stderr : process.stdout;
			const wanted = colour === "always" || colour === "auto" && stream.isTTY === true && !environment.NO_COLOR;
			stream.write(secrets.hide(presentation.terminal({
				colour: wanted,
				width: stream.columns || 100
			})));
		},
		...process.stdin.isTTY && process.stdout.isTTY && !environment.CI && { ask },
		fail: (message) => {
			clear();
			process.stderr.write(`${secrets.hide(message)}\n`);
		}
	};
}
/** Whoever ends the input instead of answering gets what an empty answer gets. */
async function ask(question) {
	const lines = createInterface({
		input: process.stdin,
		output: process.stdout
	});
	try {
		const ended = new Promise((resolve) => lines.once("close", () => resolve("")));
		return (await Promise.race([lines.question(question), ended])).trim();
	} finally {
		lines.close();
	}
}

// src/settings-given.ts
const isReport = (name) => name.startsWith("report-");
const reportSettings = Object.keys(definitions).filter(isReport);
/** Settings that the design knows and this version does not offer yet. */
const announcedSettings = ["cache", "image"];
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
	if (both("into", "overwrite")) found.push("`into` names a new database, `overwrite` one that is there: leave one out.");
	if (both("backup", "file")) found.push("`backup` and `file` exclude each other: each says what is restored.");
	if (both("plan", "digest")) found.push("`plan` holds the digest: leave `digest` out.");
	if (both("plan", "allow")) found.push("`plan` holds what was accepted when it was approved: leave `allow` out, or plan again with it.");
	const onOutput = reportSettings.filter((name) => get(name)?.value === "-");
	if (onOutput.length > 1) found.push(`${onOutput.map((name) => `\`${name}\``).join(" and ")} cannot all be standard output: give each a file.`);
	return found;
}
function toSettings(get) {
	const names = Object.keys(definitions).filter((name) => !isReport(name));
	return {
		...Object.fromEntries(names.map((name) => [camel(name), parsed(get(name), definitions[name])])),
		reports: Object.fromEntries(reportSettings.flatMap((name) => get(name) ? [[name, get(name)]] : []))
	};
}
/** Each as its type in `Value` says. */
function parsed(text, { type }) {
	if (type === "list") return (text ?? "").split(/[\n,]/).flatMap((each) => each.trim() || []);
	if (type === "switch") return text !== void 0 && isYes(text);
	if (type === "number") return text === void 0 ? void 0 : Number(text);
	return type === "duration" ? milliseconds(text) : text;
}
function camel(name) {
	return name.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());
}
function isYes(text) {
	return ["true", "yes"].includes(text);
}
const units = {
	ms: 1,
	s: 1e3,
	m: 6e4,
	h: 36e5,
	d: 864e5,
	w: 6048e5
};
function milliseconds(text) {
	const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|[smhdw])$/.exec(text ?? "") ?? [];
	return number === void 0 ? void 0 : Number(number) * units[unit];
}
function complaintAbout({ name, value, source, fault }) {
	const definition = definitionOf(name);
	if (!definition && announcedSettings.includes(name)) return `\`${name}\` is not available yet in this version.`;
	if (!definition) return `there is no setting \`${name}\`.${suggestion(name, Object.keys(definitions))}`;
	if (fault) return fault;
	if (value === "") return void 0;
	if (announced[name]?.includes(value) && !definition.values?.includes(value)) return `\`${value}\` is not available yet in this version; there is ${definition.values?.join(", ")}.`;
	if (definition.type === "choice" && !definition.values?.includes(value)) return `\`${value}\` is none of ${definition.values?.join(", ")}.${suggestion(value, definition.values ?? [])}`;
	if (definition.type === "switch" && !isYes(value) && !["false", "no"].includes(value)) return `\`${value}\` is neither \`true\` nor \`false\`.`;
	if (definition.type === "duration" && milliseconds(value) === void 0) return `\`${value}\` is no length of time, such as \`90m\`, \`26h\`, \`7d\` or \`4w\`.`;
	if (definition.type === "number") return complaintAboutNumber(value, definition);
	if (name === "comment-id" && !/^[\w.-]{1,60}$/.test(value)) return `\`${value}\` is not a name of up to 60 letters, digits, \`.\`, \`_\` and \`-\`.`;
	if ((name === "github-token" || definition.type === "secret" && holdsPassword.test(value)) && source.startsWith("--")) return `a password on the command line is seen by everybody on the machine. Set ${variableOf(name)} instead.`;
}
/** Between user and host, or as a parameter, as libpq takes it too. */
const holdsPassword = /:\/\/[^/@]*:[^@]+@|[?&]password=[^&#]/i;
function complaintAboutNumber(value, { range = [0, 1e400], whole }) {
	const [least, most] = range;
	if (/^\d+(\.\d+)?$/.test(value) && Number(value) >= least && Number(value) <= most && (!whole || Number.isInteger(Number(value)))) return void 0;
	return `\`${value}\` is not a ${whole ? "whole " : ""}number from ${least} to ${most}.`;
}
function variableOf(name) {
	return `LOCKKEEPER_${name.toUpperCase().replaceAll("-", "_")}`;
}
function suggestion(word, known) {
	const [near] = nearest(word, known, 1);
	return near ? ` Did you mean \`${near}\`?` : "";
}

// src/sources.ts
/**
* What was written on the command line: `--name value`, `--name=value`, and `--name` for a switch. Throws for words that are
* neither. A flag that means nothing to the command would leave its reader in the belief that it did something.
*/
function fromFlags(words, command) {
	const given = [];
	for (let index = 0; index < words.length; index += 1) {
		const [, name, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(words[index]) ?? [];
		if (!name) throw new KnownError(`\`${words[index]}\` is not understood.`, { help: "Settings are written as --name value; see --help." });
		const definition = definitionOf(name);
		const isSwitch = definition?.type === "switch";
		const next = isSwitch || words[index + 1]?.startsWith("--") ? void 0 : words[index + 1];
		const value = inline ?? next ?? (isSwitch ? "true" : "");
		if (inline === void 0 && next !== void 0) index += 1;
		const fault = value === "" ? "needs a value." : faultOf(definition, command);
		given.push({
			name,
			value,
			source: `--${name}`,
			...fault && { fault }
		});
	}
	return joinLists(given);
}
function faultOf(definition, command) {
	if (!definition || !command || definition.commands.includes(command)) return void 0;
	return `\`${command}\` does not take it, but ${definition.commands.map((each) => `\`${each}\``).join(", ")}.`;
}
/** The action's inputs, as the runner hands them over; inputs that are not set are empty. */
function fromInputs(environment) {
	return Object.keys(definitions).flatMap((name) => {
		const value = environment[`INPUT_${name.toUpperCase().replaceAll(" ", "_")}`]?.trim();
		return value ? [{
			name,
			value,
			source: `input ${name}`
		}] : [];
	});
}
/** `LOCKKEEPER_…`; unknown ones are named, as a misspelt one would be silent otherwise. */
function fromEnvironment(environment) {
	return Object.entries(environment).flatMap(([variable, value]) => {
		if (!variable.startsWith("LOCKKEEPER_") || !value || variable.startsWith("LOCKKEEPER_TEST_")) return [];
		return [{
			name: variable.slice(11).toLowerCase().replaceAll("_", "-"),
			value,
			source: variable
		}];
	});
}
/** lockkeeper.yml: one key a setting. A file that was asked for must be there. */
async function fromFile(folder, file, asked) {
	const path = join(folder, file);
	const text = await readFile(path, "utf8").catch((error) => {
		if (error.code === "ENOENT" && !asked) return void 0;
		throw new KnownError(`The settings file cannot be read: ${fileFault(error)}.`, { place: { path } });
	});
	if (text === void 0) return [];
	const { settingsIn } = await import("./settings-file.js");
	return settingsIn(text, path);
}
/** A list flag may be given several times. */
function joinLists(given) {
	const merged = /* @__PURE__ */ new Map();
	for (const each of given) {
		const before = merged.get(each.name);
		const list = definitionOf(each.name)?.type === "list";
		merged.set(each.name, before && list ? {
			...before,
			value: `${before.value}\n${each.value}`
		} : each);
	}
	return [...merged.values()];
}

// src/open.ts
/** Runs a command line; sets the exit code and returns when everything is closed. */
async function openTerminal(words) {
	for (const stream of [process.stdout, process.stderr]) stream.on("error", unheard);
	const given = [];
	const host = terminalHost(given);
	await guarded(host, async (signal) => {
		const [command = "", ...rest] = words;
		const text = await helpFor(command, rest);
		if (text !== void 0) {
			process.stdout.write(text);
			return command === "" ? exitCodes.usage : exitCodes.done;
		}
		const name = commandNamed(command);
		given.push(...fromFlags(rest, name), ...fromEnvironment(process.env));
		return start(name, host, signal);
	});
}
/** Who reads us may have seen enough (`| head`): no reason to fail. Nothing that can be heard is one to leave work undone. */
function unheard(error) {
	if (error.code === "EPIPE") return;
	if (!process.stderr.errored) process.stderr.write(`What is to be said cannot be written: ${fileFault(error)}.\n`);
	const end = () => {
		process.exitCode = process.exitCode || exitCodes.usage;
	};
	process.once("exit", end);
}
/** Runs the action. */
async function openAction() {
	const { githubHost } = await import("./host.js");
	const given = [];
	const host = await githubHost(given);
	await guarded(host, async (signal) => {
		const command = commandNamed(process.env.INPUT_COMMAND?.trim() || "check");
		given.push(...fromInputs(process.env), ...fromEnvironment(process.env));
		return start(command, host, signal);
	});
}
async function start(command, host, signal) {
	const given = host.given();
	const file = given.find(({ name }) => name === "config");
	const folder = given.find(({ name, value }) => name === "working-directory" && value !== "")?.value ?? ".";
	const written = command === "comment" ? [] : await fileIn(folder, file?.value);
	const settings = settingsFrom([...given, ...written]);
	const { run } = await import("./run.js");
	return run(command, {
		settings,
		host,
		signal
	});
}
async function fileIn(folder, name) {
	await refuseNoFolder(folder);
	return fromFile(folder, name ?? "lockkeeper.yml", name !== void 0);
}
async function refuseNoFolder(folder) {
	if (await stat(folder).then((found) => found.isDirectory(), () => false)) return;
	throw new KnownError(`There is no folder ${folder} to work in.`, { help: "The setting `working-directory` takes a folder, relative to where Lockkeeper is started." });
}
async function helpFor(command, rest) {
	const { commandHelp, overview, versionText } = await import("./help.js");
	if (command === "help" && rest[0] !== void 0) return helpFor(rest[0], ["--help"]);
	if ([
		"",
		"--help",
		"-h",
		"help"
	].includes(command)) return overview();
	if ([
		"--version",
		"-V",
		"version"
	].includes(command)) return versionText();
	const name = commandNamed(command);
	return rest.includes("--help") || rest.includes("-h") ? commandHelp(name) : void 0;
}
function commandNamed(command) {
	if (isCommand(command)) return command;
	if (announcedCommands.includes(command)) throw new KnownError(`\`lockkeeper ${command}\` is not available yet in this version.`, { help: `There is: ${Object.keys(commands).join(", ")}.` });
	const [near] = nearest(command, Object.keys(commands), 1);
	const help = near ? `Did you mean \`${near}\`?` : "See lockkeeper --help.";
	throw new KnownError(`There is no command \`${command}\`.`, { help });
}
/** Interrupts end the job in good order; errors are told as they deserve. */
async function guarded(host, work) {
	const controller = new AbortController();
	const interrupt = (name) => controller.abort(new Interrupted(name));
	process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
	try {
		process.exitCode = await work(controller.signal);
	} catch (error) {
		process.exitCode = await tell(controller.signal.aborted ? interruptedBy(controller.signal.reason, error) : error, host);
	} finally {
		process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
	}
}
/** The interrupt, with what could not be put in order because of it. */
function interruptedBy(reason, error) {
	return error instanceof KnownError && error.cause === reason && reason instanceof Interrupted ? new Interrupted(reason.signal, error.help) : reason;
}
var Interrupted = class extends Error {
	signal;
	constructor(signal, left) {
		super(`Interrupted by ${signal}; everything that was started has been ended.${left ? `\n${left}` : ""}`);
		this.signal = signal;
	}
};
async function tell(error, host) {
	if (error instanceof Interrupted) {
		const { visible } = await import("./escape.js");
		host.fail(visible(error.message));
		return error.signal === "SIGINT" ? 130 : 143;
	}
	const { visible, visibleLine } = await import("./escape.js");
	if (error instanceof KnownError) {
		const { place, message, help } = error;
		const where = place ? `${visibleLine(place.path)}${place.line ? `:${place.line}` : ""}: ` : "";
		const { failureMarkdown } = await import("./failure.js");
		host.fail(`${where}${visible(message)}${help ? `\n${visible(help)}` : ""}`, place, failureMarkdown(message, help, place));
		return exitCodes[error.reason];
	}
	const stack = visible(String(error instanceof Error ? error.stack : error));
	host.fail(`${stack}\nThis is a fault of Lockkeeper. Please report it.`);
	return exitCodes.fault;
}

export { openTerminal as n, openAction as t };
import { i as __toESM } from "./rolldown-runtime.js";
import { t as Secrets } from "./secrets.js";
import { n as exitCodes, t as KnownError } from "./error.js";
import { a as nearest } from "./tools.js";
import { n as settingsFrom, t as definitions } from "./settings.js";
import { readFile } from "node:fs/promises";
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
		progress: { step: (text) => {
			clear();
			process.stderr.write(secrets.hide(live ? `${text} …` : `${text}\n`));
		} },
		given: () => given,
		base: async () => void 0,
		mask: (secret) => secrets.add(secret),
		publish: async (presentation, { colour, quiet }) => {
			clear();
			const stream = quiet ? process.stderr : process.stdout;
			const wanted = colour === "always" || colour === "auto" && stream.isTTY === true && !environment.NO_COLOR;
			stream.write(secrets.hide(presentation.terminal({
				colour: wanted,
				width: stream.columns ?? 100
			})));
		},
		fail: (message) => {
			clear();
			process.stderr.write(`${secrets.hide(message)}\n`);
		}
	};
}

// src/sources.ts
/** What was written on the command line: `--name value`, `--name=value`. Throws for words that are neither. */
function fromFlags(words) {
	const given = [];
	for (let index = 0; index < words.length; index += 1) {
		const [, name, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(words[index]) ?? [];
		if (!name) throw new KnownError(`\`${words[index]}\` is not understood.`, { help: "Settings are written as --name value; see --help." });
		const value = inline ?? words[index + 1];
		if (inline === void 0) index += 1;
		if (value === void 0) throw new KnownError(`--${name} needs a value.`);
		given.push({
			name,
			value,
			source: `--${name}`
		});
	}
	return joinLists(given);
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
	const text = await readFile(join(folder, file), "utf8").catch((error) => {
		if (error.code === "ENOENT" && !asked) return void 0;
		throw new KnownError(`The settings file ${file} cannot be read: ${error.code}.`, { place: { path: file } });
	});
	if (text === void 0) return [];
	const { LineCounter, isMap, parseDocument } = await import("./dist.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines });
	const [error] = document.errors;
	if (error) throw new KnownError(`${file} is not valid YAML: ${error.message.split("\n")[0]}`, { place: {
		path: file,
		line: error.linePos?.[0].line ?? 1
	} });
	if (document.contents === null) return [];
	if (!isMap(document.contents)) throw new KnownError(`${file} must hold settings, one \`name: value\` a line.`, { place: {
		path: file,
		line: 1
	} });
	return document.contents.items.map(({ key, value }) => {
		const node = key;
		const plain = value?.toJSON?.() ?? "";
		const line = lines.linePos(node.range?.[0] ?? 0).line;
		return {
			name: String(node.value),
			value: Array.isArray(plain) ? plain.join("\n") : String(plain),
			source: `${file}:${line}`
		};
	});
}
/** A list flag may be given several times. */
function joinLists(given) {
	const merged = /* @__PURE__ */ new Map();
	for (const each of given) {
		const before = merged.get(each.name);
		const list = definitions[each.name]?.type === "list";
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
	for (const stream of [process.stdout, process.stderr]) stream.on("error", passOverClosedPipe);
	await guarded(terminalHost([]), async (signal) => {
		const [command = "", ...rest] = words;
		const text = await helpFor(command, rest);
		if (text !== void 0) {
			process.stdout.write(text);
			return command === "" ? exitCodes.usage : exitCodes.done;
		}
		const given = [...fromFlags(rest), ...fromEnvironment(process.env)];
		return start(command, terminalHost(given), signal);
	});
}
/** Who reads us may have seen enough (`| head`): no reason to fail, or to leave work undone. */
function passOverClosedPipe(error) {
	if (error.code !== "EPIPE") throw error;
}
/** Runs the action. */
async function openAction() {
	const { githubHost } = await import("./github.js");
	await guarded(await githubHost([]), async (signal) => {
		const command = process.env.INPUT_COMMAND?.trim() || "check";
		await refuseUnknown(command);
		const given = [...fromInputs(process.env), ...fromEnvironment(process.env)];
		return start(command, await githubHost(given), signal);
	});
}
async function start(command, host, signal) {
	const given = host.given();
	const file = given.find(({ name }) => name === "config");
	const folder = given.find(({ name }) => name === "working-directory")?.value ?? ".";
	const written = await fromFile(folder, file?.value ?? "lockkeeper.yml", file !== void 0);
	const settings = settingsFrom([...given, ...written]);
	const { run } = await import("./run.js");
	return run({
		command,
		settings,
		host,
		signal
	});
}
async function helpFor(command, rest) {
	const { commandHelp, overview, versionText } = await import("./help.js");
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
	await refuseUnknown(command);
	return rest.includes("--help") || rest.includes("-h") ? commandHelp(command) : void 0;
}
async function refuseUnknown(command) {
	const { announcedCommands, commands } = await import("./help.js");
	if (command in commands) return;
	if (announcedCommands.includes(command)) throw new KnownError(`\`lockkeeper ${command}\` is not available yet in this version.`, { help: "There is: check, tools." });
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
		process.exitCode = tell(controller.signal.aborted ? controller.signal.reason : error, host);
	} finally {
		process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
	}
}
var Interrupted = class extends Error {
	signal;
	constructor(signal) {
		super(`Interrupted by ${signal}; everything that was started has been ended.`);
		this.signal = signal;
	}
};
function tell(error, host) {
	if (error instanceof Interrupted) {
		host.fail(error.message);
		return error.signal === "SIGINT" ? 130 : 143;
	}
	if (error instanceof KnownError) {
		const place = error.place ? `${error.place.path}${error.place.line ? `:${error.place.line}` : ""}: ` : "";
		host.fail(`${place}${error.message}${error.help ? `\n${error.help}` : ""}`);
		return exitCodes[error.reason];
	}
	host.fail(`${error instanceof Error ? error.stack : String(error)}\nThis is a fault of Lockkeeper. Please report it.`);
	return exitCodes.fault;
}

export { openTerminal as n, openAction as t };
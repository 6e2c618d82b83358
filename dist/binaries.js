import { t as KnownError } from "./error.js";
import { t as launch } from "./launch.js";
import { access, readdir, realpath } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { execFile } from "node:child_process";

// src/servers/binaries.ts
const run = promisify(execFile);
/** A server installed on the machine. */
const provider = {
	kind: "binaries",
	async open({ major, signal, progress }) {
		const found = await installed();
		const chosen = major === void 0 ? found[0] : found.find((each) => each.major === major);
		if (!chosen) throw missing(major, found);
		progress.step(`starting PostgreSQL ${chosen.version} from ${chosen.bin}`);
		return launch("binaries", chosen.bin, chosen.major, signal);
	}
};
/** Newest first. */
async function installed() {
	const folders = /* @__PURE__ */ new Set();
	for (const folder of await candidates()) {
		const postgres = join(folder, "postgres");
		if (await exists(postgres)) folders.add(dirname(await realpath(postgres)));
	}
	return (await Promise.all([...folders].map(versionOf))).flatMap((each) => each ?? []).sort((a, b) => b.major - a.major);
}
/** Where packages of Debian, Red Hat and Homebrew put servers, and the PATH. */
async function candidates() {
	const inside = async (folder, pattern, rest) => (await readdir(folder).catch(() => [])).filter((name) => pattern.test(name)).map((name) => join(folder, name, rest));
	return [
		...(process.env.PATH ?? "").split(delimiter).filter(Boolean),
		...await inside("/usr/lib/postgresql", /^\d+$/, "bin"),
		...await inside("/usr", /^pgsql-\d+$/, "bin"),
		...await inside("/opt/homebrew/opt", /^postgresql@\d+$/, "bin"),
		...await inside("/usr/local/opt", /^postgresql@\d+$/, "bin")
	];
}
async function versionOf(bin) {
	try {
		await access(join(bin, "initdb"));
		const { stdout } = await run(join(bin, "postgres"), ["--version"]);
		const [, version = "", major = ""] = /\(PostgreSQL\) ((\d+)\S*)/.exec(stdout) ?? [];
		return major ? {
			bin,
			version,
			major: Number(major)
		} : void 0;
	} catch {
		return;
	}
}
function missing(major, found) {
	const wanted = major === void 0 ? "No PostgreSQL server is" : `PostgreSQL ${major} is not`;
	const others = found.length > 0 ? `Found: ${found.map(({ version, bin }) => `${version} in ${bin}`).join(", ")}. ` : "";
	return new KnownError(`${wanted} installed on this machine.`, {
		reason: "unreachable",
		help: `${others}Install it, or use \`server: embedded\`, or \`server: existing\` with \`server-url\`.`
	});
}
async function exists(path) {
	return access(path).then(() => true, () => false);
}

export { provider };
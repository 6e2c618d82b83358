import { i as __toESM, t as __commonJSMin } from "./rolldown-runtime.js";
import { n as exitCodes, r as fileFault, t as KnownError } from "./error.js";
import { t as nearest } from "./nearest.js";
import { i as severities, n as toolNames, r as fails, t as loadTool } from "./tools.js";
import { t as parseStatements } from "./parse.js";
import { i as connect, n as SessionEnded, r as SqlError, t as ConnectionLost } from "./connect.js";
import { a as roleMark, c as literal, d as openLease, f as waitForTurn, i as markingSql, l as quote, o as restoreCluster, r as isRoleMark, s as snapshotCluster, t as createScratch, u as isGone } from "./scratch.js";
import { t as require_wasm } from "./wasm.js";
import { n as faultOf, r as lineOf, t as explain } from "./faults.js";
import { n as lockModes } from "./observation.js";
import { t as loadProvider } from "./servers.js";
import { t as version } from "./version.js";
import { mkdir, readFile, readdir, readlink, realpath, stat, writeFile } from "node:fs/promises";
import { dirname, join, posix, relative, resolve, sep } from "node:path";
import { createHash } from "node:crypto";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { spawn } from "node:child_process";

// src/git/decode.ts
/** A file's bytes as text. Throws `KnownError` with the line of the first byte that is not UTF-8, or is NUL. */
function decode(path, bytes) {
	const text = tryDecode(bytes);
	if (text === void 0 || bytes.includes(0)) throw notText(path, bytes);
	return hasByteOrderMark(bytes) ? {
		path,
		text,
		byteOrderMark: true
	} : {
		path,
		text
	};
}
function tryDecode(bytes) {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		return;
	}
}
function hasByteOrderMark(bytes) {
	return bytes[0] === 239 && bytes[1] === 187 && bytes[2] === 191;
}
function notText(path, bytes) {
	const utf16 = bytes[0] === 255 && bytes[1] === 254 || bytes[0] === 254 && bytes[1] === 255;
	const line = firstBadLine(bytes);
	return new KnownError(utf16 ? "The file is UTF-16, not UTF-8." : `Line ${line} is not UTF-8 text.`, {
		help: `Save it as UTF-8, for example: iconv -f ${utf16 ? "UTF-16" : "WINDOWS-1252"} -t UTF-8`,
		place: {
			path,
			line
		}
	});
}
/** A line feed is never part of another character in UTF-8, so lines can be judged one by one. */
function firstBadLine(bytes) {
	let line = 1;
	for (let start = 0; start < bytes.length; line += 1) {
		const feed = bytes.indexOf(10, start);
		const end = feed < 0 ? bytes.length : feed;
		const slice = bytes.subarray(start, end);
		if (slice.includes(0) || tryDecode(slice) === void 0) return line;
		start = end + 1;
	}
	return line;
}

// src/git/run.ts
/** git ended with an exit code other than 0. */
var GitError = class extends Error {
	exitCode;
	stderr;
	constructor(command, exitCode, stderr) {
		super(`git ${command} failed (exit ${exitCode}): ${stderr.trim()}`);
		this.name = "GitError";
		this.exitCode = exitCode;
		this.stderr = stderr;
	}
	/** git's own first complaint, without its `fatal:`. */
	get complaint() {
		const lines = this.stderr.split("\n").map((line) => line.trim());
		return (lines.find((each) => /^(fatal|error): /.test(each)) ?? lines.find((each) => each !== "") ?? "").replace(/^(fatal|error): /, "").replace(/\.$/, "");
	}
};
/**
* Runs git in a folder, without a shell and without asking anybody for a password, and returns its standard output.
* Throws `GitError` when git fails, and `KnownError` where no run of git can succeed: it is not installed, or refuses
* the folder because of its owner.
*/
async function git(folder, args, options = {}) {
	options.signal?.throwIfAborted();
	const child = spawn("git", [...args], {
		cwd: folder,
		env: environment(),
		...options.signal && { signal: options.signal }
	});
	const stdout = [];
	const stderr = [];
	child.stdout.on("data", (chunk) => stdout.push(chunk));
	child.stderr.on("data", (chunk) => stderr.push(chunk));
	child.stdin.on("error", () => {});
	child.stdin.end(options.input ?? "");
	const exitCode = await new Promise((resolve, reject) => {
		child.on("error", (error) => reject(options.signal?.aborted ? options.signal.reason : unstartable(error, folder)));
		child.on("close", resolve);
	});
	if (exitCode === 0) return Buffer.concat(stdout);
	throw refusal$1(new GitError(args[0] ?? "", exitCode, Buffer.concat(stderr).toString()), folder);
}
/** What git is told by its surroundings: English, no questions, and no repository but the one the folder is in. */
function environment() {
	const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_PREFIX, ...rest } = process.env;
	return {
		...rest,
		LC_ALL: "C",
		GIT_TERMINAL_PROMPT: "0",
		GIT_OPTIONAL_LOCKS: "0"
	};
}
function unstartable(error, folder) {
	if (error.code !== "ENOENT") return error;
	return new KnownError(`Cannot run git in ${folder}.`, {
		help: "Install git and check that the folder exists, or use `applied-through`, which needs no git.",
		cause: error
	});
}
function refusal$1(error, folder) {
	if (!error.stderr.includes("dubious ownership")) return error;
	const root = /repository at '([^']*)'/.exec(error.stderr)?.[1] ?? folder;
	return new KnownError(`git refuses to read the repository at ${root}, because another user owns it.`, {
		help: `Tell git that you trust it: git config --global --add safe.directory '${root}'`,
		cause: error
	});
}

// src/git/worktree.ts
/** How many files are read at the same time: enough to keep the disk busy, far from any limit on open files. */
const readers$1 = 64;
/** Folders that hold no migrations of the repository's own and may be very big. */
const skipped = /* @__PURE__ */ new Set(["node_modules"]);
/**
* The files below a folder as they are now, whether git knows them or not. A symbolic link to a file counts as that
* file, as tools have it, while it stays in the repository. Passed over are links to folders, other repositories inside
* this one (submodules), and folders that may not be read.
*/
function workTree(root, signal) {
	return {
		label: "work tree",
		async list(folder) {
			return (await listFiles(root, folder, signal)).sort();
		},
		async read(paths) {
			const files = [];
			const top = await realpath(root).catch(() => root);
			for (let start = 0; start < paths.length; start += readers$1) {
				signal?.throwIfAborted();
				files.push(...await Promise.all(paths.slice(start, start + readers$1).map((path) => read$2(root, path, top))));
			}
			return files;
		}
	};
}
async function listFiles(root, folder, signal) {
	signal?.throwIfAborted();
	const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(absent);
	if (folder !== "" && entries.some(({ name }) => name === ".git")) return [];
	const found = [];
	for (const entry of entries.filter(({ name }) => name !== ".git")) {
		const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
		if (entry.isFile() || entry.isSymbolicLink() && !await leadsToFolder(join(root, path))) found.push(path);
		else if (entry.isDirectory() && !skipped.has(entry.name)) found.push(...await listFiles(root, path, signal));
	}
	return found;
}
function absent(error) {
	if ([
		"ENOENT",
		"ENOTDIR",
		"EACCES",
		"EPERM"
	].includes(error.code ?? "")) return [];
	throw error;
}
async function leadsToFolder(path) {
	return stat(path).then((target) => target.isDirectory(), () => false);
}
async function read$2(root, path, top) {
	try {
		const real = await realpath(join(root, path));
		const [first = ""] = relative(top, real).split(sep);
		if (first === ".." || first === ".git") throw leadsOut(path);
		return decode(path, await readFile(real));
	} catch (error) {
		if (error instanceof KnownError) throw error;
		throw await readlink(join(root, path)).catch(() => void 0) ? leadsOut(path) : unreadable(path, error);
	}
}
/** The error for a symbolic link to what is not a file of the repository: somebody else's text is not read. */
function leadsOut(path) {
	return new KnownError("The file is a symbolic link that leads to no file of the repository.", {
		help: "Put the file itself here: what the link leads to may be another one on every machine.",
		place: { path }
	});
}
function unreadable(path, cause) {
	const reason = path.includes("�") ? "its name is not UTF-8" : fileFault(cause);
	return new KnownError(`Cannot read the file: ${reason}.`, {
		place: { path },
		cause
	});
}

// src/git/commit.ts
/**
* The files of a commit; a symbolic link to one of them counts as that file. Costs one `git ls-tree`, one `git cat-file`
* where there are links, and one for every `read`.
*/
function commitTree(root, commit, signal) {
	let listing;
	const objects = () => {
		listing ??= listObjects(root, commit, signal);
		return listing;
	};
	return {
		label: commit.slice(0, 9),
		async list(folder) {
			const prefix = folder === "" ? "" : `${folder}/`;
			return [...(await objects()).keys()].filter((path) => path.startsWith(prefix)).sort();
		},
		async read(paths) {
			const known = await objects();
			return readBlobs(root, paths.map((path) => ({
				path,
				id: idOf$1(known, path, commit)
			})), signal);
		}
	};
}
/** Path → object id of every file, executable or not. A link has that of the file it leads to, or none. */
async function listObjects(root, commit, signal) {
	const output = await git(root, [
		"ls-tree",
		"-r",
		"-z",
		"--full-tree",
		"--end-of-options",
		commit
	], { signal });
	const objects = /* @__PURE__ */ new Map();
	const links = [];
	for (const entry of output.toString().split("\0")) {
		const [, mode, id, path] = /^(100|120)\d{3} blob (\w+)\t(.*)$/s.exec(entry) ?? [];
		if (id === void 0 || path === void 0) continue;
		if (mode === "100") objects.set(path, id);
		else links.push({
			path,
			id
		});
	}
	const targets = await readBlobs(root, links, signal);
	for (const { path, text } of targets) {
		const target = posix.normalize(posix.join(posix.dirname(path), text));
		if (![...objects.keys()].some((each) => each.startsWith(`${target}/`))) objects.set(path, objects.get(target) ?? "");
	}
	return objects;
}
function idOf$1(objects, path, commit) {
	const id = objects.get(path);
	if (id === "") throw leadsOut(path);
	if (id === void 0) throw new KnownError(`Cannot read the file: it is not there at ${commit.slice(0, 9)}.`, { place: { path } });
	return id;
}
/** `git cat-file --batch` answers every id with a line `id type size`, the contents, and a line feed. */
async function readBlobs(root, wanted, signal) {
	if (wanted.length === 0) return [];
	const input = wanted.map(({ id }) => `${id}\n`).join("");
	const output = await git(root, ["cat-file", "--batch"], {
		signal,
		input
	});
	let offset = 0;
	return wanted.map(({ path, id }) => {
		const start = output.indexOf(10, offset) + 1;
		const size = /^\w+ blob (\d+)$/.exec(output.toString("latin1", offset, start - 1))?.[1];
		if (size === void 0) throw new KnownError(`git has no contents for the file (object ${id}).`, {
			help: "The clone is incomplete; fetch it anew, without a filter.",
			place: { path }
		});
		offset = start + Number(size) + 1;
		return decode(path, output.subarray(start, start + Number(size)));
	});
}

// src/git/refs.ts
/** Full hash of the commit that a ref or an expression such as `main~2` names here; undefined where it names none. */
async function commitOf(root, ref, signal) {
	return (await gitOrNothing(root, [
		"rev-parse",
		"--verify",
		"--quiet",
		"--end-of-options",
		`${ref}^{commit}`
	], signal))?.toString().trim();
}
/** The branch that a symbolic ref stands for, also where it has no commit yet: `main`, `origin/main`. */
async function branchBehind(root, ref, signal) {
	return (await gitOrNothing(root, [
		"symbolic-ref",
		"--quiet",
		"--short",
		ref
	], signal))?.toString().trim() || void 0;
}
/** Whether the clone lacks older commits. */
async function isShallow(root, signal) {
	return (await git(root, ["rev-parse", "--is-shallow-repository"], { signal })).toString().trim() === "true";
}
/** Whether there is a remote `origin` to fetch from. */
async function hasOrigin(root, signal) {
	return await gitOrNothing(root, [
		"config",
		"--get",
		"remote.origin.url"
	], signal) !== void 0;
}
/** git's output, or undefined where git says no. */
async function gitOrNothing(root, args, signal) {
	try {
		return await git(root, args, { signal });
	} catch (error) {
		if (error instanceof GitError) return void 0;
		throw error;
	}
}

// src/git/fetch.ts
/**
* Fetches a branch, tag or commit that is not here from `origin`. Returns a name for it that is valid here; undefined
* where `origin` has none of that name. Throws `KnownError` where `origin` cannot be reached.
*/
async function fetchRef(root, name, signal) {
	if (!await hasOrigin(root, signal)) return void 0;
	const depth = await isShallow(root, signal) ? ["--depth=1"] : [];
	for (const { source, local } of await sourcesOf(root, name, signal)) try {
		await git(root, [
			"fetch",
			"--quiet",
			"--no-tags",
			...depth,
			"--end-of-options",
			"origin",
			source
		], { signal });
		return local;
	} catch (error) {
		if (!(error instanceof GitError)) throw error;
		if (!/couldn't find remote ref|not our ref|no such remote ref/i.test(error.stderr)) throw unreachable(error);
	}
}
/** What a name may mean at `origin`. Names that git allows for no ref are asked for nowhere. */
async function sourcesOf(root, name, signal) {
	if (/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(name)) return [{
		source: name,
		local: name
	}];
	const branch = name.replace(/^(refs\/remotes\/|refs\/heads\/)?(origin\/)?/, "");
	if (!await gitOrNothing(root, ["check-ref-format", `refs/heads/${branch}`], signal)) return [];
	return [[`refs/heads/${branch}`, `refs/remotes/origin/${branch}`], [`refs/tags/${branch}`, `refs/tags/${branch}`]].map(([source = "", local = ""]) => ({
		source: `+${source}:${local}`,
		local
	}));
}
/**
* Fetches this many more commits behind the ends of a shallow clone, for what is checked out and for `ref`. Where
* `origin` does not know what is checked out (it was never pushed), all branches are deepened.
*/
async function deepen(root, by, ref, signal) {
	const fetch = [
		"fetch",
		"--quiet",
		"--no-tags",
		by === "everything" ? "--unshallow" : `--deepen=${by}`,
		"origin"
	];
	const tips = await Promise.all(["HEAD", ref].map((each) => commitOf(root, each, signal)));
	const wanted = [...new Set(tips.filter((tip) => tip !== void 0))];
	if (await gitOrNothing(root, [...fetch, ...wanted], signal)) return;
	try {
		await git(root, [...fetch, "+refs/heads/*:refs/remotes/origin/*"], { signal });
	} catch (error) {
		throw error instanceof GitError ? unreachable(error) : error;
	}
}
function unreachable(error) {
	return new KnownError(`The base cannot be reached: git fetch from origin failed: ${error.complaint}.`, {
		help: "Let the clone hold all history (actions/checkout: `fetch-depth: 0`), let git fetch without a question (`persist-credentials`), or say with `applied-through` what is applied.",
		cause: error
	});
}

// src/git/merge-base.ts
/** How many commits a shallow clone is deepened by, step after step, before all history is fetched. */
const steps = [
	50,
	200,
	1e3,
	"everything"
];
/** See `Repository.mergeBase`. */
async function mergeBase(root, ref, signal) {
	if (!await commitOf(root, "HEAD", signal)) throw new KnownError("The repository has no commit yet, so there is nothing to compare with.", { help: "Commit first, or say with `applied-through` what is applied." });
	return search$1({
		root,
		ref,
		local: await locate(root, ref, signal)
	}, steps, signal);
}
async function search$1(wanted, left, signal) {
	const { root, ref, local } = wanted;
	const base = await commitOf(root, local, signal);
	const common = base && await commonCommit(root, base, signal);
	if (common) return common;
	const [step, ...later] = left;
	if (step === void 0 || !await isShallow(root, signal)) throw base ? unrelated(ref) : await noSuchRef(root, ref, signal);
	await deepen(root, step, local, signal);
	return search$1(wanted, later, signal);
}
/**
* The ref as it can be asked for here: as it was written, or as `origin`'s branch, fetched where it is missing. A name
* with a suffix (`HEAD~5`, `main^`) may be right and only out of a shallow clone's sight.
*/
async function locate(root, ref, signal) {
	const [, name = ref, suffix = ""] = /^([^~^]+)([~^].*)?$/.exec(ref) ?? [];
	for (const candidate of [name, `refs/remotes/origin/${name}`]) if (await commitOf(root, candidate, signal)) return candidate + suffix;
	const fetched = await fetchRef(root, name, signal);
	if (fetched === void 0) throw await noSuchRef(root, ref, signal);
	return fetched + suffix;
}
/** The merge base, unless commits that a shallow clone lacks could hold a newer one. */
async function commonCommit(root, base, signal) {
	const found = (await gitOrNothing(root, [
		"merge-base",
		"HEAD",
		base
	], signal))?.toString().trim();
	if (!found) return void 0;
	const ends = await shallowEnds(root, signal);
	if (ends.size === 0) return found;
	return (await git(root, [
		"rev-list",
		"HEAD",
		base,
		"--not",
		found
	], { signal })).toString().split("\n").some((commit) => ends.has(commit)) ? void 0 : found;
}
/** The commits whose parents a shallow clone lacks. */
async function shallowEnds(root, signal) {
	const path = (await git(root, [
		"rev-parse",
		"--git-path",
		"shallow"
	], { signal })).toString().replace(/\n$/, "");
	const list = await readFile(resolve(root, path), "utf8").catch(() => "");
	return new Set(list.split("\n").filter((line) => line !== ""));
}
function unrelated(ref) {
	return new KnownError(`What is checked out and ${ref} have no commit in common.`, { help: "Name the branch that this one started from with `base`, or say with `applied-through` what is applied." });
}
async function noSuchRef(root, ref, signal) {
	const near = nearest(ref, (await git(root, [
		"for-each-ref",
		"--format=%(refname:short)",
		"refs/heads",
		"refs/remotes",
		"refs/tags"
	], { signal })).toString().split("\n").filter(Boolean));
	const hint = near.length > 0 ? `Did you mean ${near.join(", ")}? ` : "";
	return new KnownError(`There is no branch, tag or commit called ${ref}, neither here nor at origin.`, { help: `${hint}Check the setting \`base\`. In a workflow, actions/checkout with \`fetch-depth: 0\` brings all branches.` });
}

// src/git/repository.ts
/** The repository that a folder is in. Throws `KnownError` when there is none. An abort of `signal` ends git. */
async function openRepository(folder, signal) {
	const root = await rootOf(folder, signal);
	return {
		root,
		workTree: workTree(root, signal),
		at: (commit) => commitTree(root, commit, signal),
		head: () => commitOf(root, "HEAD", signal),
		defaultBase: () => defaultBase(root, signal),
		defaultBranch: () => defaultBranch(root, signal),
		mergeBase: (ref) => mergeBase(root, ref, signal)
	};
}
async function rootOf(folder, signal) {
	try {
		return (await git(folder, ["rev-parse", "--show-toplevel"], { signal })).toString().replace(/\n$/, "");
	} catch (error) {
		if (!(error instanceof GitError)) throw error;
		throw new KnownError(`${folder} is not in a git work tree.`, {
			help: "Run it where the repository is checked out (in a workflow: after actions/checkout), or say with `applied-through` what is applied, which needs no git.",
			cause: error
		});
	}
}
async function defaultBase(root, signal) {
	for (const ref of [
		"origin/HEAD",
		"origin/main",
		"origin/master",
		"main",
		"master"
	]) if (await commitOf(root, ref, signal)) return ref;
}
async function defaultBranch(root, signal) {
	const ofOrigin = await branchBehind(root, "refs/remotes/origin/HEAD", signal);
	if (ofOrigin) return ofOrigin.replace(/^origin\//, "");
	for (const name of ["main", "master"]) for (const ref of [`refs/remotes/origin/${name}`, `refs/heads/${name}`]) if (await commitOf(root, ref, signal)) return name;
	return branchBehind(root, "HEAD", signal);
}

// node_modules/picomatch/lib/constants.js
var require_constants = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const WIN_SLASH = "\\\\/";
	const WIN_NO_SLASH = `[^${WIN_SLASH}]`;
	const DEFAULT_MAX_EXTGLOB_RECURSION = 0;
	/**
	* Posix glob regex
	*/
	const DOT_LITERAL = "\\.";
	const PLUS_LITERAL = "\\+";
	const QMARK_LITERAL = "\\?";
	const SLASH_LITERAL = "\\/";
	const ONE_CHAR = "(?=.)";
	const QMARK = "[^/]";
	const END_ANCHOR = `(?:${SLASH_LITERAL}|$)`;
	const START_ANCHOR = `(?:^|${SLASH_LITERAL})`;
	const DOTS_SLASH = `${DOT_LITERAL}{1,2}${END_ANCHOR}`;
	const POSIX_CHARS = {
		DOT_LITERAL,
		PLUS_LITERAL,
		QMARK_LITERAL,
		SLASH_LITERAL,
		ONE_CHAR,
		QMARK,
		END_ANCHOR,
		DOTS_SLASH,
		NO_DOT: `(?!${DOT_LITERAL})`,
		NO_DOTS: `(?!${START_ANCHOR}${DOTS_SLASH})`,
		NO_DOT_SLASH: `(?!${DOT_LITERAL}{0,1}${END_ANCHOR})`,
		NO_DOTS_SLASH: `(?!${DOTS_SLASH})`,
		QMARK_NO_DOT: `[^.${SLASH_LITERAL}]`,
		STAR: `${QMARK}*?`,
		START_ANCHOR,
		SEP: "/"
	};
	/**
	* Windows glob regex
	*/
	const WINDOWS_CHARS = {
		...POSIX_CHARS,
		SLASH_LITERAL: `[${WIN_SLASH}]`,
		QMARK: WIN_NO_SLASH,
		STAR: `${WIN_NO_SLASH}*?`,
		DOTS_SLASH: `${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$)`,
		NO_DOT: `(?!${DOT_LITERAL})`,
		NO_DOTS: `(?!(?:^|[${WIN_SLASH}])${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$))`,
		NO_DOT_SLASH: `(?!${DOT_LITERAL}{0,1}(?:[${WIN_SLASH}]|$))`,
		NO_DOTS_SLASH: `(?!${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$))`,
		QMARK_NO_DOT: `[^.${WIN_SLASH}]`,
		START_ANCHOR: `(?:^|[${WIN_SLASH}])`,
		END_ANCHOR: `(?:[${WIN_SLASH}]|$)`,
		SEP: "\\"
	};
	/**
	* POSIX Bracket Regex
	*/
	const POSIX_REGEX_SOURCE = {
		__proto__: null,
		alnum: "a-zA-Z0-9",
		alpha: "a-zA-Z",
		ascii: "\\x00-\\x7F",
		blank: " \\t",
		cntrl: "\\x00-\\x1F\\x7F",
		digit: "0-9",
		graph: "\\x21-\\x7E",
		lower: "a-z",
		print: "\\x20-\\x7E ",
		punct: "\\-!\"#$%&'()\\*+,./:;<=>?@[\\]^_`{|}~",
		space: " \\t\\r\\n\\v\\f",
		upper: "A-Z",
		word: "A-Za-z0-9_",
		xdigit: "A-Fa-f0-9"
	};
	module.exports = {
		DEFAULT_MAX_EXTGLOB_RECURSION,
		MAX_LENGTH: 65536,
		POSIX_REGEX_SOURCE,
		REGEX_BACKSLASH: /\\(?![*+?^${}(|)[\]])/g,
		REGEX_NON_SPECIAL_CHARS: /^[^@![\].,$*+?^{}()|\\/]+/,
		REGEX_SPECIAL_CHARS: /[-*+?.^${}(|)[\]]/,
		REGEX_SPECIAL_CHARS_BACKREF: /(\\?)((\W)(\3*))/g,
		REGEX_SPECIAL_CHARS_GLOBAL: /([-*+?.^${}(|)[\]])/g,
		REGEX_REMOVE_BACKSLASH: /(?:\[.*?[^\\]\]|\\(?=.))/g,
		REPLACEMENTS: {
			__proto__: null,
			"***": "*",
			"**/**": "**",
			"**/**/**": "**"
		},
		CHAR_0: 48,
		CHAR_9: 57,
		CHAR_UPPERCASE_A: 65,
		CHAR_LOWERCASE_A: 97,
		CHAR_UPPERCASE_Z: 90,
		CHAR_LOWERCASE_Z: 122,
		CHAR_LEFT_PARENTHESES: 40,
		CHAR_RIGHT_PARENTHESES: 41,
		CHAR_ASTERISK: 42,
		CHAR_AMPERSAND: 38,
		CHAR_AT: 64,
		CHAR_BACKWARD_SLASH: 92,
		CHAR_CARRIAGE_RETURN: 13,
		CHAR_CIRCUMFLEX_ACCENT: 94,
		CHAR_COLON: 58,
		CHAR_COMMA: 44,
		CHAR_DOT: 46,
		CHAR_DOUBLE_QUOTE: 34,
		CHAR_EQUAL: 61,
		CHAR_EXCLAMATION_MARK: 33,
		CHAR_FORM_FEED: 12,
		CHAR_FORWARD_SLASH: 47,
		CHAR_GRAVE_ACCENT: 96,
		CHAR_HASH: 35,
		CHAR_HYPHEN_MINUS: 45,
		CHAR_LEFT_ANGLE_BRACKET: 60,
		CHAR_LEFT_CURLY_BRACE: 123,
		CHAR_LEFT_SQUARE_BRACKET: 91,
		CHAR_LINE_FEED: 10,
		CHAR_NO_BREAK_SPACE: 160,
		CHAR_PERCENT: 37,
		CHAR_PLUS: 43,
		CHAR_QUESTION_MARK: 63,
		CHAR_RIGHT_ANGLE_BRACKET: 62,
		CHAR_RIGHT_CURLY_BRACE: 125,
		CHAR_RIGHT_SQUARE_BRACKET: 93,
		CHAR_SEMICOLON: 59,
		CHAR_SINGLE_QUOTE: 39,
		CHAR_SPACE: 32,
		CHAR_TAB: 9,
		CHAR_UNDERSCORE: 95,
		CHAR_VERTICAL_LINE: 124,
		CHAR_ZERO_WIDTH_NOBREAK_SPACE: 65279,
		/**
		* Create EXTGLOB_CHARS
		*/
		extglobChars(chars) {
			return {
				"!": {
					type: "negate",
					open: "(?:(?!(?:",
					close: `))${chars.STAR})`
				},
				"?": {
					type: "qmark",
					open: "(?:",
					close: ")?"
				},
				"+": {
					type: "plus",
					open: "(?:",
					close: ")+"
				},
				"*": {
					type: "star",
					open: "(?:",
					close: ")*"
				},
				"@": {
					type: "at",
					open: "(?:",
					close: ")"
				}
			};
		},
		/**
		* Create GLOB_CHARS
		*/
		globChars(win32) {
			return win32 === true ? WINDOWS_CHARS : POSIX_CHARS;
		}
	};
}));

// node_modules/picomatch/lib/utils.js
var require_utils = /* @__PURE__ */ __commonJSMin(((exports) => {
	const { REGEX_BACKSLASH, REGEX_REMOVE_BACKSLASH, REGEX_SPECIAL_CHARS, REGEX_SPECIAL_CHARS_GLOBAL } = require_constants();
	exports.isObject = (val) => val !== null && typeof val === "object" && !Array.isArray(val);
	exports.hasRegexChars = (str) => REGEX_SPECIAL_CHARS.test(str);
	exports.isRegexChar = (str) => str.length === 1 && exports.hasRegexChars(str);
	exports.escapeRegex = (str) => str.replace(REGEX_SPECIAL_CHARS_GLOBAL, "\\$1");
	exports.toPosixSlashes = (str) => str.replace(REGEX_BACKSLASH, "/");
	exports.isWindows = () => {
		if (typeof navigator !== "undefined" && navigator.platform) {
			const platform = navigator.platform.toLowerCase();
			return platform === "win32" || platform === "windows";
		}
		if (typeof process !== "undefined" && process.platform) return process.platform === "win32";
		return false;
	};
	exports.removeBackslashes = (str) => {
		return str.replace(REGEX_REMOVE_BACKSLASH, (match) => {
			return match === "\\" ? "" : match;
		});
	};
	exports.escapeLast = (input, char, lastIdx) => {
		const idx = input.lastIndexOf(char, lastIdx);
		if (idx === -1) return input;
		if (input[idx - 1] === "\\") return exports.escapeLast(input, char, idx - 1);
		return `${input.slice(0, idx)}\\${input.slice(idx)}`;
	};
	exports.removePrefix = (input, state = {}) => {
		let output = input;
		if (output.startsWith("./")) {
			output = output.slice(2);
			state.prefix = "./";
		}
		return output;
	};
	exports.wrapOutput = (input, state = {}, options = {}) => {
		let output = `${options.contains ? "" : "^"}(?:${input})${options.contains ? "" : "$"}`;
		if (state.negated === true) output = `(?:^(?!${output}).*$)`;
		return output;
	};
	exports.basename = (path, { windows } = {}) => {
		const segs = path.split(windows ? /[\\/]/ : "/");
		const last = segs[segs.length - 1];
		if (last === "") return segs[segs.length - 2];
		return last;
	};
}));

// node_modules/picomatch/lib/scan.js
var require_scan = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const utils = require_utils();
	const { CHAR_ASTERISK, CHAR_AT, CHAR_BACKWARD_SLASH, CHAR_COMMA, CHAR_DOT, CHAR_EXCLAMATION_MARK, CHAR_FORWARD_SLASH, CHAR_LEFT_CURLY_BRACE, CHAR_LEFT_PARENTHESES, CHAR_LEFT_SQUARE_BRACKET, CHAR_PLUS, CHAR_QUESTION_MARK, CHAR_RIGHT_CURLY_BRACE, CHAR_RIGHT_PARENTHESES, CHAR_RIGHT_SQUARE_BRACKET } = require_constants();
	const isPathSeparator = (code) => {
		return code === CHAR_FORWARD_SLASH || code === CHAR_BACKWARD_SLASH;
	};
	const depth = (token) => {
		if (token.isPrefix !== true) token.depth = token.isGlobstar ? 1e400 : 1;
	};
	/**
	* Quickly scans a glob pattern and returns an object with a handful of
	* useful properties, like `isGlob`, `path` (the leading non-glob, if it exists),
	* `glob` (the actual pattern), `negated` (true if the path starts with `!` but not
	* with `!(`) and `negatedExtglob` (true if the path starts with `!(`).
	*
	* ```js
	* const pm = require('picomatch');
	* console.log(pm.scan('foo/bar/*.js'));
	* { isGlob: true, input: 'foo/bar/*.js', base: 'foo/bar', glob: '*.js' }
	* ```
	* @param {String} `str`
	* @param {Object} `options`
	* @return {Object} Returns an object with tokens and regex source string.
	* @api public
	*/
	const scan = (input, options) => {
		const opts = options || {};
		const length = input.length - 1;
		const scanToEnd = opts.parts === true || opts.tokens === true || opts.scanToEnd === true;
		const slashes = [];
		const tokens = [];
		const parts = [];
		let str = input;
		let index = -1;
		let start = 0;
		let lastIndex = 0;
		let isBrace = false;
		let isBracket = false;
		let isGlob = false;
		let isExtglob = false;
		let isGlobstar = false;
		let braceEscaped = false;
		let backslashes = false;
		let negated = false;
		let negatedExtglob = false;
		let finished = false;
		let braces = 0;
		let prev;
		let code;
		let token = {
			value: "",
			depth: 0,
			isGlob: false
		};
		const eos = () => index >= length;
		const peek = () => str.charCodeAt(index + 1);
		const advance = () => {
			prev = code;
			return str.charCodeAt(++index);
		};
		while (index < length) {
			code = advance();
			let next;
			if (code === CHAR_BACKWARD_SLASH) {
				backslashes = token.backslashes = true;
				code = advance();
				if (code === CHAR_LEFT_CURLY_BRACE) braceEscaped = true;
				continue;
			}
			if (braceEscaped === true || code === CHAR_LEFT_CURLY_BRACE) {
				braces++;
				while (eos() !== true && (code = advance())) {
					if (code === CHAR_BACKWARD_SLASH) {
						backslashes = token.backslashes = true;
						advance();
						continue;
					}
					if (code === CHAR_LEFT_CURLY_BRACE) {
						braces++;
						continue;
					}
					if (braceEscaped !== true && code === CHAR_DOT && (code = advance()) === CHAR_DOT) {
						isBrace = token.isBrace = true;
						isGlob = token.isGlob = true;
						finished = true;
						if (scanToEnd === true) continue;
						break;
					}
					if (braceEscaped !== true && code === CHAR_COMMA) {
						isBrace = token.isBrace = true;
						isGlob = token.isGlob = true;
						finished = true;
						if (scanToEnd === true) continue;
						break;
					}
					if (code === CHAR_RIGHT_CURLY_BRACE) {
						braces--;
						if (braces === 0) {
							braceEscaped = false;
							isBrace = token.isBrace = true;
							finished = true;
							break;
						}
					}
				}
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_FORWARD_SLASH) {
				slashes.push(index);
				tokens.push(token);
				token = {
					value: "",
					depth: 0,
					isGlob: false
				};
				if (finished === true) continue;
				if (prev === CHAR_DOT && index === start + 1) {
					start += 2;
					continue;
				}
				lastIndex = index + 1;
				continue;
			}
			if (opts.noext !== true) {
				if ((code === CHAR_PLUS || code === CHAR_AT || code === CHAR_ASTERISK || code === CHAR_QUESTION_MARK || code === CHAR_EXCLAMATION_MARK) === true && peek() === CHAR_LEFT_PARENTHESES) {
					isGlob = token.isGlob = true;
					isExtglob = token.isExtglob = true;
					finished = true;
					if (code === CHAR_EXCLAMATION_MARK && index === start) negatedExtglob = true;
					if (scanToEnd === true) {
						let parens = 0;
						while (eos() !== true && (code = advance())) {
							if (code === CHAR_BACKWARD_SLASH) {
								backslashes = token.backslashes = true;
								advance();
								continue;
							}
							if (code === CHAR_LEFT_PARENTHESES) {
								parens++;
								continue;
							}
							if (code === CHAR_RIGHT_PARENTHESES && --parens === 0) {
								finished = true;
								break;
							}
						}
						continue;
					}
					break;
				}
			}
			if (code === CHAR_ASTERISK) {
				if (prev === CHAR_ASTERISK) isGlobstar = token.isGlobstar = true;
				isGlob = token.isGlob = true;
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_QUESTION_MARK) {
				isGlob = token.isGlob = true;
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_LEFT_SQUARE_BRACKET) {
				while (eos() !== true && (next = advance())) {
					if (next === CHAR_BACKWARD_SLASH) {
						backslashes = token.backslashes = true;
						advance();
						continue;
					}
					if (next === CHAR_RIGHT_SQUARE_BRACKET) {
						isBracket = token.isBracket = true;
						isGlob = token.isGlob = true;
						finished = true;
						break;
					}
				}
				if (scanToEnd === true) continue;
				break;
			}
			if (opts.nonegate !== true && code === CHAR_EXCLAMATION_MARK && index === start) {
				negated = token.negated = true;
				start++;
				continue;
			}
			if (opts.noparen !== true && code === CHAR_LEFT_PARENTHESES) {
				isGlob = token.isGlob = true;
				if (scanToEnd === true) {
					let parens = 1;
					while (eos() !== true && (code = advance())) {
						if (code === CHAR_BACKWARD_SLASH) {
							backslashes = token.backslashes = true;
							advance();
							continue;
						}
						if (code === CHAR_LEFT_PARENTHESES) {
							parens++;
							continue;
						}
						if (code === CHAR_RIGHT_PARENTHESES && --parens === 0) {
							finished = true;
							break;
						}
					}
					continue;
				}
				break;
			}
			if (isGlob === true) {
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
		}
		if (opts.noext === true) {
			isExtglob = false;
			isGlob = false;
		}
		let base = str;
		let prefix = "";
		let glob = "";
		if (start > 0) {
			prefix = str.slice(0, start);
			str = str.slice(start);
			lastIndex -= start;
		}
		if (base && isGlob === true && lastIndex > 0) {
			base = str.slice(0, lastIndex);
			glob = str.slice(lastIndex);
		} else if (isGlob === true) {
			base = "";
			glob = str;
		} else base = str;
		if (base && base !== "" && base !== "/" && base !== str) {
			if (isPathSeparator(base.charCodeAt(base.length - 1))) base = base.slice(0, -1);
		}
		if (opts.unescape === true) {
			if (glob) glob = utils.removeBackslashes(glob);
			if (base && backslashes === true) base = utils.removeBackslashes(base);
		}
		const state = {
			prefix,
			input,
			start,
			base,
			glob,
			isBrace,
			isBracket,
			isGlob,
			isExtglob,
			isGlobstar,
			negated,
			negatedExtglob
		};
		if (opts.tokens === true) {
			state.maxDepth = 0;
			if (!isPathSeparator(code)) tokens.push(token);
			state.tokens = tokens;
		}
		if (opts.parts === true || opts.tokens === true) {
			let prevIndex;
			for (let idx = 0; idx < slashes.length; idx++) {
				const n = prevIndex !== void 0 ? prevIndex + 1 : start;
				const i = slashes[idx];
				const value = input.slice(n, i);
				if (opts.tokens) {
					if (idx === 0 && start !== 0) {
						tokens[idx].isPrefix = true;
						tokens[idx].value = prefix;
					} else tokens[idx].value = value;
					depth(tokens[idx]);
					state.maxDepth += tokens[idx].depth;
				}
				if (i >= start) {
					parts.push(value);
					prevIndex = i;
				}
			}
			const n = prevIndex !== void 0 ? prevIndex + 1 : start;
			const value = input.slice(n);
			parts.push(value);
			if (opts.tokens && prevIndex && prevIndex + 1 < input.length) {
				tokens[tokens.length - 1].value = value;
				depth(tokens[tokens.length - 1]);
				state.maxDepth += tokens[tokens.length - 1].depth;
			}
			state.slashes = slashes;
			state.parts = parts;
		}
		return state;
	};
	module.exports = scan;
}));

// node_modules/picomatch/lib/parse.js
var require_parse = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const constants = require_constants();
	const utils = require_utils();
	/**
	* Constants
	*/
	const { MAX_LENGTH, POSIX_REGEX_SOURCE, REGEX_NON_SPECIAL_CHARS, REGEX_SPECIAL_CHARS_BACKREF, REPLACEMENTS } = constants;
	/**
	* Helpers
	*/
	const expandRange = (args, options) => {
		if (typeof options.expandRange === "function") return options.expandRange(...args, options);
		args.sort();
		const value = `[${args.join("-")}]`;
		try {
			new RegExp(value);
		} catch (ex) {
			return args.map((v) => utils.escapeRegex(v)).join("..");
		}
		return value;
	};
	/**
	* Create the message for a syntax error
	*/
	const syntaxError = (type, char) => {
		return `Missing ${type}: "${char}" - use "\\\\${char}" to match literal characters`;
	};
	const splitTopLevel = (input) => {
		const parts = [];
		let bracket = 0;
		let paren = 0;
		let quote = 0;
		let value = "";
		let escaped = false;
		for (const ch of input) {
			if (escaped === true) {
				value += ch;
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				value += ch;
				escaped = true;
				continue;
			}
			if (ch === "\"") {
				quote = quote === 1 ? 0 : 1;
				value += ch;
				continue;
			}
			if (quote === 0) {
				if (ch === "[") bracket++;
				else if (ch === "]" && bracket > 0) bracket--;
				else if (bracket === 0) {
					if (ch === "(") paren++;
					else if (ch === ")" && paren > 0) paren--;
					else if (ch === "|" && paren === 0) {
						parts.push(value);
						value = "";
						continue;
					}
				}
			}
			value += ch;
		}
		parts.push(value);
		return parts;
	};
	const isPlainBranch = (branch) => {
		let escaped = false;
		for (const ch of branch) {
			if (escaped === true) {
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				escaped = true;
				continue;
			}
			if (/[?*+@!()[\]{}]/.test(ch)) return false;
		}
		return true;
	};
	const normalizeSimpleBranch = (branch) => {
		let value = branch.trim();
		let changed = true;
		while (changed === true) {
			changed = false;
			if (/^@\([^\\()[\]{}|]+\)$/.test(value)) {
				value = value.slice(2, -1);
				changed = true;
			}
		}
		if (!isPlainBranch(value)) return;
		return value.replace(/\\(.)/g, "$1");
	};
	const hasRepeatedCharPrefixOverlap = (branches) => {
		const values = branches.map(normalizeSimpleBranch).filter(Boolean);
		for (let i = 0; i < values.length; i++) for (let j = i + 1; j < values.length; j++) {
			const a = values[i];
			const b = values[j];
			const char = a[0];
			if (!char || a !== char.repeat(a.length) || b !== char.repeat(b.length)) continue;
			if (a === b || a.startsWith(b) || b.startsWith(a)) return true;
		}
		return false;
	};
	const parseRepeatedExtglob = (pattern, requireEnd = true) => {
		if (pattern[0] !== "+" && pattern[0] !== "*" || pattern[1] !== "(") return;
		let bracket = 0;
		let paren = 0;
		let quote = 0;
		let escaped = false;
		for (let i = 1; i < pattern.length; i++) {
			const ch = pattern[i];
			if (escaped === true) {
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				escaped = true;
				continue;
			}
			if (ch === "\"") {
				quote = quote === 1 ? 0 : 1;
				continue;
			}
			if (quote === 1) continue;
			if (ch === "[") {
				bracket++;
				continue;
			}
			if (ch === "]" && bracket > 0) {
				bracket--;
				continue;
			}
			if (bracket > 0) continue;
			if (ch === "(") {
				paren++;
				continue;
			}
			if (ch === ")") {
				paren--;
				if (paren === 0) {
					if (requireEnd === true && i !== pattern.length - 1) return;
					return {
						type: pattern[0],
						body: pattern.slice(2, i),
						end: i
					};
				}
			}
		}
	};
	const buildCharClassStar = (chars) => {
		return `${chars.length === 1 ? utils.escapeRegex(chars[0]) : `[${chars.map((ch) => utils.escapeRegex(ch)).join("")}]`}*`;
	};
	const getStarExtglobSequenceChars = (pattern) => {
		let index = 0;
		const chars = [];
		while (index < pattern.length) {
			const match = parseRepeatedExtglob(pattern.slice(index), false);
			if (!match || match.type !== "*") return;
			const branches = splitTopLevel(match.body).map((branch) => branch.trim());
			if (branches.length !== 1) return;
			const branch = normalizeSimpleBranch(branches[0]);
			if (!branch || branch.length !== 1) return;
			chars.push(branch);
			index += match.end + 1;
		}
		if (chars.length < 1) return;
		return chars;
	};
	const repeatedExtglobRecursion = (pattern) => {
		let depth = 0;
		let value = pattern.trim();
		let match = parseRepeatedExtglob(value);
		while (match) {
			depth++;
			value = match.body.trim();
			match = parseRepeatedExtglob(value);
		}
		return depth;
	};
	const analyzeRepeatedExtglob = (body, options) => {
		if (options.maxExtglobRecursion === false) return { risky: false };
		const max = typeof options.maxExtglobRecursion === "number" ? options.maxExtglobRecursion : constants.DEFAULT_MAX_EXTGLOB_RECURSION;
		const branches = splitTopLevel(body).map((branch) => branch.trim());
		if (branches.length > 1) {
			if (branches.some((branch) => branch === "") || branches.some((branch) => /^[*?]+$/.test(branch)) || hasRepeatedCharPrefixOverlap(branches)) return { risky: true };
		}
		const safeChars = [];
		let sawStarSequence = false;
		let combinable = true;
		for (const branch of branches) {
			const chars = getStarExtglobSequenceChars(branch);
			if (chars) {
				sawStarSequence = true;
				safeChars.push(...chars);
				continue;
			}
			const literal = normalizeSimpleBranch(branch);
			if (literal && literal.length === 1) {
				safeChars.push(literal);
				continue;
			}
			combinable = false;
			if (repeatedExtglobRecursion(branch) > max) return { risky: true };
		}
		if (sawStarSequence) return combinable ? {
			risky: true,
			safeOutput: buildCharClassStar([...new Set(safeChars)])
		} : { risky: true };
		return { risky: false };
	};
	/**
	* Parse the given input string.
	* @param {String} input
	* @param {Object} options
	* @return {Object}
	*/
	const parse = (input, options) => {
		if (typeof input !== "string") throw new TypeError("Expected a string");
		input = REPLACEMENTS[input] || input;
		const opts = { ...options };
		const max = typeof opts.maxLength === "number" ? Math.min(MAX_LENGTH, opts.maxLength) : MAX_LENGTH;
		let len = input.length;
		if (len > max) throw new SyntaxError(`Input length: ${len}, exceeds maximum allowed length: ${max}`);
		const bos = {
			type: "bos",
			value: "",
			output: opts.prepend || ""
		};
		const tokens = [bos];
		const capture = opts.capture ? "" : "?:";
		const PLATFORM_CHARS = constants.globChars(opts.windows);
		const EXTGLOB_CHARS = constants.extglobChars(PLATFORM_CHARS);
		const { DOT_LITERAL, PLUS_LITERAL, SLASH_LITERAL, ONE_CHAR, DOTS_SLASH, NO_DOT, NO_DOT_SLASH, NO_DOTS_SLASH, QMARK, QMARK_NO_DOT, STAR, START_ANCHOR } = PLATFORM_CHARS;
		const globstar = (opts) => {
			return `(${capture}(?:(?!${START_ANCHOR}${opts.dot ? DOTS_SLASH : DOT_LITERAL}).)*?)`;
		};
		const nodot = opts.dot ? "" : NO_DOT;
		const qmarkNoDot = opts.dot ? QMARK : QMARK_NO_DOT;
		let star = opts.bash === true ? globstar(opts) : STAR;
		if (opts.capture) star = `(${star})`;
		if (typeof opts.noext === "boolean") opts.noextglob = opts.noext;
		const state = {
			input,
			index: -1,
			start: 0,
			dot: opts.dot === true,
			consumed: "",
			output: "",
			prefix: "",
			backtrack: false,
			negated: false,
			brackets: 0,
			braces: 0,
			parens: 0,
			quotes: 0,
			globstar: false,
			tokens
		};
		input = utils.removePrefix(input, state);
		len = input.length;
		const extglobs = [];
		const braces = [];
		const stack = [];
		let prev = bos;
		let value;
		/**
		* Tokenizing helpers
		*/
		const eos = () => state.index === len - 1;
		const peek = state.peek = (n = 1) => input[state.index + n];
		const advance = state.advance = () => input[++state.index] || "";
		const remaining = () => input.slice(state.index + 1);
		const consume = (value = "", num = 0) => {
			state.consumed += value;
			state.index += num;
		};
		const append = (token) => {
			state.output += token.output != null ? token.output : token.value;
			consume(token.value);
		};
		const negate = () => {
			let count = 1;
			while (peek() === "!" && (peek(2) !== "(" || peek(3) === "?")) {
				advance();
				state.start++;
				count++;
			}
			if (count % 2 === 0) return false;
			state.negated = true;
			state.start++;
			return true;
		};
		const increment = (type) => {
			state[type]++;
			stack.push(type);
		};
		const decrement = (type) => {
			state[type]--;
			stack.pop();
		};
		/**
		* Push tokens onto the tokens array. This helper speeds up
		* tokenizing by 1) helping us avoid backtracking as much as possible,
		* and 2) helping us avoid creating extra tokens when consecutive
		* characters are plain text. This improves performance and simplifies
		* lookbehinds.
		*/
		const push = (tok) => {
			if (prev.type === "globstar") {
				const isBrace = state.braces > 0 && (tok.type === "comma" || tok.type === "brace");
				const isExtglob = tok.extglob === true || extglobs.length && (tok.type === "pipe" || tok.type === "paren");
				if (tok.type !== "slash" && tok.type !== "paren" && !isBrace && !isExtglob) {
					state.output = state.output.slice(0, -prev.output.length);
					prev.type = "star";
					prev.value = "*";
					prev.output = star;
					state.output += prev.output;
				}
			}
			if (extglobs.length && tok.type !== "paren") extglobs[extglobs.length - 1].inner += tok.value;
			if (tok.value || tok.output) append(tok);
			if (prev && prev.type === "text" && tok.type === "text") {
				prev.output = (prev.output || prev.value) + tok.value;
				prev.value += tok.value;
				return;
			}
			tok.prev = prev;
			tokens.push(tok);
			prev = tok;
		};
		const extglobOpen = (type, value) => {
			const token = {
				...EXTGLOB_CHARS[value],
				conditions: 1,
				inner: ""
			};
			token.prev = prev;
			token.parens = state.parens;
			token.output = state.output;
			token.startIndex = state.index;
			token.tokensIndex = tokens.length;
			const output = (opts.capture ? "(" : "") + token.open;
			increment("parens");
			push({
				type,
				value,
				output: state.output ? "" : ONE_CHAR
			});
			push({
				type: "paren",
				extglob: true,
				value: advance(),
				output
			});
			extglobs.push(token);
		};
		const extglobClose = (token) => {
			const literal = input.slice(token.startIndex, state.index + 1);
			const body = input.slice(token.startIndex + 2, state.index);
			const analysis = analyzeRepeatedExtglob(body, opts);
			if ((token.type === "plus" || token.type === "star") && analysis.risky) {
				const safeOutput = analysis.safeOutput ? (token.output ? "" : ONE_CHAR) + (opts.capture ? `(${analysis.safeOutput})` : analysis.safeOutput) : void 0;
				const open = tokens[token.tokensIndex];
				open.type = "text";
				open.value = literal;
				open.output = safeOutput || utils.escapeRegex(literal);
				for (let i = token.tokensIndex + 1; i < tokens.length; i++) {
					tokens[i].value = "";
					tokens[i].output = "";
					delete tokens[i].suffix;
				}
				state.output = token.output + open.output;
				state.backtrack = true;
				push({
					type: "paren",
					extglob: true,
					value,
					output: ""
				});
				decrement("parens");
				return;
			}
			let output = token.close + (opts.capture ? ")" : "");
			let rest;
			if (token.type === "negate") {
				let extglobStar = star;
				if (token.inner && token.inner.length > 1 && token.inner.includes("/")) extglobStar = globstar(opts);
				if (extglobStar !== star || eos() || /^\)+$/.test(remaining())) output = token.close = `)$))${extglobStar}`;
				if (token.inner.includes("*") && (rest = remaining()) && /^\.[^\\/.]+$/.test(rest)) output = token.close = `)${parse(rest, {
					...options,
					fastpaths: false
				}).output})${extglobStar})`;
				if (token.prev.type === "bos") state.negatedExtglob = true;
			}
			push({
				type: "paren",
				extglob: true,
				value,
				output
			});
			decrement("parens");
		};
		/**
		* Fast paths
		*/
		if (opts.fastpaths !== false && !/(^[*!]|[/()[\]{}"])/.test(input)) {
			let backslashes = false;
			let output = input.replace(REGEX_SPECIAL_CHARS_BACKREF, (m, esc, chars, first, rest, index) => {
				if (first === "\\") {
					backslashes = true;
					return m;
				}
				if (first === "?") {
					if (esc) return esc + first + (rest ? QMARK.repeat(rest.length) : "");
					if (index === 0) return qmarkNoDot + (rest ? QMARK.repeat(rest.length) : "");
					return QMARK.repeat(chars.length);
				}
				if (first === ".") return DOT_LITERAL.repeat(chars.length);
				if (first === "*") {
					if (esc) return esc + first + (rest ? star : "");
					return star;
				}
				return esc ? m : `\\${m}`;
			});
			if (backslashes === true) {
				if (opts.unescape === true) output = output.replace(/\\/g, "");
				else output = output.replace(/\\+/g, (m) => {
					return m.length % 2 === 0 ? "\\\\" : m ? "\\" : "";
				});
			}
			if (output === input && opts.contains === true) {
				state.output = input;
				return state;
			}
			state.output = utils.wrapOutput(output, state, options);
			return state;
		}
		/**
		* Tokenize input until we reach end-of-string
		*/
		while (!eos()) {
			value = advance();
			if (value === "\0") continue;
			/**
			* Escaped characters
			*/
			if (value === "\\") {
				const next = peek();
				if (next === "/" && opts.bash !== true) continue;
				if (next === "." || next === ";") continue;
				if (!next) {
					value += "\\";
					push({
						type: "text",
						value
					});
					continue;
				}
				const match = /^\\+/.exec(remaining());
				let slashes = 0;
				if (match && match[0].length > 2) {
					slashes = match[0].length;
					state.index += slashes;
					if (slashes % 2 !== 0) value += "\\";
				}
				if (opts.unescape === true) value = advance();
				else value += advance();
				if (state.brackets === 0) {
					push({
						type: "text",
						value
					});
					continue;
				}
			}
			/**
			* If we're inside a regex character class, continue
			* until we reach the closing bracket.
			*/
			if (state.brackets > 0 && (value !== "]" || prev.value === "[" || prev.value === "[^")) {
				if (opts.posix !== false && value === ":") {
					const inner = prev.value.slice(1);
					if (inner.includes("[")) {
						prev.posix = true;
						if (inner.includes(":")) {
							const idx = prev.value.lastIndexOf("[");
							const pre = prev.value.slice(0, idx);
							const rest = prev.value.slice(idx + 2);
							const posix = POSIX_REGEX_SOURCE[rest];
							if (posix) {
								prev.value = pre + posix;
								state.backtrack = true;
								advance();
								if (!bos.output && tokens.indexOf(prev) === 1) bos.output = ONE_CHAR;
								continue;
							}
						}
					}
				}
				if (value === "[" && peek() !== ":" || value === "-" && peek() === "]") value = `\\${value}`;
				if (value === "]" && (prev.value === "[" || prev.value === "[^")) value = `\\${value}`;
				if (opts.posix === true && value === "!" && prev.value === "[") value = "^";
				prev.value += value;
				append({ value });
				continue;
			}
			/**
			* If we're inside a quoted string, continue
			* until we reach the closing double quote.
			*/
			if (state.quotes === 1 && value !== "\"") {
				value = utils.escapeRegex(value);
				prev.value += value;
				append({ value });
				continue;
			}
			/**
			* Double quotes
			*/
			if (value === "\"") {
				state.quotes = state.quotes === 1 ? 0 : 1;
				if (opts.keepQuotes === true) push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Parentheses
			*/
			if (value === "(") {
				increment("parens");
				push({
					type: "paren",
					value
				});
				continue;
			}
			if (value === ")") {
				if (state.parens === 0 && opts.strictBrackets === true) throw new SyntaxError(syntaxError("opening", "("));
				const extglob = extglobs[extglobs.length - 1];
				if (extglob && state.parens === extglob.parens + 1) {
					extglobClose(extglobs.pop());
					continue;
				}
				push({
					type: "paren",
					value,
					output: state.parens ? ")" : "\\)"
				});
				decrement("parens");
				continue;
			}
			/**
			* Square brackets
			*/
			if (value === "[") {
				if (opts.nobracket === true || !remaining().includes("]")) {
					if (opts.nobracket !== true && opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "]"));
					value = `\\${value}`;
				} else increment("brackets");
				push({
					type: "bracket",
					value
				});
				continue;
			}
			if (value === "]") {
				if (opts.nobracket === true || prev && prev.type === "bracket" && prev.value.length === 1) {
					push({
						type: "text",
						value,
						output: `\\${value}`
					});
					continue;
				}
				if (state.brackets === 0) {
					if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("opening", "["));
					push({
						type: "text",
						value,
						output: `\\${value}`
					});
					continue;
				}
				decrement("brackets");
				const prevValue = prev.value.slice(1);
				if (prev.posix !== true && prevValue[0] === "^" && !prevValue.includes("/")) value = `/${value}`;
				prev.value += value;
				append({ value });
				if (opts.literalBrackets === false || utils.hasRegexChars(prevValue)) continue;
				const escaped = utils.escapeRegex(prev.value);
				state.output = state.output.slice(0, -prev.value.length);
				if (opts.literalBrackets === true) {
					state.output += escaped;
					prev.value = escaped;
					continue;
				}
				prev.value = `(${capture}${escaped}|${prev.value})`;
				state.output += prev.value;
				continue;
			}
			/**
			* Braces
			*/
			if (value === "{" && opts.nobrace !== true) {
				increment("braces");
				const open = {
					type: "brace",
					value,
					output: "(",
					outputIndex: state.output.length,
					tokensIndex: state.tokens.length
				};
				braces.push(open);
				push(open);
				continue;
			}
			if (value === "}") {
				const brace = braces[braces.length - 1];
				if (opts.nobrace === true || !brace) {
					push({
						type: "text",
						value,
						output: value
					});
					continue;
				}
				let output = ")";
				if (brace.dots === true) {
					const arr = tokens.slice();
					const range = [];
					for (let i = arr.length - 1; i >= 0; i--) {
						tokens.pop();
						if (arr[i].type === "brace") break;
						if (arr[i].type !== "dots") range.unshift(arr[i].value);
					}
					output = expandRange(range, opts);
					state.backtrack = true;
				}
				if (brace.comma !== true && brace.dots !== true) {
					const out = state.output.slice(0, brace.outputIndex);
					const toks = state.tokens.slice(brace.tokensIndex);
					brace.value = brace.output = "\\{";
					value = output = "\\}";
					state.output = out;
					for (const t of toks) state.output += t.output || t.value;
				}
				push({
					type: "brace",
					value,
					output
				});
				decrement("braces");
				braces.pop();
				continue;
			}
			/**
			* Pipes
			*/
			if (value === "|") {
				if (extglobs.length > 0) extglobs[extglobs.length - 1].conditions++;
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Commas
			*/
			if (value === ",") {
				let output = value;
				const brace = braces[braces.length - 1];
				if (brace && stack[stack.length - 1] === "braces") {
					brace.comma = true;
					output = "|";
				}
				push({
					type: "comma",
					value,
					output
				});
				continue;
			}
			/**
			* Slashes
			*/
			if (value === "/") {
				if (prev.type === "dot" && state.index === state.start + 1) {
					state.start = state.index + 1;
					state.consumed = "";
					state.output = "";
					tokens.pop();
					prev = bos;
					continue;
				}
				push({
					type: "slash",
					value,
					output: SLASH_LITERAL
				});
				continue;
			}
			/**
			* Dots
			*/
			if (value === ".") {
				if (state.braces > 0 && prev.type === "dot") {
					if (prev.value === ".") prev.output = DOT_LITERAL;
					const brace = braces[braces.length - 1];
					prev.type = "dots";
					prev.output += value;
					prev.value += value;
					brace.dots = true;
					continue;
				}
				if (state.braces + state.parens === 0 && prev.type !== "bos" && prev.type !== "slash") {
					push({
						type: "text",
						value,
						output: DOT_LITERAL
					});
					continue;
				}
				push({
					type: "dot",
					value,
					output: DOT_LITERAL
				});
				continue;
			}
			/**
			* Question marks
			*/
			if (value === "?") {
				if (!(prev && prev.value === "(") && opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					extglobOpen("qmark", value);
					continue;
				}
				if (prev && prev.type === "paren") {
					const next = peek();
					let output = value;
					if (prev.value === "(" && !/[!=<:]/.test(next) || next === "<" && !/<([!=]|\w+>)/.test(remaining())) output = `\\${value}`;
					push({
						type: "text",
						value,
						output
					});
					continue;
				}
				if (opts.dot !== true && (prev.type === "slash" || prev.type === "bos")) {
					push({
						type: "qmark",
						value,
						output: QMARK_NO_DOT
					});
					continue;
				}
				push({
					type: "qmark",
					value,
					output: QMARK
				});
				continue;
			}
			/**
			* Exclamation
			*/
			if (value === "!") {
				if (opts.noextglob !== true && peek() === "(") {
					if (peek(2) !== "?" || !/[!=<:]/.test(peek(3))) {
						extglobOpen("negate", value);
						continue;
					}
				}
				if (opts.nonegate !== true && state.index === 0) {
					negate();
					continue;
				}
			}
			/**
			* Plus
			*/
			if (value === "+") {
				if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					extglobOpen("plus", value);
					continue;
				}
				if (prev && prev.value === "(" || opts.regex === false) {
					push({
						type: "plus",
						value,
						output: PLUS_LITERAL
					});
					continue;
				}
				if (prev && (prev.type === "bracket" || prev.type === "paren" || prev.type === "brace") || state.parens > 0) {
					push({
						type: "plus",
						value
					});
					continue;
				}
				push({
					type: "plus",
					value: PLUS_LITERAL
				});
				continue;
			}
			/**
			* Plain text
			*/
			if (value === "@") {
				if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					push({
						type: "at",
						extglob: true,
						value,
						output: ""
					});
					continue;
				}
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Plain text
			*/
			if (value !== "*") {
				if (value === "$" || value === "^") value = `\\${value}`;
				const match = REGEX_NON_SPECIAL_CHARS.exec(remaining());
				if (match) {
					value += match[0];
					state.index += match[0].length;
				}
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Stars
			*/
			if (prev && (prev.type === "globstar" || prev.star === true)) {
				prev.type = "star";
				prev.star = true;
				prev.value += value;
				prev.output = star;
				state.backtrack = true;
				state.globstar = true;
				consume(value);
				continue;
			}
			let rest = remaining();
			if (opts.noextglob !== true && /^\([^?]/.test(rest)) {
				extglobOpen("star", value);
				continue;
			}
			if (prev.type === "star") {
				if (opts.noglobstar === true) {
					consume(value);
					continue;
				}
				const prior = prev.prev;
				const before = prior.prev;
				const isStart = prior.type === "slash" || prior.type === "bos";
				const afterStar = before && (before.type === "star" || before.type === "globstar");
				if (opts.bash === true && (!isStart || rest[0] && rest[0] !== "/")) {
					push({
						type: "star",
						value,
						output: ""
					});
					continue;
				}
				const isBrace = state.braces > 0 && (prior.type === "comma" || prior.type === "brace");
				const isExtglob = extglobs.length && (prior.type === "pipe" || prior.type === "paren");
				if (!isStart && prior.type !== "paren" && !isBrace && !isExtglob) {
					push({
						type: "star",
						value,
						output: ""
					});
					continue;
				}
				while (rest.slice(0, 3) === "/**") {
					const after = input[state.index + 4];
					if (after && after !== "/") break;
					rest = rest.slice(3);
					consume("/**", 3);
				}
				const isEnd = eos() || state.parens > 0 && rest === ")".repeat(state.parens) && !extglobs.some((extglob) => extglob.type === "negate");
				if (prior.type === "bos" && eos()) {
					prev.type = "globstar";
					prev.value += value;
					prev.output = globstar(opts);
					state.output = prev.output;
					state.globstar = true;
					consume(value);
					continue;
				}
				if (prior.type === "slash" && prior.prev.type !== "bos" && !afterStar && isEnd) {
					state.output = state.output.slice(0, -(prior.output + prev.output).length);
					prior.output = `(?:${prior.output}`;
					prev.type = "globstar";
					prev.output = globstar(opts) + (opts.strictSlashes ? ")" : "|$)");
					prev.value += value;
					state.globstar = true;
					state.output += prior.output + prev.output;
					consume(value);
					continue;
				}
				if (prior.type === "slash" && prior.prev.type !== "bos" && rest[0] === "/") {
					const end = rest[1] !== void 0 ? "|$" : "";
					state.output = state.output.slice(0, -(prior.output + prev.output).length);
					prior.output = `(?:${prior.output}`;
					prev.type = "globstar";
					prev.output = `${globstar(opts)}${SLASH_LITERAL}|${SLASH_LITERAL}${end})`;
					prev.value += value;
					state.output += prior.output + prev.output;
					state.globstar = true;
					consume(value + advance());
					push({
						type: "slash",
						value: "/",
						output: ""
					});
					continue;
				}
				if (prior.type === "bos" && rest[0] === "/") {
					prev.type = "globstar";
					prev.value += value;
					prev.output = `(?:^|${SLASH_LITERAL}|${globstar(opts)}${SLASH_LITERAL})`;
					state.output = prev.output;
					state.globstar = true;
					consume(value + advance());
					push({
						type: "slash",
						value: "/",
						output: ""
					});
					continue;
				}
				state.output = state.output.slice(0, -prev.output.length);
				prev.type = "globstar";
				prev.output = globstar(opts);
				prev.value += value;
				state.output += prev.output;
				state.globstar = true;
				consume(value);
				continue;
			}
			const token = {
				type: "star",
				value,
				output: star
			};
			if (opts.bash === true) {
				token.output = ".*?";
				if (prev.type === "bos" || prev.type === "slash") token.output = nodot + token.output;
				push(token);
				continue;
			}
			if (prev && (prev.type === "bracket" || prev.type === "paren") && opts.regex === true) {
				token.output = value;
				push(token);
				continue;
			}
			if (state.index === state.start || prev.type === "slash" || prev.type === "dot") {
				if (prev.type === "dot") {
					state.output += NO_DOT_SLASH;
					prev.output += NO_DOT_SLASH;
				} else if (opts.dot === true) {
					state.output += NO_DOTS_SLASH;
					prev.output += NO_DOTS_SLASH;
				} else {
					state.output += nodot;
					prev.output += nodot;
				}
				if (peek() !== "*") {
					state.output += ONE_CHAR;
					prev.output += ONE_CHAR;
				}
			}
			push(token);
		}
		while (state.brackets > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "]"));
			state.output = utils.escapeLast(state.output, "[");
			decrement("brackets");
		}
		while (state.parens > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", ")"));
			state.output = utils.escapeLast(state.output, "(");
			decrement("parens");
		}
		while (state.braces > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "}"));
			state.output = utils.escapeLast(state.output, "{");
			decrement("braces");
		}
		if (opts.strictSlashes !== true && (prev.type === "star" || prev.type === "bracket")) push({
			type: "maybe_slash",
			value: "",
			output: `${SLASH_LITERAL}?`
		});
		if (state.backtrack === true) {
			state.output = "";
			for (const token of state.tokens) {
				state.output += token.output != null ? token.output : token.value;
				if (token.suffix) state.output += token.suffix;
			}
		}
		return state;
	};
	/**
	* Fast paths for creating regular expressions for common glob patterns.
	* This can significantly speed up processing and has very little downside
	* impact when none of the fast paths match.
	*/
	parse.fastpaths = (input, options) => {
		const opts = { ...options };
		const max = typeof opts.maxLength === "number" ? Math.min(MAX_LENGTH, opts.maxLength) : MAX_LENGTH;
		const len = input.length;
		if (len > max) throw new SyntaxError(`Input length: ${len}, exceeds maximum allowed length: ${max}`);
		input = REPLACEMENTS[input] || input;
		const { DOT_LITERAL, SLASH_LITERAL, ONE_CHAR, DOTS_SLASH, NO_DOT, NO_DOTS, NO_DOTS_SLASH, STAR, START_ANCHOR } = constants.globChars(opts.windows);
		const nodot = opts.dot ? NO_DOTS : NO_DOT;
		const slashDot = opts.dot ? NO_DOTS_SLASH : NO_DOT;
		const capture = opts.capture ? "" : "?:";
		const state = {
			negated: false,
			prefix: ""
		};
		let star = opts.bash === true ? ".*?" : STAR;
		if (opts.capture) star = `(${star})`;
		const globstar = (opts) => {
			if (opts.noglobstar === true) return star;
			return `(${capture}(?:(?!${START_ANCHOR}${opts.dot ? DOTS_SLASH : DOT_LITERAL}).)*?)`;
		};
		const create = (str) => {
			switch (str) {
				case "*": return `${nodot}${ONE_CHAR}${star}`;
				case ".*": return `${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "*.*": return `${nodot}${star}${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "*/*": return `${nodot}${star}${SLASH_LITERAL}${ONE_CHAR}${slashDot}${star}`;
				case "**": return nodot + globstar(opts);
				case "**/*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${slashDot}${ONE_CHAR}${star}`;
				case "**/*.*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${slashDot}${star}${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "**/.*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${DOT_LITERAL}${ONE_CHAR}${star}`;
				default: {
					const match = /^(.*?)\.(\w+)$/.exec(str);
					if (!match) return;
					const source = create(match[1]);
					if (!source) return;
					return source + DOT_LITERAL + match[2];
				}
			}
		};
		let source = create(utils.removePrefix(input, state));
		if (source && opts.strictSlashes !== true) source += `${SLASH_LITERAL}?`;
		return source;
	};
	module.exports = parse;
}));

// node_modules/picomatch/lib/picomatch.js
var require_picomatch$1 = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const scan = require_scan();
	const parse = require_parse();
	const utils = require_utils();
	const constants = require_constants();
	const isObject = (val) => val && typeof val === "object" && !Array.isArray(val);
	/**
	* Creates a matcher function from one or more glob patterns. The
	* returned function takes a string to match as its first argument,
	* and returns true if the string is a match. The returned matcher
	* function also takes a boolean as the second argument that, when true,
	* returns an object with additional information.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch(glob[, options]);
	*
	* const isMatch = picomatch('*.!(*a)');
	* console.log(isMatch('a.a')); //=> false
	* console.log(isMatch('a.b')); //=> true
	*
	* // For environments without `node.js`, `picomatch/posix` provides you a dependency-free matcher, without automatic OS detection.
	* const picomatch = require('picomatch/posix');
	* // the same API, defaulting to posix paths
	* const isMatch = picomatch('a/*');
	* console.log(isMatch('a\\b')); //=> false
	* console.log(isMatch('a/b')); //=> true
	*
	* // you can still configure the matcher function to accept windows paths
	* const isMatch = picomatch('a/*', { options: windows });
	* console.log(isMatch('a\\b')); //=> true
	* console.log(isMatch('a/b')); //=> true
	* ```
	* @name picomatch
	* @param {String|Array} `globs` One or more glob patterns.
	* @param {Object=} `options`
	* @return {Function=} Returns a matcher function.
	* @api public
	*/
	const picomatch = (glob, options, returnState = false) => {
		if (Array.isArray(glob)) {
			const fns = glob.map((input) => picomatch(input, options, returnState));
			const arrayMatcher = (str) => {
				for (const isMatch of fns) {
					const state = isMatch(str);
					if (state) return state;
				}
				return false;
			};
			return arrayMatcher;
		}
		const isState = isObject(glob) && glob.tokens && glob.input;
		if (glob === "" || typeof glob !== "string" && !isState) throw new TypeError("Expected pattern to be a non-empty string");
		const opts = options || {};
		const posix = opts.windows;
		const regex = isState ? picomatch.compileRe(glob, options) : picomatch.makeRe(glob, options, false, true);
		const state = regex.state;
		delete regex.state;
		let isIgnored = () => false;
		if (opts.ignore) {
			const ignoreOpts = {
				...options,
				ignore: null,
				onMatch: null,
				onResult: null
			};
			isIgnored = picomatch(opts.ignore, ignoreOpts, returnState);
		}
		const matcher = (input, returnObject = false) => {
			const { isMatch, match, output } = picomatch.test(input, regex, options, {
				glob,
				posix
			});
			const result = {
				glob,
				state,
				regex,
				posix,
				input,
				output,
				match,
				isMatch
			};
			if (typeof opts.onResult === "function") opts.onResult(result);
			if (isMatch === false) {
				result.isMatch = false;
				return returnObject ? result : false;
			}
			if (isIgnored(input)) {
				if (typeof opts.onIgnore === "function") opts.onIgnore(result);
				result.isMatch = false;
				return returnObject ? result : false;
			}
			if (typeof opts.onMatch === "function") opts.onMatch(result);
			return returnObject ? result : true;
		};
		if (returnState) matcher.state = state;
		return matcher;
	};
	/**
	* Test `input` with the given `regex`. This is used by the main
	* `picomatch()` function to test the input string.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.test(input, regex[, options]);
	*
	* console.log(picomatch.test('foo/bar', /^(?:([^/]*?)\/([^/]*?))$/));
	* // { isMatch: true, match: [ 'foo/', 'foo', 'bar' ], output: 'foo/bar' }
	* ```
	* @param {String} `input` String to test.
	* @param {RegExp} `regex`
	* @return {Object} Returns an object with matching info.
	* @api public
	*/
	picomatch.test = (input, regex, options, { glob, posix } = {}) => {
		if (typeof input !== "string") throw new TypeError("Expected input to be a string");
		if (input === "") return {
			isMatch: false,
			output: ""
		};
		const opts = options || {};
		const format = opts.format || (posix ? utils.toPosixSlashes : null);
		let match = input === glob;
		let output = match && format ? format(input) : input;
		if (match === false) {
			output = format ? format(input) : input;
			match = output === glob;
		}
		if (match === false || opts.capture === true) {
			if (opts.matchBase === true || opts.basename === true) match = picomatch.matchBase(input, regex, options, posix);
			else match = regex.exec(output);
		}
		return {
			isMatch: Boolean(match),
			match,
			output
		};
	};
	/**
	* Match the basename of a filepath.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.matchBase(input, glob[, options]);
	* console.log(picomatch.matchBase('foo/bar.js', '*.js'); // true
	* ```
	* @param {String} `input` String to test.
	* @param {RegExp|String} `glob` Glob pattern or regex created by [.makeRe](#makeRe).
	* @return {Boolean}
	* @api public
	*/
	picomatch.matchBase = (input, glob, options, posix = options && options.windows) => {
		return (glob instanceof RegExp ? glob : picomatch.makeRe(glob, options)).test(utils.basename(input, { windows: posix }));
	};
	/**
	* Returns true if **any** of the given glob `patterns` match the specified `string`.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.isMatch(string, patterns[, options]);
	*
	* console.log(picomatch.isMatch('a.a', ['b.*', '*.a'])); //=> true
	* console.log(picomatch.isMatch('a.a', 'b.*')); //=> false
	* ```
	* @param {String|Array} str The string to test.
	* @param {String|Array} patterns One or more glob patterns to use for matching.
	* @param {Object} [options] See available [options](#options).
	* @return {Boolean} Returns true if any patterns match `str`
	* @api public
	*/
	picomatch.isMatch = (str, patterns, options) => picomatch(patterns, options)(str);
	/**
	* Parse a glob pattern to create the source string for a regular
	* expression.
	*
	* ```js
	* const picomatch = require('picomatch');
	* const result = picomatch.parse(pattern[, options]);
	* ```
	* @param {String} `pattern`
	* @param {Object} `options`
	* @return {Object} Returns an object with useful properties and output to be used as a regex source string.
	* @api public
	*/
	picomatch.parse = (pattern, options) => {
		if (Array.isArray(pattern)) return pattern.map((p) => picomatch.parse(p, options));
		return parse(pattern, {
			...options,
			fastpaths: false
		});
	};
	/**
	* Scan a glob pattern to separate the pattern into segments.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.scan(input[, options]);
	*
	* const result = picomatch.scan('!./foo/*.js');
	* console.log(result);
	* { prefix: '!./',
	*   input: '!./foo/*.js',
	*   start: 3,
	*   base: 'foo',
	*   glob: '*.js',
	*   isBrace: false,
	*   isBracket: false,
	*   isGlob: true,
	*   isExtglob: false,
	*   isGlobstar: false,
	*   negated: true }
	* ```
	* @param {String} `input` Glob pattern to scan.
	* @param {Object} `options`
	* @return {Object} Returns an object with
	* @api public
	*/
	picomatch.scan = (input, options) => scan(input, options);
	/**
	* Compile a regular expression from the `state` object returned by the
	* [parse()](#parse) method.
	*
	* ```js
	* const picomatch = require('picomatch');
	* const state = picomatch.parse('*.js');
	* // picomatch.compileRe(state[, options]);
	*
	* console.log(picomatch.compileRe(state));
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {Object} `state`
	* @param {Object} `options`
	* @param {Boolean} `returnOutput` Intended for implementors, this argument allows you to return the raw output from the parser.
	* @param {Boolean} `returnState` Adds the state to a `state` property on the returned regex. Useful for implementors and debugging.
	* @return {RegExp}
	* @api public
	*/
	picomatch.compileRe = (state, options, returnOutput = false, returnState = false) => {
		if (returnOutput === true) return state.output;
		const opts = options || {};
		const prepend = opts.contains ? "" : "^";
		const append = opts.contains ? "" : "$";
		let source = `${prepend}(?:${state.output})${append}`;
		if (state && state.negated === true) source = `^(?!${source}).*$`;
		const regex = picomatch.toRegex(source, options);
		if (returnState === true) regex.state = state;
		return regex;
	};
	/**
	* Create a regular expression from a parsed glob pattern.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.makeRe(state[, options]);
	*
	* const result = picomatch.makeRe('*.js');
	* console.log(result);
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {String} `state` The object returned from the `.parse` method.
	* @param {Object} `options`
	* @param {Boolean} `returnOutput` Implementors may use this argument to return the compiled output, instead of a regular expression. This is not exposed on the options to prevent end-users from mutating the result.
	* @param {Boolean} `returnState` Implementors may use this argument to return the state from the parsed glob with the returned regular expression.
	* @return {RegExp} Returns a regex created from the given pattern.
	* @api public
	*/
	picomatch.makeRe = (input, options = {}, returnOutput = false, returnState = false) => {
		if (!input || typeof input !== "string") throw new TypeError("Expected a non-empty string");
		let parsed = {
			negated: false,
			fastpaths: true
		};
		if (options.fastpaths !== false && (input[0] === "." || input[0] === "*")) parsed.output = parse.fastpaths(input, options);
		if (!parsed.output) parsed = parse(input, options);
		return picomatch.compileRe(parsed, options, returnOutput, returnState);
	};
	/**
	* Create a regular expression from the given regex source string.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.toRegex(source[, options]);
	*
	* const { output } = picomatch.parse('*.js');
	* console.log(picomatch.toRegex(output));
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {String} `source` Regular expression source string.
	* @param {Object} `options`
	* @return {RegExp}
	* @api public
	*/
	picomatch.toRegex = (source, options) => {
		try {
			const opts = options || {};
			return new RegExp(source, opts.flags || (opts.nocase ? "i" : ""));
		} catch (err) {
			if (options && options.debug === true) throw err;
			return /$^/;
		}
	};
	/**
	* Picomatch constants.
	* @return {Object}
	*/
	picomatch.constants = constants;
	/**
	* Expose "picomatch"
	*/
	module.exports = picomatch;
}));

// node_modules/picomatch/index.js
var require_picomatch = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const pico = require_picomatch$1();
	const utils = require_utils();
	function picomatch(glob, options, returnState = false) {
		if (options && (options.windows === null || options.windows === void 0)) options = {
			...options,
			windows: utils.isWindows()
		};
		return pico(glob, options, returnState);
	}
	Object.assign(picomatch, pico);
	module.exports = picomatch;
}));

// src/postgres/touched.ts
var import_picomatch = /* @__PURE__ */ __toESM(require_picomatch(), 1);
/** The tables that changes touch, with columns and constraints, and those that they refer to: enough to draw them. */
function touchedObjects(changes, before, after) {
	const names = new Set(changes.flatMap(({ id, from, table, kind }) => kind === "table" ? [id, from ?? id] : table ?? []));
	return {
		before: objectsOfTables(before, names),
		after: objectsOfTables(after, names)
	};
}
function objectsOfTables({ objects }, names) {
	const near = new Set(names);
	for (const each of objects) if (each.kind === "constraint" && each.references && names.has(each.table)) near.add(each.references.table);
	return objects.filter((each) => {
		if (each.kind === "table") return near.has(each.id);
		return (each.kind === "column" || each.kind === "constraint") && near.has(each.table);
	});
}

// src/jobs/waiver-comments.ts
const form = "`lockkeeper:allow rule-id because …`";
/** Every waiver of a comment, also those that are not well written. A comment that only mentions Lockkeeper has none. */
function waiversIn(comment) {
	const text = withoutMarks(comment.text);
	const starts = [...text.matchAll(/\blockkeeper[ \t]*:[ \t]*(?=allow\b)|^[ \t]*lockkeeper[ \t]*(:[ \t]*|(?=allow\b))/gim)];
	return starts.map(({ index, 0: word }, position) => {
		const line = comment.line + text.slice(0, index).split("\n").length - 1;
		return {
			line,
			...read$1(text.slice(index + word.length, starts[position + 1]?.index).trim(), line)
		};
	});
}
/** Comments at the top of a file, before its first statement. */
function topComments(text) {
	const comments = [];
	const next = /(\s*)(--[^\n]*|\/\*[\s\S]*?\*\/)/y;
	for (let match = next.exec(text); match; match = next.exec(text)) {
		const line = text.slice(0, match.index + (match[1] ?? "").length).split("\n").length;
		comments.push({
			text: match[2] ?? "",
			line
		});
	}
	return comments;
}
/** Keeps line breaks, so that lines can be counted. */
function withoutMarks(text) {
	if (text.startsWith("--")) return text.slice(2);
	return text.replace(/^\/\*/, "").replace(/\*\/$/, "").replaceAll(/^[ \t]*\*/gm, "");
}
function read$1(text, line) {
	const [, names, tail = ""] = /^allow\b[\s:]*((?!because\b|until\b)[a-z][\w-]*(?:\s*,\s*[a-z][\w-]*)*)?([\s\S]*)$/i.exec(text) ?? [];
	if (!/^allow\b/i.test(text)) return { fault: `begins with "${firstWord(text)}", which is no known word. Write ${form}.` };
	if (names === void 0) return { fault: `names no rule. Write ${form}.` };
	const { until, reason } = conditionsOf$1(tail);
	if (until !== void 0 && !isDate(until)) return { fault: `ends on "${until}", which is no date. Write \`until 2031-12-31\`.` };
	if (!/\w/.test(reason)) return { fault: "has no reason. Add `because …` for whoever reads it next." };
	return { waiver: {
		rules: names.split(",").map((rule) => rule.trim().toLowerCase()),
		reason,
		line,
		...until !== void 0 && { until }
	} };
}
/** `until 2031-12-31 because it is small`, or `because it is small, until 2031-12-31`. */
function conditionsOf$1(tail) {
	const [, first, rest = tail] = /^\s+until\b\s*([^\s:,]*)([\s\S]*)$/i.exec(tail) ?? [];
	const reason = (/^[\s,]*(?:because\b|:|--|—|-)[\s:]*([\s\S]*)$/i.exec(rest)?.[1] ?? "").replaceAll(/\s+/g, " ").trim();
	const [, words, last] = /^(.*?)[\s,;(]+until (\d{4}-\d\d-\d\d)[.)]*$/i.exec(reason) ?? [];
	return first === void 0 ? {
		until: last,
		reason: words ?? reason
	} : {
		until: first,
		reason
	};
}
function isDate(text) {
	const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
function firstWord(text) {
	return /^\S+/.exec(text)?.[0] ?? "";
}

// src/jobs/waivers.ts
/** Accepts what waivers accept, and tells what is wrong with them. `today` is `YYYY-MM-DD`. */
function applyWaivers(found, world, rules, today) {
	const waivers = waiversOf(world);
	const uses = new Map(waivers.map((waiver) => [waiver, /* @__PURE__ */ new Set()]));
	const judged = found.map((each) => {
		const matching = each.rule.waivable === false ? [] : waivers.filter((waiver) => speaksOf(waiver, each));
		for (const waiver of matching) uses.get(waiver)?.add(each.rule.id);
		const holding = matching.find((waiver) => !hasEnded(waiver, today))?.waiver;
		if (!holding) return each;
		const { reason, until, line } = holding;
		const waiver = {
			reason,
			line,
			...until !== void 0 && { until }
		};
		return {
			...each,
			finding: {
				...each.finding,
				status: "waived",
				waiver
			}
		};
	});
	const pending = new Set(world.pending.map(({ id }) => id));
	return {
		found: judged,
		complaints: [...uses].filter(([{ migration }]) => pending.has(migration)).flatMap(([waiver, used]) => complaintsAbout(waiver, used, {
			rules,
			today,
			world
		}))
	};
}
/** All waivers of the history. One above a file's first statement belongs to both. */
function waiversOf({ statements, head, pending }) {
	const found = /* @__PURE__ */ new Map();
	const add = (comments, place) => {
		for (const each of comments.flatMap(waiversIn)) {
			const key = JSON.stringify([place.path, each]);
			found.set(key, {
				...each,
				...place,
				top: place.top || found.get(key)?.top === true
			});
		}
	};
	for (const { id: migration, up } of /* @__PURE__ */ new Set([...pending, ...head.migrations])) add(topComments(up.text), {
		migration,
		path: up.path,
		statement: void 0,
		top: true
	});
	for (const { statement } of statements) {
		const { migration, path, comments } = statement;
		add(comments, {
			migration,
			path,
			statement,
			top: false
		});
	}
	return [...found.values()];
}
function speaksOf({ waiver, path, statement, top }, about) {
	if (!waiver?.rules.includes(about.rule.id) || path !== about.finding.path) return false;
	return statement !== void 0 && statement === about.statement || top && about.ofFolder;
}
function hasEnded({ waiver }, today) {
	return waiver?.until !== void 0 && waiver.until < today;
}
function complaintsAbout(placed, used, around) {
	const { migration, path, line, fault } = placed;
	const complain = (rule, message) => [{
		rule,
		migration,
		path,
		line,
		message
	}];
	if (fault !== void 0) return complain("invalid-waiver", `This waiver ${fault}`);
	return (placed.waiver?.rules ?? []).flatMap((id) => {
		const rule = around.rules.find((each) => each.id === id);
		if (!rule) return complain("invalid-waiver", unknown$1(id, around.rules));
		if (rule.waivable === false) return complain("invalid-waiver", `The rule ${id} cannot be waived.`);
		const { until } = placed.waiver ?? {};
		if (used.has(id)) return hasEnded(placed, around.today) ? complain("expired-waiver", `The waiver of ${id} ended on ${until}; the finding is open again.`) : [];
		return wasJudged(placed, rule, around.world) ? complain("unused-waiver", `The waiver of ${id} accepts nothing here: remove it.`) : [];
	});
}
function unknown$1(id, rules) {
	const [near] = nearest(id, rules.map((each) => each.id), 1);
	return `This waiver names the rule ${id}, which does not exist${near ? `; did you mean ${near}?` : "."}`;
}
/** Whether everything that the waiver could accept was looked at; otherwise nobody knows if it is of use. */
function wasJudged({ migration }, { majors }, { statements, major }) {
	const own = statements.filter(({ statement }) => statement.migration === migration);
	return own.length > 0 && own.every(({ observation }) => observation.error === void 0) && major >= (majors?.from ?? major) && major <= (majors?.to ?? major);
}

// src/jobs/judge.ts
/**
* Asks every rule that speaks of this major, applies waivers, and leaves out what a finding of the same statement says
* better. Open findings come first, the most severe first, then in the order of the statements.
*/
function judge(world, rules, { today }) {
	const asked = rules.filter(({ majors }) => world.major >= (majors?.from ?? 0) && world.major <= (majors?.to ?? 999));
	const { found, complaints } = applyWaivers(asked.flatMap((rule) => findingsOf(rule, world)), world, rules, today);
	return [...folded(found), ...complaints.flatMap((complaint) => toFinding(complaint, rules))].filter(once()).sort(byWeight(world));
}
function findingsOf(rule, world) {
	const ofStatements = world.statements.flatMap((facts) => {
		const { statement, observation } = facts;
		const { kinds, failed, check } = rule.statement ?? {};
		if (!check || kinds && !kinds.includes(statement.kind) || observation.error && !failed) return [];
		const { migration, path, line } = statement;
		return check(facts, world).map((problem) => {
			return {
				rule,
				finding: findingOf(rule, problem, problem.place ?? {
					migration,
					path,
					line
				}),
				statement,
				ofFolder: false
			};
		});
	});
	const ofAll = (rule.whole?.(world) ?? []).flatMap((problem) => {
		if (!problem.place) throw new Error(`The rule ${rule.id} found a problem without a place.`);
		const finding = findingOf(rule, problem, problem.place);
		return [{
			rule,
			finding,
			statement: statementAt(finding, world),
			ofFolder: true
		}];
	});
	return [...ofStatements, ...ofAll];
}
function findingOf(rule, problem, place) {
	const { message, severity = rule.severity, relations = [], instead, blocking } = problem;
	return {
		rule: rule.id,
		severity,
		status: "open",
		...place,
		message,
		relations,
		...instead && { instead },
		...blocking && { blocking }
	};
}
function statementAt({ path, line }, { statements }) {
	return statements.find(({ statement }) => statement.path === path && statement.line <= line && line <= statement.endLine)?.statement;
}
/** Of several findings about one statement that say the same, the one that says most. */
function folded(found) {
	const groups = Map.groupBy(found, ({ statement }) => statement);
	return found.filter((each) => each.statement === void 0 || !isSaid(each, groups.get(each.statement) ?? [])).map(({ finding }) => finding);
}
function isSaid({ rule, finding }, others) {
	return others.some((other) => {
		if (other.rule === rule) return false;
		if (other.rule.covers?.includes(rule.id)) return true;
		return rule.fallback && !other.rule.fallback && other.finding.blocking && weight(other.finding) >= weight(finding);
	});
}
function toFinding({ rule: id, message, ...place }, rules) {
	const rule = rules.find((each) => each.id === id);
	return rule ? [findingOf(rule, { message }, place)] : [];
}
function once() {
	const seen = /* @__PURE__ */ new Set();
	return ({ rule, path, line, message }) => {
		const key = JSON.stringify([
			rule,
			path,
			line,
			message
		]);
		return !seen.has(key) && seen.add(key).has(key);
	};
}
function weight({ severity }) {
	return severities.indexOf(severity);
}
function byWeight({ head, pending }) {
	const paths = [...new Set([...head.migrations, ...pending].map(({ up }) => up.path))];
	const place = ({ path }) => paths.indexOf(path);
	return (a, b) => Number(a.status === "waived") - Number(b.status === "waived") || weight(b) - weight(a) || place(a) - place(b) || a.line - b.line;
}

// src/postgres/outside.ts
/**
* Whether PostgreSQL refuses the statement inside a transaction block (error 25001, `PreventInTransactionBlock` in its
* source; documentation, the notes of each command). Told from the parse tree; what depends on the catalog
* (REINDEX or CLUSTER of a partitioned table) or on a procedure's body (CALL, DO) shows only when it runs.
*/
function mustRunOutside(statement) {
	const check = checks[statement.kind];
	return check?.(Object.values(statement.node)[0]) ?? false;
}
/** BEGIN, COMMIT, ROLLBACK and their kin, but not savepoints, which live inside a block. */
function controlsTransaction(statement) {
	if (!("TransactionStmt" in statement.node)) return false;
	return !/SAVEPOINT|TRANS_STMT_ROLLBACK_TO|TRANS_STMT_RELEASE/.test(statement.node.TransactionStmt.kind ?? "");
}
const checks = {
	IndexStmt: (node) => node.concurrent === true,
	DropStmt: (node) => node.concurrent === true,
	ReindexStmt: (node) => flag(node.params, "concurrently") || !/_(TABLE|INDEX)$/.test(node.kind ?? ""),
	VacuumStmt: (node) => node.is_vacuumcmd === true,
	ClusterStmt: (node) => node.relation === void 0,
	AlterTableStmt: detachesConcurrently,
	CreatedbStmt: () => true,
	DropdbStmt: () => true,
	AlterDatabaseStmt: (node) => flag(node.options, "tablespace"),
	CreateTableSpaceStmt: () => true,
	DropTableSpaceStmt: () => true,
	AlterSystemStmt: () => true,
	CreateSubscriptionStmt: (node) => !off(node.options, "connect") && !off(node.options, "create_slot"),
	DiscardStmt: (node) => node.target === "DISCARD_ALL"
};
function detachesConcurrently(node) {
	return (node.cmds ?? []).some((command) => {
		if (!("AlterTableCmd" in command)) return false;
		const { subtype, def } = command.AlterTableCmd;
		return subtype === "AT_DetachPartition" && def !== void 0 && "PartitionCmd" in def && def.PartitionCmd.concurrent === true;
	});
}
function flag(options, name) {
	return option(options, name) !== void 0 && !off(options, name);
}
function off(options, name) {
	const arg = JSON.stringify(option(options, name)?.arg ?? null).toLowerCase();
	return /"(false|off|0)"|"boolval":false|"boolean":\{\}|"integer":\{\}/.test(arg);
}
function option(options, name) {
	for (const each of options ?? []) if ("DefElem" in each && each.DefElem.defname === name) return each.DefElem;
}

// src/postgres/batches.ts
/** A script's statements with the transactions that its tool and PostgreSQL put around them. */
async function batchesOf(migration, script = migration.up) {
	const origin = {
		migration: migration.id,
		path: script.path,
		text: script.text
	};
	const messages = [];
	for (const span of script.messages) messages.push(await parseStatements(origin, span));
	switch (script.delivery) {
		case "wrapped": return [{
			block: "explicit",
			statements: messages.flat()
		}];
		case "message": return messages.map((statements) => ({
			block: statements.length > 1 ? "implicit" : "none",
			statements
		}));
		case "statement": return [{
			block: "none",
			statements: messages.flat()
		}];
		case "lenient": return [lenient(messages.flat())];
	}
}
function lenient(statements) {
	return {
		block: statements.some((each) => mustRunOutside(each) || controlsTransaction(each)) ? "none" : "explicit",
		statements
	};
}

// src/postgres/cluster/names.ts
const creations = /\bcreate\s+(?:role|user|group)\b(?!\s+mapping)|\brename\s+to\b/gi;
const roleWork = /\b(?:create|alter|drop)\s+(?:role|user|group)\b(?!\s+mapping)/i;
const words$1 = /"((?:[^"]|"")+)"|'((?:[^']|'')+)'|[\p{L}\p{N}_$-]+/gu;
/** Characters around CREATE ROLE in which a role's name stands, also where a loop in a code block makes the text. */
const vicinity = 2e3;
/** Whether a text creates, changes or drops roles, itself or inside a code block. */
function worksWithRoles(text) {
	return roleWork.test(text);
}
/** Whether a text creates a role, itself or inside a code block. */
function createsRoles(text) {
	return text.search(creations) >= 0 && worksWithRoles(text);
}
/** What can be the name of a role that a text creates: everything near CREATE ROLE that can be a name. */
function rolesPerhapsCreatedBy(text) {
	const names = /* @__PURE__ */ new Set();
	if (!worksWithRoles(text)) return names;
	for (const { index } of text.matchAll(creations)) {
		const near = text.slice(Math.max(0, index - vicinity), index + vicinity);
		for (const name of namesIn$3(near)) names.add(name);
	}
	return names;
}
function* namesIn$3(text) {
	for (const [word, identifier, string] of text.matchAll(words$1)) {
		if (identifier === void 0 && string === void 0) yield word.toLowerCase();
		const content = identifier?.replaceAll("\"\"", "\"") ?? string?.replaceAll("''", "'");
		if (content === void 0) continue;
		if (content.length < 64) yield content;
		if (/[\s%]/.test(content)) yield* namesIn$3(content);
	}
}
/** Whether any of the texts names this: its name stands there as a word. */
function mentions(texts) {
	const known = /* @__PURE__ */ new Map();
	return (name) => {
		const answer = known.get(name) ?? ((word) => texts.some((text) => word.test(text)))(new RegExp(`(?<![\\p{L}\\p{N}_$])${RegExp.escape(name)}(?![\\p{L}\\p{N}_$])`, "iu"));
		known.set(name, answer);
		return answer;
	};
}

// src/postgres/cluster/marking.ts
/** A session whose statements that create roles are each followed by SQL that marks them, in the same transaction. */
var MarkingConnection = class {
	#inner;
	#marking;
	constructor(inner, marking) {
		this.#inner = inner;
		this.#marking = marking;
	}
	get pid() {
		return this.#inner.pid;
	}
	get transaction() {
		return this.#inner.transaction;
	}
	query(sql, values) {
		return this.#inner.query(sql, values);
	}
	async send(sql) {
		const tags = await this.#inner.send(sql);
		if (mayCreateRoles(sql) && this.transaction !== "failed") await this.#inner.send(this.#marking);
		return tags;
	}
	async [Symbol.asyncDispose]() {
		await this.#inner[Symbol.asyncDispose]();
	}
};
/** Also what calls a function that may. */
function mayCreateRoles(sql) {
	return createsRoles(sql) || /^\s*(select|with|call|execute|insert)\b/i.test(sql);
}

// src/postgres/cluster/missing-roles.ts
const words = /\b(grant|revoke|owner|owned|role|user|group|policy|authorization|privileges)\b/i;
/** Whether a text may name roles. */
function namesRoles(text) {
	return words.test(text);
}
/**
* Roles that migrations name and none of them creates: on production somebody made them by hand, or the migrations
* would not have been applied there.
*/
async function missingRoles(migrations, there) {
	const created = /* @__PURE__ */ new Set();
	const named = /* @__PURE__ */ new Set();
	for (const migration of migrations) {
		if (!namesRoles(migration.up.text)) continue;
		for (const statement of (await batchesOf(migration)).flatMap(({ statements }) => statements)) {
			collect(statement.node, named);
			for (const role of createdBy(statement)) created.add(role);
		}
	}
	return [...named].filter((name) => !there.has(name) && !created.has(name) && !name.startsWith("pg_"));
}
/** Of a code block everything that may be the name of a role that it creates. */
function createdBy({ node, sql }) {
	if ("CreateRoleStmt" in node) return [node.CreateRoleStmt.role ?? ""];
	return rolesPerhapsCreatedBy(sql);
}
/** Every RoleSpec of a parse tree that is a name, not CURRENT_USER or PUBLIC. */
function collect(node, into) {
	JSON.stringify(node, (_, value) => {
		const { roletype, rolename } = value ?? {};
		if (roletype === "ROLESPEC_CSTRING" && rolename !== void 0) into.add(rolename);
		return value;
	});
}

// src/postgres/cluster/prepare.ts
/**
* Blanks out the statements that are not to be run, and has `marking` follow those that create roles, in the same
* transaction. Line numbers stay as they are.
*/
async function prepare$1(migration, refusals, marking) {
	if (!refusals.words.test(migration.up.text)) return {
		migration,
		leftOut: []
	};
	const statements = (await batchesOf(migration)).flatMap((batch) => batch.statements);
	const refused = statements.filter((each) => refusals.of(each) !== void 0);
	const marked = statements.filter((each) => marking && !refused.includes(each) && mayBeFollowed(each));
	const up = insertAll(blank$1(migration.up, refused), marked, `; ${marking}`);
	const leftOut = refused.map((each) => `${each.path}:${each.line}: ${refusals.of(each)}`);
	return {
		migration: {
			...migration,
			up
		},
		leftOut
	};
}
/** A code block that commits by itself must be alone in its message. */
function mayBeFollowed({ sql }) {
	return createsRoles(sql) && !/\bcommit\b/i.test(sql);
}
function blank$1(script, statements) {
	let { text } = script;
	for (const { offset, sql } of statements) text = text.slice(0, offset) + sql.replaceAll(/[^\n]/g, " ") + text.slice(offset + sql.length);
	return {
		...script,
		text
	};
}
function insertAll(script, behind, addition) {
	const places = behind.map(({ offset, sql }) => offset + sql.length);
	const moved = (offset) => offset + addition.length * places.filter((place) => place <= offset).length;
	const pieces = [0, ...places].map((start, index) => script.text.slice(start, places[index]));
	const messages = script.messages.map(({ start, end }) => ({
		start: moved(start),
		end: moved(end)
	}));
	return {
		...script,
		text: pieces.join(addition),
		messages
	};
}

// src/postgres/cluster/refusals.ts
/**
* What is not run on any server: what reaches out to another server, and what names a database that is not there where
* migrations are rehearsed, such as production's by its name.
*/
function refusalsAnywhere({ databases }) {
	const of = ({ kind, node }) => {
		if (/SubscriptionStmt$/.test(kind)) return "It was not run: it would reach out to another server.";
		const name = databaseIn(kind, body(node));
		return name === void 0 || databases.has(name) ? void 0 : `It was not run: the database ${name}, which it names, is not there where migrations are rehearsed.`;
	};
	return {
		of,
		words: /\b(subscription|database)\b/i
	};
}
/**
* What is not run on a lent server besides: everything that changes what was there before and belongs to others. Roles
* that exist there are taken as they are: they are neither created, changed nor dropped.
*/
function refusalsOnLent(existing) {
	const anywhere = refusalsAnywhere(existing);
	const of = (statement) => {
		const { kind, node } = statement;
		const general = anywhere.of(statement);
		if (general) return general;
		if (changesServer(kind, body(node)) || callsForServer(statement)) return wholeServer;
		if (databaseIn(kind, body(node)) !== void 0) return wholeServer;
		const role = roleChangedBy(kind, body(node), existing) ?? roleChangedInside(statement, existing);
		return role === void 0 ? void 0 : `It was not run: it concerns ${role}, which this lent server had before, and which is left as it is.`;
	};
	return {
		of,
		words: wordsOfServers
	};
}
const wordsOfServers = /\b(role|user|group|owned|database|system|tablespace|subscription|copy|grant|revoke)\b|\bpg_\w+\s*\(/i;
const wholeServer = "It was not run: it changes the whole server, and this one is lent.";
function body(node) {
	return Object.values(node)[0] ?? {};
}
const sharedObjects = [
	"OBJECT_DATABASE",
	"OBJECT_TABLESPACE",
	"OBJECT_PARAMETER_ACL"
];
function changesServer(kind, node) {
	if (/^(AlterSystem|Createdb|Dropdb|CreateTableSpace|DropTableSpace|AlterTableSpaceOptions)Stmt$/.test(kind)) return true;
	if (kind === "CopyStmt") return node.is_program === true || node.filename !== void 0 && node.is_from !== true;
	return [
		node.objtype,
		node.objectType,
		node.renameType
	].some((type) => sharedObjects.includes(String(type)));
}
/** The database that a statement changes by name. */
function databaseIn(kind, node) {
	if (/^AlterDatabase/.test(kind)) return String(node.dbname);
	if (kind === "AlterRoleSetStmt" && node.database) return String(node.database);
	if (kind === "RenameStmt" && node.renameType === "OBJECT_DATABASE") return String(node.subname);
	if (![node.objtype, node.objectType].includes("OBJECT_DATABASE")) return void 0;
	const [first] = kind === "GrantStmt" ? node.objects : [node.object];
	return first && "String" in first ? first.String.sval : void 0;
}
/** Functions that act on the server rather than on the database (documentation, chapter 9.28). */
const serverFunctions = /\bpg_(terminate_backend|cancel_backend|reload_conf|rotate_logfile|switch_wal|promote|create_restore_point|(backup|wal_replay)_\w+|(start|stop)_backup|(create|copy)_(physical|logical)_replication_slot|drop_replication_slot|replication_\w+)\s*\(/i;
function callsForServer({ kind, sql }) {
	return [
		"SelectStmt",
		"DoStmt",
		"CallStmt",
		"InsertStmt",
		"ExecuteStmt"
	].includes(kind) && serverFunctions.test(sql);
}
/** The role of others that a statement changes, in words; undefined when there is none. */
function roleChangedBy(kind, node, { roles }) {
	const had = (each) => nameOf$1(each, roles);
	switch (kind) {
		case "CreateRoleStmt": return roles.has(String(node.role)) ? `the role ${node.role}` : void 0;
		case "AlterRoleStmt": return had({ RoleSpec: node.role });
		case "AlterRoleSetStmt": return node.role ? had({ RoleSpec: node.role }) : "all roles";
		case "DropRoleStmt":
		case "DropOwnedStmt":
		case "ReassignOwnedStmt": return node.roles.map(had).find((each) => each !== void 0);
		case "RenameStmt": return node.renameType === "OBJECT_ROLE" && roles.has(String(node.subname)) ? `the role ${node.subname}` : void 0;
		case "CommentStmt":
		case "SecLabelStmt": return node.objtype === "OBJECT_ROLE" ? had(node.object) : void 0;
		case "GrantRoleStmt": return membershipOf(node, had);
		default: return;
	}
}
/** Memberships of a role that the migrations create go with it. */
function membershipOf(node, had) {
	const group = node.granted_roles.map(had).find((each) => each !== void 0);
	const member = node.grantee_roles.map(had).find((each) => each !== void 0);
	return group && member ? `${group} and ${member}` : void 0;
}
function nameOf$1(node, roles) {
	if (!node) return void 0;
	if ("RoleSpec" in node && node.RoleSpec.roletype !== "ROLESPEC_CSTRING") return "the role that is connected";
	const name = "RoleSpec" in node ? node.RoleSpec.rolename : "AccessPriv" in node ? node.AccessPriv.priv_name : "String" in node ? node.String.sval : void 0;
	return name !== void 0 && roles.has(name) ? `the role ${name}` : void 0;
}
/** ALTER and DROP inside a code block, also as text that it executes: the role's name, or how the text goes on. */
const inside = /\b(?:alter|drop)\s+(?:role|user(?!\s+mapping)|group)\s+(?:if\s+exists\s+)?(?:"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_$]*))?/giu;
function roleChangedInside({ kind, sql }, { roles }) {
	if (kind !== "DoStmt") return void 0;
	for (const [, quoted, plain] of sql.matchAll(inside)) {
		const name = quoted?.replaceAll("\"\"", "\"") ?? plain?.toLowerCase();
		if (name === void 0 || /^(all|current_user|session_user|current_role)$/.test(name)) return "roles named only as it runs";
		if (roles.has(name)) return `the role ${name}`;
	}
}

// src/postgres/cluster/guard.ts
/**
* Looks at the server before migrations run. On a lent one only one check at a time works with roles, as two that both
* create `app` would meet each other's; the others wait here.
*/
async function openGuard({ server, migrations, signal, progress }) {
	const lease = await openLease(server);
	try {
		const texts = migrations.flatMap(({ up, down }) => [up.text, ...down ? [down.text] : []]);
		if (server.lent && texts.some((text) => worksWithRoles(text) || namesRoles(text))) await waitForTurn(lease.session, signal, progress);
		return new ServerGuard(lease, server.lent, texts, await snapshotCluster(lease.session));
	} catch (error) {
		await lease[Symbol.asyncDispose]();
		throw error;
	}
}
var ServerGuard = class {
	refusal;
	#refusals;
	#lease;
	#lent;
	#before;
	#mentioned;
	/** SQL that marks roles; undefined where none will be created, or the server is our own. */
	#marking;
	#leftOut = [];
	/** Roles that were missing, and that nobody needs to be told of again. */
	#made = [];
	constructor(lease, lent, texts, before) {
		this.#lease = lease;
		this.#lent = lent;
		this.#before = before;
		this.#mentioned = mentions(texts);
		this.#refusals = lent ? refusalsOnLent(before) : refusalsAnywhere(before);
		this.refusal = this.#refusals.of;
		const created = texts.filter(createsRoles).flatMap((text) => [...rolesPerhapsCreatedBy(text)]);
		const names = [...new Set(created)].filter((name) => !before.roles.has(name));
		this.#marking = lent && names.length > 0 ? markingSql(lease.key, names) : void 0;
	}
	async prepare(migrations) {
		const prepared = [];
		const leftOut = await this.#makeMissingRoles(migrations);
		for (const each of migrations) {
			const done = await prepare$1(each, this.#refusals, this.#marking);
			prepared.push(done.migration);
			leftOut.push(...done.leftOut);
		}
		this.#leftOut = leftOut;
		return prepared;
	}
	/** Where the check may not, the replay says which role is missing. */
	async #makeMissingRoles(migrations) {
		const { session, key } = this.#lease;
		const notes = [];
		for (const name of await missingRoles(migrations, this.#before.roles)) try {
			await session.send(`CREATE ROLE ${quote(name)} NOLOGIN; COMMENT ON ROLE ${quote(name)} IS '${roleMark(key)}'`);
			this.#made.push(name);
			notes.push(`The role ${name}, which no migration creates, was made for the rehearsal.`);
		} catch (error) {
			if (!(error instanceof SqlError)) throw error;
		}
		return notes;
	}
	marking(session) {
		return this.#marking ? new MarkingConnection(session, this.#marking) : session;
	}
	async undo() {
		const mark = roleMark(this.#lease.key);
		const isOurs = (name, comment = "") => comment === mark || !isRoleMark(comment) && this.#mentioned(name);
		const told = (await restoreCluster(this.#lease.session, this.#before, {
			lent: this.#lent,
			isOurs
		})).filter((note) => !this.#made.some((role) => note.startsWith(`The role ${role},`)));
		return [...this.#leftOut, ...this.#lent ? told : []];
	}
	async [Symbol.asyncDispose]() {
		try {
			if (this.#lent) await this.undo();
		} catch (error) {
			if (!isGone(error)) throw error;
		} finally {
			await this.#lease[Symbol.asyncDispose]();
		}
	}
};

// src/postgres/snapshot/canonical.ts
var import_wasm = require_wasm();
/** Fields that say where and when rather than what: never compared. */
const incidental = /* @__PURE__ */ new Set([
	"oid",
	"position",
	"version"
]);
/**
* An object as every major writes it, with its fields in order. Majors print the same expression differently, so where
* they do it is compared by its parse tree.
*/
async function canonical(object) {
	await (0, import_wasm.loadModule)();
	const sorted = Object.entries(object).filter(([name]) => !incidental.has(name)).sort(([a], [b]) => a < b ? -1 : 1);
	return Object.fromEntries(sorted.map(([name, value]) => [name, canonicalField(object.kind, name, value)]));
}
function canonicalField(kind, name, value) {
	if (name === "definition" && (kind === "view" || kind === "rule")) return treeOf(value);
	const statement = statements[`${kind} ${name}`];
	if (!statement || !spelledByMajor.test(JSON.stringify(value))) return value;
	return mapTexts(value, (text) => treeOf(statement(text)));
}
/** Syntax of the SQL standard that PostgreSQL 14 and later print as such, and earlier ones as function calls; SIMILAR TO. */
const spelledByMajor = /\b(extract|date_part|[blr]?trim|position|overlay|substring|timezone|at time zone|normalize|is_normalized|xmlexists|pg_collation_for|collation for|similar_escape|similar_to_escape)\b/i;
/** Statements in which the fields that hold expressions can be parsed. */
const statements = {
	"column default": (text) => `SELECT ${text}`,
	"column generated": (text) => `SELECT ${text}`,
	"constraint definition": (text) => `ALTER TABLE t ADD ${text}`,
	"domain checks": (text) => `ALTER DOMAIN d ADD CONSTRAINT ${text}`,
	"index columns": (text) => `SELECT ${text}`,
	"index definition": (text) => text,
	"index predicate": (text) => `SELECT ${text}`,
	"policy check": (text) => `SELECT ${text}`,
	"policy using": (text) => `SELECT ${text}`,
	"statistics definition": (text) => text,
	"table partitionKey": (text) => `CREATE TABLE t () PARTITION BY ${text}`,
	"trigger definition": (text) => text
};
function mapTexts(value, change) {
	if (typeof value === "string") return change(value);
	if (Array.isArray(value)) return value.map((each) => mapTexts(each, change));
	if (value === null || typeof value !== "object") return value;
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapTexts(each, change)]));
}
/** The parse tree, or the text where it cannot be parsed. */
function treeOf(sql) {
	try {
		return JSON.parse(JSON.stringify((0, import_wasm.parseSync)(sql).stmts, simplified));
	} catch {
		return sql;
	}
}
/** Without locations, with column references cut to the column's name, and functions as calls. */
function simplified(key, value) {
	if (places.test(key)) return void 0;
	if (key === "ColumnRef") return value.fields?.at(-1);
	if (key === "FuncCall") return asCall(value);
	return withoutCast(value, ["numeric", "float8"], true);
}
const places = /^(location|stmt_location|stmt_len|(rexpr_)?list_(start|end))$/;
function asCall(call) {
	const name = call.funcname?.at(-1)?.String?.sval ?? "";
	if (!spelledByMajor.test(name)) return call;
	const args = call.args?.map((each) => withoutCast(each, ["text"], false));
	if (name === "similar_escape") return {
		name: "similar_to_escape",
		args: args?.slice(0, 1)
	};
	return {
		name: name === "extract" ? "date_part" : name,
		args
	};
}
/** What is cast to one of these types, without the cast, which one spelling shows and the other does not. */
function withoutCast(value, types, onlyConstants) {
	const cast = value?.TypeCast;
	const type = cast?.typeName?.names?.at(-1)?.String?.sval ?? "";
	return cast && types.includes(type) && (cast.arg?.A_Const || !onlyConstants) ? cast.arg : value;
}

// src/postgres/diff.ts
/**
* What became different between two snapshots of the same database. An object that has kept its oid (a column: its
* table and number) under another name was renamed, so nothing is guessed; what is named after it follows. An index
* that a constraint brings is told by the constraint alone.
*/
function diffSnapshots(before, after) {
	const names = renamesBetween(before, after);
	const old = new Map(before.objects.map((object) => [keyOf$1(object, names), object]));
	const changes = [];
	for (const object of after.objects) {
		const key = keyOf$1(object, /* @__PURE__ */ new Map());
		const previous = old.get(key);
		old.delete(key);
		const change = previous ? changeOf(previous, object, names) : added(object);
		if (change && !isImplied(object)) changes.push(change);
	}
	for (const object of old.values()) if (!isImplied(object)) changes.push(removed(object));
	return changes.sort((a, b) => compare$2(placeOf(a), placeOf(b)));
}
function renamesBetween(before, after) {
	const now = new Map(after.objects.map((object) => [identityOf$1(object), object]));
	const names = /* @__PURE__ */ new Map();
	for (const object of before.objects) {
		const same = now.get(identityOf$1(object));
		if (same && same.id !== object.id) names.set(`${object.kind} ${object.id}`, same.id);
	}
	return names;
}
/** What stays the same through a rename. */
function identityOf$1(object) {
	return object.kind === "column" ? `column ${object.oid} ${object.position}` : `${object.kind} ${object.oid}`;
}
function keyOf$1(object, names) {
	return `${object.kind} ${names.get(`${object.kind} ${object.id}`) ?? object.id}`;
}
function added({ kind, id, table }) {
	return {
		action: "added",
		kind,
		id,
		...table !== void 0 && { table },
		details: []
	};
}
function removed({ kind, id, table }) {
	return {
		action: "removed",
		kind,
		id,
		...table !== void 0 && { table },
		details: []
	};
}
function changeOf(previous, object, names) {
	const details = detailsOf(previous, object, names);
	const renamed = previous.name !== object.name || previous.table === void 0 && previous.schema !== object.schema;
	if (!renamed && details.length === 0) return void 0;
	return {
		action: renamed ? "renamed" : "changed",
		kind: object.kind,
		id: object.id,
		...renamed && { from: previous.id },
		...object.table !== void 0 && { table: object.table },
		details
	};
}
/** What an object's names say is told by its renames and those of its table. */
const naming = /* @__PURE__ */ new Set([
	"kind",
	"id",
	"schema",
	"name",
	"table"
]);
function detailsOf(previous, object, names) {
	const [a, b] = [previous, object].map((each) => each);
	return [...new Set([...Object.keys(a), ...Object.keys(b)].filter((each) => !naming.has(each) && !incidental.has(each)))].flatMap((property) => {
		const [from, to] = [text(a[property]), text(b[property])];
		return from === to || text(renamed$1(a[property], names)) === to ? [] : [{
			property,
			before: from,
			after: to
		}];
	});
}
/** A text that names renamed tables or columns, as it reads afterwards. */
function renamed$1(value, names) {
	if (Array.isArray(value)) return value.map((each) => renamed$1(each, names));
	if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, renamed$1(each, names)]));
	if (typeof value !== "string") return value;
	let result = value;
	for (const [key, now] of names) {
		const [kind] = key.split(" ", 1);
		const old = key.slice(kind.length + 1);
		for (const [from, to] of [[old, now], [lastOf(old), lastOf(now)]]) result = result.replaceAll(new RegExp(`(?<![\\w."])"?${pattern(from)}"?(?![\\w"])`, "g"), () => to);
	}
	return result;
}
const lastOf = (id) => id.split(".").at(-1);
const pattern = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("\\.", "\"?\\.\"?");
function text(value) {
	if (value === void 0 || value === null) return null;
	return typeof value === "object" ? JSON.stringify(value) : String(value);
}
function isImplied(object) {
	return object.kind === "index" && object.constraint !== void 0;
}
const order = [
	"schema",
	"extension",
	"enum",
	"domain",
	"composite type",
	"range type",
	"sequence",
	"table",
	"view",
	"column",
	"constraint",
	"index"
];
/** Objects of a table stand behind it. */
function placeOf({ kind, id, table }) {
	const rank = order.indexOf(kind);
	return [
		table ?? id,
		table === void 0 ? 0 : 1,
		String(rank < 0 ? order.length : rank).padStart(2, "0"),
		id
	].join("\0");
}
function compare$2(a, b) {
	return a < b ? -1 : Number(a > b);
}

// src/postgres/execute.ts
/** A statement, or the COMMIT behind it, that PostgreSQL refused. */
var StatementFailed = class extends Error {
	statement;
	error;
	constructor(statement, error) {
		super(error.message, { cause: error });
		this.statement = statement;
		this.error = error;
	}
};
/**
* Runs a script's statements one by one, inside the transactions that its tool and PostgreSQL would put around them.
* `run` executes one statement. Throws `StatementFailed`; the session is then outside any transaction again.
*/
async function execute(session, batches, run) {
	let last;
	try {
		for (const batch of batches) {
			for (const statement of batch.statements) {
				await openBlock(session, batch, statement);
				last = statement;
				await run(statement);
			}
			if (batch.block === "explicit" || !ownBlock(batch)) await commit(session);
		}
		if (session.transaction !== "none") throw leftOpen(batches);
	} catch (error) {
		if (!(error instanceof SqlError) || !last) throw error;
		if (session.transaction !== "none") await session.send("ROLLBACK");
		throw new StatementFailed(last, error);
	}
}
/** A message with several statements is a transaction block, and one again after it committed by itself. */
async function openBlock(session, batch, next) {
	if (batch.block === "none" || session.transaction !== "none" || controlsTransaction(next)) return;
	if (batch.block === "explicit" && next !== batch.statements[0]) return;
	await session.send("BEGIN");
}
/** Whether the script itself began a block that it has not ended: PostgreSQL then does not end it either. */
function ownBlock(batch) {
	const last = batch.statements.findLast(controlsTransaction);
	return batch.block === "none" || last !== void 0 && begins(last);
}
function begins(statement) {
	const node = statement.node;
	return "TransactionStmt" in node && /_(BEGIN|START)$/.test(node.TransactionStmt.kind ?? "");
}
async function commit(session) {
	if (session.transaction !== "none") await session.send("COMMIT");
}
function leftOpen(batches) {
	const first = batches.flatMap(({ statements }) => statements).findLast(begins);
	const message = `the transaction${first ? ` that line ${first.line} begins` : ""} is never committed, and the end of the session rolls it back`;
	return new SqlError({
		sqlstate: "25000",
		message,
		hint: "Add the missing COMMIT, or leave BEGIN out."
	}, void 0, []);
}

// src/postgres/limit.ts
/** How often a statement is asked to end before its session is: a function body may catch a cancel. */
const patience$3 = 3;
/**
* Does `work` on a session, and cancels what runs there when it takes longer than the limit. The limit is kept from
* outside, as a script may set its own `statement_timeout`. The work then ends with SQLSTATE 57014 (query_canceled).
* A statement that ended its own session is a `SessionEnded`; `ConnectionLost` is left for a server that is gone.
*/
async function limited(session, limit, work) {
	let asked = 0;
	let asking;
	let over = false;
	const ask = async () => {
		asked += 1;
		await stop(session.pid, limit.address, {
			session: asked > patience$3,
			unless: () => over
		}).catch(() => {});
		if (!over) timer = setTimeout(expire, 1e3);
	};
	const expire = () => {
		asking = ask();
	};
	let timer = setTimeout(expire, limit.seconds * 1e3);
	try {
		return await work();
	} catch (error) {
		const known = error instanceof ConnectionLost ? await judged(error, limit.address) : error;
		throw asked > 0 && known instanceof SqlError ? tooLong(known, limit) : known;
	} finally {
		over = true;
		clearTimeout(timer);
		await asking;
	}
}
/** Ends a statement, and those of other sessions that wait for its locks: they may be what it waits for (dblink). */
async function stop(pid, address, { session, unless }) {
	await using other = await connect(address);
	if (unless()) return;
	await other.query(`SELECT pg_catalog.${session ? "pg_terminate_backend" : "pg_cancel_backend"}(pid) FROM pg_catalog.pg_stat_activity
      WHERE pid = $1 OR (datname = pg_catalog.current_database() AND $1 = ANY (pg_catalog.pg_blocking_pids(pid)))`, [pid]);
}
/** Whether the server goes on without the session. */
async function judged(lost, address) {
	try {
		await using _other = await connect(address);
	} catch {
		return lost;
	}
	const { fault = {
		sqlstate: "08006",
		message: lost.message
	}, completed } = lost;
	return new SessionEnded({
		...fault,
		message: `it ends its own session: ${fault.message}`
	}, void 0, completed);
}
function tooLong(error, { seconds }) {
	const isEnded = error instanceof SessionEnded;
	if (!isEnded && error.fault.sqlstate !== "57014") return error;
	const Kind = isEnded ? SessionEnded : SqlError;
	const message = `it ran longer than ${seconds} s, the statement-limit, and was cancelled`;
	return new Kind({
		...error.fault,
		sqlstate: "57014",
		message
	}, void 0, error.completed);
}

// src/postgres/replay.ts
/** What a session of its own for every migration means: nothing of the session before is left. */
const freshSession = "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; DISCARD TEMP;\n";
/** Characters of SQL sent as one message at most. */
const messageSize = 1e6;
/**
* Applies base migrations, as fast as one session can: many files in one message, every migration in a transaction of
* its own as its tool would have it. Where that is not possible, or fails, statements are sent one by one.
* Throws `KnownError` with the place of the statement that PostgreSQL refused.
*/
async function replay(session, migrations, options) {
	for (const group of await groupsOf(migrations)) {
		const done = group.plain ? await replayTogether(session, group.migrations, options) : 0;
		for (const migration of group.migrations.slice(done)) await replayOne(session, migration, options);
	}
}
async function groupsOf(migrations) {
	const groups = [];
	let size = 0;
	for (const migration of migrations) {
		const plain = await isPlain(migration);
		size += migration.up.text.length;
		const last = groups.at(-1);
		if (plain && last?.plain && size < messageSize) last.migrations.push(migration);
		else {
			groups.push({
				plain,
				migrations: [migration]
			});
			size = migration.up.text.length;
		}
	}
	return groups;
}
/** Words without which a script can hold no statement that must stand outside a transaction block, nor end one. */
const suspicious = /\b(concurrently|vacuum|cluster|reindex|database|tablespace|subscription|system|discard|begin|start|commit|end|rollback|abort|prepare|call|do)\b/i;
/** Whether BEGIN, the script, COMMIT is what its tool would do. */
async function isPlain(migration) {
	const { delivery, messages, text } = migration.up;
	if (delivery === "statement" || delivery === "message" && messages.length > 1) return false;
	if (!suspicious.test(text)) return true;
	return (await batchesOf(migration)).every(({ block, statements }) => (block === "explicit" || statements.length <= 1 || delivery === "message") && !statements.some((each) => mustRunOutside(each) || controlsTransaction(each) || each.kind === "CallStmt"));
}
/** Returns how many migrations are applied: all, or those before the first that failed. */
async function replayTogether(session, migrations, { fresh, limit }) {
	const message = migrations.map((each) => `${fresh ? freshSession : ""}BEGIN;\n${textOf$2(each)}\n;COMMIT;\n`).join("");
	try {
		await limited(session, {
			...limit,
			seconds: limit.seconds * migrations.length
		}, () => session.send(message));
		return migrations.length;
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		const done = error.completed.filter((tag) => tag === "COMMIT").length;
		if (error instanceof SessionEnded) throw failure(migrations[done], error);
		if (session.transaction !== "none") await session.send("ROLLBACK");
		return done;
	}
}
function textOf$2({ up }) {
	return up.messages.map(({ start, end }) => up.text.slice(start, end)).join("\n;\n");
}
async function replayOne(session, migration, { fresh, limit }) {
	if (fresh) await session.send(freshSession);
	try {
		await execute(session, await batchesOf(migration), ({ sql }) => limited(session, limit, () => session.send(sql)));
	} catch (error) {
		if (!(error instanceof StatementFailed)) throw error;
		throw failure(migration, error.error, error.statement);
	}
}
/** `statement` is absent where it is not known which one it was. */
function failure({ id, path }, cause, statement) {
	const { message, sqlstate } = cause.fault;
	return new KnownError(`The base migration ${id} fails: ${message} (SQLSTATE ${sqlstate}).`, {
		place: statement ? {
			path: statement.path,
			line: lineOf(statement, cause)
		} : { path },
		help: explain(cause.fault) ?? "The migrations before the pending ones must apply to an empty database.",
		cause
	});
}

// src/postgres/snapshot/reader.ts
/** Leaves out PostgreSQL's own schemas and temporary ones, for a `pg_namespace n`. */
const ourSchemas = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;
/** Leaves out what belongs to an extension. */
function notOfExtension(catalog, oid) {
	return `NOT EXISTS (SELECT 1 FROM pg_depend x WHERE x.classid = '${catalog}'::regclass AND x.objid = ${oid} AND x.deptype = 'e')`;
}
/** The owner, or NULL where it is the role that reads, which is the one that ran the migrations. */
function ownerOf(column) {
	return `NULLIF(pg_get_userbyid(${column}), current_user)`;
}
/**
* Privileges of others than the owner. MAINTAIN, which ALL includes from PostgreSQL 17 on, is only told where it was
* granted by itself. `byDefault` is what everybody has while nothing was granted or revoked: told when it is gone.
*/
function grantsOf(acl, owner, byDefault) {
	const gone = byDefault ? `UNION ALL SELECT 'PUBLIC: no ${byDefault}' WHERE ${acl} IS NOT NULL AND NOT EXISTS
         (SELECT 1 FROM aclexplode(${acl}) e WHERE e.grantee = 0 AND e.privilege_type = '${byDefault}')` : "";
	return `(SELECT array_agg(line ORDER BY line COLLATE "C") FROM (
    SELECT CASE held.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(held.grantee) END || ': ' || held.privilege_type
           || CASE WHEN held.is_grantable THEN ' with grant option' ELSE '' END AS line
      FROM aclexplode(${acl}) AS held
     WHERE held.grantee <> ${owner} ${byDefault ? `AND NOT (held.grantee = 0 AND held.privilege_type = '${byDefault}')` : ""}
       AND NOT (held.privilege_type = 'MAINTAIN' AND EXISTS (SELECT 1 FROM aclexplode(${acl}) o
                 WHERE o.grantee = held.grantee AND o.privilege_type = 'TRIGGER'))
    ${gone}) AS granted)`;
}

// src/postgres/seed/catalog.ts
/** Reads it all. Source: documentation, part VII, "System Catalogs". */
async function readCatalog(connection) {
	const [version] = await connection.query("SELECT current_setting('server_version_num')::int AS number");
	const relations = await connection.query(relationsSql);
	const oids = [relations.map(({ oid }) => oid)];
	return {
		relations,
		columns: await connection.query(columnsSql, oids),
		constraints: await connection.query(constraintsSql, oids),
		indexes: await connection.query(indexesSql, oids),
		types: new Map((await connection.query(typesSql(version?.number ?? 0), oids)).map((each) => [each.oid, each]))
	};
}
const relationsSql = `
SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind = 'p' AS partitioned,
       CASE WHEN c.relispartition THEN ARRAY(SELECT a.relid::oid FROM pg_partition_ancestors(c.oid) AS a(relid))
            ELSE '{}' END AS lineage,
       CASE WHEN c.relispartition THEN pg_get_partition_constraintdef(c.oid) END AS bound,
       c.relkind = 'r' AND pg_relation_size(c.oid) > 0 AS stored, NOT (${notOfExtension("pg_class", "c.oid")}) AS extension
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND ${ourSchemas}
 ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`;
const columnsSql = `
SELECT a.attrelid AS relation, a.attnum AS number, a.attname::text AS name, a.atttypid AS type, a.atttypmod AS modifier,
       a.attnotnull AS required, a.attgenerated <> '' AS generated, d.expression AS default,
       a.attidentity <> '' OR COALESCE(d.expression LIKE 'nextval(%', false) AS counted
  FROM pg_attribute a
  LEFT JOIN (SELECT adrelid, adnum, pg_get_expr(adbin, adrelid) AS expression FROM pg_attrdef) d
    ON d.adrelid = a.attrelid AND d.adnum = a.attnum
 WHERE a.attrelid = ANY ($1::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attrelid, a.attnum`;
/** Foreign keys that PostgreSQL made for partitions are left out: those they were made from stand for them. */
const constraintsSql = `
SELECT conrelid AS relation, contype AS kind, COALESCE(conkey, '{}') AS columns,
       CASE contype WHEN 'c' THEN pg_get_expr(conbin, conrelid) END AS expression,
       confrelid AS target, confkey AS keys, condeferrable AS deferrable, confmatchtype = 'f' AS full
  FROM pg_constraint
 WHERE conrelid = ANY ($1::oid[]) AND (contype = 'c' OR contype = 'f' AND conparentid = 0)
 ORDER BY conrelid, conname COLLATE "C"`;
const indexesSql = `
SELECT i.indrelid AS relation, i.indisunique AS unique, i.indisprimary AS primary,
       pg_get_expr(i.indpred, i.indrelid) AS predicate,
       ARRAY(SELECT i.indkey[k] FROM generate_series(0, i.indnkeyatts - 1) AS k) AS columns
  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
 WHERE i.indrelid = ANY ($1::oid[]) AND (i.indisunique OR i.indpred IS NOT NULL)
 ORDER BY i.indrelid, x.relname COLLATE "C"`;
/** The types of the columns, and those that these are made of. Multiranges came with PostgreSQL 14. */
const typesSql = (version) => {
	const ranges = version >= 14e4 ? "r.rngtypid = t.oid OR r.rngmultitypid = t.oid" : "r.rngtypid = t.oid";
	const subtype = version >= 14e4 ? "CASE t.oid WHEN r.rngtypid THEN r.rngsubtype ELSE r.rngtypid END" : "r.rngsubtype";
	const element = `CASE WHEN t.typcategory = 'A' AND t.typname NOT IN ('int2vector', 'oidvector') THEN t.typelem ELSE 0 END`;
	return `
WITH RECURSIVE used(oid) AS (
  SELECT DISTINCT atttypid FROM pg_attribute WHERE attrelid = ANY ($1::oid[]) AND attnum > 0 AND NOT attisdropped
  UNION
  SELECT part.oid FROM used u JOIN pg_type t ON t.oid = u.oid CROSS JOIN LATERAL (
    SELECT ${element} AS oid UNION ALL SELECT t.typbasetype
    UNION ALL SELECT ${subtype} FROM pg_range r WHERE ${ranges}
    UNION ALL SELECT a.atttypid FROM pg_attribute a
     WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) part
   WHERE part.oid <> 0)
SELECT t.oid, n.nspname AS schema, t.typname::text AS name, t.typtype AS kind, ${element} AS element,
       t.typbasetype AS base, t.typtypmod AS modifier, t.typnotnull AS required,
       COALESCE((SELECT ${subtype} FROM pg_range r WHERE ${ranges}), 0) AS subtype,
       CASE t.typtype WHEN 'd' THEN ARRAY(SELECT pg_get_expr(c.conbin, 0) FROM pg_constraint c
          WHERE c.contypid = t.oid AND c.contype = 'c' ORDER BY c.conname COLLATE "C") ELSE '{}' END AS checks,
       CASE t.typtype WHEN 'e' THEN ARRAY(SELECT e.enumlabel::text FROM pg_enum e
          WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) ELSE '{}' END AS labels,
       CASE t.typtype WHEN 'c' THEN (SELECT COALESCE(json_agg(json_build_object(
            'type', a.atttypid::bigint, 'modifier', a.atttypmod) ORDER BY a.attnum), '[]') FROM pg_attribute a
          WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) ELSE '[]' END AS attributes
  FROM used u JOIN pg_type t ON t.oid = u.oid JOIN pg_namespace n ON n.oid = t.typnamespace`;
};

// src/postgres/seed/checks/patterns.ts
/** Regular expressions of PostgreSQL in JavaScript's spelling. Sources: documentation, chapter 9.7; ECMA-262. */
function fromPosix(pattern) {
	return pattern.replace(/^\*\*\*[:=]|^\(\?[a-z]+\)/, "").replace(/\[:(\w+):\]/g, (_, name) => classes[name] ?? "").replace(/\\[mMyY]/g, "\\b").replace(/\\A/g, "^").replace(/\\Z/g, "$");
}
const classes = {
	alpha: "a-zA-Z",
	digit: "0-9",
	alnum: "a-zA-Z0-9",
	lower: "a-z",
	upper: "A-Z",
	space: "\\s",
	xdigit: "0-9a-fA-F",
	word: "\\w",
	punct: "!-\\/:-@\\[-`{-~",
	blank: " \\t"
};
/** A LIKE pattern as a regular expression. */
function fromLike(pattern) {
	return `^${pattern.replace(/\\(.)|[%_]|[.*+?^${}()|[\]]/gs, (token, escaped) => {
		if (escaped !== void 0) return escaped.replace(/[^\w\s]/, "\\$&");
		return {
			"%": ".*",
			_: "."
		}[token] ?? `\\${token}`;
	})}$`;
}

// src/postgres/seed/checks/terms.ts
/** Stands for the present in comparisons; values before and after it are chosen far away, so that every day gives the same. */
const present = Symbol("now");
const measures = {
	length: "length",
	char_length: "length",
	character_length: "length",
	octet_length: "length",
	cardinality: "items",
	array_length: "items",
	jsonb_array_length: "items",
	json_array_length: "items",
	jsonb_typeof: "json kind",
	json_typeof: "json kind"
};
/** Functions that leave the usual value as it is. */
const transparent = /* @__PURE__ */ new Set([
	"btrim",
	"ltrim",
	"rtrim",
	"abs",
	"date_trunc",
	"timezone",
	"round",
	"floor"
]);
/** A node without the casts, collations and row marks around it. */
function bare(node) {
	if (node && "TypeCast" in node) return bare(node.TypeCast.arg);
	if (node && "CollateClause" in node) return bare(node.CollateClause.arg);
	return node;
}
function subjectOf$1(wrapped) {
	const node = bare(wrapped);
	if (!node) return void 0;
	if ("ColumnRef" in node) return columnOf(node.ColumnRef.fields ?? []);
	if ("CoalesceExpr" in node) return subjectOf$1(node.CoalesceExpr.args?.[0]);
	if ("FuncCall" in node) return measured(lastName(node.FuncCall.funcname), node.FuncCall.args ?? []);
	if ("A_Expr" in node && ["->", "->>"].includes(lastName(node.A_Expr.name))) {
		const [inner, key] = [subjectOf$1(node.A_Expr.lexpr), constantOf(node.A_Expr.rexpr)];
		return inner?.measure === "value" && typeof key === "string" ? {
			...inner,
			key
		} : void 0;
	}
}
/** `x`, or in a trigger's function `new.x`. */
function columnOf(fields) {
	const [first = "*", second] = fields.map((each) => "String" in each ? each.String.sval ?? "" : "*");
	const column = second === void 0 ? first : first.toLowerCase() === "new" ? second : "*";
	return column === "*" ? void 0 : {
		column,
		measure: "value"
	};
}
function measured(name, args) {
	const inner = args.map(subjectOf$1).find((each) => each !== void 0);
	if (inner?.measure !== "value") return void 0;
	const measure = measures[name];
	if (measure) return {
		...inner,
		measure
	};
	if (name === "lower" || name === "upper") return {
		...inner,
		letters: name
	};
	const part = args.map(constantOf).find((each) => typeof each === "string");
	if ((name === "position" || name === "strpos") && part !== void 0) return {
		...inner,
		measure: "position",
		part
	};
	return transparent.has(name) ? inner : void 0;
}
/** A constant's text, null for NULL, or the present; undefined for everything else. */
function constantOf(wrapped) {
	const node = bare(wrapped);
	if (!node) return void 0;
	if ("SQLValueFunction" in node) return present;
	if ("FuncCall" in node) return constantCall(node.FuncCall);
	if ("A_Expr" in node) return calculated(node.A_Expr);
	if (!("A_Const" in node)) return void 0;
	const { isnull, ival, fval, sval, boolval, bsval } = node.A_Const;
	if (isnull) return null;
	if (ival) return String(ival.ival ?? 0);
	if (boolval) return String(boolval.boolval ?? false);
	if (bsval) return (bsval.bsval ?? "").slice(1);
	return fval?.fval ?? sval?.sval ?? "";
}
const presents = /* @__PURE__ */ new Set([
	"now",
	"clock_timestamp",
	"statement_timestamp",
	"transaction_timestamp",
	"timezone"
]);
function constantCall({ funcname, args = [] }) {
	const name = lastName(funcname);
	if (name === "timezone" || name === "date_trunc") return args.some((each) => constantOf(each) === present) ? present : void 0;
	return presents.has(name) ? present : void 0;
}
function calculated({ name, lexpr, rexpr }) {
	const [operator, left, right] = [
		lastName(name),
		constantOf(lexpr),
		constantOf(rexpr)
	];
	if (!lexpr && operator === "-" && typeof right === "string") return `-${right}`;
	return left === present && right !== void 0 ? present : void 0;
}
/** The constants of `ARRAY[…]`, `(…, …)` or `'{…}'`. */
function constantsOf(wrapped) {
	const node = bare(wrapped);
	if (!node) return void 0;
	if ("A_ArrayExpr" in node) return listOf(node.A_ArrayExpr.elements);
	if ("List" in node) return listOf(node.List.items);
	const text = constantOf(node);
	return typeof text === "string" && /^\{[^{}"\\]*\}$/.test(text) ? text.slice(1, -1).split(",").filter(Boolean) : void 0;
}
function listOf(nodes = []) {
	return nodes.map(constantOf).filter((each) => typeof each === "string");
}
/** The unqualified name. */
function lastName(names) {
	const last = names?.at(-1);
	return last && "String" in last ? last.String.sval ?? "" : "";
}

// src/postgres/seed/checks/comparison.ts
const anything = { all: [] };
const opposites = {
	"=": "<>",
	"<>": "=",
	"<": ">=",
	">=": "<",
	">": "<=",
	"<=": ">",
	"~": "!~",
	"!~": "~",
	"~*": "!~*",
	"!~*": "~*",
	"~~": "!~~",
	"!~~": "~~",
	"~~*": "!~~*",
	"!~~*": "~~*"
};
const mirrored = {
	"=": "=",
	"<>": "<>",
	"<": ">",
	">": "<",
	"<=": ">=",
	">=": "<="
};
/** `left operator right`, true or false, where one side is about a column and the other is a constant or a column too. */
function compared(left, operator, right, holds) {
	const [a, b] = [subjectOf$1(left), subjectOf$1(right)];
	const x = constantOf(left);
	const y = constantOf(right);
	const effective = holds ? operator : opposites[operator];
	if (typeof x === "string" && typeof y === "string") return constants(x, operator, y, holds);
	if (a && !b) return contained(a, operator, right, holds) ?? (effective ? against(a, effective, y) : anything);
	const turned = mirrored[effective ?? ""];
	if (b && !a) return turned ? against(b, turned, x) : anything;
	return a && b && effective ? columns$1(a, effective, b) : anything;
}
/** `x = ANY (…)`, `x IN (…)`, `x <> ALL (…)`. */
function listed(subject, operator, list, any, holds) {
	if (!subject) return anything;
	const inside = holds === (operator === "=");
	if (operator === "=" || operator === "<>") return inside ? { any: [oneOf$1(subject, list)] } : { all: list.map((each) => against(subject, "<>", each)) };
	const effective = holds ? operator : opposites[operator];
	const parts = effective ? list.map((each) => against(subject, effective, each)) : [];
	return any === holds ? { any: parts } : { all: parts };
}
function oneOf$1(subject, list) {
	if (subject.measure === "value" && subject.key === void 0) return of(subject, { oneOf: list });
	return { any: list.map((each) => against(subject, "=", each)) };
}
function constants(x, operator, y, holds) {
	if (operator !== "=" && operator !== "<>") return anything;
	return x === y === (operator === "=") === holds ? anything : { any: [] };
}
/** `tags <@ ARRAY[…]`, `tags @> ARRAY[…]`, `data ? 'key'`. */
function contained(subject, operator, right, holds) {
	if (!holds || subject.measure !== "value") return void 0;
	const list = constantsOf(right);
	if (list && (operator === "<@" || operator === "@>" || operator === "&&")) return of(subject, {
		elements: list,
		items: {
			min: 1,
			max: 16
		}
	});
	const key = constantOf(right);
	if (operator === "?" && typeof key === "string") return of(subject, { json: {
		kind: "object",
		keys: { [key]: void 0 }
	} });
}
function of(subject, limits) {
	const { column, letters } = subject;
	return {
		column,
		limits: letters ? {
			...limits,
			letters
		} : limits
	};
}
function against(subject, operator, constant) {
	if (constant === present) return of(subject, beside(operator));
	if (typeof constant !== "string") return anything;
	if (subject.measure === "length" || subject.measure === "items") {
		const interval = intervalOf(operator, Number(constant));
		return interval ? of(subject, { [subject.measure]: interval }) : anything;
	}
	if (subject.measure === "json kind") return operator === "=" ? of(subject, { json: { kind: constant } }) : anything;
	if (subject.measure === "position") return found$1(subject, operator);
	if (subject.key !== void 0) return of(subject, { json: {
		kind: "object",
		keys: { [subject.key]: operator === "=" ? constant : void 0 }
	} });
	return of(subject, limitsOf(operator, constant));
}
/** Far from every present. */
function beside(operator) {
	if (operator.startsWith(">")) return { min: {
		value: "2200-01-01",
		open: false
	} };
	return operator.startsWith("<") ? { max: {
		value: "1990-01-01",
		open: false
	} } : {};
}
function found$1(subject, operator) {
	return of(subject, { patterns: [{
		source: (subject.part ?? "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
		insensitive: false,
		matches: operator !== "=" && operator !== "<=" && operator !== "<"
	}] });
}
function limitsOf(operator, value) {
	const bound = (open) => ({
		value,
		open
	});
	switch (operator) {
		case "=": return { oneOf: [value] };
		case "<>": return { noneOf: [value] };
		case ">":
		case ">=": return { min: bound(operator === ">") };
		case "<":
		case "<=": return { max: bound(operator === "<") };
		default: {
			const source = operator.includes("~~") ? fromLike(value) : operator.includes("~") ? fromPosix(value) : void 0;
			if (source === void 0) return {};
			return { patterns: [{
				source,
				insensitive: operator.endsWith("*"),
				matches: !operator.startsWith("!")
			}] };
		}
	}
}
function intervalOf(operator, bound) {
	const most = 1e6;
	if (Number.isNaN(bound)) return void 0;
	switch (operator) {
		case "=": return {
			min: bound,
			max: bound
		};
		case ">": return {
			min: bound + 1,
			max: most
		};
		case ">=": return {
			min: bound,
			max: most
		};
		case "<": return {
			min: 0,
			max: bound - 1
		};
		case "<=": return {
			min: 0,
			max: bound
		};
		case "<>": return bound === 0 ? {
			min: 1,
			max: most
		} : void 0;
		default: return;
	}
}
function columns$1(a, operator, b) {
	if (a.column === b.column) return a.letters || b.letters ? of({
		...a,
		letters: a.letters ?? b.letters
	}, {}) : anything;
	if (a.measure !== "value" || b.measure !== "value" || a.key !== void 0 || b.key !== void 0) return anything;
	if (operator === ">" || operator === ">=") return {
		left: b.column,
		order: operator === ">" ? "<" : "<=",
		right: a.column
	};
	if (operator !== "<" && operator !== "<=" && operator !== "=" && operator !== "<>") return anything;
	return {
		left: a.column,
		order: operator,
		right: b.column
	};
}

// src/postgres/seed/checks/formula.ts
const always = { all: [] };
const never = { any: [] };
/** Reads conditions as PostgreSQL writes them. The parser is only loaded where there is one. */
async function readerOf(expressions) {
	if (!expressions[Symbol.iterator]().next().done) await (0, import_wasm.loadModule)();
	const known = /* @__PURE__ */ new Map();
	return (expression, holds) => {
		const id = `${holds} ${expression}`;
		const formula = known.get(id) ?? parse(expression, holds);
		known.set(id, formula);
		return formula;
	};
}
function parse(expression, holds) {
	const [raw] = statementsOf(`SELECT ${expression}`);
	const [target] = (raw?.stmt && "SelectStmt" in raw.stmt ? raw.stmt.SelectStmt : void 0)?.targetList ?? [];
	return target && "ResTarget" in target ? formulaOf(target.ResTarget.val, holds) : always;
}
function statementsOf(sql) {
	try {
		return (0, import_wasm.parseSync)(sql).stmts ?? [];
	} catch (error) {
		if (!(0, import_wasm.hasSqlDetails)(error)) throw error;
		return [];
	}
}
/** What must hold for the condition to be true, or to be false. */
function formulaOf(wrapped, holds) {
	const node = bare(wrapped);
	if (!node) return always;
	if ("BoolExpr" in node) return junction(node.BoolExpr, holds);
	if ("NullTest" in node) return nullTest(node.NullTest, holds);
	if ("BooleanTest" in node) return booleanTest(node.BooleanTest, holds);
	if ("A_Expr" in node) return expression(node.A_Expr, holds);
	if ("FuncCall" in node) return call(node.FuncCall, holds);
	const constant = constantOf(node);
	if (constant === "true" || constant === "false") return constant === "true" === holds ? always : never;
	const subject = subjectOf$1(node);
	return subject && !subject.key ? valued(subject.column, String(holds)) : always;
}
function junction({ boolop, args = [] }, holds) {
	if (boolop === "NOT_EXPR") return formulaOf(args[0], !holds);
	const parts = args.map((each) => formulaOf(each, holds));
	return boolop === "AND_EXPR" === holds ? { all: parts } : { any: parts };
}
function nullTest({ arg, nulltesttype }, holds) {
	const subject = subjectOf$1(arg);
	if (!subject) return always;
	const isNull = nulltesttype === "IS_NULL" === holds;
	if (subject.key === void 0) return {
		column: subject.column,
		limits: { null: isNull }
	};
	return isNull ? always : {
		column: subject.column,
		limits: { json: {
			kind: "object",
			keys: { [subject.key]: void 0 }
		} }
	};
}
function booleanTest({ arg, booltesttype }, holds) {
	if (booltesttype === "IS_UNKNOWN" || booltesttype === "IS_NOT_UNKNOWN") return always;
	return formulaOf(arg, (booltesttype === "IS_TRUE" || booltesttype === "IS_NOT_FALSE") === holds);
}
function valued(column, value) {
	return {
		column,
		limits: { oneOf: [value] }
	};
}
function expression(expr, holds) {
	const { kind, lexpr, rexpr } = expr;
	const operator = lastName(expr.name);
	const list = constantsOf(rexpr);
	if (list && (kind === "AEXPR_OP_ANY" || kind === "AEXPR_OP_ALL" || kind === "AEXPR_IN")) return listed(subjectOf$1(lexpr), operator, list, kind !== "AEXPR_OP_ALL", holds);
	if (kind === "AEXPR_BETWEEN" || kind === "AEXPR_NOT_BETWEEN") return between(lexpr, rexpr, holds === (kind === "AEXPR_BETWEEN"));
	if (kind === "AEXPR_DISTINCT") return compared(lexpr, "<>", rexpr, holds);
	if (kind === "AEXPR_NOT_DISTINCT") return compared(lexpr, "=", rexpr, holds);
	return kind === "AEXPR_OP" || kind === "AEXPR_LIKE" || kind === "AEXPR_ILIKE" ? counted(expr, holds) ?? equivalent(expr, holds) ?? compared(lexpr, operator, rexpr, holds) : always;
}
function between(value, bounds, holds) {
	const [low, high] = bounds && "List" in bounds ? bounds.List.items ?? [] : [];
	const ends = [compared(value, ">=", low, holds), compared(value, "<=", high, holds)];
	return holds ? { all: ends } : { any: ends };
}
/** `(a IS NULL) = (b IS NULL)` and `<>` of such. */
function equivalent({ name, lexpr, rexpr }, holds) {
	const operator = lastName(name);
	if (!isCondition(lexpr) || !isCondition(rexpr) || !["=", "<>"].includes(operator)) return void 0;
	const same = operator === "=" === holds;
	const pair = (left) => ({ all: [formulaOf(lexpr, left), formulaOf(rexpr, same === left)] });
	return { any: [pair(true), pair(false)] };
}
function isCondition(wrapped) {
	const node = bare(wrapped);
	if (!node) return false;
	if ("A_Expr" in node) return /[<>=~]/.test(lastName(node.A_Expr.name)) && !lastName(node.A_Expr.name).startsWith("-");
	return "NullTest" in node || "BoolExpr" in node || "BooleanTest" in node;
}
/** `num_nonnulls(a, b) = 1`, `num_nulls(…)`, `(a IS NULL)::int + (b IS NULL)::int = 1`, and with other comparisons. */
function counted({ name, lexpr, rexpr }, holds) {
	const [terms, wanted] = [countedTerms(lexpr), constantOf(rexpr)];
	if (!terms || typeof wanted !== "string") return void 0;
	const fitting = (chosen) => accepts(lastName(name), chosen.length, Number(wanted)) === holds;
	return { any: subsetsOf(terms.length).filter(fitting).map((chosen) => ({ all: terms.map((term, index) => formulaOf(term, chosen.includes(index))) })) };
}
/** The conditions whose number is compared. */
function countedTerms(wrapped) {
	const node = bare(wrapped);
	if (!node) return void 0;
	if ("A_Expr" in node && lastName(node.A_Expr.name) === "+") {
		const [left, right] = [countedTerms(node.A_Expr.lexpr), countedTerms(node.A_Expr.rexpr)];
		return left && right && [...left, ...right];
	}
	if ("CaseExpr" in node) return zeroOrOne(node.CaseExpr);
	if (wrapped && "TypeCast" in wrapped && isCondition(node)) return [node];
	if (!("FuncCall" in node)) return void 0;
	const type = {
		num_nonnulls: "IS_NOT_NULL",
		num_nulls: "IS_NULL"
	}[lastName(node.FuncCall.funcname)];
	return type && node.FuncCall.args?.map((arg) => ({ NullTest: {
		arg,
		nulltesttype: type
	} }));
}
/** `CASE WHEN a IS NULL THEN 0 ELSE 1 END`. */
function zeroOrOne({ args = [], defresult }) {
	const [first] = args;
	if (args.length !== 1 || !first || !("CaseWhen" in first) || !first.CaseWhen.expr) return void 0;
	const [then, otherwise] = [constantOf(first.CaseWhen.result), constantOf(defresult)];
	if (then === "1" && otherwise === "0") return [first.CaseWhen.expr];
	if (then !== "0" || otherwise !== "1") return void 0;
	return [{ BoolExpr: {
		boolop: "NOT_EXPR",
		args: [first.CaseWhen.expr]
	} }];
}
/** All sets of indexes below `size`, as far as there are not too many. */
function subsetsOf(size) {
	if (size > 8) return [[], ...Array.from({ length: size }, (_, index) => [index])];
	return Array.from({ length: 2 ** size }, (_, bits) => Array.from({ length: size }, (_, index) => index).filter((index) => bits & 1 << index));
}
function accepts(operator, count, wanted) {
	switch (operator) {
		case "=": return count === wanted;
		case "<>": return count !== wanted;
		case "<": return count < wanted;
		case "<=": return count <= wanted;
		case ">": return count > wanted;
		case ">=": return count >= wanted;
		default: return;
	}
}
/** Functions that are conditions. */
function call({ funcname, args = [] }, holds) {
	const [subject, start] = [subjectOf$1(args[0]), constantOf(args[1])];
	if (lastName(funcname) !== "starts_with" || !subject || typeof start !== "string") return always;
	const source = `^${start.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`;
	return {
		column: subject.column,
		limits: { patterns: [{
			source,
			insensitive: false,
			matches: holds
		}] }
	};
}

// src/postgres/seed/checks/limits.ts
/** Both at once; undefined where that is impossible. */
function combine(a, b) {
	if (a.null !== void 0 && b.null !== void 0 && a.null !== b.null) return void 0;
	const shared = Object.keys(b).filter((key) => key in a);
	const both = {
		...a,
		...b,
		...Object.fromEntries(shared.map((key) => [key, merged(key, a, b)]))
	};
	if (isEmpty(both)) return void 0;
	const oneOf = both.oneOf?.filter((each) => fits(each, both));
	if (oneOf?.length === 0) return void 0;
	return oneOf ? {
		...both,
		oneOf
	} : both;
}
/** What both say of one thing. */
function merged(key, a, b) {
	switch (key) {
		case "null":
		case "letters": return a[key];
		case "oneOf":
		case "elements": return a[key]?.filter((each) => b[key]?.includes(each));
		case "noneOf": return [...a.noneOf ?? [], ...b.noneOf ?? []];
		case "patterns": return [...a.patterns ?? [], ...b.patterns ?? []];
		case "min": return tighter(a.min, b.min, 1);
		case "max": return tighter(a.max, b.max, -1);
		case "length":
		case "items": return intersect(a[key], b[key]);
		case "json": return {
			...a.json,
			...b.json,
			keys: {
				...a.json?.keys,
				...b.json?.keys
			}
		};
	}
}
/** Whether a text meets bounds, exclusions and patterns. */
function fits(value, { noneOf, min, max, patterns }) {
	if (noneOf?.includes(value)) return false;
	if (min && !beyond(value, min, 1)) return false;
	if (max && !beyond(value, max, -1)) return false;
	return (patterns ?? []).every((each) => expressionOf(each)?.test(value) !== !each.matches);
}
const expressions = /* @__PURE__ */ new Map();
/** The pattern for JavaScript; undefined where only PostgreSQL reads it. */
function expressionOf({ source, insensitive }) {
	const key = `${insensitive ? "i" : ""}/${source}`;
	if (!expressions.has(key)) try {
		expressions.set(key, new RegExp(source, insensitive ? "is" : "s"));
	} catch {
		expressions.set(key, void 0);
	}
	return expressions.get(key);
}
/** Order of two values: as numbers where both are, else as texts, which is right for dates. */
function compare$1(a, b) {
	const [x, y] = [Number(a), Number(b)];
	if (a.trim() !== "" && b.trim() !== "" && !Number.isNaN(x) && !Number.isNaN(y)) return Math.sign(x - y);
	return a < b ? -1 : Number(a > b);
}
function beyond(value, bound, direction) {
	const order = compare$1(value, bound.value) * direction;
	return bound.open ? order > 0 : order >= 0;
}
function tighter(a, b, direction) {
	if (!a || !b) return a ?? b;
	const order = compare$1(a.value, b.value) * direction;
	if (order === 0) return a.open ? a : b;
	return order > 0 ? a : b;
}
function intersect(a, b) {
	return a && b ? {
		min: Math.max(a.min, b.min),
		max: Math.min(a.max, b.max)
	} : a ?? b;
}
function isEmpty({ min, max, length, items, elements }) {
	if ([length, items].some((each) => each && each.min > each.max)) return true;
	if (elements?.length === 0 || !min || !max) return elements?.length === 0;
	const order = compare$1(min.value, max.value);
	return order > 0 || order === 0 && (min.open || max.open);
}

// src/postgres/seed/checks/solve.ts
/** Steps after which the search ends: conditions that people write need a few dozen. */
const patience$2 = 2e3;
/**
* The ways to meet all conditions at once, depth first: alternatives that contradict what is already chosen are left
* out. Alternatives with fewer NULLs come first.
*/
function* solutions(formulas) {
	yield* search(formulas, {
		limits: /* @__PURE__ */ new Map(),
		relations: []
	}, { steps: patience$2 });
}
function* search(goals, at, budget) {
	budget.steps -= 1;
	if (budget.steps < 0) return;
	const goal = goals.find((each) => !("any" in each)) ?? goals[0];
	if (!goal) return yield at;
	const rest = goals.filter((each) => each !== goal);
	if ("all" in goal) yield* search([...goal.all, ...rest], at, budget);
	else if ("any" in goal) for (const each of byNulls(goal.any)) yield* search([each, ...rest], at, budget);
	else {
		const next = "left" in goal ? {
			...at,
			relations: [...at.relations, goal]
		} : narrowed(at, goal.column, goal.limits);
		if (next) yield* search(rest, next, budget);
	}
}
function narrowed(at, column, limits) {
	const present = at.limits.get(column);
	const combined = present ? combine(present, limits) : limits;
	return combined && {
		...at,
		limits: new Map(at.limits).set(column, combined)
	};
}
function byNulls(alternatives) {
	return alternatives.toSorted((a, b) => nullsOf(a) - nullsOf(b));
}
/** The first ways, without those that need more NULLs than another: `x IS NULL OR x > 0` is met by a value. */
function fullest(formulas, count) {
	const found = solutions(formulas).take(4 * count).map((solution) => ({
		solution,
		nulls: nullsIn(solution)
	})).toArray();
	return found.filter(({ nulls }) => !found.some((other) => other.nulls.size < nulls.size && other.nulls.isSubsetOf(nulls))).slice(0, count).map(({ solution }) => solution);
}
function nullsIn({ limits }) {
	return new Set([...limits].filter(([, each]) => each.null).map(([column]) => column));
}
/** How many columns a condition wants to be NULL, on its cheapest way. */
function nullsOf(formula) {
	if ("all" in formula) return formula.all.reduce((sum, each) => sum + nullsOf(each), 0);
	if ("any" in formula) return Math.min(...formula.any.map(nullsOf));
	return "limits" in formula && formula.limits.null ? 1 : 0;
}

// src/postgres/seed/conditions.ts
async function conditionsOf(catalog, targets) {
	const domains = [...catalog.types.values()].flatMap(({ checks }) => checks);
	const expressions = targets.flatMap(({ checks, predicates }) => [...checks, ...predicates]);
	const read = await readerOf([...domains, ...expressions]);
	const types = typesOf(catalog, read);
	return {
		types,
		read,
		of: (target) => [...target.checks.map((each) => read(each, true)), ...target.columns.flatMap((each) => ofColumn(each, types, read))],
		known: (target, column) => knownOf(target, column, read)
	};
}
function typesOf(catalog, read) {
	const limits = /* @__PURE__ */ new Map();
	const first = (type) => {
		const formulas = domainChecks(type, (oid) => catalog.types.get(oid)).map((each) => read(each, true));
		const [solution] = solutions(formulas);
		return solution?.limits.get("value") ?? {};
	};
	return {
		get: (oid) => catalog.types.get(oid),
		limitsOf(type) {
			const found = limits.get(type) ?? first(type);
			limits.set(type, found);
			return found;
		}
	};
}
/** NOT NULL, and the checks of a column's domain with the column's name for VALUE. */
function ofColumn(column, types, read) {
	const type = types.get(column.type);
	const checks = type?.kind === "d" ? domainChecks(type, types.get) : [];
	return [...column.required ? [{
		column: column.name,
		limits: { null: false }
	}] : [], ...checks.map((each) => renamed(read(each, true), column.name))];
}
/** Its own checks and those of the domains below it. */
function domainChecks(type, get) {
	const base = get(type.base);
	return [...type.checks, ...base?.kind === "d" ? domainChecks(base, get) : []];
}
function renamed(formula, name) {
	if ("all" in formula) return { all: formula.all.map((each) => renamed(each, name)) };
	if ("any" in formula) return { any: formula.any.map((each) => renamed(each, name)) };
	return "limits" in formula && formula.column === "value" ? {
		...formula,
		column: name
	} : formula;
}
function knownOf(target, { name, default: standard }, read) {
	const [, text, word] = /^(?:'((?:[^']|'')+)'::.*|(true|false))$/s.exec(standard ?? "") ?? [];
	const usual = text?.replaceAll("''", "'") ?? word;
	const compared = target.predicates.flatMap((each) => valuesIn(read(each, true), name));
	return [.../* @__PURE__ */ new Set([...usual === void 0 ? [] : [usual], ...compared])];
}
/** The values that a condition allows a column. */
function valuesIn(formula, column) {
	if ("all" in formula) return formula.all.flatMap((each) => valuesIn(each, column));
	if ("any" in formula) return formula.any.flatMap((each) => valuesIn(each, column));
	return "limits" in formula && formula.column === column ? formula.limits.oneOf ?? [] : [];
}

// src/postgres/seed/closing.ts
/**
* Foreign keys that stayed NULL while what they refer to was not there yet: one UPDATE for each row. In a reference of
* a table to itself the first row stays a root, and the others are below it.
*/
function closingsOf({ target, later }, keys, count) {
	return later.filter(({ optional }) => optional.length > 0).flatMap((reference) => {
		const itself = target.lineage.includes(reference.to.oid);
		const choices = keys.of(reference);
		return Array.from({ length: itself ? count - 1 : count }, (_, index) => choices[itself ? 0 : index % choices.length]).filter((key) => key !== void 0).map((key) => closing(target, reference, key, itself));
	});
}
function closing({ only }, { columns, keys, optional }, key, itself) {
	const pairs = columns.map((column, at) => ({
		column,
		text: `${quote(column)} = ${literal(key[at] ?? "")}`
	}));
	const set = pairs.filter(({ column }) => optional.includes(column)).map(({ text }) => text);
	const fixed = pairs.filter(({ column }) => !optional.includes(column)).map(({ text }) => text);
	const open = optional.map((each) => `${quote(each)} IS NULL`);
	const other = itself ? [`(${keys.map(quote).join(", ")}) <> (${key.map(literal).join(", ")})`] : [];
	const row = `SELECT ctid FROM ${only} WHERE ${[
		...open,
		...fixed,
		...other
	].join(" AND ")} LIMIT 1`;
	return `UPDATE ${only} SET ${set.join(", ")} WHERE ctid = (${row})`;
}

// src/postgres/seed/insertion.ts
/** One INSERT of all rows. Values are untyped literals, to which PostgreSQL gives their columns' types. */
function insertionOf({ into, columns }, rows, overriding = false) {
	const named = columns.filter(({ name }) => rows.some((row) => row.has(name)));
	const listed = named.length > 0 ? named : columns.slice(0, 1);
	if (listed.length === 0) return `INSERT INTO ${into} DEFAULT VALUES`;
	const tuples = rows.map((row) => `(${listed.map(({ name }) => written$1(row.get(name))).join(", ")})`);
	return `INSERT INTO ${into} (${listed.map(({ name }) => quote(name)).join(", ")})${overriding ? " OVERRIDING SYSTEM VALUE" : ""} VALUES ${tuples.join(", ")}`;
}
function written$1(value) {
	if (value === void 0) return "DEFAULT";
	return value === null ? "NULL" : literal(value);
}

// src/postgres/seed/words.ts
/** The words of a name in snake or camel case, in lower case. */
function wordsOf(name) {
	return name.split(/[^\p{L}\p{N}]+|(?<=[\p{Ll}\p{N}])(?=\p{Lu})/u).filter(Boolean).map((each) => each.toLowerCase());
}
/** Whether a column seems to tell rows apart, its own or another table's: `id`, `ownerId`, `created_by`. */
function isKeyLike(name) {
	return [
		"id",
		"uid",
		"uuid",
		"guid",
		"by"
	].includes(wordsOf(name).at(-1) ?? "");
}
/** A table's name as columns elsewhere say it: `order item` for `order_items`. */
function singular(words) {
	return words.join(" ").replace(/ies$/, "y").replace(/(?<=(?<![ao])us|ss|x|ch|sh)es$/, "").replace(/(?<!s|u|i)s$/, "");
}

// src/postgres/seed/ranks.ts
/** Orders columns by what conditions say of them, and else by what their names and places suggest. */
function ranksOf({ columns, references }, relations) {
	const numbers = columns.map(({ name }) => [name, isUpper(name) ? 1 : 0]);
	const steps = new Map([...numbers, ...turnsOf(references)]);
	const chronological = columns.toSorted((a, b) => stageOf(a.name) - stageOf(b.name));
	const moments = new Map(chronological.map(({ name }, index) => [name, index]));
	return {
		steps: settled$1(steps, relations),
		moments: settled$1(moments, relations)
	};
}
/**
* Where all references lead to one table they take turns, so that nobody follows himself. Elsewhere they keep step:
* the user and the author of one tenant's row belong to that tenant.
*/
function turnsOf(references) {
	if (new Set(references.map(({ to }) => to)).size > 1) return [];
	return references.flatMap(({ columns }, turn) => columns.map((each) => [each, turn]));
}
function settled$1(ranks, relations) {
	for (const _ of relations) for (const { left, order, right } of relations) {
		const [low, high] = [ranks.get(left) ?? 0, ranks.get(right) ?? 0];
		const least = order === "<" || order === "<>" ? low + 1 : low;
		if (order === "<>" ? low === high : high < least) ranks.set(right, least);
		if (order === "=") ranks.set(left, ranks.get(right) ?? 0);
	}
	return ranks;
}
/** The greater of two numbers, by its name: `max_size`, `range_end`. */
function isUpper(name) {
	const words = wordsOf(name);
	return !isKeyLike(name) && [words[0], words.at(-1)].some((each) => /^(max|maximum|upper|high|end)$/.test(each ?? ""));
}
function stageOf(name) {
	const words = wordsOf(name);
	if (words.some((each) => late.test(each))) return 2;
	return words.some((each) => early.test(each)) ? 0 : 1;
}
const early = /^(created|starts?|started|begins?|began|from|since|opens?|opened|issued|min|low|lower|first|birth|born)$/;
const late = /^(ends?|ended|until|till|expires?|expired|expiry|expiration|finish|finished|completed|closes?|closed|updated|modified|deleted|removed|last|max|high|upper|due)$/;

// src/postgres/seed/recipe.ts
/** The usual way to make rows for a table: everything filled, conditions met as far as they are understood. */
function recipeOf({ target, later }, conditions, keys, options) {
	const absent = target.references.filter((each) => each.optional.length > 0 && (later.includes(each) || keys.of(each).length === 0));
	const nulls = absent.flatMap(({ optional }) => optional.map((column) => ({
		column,
		limits: { null: true }
	})));
	const own = conditions.of(target);
	const more = options.more ?? [];
	return {
		target,
		conditions,
		keys,
		later: absent,
		ways: ([
			[
				...own,
				...more,
				...nulls
			],
			[...own, ...nulls],
			own
		].map((each) => fullest(each, options.ways)).find((each) => each.length > 0) ?? [nothing$1]).map(({ limits, relations }) => ({
			limits,
			ranks: ranksOf(target, relations)
		})),
		first: 1,
		style: "filled"
	};
}
const nothing$1 = {
	limits: /* @__PURE__ */ new Map(),
	relations: []
};

// src/postgres/seed/samples/bits.ts
/** Bit strings and byte strings, whose length is limited. Undefined for other types. */
function bitsOf(type, modifier, { n, limits: { length } }) {
	switch (type) {
		case "bit": return n.toString(2).padStart(modifier, "0").slice(-modifier);
		case "varbit": return n.toString(2).slice(modifier > 0 ? -modifier : 0);
		case "bytea": {
			const size = Math.min(Math.max(length?.min ?? 1, 1), length?.max ?? 1e6);
			return `\\x${n.toString(16).padStart(2 * size, "0").slice(-2 * size)}`;
		}
		default: return;
	}
}

// src/postgres/seed/samples/documents.ts
/** A JSON document of the kind that checks ask for; else the column's default, or an object. */
function documentOf({ n, limits, known = [] }) {
	const { json, items } = limits;
	const [usual] = known;
	if (usual !== void 0 && !json && !items) return usual;
	switch (json?.kind ?? (items ? "array" : "object")) {
		case "array": return JSON.stringify(Array.from({ length: Math.min(Math.max(items?.min ?? 1, 1), items?.max ?? 1) }, () => ({ n })));
		case "string": return JSON.stringify(String(n));
		case "number": return String(n);
		case "boolean": return n % 2 === 1 ? "true" : "false";
		case "null": return "null";
		default: return JSON.stringify({
			n,
			...valuesOf(json?.keys ?? {}, n)
		});
	}
}
function valuesOf(keys, n) {
	return Object.fromEntries(Object.entries(keys).map(([key, text]) => [key, text === void 0 ? String(n) : parsed$1(text)]));
}
/** A text that may itself be JSON: `->> 'x' = '1'` is met by the number too, `-> 'x' = '"a"'` only by the text a. */
function parsed$1(text) {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

// src/postgres/seed/samples/forms.ts
const hex = (n) => (n % 256).toString(16).padStart(2, "0");
const vector = (n, size) => `[${Array.from({ length: size > 0 ? size : 3 }, (_, at) => at % 7 + n).join(",")}]`;
/** Base types whose text form is told by a pattern alone, those of extensions included (by name, as they live in any schema). */
const forms = {
	uuid: (n) => `00000000-0000-0000-0000-${String(n).padStart(12, "0")}`,
	xml: (n) => `<n>${n}</n>`,
	jsonpath: (n) => `$."n${n}"`,
	inet: (n) => `192.0.${Math.floor(n / 250) % 250}.${n % 250 + 1}`,
	cidr: (n) => `10.${Math.floor(n / 250) % 250}.${n % 250}.0/24`,
	macaddr: (n) => `08:00:2b:01:${hex(n >> 8)}:${hex(n)}`,
	macaddr8: (n) => `08:00:2b:01:02:03:${hex(n >> 8)}:${hex(n)}`,
	tsvector: (n) => `'n${n}'`,
	tsquery: (n) => `'n${n}'`,
	point: (n) => `(${n * 10},${n})`,
	line: (n) => `{1,-1,${n}}`,
	lseg: (n) => `[(${n * 10},0),(${n * 10 + 1},1)]`,
	box: (n) => `(${n * 10 + 1},1),(${n * 10},0)`,
	path: (n) => `((${n * 10},0),(${n * 10 + 1},1),(${n * 10},1))`,
	polygon: (n) => `((${n * 10},0),(${n * 10 + 1},1),(${n * 10},1))`,
	circle: (n) => `<(${n * 10},0),1>`,
	pg_lsn: (n) => `0/${n.toString(16).toUpperCase()}`,
	txid_snapshot: (n) => `${n}:${n}:`,
	pg_snapshot: (n) => `${n}:${n}:`,
	xid: String,
	xid8: String,
	cid: String,
	tid: (n) => `(0,${n})`,
	char: (n) => "abcdefghijklmnopqrstuvwxyz"[(n - 1) % 26],
	refcursor: (n) => `cursor${n}`,
	int2vector: (n) => `${n} ${n + 1}`,
	oidvector: (n) => `${n} ${n + 1}`,
	aclitem: () => "=r/pg_monitor",
	regclass: (n) => [
		"pg_catalog.pg_class",
		"pg_catalog.pg_type",
		"pg_catalog.pg_proc"
	][n % 3],
	regtype: (n) => [
		"integer",
		"text",
		"boolean"
	][n % 3],
	regproc: () => "pg_catalog.pg_backend_pid",
	regprocedure: () => "pg_catalog.pg_backend_pid()",
	regoper: () => "pg_catalog.||/",
	regoperator: () => "pg_catalog.+(integer,integer)",
	regrole: () => "pg_monitor",
	regnamespace: () => "pg_catalog",
	regconfig: () => "pg_catalog.simple",
	regdictionary: () => "pg_catalog.simple",
	regcollation: () => "pg_catalog.\"C\"",
	hstore: (n) => `"n"=>"${n}"`,
	ltree: (n) => `top.n${n}`,
	lquery: (n) => `top.n${n}`,
	ltxtquery: (n) => `n${n}`,
	cube: (n) => `(${n * 10}, 1)`,
	seg: String,
	earth: (n) => `(${n}, 1, 1)`,
	semver: (n) => `1.${n}.0`,
	vector,
	halfvec: vector,
	sparsevec: (n, size) => `{1:${n}}/${size > 0 ? size : 3}`,
	geometry: (n, modifier) => geometry(n, modifier, 0),
	geography: (n, modifier) => geometry(n, modifier, 4326)
};
/** PostGIS packs reference system, kind and dimensions into the type's modifier (liblwgeom.h, `TYPMOD_GET_*`). */
function geometry(n, modifier, otherwise) {
	const bits = Math.max(modifier, 0);
	const srid = (bits & 268435200) >> 8 || otherwise;
	const extra = " 0".repeat((bits >> 1 & 1) + (bits & 1));
	const at = (x, y) => `${n + x} ${n + y}${extra}`;
	const ring = `((${[
		at(0, 0),
		at(1, 0),
		at(1, 1),
		at(0, 0)
	].join(",")}))`;
	const shapes = {
		2: `LINESTRING(${at(0, 0)},${at(1, 1)})`,
		3: `POLYGON${ring}`,
		4: `MULTIPOINT(${at(0, 0)})`,
		5: `MULTILINESTRING((${at(0, 0)},${at(1, 1)}))`,
		6: `MULTIPOLYGON(${ring})`,
		7: `GEOMETRYCOLLECTION(POINT(${at(0, 0)}))`
	};
	return `${srid ? `SRID=${srid};` : ""}${shapes[(bits & 252) >> 2] ?? `POINT(${at(0, 0)})`}`;
}

// src/postgres/seed/samples/numbers.ts
/** The greatest number of each type, as far as JavaScript counts. */
const greatest = {
	int2: 32767,
	int4: 2147483647,
	int8: Number.MAX_SAFE_INTEGER,
	oid: 4294967295,
	float4: 1e6,
	float8: 0x38d7ea4c68000,
	money: 0xe8d4a51000,
	numeric: 0x38d7ea4c68000
};
/** A number: small, positive and whole where nothing else is asked for. Undefined for types that are no numbers. */
function numberOf$1(type, modifier, { n, limits: { min, max } }) {
	const most = type === "numeric" && modifier >= 0 ? greatestDecimal(modifier) : greatest[type];
	if (most === void 0) return void 0;
	const low = numeric(min, most < 1 ? 0 : -most);
	const high = Math.min(numeric(max, most), most);
	const whole = within(n, step$1(min, low, 1), step$1(max, high, -1));
	if (Number.isInteger(whole) && whole <= high && whole >= low) return String(whole);
	return (low + (high - low) * n / (n + 2)).toFixed(6).replace(/\.?0+$/, "");
}
/** A constant as a number; what is none (a text, `Infinity`) does not bound. */
function numeric(bound, otherwise) {
	const value = Number(bound?.value ?? NaN);
	return Number.isFinite(value) ? value : otherwise;
}
/** The nearest whole number inside a bound. */
function step$1(bound, value, direction) {
	const nearest = direction === 1 ? Math.ceil(value) : Math.floor(value);
	return bound?.open && nearest === value ? nearest + direction : nearest;
}
function within(wanted, low, high) {
	if (wanted >= low && wanted <= high) return wanted;
	if (wanted < low) return low + wanted <= high ? low + wanted : low + wanted % (high - low + 1 || 1);
	const floor = low > 0 || high < 1 ? Math.max(low, high - 1e3) : 1;
	return floor + (wanted - 1) % (high - floor + 1);
}
/** `numeric(precision, scale)`; from PostgreSQL 15 on the scale may be negative (catalog: `atttypmod`). */
function greatestDecimal(modifier) {
	const precision = modifier - 4 >> 16 & 65535;
	const scale = (modifier - 4 & 2047 ^ 1024) - 1024;
	return 10 ** Math.min(precision - scale, 15) - 10 ** -Math.min(scale, precision);
}

// src/postgres/seed/samples/matching.ts
/** Characters that stand for `.` and for "any but these", the plainest first. */
const plain$1 = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_. /:@#+,;!$%&*()=?";
/**
* Texts that match a regular expression, shorter ones first; another `seed` gives others. None for what is too hard to
* read: look-around, back references.
*/
function* matching(pattern, seed) {
	const expression = expressionOf(pattern);
	if (!expression) return;
	const seen = /* @__PURE__ */ new Set();
	for (const stretch of [
		0,
		1,
		2,
		3,
		5,
		8,
		12,
		16,
		24,
		32,
		40,
		64
	]) {
		const text = new Reader(pattern.source, seed, stretch).read();
		if (text === void 0 || seen.has(text) || !expression.test(text)) continue;
		seen.add(text);
		yield text;
	}
}
/** Walks along a pattern and writes down one text that it describes. */
var Reader = class {
	#source;
	#seed;
	#stretch;
	#at = 0;
	constructor(source, seed, stretch) {
		this.#source = source;
		this.#seed = seed;
		this.#stretch = stretch;
	}
	read() {
		try {
			const text = this.#alternatives();
			return this.#at === this.#source.length ? text : void 0;
		} catch (error) {
			if (error instanceof TooHard) return void 0;
			throw error;
		}
	}
	#alternatives() {
		const options = [this.#sequence()];
		while (this.#take("|")) options.push(this.#sequence());
		return options[(this.#seed - 1) % options.length];
	}
	#sequence() {
		let text = "";
		while (this.#at < this.#source.length && this.#peek() !== "|" && this.#peek() !== ")") text += this.#repeated();
		return text;
	}
	#repeated() {
		const piece = this.#atom();
		const [least, most] = this.#quantifier();
		return piece.repeat(Math.min(most, Math.max(least, this.#stretch), least + this.#stretch));
	}
	#quantifier() {
		const [found, symbol, least, comma, most] = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.#source.slice(this.#at)) ?? [];
		if (found === void 0) return [1, 1];
		this.#at += found.length;
		if (symbol) return [symbol === "+" ? 1 : 0, symbol === "?" ? 1 : 1e3];
		const low = Number(least);
		return [low, comma ? Number(most || 1e3) : low];
	}
	#atom() {
		const token = this.#next();
		if (token === "^" || token === "$") return "";
		if (token === ".") return this.#choose(plain$1);
		if (token === "[") return this.#choose(this.#bracket());
		if (token === "\\") return this.#escape();
		return token === "(" ? this.#group() : token;
	}
	#group() {
		if (this.#take("?") && !this.#take(":")) throw new TooHard();
		const text = this.#alternatives();
		if (!this.#take(")")) throw new TooHard();
		return text;
	}
	#escape() {
		const letter = this.#next();
		if (letter === "b") return "";
		const set = sets[letter];
		if (set) return this.#choose(set);
		if (/[0-9a-zA-Z]/.test(letter)) return this.#control(letter);
		return letter;
	}
	#control(letter) {
		const control = {
			n: "\n",
			t: "	",
			r: "\r"
		}[letter];
		if (control === void 0) throw new TooHard();
		return control;
	}
	/** The characters that a bracket expression allows. */
	#bracket() {
		const negated = this.#take("^");
		let members = "";
		for (let first = true; first || this.#peek() !== "]"; first = false) members += this.#members();
		this.#next();
		return negated ? [...plain$1].filter((each) => !members.includes(each)).join("") : members;
	}
	#members() {
		const low = this.#member();
		if (low.length > 1 || this.#peek() !== "-" || this.#source[this.#at + 1] === "]") return low;
		this.#next();
		const [from, to] = [low.codePointAt(0) ?? 0, this.#member().codePointAt(0) ?? 0];
		return Array.from({ length: Math.min(Math.max(to - from + 1, 0), 200) }, (_, index) => String.fromCodePoint(from + index)).join("");
	}
	#member() {
		const letter = this.#next();
		if (letter !== "\\") return letter;
		const escaped = this.#next();
		return sets[escaped] ?? {
			n: "\n",
			t: "	",
			r: "\r"
		}[escaped] ?? escaped;
	}
	#choose(characters) {
		if (characters === "") throw new TooHard();
		return characters[(this.#seed - 1) % characters.length];
	}
	#peek() {
		return this.#source[this.#at] ?? "";
	}
	#next() {
		const letter = this.#peek();
		if (letter === "") throw new TooHard();
		this.#at += 1;
		return letter;
	}
	#take(letter) {
		if (this.#peek() !== letter) return false;
		this.#at += 1;
		return true;
	}
};
var TooHard = class extends Error {};
const sets = {
	d: "123456789",
	w: "abcdefghijklmnopqrstuvwxyz0123456789_",
	s: " ",
	D: plain$1.replace(/\d/g, ""),
	W: plain$1.replace(/\w/g, ""),
	S: plain$1.replace(/\s/g, "")
};

// src/postgres/seed/samples/texts.ts
/** Longest text that is made where a check asks for a long one. */
const longest = 1e4;
/** A text of at most `room` characters; undefined where no text is found that the limits allow. */
function textOf$1(room, wish) {
	const length = {
		min: wish.limits.length?.min ?? 0,
		max: Math.min(wish.limits.length?.max ?? room, room)
	};
	for (const candidate of candidates(wish, length, room)) {
		const value = cased(candidate, wish.limits);
		const { length: size } = [...value];
		if (size >= length.min && size <= length.max && fits(value, wish.limits)) return value;
	}
}
/**
* What a text may be, the best first: what its pattern says, what the schema names for this column, what its name
* tells, and else digits, which outlive most casts that a pending migration may try.
*/
function* candidates({ n, limits, of, known = [] }, length, room) {
	const pattern = limits.patterns?.find((each) => each.matches);
	if (pattern) for (const seed of [n, n + 1]) yield* matching(pattern, seed);
	for (const index of known.keys()) yield known[(n - 1 + index) % known.length];
	for (const [words, make] of meanings) if (words.test(of?.column ?? "")) yield make(n);
	if (isIdentifier(of, room)) yield String(n).padStart(32, "0");
	for (let number = n; number < n + 4; number += 1) {
		yield `${of ? prefixOf(of) : ""}${number}`.padStart(Math.min(length.min, longest), "0");
		yield number.toString(36).padStart(Math.max(1, length.min), "0").slice(-Math.max(1, length.max));
	}
	const { min, max } = limits;
	if (min) yield min.open || n > 1 ? `${min.value}${n}` : min.value;
	if (max && max.value > " ") yield String.fromCodePoint(Math.max(33, (max.value.codePointAt(0) ?? 34) - 1)) + String(n);
}
/** Texts that hold a key are the same in all tables; 32 digits can be read as a UUID and as a number. */
function isIdentifier(of, room) {
	return of !== void 0 && (isKeyLike(of.column) || room === 36 || /uuid/i.test(of.default ?? ""));
}
/** Three digits that other columns hardly share: a pending migration may gather several of them under one unique index. */
function prefixOf({ table, column }) {
	return 100 + [...`${table}.${column}`].reduce((hash, each) => (hash * 31 + (each.codePointAt(0) ?? 0)) % 900, 0);
}
function cased(text, { letters, patterns }) {
	if (letters === void 0 || patterns) return text;
	return letters === "lower" ? text.toLowerCase() : text.toUpperCase();
}
/** Texts in the forms that conditions commonly want, for columns about which nothing else is known. */
function commonTexts(n) {
	const words = [
		"a",
		"abc",
		"Abc",
		"ABC",
		"AB",
		"en-US",
		"abc-def",
		"abc_def",
		"a/b",
		"/a",
		"a.b",
		"example.com"
	];
	const forms = [
		`v1.${n}.0`,
		`2024-01-0${n % 9 + 1}`,
		"12:00",
		"{}",
		"[]",
		`{"n": ${n}}`,
		"#aabbcc",
		"+15551234567",
		`00000000-0000-4000-8000-00000000000${n % 10}`
	];
	return [
		...meanings.map(([, make]) => make(n)),
		...forms,
		...words,
		"f".repeat(32),
		"f".repeat(40),
		"f".repeat(64)
	];
}
const meanings = [
	[/e?mail(_?addr(ess)?)?$/i, (n) => `user${n}@example.com`],
	[/(^|_)(ur[il]|link|website|href)$|Ur[il]$/, (n) => `https://example.com/${n}`],
	[/(phone|mobile|fax)(_?(number|no))?$/i, (n) => `+1555000${n}`],
	[/(^|_)(json|jsonb|payload|metadata)$/i, (n) => `{"n": ${n}}`],
	[/(_at|_on|_date|_time|timestamp)$|^date$|[a-z]At$/, (n) => `2024-01-${String(n % 28 + 1).padStart(2, "0")} 12:00:00`],
	[/(^|_)(ip|ip_?addr(ess)?)$/i, (n) => `192.0.2.${n % 250}`],
	[/(^|_)(version|semver)$/i, (n) => `1.${n}.0`],
	[/(^|_)(time_?zone|tz)$|[a-z]TimeZone$/, () => "UTC"],
	[/^(is|has)_/, (n) => n % 2 === 1 ? "true" : "false"]
];

// src/postgres/seed/samples/times.ts
const day = 864e5;
const start = Date.UTC(2024, 0, 1);
/** A date, time of day or moment; the same every day this runs. Undefined for other types. */
function timeOf(type, wish) {
	switch (type) {
		case "date": return momentOf(wish, day).slice(0, 10);
		case "timestamp": return momentOf(wish, 6e4).replace("T", " ").slice(0, 19);
		case "timestamptz": return `${momentOf(wish, 6e4).replace("T", " ").slice(0, 19)}+00`;
		case "time": return clock(wish);
		case "timetz": return `${clock(wish)}+00`;
		case "interval": return interval(wish);
		default: return;
	}
}
/** An ISO time. Rows lie weeks apart, columns of a row one `unit`: so ranges that begin and end in one row do not overlap. */
function momentOf({ row, moment, limits: { min, max } }, unit) {
	const [low, high] = [parsed(min), parsed(max)];
	let at = start + (row - 1) * 40 * day + moment * unit;
	if (low !== void 0 && at < low) at = Math.ceil(low / day) * day + (row - 1) * 40 * day + (moment + (min?.open ? 1 : 0)) * unit;
	if (high !== void 0 && at >= high) at = squeezed(row + moment, low, high, unit);
	return new Date(at).toISOString();
}
/** Near the lower bound, else as near below the upper one as rows and columns allow. */
function squeezed(wanted, low, high, unit) {
	if (low === void 0) return high - 400 * day + wanted * unit;
	const room = Math.max(1, Math.floor((high - low) / unit) - 1);
	return low + (1 + (wanted - 1) % room) * unit >= high ? low : low + (1 + (wanted - 1) % room) * unit;
}
/** A bound of PostgreSQL's ISO form as milliseconds. Infinity and years before Christ do not bound. */
function parsed(bound) {
	const [, date, time = "00:00:00", zone = "+00"] = /^(\d{4,}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)\d*)?([+-]\d\d(?::?\d\d)?)?$/.exec(bound?.value ?? "") ?? [];
	const offset = zone.length === 3 ? `${zone}:00` : zone;
	const at = date ? Date.parse(`${date}T${time}${offset}`) : NaN;
	return Number.isNaN(at) ? void 0 : at;
}
function clock({ row, moment }) {
	return `${two(8 + row % 12)}:${two(moment % 60)}:00`;
}
function interval({ n, limits: { min } }) {
	return min && /^\d+ (year|mon)/.test(min.value) ? `${Number.parseInt(min.value, 10) + n} years` : `${n} days`;
}
function two(number) {
	return String(number).padStart(2, "0");
}

// src/postgres/seed/samples/wish.ts
/** A wish for a part of a value. */
function partOf({ n, row, moment }, limits = {}) {
	return {
		n,
		row,
		moment,
		limits
	};
}

// src/postgres/seed/samples/sample.ts
/** A value of a type, as the wish has it. */
function sample$1(oid, modifier, wish, types) {
	const { limits, n } = wish;
	if (limits.null) return null;
	const type = types.get(oid);
	if (!type) return void 0;
	if (limits.oneOf) return oneOf(limits.oneOf, wish);
	for (let next = n; next < n + 8; next += 1) {
		const value = made$1(type, modifier, {
			...wish,
			n: next
		}, types);
		if (value === void 0 || value === null || !limits.noneOf?.includes(value)) return value;
	}
}
function made$1(type, modifier, wish, types) {
	switch (type.kind) {
		case "d": return sample$1(type.base, type.modifier, domainWish(type, wish, types), types);
		case "e": return oneOf(type.labels.filter((each) => !wish.limits.noneOf?.includes(each)), wish);
		case "c": return rowOf$1(type, wish, types);
		case "r": return rangeOf(type, wish, types);
		case "m": {
			const range = sample$1(type.subtype, -1, partOf(wish), types);
			return typeof range === "string" ? `{${range}}` : void 0;
		}
		default: return type.element ? arrayOf(type, modifier, wish, types) : base(type, modifier, wish);
	}
}
function domainWish(domain, wish, types) {
	return Object.keys(wish.limits).some((key) => key !== "null") ? wish : {
		...wish,
		limits: types.limitsOf(domain)
	};
}
/** One of a few values: those that the schema names, where it names some; else one after the other. */
function oneOf(values, { n, known = [] }) {
	const named = known.filter((each) => values.includes(each));
	const chosen = named.length > 0 ? named : values;
	return chosen[(n - 1) % chosen.length];
}
/** A base type. Those of PostgreSQL go before those of extensions that share their name. */
function base({ name }, modifier, wish) {
	if (name === "json" || name === "jsonb") return documentOf(wish);
	if (name === "bool") return oneOf(["true", "false"], wish);
	const room = rooms[name]?.(modifier);
	if (room !== void 0) return textOf$1(room, wish);
	return numberOf$1(name, modifier, wish) ?? timeOf(name, wish) ?? bitsOf(name, modifier, wish) ?? forms[name]?.(wish.n, modifier);
}
const unlimited = 1e6;
const declared = (modifier) => modifier > 4 ? modifier - 4 : unlimited;
/** Characters that the text types hold. */
const rooms = {
	text: () => unlimited,
	citext: () => unlimited,
	varchar: declared,
	bpchar: declared,
	name: () => 63
};
function arrayOf(type, modifier, wish, types) {
	const { items, elements } = wish.limits;
	const limits = elements ? { oneOf: elements } : {};
	const size = Math.min(Math.max(items?.min ?? 1, 1), items?.max ?? 1);
	const values = Array.from({ length: size }, (_, index) => sample$1(type.element, modifier, {
		...partOf(wish, limits),
		n: wish.n + index
	}, types));
	if (values.includes(void 0)) return void 0;
	const separator = types.get(type.element)?.name === "box" ? ";" : ",";
	return `{${values.map((each) => quoted(each ?? null, "NULL")).join(separator)}}`;
}
function rowOf$1(type, wish, types) {
	return `(${type.attributes.map((each) => sample$1(each.type, each.modifier, partOf(wish), types)).map((each) => quoted(each ?? null, "")).join(",")})`;
}
/** A range of its own for each row: none overlaps another. */
function rangeOf(type, wish, types) {
	const end = (at) => sample$1(type.subtype, -1, {
		n: wish.n * 10 + at,
		row: wish.row,
		moment: at,
		limits: {}
	}, types);
	const [low, high] = [end(0), end(5)];
	if (typeof low !== "string" || typeof high !== "string") return void 0;
	return `[${quoted(low, "")},${quoted(high, "")})`;
}
/** A part of an array, row or range (documentation, chapters 8.15.6, 8.16.6, 8.17.5). */
function quoted(value, missing) {
	return value === null ? missing : `"${value.replace(/["\\]/g, "\\$&")}"`;
}

// src/postgres/seed/rows.ts
/** Why no row can be made. */
var NoRow = class extends Error {};
/** Makes up to `count` rows that differ in what is unique: fewer where there are not so many. Throws `NoRow` where there is none. */
function rowsOf(recipe, count) {
	const rows = [];
	const seen = recipe.target.uniques.map(() => /* @__PURE__ */ new Set());
	for (let index = 0; index < count; index += 1) {
		const row = distinctRow(recipe, index, seen);
		if (!row) break;
		for (const [at, columns] of recipe.target.uniques.entries()) {
			const id = identityOf(row, columns);
			if (id !== void 0) seen[at]?.add(id);
		}
		rows.push(row);
	}
	return rows;
}
/** Values tried for a column of a unique set, and turns of all of them together. */
const choices = 4;
const turns = 64;
function distinctRow(recipe, index, seen) {
	const { uniques } = recipe.target;
	let colliding = [];
	for (let turn = 0; turn < turns; turn += 1) {
		const row = rowOf(recipe, index, offsetsOf(colliding, turn));
		const at = uniques.findIndex((columns, each) => seen[each]?.has(identityOf(row, columns) ?? ""));
		if (at < 0) return row;
		colliding = uniques[at] ?? [];
	}
}
/** The turn's digits, one for each column. */
function offsetsOf(columns, turn) {
	const digits = columns.length === 1 ? turns : choices;
	return new Map(columns.map((each, index) => [each, Math.floor(turn / digits ** index) % digits]));
}
/** What is unique of a row; undefined where a part of it is NULL, or PostgreSQL's to choose. */
function identityOf(row, columns) {
	const values = columns.map((each) => row.get(each));
	return values.every((each) => typeof each === "string") ? JSON.stringify(values) : void 0;
}
function rowOf(recipe, index, offsets) {
	let problem;
	const { ways } = recipe;
	for (const shift of ways.keys()) {
		const way = ways[(index + shift) % ways.length];
		try {
			return rowBy(way, recipe, recipe.first + index, offsets);
		} catch (error) {
			if (!(error instanceof NoRow)) throw error;
			problem ??= error;
		}
	}
	throw problem;
}
function rowBy({ limits, ranks: { steps, moments } }, recipe, n, offsets) {
	const row = new Map(recipe.fixed);
	const { columns, references } = recipe.target;
	for (const reference of references) {
		const offset = Math.max(...reference.columns.map((each) => (offsets.get(each) ?? 0) + (steps.get(each) ?? 0)));
		refer(row, reference, n - 1 + offset, limits, recipe);
	}
	for (const column of columns) {
		const { name } = column;
		if (row.has(name) || column.generated || column.counted) continue;
		const number = n + (offsets.get(name) ?? 0);
		const value = valueFor(column, {
			n: number + (steps.get(name) ?? 0),
			row: number,
			moment: moments.get(name) ?? 0,
			limits: limits.get(name) ?? {}
		}, recipe);
		if (value !== void 0) row.set(name, value);
	}
	return row;
}
/** Sets a reference's columns to a key that agrees with what is set already. */
function refer(row, reference, index, limits, recipe) {
	const { columns, optional, presumed } = reference;
	const wanted = columns.map((each) => limits.get(each) ?? {});
	const absent = recipe.later.includes(reference) || wanted.some((each) => each.null) || columns.some((each) => row.get(each) === null);
	const least = recipe.style.startsWith("least") && !wanted.some((each) => each.null === false);
	if ((absent || least) && optional.length > 0) return empty$1(row, optional);
	if (presumed && (absent || least || wanted.some(asks))) return;
	const fitting = recipe.keys.of(reference).filter((key) => agrees(key, columns, wanted, row));
	const key = fitting[index % fitting.length];
	if (key) for (const [at, column] of columns.entries()) row.set(column, key[at]);
	else if (optional.length > 0) empty$1(row, optional);
	else if (!presumed && columns.some((each) => !row.has(each))) throw new NoRow(`${reference.to.schema}.${reference.to.name}, to which it must refer, has no rows that fit`);
}
/** Whether a condition asks more of a column than to be NULL, or not to be. */
function asks(limits) {
	return Object.keys(limits).some((key) => key !== "null");
}
function empty$1(row, columns) {
	for (const column of columns) if (!row.has(column)) row.set(column, null);
}
function agrees(key, columns, wanted, row) {
	return columns.every((column, at) => {
		const [value, limits] = [key[at], wanted[at] ?? {}];
		if (row.has(column) && row.get(column) !== value) return false;
		return (limits.oneOf?.includes(value) ?? true) && fits(value, limits);
	});
}
/** The column's value; undefined to leave it to its default. */
function valueFor(column, wish, { target, conditions, style }) {
	const { limits } = wish;
	if (style.includes("defaults") && column.default !== null && !asks(limits)) return void 0;
	if (style.startsWith("least") && !column.required && limits.null !== false) return null;
	const known = target.uniques.some((each) => each.includes(column.name)) ? [] : conditions.known(target, column);
	const of = {
		table: target.name,
		column: column.name,
		default: column.default
	};
	const value = sample$1(column.type, column.modifier, {
		...wish,
		of,
		known
	}, conditions.types);
	if (value !== void 0) return value;
	if (column.default !== null) return void 0;
	if (!column.required && limits.null !== false) return null;
	const { schema, name } = conditions.types.get(column.type) ?? {
		schema: "",
		name: "unknown"
	};
	throw new NoRow(`no value is known for ${column.name} of type ${schema}.${name}`);
}

// src/postgres/seed/send.ts
/** Statements of one message: enough to save round trips, few enough to end within the limit. */
const together = 100;
/** Ends with the transaction. Deferred constraints are checked at once, so that an error belongs to its statement. */
const settings = "SET LOCAL statement_timeout = '1s'; SET LOCAL synchronous_commit = off; SET LOCAL standard_conforming_strings = on";
/**
* Runs statements, many to a message, each of which succeeds or fails by itself. A message that fails at one statement
* is rolled back; those before it are sent again, and then those behind it.
*/
async function sendEach(connection, statements) {
	const outcomes = [];
	while (outcomes.length < statements.length) {
		const batch = statements.slice(outcomes.length, outcomes.length + together);
		outcomes.push(...await sendBatch(connection, batch));
	}
	return outcomes;
}
/** The outcomes up to and with the first error. */
async function sendBatch(connection, statements) {
	const sent = await sendAll(connection, statements);
	if (Array.isArray(sent)) return sent;
	const { at, error } = sent;
	if (at === 0) return [error];
	if (at < statements.length) return [...await sendBatch(connection, statements.slice(0, at)), error].slice(0, at + 1);
	if (statements.length === 1) return [error];
	return sendBatch(connection, statements.slice(0, Math.ceil(statements.length / 2)));
}
/** Runs statements in one transaction: all of them, or none and the first that failed; behind the last it was COMMIT. */
async function sendAll(connection, statements, before = "SET CONSTRAINTS ALL IMMEDIATE") {
	const head = [
		"BEGIN",
		settings,
		before
	].join("; ");
	const headTags = head.split(";").length;
	try {
		return (await connection.send([
			head,
			...statements,
			"COMMIT"
		].join(";\n"))).slice(headTags, headTags + statements.length).map(rowsIn);
	} catch (error) {
		if (connection.transaction !== "none") await connection.send("ROLLBACK");
		if (!(error instanceof SqlError)) throw error;
		return {
			at: Math.max(0, error.completed.length - headTags),
			error
		};
	}
}
/** `INSERT 0 3`, `UPDATE 3`. */
function rowsIn(tag) {
	return Number(tag.split(" ").at(-1)) || 0;
}

// src/postgres/seed/cycles.ts
/** How foreign keys may wait until all rows of the cycle are there; the last needs a superuser and keeps triggers from running. */
const ways = ["SET CONSTRAINTS ALL DEFERRED", "SET LOCAL session_replication_role = replica"];
/**
* Fills tables that need each other: NOT NULL foreign keys in a circle, or from a table to itself. All keys are chosen
* beforehand, so that the rows truly refer to each other whatever way lets them in. Returns the rows of each table, or
* why there are none.
*/
async function fillCycle(connection, places, conditions, keys, count) {
	const ordered = patientFirst(places);
	let reason = "";
	for (const rows of /* @__PURE__ */ new Set([count, 1])) {
		const planned = planOf({
			places: ordered,
			conditions,
			keys,
			counted: await countersOf(connection, ordered, rows),
			rows
		});
		if (typeof planned === "string") return planned;
		const statements = ordered.map(({ target }) => insertionOf(target, planned.get(target) ?? [], true));
		for (const way of ways) {
			const sent = await sendAll(connection, statements, way);
			if (Array.isArray(sent)) return new Map(ordered.map((place, index) => [place, sent[index] ?? 0]));
			reason ||= sent.error.message;
		}
	}
	return reason;
}
/** Tables whose foreign keys can wait go before those whose cannot. */
function patientFirst(places) {
	const inside = new Set(places.flatMap(({ target }) => target.lineage));
	const strict = ({ target }) => target.references.filter((each) => inside.has(each.to.oid) && !each.deferrable && each.optional.length === 0).length;
	return places.toSorted((a, b) => strict(a) - strict(b));
}
/** Values of identity columns and sequences, taken from them beforehand. */
async function countersOf(connection, places, count) {
	const counted = /* @__PURE__ */ new Map();
	for (const { target } of places) {
		const rows = Array.from({ length: count }, () => /* @__PURE__ */ new Map());
		for (const { name } of target.columns.filter((each) => each.counted)) {
			const sequence = `pg_get_serial_sequence(${literal(target.into)}, ${literal(name)})`;
			const values = await connection.query(`SELECT nextval(${sequence})::text AS value FROM generate_series(1, ${count}) WHERE ${sequence} IS NOT NULL`);
			for (const [index, { value }] of values.entries()) rows[index]?.set(name, value);
		}
		counted.set(target, rows);
	}
	return counted;
}
/**
* Rows of all tables. In the first round foreign keys into the circle are left out; later rounds point them to the rows
* of the round before, until every table has settled.
*/
function planOf(circle) {
	const planned = /* @__PURE__ */ new Map();
	try {
		for (let round = 0; round <= circle.places.length; round += 1) for (const place of circle.places) planned.set(place.target, rowsAmong(circle, place, planned));
		return planned;
	} catch (error) {
		if (error instanceof NoRow) return error.message;
		throw error;
	}
}
function rowsAmong({ places, conditions, keys, counted, rows }, place, planned) {
	const holders = ({ to }) => places.filter(({ target }) => target.lineage.includes(to.oid));
	const keysOf = (reference) => keys.has(reference) ? keys.of(reference) : holders(reference).flatMap(({ target }) => (planned.get(target) ?? []).flatMap((row) => keyIn(row, reference)));
	const { references } = place.target;
	const ready = references.filter((each) => holders(each).length === 0 || keysOf(each).length > 0);
	const target = {
		...place.target,
		references: ready
	};
	const recipe = recipeOf({
		...place,
		target
	}, conditions, { of: keysOf }, { ways: rows });
	return Array.from({ length: rows }, (_, index) => {
		const fixed = counted.get(place.target)?.[index] ?? /* @__PURE__ */ new Map();
		return rowsOf({
			...recipe,
			first: index + 1,
			fixed
		}, 1)[0] ?? fixed;
	});
}
function keyIn(row, { keys }) {
	const key = keys.map((each) => row.get(each));
	return key.every((each) => typeof each === "string") ? [key] : [];
}

// src/postgres/seed/presumed.ts
/**
* Adds the references that only names tell: `customer_id` where there is a table `customers`, `flow_name` where that is
* unique elsewhere. Their values are taken from there, so that the foreign key which a pending migration may add finds
* what it refers to.
*/
function withPresumed(targets, catalog) {
	const relations = new Map(catalog.relations.map((each) => [each.oid, each]));
	const find = finderIn(targets.filter(({ bound }) => bound === null));
	const presumed = (target, column) => {
		const found = find({
			target,
			column
		}).filter((key) => suits(key, {
			target,
			column
		}, catalog.types));
		const key = found.find((each) => each.target.schema === target.schema) ?? found[0];
		const to = key && relations.get(key.target.oid);
		return key && to ? [referenceTo(to, key.column, column, target)] : [];
	};
	return targets.map((target) => {
		const free = target.columns.filter((each) => !target.references.some(({ columns }) => columns.includes(each.name)));
		return {
			...target,
			references: [...target.references, ...free.flatMap((each) => presumed(target, each))]
		};
	});
}
/** Finds the keys that a column may mean by its name, the likeliest first. */
function finderIn(targets) {
	const keys = targets.flatMap(keysOf);
	const byTable = Map.groupBy(keys.flatMap(namesOf$3), ([name]) => name);
	const byColumn = Map.groupBy(keys, ({ column }) => wordsOf(column.name).join(" "));
	return ({ target, column }) => {
		const words = wordsOf(column.name);
		const name = words.join(" ");
		const own = /^parent( id| uuid)?$/.test(name) ? primaryOf(target) : [];
		const named = namesIn$2(words).flatMap((each) => byTable.get(each) ?? []);
		const isKey = keysOf(target).some((each) => each.column === column);
		const alike = words.length > 1 && !isKey ? byColumn.get(name) ?? [] : [];
		return [
			...own,
			...named.map(([, key]) => key),
			...alike
		];
	};
}
/** Only in a tree may it be NULL at first: its root has no parent. */
function referenceTo(to, key, { name, required }, { oid }) {
	const optional = to.oid === oid && !required ? [name] : [];
	return {
		columns: [name],
		to,
		keys: [key.name],
		deferrable: false,
		optional,
		presumed: true
	};
}
/** The columns that are unique by themselves. */
function keysOf(target) {
	const singles = new Set(target.uniques.filter((each) => each.length === 1).flat());
	return target.columns.filter(({ name }) => singles.has(name)).map((column) => ({
		target,
		column
	}));
}
function primaryOf(target) {
	return keysOf(target).filter(({ column }) => column.name === target.primary);
}
/** What other tables would call a key: those of `customers` are `customer`, `customer_id` and `customer_code`. */
function namesOf$3(key) {
	const table = singular(wordsOf(key.target.name));
	const names = [wordsOf(key.column.name).join(" "), ...key.column.name === key.target.primary ? ["", "id"] : []];
	return [...new Set(names)].map((each) => [`${table} ${each}`.trim(), key]);
}
/** A name, and what is left of it without the words before: `billing_customer_id` may be a `customer_id`. */
function namesIn$2(words) {
	return [words, ...words.slice(1, -1).map((_, index) => words.slice(index + 1))].map((each) => each.join(" "));
}
/** Whether one column may hold the values of the other: not one that PostgreSQL fills, nor a `user_id` of `users`. */
function suits(key, { target, column }, types) {
	if (column.counted || column.generated || key.column === column) return false;
	const own = `${singular(wordsOf(target.name))} `;
	if (key.target === target && wordsOf(column.name).join(" ").startsWith(own)) return false;
	const [to, from] = [types.get(key.column.type)?.name ?? "", types.get(column.type)?.name ?? ""];
	const roomy = ["text", "varchar"].includes(from) && column.modifier < 0;
	return key.column.type === column.type || integers.has(to) && integers.has(from) || roomy && texts.has(to);
}
const integers = /* @__PURE__ */ new Set([
	"int2",
	"int4",
	"int8"
]);
const texts = /* @__PURE__ */ new Set([
	...integers,
	"uuid",
	"text",
	"varchar"
]);

// src/postgres/seed/targets.ts
/** All tables that are to have rows, in the order of their names. */
function targetsOf$1(catalog) {
	const facts = factsOf(catalog);
	const tables = catalog.relations.filter((each) => !each.partitioned && !each.extension);
	return withPresumed(tables.map((each) => targetOf(each, facts)), catalog);
}
function factsOf(catalog) {
	return {
		catalog,
		relations: new Map(catalog.relations.map((each) => [each.oid, each])),
		columns: Map.groupBy(catalog.columns, (each) => each.relation),
		constraints: Map.groupBy(catalog.constraints, (each) => each.relation),
		indexes: Map.groupBy(catalog.indexes, (each) => each.relation)
	};
}
function targetOf(relation, facts) {
	const { oid, bound, stored } = relation;
	const lineage = relation.lineage.length > 0 ? relation.lineage : [oid];
	const root = facts.relations.get(lineage.at(-1) ?? oid) ?? relation;
	const names = namesIn$1(oid, facts);
	const indexes = facts.indexes.get(oid) ?? [];
	const checks = (facts.constraints.get(oid) ?? []).map((each) => each.expression);
	return {
		oid,
		schema: relation.schema,
		name: relation.name,
		into: nameOf(root),
		only: `ONLY ${nameOf(relation)}`,
		lineage,
		columns: columnsOf(oid, root.oid, facts),
		references: lineage.flatMap((each) => referencesOf(each, facts)),
		primary: indexes.filter(({ primary, columns }) => primary && columns.length === 1).map(({ columns }) => names(columns[0] ?? 0))[0],
		uniques: indexes.filter(({ unique, columns }) => unique && !columns.includes(0)).map(({ columns }) => columns.map(names)),
		checks: [...checks, bound].filter((each) => each !== null),
		bound,
		predicates: indexes.map(({ predicate }) => predicate).filter((each) => each !== null),
		stored
	};
}
/** A partition's columns with the defaults of the root, which are those that count on the way through it. */
function columnsOf(oid, root, facts) {
	const rootColumns = new Map(facts.columns.get(root)?.map((each) => [each.name, each]));
	return (facts.columns.get(oid) ?? []).map((row, index) => {
		const { name, type, modifier, required } = row;
		const { counted, generated, default: standard } = rootColumns.get(name) ?? row;
		const domain = facts.catalog.types.get(type)?.required ?? false;
		return {
			name,
			type,
			modifier,
			required: required || domain,
			counted,
			generated,
			default: standard,
			position: index + 1
		};
	});
}
function referencesOf(oid, facts) {
	const names = namesIn$1(oid, facts);
	const required = new Set(facts.columns.get(oid)?.filter((each) => each.required).map((each) => each.name));
	return (facts.constraints.get(oid) ?? []).flatMap((row) => {
		const to = facts.relations.get(row.target);
		if (row.kind !== "f" || !to) return [];
		const columns = row.columns.map(names);
		const open = columns.filter((each) => !required.has(each));
		const optional = row.full && open.length < columns.length ? [] : open;
		return [{
			columns,
			to,
			keys: (row.keys ?? []).map(namesIn$1(to.oid, facts)),
			deferrable: row.deferrable,
			optional,
			presumed: false
		}];
	});
}
function namesIn$1(oid, facts) {
	const names = new Map(facts.columns.get(oid)?.map((each) => [each.number, each.name]));
	return (number) => names.get(number) ?? "";
}
/** A relation's name as SQL. */
function nameOf({ schema, name }) {
	return `${quote(schema)}.${quote(name)}`;
}

// src/postgres/seed/keys.ts
/** What tables hold that others refer to; read after the tables were filled. */
var Keys = class {
	#known = /* @__PURE__ */ new Map();
	/** The keys to choose from; none where they were not read, or the table is empty. */
	of(reference) {
		return this.#known.get(idOf(reference)) ?? [];
	}
	has(reference) {
		return this.#known.has(idOf(reference));
	}
	/** Reads up to `count` keys for each foreign key, all in one query. */
	async read(connection, references, count) {
		const wanted = new Map(references.map((each) => [idOf(each), each]));
		if (wanted.size === 0) return;
		const rows = await queryAll(connection, [...wanted.values()].map((each, index) => keySql(each, index, count)));
		const found = Map.groupBy(rows, (each) => each.of);
		for (const [index, id] of [...wanted.keys()].entries()) this.#known.set(id, (found.get(index) ?? []).map(({ key }) => key));
	}
};
function keySql({ to, keys }, index, count) {
	const values = keys.map((each) => `${quote(each)}::text`).join(", ");
	const present = keys.map((each) => `${quote(each)} IS NOT NULL`).join(" AND ");
	return `(SELECT ${index} AS of, ARRAY[${values}] AS key FROM ${`${to.partitioned ? "" : "ONLY "}${nameOf(to)}`} WHERE ${present} LIMIT ${count})`;
}
function idOf({ to, keys }) {
	return `${to.oid} ${keys.map(quote).join(" ")}`;
}
/** Those of the tables that have rows already. */
async function standing(connection, targets) {
	const stored = targets.filter((each) => each.stored);
	const rows = await queryAll(connection, stored.map(({ only }, index) => `(SELECT ${index} AS of FROM ${only} LIMIT 1)`));
	return new Set(rows.flatMap((each) => stored[each.of] ?? []));
}
/** All rows of all queries, as one; one by one where one of them fails (a table that may not be read), which then has none. */
async function queryAll(connection, queries) {
	if (queries.length === 0) return [];
	try {
		return await connection.query(queries.join("\nUNION ALL\n"));
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		if (queries.length === 1) return [];
		const rows = [];
		for (const each of queries) rows.push(...await queryAll(connection, [each]));
		return rows;
	}
}

// src/postgres/seed/fitting.ts
/** Those of the rows that meet the table's checks and bounds, as PostgreSQL itself judges; all where it cannot. */
async function fitting(connection, target, types, rows) {
	if (target.checks.length === 0 || rows.length === 0) return [...rows];
	await connection.send("BEGIN; SET LOCAL statement_timeout = '1s'");
	try {
		return (await connection.query(fittingSql(target, types, rows))).flatMap(({ index }) => rows[index] ?? []);
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		return [...rows];
	} finally {
		await connection.send("ROLLBACK");
	}
}
const index = quote("number of the candidate");
function fittingSql({ columns, checks }, types, rows) {
	const tuples = rows.map((row, at) => `(${[String(at), ...columns.map(({ name }) => written(row.get(name)))].join(", ")})`);
	const typed = columns.map(({ name, type }) => {
		const { schema = "", name: typeName = "" } = types.get(type) ?? {};
		return `${quote(name)}::${quote(schema)}.${quote(typeName)} AS ${quote(name)}`;
	});
	const names = [index, ...columns.map(({ name }) => quote(name))].join(", ");
	const conditions = checks.map((each) => `(${each}) IS NOT FALSE`).join(" AND ");
	const all = `SELECT ${[index, ...typed].join(", ")} FROM (VALUES ${tuples.join(", ")}) AS text(${names}) OFFSET 0`;
	return `SELECT ${index} AS index FROM (${all}) AS candidate WHERE ${conditions} ORDER BY 1`;
}
function written(value) {
	return typeof value === "string" ? literal(value) : "NULL";
}

// src/postgres/seed/triggers.ts
/** Reads the functions of a table's triggers: what they raise an exception for must not be so. */
async function demandsOf(connection, target, { read }) {
	const own = codeOf(await connection.query(bodiesSql, [target.lineage]));
	if (own === "") return {
		formulas: [],
		literals: [],
		columns: []
	};
	const words = [...new Set(own.match(/\w+/g))];
	const code = own + codeOf(await connection.query(calledSql, [words]));
	return {
		formulas: [...own.matchAll(refusal)].map(([, condition = ""]) => condition.replace(/\bTG_OP\b/gi, "'INSERT'")).map((each) => read(each, false)),
		literals: [.../* @__PURE__ */ new Set([...literalsIn(code)])],
		columns: [...new Set([...code.matchAll(/\bNEW\s*\.\s*(?:"((?:[^"]|"")+)"|(\w+))/gi)].map(([, exact, plain = ""]) => exact?.replaceAll("\"\"", "\"") ?? plain.toLowerCase()))]
	};
}
function codeOf(rows) {
	return rows.map(({ body }) => body.replace(/--[^\n]*|\/\*.*?\*\//gs, " ")).join("\n");
}
const bodiesSql = `
SELECT DISTINCT p.oid, p.prosrc AS body FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
 WHERE t.tgrelid = ANY ($1::oid[]) AND NOT t.tgisinternal ORDER BY p.oid`;
/** Functions that these seem to call. */
const calledSql = `
SELECT p.oid, p.prosrc AS body FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE lower(p.proname) = ANY (SELECT lower(word) FROM unnest($1::text[]) AS word)
   AND ${ourSchemas} AND ${notOfExtension("pg_proc", "p.oid")} AND p.prorettype <> 'trigger'::regtype ORDER BY p.oid`;
/** `IF condition THEN RAISE …`, where the level is not one that only tells. */
const refusal = /\bIF\b((?:(?!\bIF\b|\bTHEN\b).)*)\bTHEN\s+RAISE\b(?!\s+(?:NOTICE|WARNING|INFO|LOG|DEBUG)\b)/gis;
/** The constants of a piece of SQL. */
function literalsIn(sql) {
	const texts = [...sql.matchAll(/'((?:[^']|'')*)'/g)].map(([, text = ""]) => text.replaceAll("''", "'"));
	const numbers = [...sql.matchAll(/(?<![\w.'$])\d+(?:\.\d+)?(?![\w.'])/g)].map(([number]) => number);
	return [...texts, ...numbers].filter((each) => each.length > 0 && each.length <= 200);
}

// src/postgres/seed/persist.ts
/** Time for one table, in milliseconds, and rows that are tried for it. */
const patience$1 = 3e3;
const attempts = 120;
const turnedAway = "PostgreSQL took its rows without an error, and none is in it: a trigger or rule turns them away";
/** Fills a table whose usual rows were refused: one by one, then with other rows that might be accepted. */
async function persist(connection, place, conditions, keys, options) {
	const until = Math.min(options.until, performance.now() + patience$1);
	const tried = new Set(options.singly.map(textOf));
	const { rows, error } = await insertUntil(connection, place, options.singly, {
		enough: options.rows,
		until
	});
	if (rows > 0 || isHopeless(error)) return {
		rows,
		reason: error?.message ?? ""
	};
	const candidates = candidatesOf(place, conditions, keys, await demandsOf(connection, place.target, conditions)).filter((row) => !tried.has(textOf(row)));
	const chosen = (await fitting(connection, place.target, conditions.types, candidates)).slice(0, attempts);
	const again = await insertUntil(connection, place, chosen, {
		enough: options.rows,
		until
	});
	const reason = (error ?? again.error)?.message ?? (chosen.length > 0 ? turnedAway : "no row was found that meets its conditions");
	return {
		rows: again.rows,
		reason
	};
}
async function insertUntil(connection, { target }, rows, { enough, until }) {
	let inserted = 0;
	let failures = 0;
	let silences = 0;
	let error;
	for (const row of rows) {
		if (inserted >= enough || inserted > 0 && failures > 12 || silences > 2 || isHopeless(error) || performance.now() > until) break;
		const [outcome = 0] = await sendEach(connection, [insertionOf(target, [row])]);
		if (outcome instanceof SqlError) {
			error ??= outcome;
			failures += 1;
		} else if (outcome === 0) silences += 1;
		else {
			inserted += outcome;
			failures = 0;
		}
	}
	return {
		rows: inserted,
		error
	};
}
/** Errors that other values do not change: rights, time that ran out, objects that are not there. */
function isHopeless(error) {
	return error !== void 0 && /^(42501|57|53|25|XX)/.test(error.fault.sqlstate);
}
/** Rows that might be accepted, the likeliest first, each different from the usual ones in its own way. */
function candidatesOf(place, conditions, keys, demands) {
	const usual = recipeOf(place, conditions, keys, { ways: 12 });
	const asked = demands.formulas.length > 0 ? recipeOf(place, conditions, keys, {
		ways: 12,
		more: demands.formulas
	}) : usual;
	const recipes = [asked, usual].flatMap((recipe) => [
		[recipe, 12],
		[{
			...recipe,
			style: "defaults"
		}, 3],
		[{
			...recipe,
			style: "least"
		}, 3],
		[{
			...recipe,
			style: "least with defaults"
		}, 3]
	]);
	const substituted = substitutions(place, conditions, demands).map((fixed) => [{
		...asked,
		fixed
	}, 1]);
	const further = [[{
		...usual,
		first: 13
	}, 100]];
	const rows = [
		...recipes,
		...substituted,
		...further
	].flatMap(([recipe, count]) => made(recipe, count));
	return [...new Map(rows.map((row) => [textOf(row), row])).values()];
}
function made(recipe, count) {
	try {
		return rowsOf({
			...recipe,
			target: {
				...recipe.target,
				uniques: []
			}
		}, count);
	} catch (error) {
		if (error instanceof NoRow) return [];
		throw error;
	}
}
/** Other values for the columns that checks and trigger functions speak of, one column at a time. */
function substitutions({ target }, { types }, demands) {
	const literals = [.../* @__PURE__ */ new Set([...target.checks.flatMap(literalsIn), ...demands.literals])];
	const numbers = literals.filter((each) => /^\d+$/.test(each));
	const texts = [
		...literals.slice(0, 30),
		...literals.flatMap(patternTexts),
		...commonTexts(1)
	];
	return target.columns.filter((each) => isSpokenOf(each, target, demands)).flatMap(({ name, type }) => {
		const { name: typeName = "" } = types.get(type) ?? {};
		return (/^(text|varchar|bpchar|citext|name)$/.test(typeName) ? texts : /^(int|num|float)/.test(typeName) ? numbers : []).map((each) => /* @__PURE__ */ new Map([[name, each]]));
	});
}
function isSpokenOf({ name, generated }, { checks }, { columns }) {
	return !generated && (columns.includes(name) || checks.some((each) => each.includes(name)));
}
/** A text that matches a literal, where that looks like a regular expression. */
function patternTexts(text) {
	if (!/^\^|\$$|\[.*\]/.test(text)) return [];
	return matching({
		source: fromPosix(text),
		insensitive: false,
		matches: true
	}, 1).take(2).toArray();
}
function textOf(row) {
	return JSON.stringify([...row]);
}

// src/postgres/seed/filling.ts
/** Time, in milliseconds, for all tables that do not accept the rows first offered. */
const patience = 1e4;
/** The work of filling tables, wave after wave, and its account. */
var Filling = class {
	tables = 0;
	rows = 0;
	skipped = [];
	#connection;
	#conditions;
	#count;
	#keys = new Keys();
	#filled = [];
	#patience = patience;
	constructor(connection, conditions, count) {
		this.#connection = connection;
		this.#conditions = conditions;
		this.#count = count;
	}
	async fill({ places, cycle }) {
		const inside = new Set(cycle ? places.flatMap(({ target }) => target.lineage) : []);
		await this.#read(places.flatMap(({ target, later }) => target.references.filter((each) => !later.includes(each) && !inside.has(each.to.oid))));
		if (cycle) await this.#fillCycle(places);
		else await this.#fillEach(places);
	}
	/** Sets the foreign keys that had to stay NULL, where the table allows it. */
	async close() {
		await this.#read(this.#filled.flatMap(({ later }) => later));
		const updates = this.#filled.flatMap((place) => closingsOf(place, this.#keys, this.#count));
		await sendEach(this.#connection, updates);
	}
	async #read(references) {
		const unknown = references.filter((each) => !this.#keys.has(each));
		await this.#keys.read(this.#connection, unknown, Math.max(this.#count, 5));
	}
	/** Offers every table its usual rows at once, and then takes care of each that did not take them. */
	async #fillEach(places) {
		const offers = places.map((place) => this.#offer(place));
		const sent = offers.filter(({ rows, place }) => rows.length > 0 && !isHashed(place.target));
		const statements = sent.map(({ place, rows }) => insertionOf(place.target, rows));
		const results = await sendEach(this.#connection, statements);
		const outcomes = new Map(sent.map(({ place }, index) => [place, results[index]]));
		const astray = await this.#astray(sent.map(({ place }) => place));
		for (const { place, rows, reason } of offers) {
			const outcome = outcomes.get(place);
			const count = Number(outcome) || 0;
			if (rows.length === 0) this.#skip(place, reason);
			else if (outcome instanceof SqlError && isHopeless(outcome)) this.#skip(place, outcome.message);
			else if (count > 0 && !astray.has(place.target.oid)) this.#add(place, count);
			else await this.#persist(place, isHashed(place.target) || count > 0 ? [] : rows);
		}
	}
	/** The usual rows for a table, or why there are none. */
	#offer(place) {
		try {
			const recipe = recipeOf(place, this.#conditions, this.#keys, { ways: this.#count });
			return {
				place,
				rows: rowsOf(recipe, this.#count),
				reason: ""
			};
		} catch (error) {
			if (error instanceof NoRow) return {
				place,
				rows: [],
				reason: error.message
			};
			throw error;
		}
	}
	async #persist(place, singly) {
		if ((await standing(this.#connection, [{
			...place.target,
			stored: true
		}])).size > 0) return this.#add(place, 0);
		const start = performance.now();
		const options = {
			rows: this.#count,
			singly,
			until: start + this.#patience
		};
		const { rows, reason } = await persist(this.#connection, place, this.#conditions, this.#keys, options);
		this.#patience -= performance.now() - start;
		if (rows > 0) this.#add(place, rows);
		else this.#skip(place, reason);
	}
	async #fillCycle(places) {
		const outcome = await fillCycle(this.#connection, places, this.#conditions, this.#keys, this.#count);
		for (const place of places) if (typeof outcome === "string") this.#skip(place, outcome);
		else this.#add(place, outcome.get(place) ?? 0);
	}
	/** Partitions whose rows went to another one: their bounds were not understood. */
	async #astray(places) {
		const partitions = places.filter(({ target }) => target.bound !== null).map(({ target }) => target.oid);
		if (partitions.length === 0) return /* @__PURE__ */ new Set();
		return new Set((await this.#connection.query("SELECT oid FROM unnest($1::oid[]) AS oid WHERE pg_relation_size(oid) = 0", [partitions])).map(({ oid }) => oid));
	}
	#add(place, rows) {
		this.tables += 1;
		this.rows += rows;
		this.#filled.push(place);
	}
	#skip(place, reason) {
		this.skipped.push({
			table: `${place.target.schema}.${place.target.name}`,
			reason
		});
	}
};
/** Hash partitions: only PostgreSQL knows which rows are theirs. */
function isHashed({ bound }) {
	return bound?.includes("satisfies_hash_partition(") ?? false;
}

// src/postgres/seed/order.ts
/** Puts tables behind those that they refer to. */
function wavesOf(targets) {
	const graph = graphOf(targets);
	const groups = [
		graph.all,
		graph.stated,
		graph.hard
	].reduce(divided, [targets]);
	const level = /* @__PURE__ */ new Map();
	const waves = [];
	for (const group of groups) {
		const places = group.map((target) => ({
			target,
			later: laterOf(target, level, graph)
		}));
		const before = places.flatMap(({ target, later }) => graph.needed(target, later)).map((each) => level.get(each) ?? -1);
		const at = Math.max(-1, ...before) + 1;
		for (const target of group) level.set(target, at);
		const cycle = group.some((each) => graph.hard(each).some((other) => group.includes(other)));
		waves[at] ??= [];
		const open = waves[at].find((wave) => !wave.cycle);
		if (open && !cycle) open.places.push(...places);
		else waves[at].push({
			places,
			cycle
		});
	}
	return waves.flat();
}
/** Groups within which tables need each other, in order; what only the edges of larger groups said no longer counts. */
function divided(groups, edges) {
	return groups.flatMap((group) => {
		const inside = new Set(group);
		return components(group, (each) => edges(each).filter((other) => inside.has(other)));
	});
}
/** References that need not be, to tables that have not had their turn. */
function laterOf(target, level, graph) {
	return target.references.filter((each) => (each.optional.length > 0 || each.presumed) && graph.holders(each).some((other) => !level.has(other)));
}
function graphOf(targets) {
	const holding = /* @__PURE__ */ new Map();
	for (const target of targets) for (const oid of target.lineage) holding.set(oid, [...holding.get(oid) ?? [], target]);
	const holders = ({ to }) => holding.get(to.oid) ?? [];
	const along = (target, takes) => target.references.filter(takes).flatMap(holders);
	return {
		holders,
		all: (target) => along(target, () => true),
		stated: (target) => along(target, ({ presumed }) => !presumed),
		hard: (target) => along(target, ({ optional, presumed }) => optional.length === 0 && !presumed),
		needed: (target, without) => along(target, (each) => !without.includes(each)).filter((other) => other !== target)
	};
}
/** Strongly connected components, each behind those it points to (Tarjan 1972). Walks without recursion: chains may be long. */
function components(nodes, edges) {
	const state = /* @__PURE__ */ new Map();
	const stack = [];
	const found = [];
	const enter = (node) => {
		const mark = {
			index: state.size,
			low: state.size,
			onStack: true
		};
		state.set(node, mark);
		stack.push(node);
		return {
			node,
			mark,
			rest: edges(node)[Symbol.iterator]()
		};
	};
	for (const start of nodes) {
		const path = state.has(start) ? [] : [enter(start)];
		for (let top = path.at(-1); top; top = path.at(-1)) {
			const { value: next, done } = top.rest.next();
			const seen = next && state.get(next);
			if (next && !seen) path.push(enter(next));
			else if (seen?.onStack) top.mark.low = Math.min(top.mark.low, seen.index);
			if (!done) continue;
			path.pop();
			const parent = path.at(-1);
			if (parent) parent.mark.low = Math.min(parent.mark.low, top.mark.low);
			if (top.mark.low !== top.mark.index) continue;
			const group = stack.splice(stack.indexOf(top.node));
			for (const each of group) state.get(each).onStack = false;
			found.push(group);
		}
	}
	return found;
}

// src/postgres/seed/seed.ts
/**
* Gives every table rows made from types, constraints and foreign keys, the same ones every time, so that triggers,
* casts and checks of pending migrations really run. Tables that have rows are left alone.
*
* A migration that is right for real rows should not fail on these. So nullable columns are filled too: a NULL that only
* we put there would fail SET NOT NULL for nobody else. Keys are the same few in all tables, and columns named after a
* table hold that table's keys, which a foreign key to come will want. Values differ from row to row, for unique keys to
* come. Texts are digits unless the schema says otherwise, which most casts accept.
*
* One table's failure does not touch the others, and nothing but rows (and advanced sequences) remains.
*/
async function seed(connection, { rows }) {
	if (rows <= 0) return {
		tables: 0,
		rows: 0,
		skipped: []
	};
	const catalog = await readCatalog(connection);
	const targets = targetsOf$1(catalog);
	const work = new Filling(connection, await conditionsOf(catalog, targets), rows);
	const there = await standing(connection, targets);
	const waves = wavesOf(targets);
	for (const wave of waves) await work.fill({
		...wave,
		places: wave.places.filter(({ target }) => !there.has(target))
	});
	await work.close();
	return {
		tables: there.size + work.tables,
		rows: work.rows,
		skipped: work.skipped
	};
}

// src/postgres/snapshot/on-tables.ts
const onTable = `n.nspname || '.' || c.relname AS "table", n.nspname AS schema`;
const ours$2 = `JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ourSchemas} AND ${notOfExtension("pg_class", "c.oid")}`;
const actions = (column) => `CASE ${column} WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' ELSE 'NO ACTION' END`;
const namesOf$2 = (table, numbers) => `ARRAY(SELECT a.attname::text FROM unnest(${numbers}) WITH ORDINALITY AS u(n, i)
    JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = u.n ORDER BY u.i)`;
/** Constraints of tables; NOT NULL, which PostgreSQL 18 keeps here too, is told by the columns. */
const constraints = {
	kind: "constraint",
	sql: (version) => `
    SELECT n.nspname || '.' || c.relname || '.' || k.conname AS id, k.conname AS name, ${onTable}, k.oid,
      obj_description(k.oid, 'pg_constraint') AS comment,
      CASE k.contype WHEN 'c' THEN 'check' WHEN 'f' THEN 'foreign key' WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique'
        WHEN 'x' THEN 'exclusion' ELSE 'trigger' END AS type,
      regexp_replace(pg_get_constraintdef(k.oid), '( NOT VALID| NOT ENFORCED)+$', '') AS definition,
      ${namesOf$2("k.conrelid", "k.conkey")} AS columns,
      k.convalidated ${version >= 18e4 ? "OR NOT k.conenforced" : ""} AS validated,
      ${version >= 18e4 ? "k.conenforced" : "true"} AS enforced, k.condeferrable AS deferrable, k.condeferred AS deferred,
      CASE WHEN k.contype = 'f' THEN (SELECT json_build_object('table', fn.nspname || '.' || f.relname,
          'columns', ${namesOf$2("k.confrelid", "k.confkey")}, 'onDelete', ${actions("k.confdeltype")}, 'onUpdate', ${actions("k.confupdtype")})
        FROM pg_class f JOIN pg_namespace fn ON fn.oid = f.relnamespace WHERE f.oid = k.confrelid) END AS "references",
      CASE WHEN k.contype IN ('p', 'u', 'x') THEN (SELECT n.nspname || '.' || i.relname FROM pg_class i WHERE i.oid = k.conindid) END AS index,
      NOT k.conislocal AS inherited
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid ${ours$2} AND k.contype <> 'n' AND k.conparentid = 0`
};
const indexes = {
	kind: "index",
	sql: () => `
    SELECT n.nspname || '.' || x.relname AS id, x.relname AS name, ${onTable}, x.oid,
      obj_description(x.oid, 'pg_class') AS comment, pg_get_indexdef(x.oid) AS definition, m.amname AS method,
      ARRAY(SELECT pg_get_indexdef(x.oid, k, true) FROM generate_series(1, i.indnkeyatts) AS k) AS columns,
      ARRAY(SELECT pg_get_indexdef(x.oid, k, true) FROM generate_series(i.indnkeyatts + 1, i.indnatts) AS k) AS included,
      i.indisunique AS unique, i.indisprimary AS primary, pg_get_expr(i.indpred, i.indrelid) AS predicate, i.indisvalid AS valid,
      (SELECT n.nspname || '.' || c.relname || '.' || k.conname FROM pg_constraint k
        WHERE k.conindid = x.oid AND k.contype IN ('p', 'u', 'x') LIMIT 1) AS constraint,
      (SELECT pn.nspname || '.' || p.relname FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent
        JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE h.inhrelid = x.oid) AS parent
    FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam
      JOIN pg_class c ON c.oid = i.indrelid ${ours$2}`
};
const enabled = (column) => `CASE ${column} WHEN 'O' THEN 'origin' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' ELSE 'disabled' END`;
/** Triggers; those that partitions have from their parent are the parent's (internal ones before PostgreSQL 15). */
const triggers = {
	kind: "trigger",
	sql: (version) => `
    SELECT n.nspname || '.' || c.relname || '.' || t.tgname AS id, t.tgname AS name, ${onTable}, t.oid,
      obj_description(t.oid, 'pg_trigger') AS comment, pg_get_triggerdef(t.oid) AS definition, ${enabled("t.tgenabled")} AS enabled,
      pn.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS function
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
      JOIN pg_namespace pn ON pn.oid = p.pronamespace ${ours$2} AND NOT t.tgisinternal ${version >= 13e4 ? "AND t.tgparentid = 0" : ""}`
};
const rules = {
	kind: "rule",
	sql: () => `
    SELECT n.nspname || '.' || c.relname || '.' || r.rulename AS id, r.rulename AS name, ${onTable}, r.oid,
      obj_description(r.oid, 'pg_rewrite') AS comment, pg_get_ruledef(r.oid) AS definition, ${enabled("r.ev_enabled")} AS enabled
    FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class ${ours$2} AND r.rulename <> '_RETURN'`
};
const policies = {
	kind: "policy",
	sql: () => `
    SELECT n.nspname || '.' || c.relname || '.' || p.polname AS id, p.polname AS name, ${onTable}, p.oid,
      obj_description(p.oid, 'pg_policy') AS comment, p.polpermissive AS permissive,
      CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END AS command,
      ARRAY(SELECT CASE r WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(r)::text END FROM unnest(p.polroles) AS r ORDER BY 1) AS roles,
      pg_get_expr(p.polqual, p.polrelid) AS using, pg_get_expr(p.polwithcheck, p.polrelid) AS check
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid ${ours$2}`
};
const statistics = {
	kind: "statistics",
	sql: () => `
    SELECT n.nspname || '.' || s.stxname AS id, n.nspname AS schema, s.stxname AS name, s.oid,
      obj_description(s.oid, 'pg_statistic_ext') AS comment, ${ownerOf("s.stxowner")} AS owner, pg_get_statisticsobjdef(s.oid) AS definition
    FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE ${ourSchemas}`
};

// src/postgres/snapshot/others.ts
/** Schemas; who owns `public`, and what everybody may do there, changed with PostgreSQL 15 and is not ours to compare. */
const schemas = {
	kind: "schema",
	sql: () => `
    SELECT n.nspname AS id, '' AS schema, n.nspname AS name, n.oid,
      CASE WHEN n.nspname <> 'public' THEN obj_description(n.oid, 'pg_namespace') END AS comment,
      CASE WHEN n.nspname <> 'public' THEN ${ownerOf("n.nspowner")} END AS owner,
      CASE WHEN n.nspname <> 'public' THEN ${grantsOf("n.nspacl", "n.nspowner")} END AS grants
    FROM pg_namespace n WHERE ${ourSchemas} AND ${notOfExtension("pg_namespace", "n.oid")}`
};
const routines = {
	kind: "function",
	sql: () => `
    SELECT n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS id,
      n.nspname AS schema, p.proname AS name, p.oid, obj_description(p.oid, 'pg_proc') AS comment, ${ownerOf("p.proowner")} AS owner,
      ${grantsOf("p.proacl", "p.proowner", "EXECUTE")} AS grants,
      CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' WHEN 'w' THEN 'window function' ELSE 'function' END AS type,
      l.lanname AS language, COALESCE(pg_get_function_result(p.oid), '') AS result,
      CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END AS volatility,
      p.prosecdef AS "securityDefiner",
      CASE WHEN p.prokind = 'a' THEN (SELECT 'sfunc = ' || g.aggtransfn::text || ', stype = ' || format_type(g.aggtranstype, NULL)
          || COALESCE(', finalfunc = ' || NULLIF(g.aggfinalfn, 0)::regproc::text, '') || COALESCE(', initcond = ' || g.agginitval, '')
        FROM pg_aggregate g WHERE g.aggfnoid = p.oid) ELSE pg_get_functiondef(p.oid) END AS definition,
      p.prosrc AS body, ARRAY(SELECT s FROM unnest(p.proconfig) AS s ORDER BY s COLLATE "C") AS settings
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
    WHERE ${ourSchemas} AND ${notOfExtension("pg_proc", "p.oid")}
      AND NOT EXISTS (SELECT 1 FROM pg_depend i WHERE i.classid = 'pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')`
};
const extensions = {
	kind: "extension",
	sql: () => `
    SELECT e.extname AS id, '' AS schema, e.extname AS name, e.oid, e.extversion AS version
    FROM pg_extension e WHERE e.extname <> 'plpgsql'`
};
const publications = {
	kind: "publication",
	sql: (version) => `
    SELECT p.pubname AS id, '' AS schema, p.pubname AS name, p.oid, ${ownerOf("p.pubowner")} AS owner,
      obj_description(p.oid, 'pg_publication') AS comment, p.puballtables AS "allTables",
      array_remove(ARRAY[CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
        CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END], NULL) AS actions,
      ARRAY(SELECT m FROM (
        SELECT n.nspname || '.' || c.relname ${version >= 15e4 ? `|| COALESCE(' WHERE ' || pg_get_expr(r.prqual, r.prrelid), '')` : ""} AS m
          FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.prpubid = p.oid
        ${version >= 15e4 ? `UNION ALL SELECT 'schema ' || s.nspname FROM pg_publication_namespace x JOIN pg_namespace s ON s.oid = x.pnnspid WHERE x.pnpubid = p.oid` : ""}
      ) AS members ORDER BY m COLLATE "C") AS members
    FROM pg_publication p`
};
const eventTriggers = {
	kind: "event trigger",
	sql: () => `
    SELECT e.evtname AS id, '' AS schema, e.evtname AS name, e.oid, ${ownerOf("e.evtowner")} AS owner,
      obj_description(e.oid, 'pg_event_trigger') AS comment,
      e.evtevent || ' ' || COALESCE(array_to_string(e.evttags, ', '), '') || ' ' || e.evtfoid::regproc::text || ' ' || e.evtenabled::text AS definition
    FROM pg_event_trigger e WHERE ${notOfExtension("pg_event_trigger", "e.oid")}`
};
const defaultPrivileges = {
	kind: "default privileges",
	sql: () => `
    SELECT COALESCE(n.nspname, '') || ' ' || d.defaclobjtype::text || ' ' || COALESCE(${ownerOf("d.defaclrole")}, '') AS id,
      COALESCE(n.nspname, '') AS schema, d.defaclobjtype::text AS name, d.oid,
      COALESCE(array_to_string(${grantsOf("d.defaclacl", "d.defaclrole")}, ', '), '') AS definition
    FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace`
};

// src/postgres/snapshot/relations.ts
const described$1 = `n.nspname || '.' || c.relname AS id, n.nspname AS schema, c.relname AS name, c.oid,
  obj_description(c.oid, 'pg_class') AS comment, ${ownerOf("c.relowner")} AS owner,
  ${grantsOf("c.relacl", "c.relowner")} AS grants`;
const ours$1 = `FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${ourSchemas} AND ${notOfExtension("pg_class", "c.oid")}`;
/** Tables, partitioned ones, partitions and foreign tables. */
const tables = {
	kind: "table",
	sql: () => `
    SELECT ${described$1},
      CASE c.relkind WHEN 'p' THEN 'partitioned table' WHEN 'f' THEN 'foreign table' ELSE 'table' END AS type,
      CASE c.relpersistence WHEN 'u' THEN 'unlogged' WHEN 't' THEN 'temporary' ELSE 'permanent' END AS persistence,
      pg_get_partkeydef(c.oid) AS "partitionKey", pg_get_expr(c.relpartbound, c.oid) AS "partitionBound",
      ARRAY(SELECT pn.nspname || '.' || p.relname FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent
              JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE h.inhrelid = c.oid ORDER BY h.inhseqno) AS parents,
      c.relispartition AS partition,
      CASE WHEN c.relforcerowsecurity THEN 'forced' WHEN c.relrowsecurity THEN 'enabled' ELSE 'off' END AS "rowSecurity",
      CASE c.relreplident WHEN 'd' THEN 'default' WHEN 'f' THEN 'full' WHEN 'n' THEN 'nothing'
        ELSE 'index ' || COALESCE((SELECT r.relname FROM pg_index i JOIN pg_class r ON r.oid = i.indexrelid
                                    WHERE i.indrelid = c.oid AND i.indisreplident), '') END AS "replicaIdentity",
      (SELECT NULLIF(a.amname, 'heap') FROM pg_am a WHERE a.oid = c.relam) AS "accessMethod",
      (SELECT s.spcname FROM pg_tablespace s WHERE s.oid = c.reltablespace) AS tablespace,
      ARRAY(SELECT o FROM unnest(c.reloptions) AS o ORDER BY o COLLATE "C") AS options
    ${ours$1} AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'`
};
const views = {
	kind: "view",
	sql: () => `
    SELECT ${described$1}, CASE c.relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END AS type,
      pg_get_viewdef(c.oid) AS definition, c.relispopulated AS populated,
      ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS columns,
      ARRAY(SELECT o FROM unnest(c.reloptions) AS o ORDER BY o COLLATE "C") AS options
    ${ours$1} AND c.relkind IN ('v', 'm')`
};
/** Sequences, but those of identity columns, which the column tells. */
const sequences = {
	kind: "sequence",
	sql: () => `
    SELECT ${described$1}, format_type(q.seqtypid, NULL) AS type, q.seqstart::text AS start, q.seqincrement::text AS increment,
      q.seqmin::text AS minimum, q.seqmax::text AS maximum, q.seqcache::text AS cache, q.seqcycle AS cycle,
      (SELECT tn.nspname || '.' || t.relname || '.' || a.attname FROM pg_depend d
         JOIN pg_class t ON t.oid = d.refobjid JOIN pg_namespace tn ON tn.oid = t.relnamespace
         JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'a' AND d.refobjsubid > 0) AS "ownedBy"
    ${ours$1.replace("WHERE", "JOIN pg_sequence q ON q.seqrelid = c.oid WHERE")} AND c.relkind = 'S'
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'i')`
};
const columns = {
	kind: "column",
	sql: (version) => `
    SELECT n.nspname || '.' || c.relname || '.' || a.attname AS id, n.nspname AS schema, a.attname AS name,
      n.nspname || '.' || c.relname AS "table", c.oid, col_description(c.oid, a.attnum) AS comment,
      ${grantsOf("a.attacl", "c.relowner")} AS grants,
      a.attnum AS position, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS "notNull",
      ${version >= 18e4 ? `(SELECT true FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum] AND NOT k.convalidated)` : "NULL::bool"} AS "notNullUnvalidated",
      CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END AS "default",
      CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END AS identity,
      CASE WHEN a.attgenerated <> '' THEN json_build_object('kind', CASE a.attgenerated WHEN 'v' THEN 'virtual' ELSE 'stored' END,
        'expression', pg_get_expr(d.adbin, d.adrelid)) END AS generated,
      CASE WHEN a.attcollation <> t.typcollation THEN (SELECT l.collname FROM pg_collation l WHERE l.oid = a.attcollation) END AS collation,
      CASE WHEN a.attstorage <> t.typstorage THEN CASE a.attstorage
        WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'x' THEN 'extended' ELSE 'main' END END AS storage,
      ${version >= 14e4 ? `NULLIF(a.attcompression::text, '')` : "NULL"} AS compression,
      CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END AS statistics,
      a.attoptions AS options, NOT a.attislocal AS inherited
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE ${ourSchemas} AND ${notOfExtension("pg_class", "c.oid")} AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
      AND a.attnum > 0 AND NOT a.attisdropped`
};

// src/postgres/snapshot/types.ts
const described = `n.nspname || '.' || t.typname AS id, n.nspname AS schema, t.typname AS name, t.oid,
  obj_description(t.oid, 'pg_type') AS comment, ${ownerOf("t.typowner")} AS owner,
  ${grantsOf("t.typacl", "t.typowner", "USAGE")} AS grants`;
const ours = `FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE ${ourSchemas} AND ${notOfExtension("pg_type", "t.oid")}`;
const enums = {
	kind: "enum",
	sql: () => `SELECT ${described},
      ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) AS labels
    ${ours} AND t.typtype = 'e'`
};
const domains = {
	kind: "domain",
	sql: () => `SELECT ${described}, format_type(t.typbasetype, t.typtypmod) AS type, t.typnotnull AS "notNull", t.typdefault AS "default",
      CASE WHEN t.typcollation <> b.typcollation THEN (SELECT l.collname FROM pg_collation l WHERE l.oid = t.typcollation) END AS collation,
      ARRAY(SELECT k.conname || ' ' || pg_get_constraintdef(k.oid) FROM pg_constraint k
             WHERE k.contypid = t.oid AND k.contype = 'c' ORDER BY k.conname COLLATE "C") AS checks
    ${ours.replace("WHERE", "JOIN pg_type b ON b.oid = t.typbasetype WHERE")} AND t.typtype = 'd'`
};
const composites = {
	kind: "composite type",
	sql: () => `SELECT ${described},
      ARRAY(SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
             WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS attributes
    ${ours.replace("WHERE", "JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c' WHERE")} AND t.typtype = 'c'`
};
const ranges = {
	kind: "range type",
	sql: () => `SELECT ${described}, format_type(r.rngsubtype, NULL) AS subtype,
      'subtype = ' || format_type(r.rngsubtype, NULL) || COALESCE(', subtype_diff = ' || NULLIF(r.rngsubdiff, 0)::regproc::text, '') AS definition
    ${ours.replace("WHERE", "JOIN pg_range r ON r.rngtypid = t.oid WHERE")} AND t.typtype = 'r'`
};

// src/postgres/snapshot/snapshot.ts
const readers = [...[
	schemas,
	tables,
	columns,
	constraints,
	indexes,
	views,
	sequences,
	routines,
	triggers,
	rules,
	policies
], ...[
	enums,
	domains,
	composites,
	ranges,
	extensions,
	publications,
	statistics,
	eventTriggers,
	defaultPrivileges
]];
/**
* Reads the schema of the session's database, in one consistent moment. Leaves neither locks nor settings behind.
* Sources: documentation, part VII, "System Catalogs", and 9.27, "System Information Functions".
*/
async function takeSnapshot(session) {
	await session.send("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path = ''");
	try {
		return await readSnapshot(session);
	} finally {
		await session.send("ROLLBACK");
	}
}
/** The same inside a transaction that is one moment already, and has no search_path. */
async function readSnapshot(session) {
	const [row] = await session.query("SELECT current_setting('server_version_num')::int AS version");
	const serverVersion = row?.version ?? 0;
	const objects = [];
	for (const reader of readers) objects.push(...await read(session, reader, serverVersion));
	objects.sort((a, b) => compare(a.kind, b.kind) || compare(a.id, b.id));
	return {
		serverVersion,
		fingerprint: await fingerprintOf(objects),
		objects
	};
}
async function read(session, { kind, sql }, version) {
	return (await session.query(sql(version))).map((row) => {
		const fields = Object.entries(row).filter(([, value]) => value !== null);
		return {
			kind,
			...Object.fromEntries(fields)
		};
	});
}
async function fingerprintOf(objects) {
	const hash = createHash("sha256");
	for (const object of objects) hash.update(JSON.stringify(await canonical(object)));
	return hash.digest("hex");
}
function compare(a, b) {
	return a < b ? -1 : Number(a > b);
}

// src/postgres/watch/names.ts
/** Every relation a parse tree names, wherever it does: range variables, and the name lists of DROP and COMMENT. */
function namesIn(node) {
	const found = /* @__PURE__ */ new Map();
	visit(node, (written) => found.set(keyOf(written), written));
	return [...found.values()];
}
/** Tells names apart. */
function keyOf({ schema, name }) {
	return JSON.stringify([schema ?? null, name]);
}
function visit(value, found) {
	if (Array.isArray(value)) {
		for (const each of value) visit(each, found);
		return;
	}
	if (typeof value !== "object" || value === null) return;
	const { relname, schemaname, objects, object } = value;
	if (typeof relname === "string") found({
		schema: schemaname,
		name: relname
	});
	for (const list of [...Array.isArray(objects) ? objects : [], object]) {
		const written = fromList(list);
		if (written) found(written);
	}
	for (const each of Object.values(value)) visit(each, found);
}
/** `a.b` as a list of strings; a third part in front is the database. A trailing part may be a column or trigger. */
function fromList(list) {
	const parts = (list?.List?.items)?.map((item) => item.String?.sval);
	const name = parts?.at(-1);
	return name === void 0 ? void 0 : {
		schema: parts?.at(-2),
		name
	};
}

// src/postgres/watch/relations.ts
/** Columns of a `RelationRow`, of `pg_class c` joined with `pg_namespace n`. */
const relationColumns = `c.oid::int8::float8 AS oid, n.nspname || '.' || c.relname AS name, c.relkind AS kind, c.relfilenode::int8::float8 AS file,
  (SELECT tn.nspname || '.' || t.relname
     FROM pg_catalog.pg_index i
     JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
     JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
    WHERE i.indexrelid = c.oid) AS "table"`;
/**
* All relations of the database but PostgreSQL's own, TOAST tables and temporary ones. `base` are the oids of those
* that were there before the first pending migration; absent: all of them.
*/
async function relationsNow(session, base) {
	const rows = await session.query(`SELECT ${relationColumns}
       FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`);
	return new Map(rows.map((row) => [row.oid, toRelation(row, base?.has(row.oid) ?? true)]));
}
/** From a catalog row. */
function toRelation({ oid, name, kind, table, file }, atBase) {
	return {
		oid,
		name,
		kind: kinds[kind] ?? "table",
		...table !== null && { table },
		file,
		atBase
	};
}
/** `pg_class.relkind` (documentation, chapter 53.11). */
const kinds = {
	r: "table",
	p: "partitioned table",
	i: "index",
	I: "partitioned index",
	v: "view",
	m: "materialized view",
	S: "sequence",
	f: "foreign table",
	c: "composite type"
};

// src/postgres/watch/sample.ts
/** Before anything was locked. */
const nothingHeld = {
	locks: /* @__PURE__ */ new Map(),
	files: /* @__PURE__ */ new Map(),
	scans: /* @__PURE__ */ new Map()
};
/**
* Asks the watched session itself, inside its transaction: only it sees its uncommitted catalog and its counters
* (`pg_stat_get_xact_numscans` is what `pg_stat_xact_user_tables.seq_scan` shows). The query takes locks on
* catalogs alone and cannot fail on names, permissions or settings of the script, which it would break otherwise.
*/
async function sample(session, names, base) {
	const values = names.length > 0 ? [names.map(({ schema }) => schema ?? null), names.map(({ name }) => name)] : [];
	const [row] = await session.query(sampleQuery(names), values).catch((error) => {
		throw error instanceof SqlError ? new Error(`The session could not be sampled: ${error.message}`, { cause: error }) : error;
	});
	const { held, scanned, named, lock_timeout, statement_timeout } = row;
	return {
		locks: new Map(held?.map(({ oid, modes }) => [oid, new Set(modes)])),
		files: new Map(held?.flatMap(({ oid, file }) => file === null ? [] : [[oid, file]])),
		scans: new Map(scanned?.map(({ oid, scans }) => [oid, scans])),
		named: new Map(named?.map((each) => [keyOf(names[each.asked - 1]), toRelation(each, base.has(each.oid))])),
		lockTimeout: milliseconds(lock_timeout),
		statementTimeout: milliseconds(statement_timeout)
	};
}
/** Oids below 16384 (FirstNormalObjectId) are PostgreSQL's own. */
const heldQuery = `
  SELECT pg_catalog.json_agg(h) FROM (
    SELECT l.relation::int8 AS oid, pg_catalog.array_agg(DISTINCT l.mode) AS modes,
           (SELECT c.relfilenode::int8 FROM pg_catalog.pg_class c WHERE c.oid = l.relation) AS file
      FROM pg_catalog.pg_locks l
     WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.granted AND l.relation >= 16384
     GROUP BY l.relation) AS h`;
const scannedQuery = `
  SELECT pg_catalog.json_agg(s) FROM (
    SELECT c.oid::int8 AS oid, pg_catalog.pg_stat_get_xact_numscans(c.oid) AS scans
      FROM pg_catalog.pg_class c
     WHERE c.relkind IN ('r', 'p', 'm') AND c.oid >= 16384 AND pg_catalog.pg_stat_get_xact_numscans(c.oid) > 0) AS s`;
const namedQuery = `
  SELECT pg_catalog.json_agg(r) FROM (
    SELECT asked.i AS asked, found.*
      FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::name[])) WITH ORDINALITY AS asked(schema, name, i)
     CROSS JOIN LATERAL (
       SELECT ${relationColumns}
         FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relname = asked.name
          AND (n.nspname = asked.schema
               OR asked.schema IS NULL AND n.nspname = ANY (pg_catalog.current_schemas(true)))
        ORDER BY pg_catalog.array_position(pg_catalog.current_schemas(true), n.nspname)
        LIMIT 1) AS found) AS r`;
/** Planning it costs more than running it: what is not asked is left out. */
function sampleQuery(names) {
	return `SELECT (${heldQuery}) AS held, (${scannedQuery}) AS scanned,
    ${names.length > 0 ? `(${namedQuery})` : "NULL"} AS named,
    pg_catalog.current_setting('lock_timeout') AS lock_timeout,
    pg_catalog.current_setting('statement_timeout') AS statement_timeout`;
}
/** PostgreSQL writes settings with the largest unit that fits: `0`, `500ms`, `5s`, `2min`. */
function milliseconds(setting) {
	const [, digits = "0", unit = "ms"] = /^(\d+)(ms|s|min|h|d)?$/.exec(setting) ?? [];
	return Number(digits) * ({
		ms: 1,
		s: 1e3,
		min: 6e4,
		h: 36e5,
		d: 864e5
	}[unit] ?? 1);
}

// src/postgres/watch/holders.ts
/** Opens them; they are kept for all statements of a check. */
async function openHolders(address, signal) {
	const [looker, first, second] = await Promise.all([
		1,
		2,
		3
	].map(() => connect(address, signal)));
	const sessions = [
		looker,
		first,
		second
	];
	return {
		looker: sessions[0],
		turns: [sessions[1], sessions[2]],
		async [Symbol.asyncDispose]() {
			await Promise.all(sessions.map((each) => each[Symbol.asyncDispose]()));
		}
	};
}
/**
* Runs `work`, a statement that commits by itself, so that it has to wait at each of its phases, and notes all locks it
* holds or asks for while it waits. One session holds a lock in its way; as soon as the statement waits for it, the
* other session takes over, and so on until the statement ends: nothing depends on luck, and no phase is missed at
* which the statement waits for lockers of its tables.
*/
async function step(holders, plan, pid, work) {
	const locks = /* @__PURE__ */ new Map();
	let current = await take(holders.turns[0], plan, 0, /* @__PURE__ */ new Set());
	const running = settled(work());
	for (let turn = 1; current && await waitsFor(holders.looker, pid, current, running); turn += 1) {
		merge(locks, await locksOf(holders.looker, pid));
		const next = await take(holders.turns[turn % 2], plan, turn, new Set(locks.keys()));
		await release(current);
		current = next;
	}
	if (current) await release(current);
	await running.result;
	return {
		...nothingHeld,
		locks
	};
}
function settled(result) {
	const running = {
		done: false,
		result
	};
	const finish = () => {
		running.done = true;
	};
	result.then(finish, finish);
	return running;
}
/** Locks the tables, or nothing at all where somebody else is in the way already. */
async function take(holder, plan, turn, seen) {
	const tables = plan.tables(seen);
	if (tables.length === 0) return void 0;
	const names = tables.map(({ schema, name }) => `${quote(schema)}.${quote(name)}`).join(", ");
	try {
		await holder.send(`BEGIN; LOCK TABLE ONLY ${names.replaceAll(", ", ", ONLY ")} IN ${plan.mode(turn)} MODE NOWAIT`);
		return holder;
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		await release(holder);
		return;
	}
}
async function release(holder) {
	await holder.send("ROLLBACK");
}
/** Resolves to true when the statement waits for the holder, to false when it has ended. */
async function waitsFor(looker, pid, holder, running) {
	while (!running.done) {
		const [row] = await looker.query("SELECT $2::int = ANY (pg_catalog.pg_blocking_pids($1::int)) AS waits", [pid, holder.pid]);
		if (row?.waits) return true;
		await Promise.race([running.result.catch(() => {}), setTimeout$1(2)]);
	}
	return false;
}
async function locksOf(looker, pid) {
	return looker.query(`SELECT l.relation AS oid, l.mode FROM pg_catalog.pg_locks l
      WHERE l.pid = $1 AND l.locktype = 'relation' AND l.relation >= 16384
        AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())`, [pid]);
}
function merge(into, found) {
	for (const { oid, mode } of found) into.set(oid, (into.get(oid) ?? /* @__PURE__ */ new Set()).add(mode));
}

// src/postgres/watch/inside.ts
/**
* Runs a statement inside the open transaction block and looks at the session's locks, files and counters before and
* after it. Statements that must come first in a transaction are not preceded by a query of ours.
*/
async function runInside(session, statement, base, look) {
	if (isQuiet(statement)) return {
		before: blank,
		after: nothingHeld,
		milliseconds: await timed(() => session.send(statement.sql))
	};
	const before = await sample(session, namesIn(statement.node), base);
	look(before);
	const milliseconds = await timed(() => session.send(statement.sql));
	return {
		before,
		after: session.transaction === "open" ? await sample(session, [], base) : nothingHeld,
		milliseconds
	};
}
/** Settings and transaction control: they lock nothing, and SET TRANSACTION must come before any query. */
function isQuiet(statement) {
	return [
		"VariableSetStmt",
		"VariableShowStmt",
		"TransactionStmt",
		"ConstraintsSetStmt"
	].includes(statement.kind);
}
/** Wall-clock time of `work` in milliseconds, to a hundredth. */
async function timed(work) {
	const start = performance.now();
	await work();
	return Math.round((performance.now() - start) * 100) / 100;
}
/** The sample of a moment at which nobody looked. */
const blank = {
	...nothingHeld,
	named: /* @__PURE__ */ new Map(),
	lockTimeout: 0,
	statementTimeout: 0
};

// src/postgres/watch/observation.ts
/** Turns the samples before and after a statement into what the report says of it. */
function toObservation(statement, run, circumstances) {
	const { transaction, existing, files, unobserved } = circumstances;
	const { before, after, milliseconds } = run;
	const rewritten = [...after.files].filter(([oid, file]) => file !== (files.get(oid) ?? existing.get(oid)?.file));
	const scanned = [...after.scans].filter(([oid, scans]) => isTable(existing, oid) && scans > (before.scans.get(oid) ?? 0));
	return {
		migration: statement.migration,
		path: statement.path,
		line: statement.line,
		sql: statement.sql,
		milliseconds,
		transaction,
		locks: locksBetween(before.locks, after.locks, existing),
		held: locksBetween(/* @__PURE__ */ new Map(), before.locks, existing),
		rewritten: namesOf$1(rewritten, existing),
		scanned: namesOf$1(scanned, existing),
		...unobserved !== void 0 && { unobserved }
	};
}
function isTable(existing, oid) {
	return [
		"table",
		"partitioned table",
		"materialized view"
	].includes(existing.get(oid)?.kind ?? "");
}
function namesOf$1(entries, existing) {
	return entries.flatMap(([oid]) => existing.get(oid)?.name ?? []).sort();
}
/** Locks of `after` that `before` has not, on relations that existed, by relation and strength. */
function locksBetween(before, after, existing) {
	const locks = [];
	for (const [oid, modes] of after) {
		const relation = existing.get(oid);
		if (!relation) continue;
		const { name, kind, table, atBase } = relation;
		for (const mode of modes) {
			if (before.get(oid)?.has(mode)) continue;
			locks.push({
				relation: name,
				mode,
				kind,
				...table !== void 0 && { table },
				atBase
			});
		}
	}
	return locks.sort(byRelationAndMode);
}
function byRelationAndMode(a, b) {
	if (a.relation !== b.relation) return a.relation < b.relation ? -1 : 1;
	return lockModes.indexOf(a.mode) - lockModes.indexOf(b.mode);
}

// src/postgres/watch/outside.ts
/** Runs a statement that cannot run in a transaction block, stopping it at its waiting phases to see its locks. */
async function runOutside(session, holders, statement, base, look) {
	const before = await sample(session, namesIn(statement.node), base);
	look(before);
	const { plan, gap } = await planFor(session, statement, before);
	const unobserved = gap === void 0 ? {} : { unobserved: gap };
	if (!plan) {
		const milliseconds = await timed(() => session.send(statement.sql));
		return {
			before,
			after: nothingHeld,
			milliseconds,
			...unobserved
		};
	}
	return withoutTimeouts(session, before, async () => {
		let locks = nothingHeld;
		const milliseconds = await timed(async () => {
			locks = await step(holders, plan, session.pid, () => session.send(statement.sql));
		});
		return {
			before,
			after: {
				...nothingHeld,
				...locks
			},
			milliseconds,
			...unobserved
		};
	});
}
/** The script's timeouts must not end a statement that only we keep waiting. */
async function withoutTimeouts(session, before, work) {
	const set = (lock, statement) => session.query("SELECT pg_catalog.set_config('lock_timeout', $1, false), pg_catalog.set_config('statement_timeout', $2, false)", [String(lock), String(statement)]);
	if (before.lockTimeout === 0 && before.statementTimeout === 0) return work();
	await set(0, 0);
	try {
		return await work();
	} finally {
		await set(before.lockTimeout, before.statementTimeout);
	}
}
/**
* How to stand in the statement's way, and what will not be seen all the same. No plan and no gap: it locks no relation
* of this database.
*
* CREATE, DROP and REINDEX INDEX CONCURRENTLY and DETACH … CONCURRENTLY ask for SHARE UPDATE EXCLUSIVE, which the first
* holder has, and then wait for all who hold ROW EXCLUSIVE on the table, as every later holder does. VACUUM and CLUSTER
* stop at their first request on each table, which SHARE refuses them; so does REINDEX of many tables, which asks for
* SHARE and is refused by ROW EXCLUSIVE.
*/
async function planFor(session, statement, before) {
	const wanted = targetsOf(statement);
	if (wanted === "none") return {};
	if (wanted === "unknown") return { gap: "It commits by itself while it runs, so its locks could not be watched." };
	const found = await tablesOf(session, wanted, before);
	const tables = found.filter(({ kind }) => kind !== "m");
	const gap = gapOf(wanted, tables.length < found.length);
	if (tables.length === 0) return gap;
	const { maintenance } = wanted;
	if (maintenance) return {
		plan: {
			mode: () => maintenance,
			tables: (seen) => tables.filter(({ oid }) => !seen.has(oid))
		},
		...gap
	};
	return {
		plan: {
			mode: (turn) => turn === 0 ? "SHARE UPDATE EXCLUSIVE" : "ROW EXCLUSIVE",
			tables: () => tables
		},
		...gap
	};
}
/** What LOCK TABLE refuses to lock cannot be held back. */
function gapOf({ maintenance }, materializedViews) {
	const unseen = [...maintenance === "ROW EXCLUSIVE" ? ["indexes"] : [], ...materializedViews ? ["materialized views"] : []];
	return unseen.length > 0 ? { gap: `Its locks on ${unseen.join(" and ")} could not be watched.` } : {};
}
function targetsOf({ kind, node }) {
	const body = Object.values(node)[0] ?? {};
	switch (kind) {
		case "IndexStmt":
		case "DropStmt":
		case "AlterTableStmt": return { named: true };
		case "ReindexStmt": return reindexed(body);
		case "VacuumStmt": return {
			named: Array.isArray(body.rels),
			maintenance: "SHARE"
		};
		case "ClusterStmt": return {
			named: body.relation !== void 0,
			maintenance: "SHARE"
		};
		case "CallStmt":
		case "DoStmt": return "unknown";
		default: return "none";
	}
}
/** Without CONCURRENTLY it comes here only for all of a schema or database, or for a partitioned relation. */
function reindexed(body) {
	const concurrently = body.params?.some((each) => "DefElem" in each && each.DefElem.defname === "concurrently");
	return {
		named: body.relation !== void 0,
		...body.kind === "REINDEX_OBJECT_SCHEMA" && { schema: String(body.name) },
		...!concurrently && { maintenance: "ROW EXCLUSIVE" }
	};
}
/** The tables that the statement will work on: those named or, of a named index, its table; with all partitions. */
async function tablesOf(session, { named, schema }, before) {
	const roots = [...before.named.values()].map((relation) => relation.oid);
	return session.query(`WITH RECURSIVE root AS (
       SELECT COALESCE(i.indrelid, c.oid) AS oid
         FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
        WHERE c.oid = ANY ($1::oid[])
     ), target AS (
       SELECT oid FROM root UNION SELECT h.inhrelid FROM pg_catalog.pg_inherits h JOIN target ON h.inhparent = target.oid
     )
     SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind
       FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND CASE WHEN $2 THEN c.oid IN (SELECT oid FROM target) ELSE n.nspname = COALESCE($3::name, n.nspname)  END
      ORDER BY c.oid`, [
		roots,
		named === true,
		schema ?? null
	]);
}

// src/postgres/watch/runs.ts
/** Shorter runs are looked at statement by statement: it takes no time, and more is seen. */
const longRun = 20;
/**
* Statements inside long runs of alike ones, such as thousands of INSERTs into one table. They need not be looked at one by
* one: in a transaction locks and counters only grow, so where nothing has grown between the first of a run and the
* last, no statement between them took anything new.
*/
function middleOfRuns(batches) {
	const middle = /* @__PURE__ */ new Set();
	for (const { block, statements } of batches) {
		if (block === "none") continue;
		for (const run of runsOf(statements)) if (run.length >= longRun) for (const statement of run.slice(1, -1)) middle.add(statement);
	}
	return middle;
}
function runsOf(statements) {
	const runs = [];
	let last;
	for (const statement of statements) {
		const shape = shapeOf(statement);
		if (shape !== void 0 && shape === last) runs.at(-1)?.push(statement);
		else runs.push([statement]);
		last = shape;
	}
	return runs;
}
/** What alike statements share: their kind and the relations they name. */
function shapeOf(statement) {
	if (![
		"InsertStmt",
		"UpdateStmt",
		"DeleteStmt"
	].includes(statement.kind)) return void 0;
	return [statement.kind, ...namesIn(statement.node).map(keyOf)].join(" ");
}
/** Whether a session holds and has scanned the same at both moments. */
function sameHoldings(a, b) {
	return a.locks.size === b.locks.size && [...a.locks].every(([oid, modes]) => b.locks.get(oid)?.size === modes.size) && [...b.scans].every(([oid, scans]) => a.scans.get(oid) === scans);
}

// src/postgres/watch/scans.ts
/**
* Sequential scans that `work` made, outside a transaction block. Counters of finished transactions wait in the session
* until it passes them on, at most every second: the sum of both sides tells. Before PostgreSQL 15 they travel through a
* collector process and may be on their way for half a second (documentation, chapter 28.2).
*/
async function scansAround(session, relations, major, work) {
	const before = await scansOf(session, relations);
	const result = await work();
	let after = await scansOf(session, relations);
	if (major < 15 && equal(before, after)) {
		await setTimeout$1(700);
		after = await scansOf(session, relations);
	}
	return {
		result,
		scanned: new Map([...after].map(([oid, scans]) => [oid, scans - (before.get(oid) ?? 0)]))
	};
}
async function scansOf(session, relations) {
	const tables = [...relations.values()].filter(({ kind }) => kind === "table" || kind === "materialized view");
	const rows = await session.query(`SELECT t.oid, (COALESCE(pg_catalog.pg_stat_get_numscans(t.oid), 0)
                    + COALESCE(pg_catalog.pg_stat_get_xact_numscans(t.oid), 0))::float8 AS scans
       FROM pg_catalog.unnest($1::oid[]) AS t(oid)`, [tables.map(({ oid }) => oid)]);
	return new Map(rows.map(({ oid, scans }) => [oid, scans]));
}
function equal(a, b) {
	return [...a].every(([oid, scans]) => b.get(oid) === scans);
}

// src/postgres/watch/watch.ts
/** Begins to watch: relations that exist now are those "at base". */
async function openWatcher(options) {
	const base = new Set((await relationsNow(options.session)).keys());
	return new SessionWatcher(options, base);
}
var SessionWatcher = class {
	#options;
	#base;
	#holders;
	#transactions = 0;
	#statements = 0;
	constructor(options, base) {
		this.#options = options;
		this.#base = base;
	}
	async watch(migration) {
		const { session } = this.#options;
		const batches = await batchesOf(migration);
		const context = {
			existing: await relationsNow(session, this.#base),
			middle: middleOfRuns(batches),
			files: /* @__PURE__ */ new Map(),
			facts: [],
			transaction: null,
			last: void 0,
			looked: void 0,
			skipped: []
		};
		const statements = batches.reduce((sum, batch) => sum + batch.statements.length, 0);
		try {
			await execute(session, batches, (statement) => this.#run(statement, context));
			return {
				facts: context.facts,
				statements,
				failed: false
			};
		} catch (error) {
			if (!(error instanceof StatementFailed)) throw error;
			this.#noteFailure(error, context);
			return {
				facts: context.facts,
				statements,
				failed: true
			};
		}
	}
	async [Symbol.asyncDispose]() {
		await (await this.#holders?.catch(() => void 0))?.[Symbol.asyncDispose]();
	}
	async #run(statement, context) {
		const { session, address, statementLimit, refusal: refusalOf } = this.#options;
		const refusal = refusalOf?.(statement);
		if (refusal) return this.#note(statement, {
			before: blank,
			after: nothingHeld,
			milliseconds: 0
		}, context, refusal);
		const before = session.transaction;
		const run = await limited(session, {
			address,
			seconds: statementLimit
		}, () => this.#execute(statement, context));
		if (before === "none" && session.transaction === "open") context.transaction = this.#transactions += 1;
		this.#note(statement, run, context, run.unobserved);
		if (session.transaction === "none") Object.assign(context, {
			transaction: null,
			last: void 0
		});
	}
	async #execute(statement, context) {
		const { session } = this.#options;
		if (session.transaction !== "none") {
			context.transaction ??= this.#transactions += 1;
			return this.#executeInside(statement, context);
		}
		if (isQuiet(statement) || needsBlock(statement)) return {
			before: blank,
			after: nothingHeld,
			milliseconds: await timed(() => session.send(statement.sql))
		};
		if (mustRunOutside(statement)) return this.#executeOutside(statement, context);
		return this.#executeAlone(statement, context);
	}
	async #executeInside(statement, context) {
		const { session } = this.#options;
		const look = lookFor(statement, context);
		const { last, skipped, facts, middle } = context;
		if (last && middle.has(statement)) {
			skipped.push(facts.length);
			const milliseconds = await timed(() => session.send(statement.sql));
			return {
				before: {
					...last.before,
					...last.after
				},
				after: last.after,
				milliseconds
			};
		}
		const run = await runInside(session, statement, this.#base, look);
		if (last && skipped.length > 0 && !sameHoldings(last.after, run.before)) markUnobserved(context);
		skipped.length = 0;
		context.last = run;
		return run;
	}
	/** A statement by itself is a transaction of its own: opened here, so that its locks are there to see. */
	async #executeAlone(statement, context) {
		const { session } = this.#options;
		const look = lookFor(statement, context);
		await session.send("BEGIN");
		try {
			const run = await runInside(session, statement, this.#base, look);
			await session.send("COMMIT");
			context.transaction = this.#transactions += 1;
			return run;
		} catch (error) {
			if (!(error instanceof SqlError)) throw error;
			await session.send("ROLLBACK");
			if (!commitsByItself(error)) throw error;
			return this.#executeOutside(statement, context);
		}
	}
	async #executeOutside(statement, context) {
		const { session, address, signal, major } = this.#options;
		const look = lookFor(statement, context);
		this.#holders ??= openHolders(address, signal);
		const holders = await this.#holders;
		const files = new Map([...await relationsNow(session)].map(([oid, { file }]) => [oid, file]));
		const { result: run, scanned } = await scansAround(session, context.existing, major, () => runOutside(session, holders, statement, this.#base, look));
		const now = await relationsNow(session);
		for (const [oid, file] of files) context.files.set(oid, file);
		return {
			...run,
			before: {
				...run.before,
				locks: /* @__PURE__ */ new Map(),
				scans: /* @__PURE__ */ new Map()
			},
			after: {
				...run.after,
				files: new Map([...now].map(([oid, { file }]) => [oid, file])),
				scans: scanned
			}
		};
	}
	#note(statement, run, context, unobserved) {
		const observation = toObservation(statement, run, {
			...context,
			...unobserved !== void 0 && { unobserved }
		});
		for (const [oid, file] of run.after.files) context.files.set(oid, file);
		context.facts.push(this.#factsOf(statement, observation, run));
	}
	#noteFailure({ statement, error }, context) {
		const last = context.facts.at(-1);
		const fault = faultOf(statement, error);
		if (last?.statement === statement) {
			context.facts[context.facts.length - 1] = {
				...last,
				observation: {
					...last.observation,
					error: fault
				}
			};
			return;
		}
		const run = {
			before: context.looked?.statement === statement ? context.looked.before : blank,
			after: nothingHeld,
			milliseconds: 0
		};
		const observation = {
			...toObservation(statement, run, context),
			error: fault,
			unobserved
		};
		context.facts.push(this.#factsOf(statement, observation, run));
	}
	#factsOf(statement, observation, { before }) {
		const { lockTimeout, statementTimeout } = before;
		return {
			statement,
			observation,
			index: this.#statements++,
			relation: (schema, name) => before.named.get(keyOf({
				schema,
				name
			})),
			lockTimeout,
			statementTimeout
		};
	}
};
function lookFor(statement, context) {
	return (before) => {
		context.looked = {
			statement,
			before
		};
	};
}
/** Something among the statements that were not looked at singly took a lock or read a table. */
function markUnobserved({ facts, skipped }) {
	for (const index of skipped) {
		const each = facts[index];
		const unobserved = `It is one of ${skipped.length} alike statements in a row that were not watched singly.`;
		facts[index] = {
			...each,
			observation: {
				...each.observation,
				unobserved
			}
		};
	}
}
const unobserved = "It failed, so what it would have locked, rewritten and read afterwards is not known.";
/** Statements that are an error outside a block that the script opened: a block of ours would hide it. */
function needsBlock({ kind }) {
	return kind === "DeclareCursorStmt" || kind === "LockStmt";
}
/** Procedures and DO blocks with COMMIT, and what PostgreSQL finds out only while it runs (25001, 2D000). */
function commitsByItself(error) {
	return ["25001", "2D000"].includes(error.fault.sqlstate);
}

// src/jobs/made-up-rows.ts
/**
* Errors that rows cause: cardinality, data, constraints, WITH CHECK OPTION and what functions raise (PostgreSQL
* documentation, appendix A, classes 21, 22, 23, 44, P0).
*/
const causedByRows = /^(21|22|23|44|P0)/;
/** Whether an error stopped the migrations that made-up rows may have caused, so that the rest went unseen. */
function stoppedByRows({ seeded, statements }) {
	const error = statements.at(-1)?.observation.error;
	return seeded.rows > 0 && error !== void 0 && causedByRows.test(error.sqlstate);
}
/**
* What two attempts together tell, the first with made-up rows, the second without. Where the same statement fails for
* the same reason, the rows of the migrations themselves are to blame, and the first attempt stands.
*/
function withoutRows(first, second) {
	const stopped = first.statements.length - 1;
	const errorOnRows = first.statements[stopped]?.observation.error;
	const again = second.statements[stopped];
	if (!again || !errorOnRows || again.observation.error?.sqlstate === errorOnRows.sqlstate) return {
		...first,
		notes: []
	};
	const facts = {
		...again,
		observation: {
			...again.observation,
			errorOnRows
		}
	};
	const { path, line } = facts.observation;
	return {
		...second,
		statements: second.statements.with(stopped, facts),
		notes: [`Made-up rows do not fit ${path}:${line}, so all statements were watched on tables without such rows.`]
	};
}

// src/jobs/rehearse.ts
/** What a session starts with: a scratch database need not survive a crash. */
const defaults = { synchronous_commit: "off" };
/**
* Runs migrations in a database of its own: replays the base, seeds rows, then watches every pending statement.
* Leaves nothing on the server. Throws `KnownError` for a base that does not apply and a server that is lost.
*/
async function rehearse(input) {
	try {
		return await rehearseOn(input);
	} catch (error) {
		if (!(error instanceof ConnectionLost)) throw error;
		const log = await input.server.log().catch(() => "");
		throw new KnownError(`${error.message} The check could not be finished.`, {
			reason: "unreachable",
			help: log ? `The server's log ends with:\n${log}` : "See the log of the server.",
			cause: error
		});
	}
}
/** Roles can only go once the database with what they own is gone: hence the two scopes. */
async function rehearseOn(input) {
	const { server, base, pending, signal, progress } = input;
	await using guard = await openGuard({
		server,
		migrations: [...base, ...pending],
		signal,
		progress
	});
	const first = await rehearseInScratch(input, guard);
	const undone = await guard.undo();
	if (!stoppedByRows(first)) return {
		...first,
		notes: undone
	};
	input.progress.step("made-up rows do not fit: once more without");
	const second = await rehearseInScratch({
		...input,
		seedRows: 0
	}, guard);
	const { notes, ...rest } = withoutRows(first, second);
	return {
		...rest,
		notes: [...notes, .../* @__PURE__ */ new Set([...undone, ...await guard.undo()])]
	};
}
async function rehearseInScratch(input, guard) {
	const { server, signal, progress, statementLimit } = input;
	await using scratch = await createScratch(server, { signal });
	await using connection = await connect(scratch.address, signal, defaults);
	progress.step(`replaying ${count(input.base.length, "base migration")}`);
	const limit = {
		seconds: statementLimit,
		address: scratch.address
	};
	await replay(connection, await guard.prepare(input.base), {
		fresh: input.tool.freshSession,
		limit
	});
	progress.step("seeding rows");
	const [seeded, before] = await prepare(scratch.address, input);
	const session = guard.marking(connection);
	const { refusal } = guard;
	const watching = {
		session,
		address: scratch.address,
		major: server.major,
		statementLimit,
		signal,
		refusal
	};
	await using watcher = await openWatcher(watching);
	const watched = await watchAll(input, session, watcher);
	const after = await snapshotOf(scratch.address, signal);
	return {
		before,
		after,
		changes: diffSnapshots(before, after),
		seeded,
		...watched
	};
}
async function prepare(address, { seedRows, signal }) {
	await using session = await connect(address, signal, {
		...defaults,
		statement_timeout: "2s"
	});
	const before = await takeSnapshot(session);
	return [await seed(session, { rows: seedRows }), before];
}
async function snapshotOf(address, signal) {
	await using session = await connect(address, signal);
	return await takeSnapshot(session);
}
async function watchAll({ pending, tool, progress }, session, watcher) {
	const statements = [];
	const migrations = [];
	let failed = false;
	for (const { id, path, ...migration } of pending) {
		if (failed) {
			const statements = (await batchesOf({
				id,
				path,
				...migration
			})).flatMap((batch) => batch.statements).length;
			migrations.push({
				id,
				path,
				statements,
				status: "not run"
			});
			continue;
		}
		progress.step(`watching ${id}`);
		if (tool.freshSession) await session.send(freshSession);
		const watched = await watcher.watch({
			id,
			path,
			...migration
		});
		statements.push(...watched.facts);
		failed = watched.failed;
		migrations.push({
			id,
			path,
			statements: watched.statements,
			status: failed ? "failed" : "applied"
		});
	}
	return {
		migrations,
		statements
	};
}
function count(number, noun) {
	return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

// src/jobs/check.ts
/** Checks what the pending migrations do, on a server of its own. Throws `KnownError` when it cannot be done. */
async function check(input) {
	const { subject, failOn, now } = input;
	const start = performance.now();
	const { rehearsal, server } = await runPending(input);
	const world = worldOf(input, rehearsal, server?.major);
	input.progress.step("judging");
	const findings = judge(world, input.rules, { today: now.toISOString().slice(0, 10) });
	return {
		version: 1,
		command: "check",
		outcome: findings.some((each) => each.status === "open" && fails(each.severity, failOn)) ? "failed" : "passed",
		failOn,
		lockkeeper: input.version,
		startedAt: now.toISOString(),
		milliseconds: Math.round(performance.now() - start),
		...subject.folder !== "" && { folder: subject.folder },
		tool: {
			name: subject.tool.name,
			title: subject.tool.title,
			folders: subject.folders
		},
		base: subject.origin,
		...subject.commit !== void 0 && { head: subject.commit },
		...server && { server: {
			kind: server.kind,
			version: server.version
		} },
		migrations: {
			base: subject.base.migrations.length,
			pending: rehearsal.migrations
		},
		findings: [...findings],
		observations: rehearsal.statements.map(({ observation }) => observation),
		changes: rehearsal.changes,
		touched: touchedObjects(rehearsal.changes, rehearsal.before, rehearsal.after),
		...server && { fingerprints: {
			before: rehearsal.before.fingerprint,
			after: rehearsal.after.fingerprint
		} },
		coverage: coverageOf(subject, rehearsal)
	};
}
async function runPending(input) {
	const { subject, seedRows, statementLimit, signal, progress } = input;
	if (subject.pending.length === 0) return { rehearsal: nothing };
	await using server = await input.openServer();
	return {
		rehearsal: await rehearse({
			server,
			tool: subject.tool,
			base: subject.base.migrations,
			pending: subject.pending,
			seedRows,
			statementLimit,
			signal,
			progress
		}),
		server: {
			kind: server.kind,
			version: server.version,
			major: server.major
		}
	};
}
const empty = {
	serverVersion: 0,
	fingerprint: "",
	objects: []
};
const nothing = {
	before: empty,
	after: empty,
	changes: [],
	seeded: {
		tables: 0,
		rows: 0,
		skipped: []
	},
	migrations: [],
	statements: [],
	notes: []
};
/** Rules that know their majors are asked as for the newest one when no server was needed. */
const newestMajor = 18;
function worldOf({ subject, protectedTables }, rehearsal, major = newestMajor) {
	const { before, after, changes, statements } = rehearsal;
	const { pending, base, head } = subject;
	const { outsideTransaction } = subject.tool;
	return {
		major,
		before,
		after,
		changes,
		statements,
		pending,
		base,
		head,
		outsideTransaction,
		isProtected: matcher(protectedTables)
	};
}
/** A glob with a dot names schema and table; one without names a table in any schema. */
function matcher(globs) {
	const qualified = globs.map((glob) => (0, import_picomatch.default)(glob.includes(".") ? glob : `*.${glob}`, { dot: true }));
	return (table) => qualified.some((matches) => matches(table));
}
function coverageOf(subject, { statements, migrations, seeded, notes }) {
	const total = migrations.reduce((sum, migration) => sum + migration.statements, 0);
	const notRun = total - statements.length;
	return {
		statements: {
			total,
			run: statements.length,
			observed: statements.filter(({ observation }) => observation.unobserved === void 0).length
		},
		seeded,
		notes: [
			...subject.head.ignored.map(({ path, reason }) => `${path} was passed over: ${reason}`),
			...migrations.filter((each) => each.statements === 0).map(({ path }) => `${path} holds no statement.`),
			...notRun > 0 ? [`${notRun} of ${total} statements were not run, because an earlier one failed.`] : [],
			...notes
		]
	};
}

// src/jobs/detect.ts
/**
* Finds the migration tool and its folders. What the settings name is taken; the rest is told from the files. Throws
* `KnownError` where the settings name what is not there, and where the files tell nothing or several things.
*/
async function detect(tools, tree, wish) {
	const candidates = wish.tool === "auto" ? tools : [toolNamed(tools, wish.tool)];
	const paths = await tree.list("");
	for (const folder of wish.migrations) refuseAbsent(folder, paths, tree);
	const folders = [...new Set(wish.migrations.map(normalised))];
	if (wish.tool !== "auto" && folders.length > 0) return named(candidates, folders, tree);
	const found = (await Promise.all(candidates.map((tool) => tool.detect(tree, paths)))).flat();
	return decide(candidates, await chosen(folders.length > 0 ? inFolders(found, folders) : best(found), folders, wish.choose), folders, found, tree);
}
async function chosen(evidence, folders, choose) {
	const options = folders.length > 0 ? [...Map.groupBy(evidence, ({ tool }) => tool).values()].map(([each]) => each) : evidence;
	if (!choose || options.length < 2) return evidence;
	const { tool, folder } = await choose(options.filter((each) => each !== void 0));
	return evidence.filter((each) => each.tool === tool && (folders.length > 0 || each.folder === folder));
}
/** Both settings are there; only that the tool finds nothing in these folders is left to be said. */
async function named(tools, folders, tree) {
	const [tool] = tools;
	if (!tool || (await tool.read(tree, folders)).migrations.length === 0) throw nothingFound(tools, folders, [], tree);
	return {
		tool,
		folders,
		evidence: []
	};
}
function decide(tools, evidence, folders, found, tree) {
	const [first, ...others] = evidence;
	if (!first) throw nothingFound(tools, folders, found, tree);
	if (others.some(({ tool }) => tool !== first.tool)) throw severalTools(evidence);
	if (folders.length === 0 && others.length > 0) throw severalFolders(evidence);
	return {
		tool: toolNamed(tools, first.tool),
		folders: folders.length > 0 ? folders : [first.folder],
		evidence
	};
}
function toolNamed(tools, name) {
	const found = tools.find((tool) => tool.name === name);
	if (found) return found;
	const names = tools.map((tool) => tool.name);
	const [near] = nearest(name, names, 1);
	throw new KnownError(`There is no migration tool called ${name}.`, { help: `${near ? `Did you mean ${near}? ` : ""}The setting \`tool\` takes auto, ${names.join(", ")}.` });
}
/** `./db/migrations/` and `db\migrations` are `db/migrations`; `.` is the repository itself. */
function normalised(folder) {
	return folder.replaceAll("\\", "/").split("/").filter((part) => part !== "" && part !== ".").join("/");
}
/** The detections that nothing better stands against, and of those in every folder the surest. */
function best(found) {
	const rank = Math.min(...found.map(rankOf));
	return surestByFolder(found.filter((each) => rankOf(each) === rank));
}
/**
* Folders of other people's code, of tests and of other databases never win over a real one, and plain SQL only where
* no tool left its mark.
*/
function rankOf({ folder, certainty }) {
	return (isUnlikely(folder) ? 2 : 0) + (certainty === "fallback" ? 1 : 0);
}
function isUnlikely(folder) {
	return folder.split("/").some((part) => foreign.test(part) || otherDatabase.test(part));
}
const foreign = /^(node_modules|vendor|third[_-]?party|site-packages|\.?venv|_*tests?_*|test[_-]?data|spec|_*fixtures?_*|_*mocks?_*|e2e|examples?|samples?|demos?|docs?|templates?|dist|build|target|tmp)$/i;
const otherDatabase = /clickhouse|mysql|mariadb|sqlite|mssql|sqlserver|oracle|cassandra|scylla|snowflake|bigquery|spanner/i;
function inFolders(found, folders) {
	return surestByFolder(found.filter(({ folder }) => folders.includes(folder)));
}
function surestByFolder(found) {
	const order = [
		"sure",
		"likely",
		"fallback"
	];
	return [...Map.groupBy(found, ({ folder }) => folder).values()].flatMap((each) => {
		const surest = order.find((certainty) => each.some((detection) => detection.certainty === certainty));
		return each.filter(({ certainty }) => certainty === surest);
	});
}
function refuseAbsent(written, paths, tree) {
	const folder = normalised(written);
	if (!/^[/\\]/.test(written) && (folder === "" || paths.some((path) => path.startsWith(`${folder}/`)))) return;
	const folders = new Set(paths.filter((path) => path.endsWith(".sql")).map((path) => path.replace(/\/?[^/]*$/, "")));
	const isFile = paths.includes(folder);
	const near = isFile ? [folder.replace(/\/?[^/]*$/, "")].filter(Boolean) : nearest(folder, [...folders]);
	const what = isFile ? `${written} is a file, not a folder` : `There is no folder ${written} in the ${tree.label}`;
	throw new KnownError(`${what}.`, { help: `${near.length > 0 ? `Did you mean ${near.join(", ")}? ` : ""}The setting \`migrations\` takes folders, relative to the repository; submodules and symbolic links to folders are not read.` });
}
function nothingFound(tools, folders, found, tree) {
	const where = folders.length > 0 ? folders.map(shown).join(", ") : `the ${tree.label}`;
	const below = found.filter(({ folder }) => folders.some((each) => `${folder}/`.startsWith(each === "" ? "" : `${each}/`)));
	const elsewhere = below.length > 0 ? below : found;
	const hints = [
		elsewhere.length > 0 ? `There is:${lines(surestByFolder(elsewhere))}` : "",
		`Looked for: ${tools.map(({ name, recognisedBy }) => `${name} (${recognisedBy})`).join("; ")}.`,
		"Name the folder with `migrations`, and the tool with `tool` where the files do not tell it."
	];
	return new KnownError(`No migrations found in ${where}.`, { help: hints.filter(Boolean).join("\n") });
}
function severalTools(evidence) {
	return new KnownError(`There are migrations of several tools:${lines(evidence)}`, { help: "Decide with the settings `tool` and `migrations`." });
}
function severalFolders(evidence) {
	return new KnownError(`There are several folders of migrations:${lines(evidence)}`, { help: "Decide with the setting `migrations`; several folders may be named if they make up one history." });
}
function lines(evidence) {
	return evidence.map(({ tool, folder, evidence: why }) => `\n  ${tool} in ${shown(folder)}: ${why}`).join("");
}
function shown(folder) {
	return folder === "" ? "the top folder" : folder;
}

// src/jobs/pending.ts
/** Compares the migrations at the base with those at the head. Two migrations are the same when their ids are. */
function pendingBetween(base, head) {
	const before = new Map(base.migrations.map((each) => [each.id, each]));
	const after = new Map(head.migrations.map((each) => [each.id, each]));
	const pending = head.migrations.filter(({ id }) => !before.has(id));
	const lastApplied = head.migrations.findLastIndex(({ id }) => before.has(id));
	return {
		base,
		pending,
		edited: base.migrations.flatMap((each) => {
			const now = after.get(each.id);
			return now && isEdited(each, now) ? [{
				before: each,
				after: now
			}] : [];
		}),
		deleted: base.migrations.filter(({ id }) => !after.has(id)),
		outOfOrder: head.migrations.slice(0, lastApplied + 1).filter(({ id }) => !before.has(id))
	};
}
/**
* Takes the migrations up to one of them as applied: by the tool's version, with or without leading zeros, or by the
* file's name, with or without its extension. Throws `KnownError` for an id that names none or several.
*/
function pendingAfter(head, appliedThrough) {
	const count = appliedThrough === "none" ? 0 : positionOf(head.migrations, appliedThrough) + 1;
	return {
		base: {
			migrations: head.migrations.slice(0, count),
			ignored: []
		},
		pending: head.migrations.slice(count),
		edited: [],
		deleted: [],
		outOfOrder: []
	};
}
function isEdited(before, after) {
	return before.hash !== after.hash && textsOf(before) !== textsOf(after);
}
function textsOf({ up, down }) {
	return [up.text, down?.text ?? ""].join("\0").replaceAll("\r\n", "\n");
}
function positionOf(migrations, wanted) {
	for (const names of [namesOf, (each) => [numberOf(each.name)]]) {
		const matching = migrations.filter((each) => names(each).includes(plain(wanted)));
		if (matching.length > 1) throw ambiguous(wanted, matching);
		if (matching[0]) return migrations.indexOf(matching[0]);
	}
	throw unknown(wanted, migrations);
}
/** Whatever a migration may be called by, without leading zeros. */
function namesOf({ id, name, path }) {
	const withoutExtension = name.replace(/\.[^.]*$/, "");
	return [
		id,
		name,
		path,
		withoutExtension,
		withoutExtension.replace(/\.(up|down)$/, "")
	].map(plain);
}
/** The number that a file's name begins with: a version even where the tool has none. */
function numberOf(name) {
	return /^\d+/.exec(plain(name))?.[0];
}
function plain(name) {
	return name.trim().replace(/^0+(?=\d)/, "");
}
function unknown(wanted, migrations) {
	const ids = migrations.map(({ id }) => id);
	const near = nearest(wanted, [.../* @__PURE__ */ new Set([...ids, ...migrations.map(({ name }) => name.replace(/\.[^.]*$/, ""))])]);
	const last = ids.at(-1);
	const hint = near.length > 0 ? `Did you mean ${near.join(", ")}?` : last && `The newest migration is ${last}.`;
	return new KnownError(`There is no migration ${wanted}.`, { help: [hint, "The setting `applied-through` takes a version, a file name without its extension, or `none`."].filter(Boolean).join(" ") });
}
function ambiguous(wanted, matching) {
	return new KnownError(`${wanted} may be any of ${matching.map(({ id }) => id).join(", ")}.`, { help: "Give `applied-through` the whole name of the file, without its extension." });
}

// src/run.ts
/** Settings → adapters → job → report → exit code. */
async function run(door) {
	if (door.settings.serverUrl) maskUrl(door.settings.serverUrl, door.host);
	if (door.settings.githubToken) door.host.mask(door.settings.githubToken);
	return (work[door.command] ?? runCheck)(door);
}
const work = {
	tools: showTools,
	comment: postStored,
	init: setUp
};
/** Comments with the report that a fork's run has stored. */
async function postStored({ settings, host, signal }) {
	if (!host.stored) throw new KnownError("`comment` posts a report that a workflow has stored: it runs on GitHub only.", { help: "See workflows/pull-request-comment.yml." });
	const { githubToken: token, commentId: id, workingDirectory } = settings;
	const folder = posix.join("/", workingDirectory).replace(/^\/|\/$/g, "");
	const stored = await host.stored({
		folder,
		id,
		signal,
		...token && { token }
	});
	if (!stored) return exitCodes.done;
	const { readReport } = await import("./read.js");
	const { presentationOf } = await import("./reports.js");
	const { default: schema } = await import("./report.schema.js");
	await stored.post(presentationOf(readReport(stored.text, schema), {}));
	return exitCodes.done;
}
async function showTools({ settings, signal }) {
	const { tool, folders, evidence } = await found(settings, workTree(resolve(settings.workingDirectory), signal));
	for (const folder of folders) process.stdout.write(`${tool.name} in ${folder || "."}\n`);
	for (const { evidence: why } of evidence) process.stdout.write(`  ${why}\n`);
	return exitCodes.done;
}
/** Writes the workflow and the settings. */
async function setUp({ settings, switches, host, signal }) {
	const { init } = await import("./init.js");
	const { visible } = await import("./escape.js");
	const folder = await realpath(resolve(settings.workingDirectory));
	const repository = await openRepository(folder, signal).catch((error) => {
		if (!(error instanceof KnownError) || !error.message.includes("not in a git work tree")) throw error;
		throw new KnownError(error.message, { help: "Run it in a clone of the repository, or make one of the folder with `git init`." });
	});
	const ask = switches.has("yes") || switches.has("dry-run") ? void 0 : host.ask;
	await init({
		root: repository.root,
		tree: repository.workTree,
		folder: repositoryFolder(repository.root, folder),
		found: (choose) => found(settings, workTree(folder, signal), choose),
		defaultBranch: await repository.defaultBranch(),
		forks: switches.has("forks"),
		dryRun: switches.has("dry-run"),
		force: switches.has("force"),
		...settings.postgres !== void 0 && { postgres: settings.postgres },
		...ask && { ask: (question) => ask(visible(question)) },
		tell: (line) => (switches.has("dry-run") ? process.stderr : process.stdout).write(`${visible(line)}\n`),
		show: (diff) => process.stdout.write(visible(diff))
	});
	return exitCodes.done;
}
async function runCheck({ settings, host, signal }) {
	const { progress } = host;
	const { rules } = await import("./rules.js");
	const report = await check({
		subject: await subjectOf(settings, host, signal),
		openServer: async () => {
			const provider = await loadProvider(settings.server);
			const { postgres: major, serverUrl: url } = settings;
			return provider.open({
				...major && { major },
				...url && { url },
				signal,
				progress
			});
		},
		rules,
		failOn: settings.failOn,
		protectedTables: settings.protected,
		seedRows: settings.seedRows,
		statementLimit: settings.statementLimit,
		version,
		now: /* @__PURE__ */ new Date(),
		signal,
		progress
	});
	await show(report, rules, {
		settings,
		host,
		signal
	});
	return report.outcome === "passed" ? exitCodes.done : exitCodes.findings;
}
async function found(settings, tree, choose) {
	const tools = await Promise.all(toolNames.map(loadTool));
	return detect(tools, tree, {
		tool: settings.tool,
		migrations: settings.migrations,
		...choose && { choose }
	});
}
/** The migrations at the base, from git or by name, against those of the work tree. */
async function subjectOf(settings, host, signal) {
	const folder = await realpath(resolve(settings.workingDirectory));
	if (settings.appliedThrough !== void 0) {
		const tree = workTree(folder, signal);
		const { tool, folders } = await found(settings, tree);
		const head = await tool.read(tree, folders);
		const { base, pending } = pendingAfter(head, settings.appliedThrough);
		const origin = { appliedThrough: settings.appliedThrough };
		return {
			tool,
			folders,
			folder: await folderIfAny(folder, signal),
			base,
			head,
			pending,
			origin
		};
	}
	const repository = await openRepository(folder, signal);
	const below = repositoryFolder(repository.root, folder);
	const { tool, folders } = await found(settings, inFolder(repository.workTree, below));
	const ref = settings.base ?? await host.base() ?? await repository.defaultBase();
	if (!ref) throw new KnownError("It is not known what the migrations are to be compared with.", { help: "Name a branch with `base`, or the last applied migration with `applied-through`." });
	const commit = await repository.mergeBase(ref);
	const head = await tool.read(inFolder(repository.workTree, below), folders);
	const { base, pending } = pendingBetween(await tool.read(inFolder(repository.at(commit), below), folders), head);
	const checkedOut = await repository.head();
	return {
		tool,
		folders,
		folder: below,
		base,
		head,
		pending,
		origin: {
			ref,
			commit
		},
		...checkedOut && { commit: checkedOut }
	};
}
/** The same where git is not needed, and the folder may be in no repository. */
async function folderIfAny(folder, signal) {
	try {
		return repositoryFolder((await openRepository(folder, signal)).root, folder);
	} catch (error) {
		if (error instanceof KnownError) return "";
		throw error;
	}
}
/** The checked folder relative to the repository's top, with `/`; empty for the top itself. */
function repositoryFolder(root, folder) {
	return folder === root ? "" : folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : "";
}
/** Part of a repository, with paths relative to that part. */
function inFolder(tree, folder) {
	if (folder === "") return tree;
	const inside = (path) => path === "" ? folder : `${folder}/${path}`;
	return {
		label: tree.label,
		list: async (path) => (await tree.list(inside(path))).map((each) => each.slice(folder.length + 1)),
		read: async (paths) => (await tree.read(paths.map(inside))).map((file) => ({
			...file,
			path: file.path.slice(folder.length + 1)
		}))
	};
}
async function show(report, rules, { settings, host, signal }) {
	const { presentationOf, files } = await import("./reports.js");
	const wanted = Object.entries(settings.reports);
	const quiet = wanted.some(([, file]) => file === "-");
	const { colour, githubToken: token, commentId: id } = settings;
	const comment = {
		folder: report.folder ?? "",
		id,
		signal,
		...token && { token }
	};
	await host.publish(presentationOf(report, settings.reports), {
		colour,
		quiet,
		...settings.comment === "auto" && { comment }
	});
	for (const [setting, file] of wanted) await write(files[setting](report, rules), file);
}
/** To a file, whose folders are made where they are missing, or to standard output. */
async function write(text, file) {
	if (file === "-") return void process.stdout.write(text);
	try {
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, text);
	} catch (error) {
		throw new KnownError(`The report cannot be written to ${file}: ${fileFault(error)}.`, { cause: error });
	}
}
function maskUrl(url, host) {
	const [, password] = /^[^:]+:\/\/[^/@]*?:([^@]+)@/.exec(url) ?? [];
	if (!password) return;
	host.mask(password);
	try {
		host.mask(decodeURIComponent(password));
	} catch {}
}

export { run };
import { r as fileFault, t as KnownError } from "./error.js";
import { t as nearest } from "./nearest.js";
import { i as pendingBetween, n as withTable, r as pendingAfter } from "./table.js";
import { n as toolNames, t as loadTool } from "./tools.js";
import { readFile, readdir, readlink, realpath, stat } from "node:fs/promises";
import { join, posix, relative, resolve, sep } from "node:path";
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
	throw refusal(new GitError(args[0] ?? "", exitCode, Buffer.concat(stderr).toString()), folder);
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
function refusal(error, folder) {
	if (!error.stderr.includes("dubious ownership")) return error;
	const root = /repository at '([^']*)'/.exec(error.stderr)?.[1] ?? folder;
	return new KnownError(`git refuses to read the repository at ${root}, because another user owns it.`, {
		help: `Tell git that you trust it: git config --global --add safe.directory '${root}'`,
		cause: error
	});
}

// src/git/worktree.ts
/** How many files are read at the same time: enough to keep the disk busy, far from any limit on open files. */
const readers = 64;
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
			for (let start = 0; start < paths.length; start += readers) {
				signal?.throwIfAborted();
				files.push(...await Promise.all(paths.slice(start, start + readers).map((path) => read(root, path, top))));
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
async function read(root, path, top) {
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
				id: idOf(known, path, commit)
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
function idOf(objects, path, commit) {
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
	return search({
		root,
		ref,
		local: await locate(root, ref, signal)
	}, steps, signal);
}
async function search(wanted, left, signal) {
	const { root, ref, local } = wanted;
	const base = await commitOf(root, local, signal);
	const common = base && await commonCommit(root, base, signal);
	if (common) return common;
	const [step, ...later] = left;
	if (step === void 0 || !await isShallow(root, signal)) throw base ? unrelated(ref) : await noSuchRef(root, ref, signal);
	await deepen(root, step, local, signal);
	return search(wanted, later, signal);
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
	const also = folders.length === 0 ? alsoThere(evidence, found) : "";
	if (others.some(({ tool }) => tool !== first.tool)) throw severalTools(evidence, also);
	if (folders.length === 0 && others.length > 0) throw severalFolders(evidence, also);
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
/**
* The detections that nothing better stands against, and of those in every folder the surest. What is for another
* database is none of them, even where there is nothing else.
*/
function best(found) {
	const own = found.filter(({ folder }) => !isIn(otherDatabase, folder));
	const rank = Math.min(...own.map(rankOf));
	return surestByFolder(own.filter((each) => rankOf(each) === rank));
}
/** Folders of other people's code and of tests never win over a real one, and plain SQL only where no tool left its mark. */
function rankOf({ folder, certainty }) {
	return (isIn(foreign, folder) ? 2 : 0) + (certainty === "fallback" ? 1 : 0);
}
function isIn(pattern, folder) {
	return folder.split("/").some((part) => pattern.test(part));
}
/** Folders that are as real as those that won, without a tool's mark: only who asks for them gets them. */
function alsoThere(evidence, found) {
	const others = found.filter(({ folder }) => !isIn(foreign, folder) && !isIn(otherDatabase, folder) && evidence.every((each) => each.folder !== folder));
	return others.length > 0 ? `\nWithout the mark of a tool there is:${lines(surestByFolder(others))}` : "";
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
		"Name the folder with `migrations`, and the tool with `tool` where the files do not tell it. Folders that are called like another database are taken only then."
	];
	return new KnownError(`No migrations found in ${where}.`, { help: hints.filter(Boolean).join("\n") });
}
function severalTools(evidence, also) {
	return new KnownError(`There are migrations of several tools:${lines(evidence)}`, { help: `Decide with the settings \`tool\` and \`migrations\`.${also}` });
}
function severalFolders(evidence, also) {
	return new KnownError(`There are several folders of migrations:${lines(evidence)}`, { help: `Decide with the setting \`migrations\`; several folders may be named if they make up one history.${also}` });
}
function lines(evidence) {
	return evidence.map(({ tool, folder, evidence: why }) => `\n  ${tool} in ${shown(folder)}: ${why}`).join("");
}
function shown(folder) {
	return folder === "" ? "the top folder" : folder;
}

// src/model/migration.ts
/** A history that is to be applied. Throws what its tool refuses it for. */
function applicable(history) {
	if (history.refused) throw history.refused;
	return history;
}

// src/commands/subject.ts
/** The migration tool and its folders. Throws `KnownError` where there is none, or more than one. */
async function found(settings, tree, choose) {
	const tools = await Promise.all(toolNames.map(loadTool));
	return detect(tools, tree, {
		tool: settings.tool,
		migrations: settings.migrations,
		...choose && { choose }
	});
}
/** The same with the table that a backup has its history in. */
async function foundToCheck(settings, tree) {
	const detected = await found(settings, tree);
	return {
		...detected,
		tool: withTable(detected.tool, settings)
	};
}
/** The migrations at the base, from git or by name, against those of the work tree. */
async function subjectOf(settings, host, signal) {
	const folder = await realpath(resolve(settings.workingDirectory));
	if (settings.appliedThrough !== void 0) {
		const tree = workTree(folder, signal);
		const { tool, folders } = await foundToCheck(settings, tree);
		const head = applicable(await tool.read(tree, folders));
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
	const { tool, folders } = await foundToCheck(settings, inFolder(repository.workTree, below));
	const ref = settings.base ?? await host.base() ?? await repository.defaultBase();
	if (!ref) throw new KnownError("It is not known what the migrations are to be compared with.", { help: "Name a branch with `base`, or the last applied migration with `applied-through`." });
	const commit = await repository.mergeBase(ref).catch((error) => {
		throw settings.base === void 0 ? ofEvent(error, ref) : error;
	});
	const head = applicable(await tool.read(inFolder(repository.workTree, below), folders));
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
/** A base that nobody set came with the event: what to do about it is something else. */
function ofEvent(error, ref) {
	if (!(error instanceof KnownError) || !error.message.startsWith("There is no branch")) return error;
	return new KnownError(`The base ${ref} is not there any more, neither here nor at origin.`, {
		help: `GitHub’s event names it as the base. After a force push, or when the branch was deleted, it is gone: set \`base\` to a branch that is there.`,
		cause: error
	});
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

export { openRepository as a, applicable as i, repositoryFolder as n, workTree as o, subjectOf as r, found as t };
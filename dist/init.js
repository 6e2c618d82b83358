import { a as openRepository, n as repositoryFolder, o as workTree, t as found } from "./subject.js";
import { n as exitCodes, r as fileFault, t as KnownError } from "./error.js";
import { t as require_dist } from "./dist2.js";
import { s as visible } from "./escape2.js";
import { chmod, mkdir, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";

// src/jobs/init/expression.ts
var import_dist = require_dist();
/** What GitHub takes for the beginning of an expression, wherever it stands in a workflow. */
const opening = "${{";
const harmless = `${opening} '${opening}' }}`;
/** The text for a workflow, with nothing in it that GitHub works out. */
function inert(text) {
	return text.replaceAll(opening, harmless);
}
/** The text that `inert` was given. */
function read(text) {
	return text.replaceAll(harmless, opening);
}

// src/jobs/init/calls.ts
/** Where the repository's workflows call Lockkeeper. Files that are no YAML call nothing. */
async function callsIn(tree) {
	const paths = (await tree.list(".github/workflows")).filter((path) => /\/[^/]+\.ya?ml$/.test(path));
	return (await Promise.all(paths.map(async (path) => {
		try {
			return (await tree.read([path])).flatMap(({ text }) => callsInFile(path, text));
		} catch (error) {
			if (error instanceof KnownError) return [];
			throw error;
		}
	}))).flat();
}
function callsInFile(path, text) {
	const document = (0, import_dist.parseDocument)(text);
	if (document.errors.length > 0) return [];
	const { name, jobs } = Object(document.toJS());
	return Object.values(Object(jobs)).flatMap((job) => {
		const { steps: own } = Object(job);
		return [job, ...Array.isArray(own) ? own : []].map((step) => Object(step));
	}).flatMap((step) => {
		const [, workflow, ref] = /^lockkeeper\/lockkeeper(\/\.github\/workflows\/check\.ya?ml)?@(.+)$/.exec(String(step.uses)) ?? [];
		if (ref === void 0) return [];
		const { command = "check", "working-directory": folder = "" } = Object(step.with);
		return [{
			path,
			text,
			workflow: typeof name === "string" ? name : path,
			command: String(command),
			folder: plain(String(folder)),
			ref,
			reusable: workflow !== void 0
		}];
	});
}
/** `./services/billing/` is `services/billing`. */
function plain(folder) {
	return read(folder).split("/").filter((part) => part !== "" && part !== ".").join("/");
}

// src/jobs/init/diff.ts
/** Lines shown around a change. */
const context = 3;
/** One file's change as a unified diff that `git apply` takes. `before` is undefined for a new file. */
function diffOf(path, before, after) {
	const [old, now] = [lines(before ?? ""), lines(after)];
	let start = 0;
	while (start < Math.min(old.length, now.length) && old[start] === now[start]) start += 1;
	let same = 0;
	while (same < Math.min(old.length, now.length) - start && old.at(-1 - same) === now.at(-1 - same)) same += 1;
	const first = Math.max(0, start - context);
	const tail = Math.min(same, context);
	const hunk = [
		...old.slice(first, start).map((line) => ` ${line}`),
		...old.slice(start, old.length - same).map((line) => `-${line}`),
		...now.slice(start, now.length - same).map((line) => `+${line}`),
		...now.slice(now.length - same, now.length - same + tail).map((line) => ` ${line}`)
	];
	const range = (count) => `${count === 0 ? first : first + 1},${count}`;
	const header = `@@ -${range(old.length - same + tail - first)} +${range(now.length - same + tail - first)} @@\n`;
	return `${`diff --git a/${path} b/${path}\n${before === void 0 ? "new file mode 100644\n--- /dev/null" : `--- a/${path}`}\n+++ b/${path}\n`}${header}${hunk.join("")}`;
}
/** With their line ends; a last line without one is marked as git marks it. */
function lines(text) {
	return (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => line.endsWith("\n") ? line : `${line}\n\\ No newline at end of file\n`);
}

// src/jobs/init/templates.ts
/** workflows/pull-request.yml. */
const callerTemplate = `# Checks the PostgreSQL migrations of every pull request. Goes into .github/workflows/lockkeeper.yml, where
# \`lockkeeper init\` puts it. Explained at https://github.com/lockkeeper/lockkeeper/blob/main/docs/github.md
name: Lockkeeper

on:
  pull_request:
  merge_group:
  workflow_dispatch:
  # push: # also what reaches the default branch past a pull request
  #   branches: [main]

permissions: {}

concurrency: # a newer commit ends the check of the older one, in the same pull request only
  group: lockkeeper-\${{ github.event.pull_request.number || github.run_id }}
  cancel-in-progress: true

jobs:
  check:
    name: Migrations
    uses: lockkeeper/lockkeeper/.github/workflows/check.yml@v0
    permissions:
      contents: read # to read the migrations
      pull-requests: write # to comment; without it the report is only in the job's summary
`;
/** workflows/pull-request-comment.yml. */
const commentTemplate = `# Comments on pull requests from forks, where lockkeeper.yml may not write. Goes into
# .github/workflows/lockkeeper-comment.yml of the default branch, where \`lockkeeper init --forks\` puts it.
#
# Nothing of the fork is checked out or run here: only the stored report is read, and trusted in nothing.
name: Lockkeeper comment

on:
  workflow_run: # zizmor: ignore[dangerous-triggers] nothing of the pull request is run here, see above
    workflows: [Lockkeeper]
    types: [completed]

permissions: {}

concurrency: # one after the other, so that the newest report stays
  group: lockkeeper-comment-\${{ github.event.workflow_run.head_repository.full_name }}-\${{ github.event.workflow_run.head_branch }}
  cancel-in-progress: false

jobs:
  comment:
    name: Comment
    if: github.event.workflow_run.event == 'pull_request'
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions:
      actions: read # to fetch the stored report
      pull-requests: write # to comment
    steps:
      - name: Comment on the pull request
        uses: lockkeeper/lockkeeper@v0
        with:
          command: comment
`;

// src/jobs/init/files.ts
const callerPath = ".github/workflows/lockkeeper.yml";
const commentPath = ".github/workflows/lockkeeper-comment.yml";
/** The files as they shall be. What calls Lockkeeper for this folder already stays as it is. */
async function plannedFiles(facts, read) {
	return [
		await caller(facts, read),
		await comment(facts, read),
		await settings(facts, read)
	].filter((file) => file !== void 0);
}
async function caller(facts, read) {
	const { calls, folder, defaultBranch = "main" } = facts;
	const checks = calls.filter(({ command }) => command === "check");
	if (checks.some((call) => call.folder === folder)) return void 0;
	const [other] = checks.filter(({ reusable }) => reusable);
	if (other) return {
		path: other.path,
		before: other.text,
		after: withJob(other.text, jobFor(folder, other.ref))
	};
	const text = callerTemplate.replace("branches: [main]", () => `branches: [${yaml(defaultBranch)}]`);
	return {
		path: callerPath,
		before: await read(callerPath),
		after: withFolder(text, folder)
	};
}
function withFolder(text, folder) {
	return folder === "" ? text : `${text}    with:\n      working-directory: ${yaml(inert(folder))}\n`;
}
/** In letters that names of jobs and artifacts may have. */
function slug(folder) {
	return folder.replaceAll(/[^a-zA-Z0-9_]+/g, "-").replaceAll(/^-|-$/g, "") || "top";
}
/** The template's job for one more folder, under a name of its own; `comment-id` also keeps the stored reports apart. */
function jobFor(folder, ref) {
	return `${withFolder(callerTemplate.slice(callerTemplate.indexOf("  check:\n")).replace("  check:", `  check-${slug(folder)}:`).replace("name: Migrations", `name: ${yaml(inert(`Migrations of ${folder || "the top folder"}`))}`).replace(/(?<=check\.yml@).*/, () => ref), folder || ".")}      comment-id: ${slug(folder)}\n`;
}
/** Puts a job behind the last one, and leaves every other character where it is. */
function withJob(text, job) {
	const jobs = (0, import_dist.parseDocument)(text).get("jobs", true);
	const [first, last] = (0, import_dist.isMap)(jobs) ? [jobs.items.at(0), jobs.items.at(-1)] : [];
	const start = (0, import_dist.isScalar)(first?.key) ? first.key.range?.[0] ?? 0 : 0;
	const indent = start - (text.lastIndexOf("\n", start - 1) + 1);
	const end = (last?.value)?.range?.[1] ?? text.length;
	const before = text.slice(0, end).trimEnd();
	return `${before}\n\n${job.replaceAll(/^ {2}/gm, " ".repeat(indent))}${text.slice(before.length).replace(/^\n/, "")}`;
}
async function comment({ forks, calls, folder }, read) {
	if (!forks || calls.some(({ command }) => command === "comment")) return void 0;
	const name = calls.find(({ command }) => command === "check")?.workflow;
	const text = name ? commentTemplate.replace("[Lockkeeper]", () => `[${JSON.stringify(name)}]`) : commentTemplate;
	const after = folder === "" ? text : `${text}          working-directory: ${yaml(inert(folder))}\n`;
	return {
		path: commentPath,
		before: await read(commentPath),
		after
	};
}
const heading = "# Settings of Lockkeeper; all there are: https://github.com/lockkeeper/lockkeeper/blob/main/docs/settings.md\n";
/** Settings that a file has already are left alone; what it lacks goes to its end. */
async function settings(facts, read) {
	const path = facts.folder === "" ? "lockkeeper.yml" : `${facts.folder}/lockkeeper.yml`;
	const before = await read(path);
	const known = before === void 0 ? {} : Object((0, import_dist.parseDocument)(before).toJS());
	const missing = settingLines(facts).filter(([name]) => !Object.hasOwn(known, name));
	const lines = missing.map(([, line]) => `${line}\n`).join("");
	if (before === void 0) return {
		path,
		before,
		after: heading + lines
	};
	const separator = before === "" || before.endsWith("\n") ? "" : "\n";
	return {
		path,
		before,
		after: missing.length === 0 ? before : before + separator + lines,
		optional: true
	};
}
function settingLines({ tool, migrations, postgres, namedAt }) {
	const folders = migrations.map((folder) => folder || ".");
	const list = folders.length === 1 ? ` ${yaml(folders[0])}` : folders.map((folder) => `\n  - ${yaml(folder)}`).join("");
	const source = namedAt ? ` as in ${JSON.stringify(`${namedAt.path}:${namedAt.line}`).slice(1, -1)};` : "";
	return [
		["tool", `tool: ${yaml(tool)}`],
		["migrations", `migrations:${list}`],
		...postgres ? [["postgres", `postgres: ${postgres} #${source} should be what production runs`]] : []
	];
}
function yaml(value) {
	return (0, import_dist.stringify)(value, { lineWidth: 0 }).trim();
}

// src/jobs/init/postgres.ts
/** Files in which repositories name the PostgreSQL they run on, the likeliest first. */
const places = [
	/(^|\/)(docker-)?compose[\w.-]*\.ya?ml$/,
	/^\.github\/workflows\/[^/]+\.ya?ml$/,
	/^\.gitlab-ci\.yml$/,
	/^\.circleci\/config\.yml$/,
	/(^|\/)\.devcontainer\/[^/]+$/,
	/(^|\/)([\w.-]+\.)?Dockerfile([\w.-]*)?$/
];
/** `postgres:17-alpine`, `postgis/postgis:16-3.4`, `pgvector/pgvector:pg17`, `timescale/timescaledb:2.14-pg16`. */
const image = /(?:image:\s*|FROM\s+|^\s*-\s*)["']?(?:[\w.-]+(?::\d+)?\/)*(?:postgres(?:ql)?|postgis|pgvector|timescaledb(?:-ha)?):([\w.-]+)/i;
/** The PostgreSQL servers that compose files and CI workflows name, in the order of `places`. Majors 12 to 18. */
async function namedPostgres(tree) {
	const paths = await tree.list("");
	const wanted = places.flatMap((place) => paths.filter((path) => place.test(path)));
	return (await Promise.all([...new Set(wanted)].map((path) => textOf$1(tree, path)))).flatMap((file) => file ? inText(file) : []);
}
function inText({ path, text }) {
	return text.split("\n").flatMap((line, index) => {
		const major = majorOf$1(image.exec(line.replace(/#.*/, ""))?.[1] ?? "");
		return major >= 12 && major <= 18 ? [{
			path,
			line: index + 1,
			major
		}] : [];
	});
}
/** Where a tag names the extension's version too, PostgreSQL's is marked: `2.14-pg16`. */
function majorOf$1(tag) {
	return Number(/(?:^|-)pg(\d+)/.exec(tag)?.[1] ?? /^(\d+)/.exec(tag)?.[1] ?? 0);
}
/** A file that cannot be read tells nothing. */
async function textOf$1(tree, path) {
	try {
		return (await tree.read([path]))[0];
	} catch (error) {
		if (error instanceof KnownError) return void 0;
		throw error;
	}
}

// src/jobs/init/write.ts
/** Writes all of the files or, where one cannot be written, none. */
async function writeAll(root, files) {
	const staged = [];
	try {
		for (const { path, after } of files) {
			const to = await placeOf(root, path);
			const from = `${to}.${process.pid}.tmp`;
			staged.push({
				path,
				from,
				to
			});
			await writeFile(from, after, { flag: "wx" });
			const before = await stat(to).catch(() => void 0);
			if (before) await chmod(from, before.mode);
		}
		for (const { from, to } of staged) await rename(from, to);
	} catch (error) {
		if (error instanceof KnownError) throw error;
		const path = staged.at(-1)?.path ?? "";
		const fault = fileFault(error);
		throw new KnownError(`The file cannot be written: ${fault}.`, {
			place: { path },
			cause: error
		});
	} finally {
		await Promise.all(staged.map(({ from }) => rm(from, { force: true })));
	}
}
/** Where a file is written, with its folders; a symbolic link must not lead out of the repository. */
async function placeOf(root, path) {
	const folder = dirname(join(root, path));
	const [top, real] = await Promise.all([realpath(root), realpath(await existing(folder))]);
	if (real !== top && !real.startsWith(top + sep)) throw new KnownError("The folder is a symbolic link that leads out of the repository.", { place: { path } });
	await mkdir(folder, { recursive: true });
	return join(root, path);
}
/** The folder, or what of its path is there. */
async function existing(folder) {
	return stat(folder).then(() => folder, () => existing(dirname(folder)));
}

// src/jobs/init.ts
/**
* Sets Lockkeeper up in a repository: the workflow that calls it, and its settings. Throws `KnownError` where a file that
* is there would have to be changed and nobody said that it may; then nothing is written.
*/
async function init(input) {
	const facts = await factsOf(input);
	const changed = (await plannedFiles(facts, (path) => textOf(input.tree, path))).filter(({ before, after }) => before !== after);
	if (input.dryRun) return showDiff(changed, input);
	const wanted = await agreed(changed, input);
	await writeAll(input.root, wanted);
	for (const { path, before } of wanted) input.tell(`${before === void 0 ? "wrote" : "changed"} ${path}`);
	if (wanted.length > 0) input.tell(nextSteps(wanted));
	if (changed.length === 0) input.tell("Nothing to do: everything is there.");
}
async function factsOf(input) {
	const { tree, folder, ask, defaultBranch, tell } = input;
	const found = await input.found(ask && ((options) => chosen(options, ask)));
	for (const each of found.folders) tell(`${found.tool.title} in ${each || "the top folder"}`);
	const calls = await callsIn(tree);
	for (const call of calls.filter((each) => each.folder === folder || each.command !== "check")) tell(`${call.path} calls Lockkeeper already and is left as it is`);
	const named = await namedPostgres(tree);
	const postgres = input.postgres ?? await majorOf(named, input);
	const namedAt = named.find(({ major }) => major === postgres);
	return {
		folder,
		tool: found.tool.name,
		migrations: found.folders,
		calls,
		forks: await forks(input, calls.length > 0),
		...postgres !== void 0 && { postgres },
		...namedAt && input.postgres === void 0 && { namedAt },
		...defaultBranch !== void 0 && { defaultBranch }
	};
}
/** One of several places with migrations, by its number. */
async function chosen(options, ask) {
	const list = options.map(({ tool, folder, evidence }, index) => {
		return `  ${index + 1}  ${tool} in ${folder || "the top folder"}: ${evidence}\n`;
	});
	for (;;) {
		const answer = await ask(`There are several folders of migrations:\n${list.join("")}Which one? [1] `);
		const option = options[Number(answer || 1) - 1];
		if (option) return option;
	}
}
/** The major that the repository names; where it names none or several, who sits there is asked. */
async function majorOf(named, { ask, tell }) {
	const majors = [...new Set(named.map(({ major }) => major))].sort((a, b) => b - a);
	const [newest] = majors;
	for (const { path, line, major } of named) tell(`PostgreSQL ${major} in ${path}:${line}`);
	if (majors.length === 1) return newest;
	if (ask) return askedMajor(newest, ask);
	tell(newest === void 0 ? "PostgreSQL: the repository names no version; set `postgres` in lockkeeper.yml to what production runs" : `PostgreSQL ${newest} is taken, the newest; set \`postgres\` in lockkeeper.yml to what production runs`);
	return newest;
}
async function askedMajor(proposed, ask) {
	for (;;) {
		const answer = await ask(`PostgreSQL that production runs, 12 to 18${proposed ? ` [${proposed}]` : ", or nothing"}: `);
		if (answer === "") return proposed;
		if (/^1[2-8]$/.test(answer)) return Number(answer);
	}
}
async function forks({ forks: wanted, ask, tell }, isSetUp) {
	if (wanted || isSetUp) return wanted;
	if (ask) return isYes(await ask("Do pull requests come from forks, too? [y/N] "));
	tell("no comments on pull requests from forks; --forks adds the workflow for them");
	return false;
}
/** What may be written: new files, and of existing ones those that somebody agreed to. */
async function agreed(changed, { ask, force, tell }) {
	const wanted = [];
	for (const file of changed) {
		const { path, before, after } = file;
		const difference = diffOf(path, before, after);
		if (before === void 0 || force || ask && isYes(await ask(`${difference}Change ${path}? [y/N] `))) wanted.push(file);
		else if (file.optional || ask) tell(`${path} is left as it is; it does not have:\n${difference}`);
		else throw new KnownError(`${path} is there already and would have to be changed; nothing was written.`, {
			reason: "refused",
			help: "--dry-run shows the change, --force makes it."
		});
	}
	return wanted;
}
function showDiff(changed, { tell, show }) {
	for (const { path, before, after } of changed) show(diffOf(path, before, after));
	tell(changed.length > 0 ? "Nothing was written, as --dry-run says." : "Nothing to do: everything is there.");
}
function nextSteps(written) {
	return `\nNext: git add ${written.map(({ path }) => /\s/.test(path) ? `'${path}'` : path).join(" ")}, commit, push, and open a pull request with a migration.`;
}
async function textOf(tree, path) {
	const folder = path.split("/").slice(0, -1).join("/");
	if (!(await tree.list(folder)).includes(path)) return void 0;
	return (await tree.read([path]))[0]?.text;
}
function isYes(answer) {
	return /^y(es)?$/i.test(answer);
}

// src/commands/init.ts
/** Writes the workflow and the settings. */
async function run({ settings, host, signal }) {
	const folder = await realpath(resolve(settings.workingDirectory));
	const repository = await openRepository(folder, signal).catch((error) => {
		if (!(error instanceof KnownError) || !error.message.includes("not in a git work tree")) throw error;
		throw new KnownError(error.message, { help: "Run it in a clone of the repository, or make one of the folder with `git init`." });
	});
	const ask = settings.yes || settings.dryRun ? void 0 : host.ask;
	await init({
		root: repository.root,
		tree: repository.workTree,
		folder: repositoryFolder(repository.root, folder),
		found: (choose) => found(settings, workTree(folder, signal), choose),
		defaultBranch: await repository.defaultBranch(),
		forks: settings.forks,
		dryRun: settings.dryRun,
		force: settings.force,
		...settings.postgres !== void 0 && { postgres: settings.postgres },
		...ask && { ask: (question) => ask(visible(question)) },
		tell: (line) => (settings.dryRun ? process.stderr : process.stdout).write(`${visible(line)}\n`),
		show: (diff) => process.stdout.write(visible(diff))
	});
	return exitCodes.done;
}

export { run };
import { a as byFolder, c as hashOf, d as readAll, f as refuseByteOrderMark, h as refuseClientOnly, i as compareVersions, l as nameOf, m as wholeFile, o as duplicate, s as filesIn, t as canonical, u as peek } from "./versions.js";

// src/tools/golang-migrate.ts
const title = "golang-migrate";
/** golang-migrate: https://github.com/golang-migrate/migrate */
const tool = {
	name: "golang-migrate",
	title,
	outsideTransaction: "golang-migrate sends a file as one message: the statement must be the only one of its file.",
	recognisedBy: "pairs of files named like 000001_title.up.sql and 000001_title.down.sql",
	freshSession: false,
	detect,
	read
};
/** The name's pattern is the tool's own (source/parse.go of v4). */
function parse(path) {
	const [, digits, direction] = /^([0-9]+)_.*\.(down|up)\..*$/.exec(nameOf(path)) ?? [];
	if (digits === void 0 || BigInt(digits) >= 2n ** 64n) return void 0;
	return {
		version: canonical(digits),
		direction: direction === "up" ? "up" : "down"
	};
}
async function detect(tree, paths) {
	const found = [];
	for (const [folder, all] of byFolder(paths.filter((path) => path.endsWith(".sql") && parse(path)))) {
		const ups = all.filter((path) => parse(path)?.direction === "up").length;
		const inModule = await requiredBy(tree, paths, folder);
		if (ups === 0 || ups === all.length && !inModule) continue;
		const named = `${all.length} files named like 000001_title.up.sql`;
		found.push({
			tool: "golang-migrate",
			folder,
			evidence: inModule ? `${named}, and ${inModule} requires golang-migrate` : named,
			certainty: inModule ? "sure" : "likely"
		});
	}
	return found;
}
/** The `go.mod` that this folder belongs to, where it requires the tool. */
async function requiredBy(tree, paths, folder) {
	const above = paths.filter((path) => nameOf(path) === "go.mod").filter((path) => `${folder}/`.startsWith(path.slice(0, -6)));
	return (await peek(tree, above)).find(({ text }) => text.includes("github.com/golang-migrate/migrate"))?.path;
}
async function read(tree, folders) {
	const paths = await filesIn(tree, folders);
	const steps = stepsOf(paths);
	const file = await readAll(tree, [...steps.values()].flatMap((step) => Object.values(step)));
	const migrations = [];
	for (const version of [...steps.keys()].sort(compareVersions)) migrations.push(await toMigration(version, steps.get(version) ?? {}, file));
	return {
		migrations,
		ignored: paths.filter((path) => path.endsWith(".sql") && !parse(path)).map((path) => ({
			path,
			reason: "its name is not like 000001_title.up.sql, so golang-migrate passes over it"
		}))
	};
}
function stepsOf(paths) {
	const steps = /* @__PURE__ */ new Map();
	for (const path of paths) {
		const parsed = parse(path);
		if (!parsed) continue;
		const { version, direction } = parsed;
		const step = steps.get(version) ?? {};
		const other = step[direction];
		if (other) throw duplicate(version, other, path, title);
		steps.set(version, {
			...step,
			[direction]: path
		});
	}
	return steps;
}
/** A version with nothing but a down file is a step that does nothing on its way up, as the tool has it. */
async function toMigration(id, step, file) {
	const up = step.up === void 0 ? void 0 : file(step.up);
	const down = step.down === void 0 ? void 0 : file(step.down);
	const all = [up, down].filter((each) => each !== void 0);
	const [main] = all;
	if (!main) throw new Error(`Version ${id} has no file.`);
	if (up) {
		refuseByteOrderMark(up, title);
		await refuseClientOnly(up, wholeFile(up));
	}
	return {
		id,
		name: nameOf(main.path),
		path: main.path,
		hash: hashOf(all),
		up: up ? script(up) : {
			...script(main),
			messages: []
		},
		...down && { down: script(down) }
	};
}
/** The tool sends a file as one query (database/postgres `runStatement`), and nothing for an empty one. */
function script(file) {
	return {
		path: file.path,
		text: file.text,
		messages: wholeFile(file),
		delivery: "message"
	};
}

export { tool };
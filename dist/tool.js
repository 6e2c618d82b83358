import { _ as refuseClientOnly, c as duplicate, d as nameOf, f as peek, g as wholeFile, l as filesIn, m as refuseByteOrderMark, n as tableIn, o as compareVersions, p as readAll, r as canonical, s as byFolder, t as inSchema, u as hashOf } from "./table2.js";
import { r as urlOf } from "./url.js";
import { t as KnownError } from "./error.js";
import { crc32 } from "node:zlib";

// src/tools/golang-migrate/ledger.ts
const columns = ["version", "dirty"];
/** golang-migrate's table of one row (database/postgres/postgres.go of v4). */
function ledgerIn(named) {
	const table = named ?? { name: "schema_migrations" };
	const nameIn = (schema) => inSchema(schema, table.name);
	return {
		tables: [table.name],
		...named && { named },
		rights: ["INSERT", "DELETE"],
		columns,
		whenOutOfOrder: "never runs them: it knows only the last version",
		remedy: "`migrate force VERSION`, with the last one that is there whole",
		read: (session) => read$1(session, table),
		agenda,
		locks: (session) => locks(session, table),
		create: async (session, schema) => {
			await session.query(`CREATE TABLE IF NOT EXISTS ${nameIn(schema)} (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL)`);
		},
		begin: (migration, schema) => is(migration, true, nameIn(schema)),
		record: (migration, schema) => is(migration, false, nameIn(schema)),
		revert: (_, previous, schema) => previous === void 0 ? none(nameIn(schema)) : is({ id: previous }, false, nameIn(schema))
	};
}
async function read$1(session, table) {
	const found = await tableIn(session, table, columns, "in the first schema");
	if (!found.exists) return {
		...found,
		applied: []
	};
	const [row] = await session.query(`SELECT version::text, dirty FROM ${inSchema(found.schema, table.name)} LIMIT 1`);
	if (!row) return {
		...found,
		applied: []
	};
	const applied = row.version === "-1" ? [] : [row.version];
	return {
		...found,
		applied,
		...row.dirty && { unfinished: row.version }
	};
}
/** The table has only the last version: what comes before counts as applied, as it does for the tool. */
function agenda({ migrations }, { applied: [last], unfinished }) {
	if (last === void 0) return {
		applied: [],
		pending: migrations,
		orphans: [],
		outOfOrder: []
	};
	const until = ({ id }) => compareVersions(id, last);
	return {
		applied: migrations.filter((each) => until(each) < 0 || until(each) === 0 && unfinished === void 0),
		pending: migrations.filter((each) => until(each) > 0 || until(each) === 0 && unfinished !== void 0),
		orphans: migrations.some((each) => until(each) === 0) ? [] : [last],
		outOfOrder: []
	};
}
/** As `GenerateAdvisoryLockId` of database/util.go; its program names the database with the URL's slash, its library without. */
async function locks(session, table) {
	const [row] = await session.query("SELECT pg_catalog.current_schema() AS schema, pg_catalog.current_database() AS database");
	const { schema, database } = row;
	return [`/${database}`, database].map((name) => BigInt.asUintN(32, BigInt(crc32(`${table.schema ?? schema}\0${table.name}\0${name}`)) * 1486364155n));
}
/** The tool truncates; a DELETE leaves the same and lets others read meanwhile. */
function is({ id }, dirty, name) {
	return [...none(name), {
		sql: `INSERT INTO ${name} (version, dirty) VALUES ($1::bigint, $2)`,
		values: [id, dirty]
	}];
}
/** Before the first migration, and after the last was taken back, there is no row. */
function none(name) {
	return [{ sql: `DELETE FROM ${name}` }];
}

// src/tools/golang-migrate/naming.ts
const by = "`x-migrations-table` of the URL";
/** The name is a parameter of the database's URL (database/postgres/postgres.go of v4). */
const naming = {
	said: ({ parameters: { "x-migrations-table": name, "x-migrations-table-quoted": quoted } }) => {
		if (!name) return void 0;
		return isTrue(quoted) ? inQuotes(name) : {
			name,
			by
		};
	},
	ledger: ledgerIn
};
/** As Go's `strconv.ParseBool` has it. */
function isTrue(text) {
	return [
		"1",
		"t",
		"T",
		"true",
		"TRUE",
		"True"
	].includes(text ?? "");
}
/** `"schema"."table"` or `"table"`: what stands between quotes, as its own pattern finds it. */
function inQuotes(text) {
	const parts = [...text.matchAll(/"(.*?)"/g)].map(([, part = ""]) => part);
	const [first = "", second] = parts;
	if (!/^".*"$/s.test(text) || parts.length > 2) throw new KnownError(`${by}: with \`x-migrations-table-quoted\`, golang-migrate takes \`"table"\` or \`"schema"."table"\`.`, { help: "Write it so, percent-encoded where the URL needs it." });
	return second === void 0 ? {
		name: first,
		by
	} : {
		schema: first,
		name: second,
		by
	};
}
/** The same as parameters. */
function parametersFor({ schema, name }) {
	const parameters = schema === void 0 ? { "x-migrations-table": name } : {
		"x-migrations-table": `"${schema}"."${name}"`,
		"x-migrations-table-quoted": "true"
	};
	return new URLSearchParams(parameters).toString();
}

// src/tools/golang-migrate/agree.ts
/**
* golang-migrate's program (internal/cli of v4.19). It knows the last version alone, and runs what comes behind it. Its
* database is an argument; the driver takes the password from PGPASSWORD.
*/
const witness = {
	program: "migrate",
	versionWords: ["-version"],
	version: (said) => /^(dev|v?\d+\.\d+\.\d+\S*)$/m.exec(said)?.[1],
	question: ({ folder, address, table }) => ({
		words: [
			"-path",
			folder,
			"-database",
			`${urlOf(address)}${table ? `&${parametersFor(table)}` : ""}`,
			"version"
		],
		environment: {}
	}),
	answer: (said, migrations) => {
		if (/^error: no migration$/m.test(said)) return { pending: migrations.map(({ id }) => id) };
		const [, version, dirty] = /^(\d+)( \(dirty\))?$/m.exec(said) ?? [];
		if (version === void 0) return void 0;
		return {
			pending: migrations.map(({ id }) => id).filter((id) => compareVersions(id, version) > 0),
			...dirty && { unfinished: version }
		};
	}
};

// src/tools/golang-migrate/tool.ts
const title = "golang-migrate";
/** golang-migrate: https://github.com/golang-migrate/migrate */
const tool = {
	name: "golang-migrate",
	title,
	outsideTransaction: "golang-migrate sends a file as one message: the statement must be the only one of its file.",
	recognisedBy: "pairs of files named like 000001_title.up.sql and 000001_title.down.sql",
	freshSession: false,
	detect,
	read,
	ledger: ledgerIn(),
	naming,
	witness
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
import { t as KnownError } from "./error.js";
import { _ as refuseClientOnly, a as compareText, d as nameOf, h as refuseDuplicates, i as compareParts, l as filesIn, n as tableIn, p as readAll, s as byFolder, u as hashOf, v as lineAt } from "./table2.js";
import { i as journalTable, o as readJournal, t as createJournal } from "./journal.js";
import { t as agendaOf } from "./agenda.js";

// src/tools/sql/ledger.ts
/** A plain folder has no table of its own: Lockkeeper's says what is applied. */
const ledger = {
	tables: [],
	rights: [],
	columns: [],
	whenOutOfOrder: "has nothing that decides about them",
	remedy: `take back by hand what of it is there, and delete its row in ${journalTable}`,
	read: read$1,
	agenda: agendaOf,
	locks: async () => [],
	create: createJournal,
	begin: () => [],
	record: () => [],
	revert: () => []
};
async function read$1(session) {
	const found = await tableIn(session, { name: journalTable }, [
		"tool",
		"migration",
		"status"
	]);
	if (!found.exists) return {
		...found,
		applied: []
	};
	const rows = await readJournal(session, found.schema);
	const applied = [...new Map(rows.filter(({ tool }) => tool === "sql").map((row) => [row.migration, row.status]))].filter(([, status]) => status === "applied" || status === "baseline").map(([id]) => id);
	return {
		...found,
		applied
	};
}

// src/tools/sql/tool.ts
const title = "A folder of SQL";
/** A plain folder of ordered SQL files, each run as `psql -f` would in a session of its own. */
const tool = {
	name: "sql",
	title,
	outsideTransaction: "Give it a file of its own, and run that outside a transaction.",
	recognisedBy: "a folder of numbered .sql files, or a folder called migrations with .sql files in it",
	freshSession: true,
	detect,
	read,
	ledger
};
const isSql = (path) => /\.sql$/i.test(path);
/** What a migration is called: the file's name without `.sql` and `.up`. */
function idOf(path) {
	return nameOf(path).replace(/(\.up)?\.sql$/i, "");
}
/** Leading numbers of a name, as in `0001_x`, `20240131_x`, `2024-01-31_x`, `1.10_x`, `V2__x`; none where it has no number. */
function numbersOf(path) {
	return (/^V?\d+(?:[._-]\d+(?![A-Za-z\d]))*/i.exec(nameOf(path))?.[0] ?? "").split(/\D/).filter(Boolean);
}
async function detect(_tree, paths) {
	const folders = [...byFolder(paths.filter(isSql))];
	const named = folders.filter(([folder]) => /^(migrations?|migrate)$/i.test(nameOf(folder)));
	const numbered = folders.filter(([, all]) => all.every((path) => numbersOf(path).length > 0));
	const best = [
		named.filter((each) => numbered.includes(each)),
		named,
		numbered
	].find((each) => each.length > 0) ?? [];
	return best.map(([folder, all]) => ({
		tool: "sql",
		folder,
		evidence: `${all.length} ${best === named ? "" : "numbered "}.sql ${all.length === 1 ? "file" : "files"}`,
		certainty: "fallback"
	}));
}
async function read(tree, folders) {
	const migrations = [];
	const ignored = [];
	for (const folder of new Set(folders)) {
		const paths = (await filesIn(tree, [folder])).filter(isSql);
		const file = await readAll(tree, paths);
		const { ups, downs, alone } = sorted(paths);
		for (const path of inOrder(ups)) {
			const down = downs.get(path);
			migrations.push(await toMigration(file(path), down === void 0 ? void 0 : file(down)));
		}
		for (const path of alone) ignored.push({
			path,
			reason: "there is no file next to it whose work it takes back"
		});
	}
	refuseDuplicates(migrations, title);
	return {
		migrations,
		ignored
	};
}
/**
* `x.down.sql` is the way back of `x.up.sql` or `x.sql`. Other words (`x_down.sql`, `x.rollback.sql`, `x-undo.sql`)
* count only beside a file that they can belong to: `004_scale_down.sql` may be a step like any other.
*/
function sorted(paths) {
	const byStem = new Map(paths.map((path) => [path.replace(/\.sql$/i, ""), path]));
	const downs = /* @__PURE__ */ new Map();
	const alone = [];
	for (const [stem, path] of byStem) {
		const [, start, mark = "", word] = /^(.*)([._-])(down|rollback|undo)$/i.exec(stem) ?? [];
		if (start === void 0) continue;
		const up = byStem.get(`${start}${mark}up`) ?? byStem.get(start);
		if (up !== void 0) downs.set(up, path);
		else if (mark === "." && word === "down") alone.push(path);
	}
	const others = /* @__PURE__ */ new Set([...downs.values(), ...alone]);
	return {
		ups: paths.filter((path) => !others.has(path)),
		downs,
		alone
	};
}
/** By leading numbers where every file has one, otherwise by name. */
function inOrder(paths) {
	const byName = (a, b) => compareText(nameOf(a), nameOf(b));
	if (!paths.every((path) => numbersOf(path).length > 0)) return paths.toSorted(byName);
	return paths.toSorted((a, b) => compareParts(numbersOf(a), numbersOf(b)) || byName(a, b));
}
async function toMigration(up, down) {
	refuseOtherTools(up);
	const script = scriptOf(up);
	await refuseClientOnly(up, script.messages);
	return {
		id: idOf(up.path),
		name: nameOf(up.path),
		path: up.path,
		hash: hashOf(down ? [up, down] : [up]),
		up: script,
		...down && { down: scriptOf(down) }
	};
}
function scriptOf(file) {
	return {
		path: file.path,
		text: file.text,
		messages: withoutRestrict(file),
		delivery: "lenient"
	};
}
/** The file without the lines that pg_dump puts around its output, and that mean nothing to anybody but psql. */
function withoutRestrict(file) {
	const spans = [];
	let start = 0;
	for (const { index, 0: line } of file.text.matchAll(/^\\(un)?restrict [A-Za-z0-9]+[ \t\r]*$/gm)) {
		spans.push({
			start,
			end: index
		});
		start = index + line.length;
	}
	spans.push({
		start,
		end: file.text.length
	});
	return spans.filter((span) => file.text.slice(span.start, span.end).trim() !== "");
}
/** Marks with which other tools part up from down in one file: run as it is, the file would undo itself. */
const marks = [
	[/^--\s*\+goose\s+\w+/im, "goose"],
	[/^--\s*\+migrate\s+(up|down)\b/im, "sql-migrate"],
	[/^--\s*\+micrate\s+(up|down)\b/im, "micrate"],
	[/^--\s*migrate:(up|down)\b/im, "dbmate"],
	[/^--\s*(up|down) migration\s*$/im, "node-pg-migrate"],
	[/^---- create above \/ drop below ----/m, "tern"]
];
function refuseOtherTools(file) {
	for (const [mark, other] of marks) {
		const found = mark.exec(file.text);
		if (!found) continue;
		throw new KnownError(`“${found[0].trim()}” is a mark of ${other}; run as plain SQL, the file would undo itself.`, {
			help: `Set \`tool\` to ${other} if that is what applies these files and Lockkeeper knows it; otherwise take the marks out.`,
			place: {
				path: file.path,
				line: lineAt(file.text, found.index)
			}
		});
	}
}

export { tool };
import { t as KnownError } from "./error.js";
import { a as byFolder, c as hashOf, d as readAll, f as refuseByteOrderMark, h as refuseClientOnly, i as compareVersions, l as nameOf, p as refuseDuplicates, s as filesIn, t as canonical, u as peek } from "./versions.js";

// src/tools/goose/parse.ts
const annotations = [
	"Up",
	"Down",
	"StatementBegin",
	"StatementEnd",
	"NO TRANSACTION",
	"ENVSUB ON",
	"ENVSUB OFF"
];
/**
* Reads one direction of a file exactly as goose does, line by line (internal/sqlparser/parser.go of v3.27), with
* spans of the file in place of copied text. Throws `KnownError` where goose would refuse the file, and where it would
* fill in the environment.
*/
function parse(file, direction) {
	const reader = new Reader(file, direction);
	let start = 0;
	for (let line = 1; start < file.text.length; line += 1) {
		const feed = file.text.indexOf("\n", start);
		const end = feed < 0 ? file.text.length : feed;
		reader.line({
			text: file.text.slice(start, end).replace(/\r$/, ""),
			number: line,
			start,
			end
		});
		start = end + 1;
	}
	return reader.end();
}
/** goose's state machine. What it calls its buffer is here the span from the first line in it to the last. */
var Reader = class {
	#file;
	#direction;
	#statements = [];
	#section = "none";
	/** `ended`: behind StatementEnd, until the next line that is no comment. */
	#block = "none";
	#buffer;
	#transaction = true;
	#substitutes = false;
	#present = false;
	constructor(file, direction) {
		this.#file = file;
		this.#direction = direction;
	}
	line(line) {
		const { text } = line;
		if (this.#section === "none" && text.trim() === "") return;
		if (text.trim().startsWith("--") && text.includes("+goose")) {
			const annotation = this.#annotationOf(line);
			this.#obey(annotation, line);
			if (annotation !== "StatementEnd") return;
		}
		if (!this.#buffer && (text.trim().startsWith("--") || text === "")) return;
		if (this.#block !== "ended") this.#take(line);
		if (this.#section === "none") throw this.#refusal("The file has SQL before its `-- +goose Up`.", line);
		if (this.#section !== this.#direction) this.#buffer = void 0;
		else this.#finish(line);
	}
	end() {
		if (this.#section === "none") throw this.#refusal("The file has no `-- +goose Up`.");
		if (this.#block === "open") throw this.#refusal("A `-- +goose StatementBegin` has no `-- +goose StatementEnd`.");
		this.#refuseUnfinished();
		return {
			statements: this.#statements,
			transaction: this.#transaction,
			present: this.#present
		};
	}
	#obey(annotation, line) {
		if (annotation === "Up" || annotation === "Down") this.#enter(annotation, line);
		else if (annotation === "StatementBegin") this.#open(line);
		else if (annotation === "StatementEnd") this.#close(line);
		else if (annotation === "NO TRANSACTION") this.#transaction = false;
		else this.#substitutes = annotation === "ENVSUB ON";
	}
	#enter(annotation, line) {
		if (!(annotation === "Up" ? this.#section === "none" : this.#section === "up" && this.#block !== "open")) throw this.#refusal(`\`-- +goose ${annotation}\` stands where it may not: Up comes first, Down once after it.`, line);
		this.#refuseUnfinished();
		this.#section = annotation === "Up" ? "up" : "down";
		this.#block = "none";
		this.#present ||= this.#section === this.#direction;
	}
	#open(line) {
		if (this.#section === "none" || this.#block === "open") throw this.#refusal("`-- +goose StatementBegin` stands before Up, or inside another one.", line);
		this.#block = "open";
	}
	#close(line) {
		if (this.#block !== "open") throw this.#refusal("`-- +goose StatementEnd` has no `-- +goose StatementBegin`.", line);
		this.#block = "ended";
	}
	#take(line) {
		if (this.#substitutes && this.#section === this.#direction) this.#refuseSubstitution(line);
		this.#buffer = {
			first: this.#buffer?.first ?? line,
			end: line.end
		};
	}
	/** Stores the statement if this line ends it: with a semicolon, or behind StatementEnd. */
	#finish(line) {
		if (this.#block === "open" || this.#block === "none" && !endsWithSemicolon(line.text)) return;
		if (this.#buffer) this.#statements.push(this.#trimmed(this.#buffer.first.start, this.#buffer.end));
		this.#buffer = void 0;
		this.#block = "none";
	}
	#trimmed(start, end) {
		const text = this.#file.text.slice(start, end);
		return {
			start: start + text.length - text.trimStart().length,
			end: end - (text.length - text.trimEnd().length)
		};
	}
	#annotationOf(line) {
		const rest = line.text.replaceAll("--", "").replace("+goose", "").trim().toLowerCase();
		const known = annotations.find((each) => each.toLowerCase() === rest);
		if (!known || /^[ \t]/.test(line.text)) throw this.#refusal(`goose does not know the annotation “${line.text.trim()}”${known ? " with blanks before it" : ""}.`, line, `It knows ${annotations.map((each) => `\`-- +goose ${each}\``).join(", ")}, at the very beginning of a line.`);
		return known;
	}
	#refuseUnfinished() {
		const first = this.#buffer?.first;
		if (!this.#buffer || !first || this.#file.text.slice(first.start, this.#buffer.end).trim() === "") return;
		throw this.#refusal("The statement that begins here has no semicolon at the end of a line.", first, "End it with a semicolon; put statements with semicolons inside between `-- +goose StatementBegin` and `-- +goose StatementEnd`.");
	}
	/** What goose's `interpolate` would change: any dollar sign but `$(` and the last character. */
	#refuseSubstitution(line) {
		if (!/\$(?!\(|$)/.test(line.text)) return;
		throw this.#refusal("goose fills in this line from its environment (`-- +goose ENVSUB ON`), which Lockkeeper does not know.", line, "Write the value itself. What differs between environments belongs outside the migrations.");
	}
	#refusal(message, line, help = "goose itself refuses the file; see https://pressly.github.io/goose/documentation/annotations/") {
		return new KnownError(message, {
			help,
			place: {
				path: this.#file.path,
				line: line?.number ?? 1
			}
		});
	}
};
/** Whether the last word before a comment ends with a semicolon. */
function endsWithSemicolon(line) {
	const words = line.split(/\s+/).filter((word) => word !== "");
	const comment = words.findIndex((word) => word.startsWith("--"));
	return (comment < 0 ? words.at(-1) : words[comment - 1])?.endsWith(";") ?? false;
}

// src/tools/goose/tool.ts
const title = "goose";
/** goose: https://github.com/pressly/goose */
const tool = {
	name: "goose",
	title,
	outsideTransaction: "Begin the file with `-- +goose NO TRANSACTION`.",
	recognisedBy: "files named like 00001_title.sql with a line `-- +goose Up`",
	freshSession: false,
	detect,
	read
};
/** The version in a file's name, as goose's `NumericComponent` reads it; undefined for a name that it does not take. */
function versionOf(path) {
	const [, digits] = /^(\d+)_.*\.(sql|go)$/s.exec(nameOf(path)) ?? [];
	if (digits === void 0 || path.endsWith("_test.go")) return void 0;
	const version = BigInt(digits);
	return version >= 1n && version < 2n ** 63n ? canonical(digits) : void 0;
}
async function detect(tree, paths) {
	const samples = [...byFolder(paths.filter((path) => path.endsWith(".sql") && versionOf(path))).values()].flatMap((all) => [.../* @__PURE__ */ new Set([all[0], all.at(-1)])]);
	const marked = (await peek(tree, samples.filter((path) => path !== void 0))).filter(isMarked);
	return [...byFolder(marked.map(({ path }) => path))].map(([folder, [sample = ""]]) => ({
		tool: "goose",
		folder,
		evidence: `\`-- +goose Up\` in ${nameOf(sample)}`,
		certainty: "sure"
	}));
}
function isMarked({ text }) {
	return /^--\s*\+goose\s+up\s*$/im.test(text);
}
async function read(tree, folders) {
	const paths = await filesIn(tree, folders);
	const own = paths.filter((path) => versionOf(path) !== void 0);
	refuseGo(own.filter((path) => path.endsWith(".go")));
	const ignored = paths.filter((path) => path.endsWith(".sql") && versionOf(path) === void 0).map((path) => ({
		path,
		reason: "its name does not begin with a version like 00001_, so goose passes over it"
	}));
	const file = await readAll(tree, own);
	const migrations = [];
	for (const path of own.toSorted((a, b) => compareVersions(versionOf(a) ?? "", versionOf(b) ?? ""))) migrations.push(await toMigration(file(path), ignored));
	refuseDuplicates(migrations, title);
	return {
		migrations,
		ignored
	};
}
function refuseGo([first, ...others]) {
	if (first === void 0) return;
	const more = others.length > 0 ? ` and ${others.length} more are Go migrations` : " is a Go migration";
	throw new KnownError(`${first}${more}, which only a program that was compiled with them can run.`, {
		help: "Lockkeeper runs goose migrations that are SQL. Write these steps as SQL, or keep them in a folder of their own and name the other one in `migrations`.",
		place: { path: first }
	});
}
/** A way back that cannot be read keeps nobody from going forward: goose reads it only when it goes back. */
async function toMigration(file, ignored) {
	refuseByteOrderMark(file, title);
	const up = parse(file, "up");
	await refuseClientOnly(file, up.statements);
	const down = downOf(file, ignored);
	return {
		id: versionOf(file.path) ?? "",
		name: nameOf(file.path),
		path: file.path,
		hash: hashOf([file]),
		up: script(file, up),
		...down?.present && { down: script(file, down) }
	};
}
function downOf(file, ignored) {
	try {
		return parse(file, "down");
	} catch (error) {
		if (!(error instanceof KnownError)) throw error;
		ignored.push({
			path: file.path,
			...error.place,
			reason: `its way back cannot be read: ${error.message}`
		});
		return;
	}
}
function script(file, { statements, transaction }) {
	return {
		path: file.path,
		text: file.text,
		messages: statements,
		delivery: transaction ? "wrapped" : "message"
	};
}

export { tool };
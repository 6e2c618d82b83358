import { a as numberText, n as bytesText, o as timeText } from "./amounts.js";
import { t as shellLine } from "./shell.js";
import { r as count } from "./wording.js";

// src/model/database-name.ts
/** Bytes of a name that PostgreSQL keeps (NAMEDATALEN); what is longer it cuts off, and says no more than a notice. */
const longestName = 63;
/** A name with this ending, short enough for both to stay whole; what is cut is the end of the name, between characters. */
function nameWith(name, ending) {
	const room = 63 - Buffer.byteLength(ending);
	let kept = "";
	for (const character of name) {
		if (Buffer.byteLength(kept + character) > room) break;
		kept += character;
	}
	return `${kept}${ending}`;
}

// src/reports/backups/parts.ts
/** `20 tables, 654,343 rows, 18 sequences`: what there is of each kind. */
function holdsText({ tables, rows, sequences, extensions, largeObjects }) {
	return [
		[tables, "table"],
		[rows ?? 0, "row"],
		[sequences, "sequence"],
		[extensions, "extension"],
		[largeObjects, "large object"]
	].filter(([number], index) => index === 0 || number > 0).map(([number, noun]) => count(number, noun).replace(/^\d+/, numberText(number))).join(", ");
}
/** `24.9 MB, stored as 3.14 MB (zstd, not encrypted)` */
function sizeText({ plain, stored, compression, recipients }) {
	return `${bytesText(plain.bytes)}, stored as ${bytesText(stored.bytes)} (${packingText({
		compression,
		recipients
	})})`;
}
function packingText({ compression, recipients }) {
	return `${compression === "none" ? "not compressed" : compression}, ${recipients ? `encrypted to ${count(recipients.length, "recipient")}` : "not encrypted"}`;
}
/** Where the dump is, and by what one knows it again. */
function dumpFacts({ key, stored }) {
	return [{
		label: "dump",
		value: key,
		code: true
	}, {
		label: "SHA-256",
		value: stored.sha256,
		code: true
	}];
}
/** `2026-11-21 02:07:00 UTC` */
function momentText(moment) {
	return `${timeText(moment)} UTC`;
}
/** What was compared, side by side; that single tables and sequences differ is a problem, and told as one. */
function comparison({ holds }, restored) {
	const row = (what, said) => [...[
		what,
		said(holds),
		said(restored)
	]];
	return {
		columns: [
			{ title: "compared" },
			{
				title: "backed up",
				right: true
			},
			{
				title: "restored",
				right: true
			}
		],
		rows: [
			row("tables, by name", ({ tables }) => numberText(tables)),
			row("rows, table by table", ({ rows }) => rows === void 0 ? "not counted" : numberText(rows)),
			row("sequences, and where they stand", ({ sequences }) => numberText(sequences)),
			row("extensions", ({ extensions }) => numberText(extensions)),
			row("large objects", ({ largeObjects }) => numberText(largeObjects)),
			row("schema, by its fingerprint", ({ fingerprint }) => fingerprint.slice(0, 12))
		]
	};
}
/** What the table does not show: assertions, and what else a drill was told to look at. */
function furtherFacts(checked) {
	const rest = checked.filter((each) => !shownBelow.includes(each));
	return rest.length > 0 ? [{
		label: "also checked",
		value: rest.join(", ")
	}] : [];
}
const shownBelow = [
	"restore",
	"tables",
	"rows",
	"sequences",
	"extensions",
	"large objects",
	"schema"
];
/** A command of ours for this store, with a value for each flag. */
function command(name, store, flags) {
	const given = Object.entries({
		store,
		...flags
	}).flatMap(([flag, value]) => value ? [`--${flag}`, value] : []);
	return shellLine([
		"lockkeeper",
		name,
		...given
	]);
}
/** The file with the secret key, which only who reads it knows. */
function identityFlag(encrypted) {
	return encrypted ? { "identity-file": "key.txt" } : {};
}
/** How a backup is restored beside what is there. */
function restoreStep(store, { id, database, encrypted }) {
	return {
		text: "Restore it into a new database",
		command: command("restore", store, {
			backup: id,
			into: nameWith(database, "_restored"),
			...identityFlag(encrypted)
		})
	};
}

export { holdsText as a, restoreStep as c, furtherFacts as i, sizeText as l, comparison as n, identityFlag as o, dumpFacts as r, momentText as s, command as t, nameWith as u };
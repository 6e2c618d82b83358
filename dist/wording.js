// src/reports/wording.ts
const icons = {
	error: "⛔",
	warning: "⚠️",
	notice: "ℹ️"
};
/** Whom it keeps waiting and while what is done; never a time, as that depends on the target's size. */
function blockingWords(blocking) {
	const [who, until] = waiting(blocking);
	return `${who} wait ${until}`;
}
/** The same in two parts: `writes`, `while the index is built`. */
function waiting({ what, during }) {
	return [what === "schema changes" ? "other schema changes" : what, whiles[during]];
}
const whiles = {
	moment: "for a moment",
	scan: "while every row is read",
	"index build": "while the index is built",
	rewrite: "while the table is rewritten",
	transaction: "until the transaction ends"
};
/** `1 blocker`, `3 warnings`. */
function count(number, noun) {
	return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
/** SQL for one migration or several, with what is to be known of each as a comment above it. */
function migrationsText(migrations) {
	return migrations.map(({ sql, outsideTransaction }, index) => {
		const titles = [migrations.length > 1 && `migration ${index + 1}`, outsideTransaction && "outside a transaction"].filter(Boolean);
		return `${titles.length > 0 ? `-- ${titles.join(", ")}\n` : ""}${sql.trimEnd()}\n`;
	}).join("\n");
}
/** What is left to do something about. */
function openFindings({ findings }) {
	return findings.filter(({ status }) => status === "open");
}
/** The statement that a finding is about: its place may be any line of it. */
function statementAt({ observations }, { path, line }) {
	return observations.findLast((each) => each.path === path && each.line <= line && line < each.line + each.sql.split("\n").length);
}
/** The answer in a line: what the reader must know if nothing else is read. */
function verdict(report) {
	const { pending } = report.migrations;
	const failed = pending.find(({ status }) => status === "failed");
	const open = openFindings(report).filter(({ rule }) => !failed || rule !== "migration-fails");
	const [errors, warnings, notices] = [
		"error",
		"warning",
		"notice"
	].map((severity) => open.filter((each) => each.severity === severity).length);
	const sums = [
		errors && count(errors, "blocker"),
		warnings && count(warnings, "warning"),
		notices && count(notices, "notice")
	].filter(Boolean);
	const { onBackup } = report;
	if (!failed && onBackup?.failure) {
		const [what, where] = [fileOf(onBackup.failure.path), `fails on the rows of ${onBackup.database}`];
		return {
			icon: "⛔",
			text: [`${what} ${where}`, sums.join(", ")].filter(Boolean).join(" · ")
		};
	}
	if (failed) {
		const left = pending.filter(({ status }) => status === "not run").length;
		const behind = left > 0 ? `${count(left, "migration")} behind it not run` : "";
		return {
			icon: "⛔",
			text: [
				`${fileOf(failed.path)} fails`,
				behind,
				sums.join(", ")
			].filter(Boolean).join(" · ")
		};
	}
	const icon = errors > 0 ? "🚧" : warnings > 0 ? "⚠️" : "✅";
	if (sums.length > 0) return {
		icon,
		text: `${sums.join(", ")}${pending.length > 0 ? ` in ${count(pending.length, "migration")}` : ""}`
	};
	if (pending.length === 0) return {
		icon,
		text: "no pending migrations"
	};
	return {
		icon,
		text: `${count(pending.length, "migration")}, nothing to worry about`
	};
}
/** `Run on PostgreSQL 17.6 in 3.1 s · 41 tables seeded, 0 skipped · 7 statements, all observed`. */
function circumstances(report) {
	const { server, coverage, milliseconds, migrations, tool } = report;
	if (!server) return `${tool.title} · ${count(migrations.base, "migration")} applied, none pending`;
	const { statements, seeded } = coverage;
	const gaps = [statements.run > statements.observed && `${statements.run - statements.observed} not wholly observed`, statements.total > statements.run && `${statements.total - statements.run} not run`].filter(Boolean);
	return [
		`Run on PostgreSQL ${server.version} in ${(milliseconds / 1e3).toFixed(1)} s`,
		`${count(seeded.tables, "table")} seeded, ${seeded.skipped.length} skipped`,
		`${count(statements.total, "statement")}, ${gaps.length === 0 ? "all observed" : gaps.join(", ")}`
	].join(" · ");
}
/** A path of the report as the repository's top has it. */
function pathInRepository({ folder }, path) {
	return folder === void 0 ? path : `${folder}/${path}`;
}
/** The file's name without its folders. */
function fileOf(path) {
	return path.split("/").at(-1);
}

export { icons as a, pathInRepository as c, waiting as d, fileOf as i, statementAt as l, circumstances as n, migrationsText as o, count as r, openFindings as s, blockingWords as t, verdict as u };
import { r as count } from "./wording.js";

// src/reports/migrate/parts.ts
/** Which database, with which tool, at which commit. */
function targetFacts({ target, tool, commit, applied, digest }) {
	return [
		{
			label: "target",
			value: `${target.database} as ${target.role}, PostgreSQL ${target.server}`
		},
		...target.searchPath ? [{
			label: "search_path",
			value: target.searchPath.setting,
			code: true
		}] : [],
		{
			label: "tool",
			value: [tool.title, ...tool.folders].join(", ")
		},
		{
			label: "applied",
			value: `${count(applied.count, "migration")}${lastText(applied.last)}`
		},
		...commit ? [{
			label: "commit",
			value: commit,
			code: true
		}] : [],
		{
			label: "digest",
			value: digest,
			code: true
		}
	];
}
function lastText(last) {
	return last === void 0 ? "" : `, the last is ${last}`;
}
/** What is pending. */
function pendingTable({ pending }) {
	return {
		columns: [
			{
				title: "pending",
				code: true
			},
			{
				title: "file",
				code: true
			},
			{
				title: "statements",
				right: true
			}
		],
		rows: pending.map(({ id, path, statements, done }) => [...[
			id,
			path,
			done ? `${statements}, ${done} of them done` : String(statements)
		]])
	};
}
/** What became, or would become, different. */
function changesPart(title, changes) {
	if (changes.length === 0) return [];
	return [{
		title,
		table: {
			columns: [
				{ title: "what" },
				{ title: "kind" },
				{
					title: "name",
					code: true
				}
			],
			rows: changes.map(({ action, kind, id }) => [
				action,
				kind,
				id
			])
		}
	}];
}
/** Every gate, with what was found there. */
function gatesPart(gates) {
	const marks = {
		open: "✔",
		closed: "✖",
		unknown: "?"
	};
	return {
		title: "Gates",
		folded: true,
		table: {
			columns: [
				{ title: "" },
				{ title: "gate" },
				{ title: "found" }
			],
			rows: gates.map(({ gate, outcome, message }) => [
				marks[outcome],
				gate,
				message
			])
		}
	};
}
/** Closed gates, with how to pass. */
function closedGates({ gates }) {
	return gates.flatMap(({ gate, outcome, message, help }) => outcome === "closed" ? [`${gate}: ${message} ${help ?? ""}`.trim()] : []);
}
/** Findings that nobody has accepted. */
function openFindings({ findings, allowed }) {
	return findings.filter(({ status, rule, severity }) => status === "open" && severity !== "notice" && !allowed.includes(rule)).map(findingText);
}
/** How to go on though there are findings. */
function acceptance({ outcome, findings, allowed }) {
	const errors = findings.filter(({ status, severity }) => status === "open" && severity === "error");
	const rules = [...new Set(errors.map(({ rule }) => rule))].filter((rule) => !allowed.includes(rule));
	if (outcome !== "failed" || rules.length === 0) return [];
	return [`Whoever has weighed that can accept it for one run: \`allow: ${rules.join(", ")}\`.`];
}
/** Files of which something else was applied. */
function editedNotes({ edited }) {
	return edited.map((id) => `The file of ${id} is not what was applied.`);
}
/** What was accepted, by whom and why. */
function accepted({ plan: { allowed }, actor, reason }) {
	if (allowed.length === 0) return [];
	return [`Accepted for this run${actor ? ` by ${actor}` : ""}: ${allowed.join(", ")}${because(reason)}`];
}
/** The end of a sentence about what was accepted. */
function because(reason) {
	return reason ? `, because: ${reason}` : ".";
}
function findingText({ rule, severity, path, line, message }) {
	return `${path}:${line}: ${message} (${severity}: ${rule})`;
}

export { closedGates as a, openFindings as c, changesPart as i, pendingTable as l, accepted as n, editedNotes as o, because as r, gatesPart as s, acceptance as t, targetFacts as u };
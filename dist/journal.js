import { r as quote } from "./quote.js";
import { t as milliseconds } from "./time.js";

// src/postgres/journal.ts
/** The name of the table; it lies in the schema of the migration tool's own. */
const journalTable = "lockkeeper_history";
const columns = `(
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tool text NOT NULL,
  migration text NOT NULL,
  name text NOT NULL,
  hash text NOT NULL,
  status text NOT NULL,
  statements integer NOT NULL,
  done integer NOT NULL DEFAULT 0,
  done_hash text,
  started_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  finished_at timestamptz,
  milliseconds float8,
  applied_by text NOT NULL DEFAULT session_user,
  actor text,
  commit text,
  run text,
  backup text,
  digest text,
  allowed text[] NOT NULL DEFAULT '{}',
  reason text
)`;
/** Creates the table in a schema where there is none, and what a table of an earlier version lacks. */
async function createJournal(session, schema) {
	if (await isWhole(session, schema)) return;
	await session.query(`CREATE TABLE IF NOT EXISTS ${nameIn(schema)} ${columns}`);
	await session.query(`ALTER TABLE ${nameIn(schema)} ADD COLUMN IF NOT EXISTS reason text`);
}
async function isWhole(session, schema) {
	return (await session.query(`SELECT FROM pg_catalog.pg_attribute WHERE attrelid = pg_catalog.to_regclass($1) AND attname = 'reason'`, [nameIn(schema)])).length > 0;
}
/** All rows, oldest first; none where there is no table. */
async function readJournal(session, schema) {
	if (!await isThere(session, schema)) return [];
	return (await session.query(`SELECT j.id::text, tool, migration, name, hash, status, statements, done, done_hash AS "doneHash",
            ${milliseconds("started_at")} AS "startedAt", ${milliseconds("finished_at")} AS "finishedAt", milliseconds, applied_by AS "appliedBy",
            actor, commit, run, backup, digest, allowed, pg_catalog.to_jsonb(j) ->> 'reason' AS reason FROM ${nameIn(schema)} j ORDER BY j.id`)).map(({ startedAt, finishedAt, ...row }) => ({
		...row,
		startedAt: new Date(startedAt ?? 0),
		finishedAt: finishedAt === null ? null : new Date(finishedAt)
	}));
}
function nameIn(schema) {
	return `${quote(schema)}.${quote(journalTable)}`;
}
async function isThere(session, schema) {
	const [row] = await session.query("SELECT pg_catalog.to_regclass($1) IS NOT NULL AS there", [nameIn(schema)]);
	return row?.there === true;
}
const entryColumns = "tool, migration, name, hash, statements, actor, commit, run, backup, digest, allowed, status, reason";
function valuesOf(entry, status) {
	return [
		...[
			entry.tool,
			entry.migration,
			entry.name,
			entry.hash,
			entry.statements,
			entry.actor ?? null
		],
		...[
			entry.commit ?? null,
			entry.run ?? null,
			entry.backup ?? null,
			entry.digest ?? null,
			entry.allowed,
			status
		],
		entry.reason ?? null
	];
}
/** Begins a row of a migration that is more than one transaction; returns its id. */
async function startEntry(session, schema, entry) {
	const [row] = await session.query(`INSERT INTO ${nameIn(schema)} (${entryColumns})
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id::text`, valuesOf(entry, "started"));
	return row.id;
}
/** Says in the migration's own transaction that all of it is applied, or that it is taken as applied. */
function wholeEntry(schema, entry, status) {
	return {
		sql: `INSERT INTO ${nameIn(schema)} (${entryColumns}, done, started_at, finished_at, milliseconds)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $5, pg_catalog.now(), pg_catalog.clock_timestamp(),
             extract(epoch FROM pg_catalog.clock_timestamp() - pg_catalog.now()) * 1000)`,
		values: valuesOf(entry, status)
	};
}
/** Says how many statements are committed, with the hash over their texts. */
function noteDone(schema, id, done, doneHash) {
	return {
		sql: `UPDATE ${nameIn(schema)} SET done = $2, done_hash = $3 WHERE id = $1::bigint`,
		values: [
			id,
			done,
			doneHash
		]
	};
}
/** Says that all of it is applied. */
function finishEntry(schema, id) {
	return {
		sql: `UPDATE ${nameIn(schema)} SET status = 'applied', done = statements, done_hash = NULL,
            finished_at = pg_catalog.clock_timestamp(),
            milliseconds = extract(epoch FROM pg_catalog.clock_timestamp() - started_at) * 1000 WHERE id = $1::bigint`,
		values: [id]
	};
}
/** Says that what was done of it is taken back. */
function revertEntry(schema, id) {
	return {
		sql: `UPDATE ${nameIn(schema)} SET status = 'reverted', done = 0, done_hash = NULL,
            finished_at = pg_catalog.clock_timestamp() WHERE id = $1::bigint`,
		values: [id]
	};
}
/** All rows of the table in a schema, else of that which the session's search_path leads to, oldest first; undefined where there is none. */
async function findJournal(session, schema) {
	const [row] = await session.query(`SELECT n.nspname AS schema FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid = pg_catalog.to_regclass($1)`, [schema === void 0 ? journalTable : nameIn(schema)]);
	return row && readJournal(session, row.schema);
}

export { noteDone as a, startEntry as c, journalTable as i, wholeEntry as l, findJournal as n, readJournal as o, finishEntry as r, revertEntry as s, createJournal as t };
import { i as __toESM } from "./rolldown-runtime.js";
import { C as blockerColumns, E as rules, I as require_picomatch, O as examine, P as diffSnapshots, f as isSetting, i as permitted, n as parted, o as unpooled, p as unitsOf, r as closed, s as writable, t as interrupted, v as isLeftBy, w as blockerText, y as halfDetached } from "./interrupted.js";
import { E as read, a as ownTables, i as identify, m as batchesOf, o as schemaOf, r as recordsOf, s as whoeverReads, t as editedSince } from "./records.js";
import { i as connect, r as SqlError, t as ConnectionLost } from "./connect.js";
import { n as exitCodes, t as KnownError } from "./error.js";
import { i as journalTable } from "./journal.js";
import { n as bytesText } from "./amounts.js";
import { r as count } from "./wording.js";
import { a as closedGates, c as openFindings, i as changesPart, l as pendingTable, n as accepted$1, o as editedNotes, s as gatesPart, t as acceptance, u as targetFacts } from "./parts2.js";
import { c as visibleLine, o as shortened, t as code } from "./escape2.js";
import { t as markdownPage } from "./page-markdown.js";
import { t as shellLine } from "./shell.js";
import { t as folderOf } from "./door.js";
import { n as targetOf, t as addressFrom } from "./target.js";
import { a as openRepository, i as applicable, o as workTree, t as found } from "./subject.js";
import { t as version } from "./version.js";
import { t as openServer } from "./server.js";
import { n as withTable } from "./table.js";
import { t as publishPage } from "./publish.js";
import { t as writeReport } from "./write.js";
import { readFile, realpath, stat, statfs } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createHash } from "node:crypto";

// src/jobs/gates/lost.ts
/**
* Does what touches nothing. Throws `KnownError` where the target is lost meanwhile, or is out of what it needs: that is no
* fault of ours, and can be tried again.
*/
async function untouched(work) {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof ConnectionLost) && !isOfServer(error)) throw error;
		const message = error instanceof SqlError ? `The target answers: ${error.message}.` : error.message;
		throw new KnownError(message, {
			reason: "unreachable",
			help: "Nothing was touched. Look whether the target is well, and run it again.",
			cause: error
		});
	}
}
/** Insufficient resources, operator intervention, system error (documentation, appendix A). */
function isOfServer(error) {
	return error instanceof SqlError && /^(53|57|58)/.test(error.fault.sqlstate);
}

// src/jobs/plan/digest.ts
/** What an approval is bound to: the same migrations, on the same schema, of the same database. Times do not count. */
function digestOf({ target, tool, commit, pending, applied, orphans, fingerprints, allowed }) {
	const { database, systemIdentifier, server, searchPath } = target;
	const decisive = [
		...[
			database,
			systemIdentifier ?? null,
			server.split(".")[0],
			tool.name,
			commit ?? null
		],
		pending.map(({ id, hash, done = 0 }) => [
			id,
			hash,
			done
		]),
		...tool.table === void 0 ? [] : [tool.table],
		...searchPath === void 0 ? [] : [searchPath.setting],
		...[
			applied,
			orphans,
			fingerprints.before,
			fingerprints.after ?? null,
			[...allowed].sort()
		]
	];
	return createHash("sha256").update(JSON.stringify(decisive)).digest("hex");
}

// src/jobs/plan/drift.ts
var import_picomatch = /* @__PURE__ */ __toESM(require_picomatch(), 1);
/**
* What a target has otherwise than it should, apart from objects that globs leave out (`audit.*`, `public.tmp_*`). Owners,
* grants and comments are often set by hand and stop nothing.
*/
function driftBetween(expected, actual, ignored) {
	const matches = ignored.map((glob) => (0, import_picomatch.default)(glob.includes(".") ? glob : `${glob}{,.*}`, { dot: true }));
	const isIgnored = ({ id, table }) => [id, table].some((name) => name && matches.some((match) => match(name)));
	return diffSnapshots(structure(expected, 1), structure(actual, -1)).filter((change) => !isIgnored(change));
}
/** Without what is not compared. Two databases know nothing of each other's oids, so these must not look alike. */
function structure(snapshot, sign) {
	const objects = snapshot.objects.filter(({ kind }) => !notCompared.has(kind)).map((object) => {
		const { owner: _, grants: __, comment: ___, ...rest } = object;
		return {
			...rest,
			oid: sign * object.oid
		};
	});
	return {
		...snapshot,
		objects
	};
}
/** What servers and hosts bring of their own accord. */
const notCompared = /* @__PURE__ */ new Set(["default privileges", "extension"]);

// src/jobs/plan/examined.ts
/**
* Compares the target with what its applied migrations give, and runs what is pending. A statement outside any transaction is
* committed before that is written down: where a run was cut off, the schema itself says whether it was.
*/
async function examined(examinee) {
	const first = await examinedAt(examinee);
	const { row, agenda } = examinee;
	const [next] = agenda.pending;
	if (!row || !next || first.drift.length === 0) return first;
	const unit = unitBehind(unitsOf(await batchesOf(next)), row.done);
	if (!unit || unit.transaction) return first;
	const second = await examinedAt({
		...examinee,
		row: {
			...row,
			done: row.done + unit.statements.length
		}
	});
	return second.drift.length < first.drift.length ? second : first;
}
async function examinedAt(examinee) {
	const { input, target, agenda, actual, row, halfDetached } = examinee;
	const found = await examine(checkInput(input, target, await goneOn(agenda, row)));
	const expected = found.rehearsal.before;
	const leftovers = row ? unfinishedIn(actual, expected).filter(await isLeftAt(row, agenda.pending[0])) : [];
	const before = row ? mended(actual, expected, [...leftovers, ...boundsOf(halfDetached, actual, expected)]) : actual;
	const drift = driftBetween(expected, before, input.driftIgnore);
	return {
		...found,
		drift,
		before,
		...row && { interrupted: {
			row,
			leftovers
		} }
	};
}
function unitBehind(units, done) {
	let before = 0;
	return units.find(({ statements }) => {
		before += statements.length;
		return before > done;
	});
}
const isInvalid = (object) => object.kind === "index" && !object.valid && object.parent === void 0;
/** Whether an invalid index was left by the statement at which a run was cut off; of a file that is another since, any may be. */
async function isLeftAt(row, next) {
	if (next?.hash !== row.hash) return () => true;
	const unit = unitBehind(unitsOf(await batchesOf(next)), row.done);
	return ({ name, schema, table }) => unit?.statements.some((each) => isLeftBy(each, {
		name,
		relation: table.slice(schema.length + 1)
	})) === true;
}
/** Invalid indexes that no migration makes so. */
function unfinishedIn(actual, expected) {
	const known = new Set(expected.objects.filter(({ kind }) => kind === "index").map(({ id }) => id));
	return actual.objects.filter(isInvalid).filter(({ id }) => !known.has(id));
}
function boundsOf(tables, actual, expected) {
	const known = new Set(expected.objects.filter(({ kind }) => kind === "constraint").map(({ id }) => id));
	return actual.objects.filter(({ kind, table = "", id }) => kind === "constraint" && tables.includes(table) && !known.has(id));
}
/** Without these, and with those valid that are to be: DROP INDEX CONCURRENTLY makes them invalid first. */
function mended(actual, expected, leftovers) {
	const valid = new Set(expected.objects.filter((each) => each.kind === "index" && each.valid).map(({ id }) => id));
	const objects = actual.objects.filter((each) => !leftovers.includes(each)).map((each) => isInvalid(each) && valid.has(each.id) ? {
		...each,
		valid: true
	} : each);
	return {
		...actual,
		objects
	};
}
/** What is committed of an interrupted migration counts as applied. */
async function goneOn(agenda, row) {
	const [first, ...rest] = agenda.pending;
	if (!row || !first) return agenda;
	const [done, left] = await parted(first, row.done);
	return {
		...agenda,
		applied: [...agenda.applied, done],
		pending: [left, ...rest]
	};
}
function checkInput(input, { server, searchPath }, { applied, pending }) {
	const { tool, folders, folder, head, commit, openServer } = input;
	const base = {
		migrations: applied,
		ignored: []
	};
	const origin = { appliedThrough: applied.at(-1)?.id ?? "none" };
	return {
		...input,
		subject: {
			tool,
			folders,
			folder,
			base,
			head,
			pending,
			origin,
			...commit !== void 0 && { commit }
		},
		openServer: () => openServer(Number.parseInt(server, 10)),
		...searchPath && { searchPath },
		always: true
	};
}
/** Throws `KnownError` for a script that opens a transaction and never ends it. */
async function statementsIn(migration) {
	return unitsOf(await batchesOf(migration)).flatMap(({ statements }) => statements).length;
}

// src/jobs/gates/disk/demand.ts
/** By what the rehearsal has seen of rewrites, and the indexes that are there afterwards. */
function demandOf({ statements, before, after }) {
	const steps = stepsOf(statements);
	const names = new Map(before.objects.map(({ oid, id }) => [oid, id]));
	const tables = new Map(after.objects.filter(hasRows).map(({ oid, id }) => [id, names.get(oid)]));
	const old = new Set(before.objects.filter(({ kind }) => kind === "index").map(({ id }) => id));
	const anew = new Set(steps.flatMap(({ copies }) => copies.map(({ relation }) => relation)));
	return {
		steps,
		builds: after.objects.filter((each) => each.kind === "index" && !names.has(each.oid) && each.parent === void 0).map(({ id, table, method, columns, included }) => ({
			index: id,
			table: tables.get(table) ?? "",
			method,
			columns: [...columns, ...included]
		})).filter(({ table, index }) => table !== "" && !(old.has(index) && anew.has(table)))
	};
}
/** Materialized views have indexes, too. */
function hasRows({ kind }) {
	return kind === "table" || kind === "view";
}
/** VACUUM, CLUSTER and REINDEX of many tables end a transaction behind each. */
function stepsOf(statements) {
	return [...Map.groupBy(statements, ({ observation, index }) => observation.transaction ?? `alone ${index}`).values()].flatMap((all) => {
		const [updates, others] = [all.filter(isUpdate), all.filter((each) => !isUpdate(each))];
		const each = others.every(({ observation: { transaction } }) => transaction === null) && others.some(isOfMany);
		return [{
			copies: updates.flatMap(copiesOf),
			goes: "never"
		}, {
			copies: others.flatMap(copiesOf),
			goes: each ? "each" : "together"
		}];
	}).filter(({ copies }) => copies.length > 0);
}
function isUpdate({ statement }) {
	return statement.kind === "UpdateStmt";
}
function isOfMany({ statement }) {
	return [
		"VacuumStmt",
		"ClusterStmt",
		"ReindexStmt"
	].includes(statement.kind);
}
function copiesOf(facts) {
	const { statement, observation } = facts;
	if (statement.kind === "TruncateStmt") return [];
	if (observation.rewritten.length === 0) return unseen$1(facts);
	const wholes = observation.locks.filter((each) => each.kind === "partitioned table" && each.mode === "AccessExclusiveLock");
	return [...observation.rewritten, ...wholes.map(({ relation }) => relation)].map((relation) => ({ relation }));
}
/** A new version of each row is as much as is there. */
function unseen$1({ statement: { node }, relation }) {
	const { relation: range, whereClause } = read(node, "UpdateStmt") ?? {};
	if (range?.relname === void 0 || whereClause) return [];
	const found = relation(range.schemaname, range.relname);
	return found?.atBase ? [{ relation: found.name }] : [];
}

// src/jobs/gates/disk/need.ts
/** How much it takes, by what the target's relations are. New indexes lie in the tablespace `indexesIn`. */
function needOf({ steps, builds }, sizes, indexesIn) {
	const named = Map.groupBy(sizes, ({ name }) => name);
	const built = builds.map((build) => ({
		...build,
		bytes: sum((named.get(build.table) ?? []).map(sizeOf(build)))
	}));
	const taken = steps.map(({ copies, goes }) => ({
		goes,
		pieces: piecesOf(copies, named)
	}));
	const oids = /* @__PURE__ */ new Set([indexesIn, ...sizes.map(({ tablespace }) => tablespace)]);
	const most = (oid) => mostIn(oid, taken) + (oid === indexesIn ? mostOf(built) : 0);
	const parts = [...[...Map.groupBy(taken.flatMap((each) => each.pieces), ({ name }) => name)].map(([name, all]) => ({
		what: `${name} is written anew`,
		bytes: bytesOf(all)
	})), ...built.map(({ index, bytes }) => ({
		what: `${index} is built`,
		bytes
	}))].filter(({ bytes }) => bytes > 0);
	return {
		tablespaces: new Map([...oids].map((oid) => [oid, most(oid)])),
		written: bytesOf(parts),
		parts: parts.toSorted((a, b) => b.bytes - a.bytes)
	};
}
/** What stays, and the most that is there for a while. */
function mostIn(oid, taken) {
	const here = taken.map(({ goes, pieces }) => ({
		goes,
		pieces: pieces.filter((each) => each.tablespace === oid)
	}));
	const staying = here.filter(({ goes }) => goes === "never").flatMap(({ pieces }) => pieces);
	const passing = here.filter(({ goes }) => goes !== "never");
	return bytesOf(staying) + Math.max(0, ...passing.map(({ goes, pieces }) => (goes === "each" ? largest : bytesOf)(pieces)));
}
/** What is sorted for an index lies on disk as well, until it is built. */
function mostOf(built) {
	return bytesOf(built) + largest(built);
}
function largest(all) {
	return Math.max(0, ...all.map(({ bytes }) => bytes));
}
function bytesOf(all) {
	return sum(all.map(({ bytes }) => bytes));
}
/** Each table once, and indexes only where their table is not written with them. */
function piecesOf(copies, named) {
	const found = new Map(copies.flatMap(({ relation }) => named.get(relation) ?? []).map((each) => [each.oid, each]));
	return [...found.values()].filter(({ table }) => table === null || !found.has(table)).map(({ name, tablespace, heap, indexes }) => ({
		name,
		tablespace,
		bytes: heap + indexes
	}));
}
/** Bytes of an index's row besides its keys (documentation, chapter 66.6), and how full its pages are by default. */
const [overhead, fill] = [12, .9];
/** Of a B-tree by its columns, where they are known; else no more than the table. */
function sizeOf({ method, columns }) {
	return ({ heap, rows, widths }) => {
		if (method === "brin") return heap / 1e3;
		const widest = columns.map((column) => widths[column]);
		if (method !== "btree" || rows <= 0 || widest.includes(void 0)) return heap;
		return Math.min(heap, rows * (overhead + sum(widest.map((width = 0) => Math.ceil(width / 8) * 8))) / fill);
	};
}
function sum(numbers) {
	return numbers.reduce((total, each) => total + each, 0);
}

// src/jobs/gates/disk/sizes.ts
/**
* Sizes of relations, by their names without quotes. What is not there is left out. It waits for whoever has a table
* for himself, which the session's `lock_timeout` ends.
*/
async function sizesOf(session, names) {
	return session.query(`WITH named AS (
       SELECT n.nspname || '.' || c.relname AS name, c.oid, c.relkind
         FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname || '.' || c.relname = ANY ($1)
     ), stored AS (
       SELECT name, oid FROM named WHERE relkind IN ('r', 'm', 'i')
       UNION SELECT name, p.relid::oid FROM named, pg_catalog.pg_partition_tree(oid) p WHERE relkind IN ('p', 'I') AND p.isleaf
     )
     SELECT s.name, c.oid::int8::float8 AS oid, i.indrelid::int8::float8 AS "table",
            COALESCE(NULLIF(c.reltablespace, 0), d.dattablespace)::int8::float8 AS tablespace,
            COALESCE(pg_catalog.pg_table_size(c.oid), 0)::float8 AS heap,
            COALESCE(pg_catalog.pg_indexes_size(c.oid), 0)::float8 AS indexes,
            c.reltuples::float8 AS rows, COALESCE(w.widths, '{}') AS widths
       FROM stored s JOIN pg_catalog.pg_class c ON c.oid = s.oid
       JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
       LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
       LEFT JOIN LATERAL (
         SELECT pg_catalog.jsonb_object_agg(a.attname, COALESCE(t.avg_width, NULLIF(a.attlen, -1))) FILTER (
                  WHERE COALESCE(t.avg_width, NULLIF(a.attlen, -1)) IS NOT NULL) AS widths
           FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
           LEFT JOIN pg_catalog.pg_stats t
             ON t.schemaname = n.nspname AND t.tablename = c.relname AND t.attname = a.attname AND NOT t.inherited
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind <> 'i'
       ) w ON true
      ORDER BY s.name, c.oid`, [names]);
}

// src/jobs/gates/disk/volumes.ts
/**
* The file systems that tablespaces and WAL are on, or why they cannot be known, as the end of a sentence. A folder is
* the server's only where its own files say so: behind a tunnel or in a container is another machine, perhaps with the
* same paths.
*/
async function volumesOf(session, { host }, { systemIdentifier }) {
	if (!/^(\/|localhost$|127\.|::1$)/.test(host)) return "the target is on another machine";
	const places = await placesOf(session);
	const { data, tablespaces } = places;
	if (data === null) return "the role may not see where the data folder is (pg_read_all_settings may)";
	if (systemIdentifier === void 0) return "the role may not see which server it is";
	try {
		if (!await isOf(data, places, systemIdentifier)) return "the data folder of that name here is another server’s";
		return await byDevice(tablespaces.map(({ oid, place }) => ({
			oid,
			path: place ? resolve(data, place) : join(data, "base")
		})), join(data, "pg_wal"));
	} catch (error) {
		if (error.code === "ENOENT") return "its data folder is not on this machine";
		return "its folders cannot be looked at from here";
	}
}
async function placesOf(session) {
	const [row] = await session.query(`SELECT (SELECT setting FROM pg_catalog.pg_settings WHERE name = 'data_directory') AS data,
            extract(epoch FROM pg_catalog.pg_postmaster_start_time())::float8 AS started,
            pg_catalog.current_setting('port') AS port,
            (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
                      'oid', oid::int8, 'place', pg_catalog.pg_tablespace_location(oid)))
               FROM pg_catalog.pg_tablespace) AS tablespaces`);
	return row;
}
/** Seconds between the moment that a server writes down as its start and the one that it tells; the latter is a little later. */
const starting = 60;
/** By its lock file (documentation, chapter 73.1: start, port) and its control file, which begins with what identifies it. */
async function isOf(data, { started, port }, systemIdentifier) {
	const control = await readFile(join(data, "global", "pg_control"));
	const [identifier] = new BigInt64Array(Uint8Array.from(control.subarray(0, 8)).buffer);
	const [, , since = "", at] = (await readFile(join(data, "postmaster.pid"), "utf8")).split("\n");
	return String(identifier) === systemIdentifier && at?.trim() === port && Math.abs(Number(since) - started) < starting;
}
async function byDevice(tablespaces, wal) {
	const places = [...tablespaces, {
		oid: void 0,
		path: wal
	}];
	const stats = await Promise.all(places.map(async (each) => ({
		...each,
		device: (await stat(each.path)).dev
	})));
	return Promise.all([...Map.groupBy(stats, ({ device }) => device).values()].map(async (all) => {
		const { bavail, bsize } = await statfs(all[0]?.path ?? wal);
		return {
			tablespaces: all.flatMap(({ oid }) => oid ?? []),
			wal: all.some(({ oid }) => oid === void 0),
			free: bavail * bsize
		};
	}));
}

// src/jobs/gates/disk.ts
const gate = "disk";
/** Whether what is written anew or built has room where the target lies, as far as that can be seen from here. */
async function roomOnDisk(session, { address, target, rehearsal }) {
	const demand = demandOf(rehearsal);
	if (demand.steps.length + demand.builds.length === 0) return nothing;
	const relations = [...demand.steps.flatMap(({ copies }) => copies.map(({ relation }) => relation)), ...demand.builds.map(({ table }) => table)];
	try {
		const { sizes, indexesIn, walLimit } = await measured(session, [...new Set(relations)]);
		const need = needOf(demand, sizes, indexesIn);
		return fitting(need, walLimit, need.written > 0 ? await volumesOf(session, address, target) : []);
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		const message = `How much disk it takes cannot be known: ${error.message}.`;
		return {
			gate,
			outcome: "unknown",
			message
		};
	}
}
const nothing = {
	gate,
	outcome: "open",
	message: "No table is written anew, and no index is built."
};
/** In a transaction that waits for nobody: sizes are read under a lock. */
async function measured(session, relations) {
	await session.send("BEGIN READ ONLY; SET LOCAL lock_timeout = '1s'");
	try {
		const sizes = await sizesOf(session, relations);
		const [row] = await session.query(`SELECT COALESCE((SELECT oid FROM pg_catalog.pg_tablespace WHERE spcname = pg_catalog.current_setting('default_tablespace')),
                       dattablespace)::int8::float8 AS "indexesIn",
              CASE WHEN pg_catalog.current_setting('archive_mode') = 'off'
                    AND NOT EXISTS (SELECT FROM pg_catalog.pg_replication_slots)
                   THEN pg_catalog.pg_size_bytes(pg_catalog.current_setting('max_wal_size'))::float8 END AS "walLimit"
         FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()`);
		return {
			sizes,
			...row
		};
	} finally {
		await session.send("ROLLBACK");
	}
}
/** Sizes are guesses, and a server must have something left. */
const margin = 1.2;
/** Up to here it is not worth a word where nobody can look. */
const little = 1e9;
/**
* Whether a need has room. WAL that an archive or a slot waits for is not freed before they have it: without them there is
* no more of it than `walLimit`, bytes. `volumes` is why they are not known, where they are not.
*/
function fitting(need, walLimit, volumes) {
	if (need.written === 0) return nothing;
	const wal = Math.min(need.written, walLimit ?? Number.POSITIVE_INFINITY);
	const all = wal + [...need.tablespaces.values()].reduce((sum, bytes) => sum + bytes, 0);
	if (typeof volumes === "string") {
		const takes = all < little ? "It takes less than 1 GB." : `${takesText(all, wal, need)} See whether it is there.`;
		return {
			gate,
			outcome: "unknown",
			message: `How much disk is free is not known: ${volumes}. ${takes}`
		};
	}
	const tight = volumes.flatMap((volume) => {
		const bytes = (volume.wal ? wal : 0) + volume.tablespaces.reduce((sum, oid) => sum + (need.tablespaces.get(oid) ?? 0), 0);
		return bytes * margin > volume.free ? [{
			...volume,
			bytes
		}] : [];
	});
	if (tight.length === 0) return {
		gate,
		outcome: "open",
		message: `${takesText(all, wal, need)} It is free.`
	};
	const where = tight.map(({ bytes, free, ...volume }) => `where ${contentOf(volume)}, ${bytesText(Math.round(bytes))} are needed and a fifth to spare, and ${bytesText(free)} are free`);
	return closed(gate, `${takesText(all, wal, need)} That does not fit: ${where.join("; ")}.`, "Make room on that disk, or accept it for this run with `allow: disk`.");
}
function contentOf({ tablespaces, wal }) {
	if (tablespaces.length === 0) return "the WAL lies";
	return wal ? "data and WAL lie" : "data lies";
}
function takesText(all, wal, { parts }) {
	const some = parts.slice(0, 3).map(({ what, bytes }) => `${what} (${bytesText(Math.round(bytes))})`);
	const more = parts.length > some.length ? `, and ${parts.length - some.length} more` : "";
	const [sum, ofWal] = [Math.round(all), Math.round(wal)].map(bytesText);
	return `It takes about ${sum} of disk for a while, ${ofWal} of that for WAL: ${some.join(", ")}${more}.`;
}

// src/jobs/gates/records.ts
/** Whether the tool itself would go on from what its table says. */
function consistent(tool, standing, agenda, resumable) {
	const gate = "history";
	const { title, ledger } = tool;
	if (standing.unfinished !== void 0 && !resumable) return closed(gate, `${title} says that ${standing.unfinished} was begun and not finished.`, `Look what of it is there, then: ${ledger.remedy}.`);
	if (agenda.orphans.length > 0) return closed(gate, `The target has applied ${agenda.orphans.join(", ")}, which the repository has not.`, "Check out the branch that has them, or merge it first: the schema is not the one that these migrations were written for.");
	if (agenda.outOfOrder.length > 0) return closed(gate, `${agenda.outOfOrder.map(({ id }) => id).join(", ")} would come before what is applied already; ${title} ${ledger.whenOutOfOrder}.`, "Give each a version behind the newest that is applied.");
	return {
		gate,
		outcome: "open",
		message: `${title} has ${agenda.applied.length} applied and ${agenda.pending.length} pending.`
	};
}
/** Whether a target without the tool's table is an empty one. */
function knownBaseline({ title }, { exists }, tables, baseline) {
	const gate = "baseline";
	if (exists || tables === 0 || baseline) return {
		gate,
		outcome: "open",
		message: exists ? "The target itself says what is applied." : "It is known what is applied."
	};
	return closed(gate, `The target has ${tables === 1 ? "a table" : `${tables} tables`}, and none that says what is applied (${title}).`, "Say so once with `applied-through`: the last migration that the target has, or `none`.");
}
/** Whether the target is what its applied migrations give. */
function withoutDrift(drift) {
	const gate = "drift";
	if (drift.length === 0) return {
		gate,
		outcome: "open",
		message: "The schema is what the applied migrations give."
	};
	const some = drift.slice(0, 5).map(({ action, kind, id }) => `${kind} ${id} (${words[action]})`);
	const more = drift.length > some.length ? `, and ${drift.length - some.length} more` : "";
	return closed(gate, `The schema is not what the applied migrations give: ${some.join(", ")}${more}.`, "Bring it back, write a migration that says it, leave it out with `drift-ignore`, or accept it for this run with `allow: drift`.");
}
const words = {
	added: "only on the target",
	removed: "missing on the target",
	changed: "different",
	renamed: "renamed"
};

// src/jobs/gates/table.ts
/**
* Tables that no migration makes and that have the columns of the tool's own. Where that is there, `drift-ignore` says of
* others that they are somebody else's.
*/
function alikeIn({ actual, expected, drift }, { columns }, { exists }) {
	const told = new Set(expected.objects.map(({ id }) => id));
	const strange = new Set(drift.map(({ id }) => id));
	const wanted = columns.toSorted().join();
	const columnsOf = Map.groupBy(actual.objects.filter(isColumn), ({ table = "" }) => table);
	const found = (id) => (columnsOf.get(id) ?? []).map(({ name }) => name).sort();
	return actual.objects.filter(({ kind, id }) => kind === "table" && !told.has(id) && (!exists || strange.has(id))).flatMap(({ id }) => wanted !== "" && found(id).join() === wanted ? id : []);
}
function isColumn({ kind }) {
	return kind === "column";
}
/** Whether it is certain in which table the tool keeps what it has applied: one that is not named is never guessed. */
function knownTable({ title, ledger }, { schema, exists }, alike) {
	const gate = "migrations-table";
	const { named, tables } = ledger;
	const [table] = tables;
	const full = `${schema}.${table}`;
	if (table === void 0) return {
		gate,
		outcome: "open",
		message: "Lockkeeper’s own table says what is applied."
	};
	if (named) return {
		gate,
		outcome: "open",
		message: `The table of ${title} is ${full}, as ${named.by} says.`
	};
	if (alike.length === 0) return {
		gate,
		outcome: "open",
		message: `The table of ${title} is ${full}.`
	};
	const one = alike.length === 1;
	const found = `${alike.slice(0, 3).join(", ")}${alike.length > 3 ? ` and ${alike.length - 3} more` : ""}`;
	const others = one ? `${found} has the columns of one` : `${found} have the columns of one`;
	return closed(gate, exists ? `The table of ${title} is ${full}, but ${others}, too.` : `There is no table ${full}, but ${others} of ${title}.`, `Say which it is: set \`migrations-table\` to ${one ? found : "one of them"}, or to ${table}${exists ? "" : " for a new one"}.`);
}

// src/jobs/gates/traffic.ts
/** Whether transactions are open that a schema change would wait for, with everybody behind it. */
async function shortTransactions(session, { transactionSeconds }) {
	const gate = "long-transactions";
	const old = await session.query(`SELECT ${blockerColumns}
       FROM pg_catalog.pg_stat_activity
      WHERE datname = pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid()
        AND backend_type = 'client backend' AND xact_start < pg_catalog.clock_timestamp() - $1 * interval '1 second'
      ORDER BY xact_start`, [transactionSeconds]);
	if (old.length === 0) return unseen(await hiddenTransactions(session), transactionSeconds);
	return closed(gate, `${old.length === 1 ? "A transaction is" : `${old.length} transactions are`} open for longer than ${transactionSeconds} s: ${old.slice(0, 3).map(blockerText).join("; ")}.`, `Wait until it has ended, end it (SELECT pg_terminate_backend(${old[0]?.pid})), or raise \`max-transaction-age\`.`);
}
/** How many sessions of roles of which this one may see nothing are in a transaction: that, everybody may see. */
async function hiddenTransactions(session) {
	const [row] = await session.query(`SELECT count(*)::int AS count FROM pg_catalog.pg_stat_activity a
      WHERE datname = pg_catalog.current_database() AND backend_type IS NULL AND EXISTS (
        SELECT FROM pg_catalog.pg_locks l WHERE l.pid = a.pid AND l.locktype = 'virtualxid' AND l.granted)`);
	return row?.count ?? 0;
}
function unseen(hidden, seconds) {
	const gate = "long-transactions";
	if (hidden === 0) return {
		gate,
		outcome: "open",
		message: `No transaction is open for longer than ${seconds} s.`
	};
	return {
		gate,
		outcome: "unknown",
		message: `Other roles have ${hidden} open transaction${hidden === 1 ? "" : "s"}; for how long, this role may not see (pg_monitor may).`
	};
}
/** Whether two-phase transactions were prepared and forgotten: they hold their locks for ever. */
async function nothingPrepared(session, { transactionSeconds }) {
	const gate = "prepared-transactions";
	const old = await session.query(`SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE database = pg_catalog.current_database()
        AND prepared < pg_catalog.clock_timestamp() - $1 * interval '1 second' ORDER BY prepared`, [transactionSeconds]);
	if (old.length === 0) return {
		gate,
		outcome: "open",
		message: "No prepared transaction holds locks."
	};
	const names = old.map(({ gid }) => `'${gid}'`).join(", ");
	return closed(gate, `Prepared transactions hold locks: ${names}.`, "End each with COMMIT PREPARED or ROLLBACK PREPARED.");
}
/** Whether sessions wait for locks already. */
async function nobodyWaits(session) {
	const gate = "blocked-sessions";
	const waiting = await session.query(`SELECT pid FROM pg_catalog.pg_stat_activity
      WHERE datname = pg_catalog.current_database() AND pg_catalog.cardinality(pg_catalog.pg_blocking_pids(pid)) > 0
        AND COALESCE(query_start < pg_catalog.clock_timestamp() - interval '1 second' AND wait_event_type = 'Lock', true)`);
	if (waiting.length < 5) return {
		gate,
		outcome: "open",
		message: waiting.length === 0 ? "Nobody waits for locks." : `Waiting for locks: ${waiting.length} of the sessions.`
	};
	return closed(gate, `${waiting.length} sessions wait for locks of others: the target is in trouble already.`, "Find who blocks them (SELECT pid, pg_blocking_pids(pid) FROM pg_stat_activity), and come again when they are through.");
}
const followers = ["It has no replica.", "A replica follows."];
/** Whether replicas keep up. */
async function replicasFollow(session, { lagSeconds }) {
	const gate = "replica-lag";
	const rows = await session.query(`SELECT COALESCE(application_name, '') AS name, extract(epoch FROM replay_lag)::float8 AS seconds, state
       FROM pg_catalog.pg_stat_replication`);
	if (rows.length > 0 && rows.every(({ state }) => state === null)) return {
		gate,
		outcome: "unknown",
		message: "The role may not see how far replicas are behind (pg_monitor may)."
	};
	const behind = rows.filter(({ seconds }) => (seconds ?? 0) > lagSeconds);
	if (behind.length === 0) return {
		gate,
		outcome: "open",
		message: followers[rows.length] ?? `${rows.length} replicas follow.`
	};
	const which = behind.map(({ name, seconds }) => `${name} by ${Math.round(seconds ?? 0)} s`).join(", ");
	return closed(gate, `Replicas are behind: ${which}.`, "Wait until they have caught up, or raise `max-replica-lag`.");
}
/** Whether replication slots keep more WAL than is good for the disk, which a rewrite would make more. */
async function slotsAreUsed(session, { slotBytes }) {
	const gate = "replication-slots";
	try {
		const full = (await session.query(`SELECT slot_name AS name, pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), restart_lsn)::float8 AS bytes
         FROM pg_catalog.pg_replication_slots WHERE NOT active AND restart_lsn IS NOT NULL`)).filter(({ bytes }) => bytes > slotBytes);
		if (full.length === 0) return {
			gate,
			outcome: "open",
			message: "No replication slot that nobody reads keeps much WAL."
		};
		const which = full.map(({ name, bytes }) => `${name} (${bytesText(bytes)})`).join(", ");
		return closed(gate, `Replication slots that nobody reads keep WAL: ${which}.`, "Drop them, or start their readers.");
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		return {
			gate,
			outcome: "unknown",
			message: `Replication slots cannot be looked at: ${error.message}.`
		};
	}
}

// src/jobs/plan/gates.ts
/** Gates that nobody can accept: what is behind them would not work. */
const absolute = /* @__PURE__ */ new Set([...[
	"writable",
	"pooler",
	"rights",
	"history",
	"migrations-table",
	"baseline",
	"interrupted"
]]);
/** Every gate, in the order in which a person would look at them. */
async function gatesOn(session, input, seen) {
	const { tool, target: address, limits, allow } = input;
	const { role, target, known, actual, found, cut } = seen;
	const { standing, agenda } = known;
	const compared = {
		actual,
		expected: found.rehearsal.before,
		drift: found.drift
	};
	const table = knownTable(tool, standing, alikeIn(compared, tool.ledger, standing));
	const isClear = table.outcome === "open" || standing.exists;
	return [
		...[await writable(session, role), await unpooled(session, address)],
		await permitted(session, {
			schema: standing.schema,
			tables: writtenIn(tool.ledger),
			role
		}),
		...[consistent(tool, standing, agenda, cut.row !== void 0), table],
		...isClear ? [knownBaseline(tool, standing, tablesIn(actual), input.baseline !== void 0)] : [],
		...[cut.gate, withoutDrift(found.drift)],
		...agenda.pending.length > 0 ? await trafficGates(session, limits) : [],
		...agenda.pending.length > 0 ? [await roomOnDisk(session, {
			address,
			target,
			rehearsal: found.rehearsal
		})] : [],
		...input.gates
	].map((gate) => accepted(gate, allow));
}
async function trafficGates(session, limits) {
	return [
		await shortTransactions(session, limits),
		await nothingPrepared(session, limits),
		await nobodyWaits(session),
		await replicasFollow(session, limits),
		await slotsAreUsed(session, limits)
	];
}
function accepted(gate, allow) {
	if (gate.outcome !== "closed" || absolute.has(gate.gate) || !allow.includes(gate.gate)) return gate;
	return {
		gate: gate.gate,
		outcome: "open",
		message: `${gate.message} It was accepted.`
	};
}
/** Tables that a run writes to, and with which rights. */
function writtenIn({ tables, rights }) {
	return new Map([...tables.map((name) => [name, rights]), [journalTable, ["INSERT", "UPDATE"]]]);
}
/** Tables that people made; what extensions bring is in no snapshot. */
function tablesIn({ objects }) {
	return objects.filter(({ kind }) => kind === "table").length;
}

// src/jobs/plan.ts
/** What would be applied to a target, and whether it may be. Touches nothing there, and needs no right to. */
async function plan(input) {
	return untouched(async () => {
		await using session = await connect(input.target, input.signal);
		return await planOn(session, input, "reader");
	});
}
/** The same with a session that is there, which is to be migrated with unless it belongs to a `reader`. */
async function planOn(session, input, role = "migrator") {
	const start = performance.now();
	input.progress.step("reading the target");
	const target = await identify(session);
	const known = await recordsOf(session, input);
	const { standing, agenda, journal } = known;
	const actual = await schemaOf(session, ownTables(input.tool.ledger, standing.schema));
	const cut = await interrupted(journal, agenda);
	const found = await examined({
		input,
		target,
		agenda,
		actual,
		halfDetached: await halfDetached(session, target),
		...cut.row && { row: cut.row }
	});
	const seen = {
		role,
		target,
		known,
		actual,
		found,
		cut
	};
	const gates = await gatesOn(session, input, seen);
	const decisive = await decisiveOf(input, seen);
	const { before, rehearsal, interrupted: gone } = found;
	return {
		plan: planOf(input, {
			...seen,
			gates,
			decisive,
			milliseconds: Math.round(performance.now() - start)
		}),
		standing,
		agenda,
		before,
		changes: rehearsal.changes,
		...gone && { interrupted: gone }
	};
}
/** What an approval is bound to. */
async function decisiveOf(input, { target, known: { agenda }, actual, found }) {
	const { named } = input.tool.ledger;
	const { report, rehearsal, drift, interrupted: gone } = found;
	const pending = await Promise.all(agenda.pending.map(planned$1));
	const after = drift.length === 0 ? (await whoeverReads(rehearsal.after)).fingerprint : void 0;
	return {
		target,
		tool: {
			...report.tool,
			...named && { table: named.name }
		},
		pending: pending.map((each) => withDone(each, gone)),
		orphans: agenda.orphans,
		allowed: input.allow,
		...input.commit !== void 0 && { commit: input.commit },
		fingerprints: {
			before: actual.fingerprint,
			...after && { after }
		}
	};
}
function planOf(input, { known, found, gates, decisive, milliseconds }) {
	const { agenda, journal } = known;
	const { report, rehearsal, drift } = found;
	const [lastApplied] = agenda.applied.slice(-1);
	const fails = report.findings.some(({ status, rule, severity }) => status === "open" && severity === "error" && !input.allow.includes(rule));
	return {
		version: 1,
		command: "plan",
		lockkeeper: input.version,
		startedAt: input.now.toISOString(),
		outcome: gates.some(({ outcome }) => outcome === "closed") ? "refused" : fails ? "failed" : "passed",
		milliseconds,
		...decisive,
		...input.folder !== "" && { folder: input.folder },
		applied: {
			count: agenda.applied.length,
			...lastApplied && { last: lastApplied.id }
		},
		outOfOrder: agenda.outOfOrder.map(({ id }) => id),
		edited: editedSince(journal, agenda.applied),
		drift,
		gates,
		findings: report.findings,
		observations: report.observations,
		changes: rehearsal.changes,
		digest: digestOf({
			...decisive,
			applied: agenda.applied.map(({ id }) => id)
		})
	};
}
async function planned$1(migration) {
	const { id, name, path, hash } = migration;
	return {
		id,
		name,
		path,
		hash,
		statements: await statementsIn(migration)
	};
}
function withDone(migration, gone) {
	return gone?.row.migration === migration.id ? {
		...migration,
		done: gone.row.done
	} : migration;
}

// src/reports/migrate/comment.ts
/** What a run came to, as a comment on the pull request that its commit came with: verdict first, evidence folded. */
function migrationComment(page, { limit, id, whole }) {
	const { good, next = [] } = page;
	const steps = [...next, ...good || !whole ? [] : rerun(whole)];
	const below = [...id ? [code(id)] : [], ...whole ? [`[The run](${encodeURI(whole)})`] : []].join(" · ");
	return markdownPage({
		...brief(page),
		next: steps
	}, limit, below);
}
/** What an error that came before any report says. */
function errorPage(message, { help, untouched }) {
	const [first = "", ...rest] = message.split("\n").filter(Boolean);
	return {
		good: false,
		headline: `${untouched ? "Nothing was touched: " : ""}${first.replace(/\.$/, "")}`,
		problems: rest.map((line) => line.replace(/^- /, "")),
		parts: [],
		...help && { notes: help.split("\n") }
	};
}
/** Of a sentence or a value, in characters: a message of the database may be of any length. */
const longest = 2e3;
const briefly = (text) => shortened(text, longest);
function brief({ good, headline, problems = [], parts, notes = [] }) {
	return {
		good,
		headline: shortened(headline, 300),
		problems: problems.map(briefly),
		notes: notes.map(briefly),
		parts: parts.map(briefPart)
	};
}
function briefPart({ facts = [], ...part }) {
	const short = facts.map((fact) => ({
		...fact,
		value: briefly(fact.value)
	}));
	return {
		...part,
		facts: short,
		...part.title && { folded: true }
	};
}
/** The plan's job as well: the others hold to its digest. */
function rerun(whole) {
	const [, host, repository, run] = /^https?:\/\/([^/]+)\/([^/]+\/[^/]+)\/actions\/runs\/(\d+)$/.exec(whole) ?? [];
	if (!host || !repository || !run) return [];
	const where = host === "github.com" ? repository : `${host}/${repository}`;
	return [{
		text: "Plan and apply anew, at the same commit",
		command: shellLine([
			"gh",
			"run",
			"rerun",
			run,
			"--repo",
			where
		])
	}];
}

// src/commands/announced.ts
/**
* Lets others know of a run that changes a target, where the host has a way to: that it begins, and what it came to or
* which error ended it. Whatever hinders that changes nothing of how the run ends.
*/
async function announced(door, command, work) {
	const announcer = await door.host.announce?.(await announcementOf(door, command));
	const toEnding = (page, idle = false) => endingOf(page, idle, door);
	let ending;
	let begun = false;
	try {
		return await work({
			begin: async (about) => {
				begun = true;
				await announcer?.begin(about);
			},
			came: ({ page, idle }) => {
				ending = toEnding(page, idle);
			}
		});
	} catch (error) {
		ending ??= toEnding(pageOf(error, begun, door.signal));
		throw error;
	} finally {
		if (ending) await announcer?.end(ending);
	}
}
async function announcementOf(door, command, environment = process.env) {
	const { githubToken: token, comment, deployment } = door.settings;
	const aside = command === "plan" && environment.GITHUB_EVENT_NAME === "schedule";
	const id = await nameOf(door);
	return {
		...comment === "auto" && !aside && { comment: {
			command: "migrate",
			folder: folderOf(door),
			id
		} },
		...deployment && command === "migrate" && { environment: deployment },
		...token && { token },
		signal: door.signal
	};
}
/** By which the comment of a target is found again. The database's server is not to be read from it. */
async function nameOf(door) {
	if (door.settings.commentId !== void 0) return door.settings.commentId;
	try {
		const { database, host, port } = await addressFrom(door);
		return `${database}@${createHash("sha256").update(`${host}:${port}`).digest("hex").slice(0, 8)}`;
	} catch {
		return "";
	}
}
function endingOf(page, idle, { settings: { commentId: id = "" } }) {
	return {
		good: page.good,
		verdict: visibleLine(page.headline),
		idle,
		comment: (options) => migrationComment(page, {
			...options,
			id
		})
	};
}
/** An error that can be acted on is one that comes before anything is touched. */
function pageOf(error, begun, signal) {
	if (signal.aborted) return errorPage(signal.reason.message, { untouched: !begun });
	if (error instanceof KnownError) return errorPage(error.message, {
		...error.help && { help: error.help },
		untouched: true
	});
	return errorPage("A fault of Lockkeeper has ended it", {
		help: "The log of the run has more.",
		untouched: !begun
	});
}

// src/jobs/plan/script.ts
/**
* The SQL of migrations, in the transactions in which they are applied; without what records that they are, and without what
* is committed of one that was cut off.
*/
async function scriptOf(migrations, cut) {
	return (await Promise.all(migrations.map(async (migration) => {
		const units = unitsBehind(cut?.migration === migration.id ? cut.done : 0, unitsOf(await batchesOf(migration)));
		return `-- ${migration.path.replaceAll(/[\r\n]/g, " ")}\n${units.map(unitText).join("")}`;
	}))).join("\n");
}
/** Settings of the session are made again: they are gone with the one that was cut off. */
function unitsBehind(done, units) {
	let before = 0;
	return units.filter((unit) => {
		before += unit.statements.length;
		return before > done || isSetting(unit);
	});
}
function unitText({ transaction, begin, statements, end }) {
	const lines = statements.map(({ sql }) => `${sql};\n`).join("");
	return transaction ? `${begin};\n${lines}${end};\n` : lines;
}

// src/reports/migrate/plan.ts
/** What would be applied where, and whether it may be. */
function planPage(plan) {
	const { outcome, pending, changes, drift } = plan;
	return {
		good: outcome === "passed",
		headline: headlineOf$1(plan),
		problems: [...closedGates(plan), ...outcome === "passed" ? [] : openFindings(plan)],
		parts: [
			{
				facts: targetFacts(plan),
				...pending.length > 0 && { table: pendingTable(plan) }
			},
			...changesPart("What becomes different", changes),
			...changesPart("What the target has otherwise than its applied migrations give", drift),
			gatesPart(plan.gates)
		],
		notes: [
			...outcome === "passed" ? openFindings(plan) : [],
			...acceptance(plan),
			...editedNotes(plan),
			...accepted$1({ plan })
		]
	};
}
function headlineOf$1({ outcome, pending, target }) {
	const what = pending.length === 0 ? "Nothing is pending" : `${count(pending.length, "migration")} pending`;
	const where = `on ${target.database}`;
	if (outcome === "passed") return `${what} ${where}${pending.length > 0 ? ", and nothing is in the way" : ""}`;
	if (outcome === "refused") return `${what} ${where}, and a gate is closed`;
	return `${what} ${where}, with findings that nobody has accepted`;
}

// src/commands/plan-codes.ts
/** The exit code of a plan, or of several of which the worst counts. */
const planCodes = {
	passed: exitCodes.done,
	failed: exitCodes.findings,
	refused: exitCodes.refused
};

// src/jobs/gates/window.ts
const days = [
	"mon",
	"tue",
	"wed",
	"thu",
	"fri",
	"sat",
	"sun"
];
const day = 1440;
/**
* Whether it is a time at which a target may be migrated: `Mon-Fri 22:00-05:00 Europe/Zurich`; a time that ends before it
* begins ends on the next day. Throws `KnownError` for times that cannot be read.
*/
function inWindow(windows, now) {
	const gate = "window";
	if (windows.length === 0) return {
		gate,
		outcome: "open",
		message: "It may be migrated at any time."
	};
	const spans = windows.flatMap(spansOf);
	const fits = ({ from, to, zone }) => {
		const minute = minuteOfWeek(now, zone);
		return [minute, minute + 7 * day].some((each) => each >= from && each < to);
	};
	if (spans.some(fits)) return {
		gate,
		outcome: "open",
		message: `It is within ${windows.join(" or ")}.`
	};
	return closed(gate, `It is not within ${windows.join(" or ")}.`, "Come again then, or accept it for this run with `allow: window`.");
}
const shape = /^(?:([a-z]{3})(?:-([a-z]{3}))?\s+)?(\d{2}):(\d{2})-(\d{2}):(\d{2})(?:\s+(\S+))?$/i;
function spansOf(window) {
	const [, first, last, ...rest] = shape.exec(window.trim()) ?? [];
	const [fromHour, fromMinute, toHour, toMinute] = rest.slice(0, 4).map(Number);
	const zone = rest[4] ?? "UTC";
	const [start, end] = [dayNumber(first ?? "mon"), dayNumber(last ?? first ?? "sun")];
	if (start < 0 || end < 0 || ![
		fromHour,
		fromMinute,
		toHour,
		toMinute
	].every((time, index) => time <= (index % 2 ? 59 : 24)) || !isZone(zone)) throw new KnownError(`\`window\`: “${window}” is no time of the week.`, { help: "Write it like `Mon-Fri 22:00-05:00 Europe/Zurich`; days and zone (else UTC) may be left out." });
	const [from, until] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
	const length = until > from ? until - from : until + day - from;
	const count = (end - start + 7) % 7 + 1;
	return Array.from({ length: count }, (_, index) => {
		const begin = (start + index) % 7 * day + from;
		return {
			from: begin,
			to: begin + length,
			zone
		};
	});
}
function dayNumber(name) {
	return days.indexOf(name.toLowerCase());
}
function isZone(zone) {
	try {
		return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
	} catch {
		return false;
	}
}
function minuteOfWeek(now, timeZone) {
	const format = new Intl.DateTimeFormat("en-GB", {
		timeZone,
		weekday: "short",
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23"
	});
	const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
	return dayNumber(parts.weekday ?? "") * day + Number(parts.hour) * 60 + Number(parts.minute);
}

// src/commands/planning.ts
/** What to plan for the target that the settings name, with the migrations of the work tree. */
async function planInputOf(door) {
	const { settings, host, signal } = door;
	const { progress } = host;
	const folder = await realpath(resolve(settings.workingDirectory));
	const tree = workTree(folder, signal);
	const { tool: plain, folders } = await found(settings, tree);
	const target = await targetOf(door);
	const tool = withTable(plain, settings, target);
	const { allow, driftIgnore, appliedThrough: baseline, target: upTo } = settings;
	refuseUnknown(allow);
	const now = /* @__PURE__ */ new Date();
	const commit = await commitOf(folder, signal);
	return {
		target,
		tool,
		folders,
		folder: "",
		head: applicable(await tool.read(tree, folders)),
		...commit !== void 0 && { commit },
		openServer: (major) => openServer(door, major),
		...baseline !== void 0 && { baseline },
		...upTo !== void 0 && { upTo },
		allow,
		driftIgnore,
		rules,
		failOn: settings.failOn,
		protectedTables: settings.protected,
		seedRows: settings.seedRows,
		statementLimit: settings.statementLimit,
		version,
		now,
		signal,
		progress,
		limits: {
			transactionSeconds: settings.maxTransactionAge / 1e3,
			lagSeconds: settings.maxReplicaLag / 1e3,
			slotBytes: 1e10
		},
		gates: [inWindow(settings.window, now)]
	};
}
/** Gates that can be accepted by name; the others tell of what would not work. */
const gates = [...[
	"drift",
	"window",
	"long-transactions",
	"prepared-transactions",
	"blocked-sessions"
], ...[
	"replica-lag",
	"replication-slots",
	"disk"
]];
function refuseUnknown(allow) {
	const known = /* @__PURE__ */ new Set([...gates, ...rules.map(({ id }) => id)]);
	const unknown = allow.filter((name) => !known.has(name));
	if (unknown.length === 0) return;
	throw new KnownError(`\`allow\`: there is no rule or gate ${unknown.join(", ")}.`, { help: `Gates are ${gates.join(", ")}; rules are in docs/rules.md.` });
}
/** Of the repository that the folder is in, if it is in one. */
async function commitOf(folder, signal) {
	try {
		return await (await openRepository(folder, signal)).head();
	} catch (error) {
		if (error instanceof KnownError) return void 0;
		throw error;
	}
}

// src/jobs/plan/waves.ts
const name = /^[a-z][a-z0-9-]*$/i;
/** Targets of entries such as `canary` and `eu us`, a wave each. Throws `KnownError` for what names none. */
function targetsIn(entries) {
	const targets = entries.flatMap((entry, index) => entry.split(/\s+/).map((each) => ({
		name: each,
		wave: index + 1,
		secret: secretOf(each)
	})));
	const seen = /* @__PURE__ */ new Set();
	for (const { name: each, secret } of targets) {
		if (!name.test(each)) throw new KnownError(`\`waves\`: \`${each}\` is no name of a target.`, { help: "Names are of letters, digits and hyphens, as `eu-west`: they name a secret and an environment of GitHub, too." });
		if (seen.has(secret)) throw new KnownError(`\`waves\`: the target ${each} is there twice.`);
		seen.add(secret);
	}
	if (targets.length > 0) return targets;
	throw new KnownError("It is not known which targets there are.", { help: "Set `waves`: an entry is a wave, with the names of its targets; the first one is the canary." });
}
function secretOf(target) {
	return `${target.toUpperCase().replaceAll("-", "_")}_URL`;
}
/** By wave, the targets on which something is pending and may be applied. */
function matrixOf(targets) {
	const waves = [];
	for (const { name, wave, secret, plan } of targets) {
		waves[wave - 1] ??= [];
		if (plan?.outcome !== "passed" || plan.pending.length === 0) continue;
		waves[wave - 1]?.push({
			name,
			wave,
			secret,
			pending: plan.pending.length,
			digest: plan.digest
		});
	}
	return waves;
}
/** Of all: one that cannot be planned is as one that is refused. */
function worstOf(targets) {
	const outcomes = new Set(targets.map(({ plan }) => plan?.outcome ?? "refused"));
	return ["refused", "failed"].find((each) => outcomes.has(each)) ?? "passed";
}

// src/reports/migrate/waves.ts
/** What would be applied to several targets, in which order. */
function wavesPage({ outcome, targets, waves }) {
	const wanted = waves.flat().length;
	const ids = new Set(targets.flatMap(({ plan }) => (plan?.pending ?? []).map(({ id }) => id)));
	return {
		good: outcome === "passed",
		headline: headlineOf(outcome, wanted, targets),
		problems: targets.flatMap(problemsOf),
		parts: [{ table: {
			columns: [
				...[
					{
						title: "wave",
						right: true
					},
					{ title: "target" },
					{
						title: "pending",
						right: true
					}
				],
				...[{
					title: "the last applied",
					code: true
				}, {
					title: "digest",
					code: true
				}],
				{ title: "database" }
			],
			rows: targets.map(rowOf)
		} }],
		notes: ids.size > 0 ? [`Pending: ${[...ids].join(", ")}.`] : []
	};
}
function headlineOf(outcome, wanted, targets) {
	const of = `of ${count(targets.length, "target")}`;
	if (outcome === "passed") return wanted === 0 ? `Nothing is pending on any ${of}` : `Pending on ${wanted} ${of}`;
	return `Nothing may be applied: something is in the way on ${targets.filter(({ plan }) => plan?.outcome !== "passed").length} ${of}`;
}
function problemsOf({ name, plan, error }) {
	if (error) return [`${name}: ${error.message}`];
	if (!plan || plan.outcome === "passed") return [];
	return [...closedGates(plan), ...openFindings(plan)].map((each) => `${name}: ${each}`);
}
function rowOf({ name, wave, plan }) {
	if (!plan) return [
		String(wave),
		name,
		"?",
		"–",
		"–",
		"–"
	];
	const { pending, applied, digest, target } = plan;
	return [
		String(wave),
		name,
		String(pending.length),
		applied.last ?? "–",
		digest.slice(0, 12),
		target.database
	];
}

// src/commands/waves.ts
/** Plans several targets, and tells what is to be migrated in which wave. Touches none of them. */
async function planWaves(door, came, environment = process.env) {
	const start = performance.now();
	const startedAt = (/* @__PURE__ */ new Date()).toISOString();
	const named = targetsIn(door.settings.waves);
	refuseUnset(named, environment);
	const targets = [];
	for (const target of named) {
		door.host.progress.step(`planning ${target.name}`);
		targets.push({
			...target,
			...await planned(door, environment[target.secret] ?? "")
		});
	}
	const report = {
		version: 1,
		command: "plan",
		outcome: worstOf(targets),
		lockkeeper: version,
		startedAt,
		milliseconds: Math.round(performance.now() - start),
		targets,
		waves: matrixOf(targets)
	};
	const page = wavesPage(report);
	came({
		page,
		idle: report.outcome === "passed"
	});
	await publish(door, report, page);
	return codeOf(report);
}
function refuseUnset(named, environment) {
	const unset = named.filter(({ secret }) => !environment[secret]);
	if (unset.length === 0) return;
	throw new KnownError(`There is no URL of ${unset.map(({ name }) => name).join(", ")}.`, { help: `Set the environment variable${unset.length > 1 ? "s" : ""} ${unset.map(({ secret }) => secret).join(", ")}.` });
}
async function planned({ settings, ...door }, url) {
	try {
		return { plan: (await plan(await planInputOf({
			...door,
			settings: {
				...settings,
				url
			}
		}))).plan };
	} catch (error) {
		if (!(error instanceof KnownError) || error.reason === "usage") throw error;
		return { error: {
			message: [error.message, error.help].filter(Boolean).join(" "),
			reason: error.reason
		} };
	}
}
async function publish(door, report, page) {
	const pending = report.targets.reduce((sum, { plan }) => sum + (plan?.pending.length ?? 0), 0);
	const outputs = {
		waves: JSON.stringify(report.waves),
		pending: String(pending)
	};
	await publishPage(door, report, page, outputs);
	if (door.settings.out) await writeReport(`${JSON.stringify(report, null, 2)}\n`, door.settings.out);
}
function codeOf({ outcome, targets }) {
	const reason = targets.find(({ error }) => error)?.error?.reason;
	return reason ? exitCodes[reason] : planCodes[outcome];
}

// src/commands/plan.ts
/** Tells what would be applied to a target, and whether it may be; where it may not, others hear of it. */
async function run(door) {
	return announced(door, "plan", async ({ came }) => {
		if (door.settings.matrix) return planWaves(door, came);
		const planning = await plan(await planInputOf(door));
		came({
			page: planPage(planning.plan),
			idle: planning.plan.outcome === "passed"
		});
		return publishPlan(door, planning);
	});
}
/** Shows a plan; returns the exit code. */
async function publishPlan(door, { plan, agenda, interrupted }) {
	const { out, sql } = door.settings;
	if (sql) process.stdout.write(await scriptOf(agenda.pending, interrupted?.row));
	await publishPage(door, plan, planPage(plan), {
		digest: plan.digest,
		pending: String(plan.pending.length)
	});
	if (out) await writeReport(`${JSON.stringify(plan, null, 2)}\n`, out);
	return planCodes[plan.outcome];
}

export { plan as a, announced as i, run as n, planOn as o, planInputOf as r, untouched as s, publishPlan as t };
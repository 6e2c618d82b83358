import { i as backup, r as targetOf, t as backupOptions } from "./backup.js";
import { c as timeText, i as idOf, n as publishPage, s as durationText, t as storeOf } from "./store.js";
import { _ as transformed, a as ProgramFailed, c as through, d as findClients, f as newestClients, h as gunzipped, r as metered, t as plainBytes, v as decrypted } from "./read-back.js";
import { n as exitCodes, r as fileFault, t as KnownError } from "./error.js";
import { i as connect, r as SqlError, t as ConnectionLost } from "./connect.js";
import { a as createRoles, i as scratchLike, n as identitiesIn, o as dropRoles, r as compare, s as restoreDump, t as assertionsIn } from "./reading.js";
import { t as quote } from "./quote.js";
import { n as urlOf } from "./url.js";
import { t as loadProvider } from "./servers.js";
import { t as version } from "./version.js";
import { n as picked, t as catalogOf } from "./catalog.js";
import { access } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { createZstdDecompress } from "node:zlib";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

// src/jobs/backups/place.ts
/** Throws where there is a database of this name. */
async function nameTaken(address, name, signal) {
	await using session = await connect(address, signal);
	const [there] = await session.query("SELECT FROM pg_catalog.pg_database WHERE datname = $1", [name]);
	if (!there) return;
	throw new KnownError(`There is a database ${name} already.`, {
		reason: "refused",
		help: "Restore into a new one (`into`), or name it with `overwrite`, which replaces it after a safety backup."
	});
}
/** Looks that a database is there and that nobody uses it. */
async function shut(address, name, signal) {
	await using session = await connect(address, signal);
	const [row] = await session.query("SELECT datconnlimit AS limit, oid::text FROM pg_catalog.pg_database WHERE datname = $1", [name]);
	if (!row) throw new KnownError(`There is no database ${name} to restore over.`, {
		reason: "refused",
		help: "With `into`, a new one of that name is made."
	});
	await refuseUsed(session, name);
	const limitTo = async (limit, to) => to.send(`ALTER DATABASE ${quote(name)} CONNECTION LIMIT ${limit}`);
	let closed = false;
	return {
		close: async () => {
			await using again = await connect(address, signal);
			await limitTo(0, again);
			closed = true;
			await refuseUsed(again, name);
		},
		[Symbol.asyncDispose]: async () => {
			if (!closed) return;
			await using again = await connect(address);
			await limitTo(row.limit, again);
		}
	};
}
async function refuseUsed(session, name) {
	const users = await session.query(`SELECT DISTINCT COALESCE(usename::text, '?') || COALESCE(' (' || NULLIF(application_name, '') || ')', '') AS who
       FROM pg_catalog.pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend' ORDER BY 1`, [name]);
	if (users.length === 0) return;
	throw new KnownError(`${name} is in use by ${users.map(({ who }) => who).join(", ")}.`, {
		reason: "refused",
		help: "Stop what uses it first: it would lose what it writes meanwhile."
	});
}
/** Gives what was restored its name. */
async function rename(address, from, to, signal) {
	await using session = await connect(address, signal);
	await session.send(`ALTER DATABASE ${quote(from)} RENAME TO ${quote(to)}`);
	await session.send(`COMMENT ON DATABASE ${quote(to)} IS NULL`);
}
/** Puts one database in the place of another at one moment, with its owner, grants and settings; the other is dropped. */
async function replace(address, restored, name, signal) {
	await using session = await connect(address, signal);
	const old = `${name.slice(0, 40)}_replaced_${Date.now()}`;
	for (const statement of await properties(session, name, restored)) await session.send(statement);
	await session.send(`BEGIN; ALTER DATABASE ${quote(name)} RENAME TO ${quote(old)}; ALTER DATABASE ${quote(restored)} RENAME TO ${quote(name)}; COMMIT`);
	await session.send(`DROP DATABASE ${quote(old)}`).catch((error) => {
		if (!(error instanceof SqlError)) throw error;
		throw new KnownError(`${name} is restored, and the old one is still there as ${old}: ${error.message}.`, {
			reason: "backup",
			help: `Drop it when nobody needs it: DROP DATABASE ${quote(old)}.`,
			cause: error
		});
	});
}
/** What belongs to a database itself, and is in no dump of it. */
async function properties(session, from, to) {
	return (await session.query(`SELECT pg_catalog.format('ALTER DATABASE %I OWNER TO %I', $2::text, r.rolname) AS statement
       FROM pg_catalog.pg_database d JOIN pg_catalog.pg_roles r ON r.oid = d.datdba WHERE d.datname = $1
     UNION ALL
     SELECT pg_catalog.format('COMMENT ON DATABASE %I IS %L', $2::text, pg_catalog.shobj_description(oid, 'pg_database'))
       FROM pg_catalog.pg_database WHERE datname = $1
     UNION ALL
     SELECT pg_catalog.format('REVOKE ALL ON DATABASE %I FROM PUBLIC', $2::text)
       FROM pg_catalog.pg_database WHERE datname = $1 AND datacl IS NOT NULL
     UNION ALL
     SELECT pg_catalog.format('GRANT %s ON DATABASE %I TO %s%s', a.privilege_type, $2::text,
              CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(r.rolname) END,
              CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
       FROM pg_catalog.pg_database d, pg_catalog.aclexplode(d.datacl) a LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.grantee
      WHERE d.datname = $1
     UNION ALL
     SELECT pg_catalog.format('ALTER %s SET %I = %s', CASE s.setrole WHEN 0 THEN pg_catalog.format('DATABASE %I', $2::text)
              ELSE pg_catalog.format('ROLE %I IN DATABASE %I', r.rolname, $2::text) END,
              pg_catalog.split_part(c, '=', 1), setting.value)
       FROM pg_catalog.pg_db_role_setting s JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
            LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole, pg_catalog.unnest(s.setconfig) c,
            LATERAL (SELECT pg_catalog.substr(c, pg_catalog.strpos(c, '=') + 1) AS text) raw,
            LATERAL (SELECT CASE WHEN pg_catalog.split_part(c, '=', 1) = ANY ('{search_path,DateStyle,temp_tablespaces,
                session_preload_libraries,shared_preload_libraries,local_preload_libraries}'::text[])
              THEN raw.text ELSE pg_catalog.quote_literal(raw.text) END AS value) setting
      WHERE d.datname = $1`, [from, to])).flatMap(({ statement }) => statement ?? []);
}

// src/jobs/restore.ts
/**
* Restores a dump into a database of our own, compares it, and gives it its name only then: nothing that is half restored
* ever has it. Throws `KnownError`: reason `refused` where a gate is closed and nothing was touched, `backup` where the
* dump cannot be restored.
*/
async function restore(input) {
	const { server, name, overwrite, progress, signal, source, withoutRoles } = input;
	if (withoutRoles && source.format === "plain") throw new KnownError(`${source.label} is SQL, in which owners and grants are written.`, { help: "Restore it without `without-roles`: missing roles are created, and may not log in." });
	if (!overwrite) {
		await nameTaken(server.address, name, signal);
		return attempt(input);
	}
	await using door = await shut(server.address, name, signal);
	progress.step(`backing up ${name} before it is restored over`);
	const safetyBackup = await input.safetyBackup();
	await door.close();
	return {
		...await attempt(input),
		safetyBackup
	};
}
async function attempt(input) {
	const { signal, source, server } = input;
	const createdRoles = [];
	try {
		return await restoreInto(input, createdRoles);
	} catch (error) {
		await dropRoles(server.address, createdRoles).catch(() => {});
		if (signal.aborted) throw signal.reason;
		if (![
			ProgramFailed,
			SqlError,
			ConnectionLost
		].some((kind) => error instanceof kind)) throw error;
		const message = `${source.label} cannot be restored, and no database is left of it: ${error.message}`;
		throw new KnownError(message, {
			reason: "backup",
			help: helpFor(error, input),
			cause: error
		});
	}
}
function helpFor({ message }, { withoutRoles }) {
	if (/permission denied to create role|must be superuser|must be (able to SET ROLE|member of role)/.test(message) && !withoutRoles) return "With `--without-roles`, owners and grants are left out, and everything belongs to the role that restores.";
	if (/extension .* is not available|could not open extension control file/.test(message)) return "Install that extension on the server, or restore on one that has it.";
	return "See the message of PostgreSQL; the databases that were there are as they were.";
}
async function restoreInto(input, createdRoles) {
	const { source, server, name, overwrite, withoutRoles, signal, progress } = input;
	const { format, manifest } = source;
	const started = performance.now();
	const clients = await findClients(Math.max(server.major, source.major), input.clientFolder);
	if (!withoutRoles) createdRoles.push(...await createRoles(server.address, source.roles, signal));
	await using scratch = await scratchLike(server, source.origin, signal);
	const { address } = scratch;
	progress.step(`restoring ${source.label} on PostgreSQL ${server.version}`);
	const content = metered(source.content(), "restored", progress);
	await restoreDump({
		clients,
		address,
		content,
		format,
		withoutRoles,
		signal
	});
	const milliseconds = Math.round(performance.now() - started);
	progress.step(manifest ? "comparing it with its manifest" : "looking at what is there");
	const compared = await compare(address, withoutRoles ? void 0 : manifest, input);
	const good = compared.problems.length === 0;
	const database = overwrite && !good ? `${name.slice(0, 40)}_restored_${Date.now()}` : name;
	if (overwrite && good) await replace(server.address, scratch.name, name, signal);
	else await rename(server.address, scratch.name, database, signal);
	return {
		...compared,
		database,
		createdRoles,
		milliseconds,
		notes: notesOf(input, good)
	};
}
function notesOf({ overwrite, name, withoutRoles }, good) {
	return [
		...overwrite && !good ? [`${name} is as it was: what was restored did not take its place.`] : [],
		...withoutRoles ? ["Owners and grants were left out, so it was not compared with its manifest."] : [],
		"The history of migrations is what the dump holds: those that came later are pending again."
	];
}

// src/reports/backups/restore.ts
/** A restore. */
function restorePage(report) {
	const { from, takenAt, database, server, safetyBackup, createdRoles, tables, milliseconds } = report;
	return {
		good: report.outcome === "passed",
		headline: report.outcome === "passed" ? `${from} is restored into ${database}` : `${from} is restored into ${database}, but is not what was backed up`,
		facts: [
			...takenAt ? [["holds", `what was there at ${timeText(takenAt)} UTC`]] : [],
			["restored", `${tables} tables in ${durationText(milliseconds)} on PostgreSQL ${server}`],
			...safetyBackup ? [["safety backup", safetyBackup]] : [],
			...createdRoles.length > 0 ? [["new roles", `${createdRoles.join(", ")} (without login)`]] : [],
			["compared", report.checked.join(", ") || "nothing: there is no manifest to compare it with"]
		],
		tables: [],
		notes: [...report.problems, ...report.notes]
	};
}

// src/archive/recognise.ts
/** Packings by the bytes they begin with: age 1, RFC 1952, RFC 8878. */
const packings = [
	[Buffer.from("age-encryption.org/v1"), (content, keys) => decrypted(content, keys)],
	[Buffer.from([31, 139]), (content) => gunzipped(content)],
	[Buffer.from([
		40,
		181,
		47,
		253
	]), (content) => transformed(content, createZstdDecompress())]
];
/** Unpacks what others packed, as it says itself what it is: encrypted and then compressed, or the other way round. */
async function recognised(packed, identities) {
	let { head, content } = await peek(packed);
	for (let depth = 0; depth < 3; depth += 1) {
		const packing = packings.find(([start]) => head.subarray(0, start.length).equals(start));
		if (!packing) break;
		({head, content} = await peek(packing[1](content, identities)));
	}
	return {
		head,
		content
	};
}
/** Reads the beginning, and gives it back with the rest. */
async function peek(content) {
	const pieces = content[Symbol.asyncIterator]();
	let head = Buffer.alloc(0);
	while (head.length < 1e3) {
		const { done, value } = await pieces.next();
		if (done) break;
		head = Buffer.concat([head, value]);
	}
	return {
		head: head.subarray(0, 1e3),
		content: joined(head, pieces)
	};
}
async function* joined(head, pieces) {
	try {
		if (head.length > 0) yield head;
		for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
	} finally {
		await pieces.return?.();
	}
}

// src/postgres/dump/scan.ts
const identifier = "(\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)";
const ofRole = [
	new RegExp(`^ALTER .* OWNER TO ${identifier};$`, "u"),
	new RegExp(`^GRANT .* TO ${identifier}(?: WITH GRANT OPTION)?;$`, "u"),
	new RegExp(`^ALTER DEFAULT PRIVILEGES FOR ROLE ${identifier} `, "u")
];
/** Reads SQL as pg_dump writes it, line by line, passing over the rows of tables. */
async function scan(content) {
	const roles = /* @__PURE__ */ new Set();
	let leaves;
	let inRows = false;
	let open = false;
	for await (const line of createInterface({
		input: Readable.from(content),
		crlfDelay: Number.POSITIVE_INFINITY
	})) {
		if (!inRows && /^-- PostgreSQL database dump( complete)?$/.test(line)) open = !line.endsWith("complete");
		if (inRows) inRows = line !== "\\.";
		else if (/^COPY .* FROM stdin;$/.test(line)) inRows = true;
		else if (/^\\(connect|c|!|i|ir|o|g|w)(\s|$)/.test(line)) leaves ??= line.slice(0, 80);
		else for (const name of named(line)) roles.add(name);
	}
	return {
		roles: [...roles].filter((role) => role !== "PUBLIC" && !role.startsWith("pg_")),
		...leaves && { leaves },
		cut: inRows || open
	};
}
function named(line) {
	return ofRole.flatMap((pattern) => {
		const [, name] = pattern.exec(line) ?? [];
		if (!name) return [];
		return name.startsWith("\"") ? name.slice(1, -1).replaceAll("\"\"", "\"") : name;
	});
}

// src/commands/dump-file.ts
/** A dump in a file, packed or not, that somebody's pg_dump wrote: custom format or SQL. */
async function fileSource(path, identities, door) {
	await access(path).catch((cause) => {
		throw new KnownError(`The dump cannot be read: ${fileFault(cause)}.`, {
			place: { path },
			cause
		});
	});
	const open = () => recognised(createReadStream(path), identities);
	door.host.progress.step(`looking into ${path}`);
	const format = formatOf((await closing(open)).head, path);
	const content = async function* () {
		yield* (await open()).content;
	};
	const { roles, leaves, cut } = await scan(format === "plain" ? content() : sqlOf(content(), door));
	if (leaves) throw new KnownError(`The dump holds \`${leaves}\`, which leads out of the database it is restored into.`, {
		place: { path },
		help: "Dump without --create (pg_dump) or --clean and --create, and remove commands of psql from it."
	});
	if (cut) throw new KnownError("The dump ends in the middle.", {
		reason: "backup",
		place: { path }
	});
	return {
		label: basename(path),
		format,
		content,
		roles,
		major: 0
	};
}
async function closing(open) {
	const found = await open();
	await found.content[Symbol.asyncIterator]().return?.();
	return found;
}
function formatOf(head, path) {
	if (head.subarray(0, 5).toString("latin1") === "PGDMP") return "custom";
	if (/PostgreSQL database dump|^(--|SET |CREATE |BEGIN)/m.test(head.toString("utf8"))) return "plain";
	throw new KnownError("This is neither SQL nor a dump in the custom format of pg_dump.", {
		place: { path },
		help: "Directories and tar files that pg_dump wrote are restored with pg_restore."
	});
}
/** The statements of a dump in custom format, without rows. */
async function* sqlOf(content, { settings, signal }) {
	const clients = await newestClients(settings.pgBin);
	yield* through({
		clients,
		name: "pg_restore",
		args: ["--schema-only", "--file=-"],
		address: {
			host: "",
			port: 5432,
			user: "",
			database: ""
		},
		signal
	}, content);
}

// src/commands/restore.ts
/** Restores a backup, or a dump that pg_dump wrote. */
async function run(door) {
	const { settings, host, signal } = door;
	const [identities, assertions] = await Promise.all([identitiesIn(settings), assertionsIn(settings)]);
	const { file, into, overwrite, withoutRoles, pgBin } = settings;
	await using store = file && !overwrite ? void 0 : await storeOf(door);
	const source = file ? await fileSource(file, identities, door) : await backupSource(door, store, identities);
	const target = await targetOf(door);
	const beside = {
		...target,
		database: overwrite === target.database ? otherThan(overwrite) : target.database
	};
	await using server = await (await loadProvider("existing")).open({
		url: urlOf(beside),
		signal,
		progress: host.progress
	});
	const name = overwrite ?? into ?? newName(source, target);
	const safetyBackup = async () => {
		const options = backupOptions(door, store, `before ${source.label} is restored over it`);
		return idOf({ key: (await backup({
			...options,
			target: {
				...server.address,
				database: name
			}
		})).manifestKey });
	};
	const report = reportOf(await restore({
		source,
		server,
		name,
		overwrite: overwrite !== void 0,
		safetyBackup,
		withoutRoles,
		assertions,
		...pgBin && { clientFolder: pgBin },
		signal,
		progress: host.progress
	}), source, server.version, store);
	await publishPage(door, report, restorePage(report));
	return report.outcome === "passed" ? exitCodes.done : exitCodes.backup;
}
async function backupSource(door, store, identities) {
	const { backups } = await catalogOf(door, store);
	const chosen = picked(backups, door.settings.backup ?? "latest");
	const { dump, contents, server } = chosen.manifest;
	return {
		label: idOf(chosen),
		format: dump.format === "plain" ? "plain" : "custom",
		content: () => plainBytes({
			store,
			dump,
			identities,
			signal: door.signal
		}),
		roles: contents.roles,
		major: Number.parseInt(dump.pgDump, 10),
		origin: server,
		manifest: chosen.manifest
	};
}
/** A database cannot be renamed from within. */
function otherThan(database) {
	return database === "postgres" ? "template1" : "postgres";
}
/** `shop_20261121_020700`: the old name, and the time whose data it holds or, where that is not known, now. */
function newName({ manifest }, target) {
	const stamp = (manifest?.takenAt ?? (/* @__PURE__ */ new Date()).toISOString()).slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "_");
	return `${(manifest?.database ?? target.database).slice(0, 40)}_${stamp}`;
}
function reportOf(done, source, server, store) {
	const { tables, problems, checked, notes, createdRoles, milliseconds, database, safetyBackup } = done;
	return {
		version: 1,
		lockkeeper: version,
		command: "restore",
		outcome: problems.length === 0 ? "passed" : "failed",
		...store && { store: store.label },
		from: source.label,
		...source.manifest && { takenAt: source.manifest.takenAt },
		database,
		server,
		createdRoles,
		tables,
		milliseconds,
		problems,
		checked,
		notes,
		...safetyBackup && { safetyBackup }
	};
}

export { run };
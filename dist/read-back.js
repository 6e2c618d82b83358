import { t as KnownError } from "./error.js";
import { o as bytesText, v as inOrder } from "./store.js";
import { i as connect } from "./connect.js";
import { t as quote } from "./quote.js";
import { t as readSnapshot } from "./snapshot.js";
import { access, readdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { once } from "node:events";
import { constants, createGunzip, gzip, zstdCompress, zstdDecompress } from "node:zlib";
import { createHash } from "node:crypto";
import { ReadableStream } from "node:stream/web";
import { pipeline } from "node:stream/promises";
import { execFile, spawn } from "node:child_process";

// src/archive/age.ts
/** Encrypts to age recipients (`age1…`; https://age-encryption.org/v1): only their owners can read it. */
async function* encrypted(content, recipients) {
	const { Encrypter } = await import("./dist.js");
	const encrypter = new Encrypter();
	for (const recipient of recipients) addRecipient(encrypter, recipient);
	yield* piecesOf(await encrypter.encrypt(streamOf(content)));
}
function addRecipient(encrypter, recipient) {
	try {
		encrypter.addRecipient(recipient);
	} catch (cause) {
		throw new KnownError("One of the recipients to encrypt to cannot be read.", {
			help: "A recipient is a public key that begins with age1, as `age-keygen -y` prints it.",
			cause
		});
	}
}
/** Decrypts with age identities (`AGE-SECRET-KEY-1…`). Throws `KnownError` where none of them fits. */
async function* decrypted(content, identities) {
	const { Decrypter } = await import("./dist.js");
	const decrypter = new Decrypter();
	for (const identity of identities) addIdentity(decrypter, identity);
	yield* piecesOf(await decrypter.decrypt(streamOf(content)).catch((cause) => {
		throw new KnownError("None of the keys decrypts this backup.", {
			reason: "backup",
			help: "Give the secret key of one of the recipients it was encrypted to, with `identity-file`.",
			cause
		});
	}));
}
function addIdentity(decrypter, identity) {
	try {
		decrypter.addIdentity(identity);
	} catch {
		throw new KnownError("A secret key cannot be read.", { help: "The file holds lines that begin with AGE-SECRET-KEY-1, as `age-keygen` writes them." });
	}
}
function streamOf(content) {
	return ReadableStream.from(content);
}
async function* piecesOf(stream) {
	yield* stream;
}

// src/archive/chunks.ts
/** Buffers of one size that are used again: what is left to the collector of garbage stays for long. */
var Pool = class {
	size;
	#free = [];
	constructor(size) {
		this.size = size;
	}
	take() {
		return this.#free.pop() ?? Buffer.allocUnsafeSlow(this.size);
	}
	/** Takes a buffer back, or the beginning of one; its giver must not touch it again. */
	give({ buffer }) {
		this.#free.push(Buffer.from(buffer));
	}
};
/** Pieces of exactly the pool's size, the last one shorter; one empty piece where there is nothing. */
async function* chunked(content, pool) {
	let chunk = pool.take();
	let length = 0;
	let first = true;
	for await (const piece of content) for (let from = 0; from < piece.length;) {
		const part = piece.subarray(from, from + pool.size - length);
		chunk.set(part, length);
		from += part.length;
		length += part.length;
		if (length < pool.size) continue;
		yield chunk;
		[chunk, length, first] = [
			pool.take(),
			0,
			false
		];
	}
	if (length > 0 || first) yield chunk.subarray(0, length);
}

// src/archive/transformed.ts
/** What a stream of node makes of the content. Throws what either of them throws; the content is closed with its reader. */
async function* transformed(content, by) {
	const given = pipeline(Readable.from(content, { objectMode: false }), by);
	given.catch(() => {});
	try {
		yield* by;
		await given;
	} finally {
		by.destroy();
		await given.catch(() => {});
	}
}

// src/archive/gzip.ts
/** Of one member before it is compressed: members one after another are a valid file for every decoder (RFC 1952, 2.2). */
const memberBytes = 1 << 20;
/** Members under work at once: node's pool has four threads. */
const atOnce$1 = 4;
const compressMember = promisify(gzip);
/** Compresses a stream of any length on several threads, with bounded memory. */
async function* gzipped(content) {
	const pool = new Pool(memberBytes);
	const compress = (member) => compressMember(member).finally(() => pool.give(member));
	yield* inOrder(chunked(content, pool), compress, atOnce$1);
}
/** Decompresses what any gzip wrote. Throws for bytes that are damaged, missing, or no gzip. */
function gunzipped(content) {
	return transformed(content, createGunzip());
}

// src/archive/tally.ts
function tally(content) {
	const hash = createHash("sha256");
	let bytes = 0;
	return {
		async *[Symbol.asyncIterator]() {
			for await (const piece of content) {
				hash.update(piece);
				bytes += piece.length;
				yield piece;
			}
		},
		digest: () => ({
			bytes,
			sha256: hash.copy().digest("hex")
		})
	};
}

// src/archive/zstd.ts
/**
* zstd in frames (RFC 8878): independent ones one after another are a valid stream for every decoder, and several are
* worked on at once on the threads of node's pool. Each frame carries its checksum, and its size.
*/
const frameBytes = 1 << 20;
/** Frames under work at once: node's pool has four threads. */
const atOnce = 4;
const compressFrame = promisify(zstdCompress);
const decompressFrame = promisify(zstdDecompress);
/** Compresses a stream of any length with bounded memory. */
async function* compressed(content, level = 3) {
	const params = {
		[constants.ZSTD_c_compressionLevel]: level,
		[constants.ZSTD_c_checksumFlag]: 1
	};
	const pool = new Pool(frameBytes);
	const compress = (frame) => compressFrame(frame, { params }).finally(() => pool.give(frame));
	yield* inOrder(chunked(content, pool), compress, atOnce);
}
/** Decompresses what `compressed` wrote. Throws for bytes that are damaged, missing, or no zstd. */
async function* decompressed(content) {
	yield* inOrder(frames(content), (frame) => decompressFrame(frame), atOnce);
}
const magic = 4247762216;
/** Longest frame that is held: ours are far smaller. */
const longestFrame = 64 << 20;
/** Cuts a stream into its frames by reading the sizes of their blocks, without decoding them. */
async function* frames(content) {
	let held = Buffer.allocUnsafe(2 * frameBytes);
	let length = 0;
	let next = {
		at: 0,
		last: false
	};
	for await (const piece of content) {
		if (length + piece.length > held.length) held = grown(held, length + piece.length);
		held.set(piece, length);
		length += piece.length;
		for (next = advance(held.subarray(0, length), next); next.last && next.at <= length;) {
			yield Buffer.from(held.subarray(0, next.at));
			held.copyWithin(0, next.at, length);
			length -= next.at;
			next = advance(held.subarray(0, length), {
				at: 0,
				last: false
			});
		}
	}
	if (length > 0) throw new Error("The compressed data ends in the middle of a frame.");
}
function grown(held, wanted) {
	if (wanted > longestFrame) throw new Error("It was compressed by another program: decompress it first, with zstd -d.");
	const larger = Buffer.allocUnsafe(Math.max(wanted, 2 * held.length));
	held.copy(larger);
	return larger;
}
/** Goes on over the blocks that are all there. */
function advance(data, { at, last }) {
	if (at === 0) {
		if (data.length < 5) return {
			at,
			last
		};
		if (data.readUInt32LE(0) !== magic) throw new Error("This is not compressed by zstd, or it is damaged.");
		at = 5 + headerBytes(data.readUInt8(4));
	}
	while (!last && data.length >= at + 3) {
		const block = data.readUIntLE(at, 3);
		last = (block & 1) === 1;
		const type = block >> 1 & 3;
		if (type === 3) throw new Error("The compressed data is damaged.");
		at += 3 + (type === 1 ? 1 : block >> 3);
		if (last && data.readUInt8(4) & 4) at += 4;
	}
	return {
		at,
		last
	};
}
/** Bytes of window, dictionary id and content size (RFC 8878, 3.1.1.1). */
function headerBytes(descriptor) {
	const single = descriptor >> 5 & 1;
	const dictionary = [
		0,
		1,
		2,
		4
	][descriptor & 3];
	const size = [
		single,
		2,
		4,
		8
	][descriptor >> 6];
	return (single ? 0 : 1) + dictionary + size;
}

// src/postgres/dump/clients.ts
const run = promisify(execFile);
/**
* Finds clients that can dump a server of this major: of the same major if there are any, else newer ones; older ones
* refuse (pg_dump, Notes). In the folder that is named, else among those that are installed, else in Docker's image.
*/
async function findClients(major, folder) {
	const folders = folder === void 0 ? await installed() : [folder];
	const found = (await Promise.all(folders.map(clientsIn))).flatMap((each) => each ?? []);
	const fitting = found.filter((each) => each.major >= major).sort((a, b) => a.major - b.major);
	const docker = fitting[0] || folder !== void 0 ? void 0 : await clientsInDocker(major);
	const chosen = fitting[0] ?? docker;
	if (chosen) return chosen;
	const others = found.map(({ version, from }) => `${version} in ${from}`);
	throw new KnownError(`There is no pg_dump for PostgreSQL ${major}; one of an older major cannot read such a server.`, {
		reason: "unreachable",
		help: [others.length > 0 ? `Found: ${others.join(", ")}.` : "", `Install the client programs of major ${major} or newer (Debian and Ubuntu: postgresql-client-${major} of apt.postgresql.org), name their folder with \`pg-bin\`, or provide Docker.`].filter(Boolean).join(" ")
	});
}
/** The newest clients that are installed: they read every dump. */
async function newestClients(folder) {
	const folders = folder === void 0 ? await installed() : [folder];
	const [newest] = (await Promise.all(folders.map(clientsIn))).flatMap((each) => each ?? []).sort((a, b) => b.major - a.major);
	return newest ?? findClients(oldestMajor, folder);
}
/** Of those that are supported. */
const oldestMajor = 12;
/** The PATH, and where packages of Debian, Red Hat and Homebrew put programs. */
async function installed() {
	const inside = async (folder, pattern) => (await readdir(folder).catch(() => [])).filter((name) => pattern.test(name)).map((name) => join(folder, name, "bin"));
	return [
		...await inside("/usr/lib/postgresql", /^\d+$/),
		...await inside("/usr", /^pgsql-\d+$/),
		...await inside("/opt/homebrew/opt", /^(postgresql@\d+|libpq)$/),
		...await inside("/usr/local/opt", /^(postgresql@\d+|libpq)$/),
		...(process.env.PATH ?? "").split(delimiter).filter(Boolean)
	];
}
async function clientsIn(folder) {
	try {
		for (const program of ["pg_restore", "psql"]) await access(join(folder, program));
		const { stdout } = await run(join(folder, "pg_dump"), ["--version"]);
		return clients(stdout, folder, (program) => [join(folder, program)]);
	} catch {
		return;
	}
}
/** Programs in a container on the host's network; it gets the password by environment, not by argument. */
async function clientsInDocker(major) {
	const image = `postgres:${major}`;
	const words = [
		"run",
		"--rm",
		"-i",
		"--network",
		"host",
		...[
			"PGPASSWORD",
			"PGHOST",
			"PGPORT",
			"PGUSER",
			"PGDATABASE",
			"PGSSLMODE",
			"PGAPPNAME",
			"PGOPTIONS"
		].flatMap((name) => ["-e", name]),
		image
	];
	try {
		const { stdout } = await run("docker", [
			...words,
			"pg_dump",
			"--version"
		]);
		return clients(stdout, `the Docker image ${image}`, (program) => [
			"docker",
			...words,
			program
		]);
	} catch {
		return;
	}
}
function clients(text, from, command) {
	const [, version, major] = /\(PostgreSQL\) ((\d+)\S*)/.exec(text) ?? [];
	return version ? {
		version,
		major: Number(major),
		from,
		command
	} : void 0;
}

// src/postgres/dump/contents.ts
/** Reads what is in the database of a session whose transaction is a snapshot. */
async function contentsOf(session, rowCounts) {
	const { fingerprint } = await readSnapshot(session);
	return {
		tables: await tablesOf(session, rowCounts),
		sequences: await sequencesOf(session),
		extensions: await session.query("SELECT extname AS name, extversion AS version FROM pg_catalog.pg_extension ORDER BY 1"),
		roles: await rolesOf(session),
		fingerprint,
		largeObjects: await largeObjectsOf(session)
	};
}
/** What the server says of itself and the database. */
async function serverOf(session) {
	const [row] = await session.query(`SELECT pg_catalog.current_setting('server_version') AS version, pg_catalog.pg_encoding_to_char(d.encoding) AS encoding,
            d.datcollate AS collate, d.datctype AS ctype,
            pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE') AS asked
       FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()`);
	const { version, encoding, collate, ctype, asked } = row;
	const identifier = asked ? await systemIdentifierOf(session) : void 0;
	const [number = version] = version.split(" ");
	return {
		version: number,
		encoding,
		collate,
		ctype,
		...identifier && { systemIdentifier: identifier }
	};
}
async function systemIdentifierOf(session) {
	const [row] = await session.query("SELECT system_identifier::text AS id FROM pg_catalog.pg_control_system()");
	return row?.id;
}
/** Schemas of users: not PostgreSQL's own, and no temporary ones. */
const ofUsers = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";
async function tablesOf(session, rowCounts) {
	const rows = await session.query(`SELECT n.nspname AS schema, c.relname AS name, pg_catalog.pg_total_relation_size(c.oid)::float8 AS bytes,
            GREATEST(c.reltuples, 0)::float8 AS estimate,
            NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 'pg_catalog.pg_class'::regclass
                           AND x.objid = c.oid AND x.deptype = 'e') AS dumped
       FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE (c.relkind = 'r' OR c.relkind = 'm' AND c.relispopulated) AND c.relpersistence = 'p' AND ${ofUsers}
      ORDER BY 1, 2`);
	const tables = [];
	for (const row of rows) if (row.dumped) tables.push(await tableOf(session, row, rowCounts));
	return tables;
}
async function tableOf(session, { schema, name, bytes, estimate }, rowCounts) {
	const table = {
		name: `${schema}.${name}`,
		bytes
	};
	if (rowCounts === "off") return table;
	if (rowCounts === "estimated") return {
		...table,
		rows: estimate,
		estimated: true
	};
	const [row] = await session.query(`SELECT pg_catalog.count(*)::float8 AS rows FROM ONLY ${quote(schema)}.${quote(name)}`);
	return {
		...table,
		rows: row?.rows ?? 0
	};
}
async function sequencesOf(session) {
	return session.query(`SELECT n.nspname || '.' || c.relname AS name, pg_catalog.pg_sequence_last_value(c.oid)::text AS "lastValue"
       FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'S' AND c.relpersistence = 'p' AND ${ofUsers} ORDER BY 1`);
}
/** Roles that own something here or were granted something: pg_shdepend knows them all. */
async function rolesOf(session) {
	return (await session.query(`SELECT DISTINCT r.rolname AS name FROM pg_catalog.pg_shdepend s JOIN pg_catalog.pg_roles r ON r.oid = s.refobjid
      WHERE s.refclassid = 'pg_catalog.pg_authid'::regclass
        AND s.dbid IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))
        AND r.rolname !~ '^pg_' ORDER BY 1`)).map(({ name }) => name);
}
async function largeObjectsOf(session) {
	const [row] = await session.query("SELECT pg_catalog.count(*)::float8 AS count FROM pg_catalog.pg_largeobject_metadata");
	return row?.count ?? 0;
}

// src/postgres/dump/program.ts
/** A client program ended with an error; the message is the end of what it said. */
var ProgramFailed = class extends Error {
	name = "ProgramFailed";
};
/** What a program prints, as it prints it. Throws `ProgramFailed` at the end where it failed, and ends with its reader. */
async function* outputOf(program) {
	const child = start(program, "ignore", "pipe");
	const ended = heard(settled(child, program));
	try {
		yield* child.stdout;
		await ended;
	} finally {
		await end(child, ended);
	}
}
/**
* Gives a program its input, and resolves when it has ended well. One that has seen enough ends early: the rest of the
* input is read all the same, as somebody may be counting it.
*/
async function feed(program, input) {
	const child = start(program, "pipe", "ignore");
	const ended = heard(settled(child, program));
	try {
		await give(child, input, ended);
		await ended;
	} finally {
		await end(child, ended);
	}
}
async function give(child, input, ended) {
	const stdin = child.stdin;
	let failed = false;
	ended.catch(() => {
		failed = true;
	});
	stdin.on("error", () => {});
	for await (const piece of input) {
		if (failed) return;
		if (stdin.writable && !stdin.write(piece)) await drained(stdin);
	}
	stdin.end();
}
function drained(stdin) {
	return new Promise((resolve) => {
		const go = () => {
			stdin.off("drain", go).off("close", go);
			resolve();
		};
		stdin.on("drain", go).on("close", go);
	});
}
/** What a program makes of its input. */
async function* through(program, input) {
	const child = start(program, "pipe", "pipe");
	const ended = heard(settled(child, program));
	const given = heard(give(child, input, ended));
	try {
		yield* child.stdout;
		await given;
		await ended;
	} finally {
		await end(child, ended);
	}
}
function start({ clients, name, args, address }, stdin, stdout) {
	const [file, ...words] = clients.command(name);
	return spawn(file, [...words, ...args], {
		env: environmentOf(address),
		stdio: [
			stdin,
			stdout,
			"pipe"
		]
	});
}
/** libpq's variables (documentation, chapter 34.15). */
function environmentOf({ host, port, user, password, database, sslmode, options }) {
	const inherited = Object.entries(process.env).filter(([name]) => !/^(LOCKKEEPER|INPUT)_/.test(name));
	return {
		...Object.fromEntries(inherited),
		PGHOST: host,
		PGPORT: String(port),
		PGUSER: user,
		PGDATABASE: database,
		PGAPPNAME: "lockkeeper",
		LC_ALL: "C",
		PGPASSWORD: password,
		PGSSLMODE: sslmode ?? "prefer",
		PGOPTIONS: options ?? ""
	};
}
/** Keeps the end of what it complains about. */
async function settled(child, { name, signal }) {
	let complaints = "";
	child.stderr?.setEncoding("utf8").on("data", (text) => {
		complaints = `${complaints}${text}`.slice(-4e3);
	});
	const stop = () => child.kill("SIGTERM");
	signal.addEventListener("abort", stop, { once: true });
	if (signal.aborted) stop();
	try {
		const [code, killer] = await once(child, "close");
		signal.throwIfAborted();
		if (code !== 0) throw new ProgramFailed(`${name} failed: ${complaints.trim() || `it was ended by ${killer ?? `exit ${code}`}`}`);
	} finally {
		signal.removeEventListener("abort", stop);
	}
}
/** A promise that is awaited only later, and may reject before. */
function heard(promise) {
	promise.catch(() => {});
	return promise;
}
/** Nothing is left running, whoever lost interest. */
async function end(child, ended) {
	if (child.exitCode === null && child.signalCode === null) {
		child.stdout?.destroy();
		child.kill("SIGTERM");
	}
	await ended.catch(() => {});
}

// src/postgres/dump/exported.ts
/** Exports a snapshot (documentation, 9.28.5): what is counted and what is dumped is then the same. */
async function exportSnapshot(address, signal) {
	const session = await connect(address, signal, {
		...unhurried,
		idle_in_transaction_session_timeout: "0"
	});
	try {
		await session.send("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path = ''");
		const [row] = await session.query("SELECT pg_catalog.pg_export_snapshot() AS id, pg_catalog.now() AS at");
		const { id, at } = row;
		return {
			id,
			takenAt: at,
			session,
			[Symbol.asyncDispose]: () => session[Symbol.asyncDispose]()
		};
	} catch (error) {
		await session[Symbol.asyncDispose]();
		throw error;
	}
}
/** Limits that are set for others are none for a backup, and rows that a policy hides are an error, as for pg_dump. */
const unhurried = {
	statement_timeout: "0",
	lock_timeout: "0",
	row_security: "off"
};

// src/jobs/backups/meter.ts
/** Between two words of progress, in milliseconds. */
const pause = 1e4;
/** A stream that tells now and then how much of it has passed by: `dumped 1.2 GB`. */
async function* metered(content, done, progress) {
	let bytes = 0;
	let next = performance.now() + pause;
	for await (const piece of content) {
		bytes += piece.length;
		yield piece;
		if (performance.now() < next) continue;
		progress.step(`${done} ${bytesText(bytes)}`);
		next = performance.now() + pause;
	}
}

// src/archive/unpack.ts
/** What was packed, as it was before: decrypted with one of the identities, and decompressed. */
function unpacked(content, { compression, recipients }, identities) {
	const opened = recipients ? decrypted(content, identities) : content;
	if (compression === "none") return opened;
	return compression === "zstd" ? decompressed(opened) : gunzipped(opened);
}

// src/postgres/dump/decode.ts
/** The last line that pg_dump writes in plain SQL. */
const lastLine = "-- PostgreSQL database dump complete";
/**
* Reads a whole dump as a restore would, without a server: `pg_restore --list` is content with half of one. Throws
* `ProgramFailed` for a dump that is damaged or ends early.
*/
async function decode(clients, content, format, signal) {
	if (format === "plain") return decodePlain(content);
	await feed({
		clients,
		name: "pg_restore",
		args: ["--file=/dev/null"],
		address: {
			host: "",
			port: 5432,
			user: "",
			database: ""
		},
		signal
	}, content);
}
async function decodePlain(content) {
	let end = Buffer.alloc(0);
	for await (const piece of content) end = Buffer.concat([end, piece]).subarray(-1e3);
	if (!end.toString("utf8").includes(lastLine)) throw new ProgramFailed(`the dump does not end with "${lastLine}", so it is not whole`);
}

// src/jobs/backups/read-back.ts
/**
* Reads every stored byte again: they must be those that were written and, where asked, decode to what pg_dump wrote.
* Throws `KnownError` with reason `backup`.
*/
async function readBack({ clients, decoding, ...reading }) {
	const { dump, signal } = reading;
	if (!decoding) {
		for await (const _ of storedBytes(reading));
		return;
	}
	try {
		await decode(clients, plainBytes(reading), dump.format === "plain" ? "plain" : "custom", signal);
	} catch (error) {
		throw error instanceof ProgramFailed ? damaged(dump.key, `it cannot be read: ${error.message}`) : error;
	}
}
/** The dump as pg_dump wrote it. Throws `KnownError` with reason `backup`, at the end at the latest, where it is not that. */
async function* plainBytes(reading) {
	const { dump, identities, signal } = reading;
	try {
		yield* checked(unpacked(storedBytes(reading), dump, identities), dump.plain, dump.key, "what it decodes to");
	} catch (error) {
		if (signal.aborted || error instanceof KnownError) throw error;
		throw damaged(dump.key, `it cannot be read: ${error.message}`);
	}
}
function storedBytes({ store, dump, signal }) {
	return checked(store.read(dump.key, signal), dump.stored, dump.key, "the stored bytes");
}
async function* checked(content, wanted, key, what) {
	const counted = tally(content);
	yield* counted;
	const { bytes, sha256 } = counted.digest();
	if (bytes === wanted.bytes && sha256 === wanted.sha256) return;
	throw damaged(key, `${what} are not those that were written (${`${bytes} of ${wanted.bytes} bytes, SHA-256 ${sha256}`})`);
}
function damaged(key, why) {
	return new KnownError(`The backup ${key} is damaged: ${why}.`, {
		reason: "backup",
		help: "Take a new one, and look at what changed it: nothing of Lockkeeper writes to a backup again."
	});
}

export { transformed as _, ProgramFailed as a, through as c, findClients as d, newestClients as f, gzipped as g, gunzipped as h, exportSnapshot as i, contentsOf as l, tally as m, readBack as n, feed as o, compressed as p, metered as r, outputOf as s, plainBytes as t, serverOf as u, decrypted as v, encrypted as y };
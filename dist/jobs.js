import { r as fileFault, t as KnownError } from "./error.js";
import { n as trimmed, t as spent } from "./spent.js";
import { C as inOrder } from "./store.js";
import { t as Missing } from "./store2.js";
import { i as connect } from "./connect.js";
import { r as tlsVariables } from "./tls.js";
import { t as milliseconds } from "./time.js";
import { n as bytesText } from "./amounts.js";
import { n as stateOf, t as ownProcess } from "./process.js";
import { access, constants, link, lstat, mkdir, mkdtemp, readFile, readdir, realpath, rm, stat, statfs } from "node:fs/promises";
import { basename, delimiter, dirname, isAbsolute, join } from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { once } from "node:events";
import { constants as constants$1, createGunzip, createZstdCompress, createZstdDecompress, gzip } from "node:zlib";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { execFile, spawn } from "node:child_process";
import { ReadableStream } from "node:stream/web";
import { pipeline } from "node:stream/promises";

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
/** None of the identities fits, or what says to whom it was encrypted is damaged: only the bytes as they were written tell. */
var WrongKey = class extends KnownError {};
/** Decrypts with age identities (`AGE-SECRET-KEY-1…`). Throws `WrongKey` where none of them fits. */
async function* decrypted(content, identities) {
	const { Decrypter } = await import("./dist.js");
	const decrypter = new Decrypter();
	for (const identity of identities) addIdentity(decrypter, identity);
	yield* piecesOf(await decrypter.decrypt(streamOf(content)).catch((cause) => {
		if (!cause.message.startsWith("no identity matched")) throw cause;
		throw new WrongKey("None of the keys decrypts this backup.", {
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
/** Pieces of exactly the pool's size, the last one shorter; one empty piece where there is nothing. The content is spent. */
async function* chunked(content, pool) {
	let chunk = pool.take();
	let length = 0;
	let first = true;
	for await (const piece of content) {
		for (let from = 0; from < piece.length;) {
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
		spent(piece);
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
/** Takes a member that does not get smaller at once: node's 16 KiB would be as many errands to its pool. */
const memberRoom = 1114112;
/** Compresses a stream of any length on several threads, with bounded memory. */
async function* gzipped(content) {
	const pool = new Pool(memberBytes);
	const compress = (member) => compressMember(member, { chunkSize: memberRoom }).then(trimmed).finally(() => pool.give(member));
	yield* inOrder(chunked(content, pool), compress, atOnce$1);
}
/** Decompresses what any gzip wrote. Throws for bytes that are damaged, missing, or no gzip. */
function gunzipped(content) {
	return transformed(content, createGunzip({ chunkSize: 65536 }));
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

// src/archive/lanes.ts
/**
* Transforms that work at once on pieces that are independent of each other. Each is used for many pieces: one made for
* every piece costs the collector of garbage more than the work itself.
*/
var Lanes = class {
	#all;
	#free;
	constructor(make, count) {
		this.#all = Array.from({ length: count }, () => new Lane(make()));
		this.#free = [...this.#all];
	}
	/** What is made of the pieces, in their order. @param done gets each piece when nobody looks at it any more */
	async *inOrder(pieces, done) {
		const work = async (piece) => {
			const lane = this.#free.pop();
			const made = await lane.run(piece).finally(() => this.#free.push(lane));
			done(piece);
			return made;
		};
		for await (const made of inOrder(pieces, work, this.#all.length)) yield* made;
	}
	[Symbol.dispose]() {
		for (const lane of this.#all) lane.end();
	}
};
var Lane = class {
	#transform;
	#made = [];
	#failed = () => {};
	constructor(transform) {
		this.#transform = transform;
		transform.on("data", (made) => this.#made.push(made));
		transform.on("error", (error) => this.#failed(error));
	}
	/** All that is made of a piece. */
	run(piece) {
		return new Promise((resolve, reject) => {
			this.#failed = reject;
			this.#transform.write(piece, (error) => error ? reject(error) : resolve(this.#made.splice(0)));
		});
	}
	end() {
		this.#transform.destroy();
	}
};

// src/archive/zstd.ts
/**
* zstd in frames (RFC 8878): independent ones one after another are a valid stream for every decoder, and several are
* worked on at once on the threads of node's pool. Each frame carries its checksum, and its size.
*/
const frameBytes = 524288;
/** Frames under work at once: node's pool has four threads. */
const atOnce = 4;
/**
* Of what pg_dump writes, level 1 makes less than zstd's own level 3 does, in a third of the time (829 MB of rows, documents
* and files: 215 MB in 2.8 s, 241 MB in 8.6 s); of prose alone it makes a seventh more.
*/
const level = 1;
/** Ends a frame with each write. */
function compressor() {
	const params = {
		[constants$1.ZSTD_c_compressionLevel]: level,
		[constants$1.ZSTD_c_checksumFlag]: 1
	};
	return createZstdCompress({
		params,
		flush: constants$1.ZSTD_e_end,
		chunkSize: 262144
	});
}
/** Compresses a stream of any length with bounded memory. */
async function* compressed(content) {
	const pool = new Pool(frameBytes);
	using lanes = new Lanes(compressor, atOnce);
	yield* lanes.inOrder(chunked(content, pool), (frame) => pool.give(frame));
}
/** Decompresses what `compressed` wrote, and spends it. Throws for bytes that are damaged, missing, or no zstd. */
async function* decompressed(content) {
	using lanes = new Lanes(() => createZstdDecompress({ chunkSize: frameBytes }), atOnce);
	yield* lanes.inOrder(frames(content), spent);
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
		spent(piece);
		for (next = advance(held.subarray(0, length), next); next.last && next.at <= length;) {
			const frame = Buffer.allocUnsafeSlow(next.at);
			frame.set(held.subarray(0, next.at));
			yield frame;
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

// src/postgres/dump/buffering.ts
const run$2 = promisify(execFile);
/**
* What a program reads from a pipe and writes to one at a time. With the C library's 4 kB, a dump that is read back takes a
* tenth more of the processor (1.67 GB: 18.2 s against 15.6 s for us and the clients; the server's 9.5 s aside).
*/
const size = "128K";
const larger = (path) => [
	"stdbuf",
	`--input=${size}`,
	`--output=${size}`,
	path
];
const alone = (path) => [path];
/**
* How a program is started with larger buffers: by GNU's stdbuf (coreutils manual, 23.6), where there is one and the program
* answers through it as it does alone. @param told what it says to `--version`, @param options how it was asked
*/
async function buffering(path, told, options) {
	if (process.platform !== "linux") return alone;
	const [file, ...words] = larger(path);
	const through = await run$2(file, [...words, "--version"], options).catch(() => void 0);
	return through?.stdout === told && through.stderr === "" ? larger : alone;
}

// src/postgres/dump/docker.ts
const run$1 = promisify(execFile);
/** Milliseconds in which Docker must answer at all. */
const patience$1 = 1e4;
/** Client programs in Docker's `postgres` image of a major, which is fetched where it is missing; or why there are none. */
async function clientsInDocker(major, { signal, progress }) {
	const image = `postgres:${major}`;
	const options = { ...signal && { signal } };
	try {
		await run$1("docker", [
			"version",
			"--format",
			"{{.Server.Version}}"
		], {
			...options,
			timeout: patience$1
		});
		const there = await run$1("docker", [
			"image",
			"inspect",
			"--format",
			"there",
			image
		], options).catch(() => void 0);
		signal?.throwIfAborted();
		if (!there) progress?.step(`fetching the Docker image ${image}, for its client programs`);
		const { stdout: told } = await run$1("docker", [
			"run",
			"--rm",
			"--network",
			"none",
			"--entrypoint",
			"pg_dump",
			image,
			"--version"
		], options);
		const command = (program, env = {}, folder) => ["docker", ...wordsFor(image, program, env, folder)];
		return {
			told,
			from: `the Docker image ${image}`,
			command
		};
	} catch (error) {
		signal?.throwIfAborted();
		return whyNot(error, image);
	}
}
function whyNot(error, image) {
	if (error.code === "ENOENT") return "not installed";
	if (error.killed) return `it did not answer within ${patience$1 / 1e3} s`;
	const last = (error.stderr?.trim() || error.message).split("\n").filter((line) => !/^(Unable to find image|See ')/.test(line)).at(-1) ?? "";
	const text = last.replace(/^docker: |^Error response from daemon: /g, "").replace(/[.?]+$/, "");
	return /daemon/i.test(text) && !/Error response/.test(last) ? text : `its image ${image} cannot be had: ${text}`;
}
/** Of libpq (documentation, chapter 34.15): what is passed on as it is, and what names files. */
const passed = [...[
	"PGHOST",
	"PGHOSTADDR",
	"PGPORT",
	"PGUSER",
	"PGPASSWORD",
	"PGDATABASE",
	"PGAPPNAME",
	"PGOPTIONS",
	"PGSSLMODE"
], ...[
	"PGCHANNELBINDING",
	"PGGSSENCMODE",
	"PGCONNECT_TIMEOUT",
	"PGREQUIREAUTH",
	"PGSSLMINPROTOCOLVERSION"
]];
const files = [
	"PGPASSFILE",
	"PGSSLCERT",
	"PGSSLKEY",
	"PGSSLROOTCERT",
	"PGSSLCRL",
	"PGSSLCRLDIR"
];
/**
* The words that run a program of the image as if it were installed: on the host's network, as the same user, who may
* read the same key files and is the same to `peer`; values of variables never stand in arguments. What passes through is
* not logged: Docker would keep a whole dump. `--init` lets signals end programs that do not handle them.
*/
function wordsFor(image, program, environment, folder) {
	const user = process.getuid && process.getgid ? ["--user", `${process.getuid()}:${process.getgid()}`] : [];
	const paths = [
		folder,
		environment.PGHOST,
		...files.map((name) => environment[name])
	];
	const own = program === "pg_dump" || program === "pg_dumpall" || folder !== void 0 ? [
		"sh",
		image,
		"-c",
		tied,
		program
	] : [program, image];
	return [
		...[
			"run",
			"--rm",
			"--interactive",
			"--init",
			"--log-driver",
			"none",
			"--network",
			"host",
			...user
		],
		...[...passed, ...files].flatMap((name) => ["--env", name]),
		...[...new Set(paths)].flatMap((path) => path && isAbsolute(path) ? ["--mount", `type=bind,source=${path},target=${path}`] : []),
		...["--entrypoint", ...own]
	];
}
/**
* Ends a program that does not read its input when that ends: a container outlives whoever started it and was killed, and
* would go on reading the database for nobody. Those that restore end by themselves.
*/
const tied = [
	"exec 3<&0; \"$0\" \"$@\" 3<&- </dev/null & program=$!",
	"trap \"kill $program\" TERM",
	"{ cat >/dev/null; kill $program; } <&3 2>/dev/null &",
	"wait $program"
].join("\n");

// src/postgres/dump/clients.ts
const run = promisify(execFile);
const clientPrograms = [
	"pg_dump",
	"pg_dumpall",
	"pg_restore",
	"psql"
];
/**
* Finds clients for a server of this major, or for a dump that those of this major wrote: of the same major if there are
* any, else newer ones; older ones refuse both (pg_dump, Notes). In the folder that is named, else among those that are
* installed, else in Docker's image. Throws `KnownError`, reason `unreachable`.
*/
async function findClients(major, folder, waiting = {}) {
	const found = folder === void 0 ? await installed() : [await clientsNamed(folder)];
	const [chosen] = found.filter((each) => each.major >= major).sort(oldestMajorFirst);
	if (chosen) return chosen;
	const docker = folder === void 0 ? await clientsInDocker(major, waiting) : "not looked for, as a folder is named";
	if (typeof docker !== "string") return clientsOf(docker.told, docker.from, docker.command);
	throw new KnownError(`There are no client programs (pg_dump, pg_restore, psql) for PostgreSQL ${major}.`, {
		reason: "unreachable",
		help: [
			found.length > 0 ? `Too old: ${found.map(({ version, from }) => `${version} in ${from}`).join(", ")}.` : "None are installed.",
			`Docker: ${docker}.`,
			`Install those of major ${major} or newer (Debian and Ubuntu: postgresql-client-${major}, of apt.postgresql.org where the release lacks it), and name their folder with \`pg-bin\` where they are not found.`
		].join("\n")
	});
}
/** The newest clients that are installed: they read every dump. */
async function newestClients(folder, waiting = {}) {
	if (folder !== void 0) return clientsNamed(folder);
	return (await installed()).sort(oldestMajorFirst).at(-1) ?? findClients(newestMajor, folder, waiting);
}
/** Of those that are supported. */
const newestMajor = 18;
function oldestMajorFirst(a, b) {
	return a.major - b.major || b.version.localeCompare(a.version, "en", { numeric: true });
}
async function installed() {
	return (await Promise.all((await folders()).map((folder) => clientsIn(folder).catch(() => void 0)))).flatMap((each) => each ?? []);
}
/** Where packages of Debian, Red Hat and Homebrew put programs, and the PATH without what depends on where one stands. */
async function folders() {
	const inside = async (folder, pattern) => (await readdir(folder).catch(() => [])).filter((name) => pattern.test(name)).map((name) => join(folder, name, "bin"));
	const all = [
		...(process.env.PATH ?? "").split(delimiter).filter((folder) => isAbsolute(folder)),
		...await inside("/usr/lib/postgresql", /^\d+$/),
		...await inside("/usr", /^pgsql-\d+$/),
		...await inside("/opt/homebrew/opt", /^(postgresql@\d+|libpq)$/),
		...await inside("/usr/local/opt", /^(postgresql@\d+|libpq)$/)
	];
	const real = await Promise.all(all.map((folder) => realpath(join(folder, "pg_dump")).catch(() => void 0)));
	return all.filter((_, at) => real[at] && basename(real[at]) !== "pg_wrapper" && real.indexOf(real[at]) === at);
}
async function clientsNamed(folder) {
	try {
		await readdir(folder);
		return await clientsIn(folder);
	} catch (cause) {
		const { code, message } = cause;
		const why = code === "ENOTDIR" ? "it is no folder" : code === "ENOENT" ? fileFault({ code }) : message;
		throw new KnownError(`The client programs of PostgreSQL in ${folder} cannot be used: ${why}.`, {
			reason: "unreachable",
			help: "With `pg-bin`, name the folder that holds pg_dump, pg_dumpall, pg_restore and psql, such as /usr/lib/postgresql/17/bin.",
			cause
		});
	}
}
/** Those that a whole dump flows through. */
const streams = /* @__PURE__ */ new Set(["pg_dump", "pg_restore"]);
/** Milliseconds in which a program must say its version. */
const patience = 1e4;
/** Throws an error that says what is missing or does not start. */
async function clientsIn(folder) {
	const path = (program) => join(folder, program);
	for (const program of clientPrograms) await access(path(program), constants.X_OK).catch(() => {
		throw new Error(`there is no ${program} that can be started`);
	});
	const environment = {
		env: {
			...process.env,
			PGHOST: "localhost"
		},
		timeout: patience
	};
	const { stdout } = await run(path("pg_dump"), ["--version"], environment).catch(({ stderr, message }) => {
		throw new Error(`pg_dump does not start: ${stderr?.trim() || message}`);
	});
	const starting = await buffering(path("pg_dump"), stdout, environment);
	return clientsOf(stdout, folder, (name) => streams.has(name) ? starting(path(name)) : [path(name)]);
}
/** Clients that told their version like this. */
function clientsOf(told, from, command) {
	const [, version, major] = /\(PostgreSQL\) ((\d+)\S*)/.exec(told) ?? [];
	if (!version) throw new Error(`its pg_dump says it is "${told.trim().slice(0, 80)}"`);
	return {
		version,
		major: Number(major),
		from,
		command
	};
}

// src/postgres/dump/conninfo.ts
/**
* A database for the argument `--dbname` of a client program: a name that looks like a connection string would be taken
* for one (documentation, 34.1.1).
*/
function conninfo(database) {
	return `dbname='${database.replaceAll(/['\\]/g, "\\$&")}'`;
}

// src/postgres/dump/program.ts
/** A client program ended with an error; the message is the end of what it said. */
var ProgramFailed = class extends Error {
	name = "ProgramFailed";
};
/** What a program prints, as it prints it. Throws `ProgramFailed` at the end where it failed, and ends with its reader. */
async function* outputOf(program) {
	const child = start(program, "pipe");
	const ended = heard(settled(child, program));
	try {
		yield* child.stdout;
		await ended;
	} finally {
		await end(child, ended);
	}
}
/** Waits until a program that needs no input and tells nothing has ended well. Throws `ProgramFailed`. */
async function finish(program) {
	await settled(start(program, "ignore"), program);
}
/**
* Gives a program its input, and resolves when it has ended well. One that has seen enough ends early: the rest of the
* input is read all the same, as somebody may be counting it. What was given is spent.
*/
async function feed(program, input) {
	const child = start(program, "ignore");
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
	for await (const piece of input) {
		if (failed) return;
		if (stdin.writable && !stdin.write(piece, () => spent(piece))) await drained(stdin);
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
	const child = start(program, "pipe");
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
function start({ clients, name, args, address, folder }, stdout) {
	const env = environmentOf(address, clients.major);
	const [file, ...words] = clients.command(name, env, folder);
	const child = spawn(file, [...words, ...args], {
		env,
		stdio: [
			"pipe",
			stdout,
			"pipe"
		]
	});
	child.stdin?.on("error", () => {});
	return child;
}
/** libpq's variables (documentation, chapter 34.15). */
function environmentOf(address, major) {
	const { host, port, user, password, database, sslmode, options } = address;
	const inherited = Object.entries(process.env).filter(([name]) => !/^(LOCKKEEPER|INPUT)_/.test(name));
	return {
		...Object.fromEntries(inherited),
		PGHOST: host,
		PGPORT: String(port),
		PGUSER: user,
		PGDATABASE: database,
		PGAPPNAME: "lockkeeper",
		LC_ALL: "C",
		...password && { PGPASSWORD: password },
		PGSSLMODE: sslmode ?? "prefer",
		...tlsVariables(address, major),
		PGOPTIONS: options ?? ""
	};
}
/** Characters of complaints that are kept, and that are shown: their end. */
const [kept, shown] = [64e3, 4e3];
async function settled(child, { name, signal, forgives }) {
	let complaints = "";
	child.stderr?.setEncoding("utf8").on("data", (text) => {
		complaints = `${complaints}${text}`.slice(-kept);
	});
	const stop = () => halt(child);
	signal.addEventListener("abort", stop, { once: true });
	if (signal.aborted) stop();
	try {
		const [code, killer] = await once(child, "close");
		signal.throwIfAborted();
		if (code === 0 || complaints.length < kept && forgives?.(complaints)) return;
		const told = complaints.slice(-shown).trim();
		throw new ProgramFailed(`${name} failed: ${told || `it was ended by ${killer ?? `exit ${code}`}`}`);
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
		halt(child);
	}
	await ended.catch(() => {});
}
/** Docker loses a signal that comes while it starts a container; that its input has ended it tells it later, too. */
function halt(child) {
	child.stdin?.destroy();
	child.kill("SIGTERM");
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
		const [row] = await session.query(`SELECT pg_catalog.pg_export_snapshot() AS id, ${milliseconds("pg_catalog.now()")} AS at`);
		const { id, at } = row;
		return {
			id,
			takenAt: new Date(at),
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

// src/archive/folder.ts
const help = "Name a folder with room in the environment variable TMPDIR.";
const prefix = "lockkeeper-dump-";
/**
* Makes a folder for temporary files that its owner alone may enter, where TMPDIR says. Those of runs that were killed are
* removed first: each may hold a whole database.
*/
async function openFolder() {
	await removeAbandoned();
	const path = await mkdtemp(join(tmpdir(), `${prefix}${await ownProcess()}-`)).catch(notUsable);
	return {
		path,
		[Symbol.asyncDispose]: () => rm(path, {
			recursive: true,
			force: true,
			maxRetries: 3
		})
	};
}
/** Removes such folders of this user whose process is gone; what cannot be removed stays. */
async function removeAbandoned() {
	const names = await readdir(tmpdir()).catch(() => []);
	for (const name of names.filter((each) => each.startsWith(prefix))) {
		const owner = name.slice(16).replace(/-[^-]*$/, "");
		const path = join(tmpdir(), name);
		const found = await lstat(path).catch(() => void 0);
		if (!found?.isDirectory() || found.uid !== process.getuid?.() || await stateOf(owner) !== "dead") continue;
		await rm(path, {
			recursive: true,
			force: true
		}).catch(() => {});
	}
}
/** Writes a temporary file. Throws `KnownError` where there is no room, and what the content throws. */
async function writeTemporary(path, content) {
	const file = createWriteStream(path, {
		flags: "wx",
		mode: 384
	});
	await pipeline(content, file).catch((error) => {
		if (file.errored === error && error.syscall === "write") notUsable(error);
		throw error;
	});
}
/** Kept free beside what is to be written. */
const margin = 64 << 20;
/** Bytes that can be written to temporary files, with something left for others. */
async function roomForFiles() {
	const { bavail, bsize } = await statfs(tmpdir()).catch(notUsable);
	return Math.max(0, bavail * bsize - margin);
}
/** Throws `KnownError` where so many bytes would not fit. `what` begins a sentence: `The dump`. */
async function needRoom(bytes, what) {
	const room = await roomForFiles();
	if (bytes <= room) return;
	throw new KnownError(`${what} needs ${bytesText(bytes)} in ${tmpdir()}, which has room for ${bytesText(room)}.`, {
		reason: "refused",
		help
	});
}
function notUsable(cause) {
	throw new KnownError(`${tmpdir()} cannot be used for temporary files: ${fileFault(cause)}.`, {
		reason: "unreachable",
		help,
		cause
	});
}

// src/archive/tar-header.ts
/** A tar is made of blocks of this size (POSIX.1-2017, pax, "ustar Interchange Format"). */
const tarBlock = 512;
/** Why a tar cannot be read, as the end of a sentence. */
function tarFault(why) {
	return new KnownError(`The tar ${why}.`, { reason: "backup" });
}
const kinds = {
	"\0": "file",
	"0": "file",
	"5": "folder",
	x: "extended",
	L: "long name"
};
/** The header of a file that its owner alone may read. */
function headerOf({ name, bytes, modified }) {
	const header = Buffer.alloc(512);
	if (Buffer.byteLength(name) > 100) throw new Error(`The name ${name} is too long for a tar.`);
	header.write(name, 0);
	header.write("0000600\0", 100);
	header.write("0000000\0", 108);
	header.write("0000000\0", 116);
	writeSize(header, bytes);
	header.write(`${octal(Math.floor(modified.getTime() / 1e3), 11)}\0`, 136);
	header.write("0", 156);
	header.write("ustar\x0000", 257);
	header.write(`${octal(sumOf(header), 6)}\0 `, 148);
	return header;
}
/** Eleven octal digits; from 8 GiB on as a binary number, which GNU, BSD and busybox read alike. */
function writeSize(header, bytes) {
	if (bytes < 8 ** 11) header.write(`${octal(bytes, 11)}\0`, 124);
	else {
		header.writeUInt8(128, 124);
		header.writeBigUInt64BE(BigInt(bytes), 128);
	}
}
function octal(value, digits) {
	return value.toString(8).padStart(digits, "0");
}
/** The header in a block; none at the end, which is a block of zeros. Throws for a block that is neither. */
function headerAt(block) {
	if (block.every((byte) => byte === 0)) return void 0;
	if (Number.parseInt(text(block, 148, 8), 8) !== sumOf(block)) throw tarFault("is damaged");
	const prefix = block.toString("latin1", 257, 263) === "ustar\0" ? text(block, 345, 155) : "";
	const name = text(block, 0, 100);
	return {
		name: prefix ? `${prefix}/${name}` : name,
		bytes: sizeIn(block),
		kind: kinds[block.toString("latin1", 156, 157)] ?? "other"
	};
}
function sizeIn(block) {
	if (block.readUInt8(124) & 128) return Number(block.readBigUInt64BE(128));
	const bytes = Number.parseInt(text(block, 124, 12), 8);
	if (Number.isNaN(bytes)) throw tarFault("is damaged");
	return bytes;
}
/** What an extended header says of the next one: records such as `20 size=8589934592`, or a name alone. */
function renamed(kind, content) {
	if (kind === "long name") return { name: text(content, 0, content.length) };
	const records = content.toString("utf8").split("\n");
	const said = (key) => records.find((each) => each.includes(` ${key}=`))?.split("=", 2)[1];
	const [name, bytes] = [said("path"), said("size")];
	return {
		...name && { name },
		...bytes && { bytes: Number(bytes) }
	};
}
/** Until the first NUL. */
function text(block, from, length) {
	const [value = ""] = block.toString("utf8", from, from + length).split("\0");
	return value.trim();
}
/** Of all bytes, with spaces for the sum itself. */
function sumOf(block) {
	return block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}

// src/archive/tar.ts
/** The files of a folder that has no others below it as one tar; the file `first` stands at the beginning. */
async function* tarred(folder, first) {
	const names = (await readdir(folder)).filter((name) => name !== first).sort();
	for (const name of [first, ...names]) {
		const path = join(folder, name);
		const { size, mtime } = await stat(path);
		yield headerOf({
			name,
			bytes: size,
			modified: mtime
		});
		if (size > 0) yield* createReadStream(path, {
			end: size - 1,
			highWaterMark: 1 << 18
		});
		yield Buffer.alloc(paddingOf(size));
	}
	yield Buffer.alloc(2 * 512);
}
/** The files in a tar, in its order. Throws for one that is damaged or ends early. */
async function* members(tar) {
	const source = new Pieces(tar);
	try {
		let said = {};
		for (let header = await next(source); header; header = await next(source)) {
			const { name, bytes, kind } = {
				...header,
				...said
			};
			const rest = { left: bytes };
			if (kind === "extended" || kind === "long name") {
				said = {
					...said,
					...renamed(kind, await source.exactly(bytes))
				};
				rest.left = 0;
			} else {
				said = {};
				if (kind === "file") yield {
					name,
					bytes,
					content: source.upTo(rest)
				};
			}
			for await (const _ of source.upTo(rest));
			await source.exactly(paddingOf(bytes));
		}
		for await (const _ of source.upTo({ left: Number.POSITIVE_INFINITY }));
	} finally {
		await source.close();
	}
}
/** A member fills whole blocks. */
function paddingOf(bytes) {
	return (512 - bytes % 512) % 512;
}
async function next(source) {
	return headerAt(await source.exactly(512));
}
/** A stream that is read in lengths of the reader's choice. */
var Pieces = class {
	#pieces;
	#held = /* @__PURE__ */ new Uint8Array();
	constructor(content) {
		this.#pieces = content[Symbol.asyncIterator]();
	}
	/** Throws where there is less. */
	async exactly(bytes) {
		return Buffer.concat(await Array.fromAsync(this.upTo({ left: bytes })));
	}
	/** The next `rest.left` bytes, which is counted down. An infinite rest may end at any time. */
	async *upTo(rest) {
		while (rest.left > 0) {
			if (this.#held.length === 0) {
				const { done, value } = await this.#pieces.next();
				if (done && rest.left === Number.POSITIVE_INFINITY) return;
				if (done) throw tarFault("ends in the middle");
				this.#held = value;
				continue;
			}
			const piece = this.#held.subarray(0, Math.min(rest.left, this.#held.length));
			this.#held = this.#held.subarray(piece.length);
			rest.left -= piece.length;
			yield piece;
		}
	}
	async close() {
		await this.#pieces.return?.();
	}
};

// src/jobs/backups/meter.ts
/** Between two words of progress, in milliseconds, where each is a line more. */
const pause = 1e4;
/** A stream that tells now and then how much of it has passed by: `dumped 1.20 GB, 118 MB/s`. */
async function* metered(content, done, progress) {
	const start = performance.now();
	const every = progress.live ? pause / 10 : pause;
	let bytes = 0;
	let next = start + every;
	for await (const piece of content) {
		bytes += piece.length;
		yield piece;
		const now = performance.now();
		if (now < next) continue;
		progress.step(`${done} ${bytesText(bytes)}, ${bytesText(Math.round(bytes / (now - start) * 1e3))}/s`);
		next = now + every;
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
/** pg_restore connects only where it is told a database. */
const nowhere = {
	host: "",
	port: 5432,
	user: "",
	database: ""
};
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
		address: nowhere,
		signal
	}, content);
}
async function decodePlain(content) {
	let end = Buffer.alloc(0);
	for await (const piece of content) end = Buffer.concat([end, piece]).subarray(-1e3);
	if (!end.toString("utf8").includes(lastLine)) throw new ProgramFailed(`the dump does not end with "${lastLine}", so it is not whole`);
}
/** The statements of a dump that is no SQL, which lies at a path or comes as a stream; without rows. Throws `ProgramFailed`. */
function statementsOf(clients, dump, signal) {
	const program = {
		clients,
		name: "pg_restore",
		args: [
			"--schema-only",
			"--file=-",
			...typeof dump === "string" ? [dump] : []
		],
		address: nowhere,
		signal
	};
	return typeof dump === "string" ? outputOf({
		...program,
		folder: dirname(dump)
	}) : through(program, dump);
}
/**
* The files that the table of contents of a dump in directory format names: one for the rows of each table, and one for
* each list of large objects, which names further ones. Only `toc.dat` need be in the directory.
*/
async function filesNamedIn(clients, directory, signal) {
	const program = {
		clients,
		name: "pg_restore",
		args: ["--list", directory],
		address: nowhere,
		folder: dirname(directory),
		signal
	};
	const list = Buffer.concat(await Array.fromAsync(outputOf(program))).toString("utf8");
	const writtenBy = Number(/^;\s+Dumped by pg_dump version: (\d+)/m.exec(list)?.[1]);
	return [...list.matchAll(/^(\d+); \d+ \d+ (TABLE DATA|BLOBS) /gm)].map(([, id, kind]) => kind === "BLOBS" ? listOfBlobs(writtenBy, Number(id)) : `${id}.dat`);
}
/** `_ArchiveEntry` in pg_backup_directory.c: one list until PostgreSQL 16, then one for each group of large objects. */
function listOfBlobs(major, id) {
	return major < 17 ? "blobs.toc" : `blobs_${id}.toc`;
}

// src/jobs/backups/decode-tar.ts
/**
* Reads a dump in directory format, packed as one tar, to its end: every file must be there that its table of contents
* names. Only that, and the lists of large objects, are written to the disk. Throws `ProgramFailed` where one is missing.
*/
async function decodeTar(clients, tar, signal) {
	await using folder = await openFolder();
	const path = join(folder.path, "dump");
	const found = await takeContents(tar, path);
	const named = await filesNamedIn(clients, path, signal);
	const lists = named.map((name) => listOf(name, found)).filter((name) => name.endsWith(".toc") && found.has(name));
	const blobs = await Promise.all(lists.map((list) => blobsIn(join(path, list))));
	const missing = [...named, ...blobs.flat()].find((name) => !found.has(listOf(name, found)));
	if (missing) throw new ProgramFailed(`${missing}, which its table of contents names, is not there`);
}
/**
* Writes the table of contents of such a tar, without rows, into a new folder; returns the names of all its files. Throws
* `ProgramFailed` where there is none.
*/
async function takeContents(tar, path) {
	await mkdir(path, { mode: 448 });
	const found = /* @__PURE__ */ new Set();
	for await (const { name, content } of members(tar)) {
		const own = basename(name);
		found.add(own);
		if (own === "toc.dat" || own.endsWith(".toc")) await writeTemporary(join(path, own), content);
	}
	if (!found.has("toc.dat")) throw new ProgramFailed("it has no toc.dat, and so is no dump in directory format");
	return found;
}
/**
* pg_dump 17 and later name a list of large objects `3280.dat` in the contents of a tar, and `blobs_3280.toc` among its
* files (pg_backup_tar.c, `_StartLOs`).
*/
function listOf(name, found) {
	const list = name.replace(/^(\d+)\.dat$/, "blobs_$1.toc");
	return !found.has(name) && found.has(list) ? list : name;
}
/** Gives such lists the names by which a directory's are looked for. */
async function nameLists(folder) {
	const found = new Set(await readdir(folder));
	for (const list of found) {
		const name = list.replace(/^blobs_(\d+)\.toc$/, "$1.dat");
		if (!found.has(name)) await link(join(folder, list), join(folder, name));
	}
}
/** Lines such as `16400 blob_16400.dat`. */
async function blobsIn(list) {
	return (await readFile(list, "utf8")).split("\n").filter(Boolean).map((line) => line.slice(line.indexOf(" ") + 1));
}

// src/jobs/backups/read-back.ts
/** Reads every stored byte again: they must be those that were written. Throws `KnownError` with reason `backup`. */
async function readBytes({ dump, globals, ...from }) {
	await readGlobals(globals, from);
	for await (const piece of storedBytes(dump.key, dump.stored, from)) spent(piece);
}
/**
* Reads every stored byte again, and decodes the dump, which takes a secret key where it is encrypted. Throws `KnownError`
* with reason `backup`.
*/
async function readBack({ clients, globals, ...reading }) {
	const { dump, signal } = reading;
	await readGlobals(globals, reading);
	try {
		const content = plainBytes(reading);
		if (dump.format === "directory") await decodeTar(clients, content, signal);
		else await decode(clients, content, dump.format, signal);
	} catch (error) {
		throw error instanceof ProgramFailed ? damaged(dump.key, `it cannot be read: ${error.message}`) : error;
	}
}
/** Reads the roles beside a dump, where there are any. Throws `KnownError` with reason `backup`. */
async function readGlobals(globals, from) {
	if (globals) for await (const _ of storedBytes(globals.key, globals, from));
}
/** The dump as pg_dump wrote it. Throws `KnownError` with reason `backup`, at the end at the latest, where it is not that. */
async function* plainBytes(reading) {
	const { dump, identities, signal } = reading;
	try {
		yield* checked(unpacked(storedBytes(dump.key, dump.stored, reading), dump, identities), dump.plain, dump.key, "what it decodes to");
	} catch (error) {
		if (signal.aborted || error instanceof KnownError) throw error;
		throw damaged(dump.key, `it cannot be read: ${error.message}`);
	}
}
async function* storedBytes(key, wanted, { store, signal }) {
	try {
		yield* checked(store.read(key, signal), wanted, key, "the stored bytes");
	} catch (error) {
		throw error instanceof Missing ? damaged(key, "it is not there") : error;
	}
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

// src/commands/jobs.ts
/** Connections to dump or restore over: what is set, else as many as there are CPUs, which a server shall outlast. */
function jobsOf({ jobs }) {
	return jobs ?? Math.min(8, availableParallelism());
}

export { WrongKey as A, findClients as C, gunzipped as D, tally as E, encrypted as M, gzipped as O, conninfo as S, compressed as T, ProgramFailed as _, readGlobals as a, outputOf as b, statementsOf as c, tarred as d, needRoom as f, exportSnapshot as g, writeTemporary as h, readBytes as i, decrypted as j, transformed as k, metered as l, roomForFiles as m, plainBytes as n, nameLists as o, openFolder as p, readBack as r, takeContents as s, jobsOf as t, members as u, feed as v, newestClients as w, through as x, finish as y };
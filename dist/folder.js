import { r as fileFault, t as KnownError } from "./error.js";
import { t as spent } from "./spent.js";
import { n as StoreFailed, r as Taken, t as Missing } from "./store2.js";
import { n as checkPrefix, r as interruptible, t as checkKey } from "./key.js";
import { n as stateOf, t as ownProcess } from "./process.js";
import { access, link, lstat, mkdir, open, readdir, realpath, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { randomBytes } from "node:crypto";
import { constants as constants$1 } from "node:fs";

// src/stores/folder/partial.ts
/** Begins the file that is to become `path`. */
async function createPartial(path) {
	const temporary = join(dirname(path), await partialName(basename(path)));
	const file = await open(temporary, "wx", 384);
	return {
		file,
		async publish() {
			await file.sync();
			const first = await linkOnce(temporary, path);
			if (first) await syncFolder(dirname(path));
			return first;
		},
		async [Symbol.asyncDispose]() {
			await file.close();
			await remove(temporary);
		}
	};
}
/** Removes a file; whether there was one. */
async function remove(path) {
	return unlink(path).then(() => true, (error) => {
		if (error.code === "ENOENT") return false;
		throw error;
	});
}
/** A hard link never replaces. File systems without them (FAT, some network ones) look first and rename then. */
async function linkOnce(from, to) {
	try {
		await link(from, to);
		return true;
	} catch (error) {
		const { code = "" } = error;
		if (code === "EEXIST") return false;
		if (![
			"EPERM",
			"ENOTSUP",
			"EOPNOTSUPP",
			"ENOSYS",
			"EMLINK"
		].includes(code)) throw error;
	}
	if (await exists(to)) return false;
	await rename(from, to);
	return true;
}
async function exists(path) {
	return stat(path).then(() => true, (error) => {
		if (error.code === "ENOENT") return false;
		throw error;
	});
}
/** Makes what was done to the names in a folder durable; file systems that cannot say so, and need not. */
async function syncFolder(path) {
	const folder = await open(path, "r");
	try {
		await folder.sync();
	} catch (error) {
		const { code = "" } = error;
		if (![
			"EINVAL",
			"ENOTSUP",
			"ENOSYS",
			"EBADF"
		].includes(code)) throw error;
	} finally {
		await folder.close();
	}
}
/** `.<name>~<process>-<random>.partial` */
async function partialName(name) {
	return `.${name}~${await ownProcess()}-${randomBytes(4).toString("hex")}.partial`;
}
const pattern = /^\.(.+)~([0-9a-f]{8}-\d+-\d+)-[0-9a-f]{8}\.partial$/s;
/** Whether a file of this name is, or was, being written. */
function isPartial(name) {
	return pattern.test(name);
}
/** The name it would have got, unless the process that writes it is alive on this machine. */
async function abandoned(name) {
	const [, target, writer] = pattern.exec(name) ?? [];
	return writer !== void 0 && await stateOf(writer) === "alive" ? void 0 : target;
}

// src/stores/folder/place.ts
/** The folders on the way to a key, outermost first. */
function foldersOf(root, key) {
	const names = key.split("/").slice(0, -1);
	return names.map((_, index) => ({
		path: join(root, ...names.slice(0, index + 1)),
		parent: join(root, ...names.slice(0, index))
	}));
}
/** Refuses keys whose way leads through a symbolic link, which could leave the folder. A file in the way is a missing folder. */
async function checkWay(root, key) {
	for (const { path } of foldersOf(root, key)) {
		const found = await lstat(path).catch((error) => {
			if (error.code === "ENOENT" || error.code === "ENOTDIR") return void 0;
			throw error;
		});
		if (!found) return;
		if (found.isSymbolicLink()) throw new KnownError(`${path} is a symbolic link, which is not followed inside a store.`, {
			reason: "unreachable",
			help: "Name the folder it points to as the store, or mount it there."
		});
	}
}
/** Makes the folders on the way to a key, for their owner only, and durable. */
async function makeWay(root, key) {
	for (const { path, parent } of foldersOf(root, key)) if (await mkdir(path, { mode: 448 }).then(() => true, (error) => {
		if (error.code === "EEXIST") return false;
		throw error;
	})) await syncFolder(parent);
}

// src/stores/folder/walk.ts
/**
* Files below a folder whose relative paths begin with the prefix, in the order of their bytes, as S3 lists keys. Symbolic
* links are not followed.
*/
async function* walk(root, prefix, relative = "") {
	for (const [name, isFolder] of ordered(await entries(join(root, relative)))) {
		const path = relative + name;
		if (isFolder && (path.startsWith(prefix) || prefix.startsWith(path))) yield* walk(root, prefix, path);
		if (!isFolder && path.startsWith(prefix)) yield path;
	}
}
/** Folders end with `/`, so that `a-b` comes before what is in `a`. */
function ordered(all) {
	return all.filter((entry) => entry.isFile() || entry.isDirectory()).map((entry) => [entry.isDirectory() ? `${entry.name}/` : entry.name, entry.isDirectory()]).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
async function entries(path) {
	try {
		return await readdir(path, { withFileTypes: true });
	} catch (error) {
		if (error.code === "ENOENT") return [];
		throw error;
	}
}

// src/stores/folder.ts
/** Of a folder that is there, and takes no more. */
const failures = [
	"ENOSPC",
	"EDQUOT",
	"EFBIG",
	"EIO"
];
/** Of one read, in bytes. */
const chunkBytes = 1 << 20;
/**
* A store in a folder that is there already: one that is made by mistake, or lies on a disk that is not mounted, would
* take backups that nobody finds.
*/
async function openFolder(path) {
	const whole = resolve(path);
	try {
		const root = await realpath(whole);
		if (!(await lstat(root)).isDirectory()) throw Object.assign(/* @__PURE__ */ new Error(), { code: "ENOTDIR" });
		await access(root, constants$1.R_OK | constants$1.X_OK);
		return new Folder(whole, root);
	} catch (cause) {
		const { code } = cause;
		throw new KnownError(`The store ${whole} cannot be used: ${fileFault(cause)}.`, {
			reason: "unreachable",
			...code === "ENOENT" && { help: `Create it (mkdir -m 700 '${whole}'), or mount the disk it is on.` },
			cause
		});
	}
}
var Folder = class {
	label;
	#root;
	constructor(label, root) {
		this.label = label;
		this.#root = root;
	}
	async *list(prefix) {
		for await (const { key, file } of this.#files(prefix)) if (!isPartial(basename(key))) yield {
			key,
			bytes: file.size,
			modified: file.mtime
		};
	}
	async write(key, content, { signal }) {
		checkKey(key);
		signal.throwIfAborted();
		const path = join(this.#root, key);
		const doing = (work) => this.#doing(`write ${key}`, work);
		await doing(() => checkWay(this.#root, key));
		if (await doing(() => exists(path))) throw new Taken(this.label, key);
		await doing(() => makeWay(this.#root, key));
		await using partial = await doing(() => createPartial(path));
		let bytes = 0;
		for await (const chunk of interruptible(content, signal)) {
			await doing(() => partial.file.writeFile(chunk));
			bytes += chunk.length;
			spent(chunk);
		}
		signal.throwIfAborted();
		if (!await doing(() => partial.publish()).catch((cause) => {
			throw new StoreFailed(cause.message, {
				help: cause.help,
				cause
			});
		})) throw new Taken(this.label, key);
		return { bytes };
	}
	async create(key, content, options) {
		try {
			await this.write(key, once(Buffer.from(content)), options);
			return true;
		} catch (error) {
			if (error instanceof Taken) return false;
			throw error;
		}
	}
	async *read(key, signal) {
		checkKey(key);
		const doing = (work) => this.#doing(`read ${key}`, work, key);
		await doing(() => checkWay(this.#root, key));
		const flags = constants$1.O_RDONLY | constants$1.O_NOFOLLOW;
		await using file = await doing(() => open(join(this.#root, key), flags));
		const { size } = await doing(() => file.stat());
		for (let position = 0; position < size;) {
			signal.throwIfAborted();
			const buffer = Buffer.allocUnsafeSlow(Math.min(chunkBytes, size - position));
			const { bytesRead } = await doing(() => file.read(buffer, 0, buffer.length, position));
			if (bytesRead === 0) throw this.#fault(`read ${key}`, "it became shorter meanwhile");
			position += bytesRead;
			yield buffer.subarray(0, bytesRead);
		}
	}
	async remove(keys) {
		for (const key of keys) {
			checkKey(key);
			await this.#doing(`remove ${key}`, async () => {
				await checkWay(this.#root, key);
				await remove(join(this.#root, key));
			});
		}
	}
	async *leftovers(prefix) {
		for await (const { key: path, file } of this.#files("")) {
			const name = await abandoned(basename(path));
			if (name === void 0) continue;
			const key = join(dirname(path), name);
			const begun = () => this.#doing(`remove what is left of ${key}`, () => remove(join(this.#root, path)));
			if (key.startsWith(prefix)) yield {
				key,
				started: file.birthtime,
				remove: async () => void await begun()
			};
		}
	}
	async [Symbol.asyncDispose]() {}
	async *#files(prefix) {
		checkPrefix(prefix);
		const keys = walk(this.#root, prefix);
		while (true) {
			const { done, value: key } = await this.#doing("list its files", () => keys.next());
			if (done) return;
			const file = await lstat(join(this.#root, key)).catch(() => void 0);
			if (file) yield {
				key,
				file
			};
		}
	}
	/** What went wrong with files, told so that it can be acted on; what goes wrong in the content is not ours. */
	async #doing(what, work, key) {
		try {
			return await work();
		} catch (cause) {
			if (cause instanceof KnownError) throw cause;
			const error = cause;
			if (key !== void 0 && (error.code === "ENOENT" || error.code === "ENOTDIR")) throw new Missing(key);
			if (failures.includes(error.code ?? "")) throw new StoreFailed(this.#cannot(what, fileFault(error)), { cause });
			throw this.#fault(what, fileFault(error), cause);
		}
	}
	#fault(what, why, cause) {
		return new KnownError(this.#cannot(what, why), {
			reason: "unreachable",
			cause
		});
	}
	#cannot(what, why) {
		return `The store ${this.label} cannot ${what}: ${why}.`;
	}
};
async function* once(content) {
	yield content;
}

export { openFolder };
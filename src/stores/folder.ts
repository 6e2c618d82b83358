import { constants, type Stats } from 'node:fs';
import { access, lstat, open, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileFault, KnownError } from '../model/error.ts';
import { spent } from '../model/spent.ts';
import {
  type Leftover,
  Missing,
  type Store,
  type StoredObject,
  StoreFailed,
  Taken,
  type WriteOptions,
} from '../model/store.ts';
import { interruptible } from './content.ts';
import { abandoned, createPartial, exists, isPartial, remove } from './folder/partial.ts';
import { checkWay, makeWay } from './folder/place.ts';
import { walk } from './folder/walk.ts';
import { checkKey, checkPrefix } from './key.ts';

/** Of a folder that is there, and takes no more. */
const failures: readonly string[] = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'];

/** Of one read, in bytes. */
const chunkBytes = 1 << 20;

/**
 * A store in a folder that is there already: one that is made by mistake, or lies on a disk that is not mounted, would
 * take backups that nobody finds.
 */
export async function openFolder(path: string): Promise<Store> {
  const whole = resolve(path);
  try {
    const root = await realpath(whole);
    if (!(await lstat(root)).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    await access(root, constants.R_OK | constants.X_OK);
    return new Folder(whole, root);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new KnownError(`The store ${whole} cannot be used: ${fileFault(cause as NodeJS.ErrnoException)}.`, {
      reason: 'unreachable',
      ...(code === 'ENOENT' && { help: `Create it (mkdir -m 700 '${whole}'), or mount the disk it is on.` }),
      cause,
    });
  }
}

class Folder implements Store {
  readonly label: string;
  readonly #root: string;

  constructor(label: string, root: string) {
    this.label = label;
    this.#root = root;
  }

  async *list(prefix: string): AsyncGenerator<StoredObject> {
    for await (const { key, file } of this.#files(prefix))
      if (!isPartial(basename(key))) yield { key, bytes: file.size, modified: file.mtime };
  }

  async write(key: string, content: AsyncIterable<Uint8Array>, { signal }: WriteOptions): Promise<{ bytes: number }> {
    checkKey(key);
    signal.throwIfAborted();
    const path = join(this.#root, key);
    const doing = <T>(work: () => Promise<T>) => this.#doing(`write ${key}`, work);
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
    // it was there a moment ago
    const published = await doing(() => partial.publish()).catch((cause: KnownError) => {
      throw new StoreFailed(cause.message, { help: cause.help, cause });
    });
    if (!published) throw new Taken(this.label, key);
    return { bytes };
  }

  async create(key: string, content: Uint8Array, options: WriteOptions): Promise<boolean> {
    try {
      await this.write(key, once(Buffer.from(content)), options);
      return true;
    } catch (error) {
      if (error instanceof Taken) return false;
      throw error;
    }
  }

  async *read(key: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    checkKey(key);
    const doing = <T>(work: () => Promise<T>) => this.#doing(`read ${key}`, work, key);
    await doing(() => checkWay(this.#root, key));
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW;
    await using file = await doing(() => open(join(this.#root, key), flags));
    const { size } = await doing(() => file.stat());
    for (let position = 0; position < size; ) {
      signal.throwIfAborted();
      const buffer = Buffer.allocUnsafeSlow(Math.min(chunkBytes, size - position));
      const { bytesRead } = await doing(() => file.read(buffer, 0, buffer.length, position));
      if (bytesRead === 0) throw this.#fault(`read ${key}`, 'it became shorter meanwhile');
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      checkKey(key);
      await this.#doing(`remove ${key}`, async () => {
        await checkWay(this.#root, key);
        await remove(join(this.#root, key));
      });
    }
  }

  async *leftovers(prefix: string): AsyncGenerator<Leftover> {
    for await (const { key: path, file } of this.#files('')) {
      const name = await abandoned(basename(path));
      if (name === undefined) continue;
      const key = join(dirname(path), name);
      const begun = () => this.#doing(`remove what is left of ${key}`, () => remove(join(this.#root, path)));
      if (key.startsWith(prefix)) yield { key, started: file.birthtime, remove: async () => void (await begun()) };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  async *#files(prefix: string): AsyncGenerator<{ key: string; file: Stats }> {
    checkPrefix(prefix);
    const keys = walk(this.#root, prefix);
    while (true) {
      const { done, value: key } = await this.#doing('list its files', () => keys.next());
      if (done) return;
      const file = await lstat(join(this.#root, key)).catch(() => undefined);
      // gone since its folder was read
      if (file) yield { key, file };
    }
  }

  /** What went wrong with files, told so that it can be acted on; what goes wrong in the content is not ours. */
  async #doing<T>(what: string, work: () => Promise<T>, key?: string): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof KnownError) throw cause;
      const error = cause as NodeJS.ErrnoException;
      if (key !== undefined && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) throw new Missing(key);
      if (failures.includes(error.code ?? '')) throw new StoreFailed(this.#cannot(what, fileFault(error)), { cause });
      throw this.#fault(what, fileFault(error), cause);
    }
  }

  #fault(what: string, why: string, cause?: unknown): KnownError {
    return new KnownError(this.#cannot(what, why), { reason: 'unreachable', cause });
  }

  #cannot(what: string, why: string): string {
    return `The store ${this.label} cannot ${what}: ${why}.`;
  }
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

import { randomBytes } from 'node:crypto';
import { type FileHandle, link, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ownProcess, stateOf } from '../../model/process.ts';

/** A file under a name of its own, beside the one it is to become; removed when disposed unless published. */
export interface Partial extends AsyncDisposable {
  readonly file: FileHandle;
  /** Makes it durable and gives it its name; false where there is one of that name. */
  publish(): Promise<boolean>;
}

/** Begins the file that is to become `path`. */
export async function createPartial(path: string): Promise<Partial> {
  const temporary = join(dirname(path), await partialName(basename(path)));
  const file = await open(temporary, 'wx', 0o600);
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
    },
  };
}

/** Removes a file; whether there was one. */
export async function remove(path: string): Promise<boolean> {
  return unlink(path).then(
    () => true,
    (error) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

/** A hard link never replaces. File systems without them (FAT, some network ones) look first and rename then. */
async function linkOnce(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code)) throw error;
  }
  if (await exists(to)) return false;
  await rename(from, to);
  return true;
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

/** Makes what was done to the names in a folder durable; file systems that cannot say so, and need not. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['EINVAL', 'ENOTSUP', 'ENOSYS', 'EBADF'].includes(code)) throw error;
  } finally {
    await folder.close();
  }
}

/** `.<name>~<process>-<random>.partial` */
async function partialName(name: string): Promise<string> {
  return `.${name}~${await ownProcess()}-${randomBytes(4).toString('hex')}.partial`;
}

const pattern = /^\.(.+)~([0-9a-f]{8}-\d+-\d+)-[0-9a-f]{8}\.partial$/s;

/** Whether a file of this name is, or was, being written. */
export function isPartial(name: string): boolean {
  return pattern.test(name);
}

/** The name it would have got, unless the process that writes it is alive on this machine. */
export async function abandoned(name: string): Promise<string | undefined> {
  const [, target, writer] = pattern.exec(name) ?? [];
  return writer !== undefined && (await stateOf(writer)) === 'alive' ? undefined : target;
}

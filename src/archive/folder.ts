import { createWriteStream } from 'node:fs';
import { lstat, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { bytesText } from '../model/amounts.ts';
import { fileFault, KnownError } from '../model/error.ts';
import { ownProcess, stateOf } from '../model/process.ts';

/** A folder of our own. Disposing removes it with everything in it. */
export interface Folder extends AsyncDisposable {
  readonly path: string;
}

const help = 'Name a folder with room in the environment variable TMPDIR.';

const prefix = 'lockkeeper-dump-';

/**
 * Makes a folder for temporary files that its owner alone may enter, where TMPDIR says. Those of runs that were killed are
 * removed first: each may hold a whole database.
 */
export async function openFolder(): Promise<Folder> {
  await removeAbandoned();
  const path = await mkdtemp(join(tmpdir(), `${prefix}${await ownProcess()}-`)).catch(notUsable); // with mode 0700
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/** Removes such folders of this user whose process is gone; what cannot be removed stays. */
async function removeAbandoned(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(prefix))) {
    const owner = name.slice(prefix.length).replace(/-[^-]*$/, '');
    const path = join(tmpdir(), name);
    const found = await lstat(path).catch(() => undefined);
    if (!found?.isDirectory() || found.uid !== process.getuid?.() || (await stateOf(owner)) !== 'dead') continue;
    await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

/** Writes a temporary file. Throws `KnownError` where there is no room, and what the content throws. */
export async function writeTemporary(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  await pipeline(content, file).catch((error: unknown) => {
    if (file.errored === error && (error as NodeJS.ErrnoException).syscall === 'write') notUsable(error as Error);
    throw error;
  });
}

/** Kept free beside what is to be written. */
const margin = 64 << 20;

/** Bytes that can be written to temporary files, with something left for others. */
export async function roomForFiles(): Promise<number> {
  const { bavail, bsize } = await statfs(tmpdir()).catch(notUsable);
  return Math.max(0, bavail * bsize - margin);
}

/** Throws `KnownError` where so many bytes would not fit. `what` begins a sentence: `The dump`. */
export async function needRoom(bytes: number, what: string): Promise<void> {
  const room = await roomForFiles();
  if (bytes <= room) return;
  throw new KnownError(`${what} needs ${bytesText(bytes)} in ${tmpdir()}, which has room for ${bytesText(room)}.`, {
    ...{ reason: 'refused', help },
  });
}

function notUsable(cause: NodeJS.ErrnoException): never {
  throw new KnownError(`${tmpdir()} cannot be used for temporary files: ${fileFault(cause)}.`, {
    ...{ reason: 'unreachable', help, cause },
  });
}

import { readdir, readFile, readlink, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileFault, KnownError } from '../model/error.ts';
import type { SourceFile, Tree } from '../model/migration.ts';
import { decode } from './decode.ts';

/** How many files are read at the same time: enough to keep the disk busy, far from any limit on open files. */
const readers = 64;

/** Folders that hold no migrations of the repository's own and may be very big. */
const skipped = new Set(['node_modules']);

/**
 * The files below a folder as they are now, whether git knows them or not. A symbolic link to a file counts as that
 * file, as tools have it, while it stays in the repository. Passed over are links to folders, other repositories inside
 * this one (submodules), and folders that may not be read.
 */
export function workTree(root: string, signal?: AbortSignal): Tree {
  return {
    label: 'work tree',
    async list(folder) {
      return (await listFiles(root, folder, signal)).sort();
    },
    async read(paths) {
      const files: SourceFile[] = [];
      const top = await realpath(root).catch(() => root);
      for (let start = 0; start < paths.length; start += readers) {
        signal?.throwIfAborted();
        files.push(...(await Promise.all(paths.slice(start, start + readers).map((path) => read(root, path, top)))));
      }
      return files;
    },
  };
}

async function listFiles(root: string, folder: string, signal: AbortSignal | undefined): Promise<string[]> {
  signal?.throwIfAborted();
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(absent);
  if (folder !== '' && entries.some(({ name }) => name === '.git')) return [];
  const found: string[] = [];
  for (const entry of entries.filter(({ name }) => name !== '.git')) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile() || (entry.isSymbolicLink() && !(await leadsToFolder(join(root, path))))) found.push(path);
    else if (entry.isDirectory() && !skipped.has(entry.name)) found.push(...(await listFiles(root, path, signal)));
  }
  return found;
}

function absent(error: NodeJS.ErrnoException): [] {
  if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes(error.code ?? '')) return [];
  throw error;
}

async function leadsToFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (target) => target.isDirectory(),
    () => false, // reading it tells what is wrong
  );
}

async function read(root: string, path: string, top: string): Promise<SourceFile> {
  try {
    const real = await realpath(join(root, path));
    const [first = ''] = relative(top, real).split(sep);
    if (first === '..' || first === '.git') throw leadsOut(path);
    return decode(path, await readFile(real));
  } catch (error) {
    if (error instanceof KnownError) throw error;
    const isLink = await readlink(join(root, path)).catch(() => undefined);
    throw isLink ? leadsOut(path) : unreadable(path, error as NodeJS.ErrnoException);
  }
}

/** The error for a symbolic link to what is not a file of the repository: somebody else's text is not read. */
export function leadsOut(path: string): KnownError {
  return new KnownError('The file is a symbolic link that leads to no file of the repository.', {
    help: 'Put the file itself here: what the link leads to may be another one on every machine.',
    place: { path },
  });
}

function unreadable(path: string, cause: NodeJS.ErrnoException): KnownError {
  const reason = path.includes('\ufffd') ? 'its name is not UTF-8' : fileFault(cause);
  return new KnownError(`Cannot read the file: ${reason}.`, { place: { path }, cause });
}

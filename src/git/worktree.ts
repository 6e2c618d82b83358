import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KnownError } from '../model/error.ts';
import type { SourceFile, Tree } from '../model/migration.ts';
import { decode } from './decode.ts';

/** How many files are read at the same time: enough to keep the disk busy, far from any limit on open files. */
const readers = 64;

/** Folders that hold no migrations of the repository's own and may be very big. */
const skipped = new Set(['.git', 'node_modules']);

/**
 * The regular files below a folder as they are now, whether git knows them or not. Symbolic links are passed over, as
 * they are in a commit's tree.
 */
export function workTree(root: string, signal?: AbortSignal): Tree {
  return {
    label: 'work tree',
    async list(folder) {
      return (await listFiles(root, folder, signal)).sort();
    },
    async read(paths) {
      const files: SourceFile[] = [];
      for (let start = 0; start < paths.length; start += readers) {
        signal?.throwIfAborted();
        files.push(...(await Promise.all(paths.slice(start, start + readers).map((path) => read(root, path)))));
      }
      return files;
    },
  };
}

async function listFiles(root: string, folder: string, signal: AbortSignal | undefined): Promise<string[]> {
  signal?.throwIfAborted();
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(absent);
  const found: string[] = [];
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile()) found.push(path);
    else if (entry.isDirectory() && !skipped.has(entry.name)) found.push(...(await listFiles(root, path, signal)));
  }
  return found;
}

function absent(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
  throw error;
}

async function read(root: string, path: string): Promise<SourceFile> {
  const bytes = await readFile(join(root, path)).catch((error: NodeJS.ErrnoException) => {
    throw new KnownError(`Cannot read the file: ${error.code === 'ENOENT' ? 'it is not there' : error.message}.`, {
      place: { path },
      cause: error,
    });
  });
  return decode(path, bytes);
}

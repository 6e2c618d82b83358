import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Files below a folder whose relative paths begin with the prefix, in the order of their bytes, as S3 lists keys. Symbolic
 * links are not followed.
 */
export async function* walk(root: string, prefix: string, relative = ''): AsyncGenerator<string> {
  for (const [name, isFolder] of ordered(await entries(join(root, relative)))) {
    const path = relative + name;
    if (isFolder && (path.startsWith(prefix) || prefix.startsWith(path))) yield* walk(root, prefix, path);
    if (!isFolder && path.startsWith(prefix)) yield path;
  }
}

/** Folders end with `/`, so that `a-b` comes before what is in `a`. */
function ordered(all: readonly Dirent[]): [name: string, isFolder: boolean][] {
  return all
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .map((entry): [string, boolean] => [entry.isDirectory() ? `${entry.name}/` : entry.name, entry.isDirectory()])
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

async function entries(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

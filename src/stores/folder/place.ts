import { lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { KnownError } from '../../model/error.ts';
import { syncFolder } from './partial.ts';

/** The folders on the way to a key, outermost first. */
function foldersOf(root: string, key: string): { readonly path: string; readonly parent: string }[] {
  const names = key.split('/').slice(0, -1);
  return names.map((_, index) => ({
    path: join(root, ...names.slice(0, index + 1)),
    parent: join(root, ...names.slice(0, index)),
  }));
}

/** Refuses keys whose way leads through a symbolic link, which could leave the folder. A file in the way is a missing folder. */
export async function checkWay(root: string, key: string): Promise<void> {
  for (const { path } of foldersOf(root, key)) {
    const found = await lstat(path).catch((error) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
    if (!found) return;
    if (found.isSymbolicLink())
      throw new KnownError(`${path} is a symbolic link, which is not followed inside a store.`, {
        reason: 'unreachable',
        help: 'Name the folder it points to as the store, or mount it there.',
      });
  }
}

/** Makes the folders on the way to a key, for their owner only, and durable. */
export async function makeWay(root: string, key: string): Promise<void> {
  for (const { path, parent } of foldersOf(root, key)) {
    const made = await mkdir(path, { mode: 0o700 }).then(
      () => true,
      (error) => {
        if (error.code === 'EEXIST') return false;
        throw error;
      },
    );
    if (made) await syncFolder(parent);
  }
}

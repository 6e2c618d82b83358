import { posix } from 'node:path';
import { KnownError } from '../model/error.ts';
import type { SourceFile, Tree } from '../model/migration.ts';
import { decode } from './decode.ts';
import { git } from './run.ts';
import { leadsOut } from './worktree.ts';

/**
 * The files of a commit; a symbolic link to one of them counts as that file. Costs one `git ls-tree`, one `git cat-file`
 * where there are links, and one for every `read`.
 */
export function commitTree(root: string, commit: string, signal?: AbortSignal): Tree {
  let listing: Promise<ReadonlyMap<string, string>> | undefined;
  const objects = () => {
    listing ??= listObjects(root, commit, signal);
    return listing;
  };
  return {
    label: commit.slice(0, 9),
    async list(folder) {
      const prefix = folder === '' ? '' : `${folder}/`;
      return [...(await objects()).keys()].filter((path) => path.startsWith(prefix)).sort();
    },
    async read(paths) {
      const known = await objects();
      return readBlobs(
        root,
        paths.map((path) => ({ path, id: idOf(known, path, commit) })),
        signal,
      );
    },
  };
}

/** Path → object id of every file, executable or not. A link has that of the file it leads to, or none. */
async function listObjects(
  root: string,
  commit: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const output = await git(root, ['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', commit], { signal });
  const objects = new Map<string, string>();
  const links: { readonly path: string; readonly id: string }[] = [];
  for (const entry of output.toString().split('\0')) {
    const [, mode, id, path] = /^(100|120)\d{3} blob (\w+)\t(.*)$/s.exec(entry) ?? [];
    if (id === undefined || path === undefined) continue;
    if (mode === '100') objects.set(path, id);
    else links.push({ path, id });
  }
  const targets = await readBlobs(root, links, signal);
  for (const { path, text } of targets) {
    const target = posix.normalize(posix.join(posix.dirname(path), text));
    const isFolder = [...objects.keys()].some((each) => each.startsWith(`${target}/`));
    if (!isFolder) objects.set(path, objects.get(target) ?? '');
  }
  return objects;
}

function idOf(objects: ReadonlyMap<string, string>, path: string, commit: string): string {
  const id = objects.get(path);
  if (id === '') throw leadsOut(path);
  if (id === undefined)
    throw new KnownError(`Cannot read the file: it is not there at ${commit.slice(0, 9)}.`, { place: { path } });
  return id;
}

/** `git cat-file --batch` answers every id with a line `id type size`, the contents, and a line feed. */
async function readBlobs(
  root: string,
  wanted: readonly { readonly path: string; readonly id: string }[],
  signal: AbortSignal | undefined,
): Promise<SourceFile[]> {
  if (wanted.length === 0) return [];
  const input = wanted.map(({ id }) => `${id}\n`).join('');
  const output = await git(root, ['cat-file', '--batch'], { signal, input });
  let offset = 0;
  return wanted.map(({ path, id }) => {
    const start = output.indexOf(0x0a, offset) + 1;
    const size = /^\w+ blob (\d+)$/.exec(output.toString('latin1', offset, start - 1))?.[1];
    if (size === undefined)
      throw new KnownError(`git has no contents for the file (object ${id}).`, {
        help: 'The clone is incomplete; fetch it anew, without a filter.',
        place: { path },
      });
    offset = start + Number(size) + 1;
    return decode(path, output.subarray(start, start + Number(size)));
  });
}

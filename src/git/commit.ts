import { KnownError } from '../model/error.ts';
import type { SourceFile, Tree } from '../model/migration.ts';
import { decode } from './decode.ts';
import { git } from './run.ts';

/** The regular files of a commit. Costs one `git ls-tree`, and one `git cat-file` for every `read`. */
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

/** Path → object id of every regular file, executable or not. */
async function listObjects(
  root: string,
  commit: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const output = await git(root, ['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', commit], { signal });
  const objects = new Map<string, string>();
  for (const entry of output.toString().split('\0')) {
    const [, id, path] = /^100\d{3} blob (\w+)\t(.*)$/s.exec(entry) ?? [];
    if (id !== undefined && path !== undefined) objects.set(path, id);
  }
  return objects;
}

function idOf(objects: ReadonlyMap<string, string>, path: string, commit: string): string {
  const id = objects.get(path);
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

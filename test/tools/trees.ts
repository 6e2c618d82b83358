import { decode } from '../../src/git/decode.ts';
import { KnownError } from '../../src/model/error.ts';
import type { Tree } from '../../src/model/migration.ts';

/** A tree of files that are nowhere but in the test. */
export function treeOf(files: Readonly<Record<string, string | Uint8Array>>): Tree {
  return {
    label: 'work tree',
    list: async (folder) => {
      const prefix = folder === '' ? '' : `${folder}/`;
      return Object.keys(files)
        .filter((path) => path.startsWith(prefix))
        .sort();
    },
    read: async (paths) =>
      paths.map((path) => {
        const content = files[path];
        if (content === undefined) throw new KnownError('It is not there.', { place: { path } });
        return decode(path, Buffer.from(content));
      }),
  };
}

/** All files of a tree by path. */
export async function filesOf(tree: Tree): Promise<Record<string, string>> {
  return Object.fromEntries((await tree.read(await tree.list(''))).map(({ path, text }) => [path, text]));
}

/** For `assert.rejects`: a known error with this message and place, and with help. */
export function known(message: RegExp, path: string, line?: number) {
  return (error: unknown): boolean => {
    if (!(error instanceof KnownError)) throw error;
    const { place } = error;
    if (message.test(error.message) && place?.path === path && place.line === line && error.help) return true;
    throw new Error(`“${error.message}” at ${place?.path}:${place?.line}, help: ${error.help}`);
  };
}

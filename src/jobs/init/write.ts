import { chmod, mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { fileFault, KnownError } from '../../model/error.ts';

/** A file as it shall be; the path is relative to the repository, with `/`. */
export interface Wanted {
  readonly path: string;
  readonly after: string;
}

/** Writes all of the files or, where one cannot be written, none. */
export async function writeAll(root: string, files: readonly Wanted[]): Promise<void> {
  const staged: { readonly path: string; readonly from: string; readonly to: string }[] = [];
  try {
    for (const { path, after } of files) {
      const to = await placeOf(root, path);
      const from = `${to}.${process.pid}.tmp`;
      staged.push({ path, from, to });
      await writeFile(from, after, { flag: 'wx' });
      const before = await stat(to).catch(() => undefined);
      if (before) await chmod(from, before.mode);
    }
    for (const { from, to } of staged) await rename(from, to);
  } catch (error) {
    if (error instanceof KnownError) throw error;
    const path = staged.at(-1)?.path ?? '';
    const fault = fileFault(error as NodeJS.ErrnoException);
    throw new KnownError(`The file cannot be written: ${fault}.`, { place: { path }, cause: error });
  } finally {
    await Promise.all(staged.map(({ from }) => rm(from, { force: true })));
  }
}

/** Where a file is written, with its folders; a symbolic link must not lead out of the repository. */
async function placeOf(root: string, path: string): Promise<string> {
  const folder = dirname(join(root, path));
  const [top, real] = await Promise.all([realpath(root), realpath(await existing(folder))]);
  if (real !== top && !real.startsWith(top + sep))
    throw new KnownError('The folder is a symbolic link that leads out of the repository.', { place: { path } });
  await mkdir(folder, { recursive: true });
  return join(root, path);
}

/** The folder, or what of its path is there. */
async function existing(folder: string): Promise<string> {
  return stat(folder).then(
    () => folder,
    () => existing(dirname(folder)),
  );
}

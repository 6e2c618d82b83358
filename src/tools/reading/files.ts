import { createHash } from 'node:crypto';
import { KnownError } from '../../model/error.ts';
import type { Migration, SourceFile, Span, Tree } from '../../model/migration.ts';

/** The name of a file without its folder. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder of a file, `''` at the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Files by the folder they lie in. */
export function byFolder(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return Map.groupBy(paths, folderOf);
}

/** The files that lie in these folders themselves, folder after folder. */
export async function filesIn(tree: Tree, folders: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of new Set(folders))
    found.push(...(await tree.list(folder)).filter((path) => folderOf(path) === folder));
  return found;
}

/** Reads all files at once, and returns them by path. */
export async function readAll(tree: Tree, paths: readonly string[]): Promise<(path: string) => SourceFile> {
  const files = new Map((await tree.read(paths)).map((file) => [file.path, file]));
  return (path) => {
    const file = files.get(path);
    if (!file) throw new Error(`${path} was not read.`);
    return file;
  };
}

/** Reads files for a look at them: what is not text is left out. */
export async function peek(tree: Tree, paths: readonly string[]): Promise<readonly SourceFile[]> {
  const read = await Promise.all(paths.map((path) => tree.read([path]).catch(nothingForKnown)));
  return read.flat();
}

function nothingForKnown(error: unknown): [] {
  if (error instanceof KnownError) return [];
  throw error;
}

/** The whole file as one message; none where there is nothing in it but white space. */
export function wholeFile(file: SourceFile): readonly Span[] {
  return file.text.trim() === '' ? [] : [{ start: 0, end: file.text.length }];
}

/** `Migration.hash` of these files' texts. */
export function hashOf(files: readonly SourceFile[]): string {
  const hash = createHash('sha256');
  for (const [index, { text }] of files.entries()) hash.update(index === 0 ? text : `\0${text}`);
  return hash.digest('hex');
}

/** For tools that send a file as it is: PostgreSQL takes a byte order mark for the first word's first letter. */
export function refuseByteOrderMark(file: SourceFile, title: string): void {
  if (!file.byteOrderMark) return;
  throw new KnownError(`The file begins with a byte order mark, on which ${title} fails.`, {
    help: "Save it as UTF-8 without byte order mark, for example: sed -i '1s/^\\xEF\\xBB\\xBF//'",
    place: { path: file.path, line: 1 },
  });
}

/** Throws `KnownError` where two migrations have the same id. */
export function refuseDuplicates(migrations: readonly Migration[], title: string): void {
  const seen = new Map<string, Migration>();
  for (const migration of migrations) {
    const other = seen.get(migration.id);
    if (other) throw duplicate(migration.id, other.path, migration.path, title);
    seen.set(migration.id, migration);
  }
}

/** The error for two files that claim the same step. */
export function duplicate(id: string, first: string, second: string, title: string): KnownError {
  return new KnownError(`Two files are migration ${id}: ${first} and ${second}.`, {
    help: `${title} cannot tell which to apply. Give the newer one a version of its own.`,
    place: { path: second },
  });
}

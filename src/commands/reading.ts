import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Assertion } from '../jobs/backups/restored.ts';
import { fileFault, KnownError } from '../model/error.ts';
import type { Settings } from '../settings.ts';

/** The age secret keys of the identity file: its lines that are neither empty nor comments. */
export async function identitiesIn({ identityFile: path }: Settings): Promise<string[]> {
  if (!path) return [];
  const lines = (await read(path, 'file with secret keys')).split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

/** The queries that must return no rows: files, and the .sql files of folders. */
export async function assertionsIn({ assertions }: Settings): Promise<Assertion[]> {
  const paths = (await Promise.all(assertions.map(filesAt))).flat();
  return Promise.all(paths.map(async (path) => ({ path, sql: asking(await read(path, 'assertion'), path) })));
}

/** What asks nothing would return no rows, and prove nothing. */
function asking(sql: string, path: string): string {
  if (/[^\s;]/.test(sql.replaceAll(/--.*|\/\*[\s\S]*?\*\//g, ''))) return sql;
  throw new KnownError('The assertion holds no query.', { place: { path } });
}

async function filesAt(path: string): Promise<string[]> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return [path];
  const names = (await readdir(path)).filter((name) => name.endsWith('.sql')).sort();
  if (names.length > 0) return names.map((name) => join(path, name));
  throw new KnownError('There is no .sql file in this folder of assertions.', { place: { path } });
}

async function read(path: string, what: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new KnownError(`The ${what} cannot be read: ${fileFault(cause)}.`, { place: { path }, cause });
  });
}

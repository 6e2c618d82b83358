// Provides PostgreSQL's client programs of a major beside those that are installed: `node scripts/clients.ts 17` prints their
// folder. They are Debian's, run with the libraries of the release they come from; kept in the cache of tools.
import { access, chmod, glob, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { unpack } from './debian.ts';
import { toolsFolder } from './tools-folder.ts';

/** The release of Debian that brings a major; 18 comes from the one in the making. */
export const suites: Readonly<Record<number, string>> = { 15: 'bookworm', 17: 'trixie', 18: 'forky' };

const programs = ['pg_dump', 'pg_dumpall', 'pg_restore', 'psql'];

/** The folder with the client programs of this major; fetched once, 20 MB. */
export async function clientsOf(major: number): Promise<string> {
  const suite = suites[major];
  if (!suite) throw new Error(`No release of Debian is known for PostgreSQL ${major}: ${Object.keys(suites)} are.`);
  const folder = join(toolsFolder, `postgresql-client-${major}`);
  const bin = join(folder, 'bin');
  if (await isThere(bin)) return bin;
  console.error(`Fetching the client programs of PostgreSQL ${major} (Debian ${suite}) …`);
  await mkdir(toolsFolder, { recursive: true });
  const work = await mkdtemp(join(toolsFolder, 'fetch-'));
  try {
    const made = join(work, 'made');
    await unpack(suite, [`postgresql-client-${major}`], join(made, 'root'), work);
    await wrap(made, folder, major);
    await rename(made, folder).catch(async (error: unknown) => {
      if (!(await isThere(bin))) throw error; // somebody else was faster
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return bin;
}

/**
 * Programs that start the real ones by the loader and libraries they were built for. They tell them their own path, for
 * pg_dumpall looks for pg_dump beside itself.
 *
 * @param folder what `made` is going to be called
 */
async function wrap(made: string, folder: string, major: number): Promise<void> {
  const [loader] = await Array.fromAsync(
    glob('{usr/lib,lib}/*-linux-gnu/ld-linux-*.so.*', { cwd: join(made, 'root') }),
  );
  if (!loader) throw new Error('The packages hold no loader.');
  const root = join(folder, 'root');
  const libraries = ['usr/lib', 'lib'].map((path) => join(root, path, basename(dirname(loader)))).join(':');
  await mkdir(join(made, 'bin'));
  for (const name of programs) {
    const real = join(root, 'usr/lib/postgresql', String(major), 'bin', name);
    const words = [
      `'${join(root, loader)}'`,
      '--library-path',
      `'${libraries}'`,
      '--argv0',
      '"$0"',
      `'${real}'`,
      '"$@"',
    ];
    await writeFile(join(made, 'bin', name), `#!/bin/sh\nexec ${words.join(' ')}\n`);
    await chmod(join(made, 'bin', name), 0o755);
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

if (import.meta.main) console.log(await clientsOf(Number(process.argv[2])));

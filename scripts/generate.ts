// Writes every file that follows from the sources: each module in scripts/generate/ exports `files()`, a record of
// path → text. With --check nothing is written; the exit code says whether anything had changed.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const check = process.argv.includes('--check');
const folder = new URL('./generate/', import.meta.url);
const stale: string[] = [];

for (const module of (await readdir(folder)).sort()) {
  const { files } = (await import(new URL(module, folder).href)) as { files(): Promise<Record<string, string>> };
  for (const [path, text] of Object.entries(await files())) {
    if ((await readFile(path, 'utf8').catch(() => undefined)) === text) continue;
    stale.push(path);
    if (check) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}

for (const path of stale) console.error(`${check ? 'out of date' : 'written'}: ${path}`);
if (check && stale.length > 0) {
  console.error('Run `npm run generate` and commit the result.');
  process.exitCode = 1;
}

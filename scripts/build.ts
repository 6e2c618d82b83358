// Bundles the program into dist/; `--check` builds beside it and tells whether dist/ is what the sources give.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleTo } from './bundle.ts';

const check = process.argv.includes('--check');
const target = check ? await mkdtemp(join(tmpdir(), 'lockkeeper-dist-')) : 'dist';

try {
  await bundleTo(target);
  if (check) await compare(target, 'dist');
} finally {
  if (check) await rm(target, { recursive: true });
}

async function compare(fresh: string, committed: string): Promise<void> {
  const names = new Set([...(await readdir(fresh)), ...(await readdir(committed).catch(() => []))]);
  const stale: string[] = [];
  for (const name of names) {
    const [a, b] = await Promise.all(
      [fresh, committed].map((folder) => readFile(join(folder, name)).catch(() => undefined)),
    );
    if (!a || !b || !a.equals(b)) stale.push(join(committed, name));
  }
  for (const path of stale) console.error(`out of date: ${path}`);
  if (stale.length === 0) return;
  console.error('Run `npm run build` and commit the result.');
  process.exitCode = 1;
}

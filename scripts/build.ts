// Bundles the two doors into dist/, readable, with shared chunks of stable names; what only one adapter needs stays in
// a chunk that only it loads. `--check` builds beside it and tells whether dist/ is what the sources give.
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const check = process.argv.includes('--check');
const target = check ? await mkdtemp(join(tmpdir(), 'lockkeeper-dist-')) : 'dist';

try {
  await build(target);
  if (check) await compare(target, 'dist');
} finally {
  if (check) await rm(target, { recursive: true });
}

async function build(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const bundle = await rolldown({
    input: { cli: 'src/cli.ts', action: 'src/action.ts' },
    platform: 'node',
    external: ['pg-native', 'pg-cloudflare'],
    // the modules of a package rather than its CommonJS, of which nothing can be left out
    resolve: { mainFields: ['module', 'main'] },
    logLevel: 'warn',
  });
  await bundle.write({
    dir: folder,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    minify: false,
  });
  await bundle.close();
  await cp('node_modules/libpg-query/wasm/libpg-query.wasm', join(folder, 'libpg-query.wasm'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n');
  await writeFile(join(folder, 'LICENSES.txt'), await licences());
  await chmod(join(folder, 'cli.js'), 0o755);
}

/** The licences of what is bundled, each text once. */
async function licences(): Promise<string> {
  const lock = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  const packages = new Map<string, string[]>();
  for (const [path, { dev }] of Object.entries(lock.packages)) {
    if (path === '' || dev) continue;
    const file = (await readdir(path).catch(() => [])).find((name) => /^(licen[cs]e|copying)/i.test(name));
    if (!file) continue;
    const text = (await readFile(join(path, file), 'utf8')).replaceAll('\r\n', '\n').trim();
    packages.set(text, [...(packages.get(text) ?? []), path.slice('node_modules/'.length)]);
  }
  const texts = [...packages].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  return texts.join('\n----------------------------------------\n\n');
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

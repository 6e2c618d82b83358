import { chmod, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

/**
 * Bundles the two doors into a folder, readable, with shared chunks of stable names; what only one adapter needs stays in a
 * chunk that only it loads. What the folder had before is gone.
 */
export async function bundleTo(folder: string): Promise<void> {
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

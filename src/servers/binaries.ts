import { execFile } from 'node:child_process';
import { access, readdir, realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { KnownError } from '../model/error.ts';
import type { ServerProvider } from '../model/server.ts';
import { launch } from './launch.ts';

const run = promisify(execFile);

/** A server installed on the machine. */
export const provider: ServerProvider = {
  kind: 'binaries',
  async open({ major, signal, progress }) {
    const found = await installed();
    const chosen = major === undefined ? found[0] : found.find((each) => each.major === major);
    if (!chosen) throw missing(major, found);
    progress.step(`starting PostgreSQL ${chosen.version} from ${chosen.bin}`);
    return launch('binaries', chosen.bin, chosen.major, signal);
  },
};

interface Installed {
  readonly bin: string;
  readonly version: string;
  readonly major: number;
}

/** Newest first. */
async function installed(): Promise<Installed[]> {
  const folders = new Set<string>();
  for (const folder of await candidates()) {
    const postgres = join(folder, 'postgres');
    if (await exists(postgres)) folders.add(dirname(await realpath(postgres)));
  }
  const found = await Promise.all([...folders].map(versionOf));
  return found.flatMap((each) => each ?? []).sort((a, b) => b.major - a.major);
}

/** Where packages of Debian, Red Hat and Homebrew put servers, and the PATH. */
async function candidates(): Promise<string[]> {
  const inside = async (folder: string, pattern: RegExp, rest: string) =>
    (await readdir(folder).catch(() => []))
      .filter((name) => pattern.test(name))
      .map((name) => join(folder, name, rest));
  return [
    ...(process.env.PATH ?? '').split(delimiter).filter(Boolean),
    ...(await inside('/usr/lib/postgresql', /^\d+$/, 'bin')),
    ...(await inside('/usr', /^pgsql-\d+$/, 'bin')),
    ...(await inside('/opt/homebrew/opt', /^postgresql@\d+$/, 'bin')),
    ...(await inside('/usr/local/opt', /^postgresql@\d+$/, 'bin')),
  ];
}

async function versionOf(bin: string): Promise<Installed | undefined> {
  try {
    await access(join(bin, 'initdb'));
    const { stdout } = await run(join(bin, 'postgres'), ['--version']);
    const [, version = '', major = ''] = /\(PostgreSQL\) ((\d+)\S*)/.exec(stdout) ?? [];
    return major ? { bin, version, major: Number(major) } : undefined;
  } catch {
    return undefined;
  }
}

function missing(major: number | undefined, found: readonly Installed[]): KnownError {
  const wanted = major === undefined ? 'No PostgreSQL server is' : `PostgreSQL ${major} is not`;
  const others =
    found.length > 0 ? `Found: ${found.map(({ version, bin }) => `${version} in ${bin}`).join(', ')}. ` : '';
  return new KnownError(`${wanted} installed on this machine.`, {
    reason: 'unreachable',
    help: `${others}Install it, or use \`server: embedded\`, or \`server: existing\` with \`server-url\`.`,
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

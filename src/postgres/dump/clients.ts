import { execFile } from 'node:child_process';
import { access, constants, readdir, realpath } from 'node:fs/promises';
import { basename, delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { fileFault, KnownError } from '../../model/error.ts';
import type { Progress } from '../../model/server.ts';
import { buffering } from './buffering.ts';
import { clientsInDocker } from './docker.ts';

const run = promisify(execFile);

export const clientPrograms = ['pg_dump', 'pg_dumpall', 'pg_restore', 'psql'] as const;

export type ClientProgram = (typeof clientPrograms)[number];

/** PostgreSQL's client programs of one version. */
export interface Clients {
  /** `17.6` */
  readonly version: string;
  readonly major: number;
  /** Where they are, for people. */
  readonly from: string;
  /**
   * The program and the words before its own arguments. `environment`: what it is going to be started with; `folder`: with
   * files that its arguments name.
   */
  command(
    program: ClientProgram,
    environment?: NodeJS.ProcessEnv,
    folder?: string,
  ): readonly [file: string, ...words: string[]];
}

/** Docker's image may have to be fetched first. */
interface Waiting {
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
}

/**
 * Finds clients for a server of this major, or for a dump that those of this major wrote: of the same major if there are
 * any, else newer ones; older ones refuse both (pg_dump, Notes). In the folder that is named, else among those that are
 * installed, else in Docker's image. Throws `KnownError`, reason `unreachable`.
 */
export async function findClients(major: number, folder?: string, waiting: Waiting = {}): Promise<Clients> {
  const found = folder === undefined ? await installed() : [await clientsNamed(folder)];
  const [chosen] = found.filter((each) => each.major >= major).sort(oldestMajorFirst);
  if (chosen) return chosen;
  const docker = folder === undefined ? await clientsInDocker(major, waiting) : 'not looked for, as a folder is named';
  if (typeof docker !== 'string') return clientsOf(docker.told, docker.from, docker.command);
  throw new KnownError(`There are no client programs (pg_dump, pg_restore, psql) for PostgreSQL ${major}.`, {
    reason: 'unreachable',
    help: [
      found.length > 0
        ? `Too old: ${found.map(({ version, from }) => `${version} in ${from}`).join(', ')}.`
        : 'None are installed.',
      `Docker: ${docker}.`,
      `Install those of major ${major} or newer (Debian and Ubuntu: postgresql-client-${major}, of apt.postgresql.org where the release lacks it), and name their folder with \`pg-bin\` where they are not found.`,
    ].join('\n'),
  });
}

/** The newest clients that are installed: they read every dump. */
export async function newestClients(folder?: string, waiting: Waiting = {}): Promise<Clients> {
  if (folder !== undefined) return clientsNamed(folder);
  const newest = (await installed()).sort(oldestMajorFirst).at(-1);
  return newest ?? findClients(newestMajor, folder, waiting);
}

/** Of those that are supported. */
const newestMajor = 18;

function oldestMajorFirst(a: Clients, b: Clients): number {
  return a.major - b.major || b.version.localeCompare(a.version, 'en', { numeric: true });
}

async function installed(): Promise<Clients[]> {
  const found = await Promise.all((await folders()).map((folder) => clientsIn(folder).catch(() => undefined)));
  return found.flatMap((each) => each ?? []);
}

/** Where packages of Debian, Red Hat and Homebrew put programs, and the PATH without what depends on where one stands. */
async function folders(): Promise<string[]> {
  const inside = async (folder: string, pattern: RegExp) =>
    (await readdir(folder).catch(() => []))
      .filter((name) => pattern.test(name))
      .map((name) => join(folder, name, 'bin'));
  const all = [
    ...(process.env.PATH ?? '').split(delimiter).filter((folder) => isAbsolute(folder)),
    ...(await inside('/usr/lib/postgresql', /^\d+$/)),
    ...(await inside('/usr', /^pgsql-\d+$/)),
    ...(await inside('/opt/homebrew/opt', /^(postgresql@\d+|libpq)$/)),
    ...(await inside('/usr/local/opt', /^(postgresql@\d+|libpq)$/)),
  ];
  const real = await Promise.all(all.map((folder) => realpath(join(folder, 'pg_dump')).catch(() => undefined)));
  // what Debian has in /usr/bin starts one of those in /usr/lib/postgresql
  return all.filter((_, at) => real[at] && basename(real[at]) !== 'pg_wrapper' && real.indexOf(real[at]) === at);
}

async function clientsNamed(folder: string): Promise<Clients> {
  try {
    await readdir(folder); // a file or nothing is told as such
    return await clientsIn(folder);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOTDIR' ? 'it is no folder' : code === 'ENOENT' ? fileFault({ code } as never) : message;
    throw new KnownError(`The client programs of PostgreSQL in ${folder} cannot be used: ${why}.`, {
      reason: 'unreachable',
      help: 'With `pg-bin`, name the folder that holds pg_dump, pg_dumpall, pg_restore and psql, such as /usr/lib/postgresql/17/bin.',
      cause,
    });
  }
}

/** Those that a whole dump flows through. */
const streams: ReadonlySet<ClientProgram> = new Set(['pg_dump', 'pg_restore']);

/** Milliseconds in which a program must say its version. */
const patience = 10_000;

/** Throws an error that says what is missing or does not start. */
async function clientsIn(folder: string): Promise<Clients> {
  const path = (program: ClientProgram) => join(folder, program);
  for (const program of clientPrograms)
    await access(path(program), constants.X_OK).catch(() => {
      throw new Error(`there is no ${program} that can be started`);
    });
  // Debian's pg_wrapper in /usr/bin chooses a version by the cluster it would connect to, unless a host is named, as ours is
  const environment = { env: { ...process.env, PGHOST: 'localhost' }, timeout: patience };
  const { stdout } = await run(path('pg_dump'), ['--version'], environment).catch(
    ({ stderr, message }: Error & { stderr?: string }) => {
      throw new Error(`pg_dump does not start: ${stderr?.trim() || message}`);
    },
  );
  const starting = await buffering(path('pg_dump'), stdout, environment);
  return clientsOf(stdout, folder, (name) => (streams.has(name) ? starting(path(name)) : [path(name)]));
}

/** Clients that told their version like this. */
function clientsOf(told: string, from: string, command: Clients['command']): Clients {
  const [, version, major] = /\(PostgreSQL\) ((\d+)\S*)/.exec(told) ?? [];
  if (!version) throw new Error(`its pg_dump says it is "${told.trim().slice(0, 80)}"`);
  return { version, major: Number(major), from, command };
}

import { execFile } from 'node:child_process';
import { access, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { KnownError } from '../../model/error.ts';

const run = promisify(execFile);

/** PostgreSQL's client programs of one version. */
export interface Clients {
  /** `17.6` */
  readonly version: string;
  readonly major: number;
  /** Where they are, for people. */
  readonly from: string;
  /** The program and the words before its own arguments. */
  command(program: 'pg_dump' | 'pg_dumpall' | 'pg_restore' | 'psql'): readonly [file: string, ...words: string[]];
}

/**
 * Finds clients that can dump a server of this major: of the same major if there are any, else newer ones; older ones
 * refuse (pg_dump, Notes). In the folder that is named, else among those that are installed, else in Docker's image.
 */
export async function findClients(major: number, folder?: string): Promise<Clients> {
  const folders = folder === undefined ? await installed() : [folder];
  const found = (await Promise.all(folders.map(clientsIn))).flatMap((each) => each ?? []);
  const fitting = found.filter((each) => each.major >= major).sort((a, b) => a.major - b.major);
  const docker = fitting[0] || folder !== undefined ? undefined : await clientsInDocker(major);
  const chosen = fitting[0] ?? docker;
  if (chosen) return chosen;
  const others = found.map(({ version, from }) => `${version} in ${from}`);
  throw new KnownError(
    `There is no pg_dump for PostgreSQL ${major}; one of an older major cannot read such a server.`,
    {
      reason: 'unreachable',
      help: [
        others.length > 0 ? `Found: ${others.join(', ')}.` : '',
        `Install the client programs of major ${major} or newer (Debian and Ubuntu: postgresql-client-${major} of apt.postgresql.org), name their folder with \`pg-bin\`, or provide Docker.`,
      ]
        .filter(Boolean)
        .join(' '),
    },
  );
}

/** The newest clients that are installed: they read every dump. */
export async function newestClients(folder?: string): Promise<Clients> {
  const folders = folder === undefined ? await installed() : [folder];
  const found = (await Promise.all(folders.map(clientsIn))).flatMap((each) => each ?? []);
  const [newest] = found.sort((a, b) => b.major - a.major);
  return newest ?? findClients(oldestMajor, folder); // tells what to do
}

/** Of those that are supported. */
const oldestMajor = 12;

/** The PATH, and where packages of Debian, Red Hat and Homebrew put programs. */
async function installed(): Promise<string[]> {
  const inside = async (folder: string, pattern: RegExp) =>
    (await readdir(folder).catch(() => []))
      .filter((name) => pattern.test(name))
      .map((name) => join(folder, name, 'bin'));
  return [
    ...(await inside('/usr/lib/postgresql', /^\d+$/)),
    ...(await inside('/usr', /^pgsql-\d+$/)),
    ...(await inside('/opt/homebrew/opt', /^(postgresql@\d+|libpq)$/)),
    ...(await inside('/usr/local/opt', /^(postgresql@\d+|libpq)$/)),
    ...(process.env.PATH ?? '').split(delimiter).filter(Boolean),
  ];
}

async function clientsIn(folder: string): Promise<Clients | undefined> {
  try {
    for (const program of ['pg_restore', 'psql']) await access(join(folder, program));
    const { stdout } = await run(join(folder, 'pg_dump'), ['--version']);
    return clients(stdout, folder, (program) => [join(folder, program)]);
  } catch {
    return undefined;
  }
}

/** Programs in a container on the host's network; it gets the password by environment, not by argument. */
async function clientsInDocker(major: number): Promise<Clients | undefined> {
  const image = `postgres:${major}`;
  const passed = ['PGPASSWORD', 'PGHOST', 'PGPORT', 'PGUSER', 'PGDATABASE', 'PGSSLMODE', 'PGAPPNAME', 'PGOPTIONS'];
  const words = ['run', '--rm', '-i', '--network', 'host', ...passed.flatMap((name) => ['-e', name]), image];
  try {
    const { stdout } = await run('docker', [...words, 'pg_dump', '--version']);
    return clients(stdout, `the Docker image ${image}`, (program) => ['docker', ...words, program]);
  } catch {
    return undefined;
  }
}

function clients(text: string, from: string, command: Clients['command']): Clients | undefined {
  const [, version, major] = /\(PostgreSQL\) ((\d+)\S*)/.exec(text) ?? [];
  return version ? { version, major: Number(major), from, command } : undefined;
}

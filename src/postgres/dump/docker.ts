import { execFile } from 'node:child_process';
import { isAbsolute } from 'node:path';
import { promisify } from 'node:util';
import type { Progress } from '../../model/server.ts';
import type { ClientProgram, Clients } from './clients.ts';

const run = promisify(execFile);

/** Milliseconds in which Docker must answer at all. */
const patience = 10_000;

interface InDocker extends Pick<Clients, 'from' | 'command'> {
  /** What its pg_dump says to `--version`. */
  readonly told: string;
}

/** Client programs in Docker's `postgres` image of a major, which is fetched where it is missing; or why there are none. */
export async function clientsInDocker(
  major: number,
  { signal, progress }: { signal?: AbortSignal; progress?: Progress },
): Promise<InDocker | string> {
  const image = `postgres:${major}`;
  const options = { ...(signal && { signal }) };
  try {
    await run('docker', ['version', '--format', '{{.Server.Version}}'], { ...options, timeout: patience });
    const there = await run('docker', ['image', 'inspect', '--format', 'there', image], options).catch(() => undefined);
    signal?.throwIfAborted();
    if (!there) progress?.step(`fetching the Docker image ${image}, for its client programs`);
    const asked = ['run', '--rm', '--network', 'none', '--entrypoint', 'pg_dump', image, '--version'];
    const { stdout: told } = await run('docker', asked, options);
    const command: Clients['command'] = (program, env = {}, folder) => [
      'docker',
      ...wordsFor(image, program, env, folder),
    ];
    return { told, from: `the Docker image ${image}`, command };
  } catch (error) {
    signal?.throwIfAborted();
    return whyNot(error as Error & { stderr?: string; code?: string; killed?: boolean }, image);
  }
}

function whyNot(error: Error & { stderr?: string; code?: string; killed?: boolean }, image: string): string {
  if (error.code === 'ENOENT') return 'not installed';
  if (error.killed) return `it did not answer within ${patience / 1000} s`;
  const said = (error.stderr?.trim() || error.message).split('\n');
  const last = said.filter((line) => !/^(Unable to find image|See ')/.test(line)).at(-1) ?? '';
  const text = last.replace(/^docker: |^Error response from daemon: /g, '').replace(/[.?]+$/, '');
  return /daemon/i.test(text) && !/Error response/.test(last) ? text : `its image ${image} cannot be had: ${text}`;
}

/** Of libpq (documentation, chapter 34.15): what is passed on as it is, and what names files. */
const passed = [
  ...['PGHOST', 'PGHOSTADDR', 'PGPORT', 'PGUSER', 'PGPASSWORD', 'PGDATABASE', 'PGAPPNAME', 'PGOPTIONS', 'PGSSLMODE'],
  ...['PGCHANNELBINDING', 'PGGSSENCMODE', 'PGCONNECT_TIMEOUT', 'PGREQUIREAUTH', 'PGSSLMINPROTOCOLVERSION'],
];
const files = ['PGPASSFILE', 'PGSSLCERT', 'PGSSLKEY', 'PGSSLROOTCERT', 'PGSSLCRL', 'PGSSLCRLDIR'];

/**
 * The words that run a program of the image as if it were installed: on the host's network, as the same user, who may
 * read the same key files and is the same to `peer`; values of variables never stand in arguments. What passes through is
 * not logged: Docker would keep a whole dump. `--init` lets signals end programs that do not handle them.
 */
function wordsFor(image: string, program: ClientProgram, environment: NodeJS.ProcessEnv, folder?: string): string[] {
  const user = process.getuid && process.getgid ? ['--user', `${process.getuid()}:${process.getgid()}`] : [];
  const paths = [folder, environment.PGHOST, ...files.map((name) => environment[name])];
  const own =
    program === 'pg_dump' || program === 'pg_dumpall' || folder !== undefined
      ? ['sh', image, '-c', tied, program]
      : [program, image];
  return [
    ...['run', '--rm', '--interactive', '--init', '--log-driver', 'none', '--network', 'host', ...user],
    ...[...passed, ...files].flatMap((name) => ['--env', name]),
    ...[...new Set(paths)].flatMap((path) =>
      path && isAbsolute(path) ? ['--mount', `type=bind,source=${path},target=${path}`] : [],
    ),
    ...['--entrypoint', ...own],
  ];
}

/**
 * Ends a program that does not read its input when that ends: a container outlives whoever started it and was killed, and
 * would go on reading the database for nobody. Those that restore end by themselves.
 */
const tied = [
  'exec 3<&0; "$0" "$@" 3<&- </dev/null & program=$!',
  'trap "kill $program" TERM',
  '{ cat >/dev/null; kill $program; } <&3 2>/dev/null &',
  'wait $program',
].join('\n');

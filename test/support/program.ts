import { spawn } from 'node:child_process';
import { dirname, extname, join, resolve } from 'node:path';
import type { TestServer } from './postgres.ts';

/** The program as people run it, bundled from these sources; the sources themselves where a test is run alone. */
export const program = resolve(process.env.LOCKKEEPER_TEST_PROGRAM ?? 'src/cli.ts');

/** Its other door, as GitHub opens it. */
export const action = join(dirname(program), `action${extname(program)}`);

/** How a run of the program ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Surroundings {
  /** The folder it runs in; this project's own where absent. */
  readonly folder?: string;
  /** Besides PATH and HOME, which are all it has of the surroundings of the test. */
  readonly env?: NodeJS.ProcessEnv;
  /** Another than the program. */
  readonly door?: string;
  /** Owner of the process, by number. */
  readonly uid?: number;
}

/** Runs the program as people do, in a process of its own. */
export async function runProgram(args: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  const { folder, env, door = program, uid } = surroundings;
  const child = spawn(process.execPath, [resolve(door), ...args], {
    ...(folder !== undefined && { cwd: folder }),
    ...(uid !== undefined && { uid, gid: uid }),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  const status = await new Promise<number | null>((done, failed) => child.on('error', failed).on('close', done));
  return { status, ...texts };
}

/** The setting `server-url` for a server of this test run. */
export function urlOf({ address: { host, port, user } }: TestServer): string {
  return `postgresql://${user}@/postgres?host=${encodeURIComponent(host)}&port=${port}`;
}

// Workflows as a runner runs them: act in host mode, our own action and called workflows from the work tree.
import { spawn } from 'node:child_process';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { version } from '../../src/version.ts';
import type { LocalGitHub } from '../hosts/api-server.ts';

const called = ['backup', 'check', 'migrate', 'restore', 'verify'].map((name) => `.github/workflows/${name}.yml`);
const texts = await Promise.all(called.map((path) => readFile(path, 'utf8')));

/** Actions of others that need GitHub itself: what stands in for them says so in its description. */
const standIns = [...new Set(texts.join('').match(/(?<=uses: )(?:actions|github)\/[^@\n]+@[0-9a-f]{40}/g))].flatMap(
  (uses) => {
    const [, name = '', folder = '', ref = ''] = /^(\w+\/([\w-]+))[^@]*@(.+)$/.exec(uses) ?? [];
    return folder === 'checkout' ? [] : [{ name, folder, ref }];
  },
);

/** Host mode runs steps on this very machine: what would install something there is shadowed. */
const path = `${resolve('test/workflows/stand-ins/programs')}:${process.env.PATH}`;

interface Run {
  /** The user's repository. */
  readonly root: string;
  /** A folder for what belongs to the run. */
  readonly scratch: string;
  readonly event: string;
  readonly payload: unknown;
  readonly github: LocalGitHub;
  /** Of the user's repository. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly status: number | null;
  readonly log: string;
  readonly github: LocalGitHub;
  /** A file that a stand-in kept. */
  kept(path: string): Promise<string>;
  /** Every file that stand-ins have kept so far. */
  all(): Promise<string[]>;
}

/** Runs the workflows of a repository on this machine, with the programs that are installed there. */
export async function runWorkflow({
  root,
  scratch,
  event,
  payload,
  github,
  secrets = {},
  vars = {},
}: Run): Promise<Job> {
  const own = join(scratch, 'lockkeeper');
  const kept = join(scratch, 'kept');
  const [eventFile, secretFile] = [join(scratch, 'event.json'), join(scratch, 'secrets.env')];
  for (const each of ['action.yml', 'dist']) await cp(each, join(own, each), { recursive: true });
  for (const [index, each] of called.entries()) await write(join(own, each), known(texts[index] ?? ''));
  await mkdir(kept, { recursive: true });
  await writeFile(eventFile, JSON.stringify(payload));
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`);
  await writeFile(secretFile, lines.join(''));
  const replaced = [
    ...[`v${version}`, `v${version.split('.')[0]}`].map((ref) => `lockkeeper/lockkeeper@${ref}=${own}`),
    ...standIns.map(({ name, ref, folder }) => `${name}@${ref}=${resolve('test/workflows/stand-ins', folder)}`),
  ];
  const child = spawn(
    'act',
    [
      ...[event, '--eventpath', eventFile, '--platform', 'ubuntu-latest=-self-hosted', '--no-cache-server'],
      ...['--secret', 'GITHUB_TOKEN=workflow-token', '--env', `GITHUB_API_URL=${github.url}`],
      ...['--secret-file', secretFile],
      ...Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}=${value}`]),
      ...['--env', `STAND_INS=${kept}`, ...replaced.flatMap((each) => ['--local-repository', each])],
    ],
    {
      cwd: root,
      env: { PATH: path, HOME: process.env.HOME }, // steps see it: no secret may be there
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const [out, errors, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((done) => child.once('close', done)),
  ]);
  return {
    ...{ status, log: out + errors, github },
    kept: (path) => readFile(join(kept, path), 'utf8'),
    all: () => filesIn(kept),
  };
}

/** act 0.2.89 takes workflows with what GitHub has learnt later for mistaken. */
export function known(workflow: string): string {
  return workflow.replaceAll(/^ +queue: max\n/gm, '');
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((each) => each.isFile());
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')));
}

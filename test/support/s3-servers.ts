import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Of the administrator of every server that tests start. */
export const administrator = { key: 'lockkeeper-tests', secret: 'only-for-the-tests-of-lockkeeper' };

interface Program {
  readonly module: string;
  arguments(port: number, folder: string): readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

const { key, secret } = administrator;

const programs = {
  versitygw: {
    module: 'github.com/versity/versitygw/cmd/versitygw@v1.8.0',
    arguments: (port, folder) => [
      ...[
        '--access',
        key,
        '--secret',
        secret,
        '--port',
        `127.0.0.1:${port}`,
        '--iam-dir',
        join(folder, 'iam'),
        '--quiet',
      ],
      ...['posix', '--versioning-dir', join(folder, 'versions'), join(folder, 'data')],
    ],
    env: {},
  },
  minio: {
    module: 'github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c',
    arguments: (port, folder) => ['server', '--quiet', '--address', `127.0.0.1:${port}`, join(folder, 'data')],
    env: { MINIO_ROOT_USER: key, MINIO_ROOT_PASSWORD: secret, MINIO_BROWSER: 'off' },
  },
} satisfies Record<string, Program>;

export type ServerName = keyof typeof programs;
export const serverNames = Object.keys(programs) as ServerName[];

/** A server that others wrote, with nothing in it, on a free port; installed with Go where it is missing. */
export async function startServer(
  name: ServerName,
  env: NodeJS.ProcessEnv = {},
): Promise<AsyncDisposable & { name: string; endpoint: string }> {
  const program: Program = programs[name];
  const path = programPath(name);
  await using begun = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), `lockkeeper-${name}-`));
  begun.defer(() => rm(folder, { recursive: true, force: true }));
  for (const part of ['data', 'iam', 'versions']) await mkdir(join(folder, part));
  const port = await freePort();
  const child = spawn(path, program.arguments(port, folder), {
    env: { ...process.env, ...program.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'close');
  begun.defer(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const endpoint = `http://127.0.0.1:${port}`;
  await answers(name, endpoint, child);
  const all = begun.move();
  return { name, endpoint, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Where the program of a server is: in Go's folder of programs, put there first if need be. */
export function programPath(name: ServerName): string {
  const { module } = programs[name];
  const folder = process.env.GOBIN || join(execFileSync('go', ['env', 'GOPATH'], { encoding: 'utf8' }).trim(), 'bin');
  const path = join(folder, name);
  if (existsSync(path)) return path;
  console.error(`Installing ${name} (go install ${module}) …`);
  execFileSync('go', ['install', module], { stdio: 'inherit' });
  return path;
}

async function answers(name: string, endpoint: string, child: ChildProcess): Promise<void> {
  for (let waited = 0; waited < 600; waited++) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    const answer = await fetch(endpoint).catch(() => undefined);
    // it asks who we are: it serves
    if (answer?.status === 403 || answer?.status === 400) return;
    await sleep(100);
  }
  throw new Error(`${name} does not answer`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

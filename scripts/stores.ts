// Runs the tests of stores against real S3 servers that others wrote: `node scripts/stores.ts [FILE …]`. Installs them
// with Go where they are missing, starts them on free ports with empty folders, and ends them whatever happens.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { glob, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const key = 'lockkeeper-tests';
const secret = 'only-for-the-tests-of-lockkeeper';

interface Program {
  readonly module: string;
  arguments(port: number, folder: string): readonly string[];
}

const programs: Readonly<Record<string, Program>> = {
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
  },
  minio: {
    module: 'github.com/minio/minio@latest',
    arguments: (port, folder) => ['server', '--quiet', '--address', `127.0.0.1:${port}`, join(folder, 'data')],
  },
};

const controller = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => controller.abort(new Error(name)));

const named = process.argv.slice(2);
const files = named.length > 0 ? named : (await Array.fromAsync(glob('test/stores/**/*.{test,s3}.ts'))).sort();

await using running = new AsyncDisposableStack();
const env: NodeJS.ProcessEnv = {
  ...process.env,
  AWS_ACCESS_KEY_ID: key,
  AWS_SECRET_ACCESS_KEY: secret,
  AWS_EC2_METADATA_DISABLED: 'true',
  LOCKKEEPER_TEST_SERVERS: process.env.LOCKKEEPER_TEST_SERVERS ?? '[]',
};
env.LOCKKEEPER_TEST_STORES ??= JSON.stringify(await Promise.all(Object.keys(programs).map(start)));
process.exitCode = await end(spawn(process.execPath, ['scripts/test.ts', ...files], { env, stdio: 'inherit' }));

/** A server of its own, on a free port. */
async function start(name: string): Promise<{ name: string; endpoint: string }> {
  const program = programs[name] as Program;
  const path = installed(name, program.module);
  const folder = await mkdtemp(join(tmpdir(), `lockkeeper-${name}-`));
  running.defer(() => rm(folder, { recursive: true, force: true }));
  for (const part of ['data', 'iam', 'versions']) await mkdir(join(folder, part));
  const port = await freePort();
  const child = spawn(path, program.arguments(port, folder), {
    env: { ...env, MINIO_ROOT_USER: key, MINIO_ROOT_PASSWORD: secret, MINIO_BROWSER: 'off' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  running.defer(async () => {
    child.kill('SIGKILL');
    await end(child);
  });
  const endpoint = `http://127.0.0.1:${port}`;
  await answers(name, endpoint, child);
  return { name, endpoint };
}

/** From the PATH, or from Go's folder, put there first if need be. */
function installed(name: string, module: string): string {
  const folder = process.env.GOBIN ?? join(execFileSync('go', ['env', 'GOPATH'], { encoding: 'utf8' }).trim(), 'bin');
  const path = join(folder, name);
  if (!existsSync(path)) {
    console.error(`Installing ${name} (go install ${module}) …`);
    execFileSync('go', ['install', module], { stdio: 'inherit' });
  }
  return path;
}

async function answers(name: string, endpoint: string, child: ChildProcess): Promise<void> {
  for (let waited = 0; waited < 300; waited++) {
    controller.signal.throwIfAborted();
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
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function end(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? 1;
  const stop = () => child.kill('SIGTERM');
  controller.signal.addEventListener('abort', stop);
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)).once('error', () => resolve(1)));
}

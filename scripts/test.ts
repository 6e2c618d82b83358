// Runs the tests: `node scripts/test.ts [FILE …]`. Starts the PostgreSQL servers they share (unless
// LOCKKEEPER_TEST_SERVERS names some) and bundles the program that they run, as people run it (unless
// LOCKKEEPER_TEST_PROGRAM names one), ends and removes both whatever happens, and closes with a line `N passed, N failed`.
// LOCKKEEPER_TEST_BACKUPS_ON=17 takes the tests of backups to that major, with client programs of its own, or with
// those in Docker's image where LOCKKEEPER_TEST_CLIENTS=docker.
import { spawn } from 'node:child_process';
import { glob, mkdtemp, readFile, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadProvider } from '../src/servers/index.ts';
import { bundleTo } from './bundle.ts';
import { clientsOf } from './clients.ts';

const backupsOn = Number(process.env.LOCKKEEPER_TEST_BACKUPS_ON || 15);

/** Of LOCKKEEPER_TEST_MAJORS; else the oldest and newest supported major, and the one that Debian 12 brings. */
const wanted = (process.env.LOCKKEEPER_TEST_MAJORS || '12,15,18').split(',').map(Number);
const majors = [...new Set([...wanted, backupsOn])].sort((a, b) => a - b);

const controller = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => controller.abort(new Error(name)));

const named = process.argv.slice(2);
const files = named.length > 0 ? named : (await Array.fromAsync(glob('test/**/*.test.ts'))).sort();

await using started = new AsyncDisposableStack();
const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-test-'));
started.defer(() => rm(folder, { recursive: true, force: true }));
const environment = {
  ...process.env,
  ...(backupsOn !== 15 &&
    process.env.LOCKKEEPER_TEST_CLIENTS !== 'docker' && { PATH: `${await clientsOf(backupsOn)}:${process.env.PATH}` }),
  LOCKKEEPER_TEST_SERVERS: process.env.LOCKKEEPER_TEST_SERVERS ?? (await startServers()),
  LOCKKEEPER_TEST_PROGRAM: process.env.LOCKKEEPER_TEST_PROGRAM ?? (await bundled(join(folder, 'dist'))),
  NODE_COMPILE_CACHE: join(folder, 'compiled'),
};
const { passed, failed } = await run(files, environment);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** Whether databases, which come and go by the thousand, have room in memory. */
async function hasMemory(): Promise<boolean> {
  const mounts = await readFile('/proc/mounts', 'utf8').catch(() => '');
  if (!/ \/dev\/shm tmpfs rw/.test(mounts)) return false;
  const { bavail, bsize } = await statfs('/dev/shm');
  return bavail * bsize > 4e9;
}

async function bundled(into: string): Promise<string> {
  await bundleTo(into);
  return join(into, 'cli.js');
}

async function startServers(): Promise<string> {
  const provider = await loadProvider('embedded');
  const progress = { step: (text: string) => console.error(text) };
  const inMemory = process.env.TMPDIR === undefined && (await hasMemory());
  if (inMemory) process.env.TMPDIR = '/dev/shm';
  const servers = await Promise.all(
    majors.map((major) => provider.open({ major, signal: controller.signal, progress })),
  );
  if (inMemory) delete process.env.TMPDIR; // it is the servers' and nothing else's
  for (const server of servers) started.use(server);
  return JSON.stringify(servers.map(({ major, address }) => ({ major, address })));
}

async function run(paths: readonly string[], env: NodeJS.ProcessEnv): Promise<{ passed: number; failed: number }> {
  const args = [
    '--test',
    '--test-concurrency=3',
    '--test-timeout=300000',
    '--test-reporter=dot',
    '--test-reporter-destination=stderr',
  ];
  const child = spawn(
    process.execPath,
    [...args, '--test-reporter=tap', '--test-reporter-destination=stdout', ...paths],
    {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
      signal: controller.signal,
    },
  );
  let tap = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    tap += text;
  });
  const code = await new Promise<number | null>((resolve) =>
    child.once('close', resolve).once('error', () => resolve(1)),
  );
  const sum = (name: string) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  const lost = sum('fail') + sum('cancelled');
  if (code !== 0) console.error(failuresIn(tap));
  return { passed: sum('pass'), failed: lost || (code === 0 ? 0 : 1) };
}

/** What failed, with its error, from the TAP stream. */
function failuresIn(tap: string): string {
  const lines = tap.split('\n');
  return lines
    .flatMap((line, index) =>
      /^\s*not ok /.test(line)
        ? [
            lines
              .slice(index, index + 40)
              .join('\n')
              .split(/\n\s*\.\.\.\n/)[0],
          ]
        : [],
    )
    .join('\n');
}

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { toolsFolder } from '../tools-folder.ts';

const run = promisify(execFile);

/** A Docker engine, for as long as it is not disposed. */
export interface Engine extends AsyncDisposable {
  /** DOCKER_HOST of its clients. */
  readonly host: string;
  /** Started here, and so one that nobody else gave images. */
  readonly isOurs: boolean;
}

/**
 * The engine that runs on this machine; else one of our own, which ends when disposed and keeps its images. Its containers
 * have the host's network or none. Needs root, and installs Debian's `docker.io` where there is no dockerd. Throws where it does not start.
 */
export async function startEngine(): Promise<Engine> {
  const host = process.env.DOCKER_HOST || 'unix:///var/run/docker.sock';
  if (await answers(host)) return { host, isOurs: false, [Symbol.asyncDispose]: async () => {} };
  await install();
  const folder = await mkdtemp(join(tmpdir(), 'docker-'));
  const own = `unix://${join(folder, 'socket')}`;
  const log = await open(join(folder, 'log'), 'w');
  const daemon = spawn('dockerd', wordsFor(folder, own), { stdio: ['ignore', log.fd, log.fd] });
  const ended = once(daemon, 'close').catch((error: unknown) => console.error(error));
  const engine: Engine = {
    host: own,
    isOurs: true,
    async [Symbol.asyncDispose]() {
      daemon.kill('SIGTERM');
      await ended;
      await log.close();
      // of containers on the host's network; the engine leaves it behind
      await run('umount', [join(folder, 'exec/netns/default')]).catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
  for (let waited = 0; waited < 300 && daemon.exitCode === null; waited++) {
    if (await answers(own)) return engine;
    await sleep(100);
  }
  const text = await readFile(join(folder, 'log'), 'utf8');
  await engine[Symbol.asyncDispose]();
  throw new Error(`dockerd does not start:\n${text.slice(-2000)}`);
}

function wordsFor(folder: string, host: string): string[] {
  const folders = { 'data-root': join(toolsFolder, 'docker'), 'exec-root': join(folder, 'exec') };
  const words = Object.entries({ host, ...folders, pidfile: join(folder, 'pid'), bridge: 'none', iptables: 'false' });
  return words.map(([name, value]) => `--${name}=${value}`);
}

/** Whether there is an engine. */
async function answers(host: string): Promise<boolean> {
  const asked = run('docker', ['--host', host, 'version', '--format', '{{.Server.Version}}'], { timeout: 5_000 });
  return asked.then(
    () => true,
    () => false,
  );
}

async function install(): Promise<void> {
  const there = await run('dockerd', ['--version']).catch(() => undefined);
  if (there) return;
  console.error('Installing docker.io …');
  await run('apt-get', ['update']);
  await run('apt-get', ['install', '--yes', '--no-install-recommends', 'docker.io']);
}

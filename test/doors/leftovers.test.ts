import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const checks = Number(process.env.LOCKKEEPER_TEST_INTERRUPTS ?? 15);

test(`${checks} checks, ended at any moment in any way, leave no process and no folder`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lk-left-'));
  await chmod(folder, 0o1777); // as /tmp: another user than root runs the server
  try {
    for (let round = 0; round < checks; round += 1) {
      const signal = (['SIGINT', 'SIGTERM', 'SIGKILL'] as const)[round % 3] as NodeJS.Signals;
      await interrupted(folder, signal, 40 + ((round * 397) % 1400));
    }
    await untilGone(folder);
    assert.deepEqual(await readdir(folder), []);
    assert.deepEqual(processesIn(folder), []);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

async function interrupted(folder: string, signal: NodeJS.Signals, delay: number): Promise<void> {
  const args = [
    'src/cli.ts',
    'check',
    '--working-directory',
    'examples/shop',
    '--applied-through',
    '4',
    '--server',
    'embedded',
    '--postgres',
    '15',
  ];
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: folder };
  const child = spawn(process.execPath, args, { env, stdio: 'ignore' });
  const timer = setTimeout(() => child.kill(signal), delay);
  await new Promise((resolve) => child.once('exit', resolve));
  clearTimeout(timer);
}

/** The guardian of a killed check takes a moment. */
async function untilGone(folder: string): Promise<void> {
  for (let attempt = 0; attempt < 100 && (await readdir(folder)).length > 0; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function processesIn(folder: string): string[] {
  const lines = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(folder));
}

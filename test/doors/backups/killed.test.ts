import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, readdir, symlink, watch, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { ownProcess } from '../../../src/model/process.ts';
import { program } from '../../support/program.ts';
import { needsClients, type Scene, scene } from './scene.ts';

const bulk = `CREATE TABLE bulk AS SELECT g, repeat(md5(g::text), 1600) AS text FROM generate_series(1, 750) g`;
const words = ['backup', '--format', 'directory'];

/** Kills the program as soon as it has a folder for temporary files; returns the folder's name. */
async function killedAtWork({ env }: Scene): Promise<string> {
  const seen = new AbortController();
  const watching = watch(env.TMPDIR as string, { signal: seen.signal });
  const around = { PATH: process.env.PATH, HOME: process.env.HOME, ...env };
  const child = spawn(process.execPath, [program, ...words], { env: around, stdio: 'ignore' });
  for await (const { filename } of watching) {
    child.kill('SIGKILL');
    await once(child, 'close');
    seen.abort();
    return filename as string;
  }
  throw new Error('It made no folder.');
}

test('what a run that was killed left among the temporary files, the next one removes', needsClients, async (test) => {
  const there = await scene(test, bulk);
  const TMPDIR = join(there.folder, 'tmp');
  await mkdir(TMPDIR);
  const killed = await killedAtWork({ ...there, env: { ...there.env, TMPDIR } });
  assert.deepEqual(await readdir(TMPDIR), [killed]);
  const own = await ownProcess(); // of this test, which lives
  const [machine, number, start] = own.split('-');
  const kept = [
    `lockkeeper-dump-${own}-living`,
    `lockkeeper-dump-00000000-${number}-${start}-elsewhere`,
    'lockkeeper-dump-older',
    'lockkeeper-dumps',
  ];
  for (const name of kept) await mkdir(join(TMPDIR, name));
  await symlink(there.folder, join(TMPDIR, `lockkeeper-dump-${machine}-${number}-1-link`));
  kept.push(`lockkeeper-dump-${machine}-${number}-1-link`);
  if (process.getuid?.() === 0) {
    kept.push(`lockkeeper-dump-${machine}-${number}-1-foreign`);
    await mkdir(join(TMPDIR, kept.at(-1) as string));
    await chown(join(TMPDIR, kept.at(-1) as string), 12345, 12345);
  }
  const reused = join(TMPDIR, `lockkeeper-dump-${machine}-${number}-1-reused`);
  await mkdir(reused);
  await writeFile(join(reused, 'dump'), 'rows');
  await there.backUp(['--format', 'directory'], { TMPDIR });
  assert.deepEqual((await readdir(TMPDIR)).sort(), kept.sort());
});

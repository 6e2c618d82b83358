import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import type { BackupsReport } from '../../../src/model/backup-report.ts';
import { program } from '../../support/program.ts';
import { filesIn, needsClients, on, people, type Scene, scene } from './scene.ts';

/** A few MB that do not compress, so that there is a middle to be ended in. */
const large = `${people}
  CREATE TABLE bulk AS SELECT g, md5(g::text) || md5((g + 1)::text) AS text FROM generate_series(1, 60000) g;`;

/** Begins a command and ends it after so many milliseconds; resolves to its exit code, null where it had no say. */
async function ended(there: Scene, words: readonly string[], signal: NodeJS.Signals, after: number) {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...there.env };
  const child = spawn(process.execPath, [program, ...words], { env, stdio: 'ignore' });
  const timer = setTimeout(() => child.kill(signal), after);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(timer);
  return code;
}

/** Moments from before the dump begins until after it has ended. */
const moments = [350, 500, 600, 700, 800, 1000, 1300];

async function sessionsOf({ address }: Scene): Promise<unknown[]> {
  await using admin = await on('postgres');
  const sessions = `SELECT application_name FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'
    AND pid <> $2`;
  return await admin.query(sessions, [address.database, 0]);
}

test('SIGTERM and SIGINT: ended in good order, nothing is left', needsClients, async (test) => {
  const there = await scene(test, large);
  const before = (await sessionsOf(there)).length;
  for (const [index, after] of moments.entries()) {
    const signal = index % 2 === 0 ? 'SIGTERM' : 'SIGINT';
    const code = await ended(there, ['backup'], signal, after);
    const files = await filesIn(there.store);
    if (code === 0) assert.ok(files.some((name) => name.endsWith('.manifest.json')));
    else assert.deepEqual(await whole(there), [], `${signal} after ${after} ms, exit ${code}`);
    assert.ok(!files.some((name) => name.endsWith('.partial')), `${signal} after ${after} ms: ${files}`);
    assert.equal((await sessionsOf(there)).length, before, 'no program is left on the server');
  }
  await there.report(['backup']);
});

/** Dumps that have no manifest. */
async function whole({ store }: Scene): Promise<string[]> {
  const files = await filesIn(store);
  const backed = files.filter((name) => name.endsWith('.manifest.json')).map((name) => name.split('.')[0]);
  return files.filter((name) => !backed.some((id) => id && name.startsWith(id)));
}

test('SIGKILL: no half of it counts as a backup, and the next run works', needsClients, async (test) => {
  const there = await scene(test, large);
  for (const after of moments) {
    const code = await ended(there, ['backup'], 'SIGKILL', after);
    const { backups } = await there.report<BackupsReport>(['backups']);
    if (code !== 0 && backups.length > 0) await there.report(['verify', '--depth', 'decode']);
  }
  await there.report(['backup']);
  await there.report(['verify', '--backup', '1']);
});

test('a restore that is ended leaves no database', needsClients, async (test) => {
  const there = await scene(test, large);
  await there.report(['backup']);
  const name = `ended_${process.pid}`;
  await using admin = await on('postgres');
  test.after(async () => {
    await using again = await on('postgres');
    await again.send(`DROP DATABASE IF EXISTS ${name}`);
  });
  for (const after of [600, 900, 1200]) {
    const code = await ended(there, ['restore', '--into', name], 'SIGTERM', after);
    const found = await admin.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (code === 0) return;
    assert.deepEqual(found, [], `after ${after} ms, exit ${code}`);
  }
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { sealed, storedText } from '../../../src/jobs/backups/seal.ts';
import type { BackupsReport } from '../../../src/model/backup-report.ts';
import { needsClients, people, scene } from './scene.ts';

/** A watchman that writes down what it is asked for; one that hangs answers nothing. */
async function watchman(test: TestContext, hangs = false) {
  const asked: string[] = [];
  const server = createServer(({ url = '', headers: { authorization } }, outgoing) => {
    asked.push(authorization ? `${authorization} ${url}` : url);
    if (!hangs) outgoing.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return { asked, url: `http://127.0.0.1:${address.port}/hidden-token?rid=7` };
}

test('a watchman is told of success and failure', needsClients, async (test) => {
  const there = await scene(test, people);
  const { asked, url } = await watchman(test);
  const env = { LOCKKEEPER_PING_URL: url };
  const ends = [
    [['backup'], 0],
    [['backups', '--max-age', '1h'], 1],
    [['verify', '--depth', 'bytes'], 0],
    [['backups', '--max-age', '1h'], 0],
    [['prune', '--keep-last', '1'], 0],
    [['backup', '--store', join(there.folder, 'nowhere')], 3],
  ] as const;
  for (const [words, status] of ends) {
    const ended = await there.run(words, env);
    assert.equal(ended.status, status, ended.stderr);
    assert.doesNotMatch(ended.stdout + ended.stderr, /hidden-token/);
  }
  const told = (status: number) => (status === 0 ? '/hidden-token?rid=7' : '/hidden-token/fail?rid=7');
  assert.deepEqual(
    asked,
    ends.map(([, status]) => told(status)),
  );
});

test('a watchman who asks for a name and a password gets those of the URL', needsClients, async (test) => {
  const there = await scene(test);
  const { asked, url } = await watchman(test);
  const named = url.replace('//', '//me:p%40ss@');
  const { status, stdout, stderr } = await there.run(['backups', '--max-age', '1h'], { LOCKKEEPER_PING_URL: named });
  assert.equal(status, 1, stderr);
  assert.deepEqual(asked, [`Basic ${btoa('me:p@ss')} /hidden-token/fail?rid=7`]);
  assert.doesNotMatch(stdout + stderr, /p%40ss|p@ss|hidden-token/);
  const wrong = await there.run(['backups'], { LOCKKEEPER_PING_URL: 'not a hidden-token' });
  assert.match(wrong.stderr, /the ping URL could not be reached: Invalid URL/);
});

test('a watchman that hangs, or is not there, changes nothing', needsClients, async (test) => {
  const there = await scene(test, people);
  const { asked, url } = await watchman(test, true);
  const impatient = 'const { timeout } = AbortSignal; AbortSignal.timeout = (ms) => timeout(ms / 4)';
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(impatient)}`;
  for (const each of [url, 'http://127.0.0.1:9/hidden-token']) {
    const { status, stderr } = await there.run(['backup'], { LOCKKEEPER_PING_URL: each, NODE_OPTIONS });
    assert.equal(status, 0, stderr);
    assert.match(stderr, /the ping URL could not be reached: /);
    assert.doesNotMatch(stderr, /hidden-token/);
  }
  assert.equal(asked.length, 1);
});

test('fresh is what is young and proved by its last drill', needsClients, async (test) => {
  const there = await scene(test, people);
  const ask = (...more: readonly string[]) => there.run(['backups', '--max-age', '26h', ...more]);
  assert.equal((await ask()).status, 1, 'nothing is there');
  const { key, manifest } = await there.backUp();
  assert.equal((await ask()).status, 1, 'nothing is proved');
  await there.report(['verify', '--depth', 'decode']);
  assert.equal((await ask()).status, 0);
  assert.equal((await ask('--database', 'another')).status, 1, 'of that one there is none');

  const path = join(there.store, key);
  const { sha256: _, ...record } = manifest;
  const dated = async (hours: number) => {
    const takenAt = new Date(Date.now() - hours * 3_600_000).toISOString();
    await writeFile(path, storedText(sealed({ ...record, takenAt })));
    return takenAt;
  };
  await dated(25);
  assert.equal((await ask()).status, 0);
  const takenAt = await dated(27);
  const { stale } = await there.report<BackupsReport>(['backups', '--max-age', '26h'], 1);
  assert.deepEqual(stale, [{ database: there.address.database, newestVerified: takenAt }]);

  await dated(-1);
  assert.equal((await ask()).status, 0, 'a clock that is a little ahead');
  await dated(-27);
  assert.equal((await ask()).status, 1, 'of the future it would be fresh for long');

  await dated(1);
  const dump = join(there.store, manifest.dump.key);
  const bytes = await readFile(dump);
  await writeFile(dump, bytes.subarray(1));
  await there.report(['verify', '--depth', 'bytes'], 8);
  assert.equal((await ask()).status, 1, 'its last drill failed');
  await writeFile(dump, bytes);
  await there.report(['verify', '--depth', 'bytes']);
  assert.equal((await ask()).status, 0);
});

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import type { BackupsReport } from '../../../src/model/backup-report.ts';
import { openStore } from '../../../src/stores/index.ts';
import { corrupted, randomFrom, seed } from './corruption.ts';
import { assertNoticed } from './noticed.ts';
import { filesIn, needsClients, people, type Scene, scene } from './scene.ts';

/** One of each kind, each with a drill. */
async function backups(there: Scene): Promise<void> {
  const recipient = await identityToRecipient(await generateIdentity());
  for (const words of [
    ['--compression', 'none'],
    ['--compression', 'gzip', '--format', 'plain'],
    ['--encrypt-to', recipient],
  ]) {
    const { id } = await there.backUp(words);
    await there.report(['verify', '--backup', id, '--depth', 'bytes']);
  }
}

test('1,000 random corruptions, and every one is noticed', needsClients, async (test) => {
  const there = await scene(test, people);
  await backups(there);
  const store = await openStore(there.store, { notice: () => {} });
  const keys = (await Array.fromAsync(store.list(''))).map(({ key }) => key);
  assert.equal(keys.length, 3 * 4, 'dump, roles, manifest, drill');
  const random = randomFrom(seed);
  for (let round = 1; round <= 1000; round++) {
    const key = keys[round % keys.length] as string;
    const path = join(there.store, key);
    const before = await readFile(path);
    const { what, bytes } = corrupted(before, random);
    await writeFile(path, bytes);
    await assertNoticed(store, key, before, bytes).catch((error) => {
      throw new Error(`Not noticed in round ${round}, seed ${seed}: ${what} in ${key}`, { cause: error });
    });
    await writeFile(path, before);
  }
  assert.equal((await filesIn(there.store)).length, keys.length);
  test.diagnostic(`seed ${seed}`);
});

const unwrapped = (text: string) => text.replaceAll(/\s+/g, ' ');

test('a person is told of it', needsClients, async (test) => {
  const there = await scene(test, people);
  const { id, key, manifest } = await there.backUp();
  const random = randomFrom(seed);
  const spoil = async (which: string) => {
    const path = join(there.store, which);
    const before = await readFile(path);
    await writeFile(path, corrupted(before, random).bytes);
    return { [Symbol.asyncDispose]: () => writeFile(path, before) };
  };
  for (const which of [manifest.dump.key, manifest.globals?.key as string]) {
    await using _ = await spoil(which);
    const { status, stdout } = await there.run(['verify', '--backup', id, '--depth', 'bytes']);
    assert.match(unwrapped(stdout), new RegExp(`${RegExp.escape(which)} is damaged: the stored bytes are not those`));
    assert.equal(status, 8);
  }
  await using _ = await spoil(key);
  const { backups, broken } = await there.report<BackupsReport>(['backups']);
  assert.deepEqual([backups, broken.map((each) => each.key)], [[], [key]]);
  const drill = await there.run(['verify', '--depth', 'bytes']);
  assert.match(
    unwrapped(drill.stdout),
    new RegExp(`${RegExp.escape(key)} cannot be used: it is (no JSON|not as it was written)`),
  );
  assert.equal(drill.status, 8);
  const restore = await there.run(['restore', '--backup', id, '--into', 'x']);
  assert.match(restore.stderr, /There is no backup/);
  assert.equal(restore.status, 3);
});

test('a dump cut between two frames of zstd, which zstd takes for whole, is noticed', needsClients, async (test) => {
  const there = await scene(test, `CREATE TABLE bulk AS SELECT md5(g::text) FROM generate_series(1, 100000) g`);
  const { manifest } = await there.backUp(['--compression', 'zstd']);
  const path = join(there.store, manifest.dump.key);
  const whole = await readFile(path);
  const second = whole.indexOf(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), 4);
  assert.ok(second > 0);
  const cut = whole.subarray(0, second);
  assert.ok(zstdDecompressSync(cut).length > 0);
  await writeFile(path, cut);
  const { status, stdout } = await there.run(['verify', '--depth', 'bytes']);
  assert.match(unwrapped(stdout), /is damaged: /);
  assert.equal(status, 8);
});

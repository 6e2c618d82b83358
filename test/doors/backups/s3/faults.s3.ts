import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import type { BackupReport } from '../../../../src/model/backup-report.ts';
import type { Relay } from '../../../stores/s3/relay.ts';
import { runProgram } from '../../../support/program.ts';
import { s3Servers } from '../../../support/stores.ts';
import { needsClients } from '../scene.ts';
import { goneAfterManifest, type Lasting, lasting, passing } from './fault-scenes.ts';
import { assertClear, assertEmpty, assertGone, bulk, keysIn, leftIn, ownScene, place } from './scene.ts';

const { signal } = new AbortController();

for (const server of s3Servers)
  test(`faults on the way to ${server.name}`, { ...needsClients, concurrency: 3 }, async (test) => {
    const common = await ownScene(test, bulk);

    const attempt = async (test: TestContext, fault: Relay['fault']) => {
      const there = await place(test, server, fault);
      const words = ['backup', '--compression', 'none', '--report-json', '-'];
      const ended = await runProgram(words, { env: { ...common.env, ...there.env } });
      assertClear(ended.stdout + ended.stderr);
      return { ...there, ...ended };
    };

    const survive = async (test: TestContext, fault: Relay['fault']) => {
      const { status, stderr, stdout, store } = await attempt(test, fault);
      assert.equal(status, 0, stderr);
      const [taken] = (JSON.parse(stdout) as BackupReport).backups;
      assert.ok(taken);
      const { dump, globals } = taken.manifest;
      assert.deepEqual(await keysIn(store), [dump.key, globals?.key, taken.key]);
      assert.deepEqual(await leftIn(store), []);
      const hash = createHash('sha256');
      for await (const piece of store.read(dump.key, signal)) hash.update(piece);
      assert.equal(hash.digest('hex'), dump.stored.sha256);
    };

    const fail = async (test: TestContext, { fault, status, says }: Lasting) => {
      const ended = await attempt(test, fault());
      assert.match(ended.stderr, says);
      assert.equal(ended.status, status, ended.stderr);
      await assertEmpty(ended);
    };

    const vanish = async (test: TestContext) => {
      const { status, stderr, store } = await attempt(test, goneAfterManifest());
      assert.equal(status, 8, stderr);
      assert.match(stderr, /could not be removed again: .*\.manifest\.json, .*\.dump\. It may count as a backup/);
      assert.equal((await keysIn(store)).length, 3);
    };

    await Promise.all([
      ...Object.entries(passing).map(([name, fault]) =>
        test.test(`withstood: ${name}`, (inner) => survive(inner, fault())),
      ),
      ...Object.entries(lasting).map(([name, each]) =>
        test.test(`told, and nothing is left: ${name}`, (inner) => fail(inner, each)),
      ),
      test.test('a network that is gone after the manifest: what may be there is told', vanish),
    ]);
    await assertGone(common);
  });

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BackupsReport, PruneReport } from '../../../../src/model/backup-report.ts';
import type { Fault, Seen } from '../../../stores/s3/relay.ts';
import { s3Servers } from '../../../support/stores.ts';
import { needsClients, people } from '../scene.ts';
import { assertClear, assertEmpty, bulk, keysIn, ownScene, place } from './scene.ts';

const lock = ['--s3-lock-days', '1', '--s3-lock-mode', 'GOVERNANCE'];

for (const server of s3Servers) {
  test(`object lock: ${server.name}: prune keeps what is locked, and says so`, needsClients, async (test) => {
    const there = await ownScene(test, people);
    const { store, env: more } = await place(test, server, undefined, { locks: true });
    const env = { ...there.env, ...more };
    const locked = await there.backUp(lock, env);
    const free = await there.backUp([], env);
    const last = await there.backUp([], env);
    const kept = (await Array.fromAsync(store.list(''))).filter(({ lockedUntil }) => lockedUntil);
    assert.equal(kept.length, 3, 'dump, roles and manifest');
    const words = ['prune', '--keep-last', '1', '--keep-verified', '0', '--min-age', '0h'];
    const { backups } = await there.report<PruneReport>(words, 0, env);
    const reasons = new Map(backups.map(({ id, keep, reasons }) => [id, keep ? reasons.join() : 'goes']));
    assert.equal(reasons.get(free.id), 'goes');
    assert.match(reasons.get(locked.id) ?? '', /locked/);
    const left = await there.report<BackupsReport>(['backups'], 0, env);
    assert.deepEqual(left.backups.map(({ id }) => id).sort(), [locked.id, last.id].sort());
    assert.deepEqual([left.broken, left.orphans], [[], []]);
  });

  test(`object lock: ${server.name}: what a failed backup leaves is named`, needsClients, async (test) => {
    const there = await ownScene(test, bulk);
    const fault = ({ operation, key }: Seen): Fault | undefined =>
      operation === 'PutObject' && key.endsWith('manifest.json')
        ? { answer: { status: 500, code: 'InternalError' } }
        : undefined;
    const { store, env: more } = await place(test, server, fault, { locks: true });
    const { status, stderr } = await there.run(['backup', ...lock], { ...there.env, ...more });
    assertClear(stderr);
    assert.match(stderr, /could not be removed again: .*\.dump\.zst.*\. It does not count as a backup\./);
    assert.equal(status, 8);
    assert.equal((await keysIn(store)).length, 2);
    const { backups, orphans } = await there.report<BackupsReport>(['backups'], 0, { ...there.env, ...more });
    assert.deepEqual([backups.length, orphans.length], [0, 1]);
  });

  test(
    `object lock: ${server.name}: a bucket that cannot lock is told, and nothing is left`,
    needsClients,
    async (test) => {
      const there = await ownScene(test, people);
      const { store, env } = await place(test, server);
      const { status, stderr } = await there.run(['backup', ...lock], { ...there.env, ...env });
      assert.match(stderr, /cannot lock objects.*\n.*turned on per bucket/);
      assert.equal(status, 3);
      await assertEmpty({ store });
    },
  );
}

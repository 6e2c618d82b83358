import assert from 'node:assert/strict';
import { readCatalog } from '../../../src/jobs/backups/catalog.ts';
import { drillKey, isManifest } from '../../../src/jobs/backups/keys.ts';
import { verify } from '../../../src/jobs/verify.ts';
import type { Store } from '../../../src/model/store.ts';

const { signal } = new AbortController();
const progress = { step: () => {} };

async function never(): Promise<never> {
  throw new Error('no server is needed');
}

/**
 * That a store whose object of this key is not what it was says so: a manifest is no backup any more, a drill no proof, and
 * a drill of the stored bytes finds a dump or its roles. What still says the very same is no change: spaces in JSON.
 */
export async function assertNoticed(store: Store, key: string, before: Buffer, now: Buffer): Promise<void> {
  const { backups, broken } = await readCatalog(store, signal);
  if (key.endsWith('.json')) {
    if (broken.some((each) => each.key === key)) {
      assert.ok(!isManifest(key) || backups.every((each) => each.key !== key), 'it is broken, and a backup');
      return;
    }
    assert.deepEqual(JSON.parse(String(now)), JSON.parse(String(before)));
    return;
  }
  const [backup] = backups.filter(({ keys }) => keys.includes(key));
  assert.ok(backup);
  const given = {
    store,
    backup,
    jobs: 1,
    openServer: never,
    identities: [],
    assertions: [],
    version: '0',
    signal,
    progress,
  };
  const drill = await verify({ ...given, depth: 'bytes' });
  await store.remove([drillKey(backup.key, new Date(drill.startedAt))]);
  assert.equal(drill.outcome, 'failed');
  assert.match(drill.problems.join(), new RegExp(`${RegExp.escape(key)} is damaged`));
}

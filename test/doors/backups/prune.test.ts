import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { manifestKey } from '../../../src/jobs/backups/keys.ts';
import { sealed, storedText } from '../../../src/jobs/backups/seal.ts';
import type { BackupsReport, PruneReport } from '../../../src/model/backup-report.ts';
import { filesIn, needsClients, scene } from './scene.ts';

const day = 86_400_000;

test(
  'a year of two databases with like names, and a store below: dry run and run agree',
  needsClients,
  async (test) => {
    const there = await scene(test);
    const { manifest, key } = await there.backUp();
    const { sha256: _, globals: __, ...record } = manifest;
    /** A backup whose manifest says that it was taken so many days ago. */
    const forge = async (store: string, database: string, days: number) => {
      const takenAt = new Date(Date.now() - days * day).toISOString();
      const dump = {
        ...manifest.dump,
        key: `postgres/${database}/backup_${takenAt.replaceAll(/[-:.]/g, '')}.dump.zst`,
      };
      await mkdir(dirname(join(store, dump.key)), { recursive: true });
      await writeFile(join(store, dump.key), 'a dump');
      await writeFile(join(store, manifestKey(dump.key)), storedText(sealed({ ...record, database, takenAt, dump })));
    };
    const below = join(there.store, 'postgres', 'below');
    for (let days = 3; days < 365; days += 11)
      for (const [store, database] of [
        [there.store, 'shop'],
        [there.store, 'shop_eu'],
        [below, 'shop'],
      ] as const)
        await forge(store, database, days);

    const words = ['prune', '--keep-daily', '2', '--keep-monthly', '3'];
    const kept = ({ backups }: PruneReport) => backups.map(({ database, takenAt, keep }) => [database, takenAt, keep]);
    const before = await filesIn(there.store);
    const decided = await there.report<PruneReport>([...words, '--dry-run']);
    assert.deepEqual(await filesIn(there.store), before);
    assert.deepEqual([decided.backups.length, decided.broken, decided.leftovers], [33 * 2 + 1, [], []]);
    for (const database of ['shop', 'shop_eu']) {
      const stay = decided.backups.filter((each) => each.database === database && each.keep);
      assert.ok(stay.length >= 4 && stay.length <= 5, `${stay.length}`);
    }
    assert.deepEqual(kept(await there.report<PruneReport>(words)), kept(decided));
    const { backups } = await there.report<BackupsReport>(['backups']);
    assert.equal(backups.length, decided.backups.filter(({ keep }) => keep).length);
    assert.ok(backups.some((each) => each.key === key));
    assert.equal((await filesIn(below)).length, 33 * 2, 'another store’s');
    const again = await there.report<PruneReport>([...words, '--store', below]);
    assert.ok(again.backups.some(({ keep }) => !keep));
  },
);

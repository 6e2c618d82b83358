import assert from 'node:assert/strict';
import { rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { isDump, isOurs, keyOf, nameIn } from '../../../src/jobs/backups/keys.ts';
import type { BackupsReport, PruneReport, RestoreReport } from '../../../src/model/backup-report.ts';
import { quote } from '../../../src/postgres/quote.ts';
import { filesIn, needsClients, on, people, scene } from './scene.ts';

const templates = [
  ...['postgres/{database}/backup_{timestamp}', '{database}/{timestamp}-nightly', '{timestamp}/{database}'],
  ...['{timestamp}{database}', '{timestamp}.globals', 'x.dump/{timestamp}/all of {database}.sql', '{timestamp}'],
];

test('keys of every template are known as ours, and what surrounds a dump is no dump', () => {
  const at = new Date('2026-11-21T02:07:00.123Z');
  for (const keyTemplate of templates)
    for (const format of ['custom', 'plain', 'directory'] as const)
      for (const compression of ['zstd', 'gzip', 'none'] as const)
        for (const recipients of [[], ['age1']]) {
          if (keyTemplate.endsWith('.globals') && format === 'plain') continue; // that is the name of roles
          const key = keyOf({ keyTemplate, target: { database: 'a 2' }, format, compression, recipients }, at);
          assert.ok(isDump(key) && isOurs(key), key);
          assert.match(nameIn(key), /20261121T020700123Z/);
          const beside = ['.globals.sql', '.globals.sql.age', '.manifest.json', '.drill_20261121T020700123Z.json'];
          for (const each of beside)
            assert.deepEqual([isDump(key + each), isOurs(key + each)], [false, true], key + each);
        }
  for (const others of [
    'shop.dump',
    '2026-11-21/shop.dump.zst',
    '20261121T020700123Z/readme',
    '20269921T020700123Z.sql',
  ])
    assert.deepEqual([isDump(others), isOurs(others)], [false, false], others);
});

for (const template of ['{database}/{timestamp}-nightly', '{timestamp}/{database}'])
  test(`${template}: listed by names that differ, restored by them, and swept`, needsClients, async (test) => {
    const there = await scene(test, people);
    const words = ['--key', template];
    const first = await there.backUp(words);
    const second = await there.backUp(words);
    assert.notEqual(first.id, second.id);
    const into = `${there.address.database}_again`;
    test.after(async () => {
      await using admin = await on('postgres');
      await admin.send(`DROP DATABASE IF EXISTS ${quote(into)}`);
    });
    const restored = await there.report<RestoreReport>(['restore', '--backup', first.id, '--into', into]);
    assert.equal(restored.takenAt, first.manifest.takenAt);

    await there.report(['verify', '--backup', first.id]);
    await rm(join(there.store, first.key)); // now it is what a run that was cut off has left
    await writeFile(join(there.store, 'others.dump'), 'not ours');
    const { orphans, backups } = await there.report<BackupsReport>(['backups']);
    assert.deepEqual(orphans, [first.manifest.dump.key]);
    assert.deepEqual(
      backups.map(({ id }) => id),
      [second.id],
    );
    const old = new Date(Date.now() - 2 * 86_400_000);
    await utimes(join(there.store, first.manifest.dump.key), old, old);
    const { leftovers } = await there.report<PruneReport>(['prune', '--keep-last', '1', '--sweep']);
    assert.deepEqual(
      leftovers.map(({ key, removed }) => [key, removed]),
      [[first.manifest.dump.key, true]],
    );
    const left = (await filesIn(there.store)).length;
    assert.equal(left, 4, 'the second backup and what is not ours');
  });

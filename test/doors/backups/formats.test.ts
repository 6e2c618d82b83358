import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import type { RestoreReport, VerifyReport } from '../../../src/model/backup-report.ts';
import { quote } from '../../../src/postgres/quote.ts';
import { everything } from './everything.ts';
import { needsClients, on, type Scene, scene } from './scene.ts';

for (const format of ['custom', 'plain', 'directory'])
  test(`${format}: everything a database may hold comes back, however it is packed`, needsClients, async (test) => {
    const there = await scene(test, everything);
    const identity = await generateIdentity();
    const key = join(there.folder, 'key');
    await writeFile(key, identity);
    const to = ['--encrypt-to', await identityToRecipient(identity)];
    for (const compression of ['zstd', 'gzip', 'none']) {
      // each of them with and without encryption, in one format or another
      const encryption = (compression === 'gzip') === (format === 'custom') ? [] : to;
      const words = ['--format', format, '--compression', compression, '--jobs', '2', ...encryption];
      const { id, manifest } = await there.backUp(words);
      assert.equal(manifest.dump.format, format);
      await passes(there, ['--backup', id, '--identity-file', key, '--jobs', '2']);
    }
    await passes(there, ['--backup', '1', '--identity-file', key, '--depth', 'decode']);
    await comesBack(there, key);
  });

async function passes(there: Scene, words: readonly string[]): Promise<void> {
  const { drills } = await there.report<VerifyReport>(['verify', ...words]);
  assert.deepEqual(
    drills.map(({ drill }) => [drill.outcome, drill.problems]),
    [['passed', []]],
  );
}

/** What a fingerprint and counts do not tell. */
async function comesBack({ session, report, address }: Scene, key: string): Promise<void> {
  const name = `${address.database} "back"`;
  await report<RestoreReport>(['restore', '--into', name, '--identity-file', key]);
  try {
    await using back = await on(name);
    for (const query of [
      'SELECT id, name, label FROM "people of ""läden""" ORDER BY id LIMIT 20',
      "SELECT loid, md5(string_agg(data, '' ORDER BY pageno)) FROM pg_largeobject GROUP BY 1 ORDER BY 1",
      'SELECT * FROM odd ORDER BY 1',
      "SELECT obj_description('odd'::regclass)",
      'SELECT evtname, evtevent FROM pg_event_trigger',
      'SELECT pubname, puballtables FROM pg_publication ORDER BY 1',
      'SELECT last_value, is_called FROM numbers',
    ])
      assert.deepEqual(await back.query(query), await session.query(query), query);
  } finally {
    await using admin = await on('postgres');
    await admin.send(`DROP DATABASE IF EXISTS ${quote(name)}`);
  }
}

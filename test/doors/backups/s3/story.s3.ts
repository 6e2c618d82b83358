import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import type { BackupsReport, PruneReport, RestoreReport, VerifyReport } from '../../../../src/model/backup-report.ts';
import { quote } from '../../../../src/postgres/quote.ts';
import { s3Servers } from '../../../support/stores.ts';
import { needsClients, on, people } from '../scene.ts';
import { assertEmpty, keysIn, leftIn, ownScene, place } from './scene.ts';

const kinds = [
  { compression: 'zstd', format: 'custom' },
  { compression: 'gzip', format: 'plain' },
  { compression: 'none', format: 'custom', encrypted: true },
  { compression: 'zstd', format: 'plain', encrypted: true },
] as const;

const depths = ['bytes', 'decode', 'restore'] as const;

for (const server of s3Servers)
  test(`backups in ${server.name}, from their birth to their end`, needsClients, async (test) => {
    const { folder, env, address, ...there } = await ownScene(test, people);
    const { store, env: more } = await place(test, server);
    const report = <Report>(words: readonly string[]) => there.report<Report>(words, 0, { ...env, ...more });
    const identity = await generateIdentity();
    const keyFile = join(folder, 'key');
    await writeFile(keyFile, identity);
    const taken = [];
    for (const kind of kinds) {
      const to = 'encrypted' in kind ? ['--encrypt-to', await identityToRecipient(identity)] : [];
      const words = [
        '--compression',
        kind.compression,
        '--format',
        kind.format,
        '--key',
        'all of {database}/at {timestamp}',
      ];
      taken.unshift(await there.backUp([...words, ...to], { ...env, ...more }));
    }
    const ids = taken.map(({ id }) => id);
    const listed = await report<BackupsReport>(['backups']);
    assert.deepEqual(
      listed.backups.map(({ id, encrypted }) => [id, encrypted]),
      ids.map((id, index) => [id, index < 2]),
    );
    assert.deepEqual([listed.broken, listed.orphans, await leftIn(store)], [[], [], []]);

    for (const id of ids)
      for (const depth of depths) {
        const words = ['verify', '--backup', id, '--depth', depth, '--identity-file', keyFile];
        const { outcome, drills } = await report<VerifyReport>(words);
        assert.equal(outcome, 'passed', drills[0]?.drill.problems.join());
      }

    const into = `${address.database}_again`;
    test.after(async () => {
      await using admin = await on('postgres');
      await admin.send(`DROP DATABASE IF EXISTS ${quote(into)}`);
    });
    const restored = await report<RestoreReport>(['restore', '--into', into, '--identity-file', keyFile]);
    assert.deepEqual([restored.from, restored.outcome], [ids[0], 'passed']);
    await using session = await on(into);
    assert.deepEqual(await session.query('SELECT count(*)::int FROM people'), [{ count: 1000 }]);

    const words = ['prune', '--keep-last', '1', '--min-age', '0h'];
    const verdicts = ({ backups }: PruneReport) => backups.map(({ id, keep, reasons }) => [id, keep, reasons]);
    const before = await keysIn(store);
    const decided = verdicts(await report<PruneReport>([...words, '--dry-run']));
    assert.deepEqual(await keysIn(store), before);
    assert.deepEqual(verdicts(await report<PruneReport>(words)), decided);
    const kept = await keysIn(store);
    assert.ok(kept.every((key) => key.startsWith(`all of ${encodeURIComponent(address.database)}/${ids[0]}.`)));
    await store.remove(kept);
    await assertEmpty({ store });
  });

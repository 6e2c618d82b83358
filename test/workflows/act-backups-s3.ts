// The workflows of backups against S3 servers that others wrote, with keys (a local runner has no OIDC), from the callers
// that people copy to what is in the bucket. `npm run test:workflows` runs it; `npm test` does not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { RestoreReport, VerifyReport } from '../../src/model/backup-report.ts';
import { serverNames } from '../support/s3-servers.ts';
import { bucketOf, keys } from './bucket.ts';
import { orders, query, user } from './user.ts';

const nightly = { schedule: '17 2 * * 1-6' };
const weekly = { schedule: '17 2 * * 0' };

/** The caller with other rules of retention. */
const keeping = (rules: Readonly<Record<string, string>>) => (text: string) =>
  text.replaceAll(/^( +)keep-daily: .*\n( +keep-.*\n)*/gm, (_, indent) =>
    Object.entries({ ...rules, 'min-age': '0h' })
      .map(([name, value]) => `${indent}${name}: ${value}\n`)
      .join(''),
  );
const shortMemory = keeping({ 'keep-last': '2', 'keep-verified': '1' });

/** How a workflow names what it was given. */
const expression = (name: string) => `\${{ ${name} }}`;

for (const name of serverNames)
  test(`${name}: night after night, with a drill; what no rule keeps goes, what was proved stays`, async (test) => {
    const bucket = await bucketOf(test, name);
    await using shop = await user(`act_${name}`, bucket);
    const first = await shop.run('scheduled-backup', 'workflow_dispatch', {}, shortMemory);
    assert.equal(first.status, 0, first.log);
    const report = JSON.parse(await first.kept('lockkeeper-verify-production/verify.json')) as VerifyReport;
    assert.deepEqual(
      report.drills.map(({ database, drill }) => [database, drill.outcome, drill.restored?.rows]),
      [[shop.database, 'passed', 500]],
    );
    const [proved = ''] = await bucket.keys('.manifest.json');
    for (let night = 1; night <= 3; night++) {
      await query(shop.database, `INSERT INTO orders VALUES (${1000 + night})`);
      const job = await shop.run('scheduled-backup', 'schedule', nightly, shortMemory);
      assert.equal(job.status, 0, job.log);
      assert.doesNotMatch(job.log, /Hold the drill/);
      const manifests = await bucket.keys('.manifest.json');
      assert.equal(manifests.length, Math.min(3, night + 1), job.log);
      assert.ok(manifests.includes(proved), 'the one that a drill has proved stays');
    }
    const last = await shop.run('scheduled-backup', 'schedule', weekly, shortMemory);
    assert.equal(last.status, 0, last.log);
    assert.match(last.log, /fresh and proved/);
    const left = await bucket.keys('.dump.zst');
    assert.equal(left.length, (await bucket.keys('.manifest.json')).length, 'no dump without its manifest');
    assert.ok(shop.pings.length >= 5 && shop.pings.every((each) => each === '/ping-5f2c'), shop.pings.join());
  });

test('wrong keys, a wrong URL, stale backups: the job fails, tells why, pings the watchman, and prunes nothing', async (test) => {
  const bucket = await bucketOf(test, 'versitygw');
  await using shop = await user('act_s3_faults', bucket);
  const forgetful = keeping({ 'keep-last': '1' });
  for (let night = 0; night < 2; night++)
    assert.equal((await shop.run('scheduled-backup', 'workflow_dispatch')).status, 0);
  const before = await bucket.keys('');
  const fails = async (change: (text: string) => string, told: RegExp) => {
    const [runs, job] = [shop.pings.length, await shop.run('scheduled-backup', 'schedule', nightly, change)];
    assert.notEqual(job.status, 0, job.log);
    assert.match(job.log, told);
    assert.match(job.log, /Summary - ### ❌ Lockkeeper: /);
    assert.doesNotMatch(job.log, /Run Main Prune/);
    assert.deepEqual(shop.pings.slice(runs), ['/ping-5f2c/fail']);
    assert.deepEqual(await bucket.keys(''), before);
  };
  const wrong = (name: string, value: string) => (text: string) =>
    forgetful(text).replaceAll(expression(`secrets.${name}`), value);
  await fails(
    wrong('AWS_SECRET_ACCESS_KEY', 'no-secret-of-anybody'),
    /::error::.*(refuses|denied|SignatureDoesNotMatch)/is,
  );
  await fails(wrong('DATABASE_URL', 'postgresql://nobody@127.0.0.1:1/shop'), /::error::.*127\.0\.0\.1/s);
  await fails(wrong('DATABASE_URL', ''), /::error::It is not known which database is meant/);

  const stale = await shop.run('scheduled-backup', 'schedule', nightly, (text) => text.replaceAll("'9d'", "'0h'"));
  assert.notEqual(stale.status, 0, stale.log);
  assert.match(stale.log, /too old: it is of/);
  assert.equal(shop.pings.at(-1), '/ping-5f2c/fail');
});

test('encrypted: the recipient is a variable, the secret key is where backups are read and nowhere else', async (test) => {
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const bucket = await bucketOf(test, 'minio');
  await using shop = await user('act_s3_secret', {
    ...bucket,
    secrets: { ...keys, AGE_SECRET_KEY: identity },
    vars: { AGE_RECIPIENT: recipient },
  });
  const encrypting = (text: string) =>
    text.replaceAll('# encrypt-to: age1…', `encrypt-to: ${expression('vars.AGE_RECIPIENT')}`);
  const first = await shop.run('scheduled-backup', 'workflow_dispatch', {}, encrypting);
  assert.equal(first.status, 0, first.log);
  const [dump = ''] = await bucket.keys('.dump.zst.age');
  assert.match(await bucket.read(dump), /^age-encryption\.org\/v1\n/);
  for (const line of first.log.split('\n').filter((each) => each.includes('Backup')))
    assert.doesNotMatch(line, /secret key/, 'the job that backs up has no secret key');

  await query(shop.database, 'DELETE FROM orders WHERE id > 100');
  const copy = await shop.run('restore', 'workflow_dispatch', { inputs: { backup: 'latest', into: 'act_s3_copy' } });
  assert.equal(copy.status, 0, copy.log);
  assert.equal(await orders('act_s3_copy'), 500);
  const over = await shop.run('restore', 'workflow_dispatch', {
    inputs: { backup: 'latest', overwrite: shop.database },
  });
  assert.equal(over.status, 0, over.log);
  assert.equal(await orders(shop.database), 500);
  const report = JSON.parse(await over.kept('lockkeeper-restore-production/restore.json')) as RestoreReport;
  const safe = (await bucket.keys('.manifest.json')).filter((each) => each.includes(`${report.safetyBackup}`));
  assert.match(safe.join(), /\.dump\.zst\.age\.manifest\.json$/, 'the safety backup is encrypted, too');

  const unreadable = await shop.run('restore', 'workflow_dispatch', { inputs: { into: 'act_s3_none' } }, (text) =>
    text
      .replaceAll(/^ +identity: .*\n/gm, '')
      .replaceAll(expression('inputs.backup'), `${dump.split('/').at(-1)?.split('.')[0]}`),
  );
  assert.notEqual(unreadable.status, 0);
  assert.match(unreadable.log, /identity-file/);
});

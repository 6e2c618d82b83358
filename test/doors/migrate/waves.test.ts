import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { WavesReport } from '../../../src/model/waves.ts';
import { quote } from '../../../src/postgres/quote.ts';
import { urlOf } from '../../../src/postgres/url.ts';
import { needsClients, on } from '../backups/scene.ts';
import { type Scene, scene } from './scene.ts';

const waves = ['plan', '--matrix', '--waves', 'canary,eu us'];
const files = { '1_a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);', '2_b.sql': 'CREATE TABLE b ();' };

interface Several extends Scene {
  readonly urls: Readonly<Record<'CANARY_URL' | 'EU_URL' | 'US_URL', string>>;
}

/** Three databases; the first is the scene's own. */
async function several(test: TestContext): Promise<Several> {
  const there = await scene(test);
  await there.write(files);
  const { address } = there;
  const named = (suffix: string) => `${address.database}${suffix}`;
  await using admin = await on('postgres');
  for (const name of [named('_eu'), named('_us')]) {
    await admin.send(`CREATE DATABASE ${quote(name)}`);
    test.after(async () => {
      await using admin = await on('postgres');
      await admin.send(`DROP DATABASE ${quote(name)}`);
    });
  }
  const url = (suffix: string) => urlOf({ ...address, database: named(suffix) });
  return { ...there, urls: { CANARY_URL: url(''), EU_URL: url('_eu'), US_URL: url('_us') } };
}

const asJson = ['--report-json', '-'];
const names = (report: WavesReport) => report.waves.map((wave) => wave.map(({ name }) => name));

test('several targets: by wave, those on which something is pending', needsClients, async (test) => {
  const { run, urls, folder, migrate } = await several(test);
  const first: WavesReport = JSON.parse((await run([...waves, ...asJson], urls)).stdout);
  assert.deepEqual([first.outcome, names(first)], ['passed', [['canary'], ['eu', 'us']]]);
  assert.deepEqual(
    first.waves.flat().map(({ secret, wave, pending }) => [secret, wave, pending]),
    [
      ['CANARY_URL', 1, 2],
      ['EU_URL', 2, 2],
      ['US_URL', 2, 2],
    ],
  );

  const [canary] = first.waves.flat();
  await migrate(['--backup', 'never', '--digest', canary?.digest ?? ''], 0, { LOCKKEEPER_URL: urls.CANARY_URL });
  await migrate(['--backup', 'never', '--target', '1_a'], 0, { LOCKKEEPER_URL: urls.US_URL });
  const { status, stdout } = await run([...waves, '--out', 'plan.json'], urls);
  assert.equal(status, 0);
  assert.match(stdout, /Pending on 2 of 3 targets/);
  assert.match(stdout, /Pending: 1_a, 2_b\./);
  const later: WavesReport = JSON.parse(await readFile(join(folder, 'plan.json'), 'utf8'));
  assert.deepEqual(names(later), [[], ['eu', 'us']]);
  assert.deepEqual(
    later.waves.flat().map(({ pending }) => pending),
    [2, 1],
  );
});

test(
  'one target that cannot be planned, or whose gate is closed, stops all; the others are told',
  needsClients,
  async (test) => {
    const { run, urls, address } = await several(test);
    await using eu = await on(`${address.database}_eu`);
    await eu.send('CREATE TABLE drifted ()');
    const closed = await run(waves, urls);
    assert.equal(closed.status, 4);
    assert.match(closed.stdout, /Nothing may be applied: something is in the way on 1 of 3 targets/);
    assert.match(closed.stdout, /eu: baseline: /);
    const nowhere = urlOf({ ...address, database: 'nowhere', password: 'hidden-word' });
    const ended = await run([...waves, ...asJson], { ...urls, EU_URL: nowhere });
    assert.equal(ended.status, 3);
    assert.doesNotMatch(ended.stdout + ended.stderr, /hidden-word/);
    const report: WavesReport = JSON.parse(ended.stdout);
    assert.deepEqual(names(report), [['canary'], ['us']]);
    assert.match(report.targets[1]?.error?.message ?? '', /nowhere/);
  },
);

const wrong: Readonly<Record<string, readonly [words: readonly string[], says: RegExp]>> = {
  'no targets': [['plan', '--matrix'], /not known which targets.*`waves`/s],
  'a name that is none': [['plan', '--matrix', '--waves', 'eu,us/1'], /`us\/1` is no name of a target/],
  'a name twice': [['plan', '--matrix', '--waves', 'eu-1,us EU-1'], /EU-1 is there twice/],
  'a target without a URL': [['plan', '--matrix', '--waves', 'eu-1,us'], /no URL of eu-1, us.*EU_1_URL, US_URL/s],
};

test('targets that are named wrongly are told, with nothing touched', needsClients, async (test) => {
  const { run, write } = await scene(test);
  await write(files);
  for (const [name, [words, says]] of Object.entries(wrong)) {
    const { status, stderr } = await run(words);
    assert.match(stderr, says, name);
    assert.equal(status, 2, name);
  }
});

import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CheckReport } from '../../../src/model/report.ts';
import { needsClients, on } from '../backups/scene.ts';
import { type Scene, scene } from './scene.ts';

const one = { '0001_people.sql': 'CREATE TABLE people (id bigint PRIMARY KEY, email text, age text);' };
const secret = 'ann.secret@example.org';

/** A target with the first migration and its rows, and a backup of it. */
async function backedUp(test: Parameters<typeof scene>[0]): Promise<Scene> {
  const there = await scene(test);
  const { write, migrate, run, session } = there;
  await write(one);
  await migrate(['--backup', 'never']);
  await session.send(`INSERT INTO people SELECT g, '${secret}', '${secret}' FROM generate_series(1, 500) g`);
  const { status, stderr } = await run(['backup']);
  assert.equal(status, 0, stderr);
  return there;
}

const words = ['check', '--applied-through', '0001_people', '--rehearse-on', 'latest', '--fail-on', 'error'];

/** Everything that a check tells, with these migrations pending. */
async function told(
  { write, run, folder }: Scene,
  files: Readonly<Record<string, string>>,
  more: readonly string[] = [],
) {
  await write({ ...one, ...files });
  const { status, stdout, stderr } = await run([
    ...[...words, ...more, '--report-json', 'report.json', '--report-markdown', 'report.md'],
    ...['--report-sarif', 'report.sarif'],
  ]);
  const [json, markdown, sarif] = await Promise.all(
    ['report.json', 'report.md', 'report.sarif'].map((name) => readFile(join(folder, name), 'utf8').catch(() => '')),
  );
  const all = [stdout, stderr, json, markdown, sarif].join('\n');
  assert.doesNotMatch(all, /ann\.secret|example\.org/i);
  return { status, stdout, stderr, markdown: markdown ?? '', report: JSON.parse(json || '{}') as CheckReport };
}

test('what is pending is applied to the backup, and timed on its rows', needsClients, async (test) => {
  const there = await backedUp(test);
  const { status, report, stdout, markdown } = await told(there, {
    '0002_m.sql': 'ALTER TABLE people ADD m int;\nCREATE INDEX CONCURRENTLY people_email ON people (email);',
  });
  assert.equal(status, 0, stdout);
  const { onBackup } = report;
  assert.deepEqual([onBackup?.outcome, onBackup?.database], ['passed', there.address.database]);
  assert.deepEqual(
    onBackup?.applied.map(({ id, statements }) => [id, statements.length]),
    [['0002_m', 2]],
  );
  assert.ok(onBackup?.applied[0]?.statements.every(({ milliseconds }) => milliseconds >= 0));
  for (const page of [stdout, markdown]) {
    assert.match(page, /1 migration applied in /);
    assert.match(page, new RegExp(`${(onBackup?.backup ?? '').replaceAll('_', '.{0,2}')} of `));
    assert.match(page, /0002_m\.sql:2/);
  }
  assert.deepEqual(await there.session.query("SELECT to_regclass('people_email') AS name"), [{ name: null }]);
  await using admin = await on('postgres');
  const left = await admin.query("SELECT datname FROM pg_database WHERE datname LIKE 'lockkeeper_scratch%'");
  test.diagnostic(`${left.length} scratch databases, others' included`);
});

/** What fails on rows alone, and what is told of it. */
const failing: readonly (readonly [name: string, sql: string, sqlstate: string, message: RegExp])[] = [
  [
    'duplicates',
    'CREATE UNIQUE INDEX CONCURRENTLY people_u ON people (email);',
    '23505',
    /^could not create unique index "people_u"$/,
  ],
  [
    'a cast',
    'ALTER TABLE people ALTER age TYPE int USING age::int;',
    '22P02',
    /^a value cannot be read as its new type; its own words may quote rows/,
  ],
  [
    'an error that the script raises, with a row in it',
    `DO $$ BEGIN IF (SELECT count(*) FROM people) > 100 THEN
       RAISE EXCEPTION 'could not create unique index "%"', (SELECT email FROM people LIMIT 1) USING ERRCODE = '23505';
     END IF; END $$;`,
    '23505',
    /^two rows have the same value where none may;/,
  ],
  [
    'an index that is called like a row',
    `DO $$ DECLARE e text := (SELECT max(email) FROM people); BEGIN IF (SELECT count(*) FROM people) > 100 THEN
       EXECUTE format('CREATE UNIQUE INDEX %I ON people (email)', e); END IF; END $$;`,
    '23505',
    /^two rows have the same value where none may;/,
  ],
];

for (const [name, sql, sqlstate, message] of failing)
  test(`fails on the rows of the backup: ${name}`, needsClients, async (test) => {
    const there = await backedUp(test);
    const { report, status, stdout, markdown } = await told(there, { '0002_b.sql': sql });
    assert.equal(report.onBackup?.outcome, 'failed', stdout);
    assert.equal(report.onBackup?.failure?.sqlstate, sqlstate);
    assert.match(report.onBackup?.failure?.message ?? '', message);
    assert.deepEqual([status, report.outcome], [1, 'failed']);
    assert.match(stdout, /0002_b\.sql fails on the rows of /);
    assert.match(markdown.split('\n')[0] ?? '', /⛔ Lockkeeper: 0002.{0,2}b\.sql fails on the rows of /);
    const lenient = await told(there, { '0002_b.sql': sql }, ['--fail-on', 'never']);
    assert.deepEqual([lenient.status, lenient.report.outcome], [0, 'passed']);
  });

test('the history of the backup says what is pending there', needsClients, async (test) => {
  const there = await backedUp(test);
  const files = { '0002_b.sql': 'ALTER TABLE people ADD m int;' };
  await there.write({ ...one, ...files });
  await there.migrate(['--backup', 'never']);
  assert.equal((await there.run(['backup'])).status, 0);
  const { report, stdout } = await told(there, files);
  assert.equal(report.onBackup?.outcome, 'nothing');
  assert.match(stdout, /Nothing is pending on backup_/);
  const two = { ...files, '0003_c.sql': 'ALTER TABLE people ADD o int;' };
  const more = await told(there, two);
  assert.deepEqual(
    more.report.onBackup?.applied.map(({ id }) => id),
    ['0003_c'],
  );
  const older = await told(there, two, ['--rehearse-on', '2']);
  assert.deepEqual(
    older.report.onBackup?.applied.map(({ id }) => id),
    ['0002_b', '0003_c'],
  );
});

test(
  'a backup without a history: everything is pending where there is no table, else what the check says',
  needsClients,
  async (test) => {
    const there = await scene(test);
    const files = { '0002_b.sql': 'ALTER TABLE people ADD m int;' };
    assert.equal((await there.run(['backup'])).status, 0);
    const empty = await told(there, files);
    assert.deepEqual(
      empty.report.onBackup?.applied.map(({ id }) => id),
      ['0001_people', '0002_b'],
      empty.stdout,
    );
    await there.session.send(one['0001_people.sql']);
    assert.equal((await there.run(['backup'])).status, 0);
    const { report } = await told(there, files);
    assert.deepEqual(
      report.onBackup?.applied.map(({ id }) => id),
      ['0002_b'],
    );
  },
);

test('a backup that cannot be restored, or is not there, or is locked', needsClients, async (test) => {
  const there = await backedUp(test);
  const files = { '0002_b.sql': 'ALTER TABLE people ADD m int;' };
  const none = await told(there, files, ['--rehearse-on', '1999-01-01']);
  assert.notEqual(none.status, 0);
  assert.match(none.stderr, /There is no backup 1999-01-01/);
  await there.write({ ...one, ...files });
  const homeless = await there.run(words, { LOCKKEEPER_STORE: '' });
  assert.deepEqual([homeless.status, /not known where backups live/.test(homeless.stderr)], [2, true], homeless.stderr);
  const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
  assert.equal((await there.run(['backup', '--encrypt-to', recipient])).status, 0);
  const locked = await told(there, files);
  assert.deepEqual([locked.status, /is encrypted, and no key is there/.test(locked.stderr)], [2, true], locked.stderr);
  const [dump = ''] = (await readdir(there.store, { recursive: true })).filter(
    (name) => /\.dump/.test(name) && !/\.json|\.age/.test(name),
  );
  await writeFile(join(there.store, dump), 'no dump');
  const broken = await told(there, files, ['--rehearse-on', '2']);
  assert.equal(broken.status, 8, broken.stderr);
});

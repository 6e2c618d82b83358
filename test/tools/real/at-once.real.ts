// An application that runs the migration tool itself at the moment at which we migrate: `npm run test:tools`.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Address } from '../../../src/model/server.ts';
import { scene } from '../../doors/migrate/scene.ts';
import { assertNothingHeld } from '../../jobs/together.ts';

const run = promisify(execFile);
const url = ({ host, port, user, database }: Address) =>
  `postgresql://${user}@/${database}?host=${host}&port=${port}&sslmode=disable`;

const steps = [
  'CREATE TABLE a (id bigint PRIMARY KEY, n int); CREATE TABLE runs (n int); INSERT INTO runs VALUES (1);',
  'ALTER TABLE a ADD m int; INSERT INTO runs VALUES (2);',
  'CREATE TABLE b (id bigint PRIMARY KEY); INSERT INTO runs VALUES (3);',
];

const tools = {
  'golang-migrate': {
    files: {
      '000001_s.down.sql': '',
      ...Object.fromEntries(steps.map((sql, index) => [`00000${index + 1}_s.up.sql`, sql])),
    },
    up: (folder: string, address: Address) => run('migrate', ['-path', folder, '-database', url(address), 'up']),
    rows: "SELECT version || ' ' || dirty AS rows FROM schema_migrations",
    expected: '3 false',
  },
  goose: {
    files: Object.fromEntries(steps.map((sql, index) => [`0000${index + 1}_s.sql`, `-- +goose Up\n${sql}\n`])),
    up: (folder: string, address: Address) =>
      run('goose', ['-env=none', '-dir', folder, 'postgres', url(address), 'up']),
    rows: "SELECT string_agg(version_id::text, ' ' ORDER BY id) AS rows FROM goose_db_version WHERE is_applied",
    expected: '0 1 2 3',
  },
} as const;

/** Behind the start of ours, in milliseconds: some come before it plans, some while it applies, some behind it. */
const delays = [0, 300, 600, 800, 1000, 1200, 1500, 2000];

for (const tool of ['golang-migrate', 'goose'] as const)
  for (const delay of delays)
    test(`${tool} starts ${delay} ms behind ours: every migration once, whoever applied it`, async (test) => {
      const { files, up, rows, expected } = tools[tool];
      const there = await scene(test, tool);
      const { write, session, address, folder } = there;
      await write(files);
      const ours = there.run(['migrate', '--backup', 'never', '--report-json', '-']);
      await sleep(delay);
      // one that meets ours at the same migration may be refused by PostgreSQL, as two of itself would be
      const theirs = await up(join(folder, 'migrations'), address).then(
        () => 'done',
        ({ stderr }) => String(stderr),
      );
      const { status, stdout, stderr } = await ours;
      assert.ok([0, 4, 6, 7].includes(status ?? -1), stderr);
      test.diagnostic(`ours ended with ${status}, theirs: ${theirs.slice(0, 100)}`);
      const applied = stdout.trim() ? (JSON.parse(stdout).applied as { id: string }[]).map(({ id }) => id) : [];
      assert.equal(status === 7, applied.length > 0 && status !== 0, stdout);
      const journal = await session
        .query<{ migration: string }>('SELECT migration FROM lockkeeper_history ORDER BY id')
        .catch(() => []);
      assert.deepEqual(
        applied,
        journal.map(({ migration }) => migration),
        'it tells what it has applied, and nothing else',
      );
      await assertNothingHeld(session);
      await there.migrate(['--backup', 'never']);
      assert.deepEqual(await session.query('SELECT n FROM runs ORDER BY n'), [{ n: 1 }, { n: 2 }, { n: 3 }]);
      assert.deepEqual(await session.query(rows), [{ rows: expected }]);
    });

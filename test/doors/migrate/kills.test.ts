import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ToolName } from '../../../src/tools/index.ts';
import { needsClients } from '../backups/scene.ts';
import { ended, type Scene, scene } from './scene.ts';

const rows = 'INSERT INTO a SELECT g, g FROM generate_series(1, 20000) g;';
const once = 'INSERT INTO runs VALUES (1);';
const outside = [
  'CREATE INDEX CONCURRENTLY a_n ON a (n);',
  once,
  'CREATE INDEX CONCURRENTLY ON a (n, id);',
  'REINDEX INDEX CONCURRENTLY a_n;',
  'DROP INDEX CONCURRENTLY a_n;',
  'ALTER TABLE a ADD m int;',
];

/** Each has a migration that is a transaction, one that is not, and one behind it. */
const histories = {
  sql: {
    '0001_a.sql': `CREATE TABLE a (id bigint PRIMARY KEY, n int);\nCREATE TABLE runs (n int);\n${rows}`,
    '0002_b.sql': outside.join('\n'),
    '0003_c.sql': `ALTER TABLE a ADD o int;\n${once}`,
  },
  goose: {
    '00001_a.sql': `-- +goose Up\nCREATE TABLE a (id bigint PRIMARY KEY, n int);\nCREATE TABLE runs (n int);\n${rows}\n`,
    '00002_b.sql': `-- +goose NO TRANSACTION\n-- +goose Up\n${outside.join('\n')}\n`,
    '00003_c.sql': `-- +goose Up\nALTER TABLE a ADD o int;\n${once}\n`,
  },
} as const satisfies Partial<Record<ToolName, object>>;

const recorded: Readonly<Record<keyof typeof histories, string>> = {
  sql: `SELECT string_agg(migration || ' ' || status, ', ' ORDER BY id) AS rows FROM lockkeeper_history`,
  goose: `SELECT string_agg(version_id::text, ', ' ORDER BY id) AS rows FROM goose_db_version`,
};

const expected: Readonly<Record<keyof typeof histories, string>> = {
  sql: '0001_a applied, 0002_b applied, 0003_c applied',
  goose: '0, 1, 2, 3',
};

/** All statements, and so the steps at which a run is killed: when so many are committed, and a moment of chance later. */
const steps = Array.from({ length: 11 }, (_, index) => index);

for (const tool of Object.keys(histories) as (keyof typeof histories)[])
  for (const step of [...steps, 3, 5, 7, 8])
    test(
      `${tool}: killed when ${step} statements are committed, the next run ends with every migration once`,
      needsClients,
      async (test) => {
        const there = await scene(test, tool);
        await there.write(histories[tool]);
        const { session } = there;
        await killed(there, step);
        const report = await there.migrate(['--backup', 'never', '--lock-queue', '60s']);
        assert.ok(['passed', 'nothing'].includes(report.outcome));
        assert.deepEqual(await session.query(recorded[tool]), [{ rows: expected[tool] }]);
        assert.deepEqual(await session.query('SELECT count(*)::int AS n FROM runs'), [{ n: 2 }]);
        assert.deepEqual(await session.query('SELECT indexrelid FROM pg_index WHERE NOT indisvalid'), []);
      },
    );

/** Kills a run a moment after its journal has so many statements. */
async function killed({ begin, session }: Scene, step: number): Promise<void> {
  const child = begin(['migrate', '--backup', 'never']);
  const over = ended(child, 'SIGKILL', 280_000);
  while (child.exitCode === null && (await committed(session)) < step) await sleep(1);
  await sleep(randomInt(40));
  child.kill('SIGKILL');
  await over;
}

/** Statements that the journal has; -1 where there is none. */
async function committed(session: Scene['session']): Promise<number> {
  const [row] = await session.query<{ there: boolean }>(
    "SELECT to_regclass('lockkeeper_history') IS NOT NULL AS there",
  );
  if (!row?.there) return -1;
  const sum = 'SELECT COALESCE(sum(done), 0)::int AS done FROM lockkeeper_history';
  return (await session.query<{ done: number }>(sum))[0]?.done ?? -1;
}

test('killed between the backup and the first statement', needsClients, async (test) => {
  const there = await scene(test);
  await there.write(histories.sql);
  const child = there.begin(['migrate']);
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    if (text.includes('restoring the backup')) child.kill('SIGKILL');
  });
  assert.equal(await ended(child, 'SIGKILL', 120_000), null);
  assert.deepEqual(await there.session.query("SELECT FROM pg_class WHERE relname IN ('a', 'lockkeeper_history')"), []);
  assert.equal((await there.migrate(['--lock-queue', '60s'])).applied.length, 3);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
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

/** Milliseconds from the first word about applying to the kill: before, within and behind each of the steps. */
const moments = Array.from({ length: 15 }, (_, index) => index * 12);

for (const tool of Object.keys(histories) as (keyof typeof histories)[])
  test(`${tool}: killed at any moment, the next run ends with every migration once`, needsClients, async (test) => {
    const there = await scene(test, tool);
    await there.write(histories[tool]);
    const stopped = new Set<number>();
    for (const after of moments) {
      await there.session.send('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
      stopped.add(await killed(there, after));
      const words = ['--backup', 'never', '--lock-queue', '60s'];
      const report = await there.migrate(words);
      assert.ok(['passed', 'nothing'].includes(report.outcome), `after ${after} ms`);
      assert.deepEqual(await there.session.query(recorded[tool]), [{ rows: expected[tool] }], `after ${after} ms`);
      assert.deepEqual(
        await there.session.query('SELECT count(*)::int AS n FROM runs'),
        [{ n: 2 }],
        `after ${after} ms`,
      );
      assert.deepEqual(await there.session.query('SELECT indexrelid FROM pg_index WHERE NOT indisvalid'), []);
    }
    assert.ok(stopped.size > 3, `it was stopped at different steps: ${[...stopped]}`);
  });

/** Kills a run so long after it began to apply; returns how many rows say what it had done. */
async function killed({ begin, session }: Scene, after: number): Promise<number> {
  const child = begin(['migrate', '--backup', 'never']);
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    if (text.includes('applying')) setTimeout(() => child.kill('SIGKILL'), after);
  });
  await ended(child, 'SIGKILL', 120_000);
  const [row] = await session.query<{ there: boolean }>(
    "SELECT to_regclass('lockkeeper_history') IS NOT NULL AS there",
  );
  if (!row?.there) return -1;
  const [found] = await session.query<{ done: number }>(
    'SELECT COALESCE(sum(done), 0)::int AS done FROM lockkeeper_history',
  );
  return found?.done ?? -1;
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

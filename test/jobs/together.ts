import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '../../src/jobs/migrate.ts';
import type { Connection } from '../../src/postgres/connect.ts';
import type { ToolName } from '../../src/tools/index.ts';
import { freshSession, type TestServer } from '../support/postgres.ts';
import { inputFor } from './migrating.ts';

const a = 'CREATE TABLE a (id bigint PRIMARY KEY, n int);\nCREATE TABLE runs (n int);\nINSERT INTO runs VALUES (1);';
const index = 'CREATE INDEX CONCURRENTLY a_n ON a (n);';
const b = 'ALTER TABLE a ADD m int;\nINSERT INTO runs VALUES (2);';

/** For each tool a history with a migration that cannot be one transaction; what it writes to `runs` shows how often it ran. */
export const histories: Readonly<Record<ToolName, Readonly<Record<string, string>>>> = {
  goose: {
    '00001_a.sql': `-- +goose Up\n${a}\n`,
    '00002_b.sql': `-- +goose NO TRANSACTION\n-- +goose Up\n${index}\n${b}\n`,
  },
  'golang-migrate': { '000001_a.down.sql': '', '000001_a.up.sql': a, '000002_i.up.sql': index, '000003_b.up.sql': b },
  sql: { '0001_a.sql': a, '0002_b.sql': `${index}\n${b}` },
};

const recorded: Readonly<Record<ToolName, readonly [sql: string, row: string]>> = {
  goose: [
    `SELECT string_agg(version_id::text || is_applied, ' ' ORDER BY id) AS row FROM goose_db_version`,
    '0true 1true 2true',
  ],
  'golang-migrate': [`SELECT string_agg(version::text || dirty, ' ') AS row FROM schema_migrations`, '3false'],
  sql: [
    `SELECT string_agg(migration || ' ' || status, ' ' ORDER BY id) AS row FROM lockkeeper_history`,
    '0001_a applied 0002_b applied',
  ],
};

/** Every migration was applied once and recorded as the tool would, and nothing is held any more. */
export async function assertOnce(session: Connection, tool: ToolName): Promise<void> {
  const [sql, row] = recorded[tool];
  assert.deepEqual(await session.query(sql), [{ row }]);
  assert.deepEqual(await session.query('SELECT n FROM runs ORDER BY n'), [{ n: 1 }, { n: 2 }]);
  assert.deepEqual(await session.query('SELECT indexrelid FROM pg_index WHERE NOT indisvalid'), []);
  const rows = 'SELECT count(*)::int AS n, count(DISTINCT migration)::int AS different FROM lockkeeper_history';
  const n = Object.keys(histories[tool]).filter((name) => !name.includes('.down.')).length;
  assert.deepEqual(await session.query(rows), [{ n, different: n }]);
  await assertNothingHeld(session);
}

/** No session is left on the database, and so no lock; those that have just been closed take a moment to go. */
export async function assertNothingHeld(session: Connection): Promise<void> {
  const others = `SELECT pid, state, query FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`;
  for (let look = 0; look < 500 && (await session.query(others)).length > 0; look += 1) await sleep(20);
  assert.deepEqual(await session.query(others), []);
  const locks = `SELECT locktype, pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database
    WHERE d.datname = current_database() AND l.pid IS DISTINCT FROM pg_backend_pid() AND locktype = 'advisory'`;
  assert.deepEqual(await session.query(locks), []);
}

/** So many runs at once on a new target: one applies, the others find nothing to do. */
export async function round(server: TestServer, tool: ToolName, runs = 20): Promise<void> {
  await using session = await freshSession(server);
  const more = { queue: 120_000, rules: [], seedRows: 0 };
  const input = await inputFor(server, session.address, tool, histories[tool], more);
  const reports = await Promise.all(Array.from({ length: runs }, () => migrate(input)));
  const outcomes = reports.map(({ outcome }) => outcome).sort();
  assert.deepEqual(outcomes, [...Array.from({ length: runs - 1 }, () => 'nothing'), 'passed']);
  await assertOnce(session, tool);
}

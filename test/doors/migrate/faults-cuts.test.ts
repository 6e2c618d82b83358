import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MigrateReport } from '../../../src/model/migrate-report.ts';
import { urlOf } from '../../../src/postgres/url.ts';
import type { ToolName } from '../../../src/tools/index.ts';
import { assertNothingHeld, assertOnce, histories } from '../../jobs/together.ts';
import { type Fate, openRelay } from '../../support/postgres-relay.ts';
import type { Ended } from '../../support/program.ts';
import { type Scene, scene } from './scene.ts';

/** A step of a run, told by what is sent, and what the run comes to when the connection ends there. */
interface Cut {
  /** In words, for the name of the test. */
  readonly step: string;
  readonly sql: RegExp;
  /** Which of those that match; the first where absent. */
  readonly nth?: number;
  readonly fate: Fate;
  readonly status: number;
  /** Migrations that are committed then. */
  readonly applied?: readonly string[];
  /** Statements of the next. */
  readonly done?: number;
}

const unreached: readonly Cut[] = [
  { step: 'asking for the lock', sql: /pg_try_advisory_lock/, fate: 'before', status: 3 },
  { step: 'having got the lock', sql: /pg_try_advisory_lock/, fate: 'after', status: 3 },
  { step: 'reading the schema', sql: /FROM pg_trigger/, fate: 'before', status: 3 },
];

/** What sends the word that a migration is applied, and COMMIT. */
const written = /lockkeeper_history"[\s\S]*\nCOMMIT/;

const nothing: readonly Cut[] = [
  { step: 'making the journal', sql: /^CREATE TABLE IF NOT EXISTS/, fate: 'before', status: 6 },
  { step: 'BEGIN', sql: /^BEGIN;?\n[\s\S]*CREATE TABLE a/, fate: 'before', status: 6 },
  { step: 'the answer to BEGIN', sql: /^BEGIN;?\n[\s\S]*CREATE TABLE a/, fate: 'after', status: 6 },
  { step: 'a statement', sql: /CREATE TABLE runs/, fate: 'before', status: 6 },
  { step: 'the answer to a statement', sql: /CREATE TABLE runs/, fate: 'after', status: 6 },
  { step: 'the last statement, and COMMIT', sql: written, fate: 'before', status: 6 },
];

const partly: readonly Cut[] = [
  { step: 'the answer to COMMIT', sql: written, fate: 'after', status: 7, applied: ['0001_a'] },
  {
    step: 'beginning what is no transaction',
    sql: /'started'|RETURNING id/,
    fate: 'before',
    status: 7,
    applied: ['0001_a'],
  },
  { step: 'a statement outside', sql: /^CREATE INDEX CONC/, fate: 'before', status: 7, applied: ['0001_a'] },
  {
    step: 'the answer to a statement outside',
    sql: /^CREATE INDEX CONC/,
    fate: 'after',
    status: 7,
    applied: ['0001_a'],
  },
  { step: 'noting how far it came', sql: /SET done = \$2/, fate: 'before', status: 7, applied: ['0001_a'], done: 1 },
  {
    step: 'the statement behind it',
    sql: /INSERT INTO runs VALUES \(2\)/,
    fate: 'before',
    status: 7,
    applied: ['0001_a'],
    done: 2,
  },
  { step: 'the last COMMIT', sql: written, nth: 3, fate: 'after', status: 7, applied: ['0001_a', '0002_b'] },
];

for (const cut of [...unreached, ...nothing, ...partly])
  test(`the connection is lost: ${cut.step}`, (test) => lost(test, 'sql', cut));

for (const [tool, first] of [
  ['goose', '1'],
  ['golang-migrate', '1'],
] as const) {
  test(`${tool}: the connection is lost: the answer to COMMIT`, (test) =>
    lost(test, tool, { step: '', sql: written, fate: 'after', status: 7, applied: [first] }));
  test(`${tool}: the connection is lost: a statement outside`, (test) =>
    lost(test, tool, { step: '', sql: /^CREATE INDEX CONC/, fate: 'before', status: 7, applied: [first] }));
}

async function assertUntouched(there: Scene, cut: Cut): Promise<void> {
  const { status, stderr } = await cutOff(there, cut);
  assert.equal(status, 3, stderr);
  assert.match(stderr, /connection .* lost[\s\S]*Nothing was touched/i);
}

/** A migration that takes so many seconds on the target. */
const slow = (seconds: number) => ({
  '0001_a.sql': `CREATE TABLE a AS SELECT pg_sleep(CASE WHEN to_regclass('public.lockkeeper_history') IS NULL THEN 0 ELSE ${seconds} END)::text;`,
});

test('the connection is lost while a statement runs: its end is waited for, and what became of it is told', async (test) => {
  const there = await scene(test);
  await there.write(slow(2));
  await runInto(there, { step: '', sql: written, fate: 'meanwhile', status: 7, applied: ['0001_a'] });
  assert.equal((await there.migrate()).outcome, 'nothing');
});

test('the connection is lost while a statement runs for long: that it may be committed yet is told', async (test) => {
  const there = await scene(test);
  await there.write(slow(600));
  const { failure } = await runInto(there, { step: '', sql: written, fate: 'meanwhile', status: 7 });
  assert.equal(failure?.uncertain, true);
  assert.match(failure.left.join(), /^The session that was lost \(pid \d+\) still works on the target\.$/);
  await there.session.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()",
  );
  await assertNothingHeld(there.session);
  assert.deepEqual(await there.session.query("SELECT FROM pg_class WHERE relname = 'a'"), []);
});

/** Runs into the cut, looks whether what is said is so, and whether the next run ends it. */
async function lost(test: TestContext, tool: ToolName, cut: Cut): Promise<void> {
  const there = await scene(test, tool);
  const { write, session } = there;
  await write(histories[tool]);
  await (cut.status === 3 ? assertUntouched : runInto)(there, cut);
  await assertNothingHeld(session);
  const again = await there.migrate(['--backup', 'never']);
  assert.ok(['passed', 'nothing'].includes(again.outcome));
  await assertOnce(session, tool);
}

async function runInto(there: Scene, cut: Cut): Promise<MigrateReport> {
  const { status, stdout, stderr } = await cutOff(there, cut);
  assert.equal(status, cut.status, stderr + stdout);
  const report: MigrateReport = JSON.parse(stdout);
  assert.deepEqual(
    report.applied.map(({ id }) => id),
    cut.applied ?? [],
  );
  assert.match(report.failure?.message ?? '', /connection to PostgreSQL was lost/);
  assert.equal(report.failure?.done, cut.done ?? 0, JSON.stringify(report.failure));
  return report;
}

async function cutOff({ run, address }: Scene, { sql, nth = 1, fate }: Cut): Promise<Ended> {
  let count = 0;
  await using relay = await openRelay(address, (asked) => {
    if (!sql.test(asked.sql)) return 'pass';
    count += 1;
    return count === nth ? fate : 'pass';
  });
  return await run(['migrate', '--backup', 'never', '--report-json', '-'], { LOCKKEEPER_URL: urlOf(relay.address) });
}

test('the backend is ended while the backup is rehearsed on', async (test) => {
  const { write, begin, session } = await scene(test);
  await write(histories.sql);
  const child = begin(['migrate']);
  let said = '';
  child.stdout?.resume();
  const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'lockkeeper' AND pid <> pg_backend_pid() AND datname = current_database()`;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (text.includes('restoring the backup')) void session.query(end);
  });
  while (child.exitCode === null) await sleep(20);
  assert.equal(child.exitCode, 3, said);
  assert.match(said, /terminating connection[\s\S]*Nothing was touched/);
  assert.deepEqual(await session.query("SELECT FROM pg_class WHERE relname IN ('a', 'lockkeeper_history')"), []);
});

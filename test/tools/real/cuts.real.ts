// The connection is lost at every single step of applying, before and behind it: `npm run test:tools`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPartial, migrate } from '../../../src/jobs/migrate.ts';
import { KnownError } from '../../../src/model/error.ts';
import type { MigrateReport } from '../../../src/model/migrate-report.ts';
import type { Address } from '../../../src/model/server.ts';
import type { ToolName } from '../../../src/tools/index.ts';
import { inputFor } from '../../jobs/migrating.ts';
import { assertOnce, histories } from '../../jobs/together.ts';
import { freshSession, newest } from '../../support/postgres.ts';
import { type Asked, type Fate, openRelay } from '../../support/postgres-relay.ts';

const inputOn = (target: Address, tool: ToolName) =>
  inputFor(newest, target, tool, histories[tool], { rules: [], seedRows: 0 });

/** Calls `each` with the number of every question from the making of the journal on, of the session that works. */
function fromThere(each: (number: number) => Fate): (asked: Asked) => Fate {
  let [there, number] = [0, 0];
  return ({ type, sql, connection }) => {
    if (/^CREATE TABLE IF NOT EXISTS/.test(sql)) there = connection;
    if (connection !== there || !['Q', 'S'].includes(type)) return 'pass'; // a question ends with Query or Sync
    number += 1;
    return each(number);
  };
}

async function questionsOf(tool: ToolName): Promise<number> {
  await using session = await freshSession(newest);
  let count = 0;
  await using relay = await openRelay(
    session.address,
    fromThere((number) => {
      count = number;
      return 'pass';
    }),
  );
  assert.equal((await migrate(await inputOn(relay.address, tool))).outcome, 'passed');
  return count;
}

for (const tool of Object.keys(histories) as ToolName[])
  test(`${tool}: lost at every step`, { timeout: 40 * 60_000 }, async (test) => {
    const count = await questionsOf(tool);
    test.diagnostic(`${count} steps`);
    assert.ok(count > 20);
    for (let step = 1; step <= count; step += 1)
      for (const fate of ['before', 'after'] as const)
        await test.test(`${fate} step ${step} of ${count}`, () => lostAt(tool, step, fate));
  });

async function lostAt(tool: ToolName, step: number, fate: Fate): Promise<void> {
  await using session = await freshSession(newest);
  await using relay = await openRelay(
    session.address,
    fromThere((number) => (number === step ? fate : 'pass')),
  );
  const report = await migrate(await inputOn(relay.address, tool)).catch((error: unknown) => {
    assert.ok(error instanceof KnownError && error.reason === 'unreachable', String(error));
    return undefined;
  });
  const rows = `SELECT migration, status, done FROM lockkeeper_history ORDER BY id`;
  const journal = await session.query<{ migration: string; status: string; done: number }>(rows).catch(() => []);
  const whole = journal.filter(({ status }) => status === 'applied').map(({ migration }) => migration);
  if (report === undefined) assert.deepEqual(journal, []);
  else assertTrue(report, whole, await somethingIsThere(session));
  const again = await migrate(await inputOn(session.address, tool));
  assert.ok(['passed', 'nothing'].includes(again.outcome), JSON.stringify(again.plan.gates));
  await assertOnce(session, tool);
}

function assertTrue(report: MigrateReport, whole: readonly string[], there: boolean): void {
  assert.equal(report.outcome, 'failed');
  assert.deepEqual(
    report.applied.map(({ id }) => id),
    whole,
  );
  assert.ok(isPartial(report) || !there, `it says that nothing is committed: ${JSON.stringify(report.failure)}`);
}

async function somethingIsThere(session: { query(sql: string): Promise<object[]> }): Promise<boolean> {
  return (await session.query("SELECT FROM pg_class WHERE relname IN ('a', 'a_n')")).length > 0;
}

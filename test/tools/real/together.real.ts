// Fifty rounds of twenty runs at once on a target, and some of twenty processes: `npm run test:tools`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ToolName } from '../../../src/tools/index.ts';
import { scene } from '../../doors/migrate/scene.ts';
import { assertOnce, histories, round } from '../../jobs/together.ts';
import { newest } from '../../support/postgres.ts';

const tools = Object.keys(histories) as ToolName[];
const [rounds, runs] = [50, 20];

/** Two targets at a time: a run keeps one core busy. */
test(`${rounds} rounds of ${runs} runs at once`, { concurrency: 2 }, async (test) => {
  const each = Array.from({ length: rounds }, (_, index) => tools[index % tools.length] as ToolName);
  await Promise.all(
    each.map((tool, index) => test.test(`${tool}, round ${index + 1}`, () => round(newest, tool, runs))),
  );
});

for (const tool of tools)
  test(`${tool}: ${runs} processes at once`, async (test) => {
    const { write, run, session } = await scene(test, tool);
    await write(histories[tool]);
    const words = ['migrate', '--backup', 'never', '--lock-queue', '10m'];
    const ends = await Promise.all(Array.from({ length: runs }, () => run(words)));
    for (const { status, stderr } of ends) assert.equal(status, 0, stderr);
    assert.equal(ends.filter(({ stdout }) => /migrations? applied/.test(stdout)).length, 1);
    await assertOnce(session, tool);
  });

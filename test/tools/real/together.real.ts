// Fifty rounds of twenty runs at once on a target, and some of twenty processes: `npm run test:tools`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ToolName } from '../../../src/tools/index.ts';
import { scene } from '../../doors/migrate/scene.ts';
import { assertOnce, histories, round } from '../../jobs/together.ts';
import { servers } from '../../support/postgres.ts';

const tools = Object.keys(histories) as ToolName[];
const [rounds, runs] = [50, 20];

/** On each server in turn: what one waits for, the others can use. */
test(`${rounds} rounds of ${runs} runs at once`, { concurrency: 3 }, async (test) => {
  const each = Array.from({ length: rounds }, (_, index) => index);
  await Promise.all(
    each.map((index) => {
      const [tool, server] = [nth(tools, index), nth(servers, Math.floor(index / tools.length))];
      const name = `${tool}, PostgreSQL ${server.major}, round ${index + 1}`;
      return test.test(name, () => round(server, tool, runs));
    }),
  );
});

const nth = <T>(all: readonly T[], index: number) => all[index % all.length] as T;

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

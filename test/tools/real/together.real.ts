// Fifty rounds of twenty runs at once on a target, and some of twenty processes: `npm run test:tools`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ToolName } from '../../../src/tools/index.ts';
import { scene } from '../../doors/migrate/scene.ts';
import { assertOnce, histories, round } from '../../jobs/together.ts';
import { servers } from '../../support/postgres.ts';

const tools = Object.keys(histories) as ToolName[];
const [rounds, runs] = [50, 20];

/** Slow machines take their time; a run that hangs is noticed all the same. */
const patience = { timeout: 40 * 60_000 };

/** On each server in turn, and one after the other: a server has connections for twenty runs, and not for many more. */
test(`${rounds} rounds of ${runs} runs at once`, patience, async (test) => {
  for (let index = 0; index < rounds; index += 1) {
    const [tool, server] = [nth(tools, index), nth(servers, Math.floor(index / tools.length))];
    const name = `${tool}, PostgreSQL ${server.major}, round ${index + 1}`;
    await test.test(name, () => round(server, tool, runs));
  }
});

const nth = <T>(all: readonly T[], index: number) => all[index % all.length] as T;

for (const tool of tools)
  test(`${tool}: ${runs} processes at once`, patience, async (test) => {
    const { write, run, session } = await scene(test, tool);
    await write(histories[tool]);
    const words = ['migrate', '--backup', 'never', '--lock-queue', '10m'];
    const ends = await Promise.all(Array.from({ length: runs }, () => run(words)));
    for (const { status, stderr } of ends) assert.equal(status, 0, stderr);
    assert.equal(ends.filter(({ stdout }) => /migrations? applied/.test(stdout)).length, 1);
    await assertOnce(session, tool);
  });

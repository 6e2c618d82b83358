import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ToolName } from '../../../src/tools/index.ts';
import { assertOnce, histories, round } from '../../jobs/together.ts';
import { newest } from '../../support/postgres.ts';
import { scene } from './scene.ts';

for (const tool of Object.keys(histories) as ToolName[]) {
  test(`${tool}: twenty runs at once, every migration once`, () => round(newest, tool));

  test(`${tool}: four processes at once, every migration once`, async (test) => {
    const { write, run, session } = await scene(test, tool);
    await write(histories[tool]);
    const ends = await Promise.all(
      Array.from({ length: 4 }, () => run(['migrate', '--backup', 'never', '--lock-queue', '5m'])),
    );
    for (const { status, stderr } of ends) assert.equal(status, 0, stderr);
    const applied = ends.filter(({ stdout }) => /migrations? applied/.test(stdout));
    assert.equal(applied.length, 1, ends.map(({ stdout }) => stdout).join());
    await assertOnce(session, tool);
  });
}

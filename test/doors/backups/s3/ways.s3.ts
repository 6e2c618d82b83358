import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { BackupsReport } from '../../../../src/model/backup-report.ts';
import type { Fault } from '../../../stores/s3/relay.ts';
import { type Ended, runProgram } from '../../../support/program.ts';
import { s3Servers } from '../../../support/stores.ts';
import { needsClients, people } from '../scene.ts';
import { assertClear, assertEmpty, assertGone, bulk, hurry, keysIn, ownScene, place, preloaded } from './scene.ts';

/** A program that believes it is earlier, or later. */
const clockOff = (hours: number) => `const off = ${hours} * 3600e3, Real = Date; globalThis.Date = class extends Real {
  constructor(...all) { all.length === 0 ? super(Real.now() + off) : super(...all); } static now() { return Real.now() + off; } }`;

/** Whatever the time is, keys have this one: runs that begin together may take their snapshots in one millisecond. */
const stamped = (
  milliseconds: number,
) => `const { toISOString } = Date.prototype; Date.prototype.toISOString = function () {
  return /at timestamp(\\$\\d+)? \\(/.test(new Error().stack) ? '2026-11-21T02:07:00.${milliseconds}Z' : toISOString.call(this); }`;

const unconditional: Readonly<Record<string, Fault>> = {
  'does not know the condition': { answer: { status: 501, code: 'NotImplemented' } },
  'does not look at the condition': { unknown: 'if-none-match' },
};

for (const server of s3Servers) {
  test(`stores without conditions: ${server.name}`, needsClients, async (test) => {
    const there = await ownScene(test, bulk);
    for (const [what, fault] of Object.entries(unconditional)) {
      const { store, env } = await place(test, server, ({ headers }) => (headers['if-none-match'] ? fault : undefined));
      const words = ['backup', '--compression', 'none'];
      const { status, stderr } = await runProgram(words, { env: { ...there.env, ...env } });
      assert.equal(status, 0, `${what}: ${stderr}`);
      assert.equal(stderr.match(/cannot write on condition that a key is free/g)?.length, 1, `${what}: ${stderr}`);
      assert.equal((await keysIn(store)).length, 3);
    }
    await assertGone(there);
  });

  test(`clocks that are hours off: ${server.name}`, needsClients, async (test) => {
    const there = await ownScene(test, people);
    for (const hours of [-3, 3]) {
      const { store, env } = await place(test, server);
      const more = preloaded(hurry, clockOff(hours));
      const { status, stderr } = await runProgram(['backup'], { env: { ...there.env, ...env, ...more } });
      assertClear(stderr);
      assert.equal(status, 0, stderr);
      assert.equal((await keysIn(store)).length, 3);
    }
    const { store, env } = await place(test, server, () => ({ answer: { status: 403, code: 'RequestTimeTooSkewed' } }));
    const { status, stderr } = await runProgram(['backups'], { env: { ...there.env, ...env } });
    assert.match(stderr, /The clock of this machine differs .* too much\.\nSet it by NTP/);
    assert.equal(status, 3);
    await assertEmpty({ store });
  });

  test(`several at once: ${server.name}`, needsClients, async (test) => {
    const there = await ownScene(test, people);
    const together = async (test: TestContext, stamps: readonly number[]) => {
      const { env } = await place(test, server);
      const surroundings = { env: { ...there.env, ...env, ...preloaded(hurry) } };
      const run = (stamp: number) =>
        runProgram(['backup'], { env: { ...surroundings.env, ...preloaded(hurry, stamped(stamp)) } });
      const ended = await Promise.all(stamps.map(run));
      const { stdout } = await runProgram(['backups', '--report-json', '-'], surroundings);
      const drill = await runProgram(['verify', '--depth', 'decode'], surroundings);
      assert.equal(drill.status, 0, drill.stdout + drill.stderr);
      return { ended, listed: JSON.parse(stdout) as BackupsReport };
    };
    const saidBy = (ended: readonly Ended[]) => ended.map(({ stderr }) => stderr).join('\n');

    await test.test('under one key: one of them wins, whole, and the others say so', async (test) => {
      const { ended, listed } = await together(test, [123, 123, 123]);
      assert.deepEqual(ended.map(({ status }) => status).sort(), [0, 8, 8], saidBy(ended));
      assert.match(saidBy(ended), /already has .*backup_20261121T020700123Z\.dump\.zst, which is never replaced/);
      assert.deepEqual([listed.backups.length, listed.broken, listed.orphans], [1, [], []]);
    });

    await test.test('under keys of their own: as many backups', async (test) => {
      const { ended, listed } = await together(test, [123, 124, 125, 126]);
      assert.ok(
        ended.every(({ status }) => status === 0),
        saidBy(ended),
      );
      assert.deepEqual([listed.backups.length, listed.broken, listed.orphans], [4, [], []]);
    });
    await assertGone(there);
  });
}

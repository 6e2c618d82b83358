import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { readCatalog } from '../../../../src/jobs/backups/catalog.ts';
import { prune } from '../../../../src/jobs/prune.ts';
import { program } from '../../../support/program.ts';
import { s3Servers } from '../../../support/stores.ts';
import { randomFrom, seed } from '../corruption.ts';
import { clientsWhosePgDump, needsClients } from '../scene.ts';
import { assertClear, assertEmpty, assertGone, bulk, keysIn, leftIn, ownScene, type Place, place } from './scene.ts';

const { signal } = new AbortController();
const progress = { step: () => {} };
const rounds = 15;

function begin(env: NodeJS.ProcessEnv): ChildProcess {
  const words = [program, 'backup', '--compression', 'none'];
  return spawn(process.execPath, words, {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** How it ended, and what it said. */
async function ended(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  const [said, [code]] = await Promise.all([Array.fromAsync(child.stderr ?? []), once(child, 'exit')]);
  return { code, said: said.join('') };
}

/** Until the server has carried out what it was asked for by one who is gone. */
async function settled({ store }: Place): Promise<void> {
  const now = async () => JSON.stringify([await keysIn(store), await leftIn(store)]);
  for (let same = 0, before = await now(); same < 10; ) {
    await sleep(50);
    const after = await now();
    same = after === before ? same + 1 : 0;
    before = after;
  }
}

/** What would be there after somebody sweeps the store, a day and an hour later. */
async function sweep({ store }: Place): Promise<void> {
  const policy = { last: 1, daily: 0, weekly: 0, monthly: 0, yearly: 0, verified: 0, minAgeDays: 0 };
  const catalog = await readCatalog(store, signal);
  const now = new Date(Date.now() + 25 * 3_600_000);
  const given = { store, catalog, policy, dryRun: false, now, signal, progress };
  const young = await prune({ ...given, sweep: true, now: new Date() });
  assert.ok(
    young.leftovers.every(({ removed }) => !removed),
    'another run may be at work',
  );
  const { leftovers } = await prune({ ...given, sweep: true });
  assert.ok(leftovers.every(({ removed }) => removed));
}

for (const server of s3Servers)
  test(`ended at random moments: ${server.name}`, needsClients, async (test) => {
    const common = await ownScene(test, bulk);
    const random = randomFrom(seed);
    test.diagnostic(`seed ${seed}`);

    const whole = async (test: TestContext) => {
      const there = await place(test, server);
      const started = performance.now();
      const { code, said } = await ended(begin({ ...common.env, ...there.env }));
      assert.equal(code, 0, said);
      assert.equal((await keysIn(there.store)).length, 3);
      return performance.now() - started;
    };
    const time = await whole(test);

    const interrupt = async (test: TestContext, name: NodeJS.Signals) => {
      const there = await place(test, server);
      const child = begin({ ...common.env, ...there.env });
      const after = (0.1 + random()) * time;
      const timer = setTimeout(() => child.kill(name), after);
      const { code, said } = await ended(child);
      clearTimeout(timer);
      return {
        there,
        code,
        said,
        moment: `${name} after ${Math.round(after)} of ${Math.round(time)} ms, exit ${code}`,
      };
    };

    await test.test('SIGTERM: nothing is left', async (test) => {
      for (let round = 0; round < rounds; round++) {
        const { there, code, said, moment } = await interrupt(test, 'SIGTERM');
        assertClear(said);
        if (code === 0) assert.equal((await readCatalog(there.store, signal)).backups.length, 1, moment);
        else await assertEmpty(there).catch((cause) => assert.fail(new Error(`${moment}: ${said}`, { cause })));
      }
      await assertGone(common);
    });

    await test.test('SIGKILL: no backup, and what is left is swept a day later', async (test) => {
      for (let round = 0; round < rounds; round++) {
        const { there, code, moment } = await interrupt(test, 'SIGKILL');
        await settled(there);
        const { backups, broken } = await readCatalog(there.store, signal);
        assert.deepEqual(broken, [], moment);
        // killed after its last request was answered, or on its way
        if (code !== 0 && backups.length > 0) assert.equal((await keysIn(there.store)).length, 3, moment);
        await sweep(there);
        if (backups.length === 0) await assertEmpty(there);
        else assert.deepEqual([(await keysIn(there.store)).length, await leftIn(there.store)], [3, []], moment);
      }
      await assertGone(common);
    });

    await test.test('pg_dump is killed: nothing is left', async (test) => {
      const there = await place(test, server);
      const bin = await clientsWhosePgDump(common.folder, '$REAL "$@" | head -c 20000000; kill -9 $$');
      const { code, said } = await ended(begin({ ...common.env, ...there.env, LOCKKEEPER_PG_BIN: bin }));
      assert.match(said, /pg_dump failed: it was ended by SIGKILL/);
      assert.equal(code, 8);
      await assertEmpty(there);
      await assertGone(common);
    });
  });

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Address } from '../../../src/model/server.ts';
import { attend, openLooker } from '../../../src/postgres/apply/attend.ts';
import { Blockers, blockersOf, blockerText } from '../../../src/postgres/apply/blockers.ts';
import { indexProgress } from '../../../src/postgres/apply/index-progress.ts';
import { type Connection, connect } from '../../../src/postgres/connect.ts';
import { freshSession, servers } from '../../support/postgres.ts';
import { withRole } from '../../support/role.ts';

const table =
  'CREATE TABLE a (id bigint PRIMARY KEY, n int); INSERT INTO a SELECT g, g FROM generate_series(1, 1000) g;';

const silent = { step: () => {} };

/** A role that may do what it owns, and look at nothing of others. */
async function plain<T>(admin: Connection & { address: Address }, work: (address: Address) => Promise<T>): Promise<T> {
  return withRole(admin, 'LOGIN', async (role) => {
    await admin.send(`ALTER TABLE a OWNER TO ${role}; GRANT ALL ON SCHEMA public TO ${role}`);
    return await work({ ...admin.address, user: role });
  });
}

for (const server of servers)
  test(`PostgreSQL ${server.major}: an index that waits and one that was built, as a role that may see little`, async () => {
    await using admin = await freshSession(server, table);
    await plain(admin, async (address) => {
      await using builder = await connect(address);
      await using looker = await connect(address);
      assert.equal(await indexProgress(looker, builder.pid), undefined);
      await admin.send("SET application_name = 'web'; BEGIN; INSERT INTO a VALUES (0, 0)");
      const building = builder.send('CREATE INDEX CONCURRENTLY ON a (n)');
      let far: string | undefined;
      while (!far?.includes('%')) {
        await sleep(20);
        far = await indexProgress(looker, builder.pid);
      }
      assert.equal(far, 'waiting for writers before build, 0 % of 1 transactions');
      assert.equal(
        (await blockersOf(looker, builder.pid)).map(blockerText).join(),
        `pid ${admin.pid} (web, ${admin.address.user}), of which this role may see no more (pg_monitor may)`,
      );
      await admin.send('COMMIT');
      await building;
    });
  });

test('how long a statement runs is told now and then, and in which phase an index is', async () => {
  const [server] = servers;
  assert.ok(server);
  await using admin = await freshSession(server, table);
  await using session = await connect(admin.address);
  await using looker = await openLooker(admin.address, silent);
  const { signal } = new AbortController();
  const told: string[] = [];
  const second = Promise.withResolvers<void>();
  const progress = {
    live: true,
    step: (text: string) => {
      told.push(text);
      if (text.includes('before build')) second.resolve();
    },
  } as const;
  const place = { what: 'line 3 of b.sql', blockers: new Blockers() };
  const attended = { session, looker, signal, progress };
  const sleeping = attend(attended, place, () => session.send('SELECT pg_sleep(60)').catch(() => {}));
  while (told.length === 0) await sleep(20);
  await session.cancel();
  await sleeping;
  assert.match(told[0] ?? '', /^line 3 of b\.sql runs for 1 s, since \d\d:\d\d:\d\d UTC$/);
  await admin.send('BEGIN; INSERT INTO a VALUES (0, 0)');
  const building = attend(attended, place, () => session.send('CREATE INDEX CONCURRENTLY ON a (n)'));
  await second.promise;
  await admin.send('COMMIT');
  await building;
  assert.ok(
    told.some((each) =>
      /^line 3 of b\.sql: waiting for writers before build, 0 % of 1 transactions; for \d s/.test(each),
    ),
  );
  assert.equal(told.filter((each) => each.startsWith('waiting for pid')).length, 1);
});

test('who is in the way is told once, and again when it is somebody else', () => {
  const told: string[] = [];
  const blockers = new Blockers();
  const one = { pid: 1, user: 'u', application: 'web', state: 'active', seconds: 2, query: 'select' };
  const two = { ...one, pid: 2, state: 'idle in transaction', application: '' };
  const prepared = { ...one, pid: 0, state: 'prepared', query: 'job\u001b[1m' };
  for (const now of [[one], [{ ...one, seconds: 3 }], [], [one], [one, two], [prepared], [one]])
    blockers.note(now, { step: (text) => told.push(text) });
  assert.deepEqual(told, [
    'waiting for pid 1 (web, u), active for 2 s, running SELECT',
    'waiting for pid 1 (web, u), active for 2 s, running SELECT; pid 2 (u), idle in transaction for 2 s, last SELECT',
    "waiting for the prepared transaction 'job?[1m' (u), for 2 s",
    'waiting for pid 1 (web, u), active for 2 s, running SELECT',
  ]);
  assert.equal(blockers.all.length, 3);
});

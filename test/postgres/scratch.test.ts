import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../../src/model/server.ts';
import { ConnectionLost, connect } from '../../src/postgres/connect.ts';
import { createScratch, sweep } from '../../src/postgres/scratch.ts';
import { servers, type TestServer } from '../support/postgres.ts';

const { signal } = new AbortController();

function serverFor({ major, address }: TestServer): Server {
  const nothing = async () => {};
  return {
    kind: 'existing',
    version: '',
    major,
    address,
    lent: true,
    log: async () => '',
    [Symbol.asyncDispose]: nothing,
  };
}

async function databases(server: TestServer, name: string): Promise<number> {
  await using session = await connect(server.address);
  return (await session.query('SELECT FROM pg_database WHERE datname = $1', [name])).length;
}

for (const server of servers) {
  describe(`scratch databases on PostgreSQL ${server.major}`, () => {
    test('it is empty, ours, and dropped with sessions still on it', async () => {
      const scratch = await createScratch(serverFor(server), { signal });
      const session = await connect(scratch.address);
      const [row] = await session.query(
        `SELECT current_database() AS name, (SELECT count(*)::int FROM pg_class WHERE relnamespace = 'public'::regnamespace) AS relations`,
      );
      assert.deepEqual(row, { name: scratch.name, relations: 0 });
      await session.send('BEGIN; CREATE TABLE t (); LOCK TABLE t');
      await scratch[Symbol.asyncDispose]();
      assert.equal(await databases(server, scratch.name), 0);
      await assert.rejects(session.send('SELECT 1'), ConnectionLost);
      await session[Symbol.asyncDispose]();
    });

    test('its sessions compile no queries, and keep what the URL of the server sets', async () => {
      const address = { ...server.address, options: '-c search_path=shop -c jit=on' };
      await using scratch = await createScratch({ ...serverFor(server), address }, { signal });
      await using session = await connect(scratch.address);
      const [row] = await session.query("SELECT current_setting('jit') AS jit, current_setting('search_path') AS path");
      assert.deepEqual(row, { jit: 'off', path: 'shop' });
    });

    test('one whose check was killed while the server still made it is swept up', async () => {
      const name = `lockkeeper_scratch_${900_000_000 + (process.pid % 1_000_000)}`;
      await using session = await connect(server.address);
      await session.send(`CREATE DATABASE ${name}`);
      await sweep(serverFor(server), signal);
      assert.equal(await databases(server, name), 0);
    });

    test('databases of others are left alone, whatever they are called', async () => {
      const names = ['lockkeeper', 'lockkeeper_1', 'lockkeeper_scratch', 'my_lockkeeper_scratch_1'].map(
        (each) => `${each}_of_${process.pid}`,
      );
      await using session = await connect(server.address);
      for (const name of names) await session.send(`CREATE DATABASE ${name}`);
      try {
        await sweep(serverFor(server), signal);
        for (const name of names) assert.equal(await databases(server, name), 1, name);
      } finally {
        for (const name of names) await session.send(`DROP DATABASE ${name}`);
      }
    });

    test('two sweeps at once do not meet', async () => {
      const scratch = await createScratch(serverFor(server), { signal });
      await endLease(server, scratch.name);
      await Promise.all([sweep(serverFor(server), signal), sweep(serverFor(server), signal)]);
      assert.equal(await databases(server, scratch.name), 0);
      await scratch[Symbol.asyncDispose]();
    });

    test('an abort leaves none behind', async () => {
      const controller = new AbortController();
      const creating = createScratch(serverFor(server), { signal: controller.signal });
      setTimeout(() => controller.abort(new Error('called off')), 5);
      await assert.rejects(creating, { message: 'called off' });
    });
  });
}

async function endLease(server: TestServer, name: string): Promise<void> {
  await using session = await connect(server.address);
  const holders = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = $1::oid";
  const key = name.replace(/\D+/, '');
  await session.query(`SELECT pg_terminate_backend(pid) FROM (${holders}) AS holders`, [key]);
  while ((await session.query(holders, [key])).length > 0) await sleep(5);
}

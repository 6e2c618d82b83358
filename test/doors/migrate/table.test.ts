import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Plan } from '../../../src/model/plan.ts';
import { scene } from './scene.ts';

test('the tool’s table under the name that the URL or a variable says, and its history beside it', async (test) => {
  const there = await scene(test, 'golang-migrate');
  const { session, env, write, migrate, run } = there;
  await session.send('CREATE SCHEMA ops');
  await write({ '1_a.up.sql': 'CREATE TABLE public.a (id int PRIMARY KEY);', '1_a.down.sql': 'DROP TABLE public.a;' });
  const named = '&x-migrations-table=%22ops%22.%22versions%22&x-migrations-table-quoted=true';
  const url = { LOCKKEEPER_URL: `${env.LOCKKEEPER_URL}${named}` };
  const { plan } = await migrate(['--backup', 'never', '--drift-ignore', 'ops'], 0, url);
  const { message } = plan.gates.find(({ gate }) => gate === 'migrations-table') ?? {};
  assert.equal(message, 'The table of golang-migrate is ops.versions, as `x-migrations-table` of the URL says.');
  assert.deepEqual(await session.query('SELECT version, dirty FROM ops.versions'), [{ version: '1', dirty: false }]);

  const unnamed = await run(['plan', '--drift-ignore', 'ops']);
  assert.equal(unnamed.status, 4);
  assert.match(unnamed.stdout.replaceAll(/\s+/g, ' '), /Say which it is: set `?migrations-table`? to ops\.versions/);
  const { stdout, stderr } = await run(['history', '--migrations-table', 'ops.versions']);
  assert.match(stdout, /1 migration recorded/, stderr);
});

test('golang-migrate looks only in the first schema: what another one’s table has applied is not taken for its own', async (test) => {
  const { session, env, write, run } = await scene(test, 'golang-migrate');
  await session.send(`CREATE SCHEMA app; CREATE TABLE public.a ();
    CREATE TABLE public.schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
    INSERT INTO public.schema_migrations VALUES (1, false)`);
  await write({ '1_a.up.sql': 'CREATE TABLE a ();', '1_a.down.sql': 'DROP TABLE a;' });
  const planned = async (path: string): Promise<Plan> => {
    const url = { LOCKKEEPER_URL: `${env.LOCKKEEPER_URL}&search_path=${path}` };
    return JSON.parse((await run(['plan', '--report-json', '-'], url)).stdout);
  };
  const gate = ({ gates }: Plan, name: string) => gates.find((each) => each.gate === name);
  const first = await planned('app,public');
  assert.equal(gate(first, 'migrations-table')?.message, 'The table of golang-migrate is app.schema_migrations.');
  assert.deepEqual([first.outcome, gate(first, 'baseline')?.outcome, first.pending.length], ['refused', 'closed', 1]);
  const second = await planned('public,app');
  assert.deepEqual([second.outcome, second.pending], ['passed', []]);
});

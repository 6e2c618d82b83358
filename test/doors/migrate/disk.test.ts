import assert from 'node:assert/strict';
import { open, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Plan } from '../../../src/model/plan.ts';
import { type Scene, scene } from './scene.ts';

/** As PostgreSQL parts the files of a relation, by default. */
const segment = 2 ** 30;

/** Makes a table look too big for the disk it lies on: files of nothing but holes are pages that hold no row. */
async function inflate({ session }: Scene, table: string): Promise<void> {
  const [row] = await session.query<{ folder: string; file: string }>(
    "SELECT current_setting('data_directory') AS folder, pg_relation_filepath($1) AS file",
    [table],
  );
  const path = join(row?.folder ?? '', row?.file ?? '');
  const { bavail, bsize } = await statfs(row?.folder ?? '');
  for (let index = 0; index * segment < 2 * bavail * bsize; index += 1) {
    await using file = await open(index === 0 ? path : `${path}.${index}`, 'a');
    await file.truncate(segment);
  }
}

test('a migration that does not fit on the target’s disk is not begun, unless that is accepted', async (test) => {
  const there = await scene(test);
  const first = { '1_a.sql': 'CREATE TABLE public.a (id int PRIMARY KEY, n int) WITH (autovacuum_enabled = off);' };
  await there.write(first);
  await there.migrate(['--backup', 'never']);
  await there.write({
    ...first,
    '2_b.sql': 'ALTER TABLE public.a ALTER n TYPE bigint;',
  });
  const disk = async (words: readonly string[] = []) => {
    const { status, stdout } = await there.run(['plan', '--report-json', '-', ...words]);
    const { gates } = JSON.parse(stdout) as Plan;
    return { status, gate: gates.find(({ gate }) => gate === 'disk') };
  };
  await inflate(there, 'public.a');
  const { status, gate } = await disk();
  assert.deepEqual([status, gate?.outcome], [4, 'closed'], gate?.message);
  assert.match(gate?.message ?? '', /That does not fit: where data and WAL lie, .* are needed/);
  const accepted = await disk(['--allow', 'disk,type-rewrite']);
  assert.deepEqual([accepted.status, accepted.gate?.outcome], [0, 'open'], accepted.gate?.message);
});

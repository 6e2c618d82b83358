import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { program } from '../../support/program.ts';
import { filesIn, needsClients, on, type Scene, scene } from './scene.ts';

/** 77 MB of rows in two tables, which are restored over several connections; and a check that only some databases pass. */
const large = (check: string) => `
  CREATE TABLE bulk (id int PRIMARY KEY, text text, CHECK (${check}));
  INSERT INTO bulk SELECT g, repeat(md5(g::text), 1600) FROM generate_series(1, 750) g;
  CREATE TABLE more AS SELECT * FROM bulk; ALTER TABLE more ADD FOREIGN KEY (id) REFERENCES bulk;`;

interface Where extends Scene {
  /** Of temporary files. */
  readonly temporary: string;
}

async function withTemporary(test: TestContext, setUp: string): Promise<Where> {
  const there = await scene(test, setUp);
  const temporary = join(there.folder, 'temporary');
  await mkdir(temporary);
  return { ...there, temporary, env: { ...there.env, TMPDIR: temporary } };
}

const jobs = ['--jobs', '2'];

for (const format of ['custom', 'directory'])
  test(`${format}: restored from files over several connections, and the files go`, needsClients, async (test) => {
    const { backUp, run, env, temporary } = await withTemporary(test, large('id > 0'));
    await backUp(['--format', format, ...jobs], env);
    assert.deepEqual(await readdir(temporary), []);
    const { status, stderr } = await run(['verify', ...jobs], env);
    assert.match(stderr, /unpacking 76\.\d MB to restore it over 2 connections/);
    assert.equal(status, 0, stderr);
    assert.deepEqual(await readdir(temporary), []);
  });

for (const format of ['custom', 'directory'])
  test(`${format}: the first error of one connection ends all, and leaves nothing`, needsClients, async (test) => {
    const there = await withTemporary(test, large("current_database() ~ '^test_'"));
    await there.backUp(['--format', format], there.env);
    const name = `${there.address.database}_copy`;
    const { status, stderr } = await there.run(['restore', '--into', name, ...jobs], there.env);
    assert.match(stderr, /no database is left of it: .*violates check constraint/s);
    assert.equal(status, 8);
    assert.deepEqual(await readdir(there.temporary), []);
    await using admin = await on('postgres');
    assert.deepEqual(await admin.query('SELECT FROM pg_database WHERE datname = $1', [name]), []);
  });

test('no folder for temporary files', needsClients, async (test) => {
  const { run, store, folder } = await scene(test);
  const nowhere = { TMPDIR: join(folder, 'nowhere') };
  const { status, stderr } = await run(['backup', '--format', 'directory'], nowhere);
  assert.match(stderr, /nowhere cannot be used for temporary files: it is not there.*TMPDIR/s);
  assert.equal(status, 3);
  assert.deepEqual(await filesIn(store), []);
});

/** Ends the program as soon as it has made a temporary file. */
async function endedAtWork({ env, temporary }: Where, words: readonly string[]): Promise<number | null> {
  const around = { PATH: process.env.PATH, HOME: process.env.HOME, ...env };
  const child = spawn(process.execPath, [program, ...words], { env: around, stdio: 'ignore' });
  const watcher = watch(temporary, () => child.kill('SIGTERM'));
  const [code] = (await once(child, 'close')) as [number | null];
  watcher.close();
  return code;
}

test('SIGTERM leaves no temporary files', needsClients, async (test) => {
  const there = await withTemporary(test, large('id > 0'));
  assert.notEqual(await endedAtWork(there, ['backup', '--format', 'directory']), 0);
  assert.deepEqual([await filesIn(there.store), await readdir(there.temporary)], [[], []]);
  await there.backUp(['--format', 'directory'], there.env);
  const name = `${there.address.database}_copy`;
  assert.notEqual(await endedAtWork(there, ['restore', '--into', name, ...jobs]), 0);
  assert.deepEqual(await readdir(there.temporary), []);
  await using admin = await on('postgres');
  assert.deepEqual(await admin.query('SELECT FROM pg_database WHERE datname = $1', [name]), []);
});

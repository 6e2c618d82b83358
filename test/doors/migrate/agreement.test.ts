import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { needsClients } from '../backups/scene.ts';
import { type Scene, scene } from './scene.ts';

// What the tools themselves say: test/tools/real/agreement.real.ts.

const goose = { '00001_a.sql': '-- +goose Up\nCREATE TABLE a (id bigint PRIMARY KEY);\n' };
const words = ['--backup', 'never'];

/** A PATH with node, and without the tools that this machine may have. */
const bare = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin` };

/** A program of this name that prints this. */
async function program({ folder }: Scene, name: string, text: string): Promise<string> {
  const bin = join(folder, 'programs');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, name), `#!/bin/sh\necho '${text}'\n`);
  await chmod(join(bin, name), 0o755);
  return bin;
}

test('where the tool is not installed, that is said', needsClients, async (test) => {
  const { write, run, migrate } = await scene(test, 'goose');
  await write(goose);
  const { verification } = await migrate(words, 0, bare);
  assert.deepEqual(verification?.agreement, {
    outcome: 'not asked',
    message: 'Not asked: there is no goose on the PATH.',
  });
  await write({ ...goose, '00002_b.sql': '-- +goose Up\nCREATE TABLE b ();\n' });
  const { stdout } = await run(['migrate', ...words], bare);
  assert.match(stdout, /the tool itself\s+Not asked: there is no goose on the PATH\./);
});

test('a folder of SQL has no program to ask', needsClients, async (test) => {
  const { write, migrate } = await scene(test);
  await write({ '0001_a.sql': 'CREATE TABLE a ();' });
  assert.equal((await migrate(words)).verification?.agreement, undefined);
});

test('another program of that name on the PATH is not asked', needsClients, async (test) => {
  const there = await scene(test, 'golang-migrate');
  await there.write({ '1_a.up.sql': 'CREATE TABLE a ();', '1_a.down.sql': 'DROP TABLE a;' });
  const bin = await program(there, 'migrate', 'usage: migrate [--all] APP');
  const { verification } = await there.migrate(words, 0, { PATH: `${bin}:${bare.PATH}` });
  assert.deepEqual(verification?.agreement, {
    outcome: 'not asked',
    message: `Not asked: ${join(bin, 'migrate')} is another program of that name.`,
  });
});

test('a program that is named must be there, and be it, before anything is touched', needsClients, async (test) => {
  const there = await scene(test, 'goose');
  await there.write(goose);
  const other = await program(there, 'goose', 'honk');
  for (const [named, why] of [
    [join(there.folder, 'nowhere'), /it is not there/],
    [there.store, /there is no goose in it that can be started/],
    [other, /it does not say that it is goose/],
    [join(other, 'goose'), /it does not say that it is goose/],
  ] as const) {
    const { status, stderr } = await there.run(['migrate', ...words, '--tool-bin', named]);
    assert.deepEqual([status, why.test(stderr)], [2, true], stderr);
  }
  assert.deepEqual(await there.session.query("SELECT FROM pg_class WHERE relname = 'a'"), []);
});

test('a program that gives no answer changes nothing but the report', needsClients, async (test) => {
  const there = await scene(test, 'goose');
  await there.write(goose);
  const silent = await program(there, 'goose', 'goose version: v3.29.0');
  const { outcome, verification } = await there.migrate([...words, '--tool-bin', silent]);
  assert.equal(outcome, 'passed');
  assert.deepEqual(verification?.agreement, {
    outcome: 'unclear',
    program: 'goose v3.29.0',
    message: 'It could not say: goose version: v3.29.0.',
  });
});

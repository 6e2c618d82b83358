import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { needsClients } from '../backups/scene.ts';
import { scene } from './scene.ts';

const page = 'docs/migrating.md';

test(`${page}: every command runs as it stands there, one after the other`, needsClients, async (test) => {
  const { write, run } = await scene(test);
  await write({
    '0041_a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);',
    '0042_orders.sql': 'ALTER TABLE a ADD n int;',
  });
  const text = await readFile(page, 'utf8');
  const commands = [...text.matchAll(/^lockkeeper (.*?)(?:\s+#.*)?$/gm)].map(([, words = '']) => words);
  assert.ok(commands.length >= 6);
  for (const command of commands) {
    const { status, stderr } = await run(command.split(/\s+/));
    assert.equal(status, 0, `lockkeeper ${command}\n${stderr}`);
  }
});

test(`${page}: names every gate`, needsClients, async (test) => {
  const { write, run } = await scene(test);
  await write({ '0001_a.sql': 'CREATE TABLE a ();' });
  const { gates } = JSON.parse((await run(['plan', '--report-json', '-'])).stdout) as { gates: { gate: string }[] };
  const text = await readFile(page, 'utf8');
  for (const { gate } of gates) assert.match(text, new RegExp(`^\\| \`${gate}\` \\|`, 'm'), gate);
});

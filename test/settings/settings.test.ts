import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { KnownError } from '../../src/model/error.ts';
import { settingsFrom } from '../../src/settings-given.ts';
import { fromEnvironment, fromFile, fromFlags, fromInputs } from '../../src/sources.ts';

const complaints = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as KnownError).message;
  }
  return assert.fail('nothing was wrong');
};

test('the strongest source wins: flag, input, variable, file', () => {
  const given = [...fromFlags(['--tool', 'goose']), ...fromInputs({ INPUT_TOOL: 'sql', 'INPUT_FAIL-ON': 'warning' })];
  const settings = settingsFrom([
    ...given,
    ...fromEnvironment({ LOCKKEEPER_TOOL: 'sql', LOCKKEEPER_FAIL_ON: 'never', LOCKKEEPER_POSTGRES: '16' }),
  ]);
  assert.deepEqual([settings.tool, settings.failOn, settings.postgres], ['goose', 'warning', 16]);
});

test('lists take commas, lines and repeated flags; empty inputs are not set', () => {
  const settings = settingsFrom([
    ...fromFlags(['--protected', 'a,b', '--protected=c.*']),
    ...fromInputs({ INPUT_MIGRATIONS: 'x\n y\n', INPUT_TOOL: '' }),
  ]);
  assert.deepEqual([settings.protected, settings.migrations, settings.tool], [['a', 'b', 'c.*'], ['x', 'y'], 'auto']);
});

test('all complaints come together, each with its source and the nearest word', () => {
  const message = complaints(() =>
    settingsFrom([
      ...fromFlags(['--fail-on', 'eror', '--tol', 'x', '--postgres', '9', '--seed-rows', 'many', '--server', 'docker']),
      ...fromEnvironment({ LOCKKEEPER_PROTECTD: 'a' }),
    ]),
  );
  for (const part of [
    '--fail-on: `eror` is none of error, warning, notice, never. Did you mean `error`?',
    '--tol: there is no setting `tol`. Did you mean `tool`?',
    '--postgres: `9` is not a whole number from 12 to 18.',
    '`many` is not a whole number from 0 to 1000.',
    '`docker` is not available yet',
    'LOCKKEEPER_PROTECTD: there is no setting `protectd`. Did you mean `protected`?',
  ]) {
    assert.ok(message.includes(part), `${part}\nis not in\n${message}`);
  }
});

test('a password on the command line is refused, and not repeated', () => {
  const message = complaints(() => settingsFrom(fromFlags(['--server-url', 'postgres://u:sesame@h/d'])));
  assert.match(message, /LOCKKEEPER_SERVER_URL/);
  assert.doesNotMatch(message, /sesame/);
  assert.equal(settingsFrom(fromFlags(['--server-url', 'postgres://u@h/d'])).serverUrl, 'postgres://u@h/d');
});

test('base and applied-through exclude each other', () => {
  assert.match(
    complaints(() => settingsFrom(fromFlags(['--base', 'main', '--applied-through', '4']))),
    /exclude each other/,
  );
});

test('lockkeeper.yml: values, lists, and complaints with their line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-settings-'));
  try {
    await writeFile(join(folder, 'good.yml'), 'tool: goose\nprotected:\n  - a\n  - b\npostgres: 15\n');
    const settings = settingsFrom(await fromFile(folder, 'good.yml', true));
    assert.deepEqual([settings.tool, settings.protected, settings.postgres], ['goose', ['a', 'b'], 15]);
    await writeFile(join(folder, 'bad.yml'), '# x\nfail_on: error\n');
    const bad = await fromFile(folder, 'bad.yml', true);
    assert.match(
      complaints(() => settingsFrom(bad)),
      /bad\.yml:2: there is no setting `fail_on`. Did you mean `fail-on`\?/,
    );
    await writeFile(join(folder, 'broken.yml'), 'a: [1\n');
    await assert.rejects(fromFile(folder, 'broken.yml', true), /not valid YAML/);
    assert.deepEqual(await fromFile(folder, 'none.yml', false), []);
    await assert.rejects(fromFile(folder, 'none.yml', true), /cannot be read/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Definition } from '../../src/settings/definition.ts';
import { definitions } from '../../src/settings.ts';
import { runProgram } from '../support/program.ts';
import { type Case, cases, pending } from './bad-input.ts';

const file = (text: string): Pick<Case, 'prepare'> => ({
  prepare: (repository) => repository.write({ 'lockkeeper.yml': text }),
});

cases('settings', {
  'unknown command': { words: ['chek'], status: 2, says: ['There is no command `chek`.', 'Did you mean `check`?'] },
  'a command of a later version': { words: ['doctor'], status: 2, says: ['not available yet', 'There is: check, '] },
  'a name that every object has': { words: ['constructor'], status: 2, says: ['There is no command `constructor`.'] },
  'a word that is no setting': { words: ['check', 'main'], status: 2, says: ['`main` is not understood', '--help'] },
  'unknown setting': {
    words: ['check', '--fail', 'error', '--constructor', 'x'],
    status: 2,
    says: ['--fail: there is no setting `fail`. Did you mean `fail-on`?', '--constructor: there is no setting'],
  },
  'unknown tool': {
    words: ['check', '--tool', 'gooze'],
    status: 2,
    says: ['--tool: `gooze` is none of auto,', 'Did you mean `goose`?'],
  },
  'a setting of a later version': {
    words: ['check', '--image', 'postgres:17'],
    status: 2,
    says: ['not available yet'],
  },
  'a tool of a later version': { words: ['check', '--tool', 'flyway'], status: 2, says: ['not available yet'] },
  'a flag without its value': { words: ['check', '--tool'], status: 2, says: ['--tool: needs a value.'] },
  'a flag of another command': {
    words: ['check', '--keep-last', '3', '--dry-run'],
    status: 2,
    says: [
      '--keep-last: `check` does not take it, but `prune`.',
      '--dry-run: `check` does not take it, but `init`, `prune`, `migrate`.',
    ],
  },
  'an empty value': { words: ['check', '--tool='], status: 2, says: ['--tool: needs a value.'] },
  'another flag in place of a value': {
    words: ['check', '--tool', '--base', 'main'],
    status: 2,
    says: ['--tool: needs a value.'],
  },
  'base and applied-through': {
    words: ['check', '--base', 'main', '--applied-through', '4'],
    status: 2,
    says: ['`base` and `applied-through` exclude each other'],
  },
  'a server of its own and one that is lent': {
    words: ['check', '--server', 'embedded', '--server-url', 'postgresql://h/d'],
    status: 2,
    says: ['--server-url: `server: embedded` starts a server of its own; leave one of the two out.'],
  },
  'two reports on standard output': {
    words: ['check', '--report-json', '-', '--report-markdown', '-'],
    status: 2,
    says: ['`report-json` and `report-markdown` cannot all be standard output: give each a file.'],
  },
  'a password on the command line': {
    words: ['check', '--server-url', 'postgresql://u:sesame@h/d'],
    status: 2,
    says: ['seen by everybody on the machine', 'Set LOCKKEEPER_SERVER_URL instead.'],
    silent: /sesame/,
  },
  'no such folder to work in': {
    words: ['check', '--working-directory', 'nope'],
    status: 2,
    says: ['There is no folder nope to work in.', '`working-directory`'],
  },
  'broken YAML': {
    ...file('tool: sql\nmigrations: [a\nfoo: "x\n'),
    status: 2,
    says: ['lockkeeper.yml:3: The file is not valid YAML: Flow sequence'],
    silent: /column/,
  },
  'a tab in YAML': { ...file('tool: sql\n\tx: 1\n'), status: 2, says: ['lockkeeper.yml:2: ', 'Tabs are not allowed'] },
  'a setting twice': { ...file('tool: sql\ntool: goose\n'), status: 2, says: ['lockkeeper.yml:2: ', 'must be unique'] },
  'an alias of nothing': { ...file('tool: sql\nbase: *b\n'), status: 2, says: ['lockkeeper.yml:2: ', 'no anchor &b'] },
  'a list in place of settings': {
    ...file('- tool\n- sql\n'),
    status: 2,
    says: ['lockkeeper.yml:1: The file must hold settings, one `name: value` a line.'],
  },
  'a folder in place of the settings file': {
    prepare: ({ root }) => mkdirSync(join(root, 'lockkeeper.yml')),
    status: 2,
    says: ['lockkeeper.yml: The settings file cannot be read: it is a folder.'],
  },
  'a settings file that is not there': {
    words: ['check', '--config', 'no.yml'],
    status: 2,
    says: ['no.yml: The settings file cannot be read: it is not there.'],
  },
  'everything wrong is told together': {
    ...file(
      'fail_on: error\ntool: [a, b]\nseed-rows: many\nstatement-limit: 0\nbase: {a: 1}\nprotected:\n  - [x]\ncolour: no\n',
    ),
    words: ['check', '--fail-on', 'eror', '--postgres', '9.6', '--seed-rows', '-1'],
    env: { LOCKKEEPER_PROTECTD: 'a' },
    status: 2,
    says: [
      '- --fail-on: `eror` is none of error, warning, notice, never. Did you mean `error`?',
      '- --postgres: `9.6` is not a whole number from 12 to 18.',
      '- --seed-rows: `-1` is not a whole number from 0 to 1000.',
      '- LOCKKEEPER_PROTECTD: there is no setting `protectd`. Did you mean `protected`?',
      '- lockkeeper.yml:1: there is no setting `fail_on`. Did you mean `fail-on`?',
      '- lockkeeper.yml:2: `tool` takes one value, not a list.',
      '- lockkeeper.yml:3: `many` is not a whole number from 0 to 1000.',
      '- lockkeeper.yml:4: `0` is not a number from 0.1 to 86400.',
      '- lockkeeper.yml:5: `base` takes one value, not a map.',
      '- lockkeeper.yml:6: `protected` takes a list of values, not lists in it.',
      '- lockkeeper.yml:8: `no` is none of auto, always, never.',
    ],
  },
  'a report that cannot be written': {
    ...pending('SELECT 1;'),
    words: ['check', '--report-json', 'migrations', '--report-markdown', 'new/folder/report.md'],
    status: 2,
    says: ['nothing to worry about', 'The report cannot be written to migrations: it is a folder.'],
  },
});

test('help of everything, and the version', async () => {
  const told = async (...words: string[]) => {
    const { status, stdout, stderr } = await runProgram(words);
    assert.deepEqual([status, stderr], [0, ''], words.join(' '));
    return stdout;
  };
  const [overview, check, tools] = await Promise.all([told('--help'), told('check', '--help'), told('tools', '-h')]);
  for (const command of ['check', 'tools']) assert.match(overview, new RegExp(`^  lockkeeper ${command} `, 'm'));
  for (const [name, { commands }] of Object.entries<Definition>(definitions))
    assert.equal(check.includes(`\n  --${name} `), commands.includes('check'), name);
  assert.match(tools, /--migrations/);
  assert.doesNotMatch(tools, /--seed-rows|lockkeeper check/);
  assert.equal(await told('help', 'tools'), tools);
  assert.equal(await told('check', '--tool', 'x', '--help'), check, 'whoever asks for help gets it');
  for (const text of [overview, check, tools]) assert.ok(text.split('\n').every((line) => line.length <= 200));
  assert.match(await told('--version'), /^lockkeeper \d+\.\d+\.\d+ \(node v24\.\d+\.\d+\)\n$/);
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { shellLine } from '../../src/reports/shell.ts';
import { hostile } from './hostile.ts';

test('every word is one word for a shell, whatever it holds', () => {
  const words = [...hostile.filter((each) => !each.includes('\0')), "it's", '$HOME', '`id`', '-n', '', '\u{e0001}'];
  const line = shellLine(['printf', '%s\\0', ...words]);
  const told = execFileSync('bash', ['-c', line], { encoding: 'utf8', env: { LC_ALL: 'C.UTF-8' } });
  assert.deepEqual(told.split('\0').slice(0, -1), words);
});

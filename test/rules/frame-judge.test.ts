import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../src/jobs/judge.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Rule } from '../../src/model/rule.ts';
import { newest } from '../support/postgres.ts';
import { play, worldOf } from './rehearsal.ts';
import { sceneOf } from './scenes.ts';

const text = `-- scene: three statements
-- base
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration 1
-- lockkeeper:allow file because we know
ALTER TABLE orders ADD COLUMN a int;
ALTER TABLE orders ADD COLUMN b int; ALTER TABLE orders ADD COLUMN c int; -- lockkeeper:allow early because we know
-- migration 2
SELECT nothing FROM nowhere;
`;
const scene = sceneOf(text);
const { rehearsal } = await play(scene, newest);
const world = worldOf(scene, newest, rehearsal);
const ask = (...rules: Rule[]) => judge(world, rules, { today: '2030-01-01' });
const label = ({ rule, path, line, status }: Finding) =>
  `${rule} ${path.slice(11, 12)}:${line}${status === 'open' ? '' : ' waived'}`;

/** A rule that finds the statements whose text holds a word. */
function finds(id: string, word: string, more: Partial<Rule> & { blocking?: boolean } = {}): Rule {
  const { blocking, ...rest } = more;
  const problem = {
    message: `${id} found ${word}`,
    ...(blocking && { blocking: { what: 'writes', during: 'scan' } as const }),
  };
  return {
    ...{ id, severity: 'warning', what: '', why: '', instead: '', sources: [] },
    statement: { check: ({ statement }) => (statement.sql.includes(word) ? [problem] : []) },
    ...rest,
  };
}

test('open findings come first, the most severe first, then in the order of the statements', () => {
  const rules = [
    finds('low', 'ADD', { severity: 'notice' }),
    finds('early', 'COLUMN c'),
    finds('high', 'COLUMN b', { severity: 'error' }),
  ];
  assert.deepEqual(ask(...rules).map(label), ['high 1:3', 'low 1:2', 'low 1:3', 'early 1:3 waived']);
});

test('a waiver of the first of two statements of a line is none of the second, also where both say the same', async () => {
  const two = sceneOf(`-- scene: three indexes
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, n int);
-- migration 1
-- lockkeeper:allow index-not-concurrent because tiny
CREATE INDEX a1 ON orders (n); CREATE INDEX a2 ON orders (n, id); CREATE INDEX a3 ON orders (n, id, n);
`);
  const { findings } = await play(two, newest);
  assert.deepEqual(findings.filter(({ rule }) => rule === 'index-not-concurrent').map(label), [
    'index-not-concurrent 1:2',
    'index-not-concurrent 1:2 waived',
  ]);
});

test('a statement that failed is shown only to rules that ask for such', () => {
  const blind = finds('blind', 'nowhere');
  const check = blind.statement?.check ?? (() => []);
  assert.deepEqual(ask(blind, { ...blind, id: 'seeing', statement: { failed: true, check } }).map(label), [
    'seeing 2:1',
  ]);
});

test('rules are asked about their kinds and majors alone', () => {
  const check = finds('any', 'ADD').statement?.check ?? (() => []);
  const rules = [
    finds('old', 'ADD', { majors: { to: newest.major - 1 } }),
    finds('new', 'COLUMN a', { majors: { from: newest.major } }),
    finds('kind', 'ADD', { statement: { kinds: ['IndexStmt'], check } }),
  ];
  assert.deepEqual(ask(...rules).map(label), ['new 1:2']);
});

test('what a better finding of the same statement tells is left out', () => {
  const worse = finds('worse', 'ADD');
  assert.deepEqual(ask(worse, finds('better', 'COLUMN a', { covers: ['worse'] })).map(label), [
    'better 1:2',
    'worse 1:3',
  ]);
});

test('a fallback gives way to whoever tells as heavily that others wait', () => {
  const fallback = finds('fallback', 'COLUMN', { fallback: true, blocking: true });
  assert.deepEqual(ask(fallback, finds('a', 'COLUMN a', { blocking: true })).map(label), ['a 1:2', 'fallback 1:3']);
  assert.deepEqual(ask(fallback, finds('a', 'COLUMN a')).map(label).length, 3);
  assert.deepEqual(ask(fallback, finds('a', 'COLUMN a', { blocking: true, severity: 'notice' })).map(label).length, 3);
});

test('findings of the folder are accepted at the top of the file', () => {
  const place = { migration: '1', path: 'migrations/1.sql', line: 1 };
  const file = finds('file', 'nothing', { whole: () => [{ message: 'of the file', place }] });
  assert.deepEqual(ask(file).map(label), ['file 1:1 waived']);
  assert.deepEqual(ask({ ...file, waivable: false }).map(label), ['file 1:1']);
});

test('a waiver of a rule that is not asked of this major is not called unused', () => {
  const unused = finds('unused-waiver', 'nothing');
  const early = finds('early', 'nothing');
  assert.deepEqual(
    ask(unused, early, finds('file', 'COLUMN a')).map(label),
    ['file 1:2 waived', 'unused-waiver 1:3'].reverse(),
  );
  assert.deepEqual(ask(unused, { ...early, majors: { to: 1 } }, finds('file', 'COLUMN a')).map(label), [
    'file 1:2 waived',
  ]);
});

test('the nearest rule is suggested', () => {
  const [finding] = ask(finds('invalid-waiver', 'nothing'), finds('earlier', 'nothing'), finds('files', 'nothing'));
  assert.match(finding?.message ?? '', /names the rule file, which does not exist; did you mean files\?/);
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { topComments, waiversIn } from '../../src/jobs/waiver-comments.ts';

const read = (text: string) => waiversIn({ text, line: 7 });
const waiver = (rules: string[], reason: string, line = 7, until?: string) => ({
  line,
  waiver: { rules, reason, line, ...(until !== undefined && { until }) },
});

suite('waiver comments', () => {
  test('rules and a reason, in several ways of writing', () => {
    const expected = [waiver(['drop-column'], 'nobody reads it')];
    for (const text of [
      '-- lockkeeper:allow drop-column because nobody reads it',
      '--lockkeeper: allow drop-column: nobody reads it',
      '-- Lockkeeper:Allow DROP-COLUMN -- nobody reads it',
      '-- lockkeeper allow drop-column — nobody reads it',
      '/* lockkeeper:allow drop-column because nobody reads it */',
      '/*\n * lockkeeper:allow drop-column\n * because nobody\n *   reads it\n */',
    ]) {
      const [found] = read(text);
      assert.deepEqual([{ ...found, line: 7, waiver: { ...found?.waiver, line: 7 } }], expected, text);
    }
  });

  test('several rules, and an end date before or behind the reason', () => {
    const expected = [waiver(['drop-column', 'rename-table'], 'it is small', 7, '2031-12-31')];
    assert.deepEqual(
      read('-- lockkeeper:allow drop-column, rename-table until 2031-12-31 because it is small'),
      expected,
    );
    assert.deepEqual(
      read('-- lockkeeper:allow drop-column,rename-table because it is small, until 2031-12-31.'),
      expected,
    );
  });

  test('two in one comment have lines of their own', () => {
    const text = '/* lockkeeper:allow a because one\n\n   lockkeeper:allow b because two */';
    assert.deepEqual(read(text), [waiver(['a'], 'one'), waiver(['b'], 'two', 9)]);
  });

  test('a comment that only mentions the word is none', () => {
    for (const text of [
      '-- see the docs of lockkeeper: it explains',
      '-- lockkeeper checks this',
      '-- allow nothing',
    ]) {
      assert.deepEqual(read(text), []);
    }
  });

  test('what is not well written is told', () => {
    const cases = {
      '-- lockkeeper:allow drop-column': /has no reason/,
      '-- lockkeeper:allow drop-column because': /has no reason/,
      '-- lockkeeper:allow drop-column it is small': /has no reason/,
      '-- lockkeeper:allow because it is small': /names no rule/,
      '-- lockkeeper:allow': /names no rule/,
      '-- lockkeeper:ignore drop-column because …': /begins with "ignore"/,
      '-- lockkeeper:allow drop-column until soon because it is small': /ends on "soon"/,
      '-- lockkeeper:allow drop-column until 2031-02-29 because it is small': /ends on "2031-02-29"/,
    };
    for (const [text, fault] of Object.entries(cases)) assert.match(read(text)[0]?.fault ?? '', fault, text);
  });

  test('the top of a file ends with its first statement', () => {
    const text = '\n-- one\n\n/* two\n lines */ -- three\nSELECT 1; -- four';
    assert.deepEqual(
      topComments(text).map(({ text, line }) => [text, line]),
      [
        ['-- one', 2],
        ['/* two\n lines */', 4],
        ['-- three', 5],
      ],
    );
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change } from '../../src/model/schema.ts';
import { detailLines } from '../../src/reports/details.ts';

function told(...details: Change['details'][number][]): string[] {
  const change: Change = { action: 'changed', kind: 'table', id: 'public.t', details };
  return detailLines(change).map(({ sign, text }) => `${sign} ${text}`);
}

test('of a list what went and came is told, not all the rest', () => {
  assert.deepEqual(told({ property: 'labels', before: '["a","b"]', after: '["a","c"]' }), [
    '- labels: b',
    '+ labels: c',
  ]);
  assert.deepEqual(told({ property: 'grants', before: null, after: '["PUBLIC: SELECT"]' }), [
    '+ grants: PUBLIC: SELECT',
  ]);
  assert.deepEqual(told({ property: 'labels', before: '["a","b"]', after: '["b","a"]' }), [
    '- labels: ["a","b"]',
    '+ labels: ["b","a"]',
  ]);
});

test('of a long text the changed lines are told, and a body not twice', () => {
  const text = (middle: string) => ['CREATE FUNCTION f()', 'BEGIN', middle, 'END'].join('\n');
  const definition = { property: 'definition', before: text('RETURN 1;'), after: text('RETURN 2;') };
  const body = { property: 'body', before: 'RETURN 1;', after: 'RETURN 2;' };
  assert.deepEqual(told(definition, body), ['- definition: RETURN 1;', '+ definition: RETURN 2;']);
  const many = { property: 'definition', before: 'a\nb', after: `a\n${'x\n'.repeat(40)}b` };
  assert.deepEqual([told(many).length, told(many).at(-1)], [13, '+ definition: … 28 more lines']);
});

test('properties are told in words, and nothing as none', () => {
  assert.deepEqual(told({ property: 'replicaIdentity', before: null, after: 'full' }), [
    '- replica identity: none',
    '+ replica identity: full',
  ]);
});

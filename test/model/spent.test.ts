import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spent, trimmed } from '../../src/model/spent.ts';

test('memory that bytes have to themselves is given back', () => {
  const whole = Buffer.alloc(100_000, 'x');
  spent(whole);
  assert.equal(whole.length, 0);
});

test('a part of something larger is left alone, and so is what the pool has lent', () => {
  const larger = Buffer.alloc(100_000, 'x');
  for (const part of [larger.subarray(1), larger.subarray(0, 99_999), Buffer.from('lent'), Buffer.alloc(0)]) {
    const before = Buffer.from(part);
    spent(part);
    assert.ok(part.equals(before));
  }
});

test('a beginning is kept, and what it began is given back', () => {
  const larger = Buffer.alloc(100_000, 'x');
  const kept = trimmed(larger.subarray(0, 70_000));
  assert.deepEqual([kept.length, kept.buffer.byteLength, larger.length], [70_000, 70_000, 0]);
  assert.ok(kept.equals(Buffer.alloc(70_000, 'x')));
  assert.equal(trimmed(Buffer.from('lent')).toString(), 'lent');
});

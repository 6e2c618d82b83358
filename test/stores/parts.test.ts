import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import { cut } from '../../src/stores/s3/cut.ts';
import { Buffers } from '../../src/stores/s3/part.ts';
import { growing, type Step, sizeOf } from '../../src/stores/s3/sizes.ts';
import { bytes } from '../support/stores.ts';

const MiB = 1 << 20;

test('parts are as S3 takes them, hold more than 5 TiB, and little memory', () => {
  assert.equal(
    growing.reduce((sum, { parts }) => sum + parts, 0),
    10_000,
  );
  assert.ok(growing.reduce((sum, { parts, bytes }) => sum + parts * bytes, 0) > 5 * 1024 ** 4);
  for (const { bytes, alongside, onDisk } of growing) {
    assert.ok(bytes >= 5 * MiB && bytes <= 5 * 1024 * MiB);
    // those on their way, perhaps twice, and the one that fills
    if (!onDisk) assert.ok(bytes * (2 * alongside + 1) <= 100 * MiB);
  }
  assert.equal(sizeOf(10_000, growing), growing.at(-1));
  assert.equal(sizeOf(10_001, growing), undefined);
});

test('content is cut into parts, in memory and on disk, that can be sent more than once', async () => {
  const steps: Step[] = [
    { parts: 2, bytes: 1000, alongside: 2, onDisk: false },
    { parts: 8, bytes: 3000, alongside: 1, onDisk: true },
  ];
  for (const [length, counts] of [
    [0, [0]],
    [1, [1]],
    [1000, [1000]],
    [1001, [1000, 1]],
    [5000, [1000, 1000, 3000]],
    [9999, [1000, 1000, 3000, 3000, 1999]],
  ] as const) {
    const whole = Buffer.concat(await Array.fromAsync(bytes(length)));
    const seen: number[] = [];
    let at = 0;
    for await (const { number, part, last } of cut(bytes(length), steps, new Buffers())) {
      const expected = whole.subarray(at, at + part.bytes);
      for (let again = 0; again < 2; again++) {
        const body = part.body();
        const sent = body instanceof Uint8Array ? body : Buffer.concat(await Array.fromAsync(body));
        assert.ok(expected.equals(sent));
      }
      const sum = Buffer.from(part.crc32(), 'base64').readUInt32BE();
      assert.equal(sum, crc32(expected));
      if (number > 2) assert.equal(part.md5(), createHash('md5').update(expected).digest('base64'));
      assert.equal(last, at + part.bytes === length);
      seen.push(part.bytes);
      at += part.bytes;
      await part.release();
    }
    assert.deepEqual(seen, counts);
    assert.equal(at, length);
  }
  assert.deepEqual(
    (await readdir(tmpdir())).filter((name) => name.startsWith('lockkeeper-part-')),
    [],
  );
});

test('more than the parts hold is told', async () => {
  const steps: Step[] = [{ parts: 2, bytes: 1000, alongside: 2, onDisk: false }];
  await assert.rejects(Array.fromAsync(cut(bytes(2001), steps, new Buffers())), /larger than S3 takes/);
});

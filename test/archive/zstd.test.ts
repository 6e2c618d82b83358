import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { compressed, decompressed } from '../../src/archive/zstd.ts';

async function* pieces(data: Buffer, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < data.length; at += size) yield Buffer.from(data.subarray(at, at + size)); // what is read is spent
}

async function all(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(stream));
}

const text = Buffer.from(Array.from({ length: 400_000 }, (_, index) => `row ${index} of ${index % 97}\n`).join(''));
const mixed = Buffer.concat([text, randomBytes(5_000_000), Buffer.alloc(9_000_000), text]);

for (const [name, data] of Object.entries({
  text,
  mixed,
  empty: Buffer.alloc(0),
  one: Buffer.from('x'),
  exact: Buffer.alloc(8 << 20, 'ab'),
}))
  test(`${name}: what was compressed comes back`, async () => {
    const packed = await all(compressed(pieces(data, 100_003)));
    for (const size of [packed.length || 1, 65_536, 4_099])
      assert.ok((await all(decompressed(pieces(packed, size)))).equals(data));
    if (data.length > 10) assert.ok(packed.length < data.length);
  });

test('frames of others are read as well, with and without checksum and size', async () => {
  const packed = Buffer.concat([zstdCompressSync(text), zstdCompressSync(Buffer.from('end'))]);
  assert.ok((await all(decompressed(pieces(packed)))).equals(Buffer.concat([text, Buffer.from('end')])));
});

function isFrames(data: Buffer): boolean {
  return data.length % (512 << 10) === 0 && text.subarray(0, data.length).equals(data);
}

test('one wrong bit anywhere, or an end anywhere but between two frames, is noticed', async () => {
  const packed = await all(compressed(pieces(text)));
  const wrong: string[] = [];
  for (let trial = 0; trial < 200; trial += 1) {
    const flipped = Buffer.from(packed);
    const at = trial < 12 ? trial : randomInt(packed.length);
    flipped[at] = (flipped[at] as number) ^ (1 << randomInt(8));
    const cut = packed.subarray(0, randomInt(1, packed.length));
    for (const [kind, bad] of [
      ['flip', flipped],
      ['cut', cut],
    ] as const) {
      const result = await all(decompressed(pieces(bad))).catch((error: unknown) => error);
      // a flip in what says how to decode may change nothing, never the data; an end between frames is for the digest to tell
      const allowed = (data: Buffer) => (kind === 'flip' ? data.equals(text) : isFrames(data));
      if (!(result instanceof Error) && !allowed(result as Buffer)) wrong.push(`${kind}, ${at}, ${cut.length}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('a source that fails fails the stream', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.alloc(10_000_000);
    throw new Error('gone');
  }
  await assert.rejects(all(compressed(broken())), /gone/);
});

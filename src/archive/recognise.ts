import { createZstdDecompress } from 'node:zlib';
import { decrypted } from './age.ts';
import { gunzipped } from './gzip.ts';
import { transformed } from './transformed.ts';

/** Packings by the bytes they begin with: age 1, RFC 1952, RFC 8878. */
const packings: readonly [
  start: Buffer,
  open: (content: AsyncIterable<Uint8Array>, keys: readonly string[]) => Content,
][] = [
  [Buffer.from('age-encryption.org/v1'), (content, keys) => decrypted(content, keys)],
  [Buffer.from([0x1f, 0x8b]), (content) => gunzipped(content)],
  [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), (content) => transformed(content, createZstdDecompress())],
];

type Content = AsyncIterable<Uint8Array>;

export interface Recognised {
  /** The first bytes of what was packed, up to 1,000. */
  readonly head: Buffer;
  readonly content: Content;
}

/** Unpacks what others packed, as it says itself what it is: encrypted and then compressed, or the other way round. */
export async function recognised(packed: Content, identities: readonly string[]): Promise<Recognised> {
  let { head, content } = await peek(packed);
  for (let depth = 0; depth < 3; depth += 1) {
    const packing = packings.find(([start]) => head.subarray(0, start.length).equals(start));
    if (!packing) break;
    ({ head, content } = await peek(packing[1](content, identities)));
  }
  return { head, content };
}

/** Reads the beginning, and gives it back with the rest. */
async function peek(content: Content): Promise<Recognised> {
  const pieces = content[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < 1000) {
    const { done, value } = await pieces.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  return { head: head.subarray(0, 1000), content: joined(head, pieces) };
}

async function* joined(head: Uint8Array, pieces: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
  } finally {
    await pieces.return?.();
  }
}

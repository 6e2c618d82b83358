import { createZstdDecompress } from 'node:zlib';
import { KnownError } from '../model/error.ts';
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

/** What others pack with, and how they unpack it again. */
const foreign: readonly [start: Buffer, program: string][] = [
  [Buffer.from([0x04, 0x22, 0x4d, 0x18]), 'lz4'],
  [Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a]), 'xz'],
  [Buffer.from('BZh'), 'bzip2'],
  [Buffer.from('PK\x03\x04'), 'unzip'],
];

export interface Recognised {
  /** The first bytes of what was packed, up to 1,000. */
  readonly head: Buffer;
  readonly content: Content;
  /** It was packed. */
  readonly packed: boolean;
}

/** Unpacks what others packed, as it says itself what it is: encrypted and then compressed, or the other way round. */
export async function recognised(packed: Content, identities: readonly string[]): Promise<Recognised> {
  let found = { ...(await peek(packed)), packed: false };
  for (let depth = 0; depth < 3; depth += 1) {
    const packing = packings.find(startOf(found));
    if (!packing) break;
    found = { ...(await peek(packing[1](found.content, identities))), packed: true };
  }
  const [, program] = foreign.find(startOf(found)) ?? [];
  if (program === undefined) return found;
  await found.content[Symbol.asyncIterator]().return?.();
  throw new KnownError(`It is packed in a way that is not read here.`, { help: `Unpack it first, with ${program}.` });
}

function startOf({ head }: Pick<Recognised, 'head'>): (packing: readonly [start: Buffer, unknown]) => boolean {
  return ([start]) => head.subarray(0, start.length).equals(start);
}

/** Reads the beginning, and gives it back with the rest. */
async function peek(content: Content): Promise<Pick<Recognised, 'head' | 'content'>> {
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

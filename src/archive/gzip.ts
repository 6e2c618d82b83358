import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import { trimmed } from '../model/spent.ts';
import { chunked, Pool } from './chunks.ts';
import { inOrder } from './parallel.ts';
import { transformed } from './transformed.ts';

/** Of one member before it is compressed: members one after another are a valid file for every decoder (RFC 1952, 2.2). */
const memberBytes = 1 << 20;
/** Members under work at once: node's pool has four threads. */
const atOnce = 4;

const compressMember = promisify(gzip);

/** Takes a member that does not get smaller at once: node's 16 KiB would be as many errands to its pool. */
const memberRoom = memberBytes + (64 << 10);

/** Compresses a stream of any length on several threads, with bounded memory. */
export async function* gzipped(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pool = new Pool(memberBytes);
  const compress = (member: Buffer) =>
    compressMember(member, { chunkSize: memberRoom })
      .then(trimmed)
      .finally(() => pool.give(member));
  yield* inOrder(chunked(content, pool), compress, atOnce);
}

/** Decompresses what any gzip wrote. Throws for bytes that are damaged, missing, or no gzip. */
export function gunzipped(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  return transformed(content, createGunzip({ chunkSize: 64 << 10 }));
}

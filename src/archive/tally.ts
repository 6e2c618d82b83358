import { createHash } from 'node:crypto';

/** A stream whose bytes are counted and hashed as they pass by. */
export interface Tally extends AsyncIterable<Uint8Array> {
  /** To be asked when the stream has ended. */
  digest(): { readonly bytes: number; readonly sha256: string };
}

export function tally(content: AsyncIterable<Uint8Array>): Tally {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    async *[Symbol.asyncIterator]() {
      for await (const piece of content) {
        hash.update(piece);
        bytes += piece.length;
        yield piece;
      }
    },
    digest: () => ({ bytes, sha256: hash.copy().digest('hex') }),
  };
}

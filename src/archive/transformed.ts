import { type Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What a stream of node makes of the content. Throws what either of them throws; the content is closed with its reader. */
export async function* transformed(content: AsyncIterable<Uint8Array>, by: Duplex): AsyncGenerator<Uint8Array> {
  const given = pipeline(Readable.from(content, { objectMode: false }), by);
  given.catch(() => {}); // heard below, or by who reads
  try {
    yield* by as AsyncIterable<Uint8Array>;
    await given;
  } finally {
    by.destroy();
    await given.catch(() => {});
  }
}

import { spent } from '../model/spent.ts';

/** Buffers of one size that are used again: what is left to the collector of garbage stays for long. */
export class Pool {
  readonly size: number;
  readonly #free: Buffer[] = [];

  constructor(size: number) {
    this.size = size;
  }

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(this.size);
  }

  /** Takes a buffer back, or the beginning of one; its giver must not touch it again. */
  give({ buffer }: Buffer): void {
    this.#free.push(Buffer.from(buffer));
  }
}

/** Pieces of exactly the pool's size, the last one shorter; one empty piece where there is nothing. The content is spent. */
export async function* chunked(content: AsyncIterable<Uint8Array>, pool: Pool): AsyncGenerator<Buffer> {
  let chunk = pool.take();
  let length = 0;
  let first = true;
  for await (const piece of content) {
    for (let from = 0; from < piece.length; ) {
      const part = piece.subarray(from, from + pool.size - length);
      chunk.set(part, length);
      from += part.length;
      length += part.length;
      if (length < pool.size) continue;
      yield chunk;
      [chunk, length, first] = [pool.take(), 0, false];
    }
    spent(piece);
  }
  if (length > 0 || first) yield chunk.subarray(0, length);
}

import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Header, headerAt, headerOf, renamed, tarBlock, tarFault } from './tar-header.ts';

/** A file in a tar. */
export interface Member {
  /** As it stands there, with the folders before it. */
  readonly name: string;
  readonly bytes: number;
  /** To be read before the next member is asked for, or not at all. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** The files of a folder that has no others below it as one tar; the file `first` stands at the beginning. */
export async function* tarred(folder: string, first: string): AsyncGenerator<Uint8Array> {
  const names = (await readdir(folder)).filter((name) => name !== first).sort();
  for (const name of [first, ...names]) {
    const path = join(folder, name);
    const { size, mtime } = await stat(path);
    yield headerOf({ name, bytes: size, modified: mtime });
    if (size > 0) yield* createReadStream(path, { end: size - 1, highWaterMark: 1 << 18 });
    yield Buffer.alloc(paddingOf(size));
  }
  yield Buffer.alloc(2 * tarBlock);
}

/** The files in a tar, in its order. Throws for one that is damaged or ends early. */
export async function* members(tar: AsyncIterable<Uint8Array>): AsyncGenerator<Member> {
  const source = new Pieces(tar);
  try {
    let said: Partial<Header> = {};
    for (let header = await next(source); header; header = await next(source)) {
      const { name, bytes, kind } = { ...header, ...said };
      const rest = { left: bytes };
      if (kind === 'extended' || kind === 'long name') {
        said = { ...said, ...renamed(kind, await source.exactly(bytes)) };
        rest.left = 0;
      } else {
        said = {};
        if (kind === 'file') yield { name, bytes, content: source.upTo(rest) };
      }
      for await (const _ of source.upTo(rest));
      await source.exactly(paddingOf(bytes));
    }
    for await (const _ of source.upTo({ left: Number.POSITIVE_INFINITY })); // its reader may be counting
  } finally {
    await source.close();
  }
}

/** A member fills whole blocks. */
function paddingOf(bytes: number): number {
  return (tarBlock - (bytes % tarBlock)) % tarBlock;
}

async function next(source: Pieces): Promise<Header | undefined> {
  return headerAt(await source.exactly(tarBlock));
}

/** A stream that is read in lengths of the reader's choice. */
class Pieces {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #held: Uint8Array = new Uint8Array();

  constructor(content: AsyncIterable<Uint8Array>) {
    this.#pieces = content[Symbol.asyncIterator]();
  }

  /** Throws where there is less. */
  async exactly(bytes: number): Promise<Buffer> {
    return Buffer.concat(await Array.fromAsync(this.upTo({ left: bytes })));
  }

  /** The next `rest.left` bytes, which is counted down. An infinite rest may end at any time. */
  async *upTo(rest: { left: number }): AsyncGenerator<Uint8Array> {
    while (rest.left > 0) {
      if (this.#held.length === 0) {
        const { done, value } = await this.#pieces.next();
        if (done && rest.left === Number.POSITIVE_INFINITY) return;
        if (done) throw tarFault('ends in the middle');
        this.#held = value;
        continue;
      }
      const piece = this.#held.subarray(0, Math.min(rest.left, this.#held.length));
      this.#held = this.#held.subarray(piece.length);
      rest.left -= piece.length;
      yield piece;
    }
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}

import type { Transform } from 'node:stream';
import { inOrder } from './parallel.ts';

/**
 * Transforms that work at once on pieces that are independent of each other. Each is used for many pieces: one made for
 * every piece costs the collector of garbage more than the work itself.
 */
export class Lanes {
  readonly #all: readonly Lane[];
  readonly #free: Lane[];

  constructor(make: () => Transform, count: number) {
    this.#all = Array.from({ length: count }, () => new Lane(make()));
    this.#free = [...this.#all];
  }

  /** What is made of the pieces, in their order. @param done gets each piece when nobody looks at it any more */
  async *inOrder<T extends Uint8Array>(pieces: AsyncIterable<T>, done: (piece: T) => void): AsyncGenerator<Uint8Array> {
    const work = async (piece: T) => {
      const lane = this.#free.pop() as Lane; // no more pieces are under work than there are lanes
      const made = await lane.run(piece).finally(() => this.#free.push(lane));
      done(piece);
      return made;
    };
    for await (const made of inOrder(pieces, work, this.#all.length)) yield* made;
  }

  [Symbol.dispose](): void {
    for (const lane of this.#all) lane.end();
  }
}

class Lane {
  readonly #transform: Transform;
  #made: Uint8Array[] = [];
  #failed: (error: Error) => void = () => {};

  constructor(transform: Transform) {
    this.#transform = transform;
    transform.on('data', (made: Buffer) => this.#made.push(made));
    transform.on('error', (error) => this.#failed(error));
  }

  /** All that is made of a piece. */
  run(piece: Uint8Array): Promise<Uint8Array[]> {
    return new Promise((resolve, reject) => {
      this.#failed = reject;
      this.#transform.write(piece, (error) => (error ? reject(error) : resolve(this.#made.splice(0))));
    });
  }

  end(): void {
    this.#transform.destroy();
  }
}

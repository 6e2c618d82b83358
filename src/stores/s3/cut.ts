import { KnownError } from '../../model/error.ts';
import { spent } from '../../model/spent.ts';
import { type Buffers, beginPart, type Part } from './part.ts';
import { type Step, sizeOf } from './sizes.ts';

export interface NumberedPart {
  /** From 1. */
  readonly number: number;
  readonly part: Part;
  /** How many may be on their way together with it. */
  readonly alongside: number;
  /** Nothing comes after it. */
  readonly last: boolean;
}

/** Content as full parts and a last one of any length, also none. Who gets a part releases it; the content is spent. */
export async function* cut(
  content: AsyncIterable<Uint8Array>,
  steps: readonly Step[],
  buffers: Buffers,
): AsyncGenerator<NumberedPart, void> {
  let number = 1;
  let size = sizeAt(number, steps);
  let part: Part | undefined = await beginPart(size, buffers);
  try {
    for await (const chunk of content) {
      for (let rest = chunk; rest.length > 0; ) {
        // only now it is known that there is more
        if (part.room === 0) {
          const full: Part = part;
          part = undefined;
          yield { number, part: full, alongside: size.alongside, last: false };
          size = sizeAt(++number, steps);
          part = await beginPart(size, buffers);
        }
        const piece = rest.subarray(0, part.room);
        await part.add(piece);
        rest = rest.subarray(piece.length);
      }
      spent(chunk);
    }
    const end = part;
    part = undefined;
    yield { number, part: end, alongside: size.alongside, last: true };
  } finally {
    await part?.release();
  }
}

function sizeAt(number: number, steps: readonly Step[]) {
  const size = sizeOf(number, steps);
  if (size) return size;
  throw new KnownError('The backup is larger than S3 takes in one object.', {
    reason: 'backup',
    help: 'Compress it, or back up fewer databases in one.',
  });
}

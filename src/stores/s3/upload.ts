import { Taken } from '../../model/store.ts';
import { interruptible } from '../content.ts';
import { cut } from './cut.ts';
import { Multipart } from './multipart.ts';
import { Buffers } from './part.ts';
import type { Place } from './place.ts';
import { isTaken, put, type Writing } from './put.ts';

/**
 * Writes content of unknown length: by one request where it fits into a part, else by parts, several at once. How many
 * bytes it was.
 */
export async function upload(writing: Writing, place: Place, content: AsyncIterable<Uint8Array>): Promise<number> {
  const failing = new AbortController();
  const signal = AbortSignal.any([place.signal, failing.signal]);
  const here = { ...place, signal };
  // told before hours of uploading rather than after
  if (await isTaken(writing.requests, here)) throw new Taken(writing.label, place.key);
  const buffers = new Buffers();
  let many: Multipart | undefined;
  try {
    for await (const numbered of cut(interruptible(content, signal), writing.sizes, buffers)) {
      const { part, last } = numbered;
      if (!many && last) {
        await using _ = { [Symbol.asyncDispose]: () => part.release() };
        if (!(await put(writing, here, part))) throw new Taken(writing.label, place.key);
        return part.bytes;
      }
      many ??= await Multipart.begin(writing, here, failing).catch(async (error) => {
        await part.release();
        throw error;
      });
      await many.add(numbered);
    }
    await many?.complete();
    buffers.free();
  } catch (error) {
    if (!(await many?.abort())) throw error;
  }
  return many?.bytes ?? 0;
}

import { bytesText } from '../../model/amounts.ts';
import type { Progress } from '../../model/server.ts';

/** Between two words of progress, in milliseconds. */
const pause = 10_000;

/** A stream that tells now and then how much of it has passed by: `dumped 1.2 GB`. */
export async function* metered(
  content: AsyncIterable<Uint8Array>,
  done: string,
  progress: Progress,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  let next = performance.now() + pause;
  for await (const piece of content) {
    bytes += piece.length;
    yield piece;
    if (performance.now() < next) continue;
    progress.step(`${done} ${bytesText(bytes)}`);
    next = performance.now() + pause;
  }
}

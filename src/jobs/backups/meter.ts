import { bytesText } from '../../model/amounts.ts';
import type { Progress } from '../../model/server.ts';

/** Between two words of progress, in milliseconds, where each is a line more. */
const pause = 10_000;

/** A stream that tells now and then how much of it has passed by: `dumped 1.20 GB, 118 MB/s`. */
export async function* metered(
  content: AsyncIterable<Uint8Array>,
  done: string,
  progress: Progress,
): AsyncGenerator<Uint8Array> {
  const start = performance.now();
  const every = progress.live ? pause / 10 : pause;
  let bytes = 0;
  let next = start + every;
  for await (const piece of content) {
    bytes += piece.length;
    yield piece;
    const now = performance.now();
    if (now < next) continue;
    progress.step(`${done} ${bytesText(bytes)}, ${bytesText(Math.round((bytes / (now - start)) * 1000))}/s`);
    next = now + every;
  }
}

/**
 * Does `work` on several pieces of a stream at once, and yields the results in the stream's order. At most `limit`
 * pieces are held. Where the reader stops early, the source is closed; where anything throws, nothing goes on unheard.
 */
export async function* inOrder<T, R>(
  source: AsyncIterable<T>,
  work: (piece: T) => Promise<R>,
  limit: number,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  try {
    for await (const piece of source) {
      const result = work(piece);
      result.catch(() => {}); // heard when its turn comes
      running.push(result);
      if (running.length >= limit) yield await (running.shift() as Promise<R>);
    }
    for (let next = running.shift(); next; next = running.shift()) yield await next;
  } finally {
    await Promise.allSettled(running);
  }
}

/**
 * The same content, that ends with the signal's reason as soon as the signal aborts, even while the source keeps one
 * waiting. The source is told to end in any case.
 */
export async function* interruptible(
  content: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const source = content[Symbol.asyncIterator]();
  const aborted = Promise.withResolvers<never>();
  aborted.promise.catch(() => {});
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  let ended = false;
  try {
    while (true) {
      signal.throwIfAborted();
      const next = source.next();
      next.catch(() => {});
      const { done, value } = await Promise.race([next, aborted.promise]);
      if (done) {
        ended = true;
        return;
      }
      yield value;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    // not awaited: a source that is stuck would keep us waiting for ever
    if (!ended) source.return?.()?.then(undefined, () => {});
  }
}

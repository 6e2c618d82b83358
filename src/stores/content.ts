/**
 * The same content, that ends with the signal's reason as soon as the signal aborts, even while the source keeps one
 * waiting. The source is told to end in any case.
 */
export async function* interruptible(
  content: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const source = content[Symbol.asyncIterator]();
  // a promise that outlives the pieces, to race them against, would hold every one of them
  let cut: (reason: unknown) => void = () => {};
  const abort = () => cut(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  let ended = false;
  try {
    while (true) {
      signal.throwIfAborted();
      const { done, value } = await new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
        cut = reject;
        source.next().then(resolve, reject);
      });
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

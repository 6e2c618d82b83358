/** For GitHub to be told how a run ended that is being ended itself: ten seconds after the first signal it is killed. */
const grace = 4000;

/** Aborts a moment after `signal` does: time enough for a few words. */
export function graceAfter(signal: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const begin = () => setTimeout(() => controller.abort(signal.reason), grace).unref();
  if (signal.aborted) begin();
  else signal.addEventListener('abort', begin, { once: true });
  return controller.signal;
}

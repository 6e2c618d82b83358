import { setTimeout as sleep } from 'node:timers/promises';
import { RequestError } from '@octokit/request-error';

/** How long GitHub is waited for. All in milliseconds. */
export interface Patience {
  /** For everything together, waits and answers. */
  readonly budget: number;
  /** For one answer. */
  readonly answer: number;
}

/** A comment is worth a moment, a stuck job is not. */
export const usualPatience: Patience = { budget: 150_000, answer: 30_000 };

/** As GitHub asks for where it names no time: at least a minute after a secondary rate limit. */
const minute = 60_000;

/** After faults of the server and the network. */
const pauses = [1000, 4000, 9000];

/**
 * Tries again as https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api asks, for as long
 * as the wait ends before `deadline` (as `Date.now()`); then the last error is thrown.
 */
export async function patiently<T>(work: () => Promise<T>, deadline: number, signal: AbortSignal): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const wait = waitAfter(error, attempt, Date.now());
      if (signal.aborted || wait === undefined || Date.now() + wait > deadline) throw error;
      await sleep(wait, undefined, { signal });
    }
  }
}

/** Milliseconds until it makes sense to ask again; undefined where the answer would be the same. */
function waitAfter(error: unknown, attempt: number, now: number): number | undefined {
  if (!(error instanceof RequestError)) return undefined;
  const { status, response, message } = error;
  const { 'retry-after': after, 'x-ratelimit-remaining': left, 'x-ratelimit-reset': reset } = response?.headers ?? {};
  const limited = status === 403 || status === 429;
  if (after !== undefined && (limited || status === 503)) return waitNamed(String(after), now);
  // a second more, as the clocks may differ
  if (limited && String(left) === '0') return Math.max(0, Number(reset) * 1000 - now) + 1000;
  if (status === 429 || (limited && /secondary rate limit/i.test(message))) return minute;
  return status >= 500 ? pauses[attempt] : undefined;
}

/** `Retry-After` is in seconds, or a date. */
function waitNamed(after: string, now: number): number {
  return /^\d+$/.test(after) ? Number(after) * 1000 : Math.max(0, Date.parse(after) - now) || minute;
}

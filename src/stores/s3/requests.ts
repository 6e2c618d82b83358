import { setTimeout as sleep } from 'node:timers/promises';
import { KnownError } from '../../model/error.ts';
import { StoreFailed } from '../../model/store.ts';
import type { Patience } from '../options.ts';
import { type Failure, failureOf, isExpired, isLost, isMissing, isPassing, isUnmet } from './answers.ts';
import type { Speech } from './client.ts';
import { explain } from './faults.ts';

/** What a request is for. */
export interface Purpose {
  /** The permission it needs: `s3:PutObject`. */
  readonly needs: string;
  readonly signal: AbortSignal;
  /** An attempt goes on for so many milliseconds after the signal: the server may do what was asked, heard or not. */
  readonly lasting?: number;
}

/** How one attempt is sent. */
export interface Attempt {
  readonly abortSignal: AbortSignal;
}

/** A store's answer that is no success, after every attempt; the caller knows what it means, or lets `explain` tell. */
export class Refusal extends Error {
  readonly failure: Failure;
  readonly purpose: Purpose;
  /** It was about who we are (STS, a profile, GitHub), before the store was asked anything. */
  readonly ofIdentity: boolean;
  /** An attempt may have reached the store without our learning its answer. */
  readonly uncertain: boolean;

  constructor(cause: unknown, purpose: Purpose, about: { ofIdentity: boolean; uncertain: boolean }) {
    super('S3 refused a request', { cause });
    this.failure = failureOf(cause);
    this.purpose = purpose;
    this.ofIdentity = about.ofIdentity;
    this.uncertain = about.uncertain;
  }
}

/** Sends requests, again where that may help: growing pauses, a bounded number of times; expired credentials renewed. */
export class Requests {
  readonly speech: Speech;
  readonly bucket: string;
  readonly #patience: Patience;
  /** The store has answered something. */
  #reached = false;
  /** It has answered what was asked, also by saying that there is no such thing. */
  #served = false;
  #renewing: Promise<Identity> | undefined;

  constructor(speech: Speech, bucket: string, patience: Patience) {
    this.speech = speech;
    this.bucket = bucket;
    this.#patience = patience;
  }

  /** @throws KnownError (`unreachable`), or the signal's reason */
  async send<T>(purpose: Purpose, call: (attempt: Attempt) => Promise<T>): Promise<T> {
    try {
      return await this.try(purpose, call);
    } catch (error) {
      throw await this.explained(error);
    }
  }

  /** @throws Refusal, or the signal's reason */
  async try<T>(purpose: Purpose, call: (attempt: Attempt) => Promise<T>): Promise<T> {
    let uncertain = false;
    let renewed = false;
    for (let attempt = 1; ; attempt++) {
      purpose.signal.throwIfAborted();
      let used: Identity | undefined;
      try {
        used = await this.speech.client.config.credentials();
        const answer = await call({ abortSignal: endOf(purpose) });
        this.#reached = true;
        this.#served = true;
        return answer;
      } catch (error) {
        purpose.signal.throwIfAborted();
        const failure = failureOf(error);
        const ofIdentity = used === undefined;
        this.#reached ||= !ofIdentity && failure.status > 0;
        this.#served ||= isMissing(failure) || isUnmet(failure);
        uncertain ||= !ofIdentity && (failure.status === 0 || failure.status >= 500);
        if (used && isExpired(failure) && !renewed) {
          renewed = await this.#renew(used).catch(() => false);
          if (renewed) continue;
        }
        if (!this.#mayHelp(failure, attempt)) throw new Refusal(error, purpose, { ofIdentity, uncertain });
        await this.#pause(attempt, purpose.signal);
      }
    }
  }

  /** What a user is told of an error of `try`. */
  async explained(error: unknown): Promise<unknown> {
    if (!(error instanceof Refusal)) return error;
    const told = await explain(error, this.speech, this.bucket);
    if (!(told instanceof KnownError && this.#served && isLost(error.failure))) return told;
    return new StoreFailed(told.message, { help: told.help, cause: error });
  }

  #mayHelp(failure: Failure, attempt: number): boolean {
    const { attempts, firstAttempts } = this.#patience;
    return isPassing(failure) && attempt < (this.#reached ? attempts : firstAttempts);
  }

  /** Between half of the pause and the whole, so that those who failed together do not come again together. */
  async #pause(attempt: number, signal: AbortSignal): Promise<void> {
    const { pause, longestPause } = this.#patience;
    const whole = Math.min(longestPause, pause * 2 ** (attempt - 1));
    await sleep(whole / 2 + (Math.random() * whole) / 2, undefined, { signal }).catch(() => {});
  }

  /** Whether there are other credentials than these now; asked for once, however many requests found them expired. */
  async #renew(used: Identity): Promise<boolean> {
    const { credentials } = this.speech.client.config;
    if (!isSame(await credentials(), used)) return true;
    this.#renewing ??= credentials({ forceRefresh: true }).finally(() => {
      this.#renewing = undefined;
    });
    return !isSame(await this.#renewing, used);
  }
}

function endOf({ signal, lasting }: Purpose): AbortSignal {
  if (lasting === undefined) return signal;
  const late = new AbortController();
  const wait = () => setTimeout(() => late.abort(signal.reason), lasting).unref();
  signal.addEventListener('abort', wait, { once: true });
  return late.signal;
}

type Identity = Awaited<ReturnType<Speech['client']['config']['credentials']>>;

function isSame(one: Identity, other: Identity): boolean {
  return one.accessKeyId === other.accessKeyId && one.sessionToken === other.sessionToken;
}

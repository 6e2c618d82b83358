import type { ExitReason } from './error.ts';
import type { Plan } from './plan.ts';

/** One of several targets that get the same migrations. */
export interface WaveTarget {
  /** `eu-west` */
  readonly name: string;
  /** From 1: a wave begins when the one before it has done well. */
  readonly wave: number;
  /** The environment variable, and the secret, that holds its URL: `EU_WEST_URL`. */
  readonly secret: string;
}

/** A job of GitHub's `strategy.matrix`: a target on which something is pending. */
export interface MatrixEntry extends WaveTarget {
  readonly pending: number;
  readonly digest: string;
}

/** What is pending on several targets. */
export interface WavesReport {
  /** Version of this format. */
  readonly version: 1;
  readonly command: 'plan';
  /** As of the plans; the worst of them. */
  readonly outcome: Plan['outcome'];
  /** Lockkeeper's version. */
  readonly lockkeeper: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly milliseconds: number;
  readonly targets: readonly PlannedTarget[];
  /** By wave, those that are to be migrated and may be; a wave may be empty. */
  readonly waves: readonly (readonly MatrixEntry[])[];
}

export interface PlannedTarget extends WaveTarget {
  /** Absent where it could not be planned. */
  readonly plan?: Plan;
  /** Why it could not, and which exit code that is. */
  readonly error?: { readonly message: string; readonly reason: Exclude<ExitReason, 'done'> };
}

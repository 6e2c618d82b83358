import type { Plan } from './plan.ts';
import type { Change } from './schema.ts';

/** What a migration of a target came to. */
export interface MigrateReport {
  /** Version of this format. */
  readonly version: 1;
  readonly command: 'migrate';
  /** `nothing`: nothing was pending. `refused`: a gate was closed or a finding not accepted, and nothing was touched. */
  readonly outcome: 'passed' | 'nothing' | 'refused' | 'failed';
  /** Lockkeeper's version. */
  readonly lockkeeper: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly milliseconds: number;
  readonly plan: Plan;
  /** The store, without secrets. */
  readonly store?: string;
  /** What was backed up before; absent where nothing came to that, or it was turned off. */
  readonly backup?: { readonly id: string; readonly key: string };
  /** Backups were turned off for this run. */
  readonly withoutBackup?: true;
  readonly rehearsal?: Rehearsed;
  /** Why nothing was rehearsed on the backup. */
  readonly notRehearsed?: string;
  /** What is committed whole, in order. */
  readonly applied: readonly AppliedMigration[];
  readonly failure?: Failure;
  readonly verification?: Verification;
}

/** The pending migrations on the restored backup. */
export interface Rehearsed {
  /** Of the server it was restored on. */
  readonly server: string;
  readonly restoreMilliseconds: number;
  readonly applied: readonly AppliedMigration[];
  /** What failed there, and so never reached the target. */
  readonly failure?: Failure;
  readonly verification?: Verification;
}

export interface AppliedMigration {
  readonly id: string;
  readonly path: string;
  readonly milliseconds: number;
  readonly statements: readonly AppliedStatement[];
  /** How often a part of it had to be tried again for want of a lock. */
  readonly retries: number;
  /** Who stood in its way. */
  readonly blockers: readonly string[];
}

export interface AppliedStatement {
  /** Of the file, from 1. */
  readonly line: number;
  readonly sql: string;
  readonly milliseconds: number;
}

/** Where it stopped. */
export interface Failure {
  readonly migration: string;
  readonly path: string;
  readonly line?: number;
  readonly message: string;
  readonly sqlstate?: string;
  /** Statements of this migration that are committed all the same, of how many. */
  readonly done: number;
  readonly statements: number;
  /** What of it is left that should not be: invalid indexes, a tool's mark. Whole sentences. */
  readonly left: readonly string[];
  readonly blockers: readonly string[];
}

/** Whether the target is now what was reviewed. */
export interface Verification {
  readonly outcome: 'passed' | 'failed';
  readonly fingerprint: string;
  /** What became different otherwise than planned. */
  readonly unexpected: readonly Change[];
  readonly invalidIndexes: readonly string[];
  /** What is still pending by the tool's own table. */
  readonly pending: readonly string[];
}

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
  /** Who asked for the run, where that is known. */
  readonly actor?: string;
  /** Why something was accepted for it. */
  readonly reason?: string;
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
  /** What `on-failure` came to; absent where it is `stop`, and where nothing failed on the target. */
  readonly recovery?: Recovery;
}

/** What is done when a run fails on its target: nothing, the down migration, or the backup restored beside. */
export type OnFailure = 'stop' | 'down' | 'restore-to-new';

/** What was done after a failure. The outcome of the run, and its exit code, are those of the failure all the same. */
export interface Recovery {
  readonly way: Exclude<OnFailure, 'stop'>;
  /** `refused`: it was not tried, and nothing was touched by it. `failed`: it was, and did not come to its end. */
  readonly outcome: 'done' | 'refused' | 'failed';
  /** Why it was refused, or how it failed, in whole sentences. */
  readonly reason?: string;
  readonly milliseconds: number;
  /** `down`: the file of the down migration. */
  readonly path?: string;
  /** `down`: its statements that are committed, in order. */
  readonly statements?: readonly AppliedStatement[];
  /** `down`: of the schema that it left. */
  readonly fingerprint?: string;
  /** `restore-to-new`: the database that holds the backup. */
  readonly restored?: RestoredBeside;
}

/** A backup in a new database beside its target, which is as the failure left it. */
export interface RestoredBeside {
  readonly database: string;
  /** Where it is, without a password. */
  readonly url: string;
  /** A database to connect to for `switching`, without a password. */
  readonly administration: string;
  /** SQL that puts it in the place of the target, which is kept under another name: one statement at a time. */
  readonly switching: readonly string[];
  /** What was compared with the backup's manifest. */
  readonly checked: readonly string[];
  /** What is not as it was, in whole sentences. */
  readonly problems: readonly string[];
  readonly notes: readonly string[];
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
  /** From the beginning of its transactions to their end, to a tenth; what was waited between attempts apart. */
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
  /** To a tenth. */
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
  /** The connection was lost, and whether one more is committed is not known. */
  readonly uncertain?: true;
  /** What of it was left then that should not be: invalid indexes, a tool's mark. Whole sentences. */
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
  /** What the tool's own program says; absent for a tool that has none, and in a rehearsal. */
  readonly agreement?: Agreement;
}

/** Whether the tool's own program, asked afterwards, sees the same as pending. */
export interface Agreement {
  /** `disagrees`: it would do something else, and the verification has failed. `unclear`: its answer was none. */
  readonly outcome: 'agrees' | 'disagrees' | 'unclear' | 'not asked';
  /** `goose v3.29.0`; absent where it was not asked. */
  readonly program?: string;
  /** What it said, or why it was not asked, as a whole sentence. */
  readonly message: string;
}

import type { FailOn, Finding } from './finding.ts';
import type { AppliedMigration, Failure } from './migrate-report.ts';
import type { Observation } from './observation.ts';
import type { Change, SchemaObject } from './schema.ts';
import type { ServerKind } from './server.ts';

/** What `check` found out. Every presentation is a pure function of it; the JSON report is this, as it stands. */
export interface CheckReport {
  /** Version of this format; raised when a field changes meaning or goes. */
  readonly version: 1;
  readonly command: 'check';
  /** `failed` when a finding that is not waived reaches `failOn`. */
  readonly outcome: 'passed' | 'failed';
  readonly failOn: FailOn;
  /** Lockkeeper's own version. */
  readonly lockkeeper: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly milliseconds: number;
  /** The checked folder relative to the repository's top, with `/`; all paths here start there. Absent for the top itself. */
  readonly folder?: string;
  readonly tool: { readonly name: string; readonly title: string; readonly folders: readonly string[] };
  /** What counts as applied: a commit, or a migration's id (`none`: nothing is). */
  readonly base: { readonly ref?: string; readonly commit?: string; readonly appliedThrough?: string };
  /** The commit that was checked out, where there is one. */
  readonly head?: string;
  /** Absent when nothing was pending, as then none is started. */
  readonly server?: { readonly kind: ServerKind; readonly version: string };
  readonly migrations: {
    /** How many make up the base schema. */
    readonly base: number;
    readonly pending: readonly PendingMigration[];
  };
  /** Most severe first, then in the order of statements. */
  readonly findings: readonly Finding[];
  /** One for every pending statement that was run, in order. */
  readonly observations: readonly Observation[];
  readonly changes: readonly Change[];
  /** Touched tables with their columns and constraints, before and after, and what they refer to: enough to draw them. */
  readonly touched: { readonly before: readonly SchemaObject[]; readonly after: readonly SchemaObject[] };
  /** Fingerprints of the schema before and after the pending migrations. */
  readonly fingerprints?: { readonly before: string; readonly after: string };
  readonly coverage: Coverage;
  /** The pending migrations on a restored backup; absent where that was not asked for. */
  readonly onBackup?: OnBackup;
}

/** What a backup said to the pending migrations. A check is read by many: no row and no value of the backup is in it. */
export interface OnBackup {
  /** `nothing`: all is applied there. */
  readonly outcome: 'passed' | 'failed' | 'nothing';
  /** The backup's id, whose it is, and the moment whose data it holds (ISO 8601, UTC). */
  readonly backup: string;
  readonly database: string;
  readonly takenAt: string;
  /** Of the dump before compression. */
  readonly bytes: number;
  /** Version of the server it was restored on. */
  readonly server: string;
  readonly restoreMilliseconds: number;
  /** What was applied there, with the times that its statements took on these rows. */
  readonly applied: readonly AppliedMigration[];
  readonly failure?: FailureOnBackup;
}

/** Where it stopped. `message` has PostgreSQL's words only where these can hold nothing but names that are in the files. */
export type FailureOnBackup = Pick<
  Failure,
  'migration' | 'path' | 'line' | 'sqlstate' | 'message' | 'done' | 'statements'
>;

export interface PendingMigration {
  readonly id: string;
  readonly path: string;
  readonly statements: number;
  /** `failed`: a statement ended in an error. `not run`: an earlier migration failed. */
  readonly status: 'applied' | 'failed' | 'not run';
}

/** What the verdict rests on, and what it does not cover. */
export interface Coverage {
  readonly statements: { readonly total: number; readonly run: number; readonly observed: number };
  readonly seeded: {
    readonly tables: number;
    readonly rows: number;
    readonly skipped: readonly { readonly table: string; readonly reason: string }[];
  };
  /** Whole sentences about what was not covered: files passed over, statements that were not run. */
  readonly notes: readonly string[];
}

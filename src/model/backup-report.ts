import type { Drill, Manifest, MigrationState } from './backup.ts';

/** What every report about backups begins with. */
interface Report<Command extends string> {
  /** Version of this format. */
  readonly version: 1;
  /** Lockkeeper's version. */
  readonly lockkeeper: string;
  readonly command: Command;
  readonly outcome: 'passed' | 'failed';
  /** The store, without secrets. */
  readonly store?: string;
}

export interface BackupReport extends Report<'backup'> {
  readonly id: string;
  /** Key of the manifest. */
  readonly key: string;
  readonly manifest: Manifest;
  readonly milliseconds: { readonly dump: number; readonly readBack: number };
}

/** A backup in a list. */
export interface ListedBackup {
  /** 1 for the newest. */
  readonly index: number;
  readonly id: string;
  readonly key: string;
  readonly database: string;
  readonly takenAt: string;
  readonly server: string;
  /** In the store. */
  readonly bytes: number;
  readonly encrypted: boolean;
  readonly reason?: string;
  /** The last drill. */
  readonly drill?: Pick<Drill, 'startedAt' | 'depth' | 'outcome'>;
  readonly lockedUntil?: string;
}

export interface BackupsReport extends Report<'backups'> {
  readonly backups: readonly ListedBackup[];
  readonly broken: readonly { readonly key: string; readonly why: string }[];
  /** Keys of dumps without a manifest. */
  readonly orphans: readonly string[];
  /** Databases whose newest backup that a drill has proved is too old, or that have none; only where an age was given. */
  readonly stale?: readonly { readonly database: string; readonly newestVerified?: string }[];
}

export interface VerifyReport extends Report<'verify'> {
  readonly drills: readonly { readonly id: string; readonly database: string; readonly drill: Drill }[];
}

export interface RestoreReport extends Report<'restore'> {
  /** What was restored: the backup's id, or the file. */
  readonly from: string;
  readonly takenAt?: string;
  /** The database that holds it now. */
  readonly database: string;
  readonly server: string;
  /** ID of the backup that was taken before a database was restored over. */
  readonly safetyBackup?: string;
  readonly createdRoles: readonly string[];
  readonly tables: number;
  /** Where the migration tools stand in it; what came after is pending again. */
  readonly migrations: readonly MigrationState[];
  readonly milliseconds: number;
  /** Whole sentences; empty when it passed. */
  readonly problems: readonly string[];
  readonly checked: readonly string[];
  readonly notes: readonly string[];
}

export interface PruneReport extends Report<'prune'> {
  readonly dryRun: boolean;
  readonly backups: readonly {
    readonly id: string;
    readonly database: string;
    readonly takenAt: string;
    readonly bytes: number;
    readonly keep: boolean;
    readonly reasons: readonly string[];
  }[];
  readonly broken: readonly { readonly key: string; readonly why: string }[];
  /** What runs that were cut off have left. */
  readonly leftovers: readonly { readonly key: string; readonly since: string; readonly removed: boolean }[];
}

import type { Counts, Drill, Manifest, MigrationState, StoredDump } from './backup.ts';

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

/** What `report-json` of the commands about backups holds; published as docs/backup-report.schema.json. */
export type AnyBackupReport = BackupReport | BackupsReport | VerifyReport | RestoreReport | PruneReport;

/** Backups that were taken. */
export interface BackupReport extends Report<'backup'> {
  readonly backups: readonly TakenBackup[];
  /** Of several databases, those that could not be backed up, and why. */
  readonly failed: readonly { readonly database: string; readonly message: string }[];
}

/** A backup that was just taken. */
export interface TakenBackup {
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

/** The backups of a store. */
export interface BackupsReport extends Report<'backups'> {
  /** The moment that ages are counted to. */
  readonly at: string;
  readonly backups: readonly ListedBackup[];
  readonly broken: readonly { readonly key: string; readonly why: string }[];
  /** Keys of dumps without a manifest. */
  readonly orphans: readonly string[];
  /** Databases whose newest backup that a drill has proved is too old, or that have none; only where an age was given. */
  readonly stale?: readonly { readonly database: string; readonly newestVerified?: string }[];
}

/** Drills that were held. */
export interface VerifyReport extends Report<'verify'> {
  readonly drills: readonly HeldDrill[];
  /** Manifests and drills that cannot be used; only where no backup was named. */
  readonly broken: readonly { readonly key: string; readonly why: string }[];
  /** Drills that something else than the backup kept from being held; absent where all were. */
  readonly unheld?: readonly { readonly id: string; readonly why: string }[];
}

/** A drill, with what it was held on. */
export interface HeldDrill extends BackedUp {
  readonly id: string;
  readonly drill: Drill;
}

/** What a manifest says that a restored database is compared with. */
export interface BackedUp {
  readonly database: string;
  readonly takenAt: string;
  /** Version of the PostgreSQL it was taken from. */
  readonly server: string;
  readonly dump: StoredDump;
  readonly holds: Counts;
}

/** A restore. */
export interface RestoreReport extends Report<'restore'> {
  /** What was restored: the backup's id, or the file. */
  readonly from: string;
  readonly takenAt?: string;
  /** What the manifest says; absent for a file. */
  readonly backedUp?: BackedUp;
  /** The database that holds it now. */
  readonly database: string;
  readonly server: string;
  /** ID of the backup that was taken before a database was restored over. */
  readonly safetyBackup?: string;
  readonly createdRoles: readonly string[];
  readonly tables: number;
  readonly restored: Counts;
  /** Where the migration tools stand in it; what came after is pending again. */
  readonly migrations: readonly MigrationState[];
  readonly milliseconds: number;
  /** Whole sentences; empty when it passed. */
  readonly problems: readonly string[];
  readonly checked: readonly string[];
  readonly notes: readonly string[];
}

/** What retention decided. */
export interface PruneReport extends Report<'prune'> {
  /** The moment that ages are counted to. */
  readonly at: string;
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

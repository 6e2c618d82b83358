/** How `pg_dump` writes: its custom format, plain SQL, or a directory (stored as one tar). */
export type DumpFormat = 'custom' | 'plain' | 'directory';

export type Compression = 'zstd' | 'gzip' | 'none';

/**
 * What a backup is, beside its dump. It is written last and never changed: a dump without one is not a backup.
 * Published as docs/manifest.schema.json; times are ISO 8601 in UTC.
 */
export interface Manifest {
  /** Version of this format. */
  readonly version: 1;
  /** Lockkeeper's version. */
  readonly lockkeeper: string;
  readonly database: string;
  readonly server: BackedUpServer;
  /** The moment whose data it holds: when the exported snapshot was taken. */
  readonly takenAt: string;
  readonly finishedAt: string;
  readonly dump: StoredDump;
  /** Roles, memberships and role settings as SQL, beside the dump, where the role may read them. */
  readonly globals?: { readonly key: string; readonly bytes: number; readonly sha256: string };
  /** What was in the database at `takenAt`. */
  readonly contents: Contents;
  /** What the backup was taken for, if not by schedule: `before migration 0042`. */
  readonly reason?: string;
  /** Commit and run that took it, where known. */
  readonly commit?: string;
  readonly run?: string;
  /** Of the manifest's own JSON, without this and without spaces; so no change of it goes unnoticed. */
  readonly sha256: string;
}

export interface BackedUpServer {
  /** `17.6` */
  readonly version: string;
  /** `pg_control_system().system_identifier`, where the role may ask. */
  readonly systemIdentifier?: string;
  readonly encoding: string;
  readonly collate: string;
  readonly ctype: string;
}

export interface StoredDump {
  readonly key: string;
  readonly format: DumpFormat;
  readonly compression: Compression;
  /** age recipients it is encrypted to; absent: not encrypted. */
  readonly recipients?: readonly string[];
  /** Version of the pg_dump that wrote it. */
  readonly pgDump: string;
  /** As pg_dump wrote it, and as it lies in the store. */
  readonly plain: Digest;
  readonly stored: Digest;
}

export interface Digest {
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** Counted and read in the snapshot that was dumped. */
export interface Contents {
  readonly tables: readonly TableContents[];
  readonly sequences: readonly SequenceState[];
  readonly extensions: readonly { readonly name: string; readonly version: string }[];
  /** Roles that own or were granted something. */
  readonly roles: readonly string[];
  /** Where tables and indexes lie that are not in the database's own; absent where all are. */
  readonly tablespaces?: readonly string[];
  /** Of the schema with its owners by name, wherever its tables lie. */
  readonly fingerprint: string;
  readonly largeObjects: number;
  /** Names of the settings of the database, also those for one role; their values, which may be secrets, are in the dump. */
  readonly settings?: readonly { readonly name: string; readonly role?: string }[];
  /** Where the migration tools stand whose own tables were found; absent where none were. */
  readonly migrations?: readonly MigrationState[];
}

export interface SequenceState {
  /** Schema-qualified, unquoted. */
  readonly name: string;
  /** Null where it was not asked yet. */
  readonly lastValue: string | null;
  /** Where it stood when the dump was written, if that is another value: sequences move outside transactions, also in a snapshot. */
  readonly until?: string | null;
}

/** What a migration tool's own table says. */
export interface MigrationState {
  /** As in the setting `tool`. */
  readonly tool: string;
  /** Schema-qualified, unquoted. */
  readonly table: string;
  /** The last migration that was applied, as the tool calls it; null where none was. */
  readonly latest: string | null;
  /** How many are applied; golang-migrate keeps only the last. */
  readonly applied: number;
  /** How many failed or were not finished; absent where none. */
  readonly unfinished?: number;
}

export interface TableContents {
  /** Schema-qualified, unquoted. */
  readonly name: string;
  /** Absent where counting was turned off. */
  readonly rows?: number;
  /** `rows` is what the statistics say. */
  readonly estimated?: true;
  /** `pg_total_relation_size` */
  readonly bytes: number;
}

/** What is in a database, in numbers. */
export interface Counts {
  readonly tables: number;
  /** Of all tables; absent where they were not counted, or only estimated. */
  readonly rows?: number;
  readonly sequences: number;
  readonly extensions: number;
  readonly largeObjects: number;
  /** Of the schema. */
  readonly fingerprint: string;
}

/** What a drill found; written beside the manifest, one for each drill. */
export interface Drill {
  readonly version: 1;
  readonly lockkeeper: string;
  /** Key of the manifest. */
  readonly manifest: string;
  readonly startedAt: string;
  readonly depth: 'bytes' | 'decode' | 'restore';
  readonly outcome: 'passed' | 'failed';
  /** Whole sentences; empty when it passed. */
  readonly problems: readonly string[];
  /** Of the server it was restored on. */
  readonly server?: string;
  readonly restoreMilliseconds?: number;
  readonly checked: readonly string[];
  /** What was in the restored database; absent where it did not come so far. */
  readonly restored?: Counts;
  /** As the manifest's own. */
  readonly sha256: string;
}

/** Whether a dump is encrypted and there is no secret key to read it with. */
export function isLocked({ recipients }: Pick<StoredDump, 'recipients'>, identities: readonly string[]): boolean {
  return recipients !== undefined && identities.length === 0;
}

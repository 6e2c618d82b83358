import type { History, Migration } from './migration.ts';

/** What a ledger needs of a connection to the target. */
export interface Session {
  /** Runs one statement with parameters and returns its rows. */
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** One statement with its parameters. */
export interface Query {
  readonly sql: string;
  readonly values?: readonly unknown[];
}

/** A table, unquoted; without a schema it lies where the session's search_path says. */
export interface TableName {
  readonly schema?: string;
  readonly name: string;
}

/** A table that people have named. */
export interface NamedTable extends TableName {
  /** What names it, for people: `GOOSE_TABLE`. */
  readonly by: string;
}

/** What a tool's own table on the target says. */
export interface Standing {
  /** The schema of the tool's table, unquoted; where there is none yet, the one in which it would be made. */
  readonly schema: string;
  /** Whether the table is there. */
  readonly exists: boolean;
  /** Ids of what is applied, in the tool's order; a tool that keeps only the last tells only that. */
  readonly applied: readonly string[];
  /** A migration that the tool began and did not finish: it refuses to go on before somebody has looked. */
  readonly unfinished?: string;
}

/** What a tool would do with a folder of migrations on a target. */
export interface Agenda {
  /** In the order in which they were applied: what the target's schema is made of. */
  readonly applied: readonly Migration[];
  /** In the order in which they are applied. */
  readonly pending: readonly Migration[];
  /** Ids that the table has and the folder has not. */
  readonly orphans: readonly string[];
  /** Files that are not applied, and that the tool will never run, or refuses to go on for. */
  readonly outOfOrder: readonly Migration[];
}

/** Where a tool keeps what it has applied to a target: its table, its locks, its words. */
export interface Ledger {
  /** Names of the tables that the tool keeps for itself, without schema: no comparison of schemas counts them. */
  readonly tables: readonly string[];
  /** The table, where it is not the tool's default: of that name there may be others, in other schemas. */
  readonly named?: NamedTable;
  /** Rights on the table that it takes to write down what is applied, besides reading it. */
  readonly rights: readonly string[];
  /** All columns of the table, by which one under another name is known; empty where only Lockkeeper makes it. */
  readonly columns: readonly string[];
  /** What becomes of migrations that come before one that is applied, as the end of a sentence about the tool. */
  readonly whenOutOfOrder: string;
  /** Reads the table, in the schema that the session's search_path says; changes nothing. */
  read(session: Session): Promise<Standing>;
  agenda(history: History, standing: Standing): Agenda;
  /** Keys of the advisory locks under which the tool works on this database; empty where it takes none. */
  locks(session: Session): Promise<readonly bigint[]>;
  /** Creates the table in a schema as the tool would, where there is none. */
  create(session: Session, schema: string): Promise<void>;
  /** Says that a migration was begun that cannot be one transaction, where the tool says so. */
  begin(migration: Migration, schema: string): readonly Query[];
  /** Says that a migration is applied; within its transaction where it is one. */
  record(migration: Migration, schema: string): readonly Query[];
  /**
   * Says that a migration which was begun is taken back, as the tool does after its way back; `previous` is the id of the
   * one before it, where there is one.
   */
  revert(migration: Migration, previous: string | undefined, schema: string): readonly Query[];
  /** How one tells the tool that something else is the truth, as a sentence for people: `migrate force 41`. */
  readonly remedy: string;
}

import type { Ledger, NamedTable } from './ledger.ts';
import type { History, Tree } from './migration.ts';
import type { Witness } from './witness.ts';

/** A place where a tool's migrations were recognised. */
export interface Detection {
  readonly tool: string;
  /** Folder relative to the repository, with `/`, without one at the end; `''` is the repository itself. */
  readonly folder: string;
  /** What gave it away, for people: `3 files named like 000001_title.up.sql`. */
  readonly evidence: string;
  /** `sure`: only this tool writes such files. `likely`: others could. `fallback`: plain SQL files in order. */
  readonly certainty: 'sure' | 'likely' | 'fallback';
}

/** How a tool is told the name of the table in which it keeps what it has applied. */
export interface Naming {
  /** The table that the tool would take from its surroundings. Throws `KnownError` for a name that it cannot. */
  said(surroundings: Surroundings): NamedTable | undefined;
  /** The ledger in that table. */
  ledger(table: NamedTable): Ledger;
}

/** What a tool that is started here would be told besides its arguments. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Parameters of the target's URL that begin with `x-`. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** One migration tool: how its files are recognised, ordered and given to PostgreSQL. */
export interface Tool {
  /** As in the setting `tool`, and the file's name under `src/tools/`. */
  readonly name: string;
  /** Its own name as people write it. */
  readonly title: string;
  /** A sentence for people: how a statement is run outside a transaction with it. */
  readonly outsideTransaction: string;
  /** How its files are recognised, for people who wonder why none were found: `000001_title.up.sql`. */
  readonly recognisedBy: string;
  /**
   * Whether every migration starts with a session of its own (`psql` per file); otherwise settings such as
   * `search_path` last from one migration to the next.
   */
  readonly freshSession: boolean;
  /** Folders of the tree that look like this tool's; paths are all files of the tree. Reads as few files as it can. */
  detect(tree: Tree, paths: readonly string[]): Promise<readonly Detection[]>;
  /** The history in these folders. Throws `KnownError` where the tool itself would refuse to read them. */
  read(tree: Tree, folders: readonly string[]): Promise<History>;
  /** Where it keeps, on a target, what it has applied. */
  readonly ledger: Ledger;
  /** How it is told another name of its table; absent where it cannot be. */
  readonly naming?: Naming;
  /** Its own program, which can be asked what it would do; absent where it has none. */
  readonly witness?: Witness;
}

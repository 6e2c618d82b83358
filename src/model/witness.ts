import type { TableName } from './ledger.ts';
import type { Migration } from './migration.ts';
import type { Address } from './server.ts';

/** A migration tool's own program: how it is asked about a target, and how its answer is read. */
export interface Witness {
  /** Its name, as it lies on the PATH. */
  readonly program: string;
  /** Words with which it tells its version. */
  readonly versionWords: readonly string[];
  /** Its version by what it then says; undefined where it is another program of this name. */
  version(said: string): string | undefined;
  /** How it is asked what is pending. Words and variables hold no password: that is in PGPASSWORD. */
  question(about: Asked): { readonly words: readonly string[]; readonly environment: Readonly<Record<string, string>> };
  /** What it says is pending; undefined where it says nothing of the kind. */
  answer(said: string, migrations: readonly Migration[]): Word | undefined;
}

/** What the program is asked about. */
export interface Asked {
  /** The folder of migrations, absolute. */
  readonly folder: string;
  /** The target, without its password and with a TLS mode that every driver knows. */
  readonly address: Address;
  /** Its table, where that is not the default. */
  readonly table?: TableName;
}

/** What a tool would do. */
export interface Word {
  /** Ids, or names of files that only the tool knows, in its order. */
  readonly pending: readonly string[];
  /** The migration that it calls begun and not finished. */
  readonly unfinished?: string;
}

import type { KnownError, Place } from './error.ts';

/** A text file of the repository. The text is decoded from UTF-8, without byte order mark; line ends are as in the file. */
export interface SourceFile {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly text: string;
  /** The file begins with a byte order mark. `psql` skips it; tools that send files as they are make PostgreSQL fail. */
  readonly byteOrderMark?: true;
}

/** The repository's files at one moment: the work tree, or a commit. */
export interface Tree {
  /** For people: `work tree`, or the commit's short hash. */
  readonly label: string;
  /** Paths of all files below `folder` (`''` is the whole repository), sorted, with `/`. Empty when there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
  /** Reads files at once; throws `KnownError` for text that is not UTF-8 and for a path that is not there. */
  read(paths: readonly string[]): Promise<readonly SourceFile[]>;
}

/** A slice of a file's text, in UTF-16 code units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * How a tool gives a script to PostgreSQL.
 *
 * - `wrapped`: BEGIN, every message, COMMIT (goose).
 * - `message`: every message alone; PostgreSQL makes an implicit transaction of a message with several statements
 *   (golang-migrate; documentation, "Multiple Statements in a Simple Query").
 * - `statement`: every statement alone, as `psql -f` does.
 * - `lenient`: one transaction for the file, or, when it holds a statement that cannot run in one (or may turn out to be
 *   one: CALL, REINDEX, DO with COMMIT) or its own transaction control, statement by statement (a plain folder of SQL,
 *   which has no runner that decides).
 */
export type Delivery = 'wrapped' | 'message' | 'statement' | 'lenient';

/** What a tool sends in one direction. */
export interface Script {
  /** File it stands in. Up and down may share one. */
  readonly path: string;
  /** The whole file's text; spans and places count in it. */
  readonly text: string;
  /** What the tool sends as one query each, in order. May be empty (a 0-byte file is a migration that does nothing). */
  readonly messages: readonly Span[];
  readonly delivery: Delivery;
}

/** One step that the user's tool applies as a unit. */
export interface Migration {
  /** The tool's version, or the file's name without its extension. Unique within a history. */
  readonly id: string;
  /** File name without folder, for people. */
  readonly name: string;
  /** The file that holds the up script, relative to the repository, with `/`. */
  readonly path: string;
  /** SHA-256 (hex) of the contents of its files, line ends as they are: tells an edited migration. */
  readonly hash: string;
  readonly up: Script;
  /** Absent where the tool has none for this migration. */
  readonly down?: Script;
}

/** A folder of migrations as one tool reads it, in the order in which the tool applies them. */
export interface History {
  readonly migrations: readonly Migration[];
  /** Files that lie there and that the tool passes over, with the reason; reviewers should know. */
  readonly ignored: readonly (Place & { readonly reason: string })[];
  /** Why the tool would apply none of them. Not thrown where they are read: at the base it may be what the head mends. */
  readonly refused?: KnownError;
}

/** A history that is to be applied. Throws what its tool refuses it for. */
export function applicable(history: History): History {
  if (history.refused) throw history.refused;
  return history;
}

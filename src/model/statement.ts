import type { Node } from '@pgsql/types';

/** A comment of the SQL text, with its marks (`-- …` or the slash-star kind). */
export interface Comment {
  readonly text: string;
  /** Line of the file, from 1, on which it begins. */
  readonly line: number;
}

/** One SQL statement of a script, as PostgreSQL's own parser delimits it. */
export interface Statement {
  /** Migration it belongs to, and the file it stands in. */
  readonly migration: string;
  readonly path: string;
  /** The statement's text without surrounding comments, white space and semicolon. */
  readonly sql: string;
  /** Where `sql` begins in the file's text, in UTF-16 code units. */
  readonly offset: number;
  /** Lines of the file, from 1, on which it begins and ends. */
  readonly line: number;
  readonly endLine: number;
  /** PostgreSQL's parse tree. Locations in it count UTF-8 bytes from the start of the message and are not used. */
  readonly node: Node;
  /** The parse tree's kind: `IndexStmt`, `AlterTableStmt` … */
  readonly kind: string;
  /** Comments that stand before it (since the statement before), inside it, or after it on its last line. */
  readonly comments: readonly Comment[];
}

/**
 * Statements of a script with the transaction that its tool, or PostgreSQL, puts around them.
 *
 * - `explicit`: the tool sends BEGIN and COMMIT around them.
 * - `implicit`: they are one message, of which PostgreSQL makes a transaction block until the script commits by itself.
 * - `none`: each stands alone, unless the script opens a block by itself.
 */
export interface Batch {
  readonly block: 'explicit' | 'implicit' | 'none';
  readonly statements: readonly Statement[];
}

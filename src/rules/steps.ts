import type { Instead } from '../model/finding.ts';

/** What to write instead: migrations, each in a file of its own. */
export type Steps = NonNullable<Instead['migrations']>;

/** A migration that runs as the tool runs it by itself. */
export function inTransaction(...statements: readonly string[]): Steps[number] {
  return { sql: statements.join('\n'), outsideTransaction: false };
}

/** A migration that must run outside a transaction. */
export function outsideTransaction(sql: string): Steps[number] {
  return { sql, outsideTransaction: true };
}

/** The suggestion, where there is one. */
export function suggesting(migrations: Steps, text?: string): Instead {
  return { ...(text !== undefined && { text }), ...(migrations.length > 0 && { migrations }) };
}

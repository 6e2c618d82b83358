import { type Connection, SqlError } from '../connect.ts';

/** What became of a statement: rows it changed, or PostgreSQL's error. */
export type Outcome = number | SqlError;

/** Statements of one message: enough to save round trips, few enough to end within the limit. */
const together = 100;

/** Ends with the transaction. Deferred constraints are checked at once, so that an error belongs to its statement. */
const settings =
  "SET LOCAL statement_timeout = '1s'; SET LOCAL synchronous_commit = off; SET LOCAL standard_conforming_strings = on";

/**
 * Runs statements, many to a message, each of which succeeds or fails by itself. A message that fails at one statement
 * is rolled back; those before it are sent again, and then those behind it.
 */
export async function sendEach(connection: Connection, statements: readonly string[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  while (outcomes.length < statements.length) {
    const batch = statements.slice(outcomes.length, outcomes.length + together);
    outcomes.push(...(await sendBatch(connection, batch)));
  }
  return outcomes;
}

/** The outcomes up to and with the first error. */
async function sendBatch(connection: Connection, statements: readonly string[]): Promise<Outcome[]> {
  const sent = await sendAll(connection, statements);
  if (Array.isArray(sent)) return sent;
  const { at, error } = sent;
  if (at === 0) return [error];
  if (at < statements.length)
    return [...(await sendBatch(connection, statements.slice(0, at))), error].slice(0, at + 1);
  if (statements.length === 1) return [error];
  return sendBatch(connection, statements.slice(0, Math.ceil(statements.length / 2)));
}

/** Runs statements in one transaction: all of them, or none and the first that failed; behind the last it was COMMIT. */
export async function sendAll(
  connection: Connection,
  statements: readonly string[],
  before = 'SET CONSTRAINTS ALL IMMEDIATE',
): Promise<number[] | { at: number; error: SqlError }> {
  const head = ['BEGIN', settings, before].join('; ');
  const headTags = head.split(';').length;
  try {
    const tags = await connection.send([head, ...statements, 'COMMIT'].join(';\n'));
    return tags.slice(headTags, headTags + statements.length).map(rowsIn);
  } catch (error) {
    if (connection.transaction !== 'none') await connection.send('ROLLBACK');
    if (!(error instanceof SqlError)) throw error;
    return { at: Math.max(0, error.completed.length - headTags), error };
  }
}

/** `INSERT 0 3`, `UPDATE 3`. */
function rowsIn(tag: string): number {
  return Number(tag.split(' ').at(-1)) || 0;
}

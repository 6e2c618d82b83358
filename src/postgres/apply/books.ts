import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Query } from '../../model/ledger.ts';
import { type Connection, SqlError } from '../connect.ts';
import { inlined } from '../quote.ts';
import type { Limits } from './limits.ts';

/** What is applied could not be written down: no statement of a migration is to blame. */
export class BooksFailed extends Error {
  override readonly name = 'BooksFailed';
  readonly error: SqlError;

  constructor(error: SqlError) {
    super(`What is applied cannot be written down in the tool’s table and Lockkeeper’s: ${error.message}`, {
      cause: error,
    });
    this.error = error;
  }
}

/** Statements that write at the end of a transaction, before its COMMIT. */
export function writing(queries: readonly Query[], limits: Limits): string[] {
  return queries.length === 0 ? [] : [...bookkeeper(limits), ...queries.map(inlined)];
}

/**
 * Does this in a transaction of its own, again and again while somebody has the tables locked, as long as a statement would
 * be tried. Throws `BooksFailed`; nothing of it is then committed.
 */
export async function writeAlone<T>(session: Connection, limits: Limits, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  for (;;)
    try {
      await session.sequence(['BEGIN', ...bookkeeper(limits)]);
      const result = await work();
      await session.send('COMMIT');
      return result;
    } catch (error) {
      if (session.transaction !== 'none') await session.send('ROLLBACK');
      const failed = error instanceof SqlError ? new BooksFailed(error) : error;
      if (!(failed instanceof BooksFailed) || !isContended(failed.error)) throw failed;
      if (performance.now() - start > limits.lockWait) throw failed;
      await sleep(randomInt(50, 1000));
    }
}

/** As whoever connected, whatever role the script has taken since, and with limits that are not the script's. */
function bookkeeper({ lockTimeout, statementTimeout }: Limits): string[] {
  return [
    ...['SET LOCAL SESSION AUTHORIZATION DEFAULT', 'SET LOCAL role TO DEFAULT'],
    ...[`SET LOCAL lock_timeout = ${lockTimeout}`, `SET LOCAL statement_timeout = ${statementTimeout}`],
  ];
}

/** lock_not_available and deadlock_detected (documentation, appendix A). */
export function isContended({ fault }: SqlError): boolean {
  return fault.sqlstate === '55P03' || fault.sqlstate === '40P01';
}

import type { Batch, Statement } from '../model/statement.ts';
import { type Connection, SqlError } from './connect.ts';
import { controlsTransaction } from './outside.ts';

/** A statement, or the COMMIT behind it, that PostgreSQL refused. */
export class StatementFailed extends Error {
  readonly statement: Statement;
  readonly error: SqlError;

  constructor(statement: Statement, error: SqlError) {
    super(error.message, { cause: error });
    this.statement = statement;
    this.error = error;
  }
}

/**
 * Runs a script's statements one by one, inside the transactions that its tool and PostgreSQL would put around them.
 * `run` executes one statement. Throws `StatementFailed`; the session is then outside any transaction again.
 */
export async function execute(
  session: Connection,
  batches: readonly Batch[],
  run: (statement: Statement) => Promise<unknown>,
): Promise<void> {
  let last: Statement | undefined;
  try {
    for (const batch of batches) {
      for (const statement of batch.statements) {
        await openBlock(session, batch, statement);
        last = statement;
        await run(statement);
      }
      if (batch.block === 'explicit' || !ownBlock(batch)) await commit(session);
    }
    if (session.transaction !== 'none') throw leftOpen(batches);
  } catch (error) {
    if (!(error instanceof SqlError) || !last) throw error;
    if (session.transaction !== 'none') await session.send('ROLLBACK');
    throw new StatementFailed(last, error);
  }
}

/** A message with several statements is a transaction block, and one again after it committed by itself. */
async function openBlock(session: Connection, batch: Batch, next: Statement): Promise<void> {
  if (batch.block === 'none' || session.transaction !== 'none' || controlsTransaction(next)) return;
  if (batch.block === 'explicit' && next !== batch.statements[0]) return;
  await session.send('BEGIN');
}

/** Whether the script itself began a block that it has not ended: PostgreSQL then does not end it either. */
function ownBlock(batch: Batch): boolean {
  const last = batch.statements.findLast(controlsTransaction);
  return batch.block === 'none' || (last !== undefined && begins(last));
}

function begins(statement: Statement): boolean {
  const node = statement.node;
  return 'TransactionStmt' in node && /_(BEGIN|START)$/.test(node.TransactionStmt.kind ?? '');
}

async function commit(session: Connection): Promise<void> {
  if (session.transaction !== 'none') await session.send('COMMIT');
}

function leftOpen(batches: readonly Batch[]): SqlError {
  const first = batches.flatMap(({ statements }) => statements).findLast(begins);
  const where = first ? ` that line ${first.line} begins` : '';
  const message = `the transaction${where} is never committed, and the end of the session rolls it back`;
  const hint = 'Add the missing COMMIT, or leave BEGIN out.';
  return new SqlError({ sqlstate: '25000', message, hint }, undefined, []);
}

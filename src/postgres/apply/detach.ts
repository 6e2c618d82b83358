import type { Statement } from '../../model/statement.ts';
import type { SqlError } from '../connect.ts';
import { mustRunOutside } from '../outside.ts';

/**
 * Whether DETACH PARTITION … CONCURRENTLY failed because an earlier attempt was cut off between its two transactions, which
 * only FINALIZE can go on with (documentation, ALTER TABLE).
 */
export function isHalfDetached(statement: Statement, { fault }: SqlError): boolean {
  return statement.kind === 'AlterTableStmt' && mustRunOutside(statement) && fault.sqlstate === '55000';
}

/** The statement that ends what it began. */
export function finalizing(statement: Statement): Statement {
  return { ...statement, sql: statement.sql.replace(/\bconcurrently\s*$/i, 'FINALIZE') };
}

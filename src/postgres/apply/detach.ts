import type { Target } from '../../model/plan.ts';
import type { Statement } from '../../model/statement.ts';
import type { Connection, SqlError } from '../connect.ts';
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

/** Partitions of which such an attempt was cut off, as ids of a snapshot; there are none before PostgreSQL 14. */
export async function halfDetached(session: Connection, { server }: Pick<Target, 'server'>): Promise<string[]> {
  if (Number.parseInt(server, 10) < 14) return [];
  const rows = await session.query<{ id: string }>(
    `SELECT n.nspname || '.' || c.relname AS id FROM pg_catalog.pg_inherits h
       JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE h.inhdetachpending`,
  );
  return rows.map(({ id }) => id);
}

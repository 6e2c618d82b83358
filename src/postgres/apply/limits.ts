import type { Statement } from '../../model/statement.ts';
import type { Connection } from '../connect.ts';
import { mustRunOutside } from '../outside.ts';

/** How long statements may wait and run on a target, in milliseconds. */
export interface Limits {
  /** The longest that a statement waits for a lock at a time, as others wait behind it. */
  readonly lockTimeout: number;
  /** For how long it is tried again. */
  readonly lockWait: number;
  /** How long a statement may run that is not known to take its time without standing in anybody's way. */
  readonly statementTimeout: number;
}

/**
 * Whether `statement_timeout` counts from the first statement of a message to its last, and as it was at the first one:
 * PostgreSQL 12 does so, 13 and later count each by itself (measured on 12 to 18).
 */
export async function countsByMessage(session: Connection): Promise<boolean> {
  const [row] = await session.query<{ old: boolean }>(
    "SELECT pg_catalog.current_setting('server_version_num')::int < 130000 AS old",
  );
  return row?.old === true;
}

/** Statements that read or write all of a table beside its users, and take as long as they take. */
const unhurried: Readonly<Record<string, true>> = {
  IndexStmt: true,
  ReindexStmt: true,
  VacuumStmt: true,
  ClusterStmt: true,
  RefreshMatViewStmt: true,
};

/** `statement_timeout` of a statement in milliseconds; 0 is none. */
export function statementTimeoutOf(statement: Statement, { statementTimeout }: Limits): number {
  return unhurried[statement.kind] || validates(statement) ? 0 : statementTimeout;
}

/**
 * `lock_timeout` of the nth attempt, from 1: short at first, as most locks are free or soon will be. A statement that
 * works CONCURRENTLY waits for transactions, and nobody waits behind it.
 */
export function lockTimeoutOf(statement: Statement, attempt: number, { lockTimeout, lockWait }: Limits): number {
  if (mustRunOutside(statement)) return lockWait;
  return Math.max(1, Math.round(lockTimeout * Math.min(1, 0.25 * 2 ** (attempt - 1))));
}

function validates({ node }: Statement): boolean {
  if (!('AlterTableStmt' in node)) return false;
  const commands = node.AlterTableStmt.cmds ?? [];
  return commands.every((each) => 'AlterTableCmd' in each && each.AlterTableCmd.subtype === 'AT_ValidateConstraint');
}

import type { Address } from '../../model/server.ts';
import { type Connection, connect } from '../connect.ts';
import { milliseconds } from '../time.ts';

/** A moment of a database that several sessions can read at once, as long as it is held. */
export interface ExportedSnapshot extends AsyncDisposable {
  /** For `pg_dump --snapshot` and SET TRANSACTION SNAPSHOT. */
  readonly id: string;
  readonly takenAt: Date;
  /** A session inside the snapshot. */
  readonly session: Connection;
}

/** Exports a snapshot (documentation, 9.28.5): what is counted and what is dumped is then the same. */
export async function exportSnapshot(address: Address, signal: AbortSignal): Promise<ExportedSnapshot> {
  const session = await connect(address, signal, { ...unhurried, idle_in_transaction_session_timeout: '0' });
  try {
    await session.send("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path = ''");
    const [row] = await session.query<{ id: string; at: number }>(
      `SELECT pg_catalog.pg_export_snapshot() AS id, ${milliseconds('pg_catalog.now()')} AS at`,
    );
    const { id, at } = row as { id: string; at: number };
    return { id, takenAt: new Date(at), session, [Symbol.asyncDispose]: () => session[Symbol.asyncDispose]() };
  } catch (error) {
    await session[Symbol.asyncDispose]();
    throw error;
  }
}

/** Limits that are set for others are none for a backup, and rows that a policy hides are an error, as for pg_dump. */
const unhurried = { statement_timeout: '0', lock_timeout: '0', row_security: 'off' };

import type { Address } from '../model/server.ts';
import { type Connection, connect } from './connect.ts';

/** `idle_session_timeout` came with PostgreSQL 14; what is asked for by name is NULL where it is not there. */
const neverIdle = `SELECT pg_catalog.set_config('idle_session_timeout', '0', false)
  WHERE pg_catalog.current_setting('idle_session_timeout', true) IS NOT NULL`;

/** Opens a session that others work for while it waits: a backup and a rehearsal take their time, and no abort cuts it. */
export async function connectToStay(address: Address): Promise<Connection> {
  const session = await connect(address);
  try {
    await session.query(neverIdle);
    return session;
  } catch (error) {
    await session[Symbol.asyncDispose]();
    throw error;
  }
}

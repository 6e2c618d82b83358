import type { Address } from '../model/server.ts';
import { type Connection, connect } from './connect.ts';

/** How long a statement may run on a rehearsal server. */
export interface TimeLimit {
  readonly seconds: number;
  /** Where to ask for the end of a statement that takes longer. */
  readonly address: Address;
}

/**
 * Does `work` on a session, and cancels what runs there when it takes longer than the limit. The limit is kept from
 * outside, as a script may set its own `statement_timeout`. The work then ends with SQLSTATE 57014 (query_canceled).
 */
export async function limited<T>(session: Connection, limit: TimeLimit, work: () => Promise<T>): Promise<T> {
  let timer = setTimeout(function expire() {
    cancel(session.pid, limit.address).catch(() => {});
    timer = setTimeout(expire, 1000); // a function body may catch the first cancel
  }, limit.seconds * 1000);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}

async function cancel(pid: number, address: Address): Promise<void> {
  await using other = await connect(address);
  await other.query('SELECT pg_catalog.pg_cancel_backend($1)', [pid]);
}

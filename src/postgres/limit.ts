import type { Address } from '../model/server.ts';
import { type Connection, ConnectionLost, connect, SessionEnded, SqlError } from './connect.ts';

/** How long a statement may run on a rehearsal server. */
export interface TimeLimit {
  readonly seconds: number;
  /** Where to ask for the end of a statement that takes longer. */
  readonly address: Address;
}

/** How often a statement is asked to end before its session is: a function body may catch a cancel. */
const patience = 3;

/**
 * Does `work` on a session, and cancels what runs there when it takes longer than the limit. The limit is kept from
 * outside, as a script may set its own `statement_timeout`. The work then ends with SQLSTATE 57014 (query_canceled).
 * A statement that ended its own session is a `SessionEnded`; `ConnectionLost` is left for a server that is gone.
 */
export async function limited<T>(session: Connection, limit: TimeLimit, work: () => Promise<T>): Promise<T> {
  let asked = 0;
  let asking: Promise<void> | undefined;
  let over = false;
  const ask = async () => {
    asked += 1;
    await stop(session.pid, limit.address, { session: asked > patience, unless: () => over }).catch(() => {});
    if (!over) timer = setTimeout(expire, 1000);
  };
  const expire = () => {
    asking = ask();
  };
  let timer = setTimeout(expire, limit.seconds * 1000);
  try {
    return await work();
  } catch (error) {
    const known = error instanceof ConnectionLost ? await judged(error, limit.address) : error;
    throw asked > 0 && known instanceof SqlError ? tooLong(known, limit) : known;
  } finally {
    over = true;
    clearTimeout(timer);
    await asking; // a late cancel must not hit the next statement
  }
}

/** Ends a statement, and those of other sessions that wait for its locks: they may be what it waits for (dblink). */
async function stop(
  pid: number,
  address: Address,
  { session, unless }: { readonly session: boolean; readonly unless: () => boolean },
): Promise<void> {
  await using other = await connect(address);
  if (unless()) return;
  await other.query(
    `SELECT pg_catalog.${session ? 'pg_terminate_backend' : 'pg_cancel_backend'}(pid) FROM pg_catalog.pg_stat_activity
      WHERE pid = $1 OR (datname = pg_catalog.current_database() AND $1 = ANY (pg_catalog.pg_blocking_pids(pid)))`,
    [pid],
  );
}

/** Whether the server goes on without the session. */
async function judged(lost: ConnectionLost, address: Address): Promise<Error> {
  try {
    await using _other = await connect(address);
  } catch {
    return lost;
  }
  const { fault = { sqlstate: '08006', message: lost.message }, completed } = lost;
  return new SessionEnded({ ...fault, message: `it ends its own session: ${fault.message}` }, undefined, completed);
}

function tooLong(error: SqlError, { seconds }: TimeLimit): SqlError {
  const isEnded = error instanceof SessionEnded;
  if (!isEnded && error.fault.sqlstate !== '57014') return error;
  const Kind = isEnded ? SessionEnded : SqlError;
  const message = `it ran longer than ${seconds} s, the statement-limit, and was cancelled`;
  return new Kind({ ...error.fault, sqlstate: '57014', message }, undefined, error.completed);
}

import { bytesText } from '../../model/amounts.ts';
import type { Gate } from '../../model/plan.ts';
import { type Blocker, blockerColumns, blockerText } from '../../postgres/apply/blockers.ts';
import { type Connection, SqlError } from '../../postgres/connect.ts';
import { closed } from './session.ts';

/** What is too much, in seconds and bytes. */
export interface TrafficLimits {
  readonly transactionSeconds: number;
  readonly lagSeconds: number;
  readonly slotBytes: number;
}

/** Whether transactions are open that a schema change would wait for, with everybody behind it. */
export async function shortTransactions(session: Connection, { transactionSeconds }: TrafficLimits): Promise<Gate> {
  const gate = 'long-transactions';
  const old = await session.query<Blocker>(
    `SELECT ${blockerColumns}
       FROM pg_catalog.pg_stat_activity
      WHERE datname = pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid()
        AND backend_type = 'client backend' AND xact_start < pg_catalog.clock_timestamp() - $1 * interval '1 second'
      ORDER BY xact_start`,
    [transactionSeconds],
  );
  if (old.length === 0) return unseen(await hiddenTransactions(session), transactionSeconds);
  return closed(
    gate,
    `${old.length === 1 ? 'A transaction is' : `${old.length} transactions are`} open for longer than ${transactionSeconds} s: ${old.slice(0, 3).map(blockerText).join('; ')}.`,
    `Wait until it has ended, end it (SELECT pg_terminate_backend(${old[0]?.pid})), or raise \`max-transaction-age\`.`,
  );
}

/** How many sessions of roles of which this one may see nothing are in a transaction: that, everybody may see. */
async function hiddenTransactions(session: Connection): Promise<number> {
  const [row] = await session.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_catalog.pg_stat_activity a
      WHERE datname = pg_catalog.current_database() AND backend_type IS NULL AND EXISTS (
        SELECT FROM pg_catalog.pg_locks l WHERE l.pid = a.pid AND l.locktype = 'virtualxid' AND l.granted)`,
  );
  return row?.count ?? 0;
}

function unseen(hidden: number, seconds: number): Gate {
  const gate = 'long-transactions';
  if (hidden === 0) return { gate, outcome: 'open', message: `No transaction is open for longer than ${seconds} s.` };
  const message = `Other roles have ${hidden} open transaction${hidden === 1 ? '' : 's'}; for how long, this role may not see (pg_monitor may).`;
  return { gate, outcome: 'unknown', message };
}

/** Whether two-phase transactions were prepared and forgotten: they hold their locks for ever. */
export async function nothingPrepared(session: Connection, { transactionSeconds }: TrafficLimits): Promise<Gate> {
  const gate = 'prepared-transactions';
  const old = await session.query<{ gid: string }>(
    `SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE database = pg_catalog.current_database()
        AND prepared < pg_catalog.clock_timestamp() - $1 * interval '1 second' ORDER BY prepared`,
    [transactionSeconds],
  );
  if (old.length === 0) return { gate, outcome: 'open', message: 'No prepared transaction holds locks.' };
  const names = old.map(({ gid }) => `'${gid}'`).join(', ');
  return closed(
    gate,
    `Prepared transactions hold locks: ${names}.`,
    'End each with COMMIT PREPARED or ROLLBACK PREPARED.',
  );
}

/** Whether sessions wait for locks already. */
export async function nobodyWaits(session: Connection): Promise<Gate> {
  const gate = 'blocked-sessions';
  const waiting = await session.query<{ pid: number }>(
    `SELECT pid FROM pg_catalog.pg_stat_activity
      WHERE datname = pg_catalog.current_database() AND pg_catalog.cardinality(pg_catalog.pg_blocking_pids(pid)) > 0
        AND COALESCE(query_start < pg_catalog.clock_timestamp() - interval '1 second' AND wait_event_type = 'Lock', true)`,
  );
  if (waiting.length < 5)
    return {
      gate,
      outcome: 'open',
      message:
        waiting.length === 0 ? 'Nobody waits for locks.' : `Waiting for locks: ${waiting.length} of the sessions.`,
    };
  return closed(
    gate,
    `${waiting.length} sessions wait for locks of others: the target is in trouble already.`,
    'Find who blocks them (SELECT pid, pg_blocking_pids(pid) FROM pg_stat_activity), and come again when they are through.',
  );
}

const followers = ['It has no replica.', 'A replica follows.'] as const;

/** Whether replicas keep up. */
export async function replicasFollow(session: Connection, { lagSeconds }: TrafficLimits): Promise<Gate> {
  const gate = 'replica-lag';
  const rows = await session.query<{ name: string; seconds: number | null; state: string | null }>(
    `SELECT COALESCE(application_name, '') AS name, extract(epoch FROM replay_lag)::float8 AS seconds, state
       FROM pg_catalog.pg_stat_replication`,
  );
  if (rows.length > 0 && rows.every(({ state }) => state === null))
    return { gate, outcome: 'unknown', message: 'The role may not see how far replicas are behind (pg_monitor may).' };
  const behind = rows.filter(({ seconds }) => (seconds ?? 0) > lagSeconds);
  if (behind.length === 0)
    return {
      gate,
      outcome: 'open',
      message: followers[rows.length] ?? `${rows.length} replicas follow.`,
    };
  const which = behind.map(({ name, seconds }) => `${name} by ${Math.round(seconds ?? 0)} s`).join(', ');
  return closed(gate, `Replicas are behind: ${which}.`, 'Wait until they have caught up, or raise `max-replica-lag`.');
}

/** Whether replication slots keep more WAL than is good for the disk, which a rewrite would make more. */
export async function slotsAreUsed(session: Connection, { slotBytes }: TrafficLimits): Promise<Gate> {
  const gate = 'replication-slots';
  try {
    const rows = await session.query<{ name: string; bytes: number }>(
      `SELECT slot_name AS name, pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), restart_lsn)::float8 AS bytes
         FROM pg_catalog.pg_replication_slots WHERE NOT active AND restart_lsn IS NOT NULL`,
    );
    const full = rows.filter(({ bytes }) => bytes > slotBytes);
    if (full.length === 0)
      return { gate, outcome: 'open', message: 'No replication slot that nobody reads keeps much WAL.' };
    const which = full.map(({ name, bytes }) => `${name} (${bytesText(bytes)})`).join(', ');
    return closed(
      gate,
      `Replication slots that nobody reads keep WAL: ${which}.`,
      'Drop them, or start their readers.',
    );
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return { gate, outcome: 'unknown', message: `Replication slots cannot be looked at: ${error.message}.` };
  }
}

import { KnownError } from '../../model/error.ts';
import type { Gate } from '../../model/plan.ts';
import type { Address } from '../../model/server.ts';
import { type Connection, connect } from '../../postgres/connect.ts';

/** Whether a role will migrate with the session, or looks only. */
export type By = 'reader' | 'migrator';

/** Whether the target can be written to at all. */
export async function writable(session: Connection, role: By = 'migrator'): Promise<Gate> {
  const gate = 'writable';
  const [row] = await session.query<{ replica: boolean; readonly: string; own: boolean }>(
    `SELECT pg_catalog.pg_is_in_recovery() AS replica, setting AS readonly, source IN ('user', 'database user', 'client') AS own
       FROM pg_catalog.pg_settings WHERE name = 'default_transaction_read_only'`,
  );
  if (row?.replica) return closed(gate, 'The target is a replica.', 'Give the URL of the primary server.');
  if (row?.readonly === 'on' && row.own && role === 'reader')
    return { gate, outcome: 'unknown', message: `The role begins transactions read-only${migratesAnother}` };
  if (row?.readonly === 'on')
    return closed(
      gate,
      'The target begins transactions read-only (default_transaction_read_only).',
      'Turn that off for the role or database, or wait until whoever turned it on is done.',
    );
  return { gate, outcome: 'open', message: 'The target is a primary server that can be written to.' };
}

const migratesAnother = ': another one is to migrate.';

/** How long a pool may take to give a second connection, in milliseconds. */
const patience = 5000;

/**
 * Whether a session keeps its server connection: a pooler in transaction mode takes it away after each transaction, and
 * with it advisory locks and settings. Two sessions that take turns find out; where a pool has one connection for both,
 * one of them waits.
 */
export async function unpooled(session: Connection, address: Address): Promise<Gate> {
  const gate = 'pooler';
  const open: Gate = { gate, outcome: 'open', message: 'Each session keeps its connection to the server.' };
  const first = await backendOf(session);
  if (first === session.pid) return open;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error('The pool gives no second connection.')), patience);
  try {
    await using other = await connect(address, late.signal);
    await other.send('BEGIN');
    await backendOf(other); // takes the connection that the first has given back
    if ((await backendWithin(session, late.signal)) === first) return open;
  } catch (error) {
    if (!late.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
  }
  return closed(
    gate,
    'A pooler in transaction mode, or with a single connection, stands before the target: locks and settings do not last there.',
    'Give the URL of the server itself, or of a pool in session mode.',
  );
}

/** As `unpooled`, before anything is locked that a pool would keep. Throws `KnownError`. */
export async function refusePooled(session: Connection, address: Address): Promise<void> {
  const { outcome, message, help = '' } = await unpooled(session, address);
  if (outcome === 'closed') throw new KnownError(message, { reason: 'refused', help: `${help} Nothing was touched.` });
}

async function backendWithin(session: Connection, signal: AbortSignal): Promise<number> {
  const late = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
  return Promise.race([backendOf(session), late]);
}

async function backendOf(session: Connection): Promise<number> {
  const [row] = await session.query<{ pid: number }>('SELECT pg_catalog.pg_backend_pid() AS pid');
  return row?.pid ?? 0;
}

/** What is to be written to, and who looks. */
interface Wanted {
  readonly schema: string;
  /** By name: rights that it takes, besides reading it. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  readonly role: By;
}

/** Whether the role may write to the tool's table and ours, or create them in the schema where they are not there. */
export async function permitted(session: Connection, { schema, tables, role: by }: Wanted): Promise<Gate> {
  const gate = 'rights';
  const needed = [...tables].flatMap(([name, rights]) => ['SELECT', ...rights].map((right) => [name, right] as const));
  const [row] = await session.query<{ create: boolean; missing: boolean; closed: string[]; role: string }>(
    `SELECT pg_catalog.has_schema_privilege($1, 'CREATE') AS create, current_user::text AS role,
            pg_catalog.bool_or(c.oid IS NULL) AS missing,
            COALESCE(pg_catalog.array_agg(DISTINCT t.name) FILTER (
              WHERE c.oid IS NOT NULL AND NOT pg_catalog.has_table_privilege(c.oid, t.needed)), '{}') AS closed
       FROM ROWS FROM (pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::text[])) AS t (name, needed)
       LEFT JOIN pg_catalog.pg_class c ON c.relname = t.name
        AND c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1)`,
    [schema, needed.map(([name]) => name), needed.map(([, right]) => right)],
  );
  const { create, missing, closed: shut, role } = row as NonNullable<typeof row>;
  const lacks = [
    ...(missing && !create ? [`create in the schema ${schema}`] : []),
    ...(shut.length > 0 ? [`read and write ${shut.map((name) => `${schema}.${name}`).join(', ')}`] : []),
  ].join(', nor ');
  if (lacks && by === 'reader')
    return { gate, outcome: 'unknown', message: `${role} may not ${lacks}${migratesAnother}` };
  if (lacks)
    return closed(
      gate,
      `${role} may not ${lacks}.`,
      'Migrate as the role that owns them, or grant this one the rights.',
    );
  return { gate, outcome: 'open', message: `${role} may write down in the schema ${schema} what is applied.` };
}

/** A gate that is shut. */
export function closed(gate: string, message: string, help: string): Gate {
  return { gate, outcome: 'closed', message, help };
}

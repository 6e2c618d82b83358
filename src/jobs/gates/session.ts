import type { Gate } from '../../model/plan.ts';
import type { Address } from '../../model/server.ts';
import { type Connection, connect } from '../../postgres/connect.ts';

/** Whether the target can be written to at all. */
export async function writable(session: Connection): Promise<Gate> {
  const gate = 'writable';
  const [row] = await session.query<{ replica: boolean; readonly: string }>(
    `SELECT pg_catalog.pg_is_in_recovery() AS replica,
            pg_catalog.current_setting('default_transaction_read_only') AS readonly`,
  );
  if (row?.replica) return closed(gate, 'The target is a replica.', 'Give the URL of the primary server.');
  if (row?.readonly === 'on')
    return closed(
      gate,
      'The target begins transactions read-only (default_transaction_read_only).',
      'Turn that off for the role or database, or wait until whoever turned it on is done.',
    );
  return { gate, outcome: 'open', message: 'The target is a primary server that can be written to.' };
}

/**
 * Whether a session keeps its server connection: a pooler in transaction mode takes it away after each transaction, and
 * with it advisory locks and settings. Two sessions that take turns find out.
 */
export async function unpooled(session: Connection, address: Address): Promise<Gate> {
  const gate = 'pooler';
  const open: Gate = { gate, outcome: 'open', message: 'Each session keeps its connection to the server.' };
  const first = await backendOf(session);
  if (first === session.pid) return open;
  await using other = await connect(address);
  await other.send('BEGIN');
  await backendOf(other); // takes the connection that the first has given back
  const same = (await backendOf(session)) === first;
  await other.send('ROLLBACK');
  if (same) return open;
  return closed(
    gate,
    'A pooler in transaction mode stands before the target: locks and settings do not last there.',
    'Give the URL of the server itself, or of a pool in session mode.',
  );
}

async function backendOf(session: Connection): Promise<number> {
  const [row] = await session.query<{ pid: number }>('SELECT pg_catalog.pg_backend_pid() AS pid');
  return row?.pid ?? 0;
}

/** Whether the role may create in the schema of the migration tool. */
export async function permitted(session: Connection, schema: string): Promise<Gate> {
  const gate = 'rights';
  const [row] = await session.query<{ create: boolean; role: string }>(
    `SELECT pg_catalog.has_schema_privilege($1, 'CREATE') AS create, current_user::text AS role`,
    [schema],
  );
  if (row?.create) return { gate, outcome: 'open', message: `${row.role} may create in the schema ${schema}.` };
  return closed(
    gate,
    `${row?.role} may not create in the schema ${schema}.`,
    'Migrate as the owner of the schema, or grant that role CREATE on it.',
  );
}

/** A gate that is shut. */
export function closed(gate: string, message: string, help: string): Gate {
  return { gate, outcome: 'closed', message, help };
}

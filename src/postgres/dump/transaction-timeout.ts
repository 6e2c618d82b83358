import { connect } from '../connect.ts';
import type { Program } from './program.ts';

/**
 * Clients of PostgreSQL 17 and newer begin every restore with this, and so does what they write as SQL; servers before 17
 * know no such setting (release notes of 17), and have nothing to be turned off.
 */
const statement = 'SET transaction_timeout = 0;';

/** Whether a restore with these clients trips over that; SQL does whoever reads it. */
export async function trips(
  { clients, address, signal }: Pick<Program, 'clients' | 'address' | 'signal'>,
  format: string,
): Promise<boolean> {
  if (clients.major < 17 && format !== 'plain') return false;
  await using session = await connect(address, signal);
  const [row] = await session.query<{ old: boolean }>(
    "SELECT pg_catalog.current_setting('server_version_num')::int < 170000 AS old",
  );
  return row?.old === true;
}

/** Whether that statement, once for each connection, is all that failed, of all that pg_restore complained about. */
export function isAllThatFailed(complaints: string): boolean {
  if (!/^pg_restore: warning: errors ignored on restore: \d+\s*$/m.test(complaints)) return false;
  const lines = complaints.split('\n');
  const errors = lines.filter((line) => line.startsWith('pg_restore: error: '));
  return errors.length === lines.filter((line) => line === `Command was: ${statement}`).length;
}

/** Bytes among which that statement stands in SQL that pg_dump wrote: it is one of the first. */
const beginning = 8 << 10;

/** SQL without it. */
export async function* withoutIt(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const piece of content) {
    if (head === undefined) {
      yield piece;
      continue;
    }
    head = Buffer.concat([head, piece]);
    if (head.length < beginning) continue;
    yield cut(head);
    head = undefined;
  }
  if (head) yield cut(head);
}

function cut(head: Buffer): Buffer {
  const at = head.indexOf(`\n${statement}\n`, 0, 'latin1');
  return at < 0 ? head : Buffer.concat([head.subarray(0, at), head.subarray(at + statement.length + 1)]);
}

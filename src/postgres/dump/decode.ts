import type { Address } from '../../model/server.ts';
import type { Clients } from './clients.ts';
import { feed, ProgramFailed } from './program.ts';

/** The last line that pg_dump writes in plain SQL. */
const lastLine = '-- PostgreSQL database dump complete';

/**
 * Reads a whole dump as a restore would, without a server: `pg_restore --list` is content with half of one. Throws
 * `ProgramFailed` for a dump that is damaged or ends early.
 */
export async function decode(
  clients: Clients,
  content: AsyncIterable<Uint8Array>,
  format: 'custom' | 'plain',
  signal: AbortSignal,
): Promise<void> {
  if (format === 'plain') return decodePlain(content);
  const nowhere: Address = { host: '', port: 5432, user: '', database: '' };
  await feed({ clients, name: 'pg_restore', args: ['--file=/dev/null'], address: nowhere, signal }, content);
}

async function decodePlain(content: AsyncIterable<Uint8Array>): Promise<void> {
  let end = Buffer.alloc(0);
  for await (const piece of content) end = Buffer.concat([end, piece]).subarray(-1000);
  if (!end.toString('utf8').includes(lastLine))
    throw new ProgramFailed(`the dump does not end with "${lastLine}", so it is not whole`);
}

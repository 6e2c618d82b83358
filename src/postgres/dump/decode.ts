import { dirname } from 'node:path';
import type { Address } from '../../model/server.ts';
import type { Clients } from './clients.ts';
import { feed, outputOf, ProgramFailed, through } from './program.ts';

/** The last line that pg_dump writes in plain SQL. */
const lastLine = '-- PostgreSQL database dump complete';

/** pg_restore connects only where it is told a database. */
const nowhere: Address = { host: '', port: 5432, user: '', database: '' };

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
  await feed({ clients, name: 'pg_restore', args: ['--file=/dev/null'], address: nowhere, signal }, content);
}

async function decodePlain(content: AsyncIterable<Uint8Array>): Promise<void> {
  let end = Buffer.alloc(0);
  for await (const piece of content) end = Buffer.concat([end, piece]).subarray(-1000);
  if (!end.toString('utf8').includes(lastLine))
    throw new ProgramFailed(`the dump does not end with "${lastLine}", so it is not whole`);
}

/** The statements of a dump that is no SQL, which lies at a path or comes as a stream; without rows. Throws `ProgramFailed`. */
export function statementsOf(
  clients: Clients,
  dump: string | AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const args = ['--schema-only', '--file=-', ...(typeof dump === 'string' ? [dump] : [])];
  const program = { clients, name: 'pg_restore', args, address: nowhere, signal } as const;
  return typeof dump === 'string' ? outputOf({ ...program, folder: dirname(dump) }) : through(program, dump);
}

/**
 * The files that the table of contents of a dump in directory format names: one for the rows of each table, and one for
 * each list of large objects, which names further ones. Only `toc.dat` need be in the directory.
 */
export async function filesNamedIn(clients: Clients, directory: string, signal: AbortSignal): Promise<string[]> {
  const args = ['--list', directory];
  const program = { clients, name: 'pg_restore', args, address: nowhere, folder: dirname(directory), signal } as const;
  const list = Buffer.concat(await Array.fromAsync(outputOf(program))).toString('utf8');
  const writtenBy = Number(/^;\s+Dumped by pg_dump version: (\d+)/m.exec(list)?.[1]);
  return [...list.matchAll(/^(\d+); \d+ \d+ (TABLE DATA|BLOBS) /gm)].map(([, id, kind]) =>
    kind === 'BLOBS' ? listOfBlobs(writtenBy, Number(id)) : `${id}.dat`,
  );
}

/** `_ArchiveEntry` in pg_backup_directory.c: one list until PostgreSQL 16, then one for each group of large objects. */
function listOfBlobs(major: number, id: number): string {
  return major < 17 ? 'blobs.toc' : `blobs_${id}.toc`;
}

import { dirname } from 'node:path';
import type { DumpFormat } from '../../model/backup.ts';
import type { Address } from '../../model/server.ts';
import type { Clients } from './clients.ts';
import { conninfo } from './conninfo.ts';
import { finish, outputOf, type Program } from './program.ts';

export interface DumpRequest {
  readonly clients: Clients;
  readonly address: Address;
  /** Of an exported snapshot, which is held as long as this runs. */
  readonly snapshot: string;
  readonly signal: AbortSignal;
}

/** Seconds that pg_dump waits for a table which a schema change holds; reads and writes never make it wait. */
const lockWait = 300;

/** The dump as pg_dump writes it, not compressed. Throws `ProgramFailed` at its end where pg_dump failed. */
export function dump(request: DumpRequest, format: Exclude<DumpFormat, 'directory'>): AsyncGenerator<Uint8Array> {
  // SQL names them line by line, and could be restored on no server that lacks one
  const words = format === 'plain' ? ['--no-tablespaces'] : [];
  return outputOf(dumping(request, [`--format=${format}`, ...words]));
}

/**
 * Dumps over several connections at once into `path`, which must not be there yet, in a folder of ours: a file for each
 * table, not compressed, and `toc.dat`. Throws `ProgramFailed`.
 */
export async function dumpFiles(request: DumpRequest, path: string, jobs: number): Promise<void> {
  const words = ['--format=directory', `--jobs=${jobs}`, `--file=${path}`];
  await finish({ ...dumping(request, words), folder: dirname(path) });
}

function dumping({ snapshot, ...request }: DumpRequest, words: readonly string[]): Program {
  const args = [
    ...words,
    '--compress=0',
    `--snapshot=${snapshot}`,
    `--lock-wait-timeout=${lockWait * 1000}`,
    '--no-password',
  ];
  return { ...request, name: 'pg_dump', args };
}

/** Roles, memberships and settings of roles as SQL, without passwords: those are for a person to set anew. */
export function dumpGlobals(request: Omit<Program, 'name' | 'args'>): AsyncGenerator<Uint8Array> {
  const args = [
    '--globals-only',
    '--no-role-passwords',
    '--no-tablespaces',
    '--no-password',
    `--dbname=${conninfo(request.address.database)}`,
  ];
  return outputOf({ ...request, name: 'pg_dumpall', args });
}

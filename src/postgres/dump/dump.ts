import type { Address } from '../../model/server.ts';
import type { Clients } from './clients.ts';
import { outputOf, type Program } from './program.ts';

export interface DumpRequest {
  readonly clients: Clients;
  readonly address: Address;
  /** Of an exported snapshot, which is held as long as this runs. */
  readonly snapshot: string;
  readonly format: 'custom' | 'plain';
  readonly signal: AbortSignal;
}

/** Seconds that pg_dump waits for a table which a schema change holds; reads and writes never make it wait. */
const lockWait = 300;

/** The dump as pg_dump writes it, not compressed. Throws `ProgramFailed` at its end where pg_dump failed. */
export function dump({ clients, address, snapshot, format, signal }: DumpRequest): AsyncGenerator<Uint8Array> {
  const args = [
    `--format=${format}`,
    '--compress=0',
    `--snapshot=${snapshot}`,
    `--lock-wait-timeout=${lockWait * 1000}`,
    '--no-password',
  ];
  return outputOf({ clients, name: 'pg_dump', args, address, signal });
}

/** Roles, memberships and settings of roles as SQL, without passwords: those are for a person to set anew. */
export function dumpGlobals({ clients, address, signal }: Omit<Program, 'name' | 'args'>): AsyncGenerator<Uint8Array> {
  const args = [
    '--globals-only',
    '--no-role-passwords',
    '--no-tablespaces',
    '--no-password',
    '-l',
    connectionString(address),
  ];
  return outputOf({ clients, name: 'pg_dumpall', args, address, signal });
}

/** pg_dumpall takes a name with `=` for a connection string (documentation, 32.1.1.1): it is always given one. */
function connectionString({ database }: Address): string {
  return `dbname='${database.replace(/['\\]/g, '\\$&')}'`;
}

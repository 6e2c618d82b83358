import type { BackedUpServer } from '../../model/backup.ts';
import type { Address } from '../../model/server.ts';
import { connect, SqlError } from '../connect.ts';
import { quote } from '../quote.ts';
import type { Clients } from './clients.ts';
import { feed } from './program.ts';

export interface RestoreRequest {
  readonly clients: Clients;
  /** Of the new database. */
  readonly address: Address;
  /** As pg_dump wrote it. */
  readonly content: AsyncIterable<Uint8Array>;
  readonly format: 'custom' | 'plain';
  /** Leaves out owners and grants. */
  readonly withoutRoles?: boolean;
  readonly signal: AbortSignal;
}

/** Restores a dump into an empty database; the first error ends it. Throws `ProgramFailed`. */
export async function restoreDump({
  clients,
  address,
  content,
  format,
  withoutRoles,
  signal,
}: RestoreRequest): Promise<void> {
  const database = `--dbname=${conninfo(address.database)}`;
  const [name, args] =
    format === 'custom'
      ? (['pg_restore', ['--exit-on-error', ...(withoutRoles ? ['--no-owner', '--no-privileges'] : [])]] as const)
      : (['psql', ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1']] as const);
  await feed({ clients, name, args: [...args, '--no-password', database], address, signal }, content);
}

/** A name alone would be taken for a connection string where it looks like one (documentation, 34.1.1). */
function conninfo(database: string): string {
  return `dbname='${database.replaceAll(/['\\]/g, '\\$&')}'`;
}

/** Clauses of CREATE DATABASE for one like that which was backed up, the best first: a server may lack its locale. */
export function clausesFor({ encoding, collate, ctype }: BackedUpServer): readonly [same: string, otherLocale: string] {
  const start = `ENCODING ${text(encoding)}`;
  return [`${start} LC_COLLATE ${text(collate)} LC_CTYPE ${text(ctype)}`, `${start} LC_COLLATE 'C' LC_CTYPE 'C'`];
}

/** Whether CREATE DATABASE failed for a locale that the server lacks, or that does not go with the encoding. */
export function isMissingLocale(error: unknown): boolean {
  const cause = error instanceof SqlError ? error : (error as Error).cause;
  return cause instanceof SqlError && ['22023', '42809'].includes(cause.fault.sqlstate);
}

/** Creates roles that are missing, without login and password; returns their names. */
export async function createRoles(address: Address, roles: readonly string[], signal: AbortSignal): Promise<string[]> {
  await using session = await connect(address, signal);
  const there = new Set(
    (await session.query<{ name: string }>('SELECT rolname AS name FROM pg_catalog.pg_roles')).map(({ name }) => name),
  );
  const missing = roles.filter((role) => !there.has(role));
  for (const role of missing) await session.send(`CREATE ROLE ${quote(role)} NOLOGIN`);
  return missing;
}

/** Drops roles again; those that somebody gave something to meanwhile stay. */
export async function dropRoles(address: Address, roles: readonly string[]): Promise<void> {
  await using session = await connect(address);
  for (const role of roles)
    await session.send(`DROP ROLE IF EXISTS ${quote(role)}`).catch((error: unknown) => {
      if (!(error instanceof SqlError)) throw error;
    });
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

import { dirname } from 'node:path';
import type { BackedUpServer, DumpFormat } from '../../model/backup.ts';
import type { Address } from '../../model/server.ts';
import { connect, SqlError } from '../connect.ts';
import { quote } from '../quote.ts';
import type { Clients } from './clients.ts';
import { conninfo } from './conninfo.ts';
import { feed, finish, type Program } from './program.ts';
import { isAllThatFailed, trips, withoutIt } from './transaction-timeout.ts';

export interface RestoreRequest {
  readonly clients: Clients;
  /** Of the new database. */
  readonly address: Address;
  readonly format: DumpFormat;
  /** Leaves out owners and grants; not from SQL. */
  readonly withoutRoles?: boolean;
  /** Leaves out where tables and indexes lie; not from SQL. */
  readonly withoutTablespaces?: boolean;
  readonly signal: AbortSignal;
}

/** Restores a dump, as pg_dump wrote it, into an empty database; the first error ends it. Throws `ProgramFailed`. */
export async function restoreDump(request: RestoreRequest, content: AsyncIterable<Uint8Array>): Promise<void> {
  const old = await trips(request, request.format);
  if (request.format === 'plain') await feed(psql(request), old ? withoutIt(content) : content);
  else await feed(pgRestore(request, [], old), content);
}

/** Restores a dump that lies at `path`, over several connections at once; the first error ends it. Throws `ProgramFailed`. */
export async function restoreFiles(
  request: RestoreRequest & { readonly format: Exclude<DumpFormat, 'plain'> },
  path: string,
  jobs: number,
): Promise<void> {
  const old = await trips(request, request.format);
  await finish({ ...pgRestore(request, [`--jobs=${jobs}`, path], old), folder: dirname(path) });
}

/** @param old whether the server is so old that one error is none, and pg_restore has to go on */
function pgRestore(
  { format, withoutRoles, withoutTablespaces, ...request }: RestoreRequest,
  words: readonly string[],
  old: boolean,
): Program {
  const left = [
    ...(withoutRoles ? ['--no-owner', '--no-privileges'] : []),
    ...(withoutTablespaces ? ['--no-tablespaces'] : []),
  ];
  const args = ['--no-password', `--format=${format}`, into(request), ...left, ...words];
  if (old) return { ...request, name: 'pg_restore', args, forgives: isAllThatFailed };
  return { ...request, name: 'pg_restore', args: ['--exit-on-error', ...args] };
}

function psql({ format: _, ...request }: RestoreRequest): Program {
  const args = ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', '--no-password', into(request)];
  return { ...request, name: 'psql', args };
}

function into({ address }: Pick<RestoreRequest, 'address'>): string {
  return `--dbname=${conninfo(address.database)}`;
}

/** Clauses of CREATE DATABASE for one like that which was backed up, the best first: a server may lack its locale. */
export function clausesFor({
  encoding,
  collate,
  ctype,
}: Pick<BackedUpServer, 'encoding' | 'collate' | 'ctype'>): readonly [same: string, otherLocale: string] {
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

/** Which of these tablespaces the server lacks. */
export async function lackingTablespaces(
  address: Address,
  tablespaces: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  if (tablespaces.length === 0) return [];
  await using session = await connect(address, signal);
  const rows = await session.query<{ name: string }>('SELECT spcname AS name FROM pg_catalog.pg_tablespace');
  const there = new Set(rows.map(({ name }) => name));
  return tablespaces.filter((name) => !there.has(name));
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

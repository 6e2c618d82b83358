import type { Manifest } from '../model/backup.ts';
import { nameWith } from '../model/database-name.ts';
import { KnownError } from '../model/error.ts';
import type { Progress, Server } from '../model/server.ts';
import { StoreFailed } from '../model/store.ts';
import { ConnectionLost, SqlError } from '../postgres/connect.ts';
import { findClients } from '../postgres/dump/clients.ts';
import { ProgramFailed } from '../postgres/dump/program.ts';
import { createRoles, dropRoles, lackingTablespaces } from '../postgres/dump/restore.ts';
import { brokenOff } from './backups/broken-off.ts';
import { type Dump, fill } from './backups/fill.ts';
import { nameTaken, refuseLong, rename, replace, shut } from './backups/place.ts';
import { giveProperties, propertiesOf } from './backups/properties.ts';
import { type Assertion, type Compared, compare, type Locale, scratchLike } from './backups/restored.ts';

/** A dump that can be restored, whoever wrote it. */
export type Source = Dump & {
  /** For people: a backup's id, or a file. */
  readonly label: string;
  /** Roles that it names. */
  readonly roles: readonly string[];
  /** Where its tables and indexes lie, but for the database's own. */
  readonly tablespaces?: readonly string[];
  /** Major of the pg_dump that wrote it, where known. */
  readonly major: number;
  readonly origin?: Locale;
  /** To compare with; files of others have none. */
  readonly manifest?: Manifest;
};

export interface RestoreInput {
  readonly source: Source;
  /** Where it is restored; its address leads to another database than that which is restored over. */
  readonly server: Server;
  /** Name of the database that is to hold it. */
  readonly name: string;
  /** It is there, and is replaced. */
  readonly overwrite: boolean;
  /** Takes a backup of the database that is restored over, and tells its id. */
  safetyBackup(): Promise<string>;
  readonly withoutRoles: boolean;
  /** Connections to restore over. */
  readonly jobs: number;
  readonly clientFolder?: string;
  readonly assertions: readonly Assertion[];
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

export interface Restored extends Compared {
  /** The database that holds it now. */
  readonly database: string;
  readonly safetyBackup?: string;
  readonly createdRoles: readonly string[];
  readonly milliseconds: number;
  readonly notes: readonly string[];
}

/**
 * Restores a dump into a database of our own, compares it, and gives it its name only then: nothing that is half restored
 * ever has it. Throws `KnownError`: reason `refused` where a gate is closed and nothing was touched, `backup` where the
 * dump cannot be restored.
 */
export async function restore(input: RestoreInput): Promise<Restored> {
  const { server, name, overwrite, progress, signal, source, withoutRoles } = input;
  if (withoutRoles && source.format === 'plain')
    throw new KnownError(`${source.label} is SQL, in which owners and grants are written.`, {
      help: 'Restore it without `without-roles`: missing roles are created, and may not log in.',
    });
  refuseLong(name);
  if (!overwrite) {
    await nameTaken(server.address, name, signal);
    return attempt(input);
  }
  await using door = await shut(server, name, signal);
  progress.step(`backing up ${name} before it is restored over`);
  const safetyBackup = await input.safetyBackup();
  await door.close();
  progress.step(
    `letting nobody but superusers into ${name} until it is replaced; should this run be killed: ${door.wayBack}`,
  );
  const restored = await attempt(input);
  return { ...restored, safetyBackup, notes: [...restored.notes, ...door.notes] };
}

async function attempt(input: RestoreInput): Promise<Restored> {
  const { signal, source, server } = input;
  const createdRoles: string[] = [];
  try {
    return await restoreInto(input, createdRoles);
  } catch (error) {
    await dropRoles(server.address, createdRoles).catch(() => {}); // they own nothing, and may not log in
    if (signal.aborted) throw signal.reason;
    if (error instanceof StoreFailed) throw brokenOff(error, 'No database is left of it.');
    if (![ProgramFailed, SqlError, ConnectionLost].some((kind) => error instanceof kind)) throw error;
    const message = `${source.label} cannot be restored, and no database is left of it: ${(error as Error).message}`;
    throw new KnownError(message, { reason: 'backup', help: helpFor(error as Error, input), cause: error });
  }
}

function helpFor({ message }: Error, { withoutRoles, source, server }: RestoreInput): string {
  if (
    /permission denied to create role|must be superuser|must be (able to SET ROLE|member of role)/.test(message) &&
    !withoutRoles
  )
    return 'With `--without-roles`, owners and grants are left out, and everything belongs to the role that restores.';
  if (/extension .* is not available|could not open extension control file/.test(message))
    return 'Install that extension on the server, or restore on one that has it.';
  if (/row-level security/.test(message))
    return 'A table hides rows from its owner, too, and they are to be compared: restore as a role that may see all (BYPASSRLS).';
  if (/invalid command \\(un)?restrict/.test(message))
    return 'Its pg_dump is newer than this psql: install the latest minor release of the client programs.';
  const origin = Number.parseInt(source.manifest?.server.version ?? '', 10);
  if (origin > server.major)
    return `It is of PostgreSQL ${origin}, and ${server.major} does not know all that ${origin} does: restore it on ${origin} or newer.`;
  return 'See the message of PostgreSQL; the databases that were there are as they were.';
}

async function restoreInto(input: RestoreInput, createdRoles: string[]): Promise<Restored> {
  const { source, server, name, overwrite, withoutRoles, jobs, signal, progress } = input;
  const { manifest } = source;
  const started = performance.now();
  const clients = await findClients(source.major || server.major, input.clientFolder, input);
  if (!withoutRoles) createdRoles.push(...(await createRoles(server.address, source.roles, signal)));
  await using scratch = await scratchLike(server, source.origin, signal);
  const { address } = scratch;
  progress.step(`restoring ${source.label} on PostgreSQL ${server.version}`);
  const lacking = await lackingTablespaces(address, source.tablespaces ?? [], signal);
  const withoutTablespaces = lacking.length > 0;
  await fill(source, { clients, address, jobs, withoutRoles, withoutTablespaces, signal, progress });
  const milliseconds = Math.round(performance.now() - started);
  progress.step(manifest ? 'comparing it with its manifest' : 'looking at what is there');
  const compared = await compare(address, withoutRoles ? undefined : manifest, input);
  const good = compared.problems.length === 0;
  const takesOver = overwrite && good; // and has what the other had
  const properties = takesOver ? [] : await propertiesOf(source, { clients, withoutRoles, signal });
  const database = overwrite && !good ? nameWith(name, `_restored_${Date.now()}`) : name;
  if (takesOver) await replace(server.address, scratch.name, name, signal);
  else await rename(server.address, scratch.name, database, signal);
  const notes = [...(await giveProperties(server.address, database, properties)), ...notesOf(input, good, lacking)];
  return { ...compared, database, createdRoles, milliseconds, notes };
}

function notesOf({ overwrite, name, withoutRoles }: RestoreInput, good: boolean, lacking: readonly string[]): string[] {
  const lost = `The server has no tablespace ${lacking.join(', ')}: all lies in that of the database.`;
  return [
    ...(lacking.length > 0 ? [lost] : []),
    ...(overwrite && !good ? [`${name} is as it was: what was restored did not take its place.`] : []),
    ...(withoutRoles ? ['Owners and grants were left out, so it was not compared with its manifest.'] : []),
    'The history of migrations is what the dump holds: those that came later are pending again.',
  ];
}

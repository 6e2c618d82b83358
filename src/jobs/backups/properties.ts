import { basename, join } from 'node:path';
import { openFolder, writeTemporary } from '../../archive/folder.ts';
import { members } from '../../archive/tar.ts';
import type { Address } from '../../model/server.ts';
import { connect, SqlError } from '../../postgres/connect.ts';
import type { Clients } from '../../postgres/dump/clients.ts';
import { outputOf, type Program, through } from '../../postgres/dump/program.ts';
import { type Property, propertiesIn } from '../../postgres/dump/properties.ts';
import { scan } from '../../postgres/dump/scan.ts';
import type { Dump } from './fill.ts';

interface Reading {
  readonly clients: Clients;
  /** Leaves out the owner, grants, and settings of roles. */
  readonly withoutRoles: boolean;
  readonly signal: AbortSignal;
}

/** Where the table of contents of any dump has ended, in bytes. */
const head = 256 << 20;

/** What a dump says of the database itself; SQL only with `--create`. Throws `ProgramFailed`. */
export async function propertiesOf(dump: Dump, reading: Reading): Promise<readonly Property[]> {
  if (dump.format === 'plain') return dump.properties ?? [];
  const { own } = await scan(schemaSql(dump, reading));
  return own ? propertiesIn(own.sql) : [];
}

async function* schemaSql(dump: Dump, { clients, withoutRoles, signal }: Reading): AsyncGenerator<Uint8Array> {
  const address: Address = { host: '', port: 5432, user: '', database: '' };
  const roles = withoutRoles ? ['--no-owner', '--no-privileges'] : [];
  const args = ['--create', '--schema-only', '--file=-', ...roles];
  const program = { clients, name: 'pg_restore', args, address, signal } satisfies Program;
  if ('path' in dump) yield* outputOf({ ...program, args: [...args, dump.path], folder: join(dump.path, '..') });
  else if (dump.format === 'directory') yield* ofFolder(dump.content(), program);
  else yield* through(program, beginning(dump.content()));
}

/** The table of contents stands first in tars of ours, and anywhere in others. */
async function* ofFolder(tar: AsyncIterable<Uint8Array>, program: Program): AsyncGenerator<Uint8Array> {
  await using folder = await openFolder();
  for await (const { name, content } of members(tar)) {
    if (basename(name) !== 'toc.dat') continue;
    await writeTemporary(join(folder.path, 'toc.dat'), content);
    break;
  }
  yield* outputOf({ ...program, args: [...program.args, folder.path], folder: folder.path });
}

async function* beginning(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of content) {
    yield piece;
    bytes += piece.length;
    if (bytes >= head) return;
  }
}

/** Gives a database these properties; returns a sentence for each that the role may not give it. */
export async function giveProperties(
  address: Address,
  database: string,
  properties: readonly Property[],
): Promise<string[]> {
  await using session = await connect(address);
  const failed: string[] = [];
  for (const { label, sql } of properties)
    await session.send(sql(database)).catch((error: unknown) => {
      if (!(error instanceof SqlError)) throw error;
      failed.push(`${label} of the database could not be given to it again: ${error.message}.`);
    });
  return failed;
}

import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { openFolder } from '../archive/folder.ts';
import { type Recognised, recognised } from '../archive/recognise.ts';
import { takeContents } from '../jobs/backups/decode-tar.ts';
import type { Dump } from '../jobs/backups/fill.ts';
import type { Source } from '../jobs/restore.ts';
import { fileFault, KnownError } from '../model/error.ts';
import { type Clients, newestClients } from '../postgres/dump/clients.ts';
import { statementsOf } from '../postgres/dump/decode.ts';
import { without } from '../postgres/dump/own-database.ts';
import { ProgramFailed } from '../postgres/dump/program.ts';
import { propertiesIn } from '../postgres/dump/properties.ts';
import { type Scan, scan } from '../postgres/dump/scan.ts';
import type { Door } from './door.ts';
import { formatOf } from './dump-kind.ts';

/** A dump that somebody's pg_dump wrote: a file, packed or not, or a directory. Throws `KnownError` for what is none. */
export async function fileSource(path: string, identities: readonly string[], door: Door): Promise<Source> {
  door.host.progress.step(`looking into ${path}`);
  try {
    const found = await stat(path);
    const { dump, said } = found.isDirectory()
      ? await directoryAt(path, door)
      : await fileAt({ path, size: found.size, identities }, door);
    refuse(said, path);
    const { roles, places, tables, major = 0, encoding } = said;
    const known = { roles, tablespaces: places.names, tables, major: dump.format === 'plain' ? 0 : major };
    return { label: basename(path), ...dump, ...known, ...(encoding === 'SQL_ASCII' && { origin: anyBytes }) };
  } catch (error) {
    throw error instanceof KnownError || door.signal.aborted ? error : notRead(error as Error, path);
  }
}

/** Text of no encoding goes into no other database than one that takes every byte. */
const anyBytes = { encoding: 'SQL_ASCII', collate: 'C', ctype: 'C' };

interface Seen {
  readonly dump: Dump;
  readonly said: Scan;
}

async function directoryAt(path: string, door: Door): Promise<Seen> {
  const names = await readdir(path);
  if (!names.includes('toc.dat'))
    throw new KnownError('This folder has no toc.dat, and so is no dump in directory format.', { place: { path } });
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(path, name))).size));
  const said = await scan(statementsOf(await clientsFor(door), resolve(path), door.signal));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return { dump: { format: 'directory', path: resolve(path), bytes }, said };
}

interface File {
  readonly path: string;
  readonly size: number;
  readonly identities: readonly string[];
}

async function fileAt({ path, size, identities }: File, door: Door): Promise<Seen> {
  const open = () => recognised(createReadStream(path), identities);
  const head = await closing(open);
  const format = formatOf(head, path);
  const content = async function* () {
    yield* (await open()).content;
  };
  const counted = counting(content());
  const seen = (said: Scan) => ({ dump: { format, content, bytes: counted.bytes() }, said });
  if (format === 'plain') return alone(seen(await scan(counted)));
  const clients = await clientsFor(door);
  const statements = (dump: string | AsyncIterable<Uint8Array>) => scan(statementsOf(clients, dump, door.signal));
  if (format === 'directory') {
    await using folder = await openFolder();
    await takeContents(counted, join(folder.path, 'dump'));
    return seen(await statements(join(folder.path, 'dump')));
  }
  if (head.packed) return seen(await statements(counted));
  return { dump: { format, path: resolve(path), bytes: size }, said: await statements(resolve(path)) };
}

/** What SQL of `pg_dump --create` says of its own database is for the one that it is restored into; tablespaces may be left out. */
async function alone({ dump, said }: { dump: Extract<Dump, { content: unknown }>; said: Scan }): Promise<Seen> {
  const { own, places } = said;
  const spans = [...(own?.spans ?? []), ...places.spans].sort((a, b) => a.from - b.from);
  const content: typeof dump.content = (left) =>
    without(dump.content(), left?.tablespaces ? spans : (own?.spans ?? []));
  return { said, dump: { ...dump, content, ...(own && { properties: await propertiesIn(own.sql) }) } };
}

function clientsFor({ settings, host, signal }: Door): Promise<Clients> {
  return newestClients(settings.pgBin, { signal, progress: host.progress });
}

async function closing(open: () => Promise<Recognised>): Promise<Recognised> {
  const found = await open();
  await found.content[Symbol.asyncIterator]().return?.();
  return found;
}

function counting(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> & { bytes(): number } {
  let bytes = 0;
  return {
    async *[Symbol.asyncIterator]() {
      for await (const piece of content) {
        bytes += piece.length;
        yield piece;
      }
    },
    bytes: () => bytes,
  };
}

function refuse({ leaves, several, cut }: Scan, path: string): void {
  const place = { path };
  if (several)
    throw new KnownError('The dump holds several databases, as pg_dumpall writes them.', {
      place,
      help: 'Dump the one that is to be restored by itself, with pg_dump.',
    });
  if (leaves)
    throw new KnownError(`The dump holds \`${leaves}\`, which leads out of the database it is restored into.`, {
      place,
      help: 'Dump one database, with pg_dump, and remove commands of psql from it.',
    });
  if (cut) throw new KnownError('The dump ends in the middle.', { reason: 'backup', place });
}

function notRead(error: NodeJS.ErrnoException, path: string): KnownError {
  const given = { place: { path }, cause: error };
  if (error.syscall) return new KnownError(`The dump cannot be read: ${fileFault(error)}.`, given);
  if (error instanceof ProgramFailed && /unsupported version/.test(error.message))
    return new KnownError(`The dump was written by a newer pg_dump: ${error.message}`, {
      ...{ ...given, reason: 'unreachable' },
      help: 'Install client programs of that major or newer, and name their folder with `pg-bin` where they are not found.',
    });
  return new KnownError(`The dump is damaged: ${error.message}`, { ...given, reason: 'backup' });
}

import { createReadStream } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Recognised, recognised } from '../archive/recognise.ts';
import type { Source } from '../jobs/restore.ts';
import { fileFault, KnownError } from '../model/error.ts';
import { newestClients } from '../postgres/dump/clients.ts';
import { through } from '../postgres/dump/program.ts';
import { scan } from '../postgres/dump/scan.ts';
import type { Door } from './door.ts';

/** A dump in a file, packed or not, that somebody's pg_dump wrote: custom format or SQL. */
export async function fileSource(path: string, identities: readonly string[], door: Door): Promise<Source> {
  await access(path).catch((cause: NodeJS.ErrnoException) => {
    throw new KnownError(`The dump cannot be read: ${fileFault(cause)}.`, { place: { path }, cause });
  });
  const open = () => recognised(createReadStream(path), identities);
  door.host.progress.step(`looking into ${path}`);
  const format = formatOf((await closing(open)).head, path);
  const content = async function* () {
    yield* (await open()).content;
  };
  const { roles, leaves, cut } = await scan(format === 'plain' ? content() : sqlOf(content(), door));
  if (leaves)
    throw new KnownError(`The dump holds \`${leaves}\`, which leads out of the database it is restored into.`, {
      place: { path },
      help: 'Dump without --create (pg_dump) or --clean and --create, and remove commands of psql from it.',
    });
  if (cut) throw new KnownError('The dump ends in the middle.', { reason: 'backup', place: { path } });
  const { size: bytes } = await stat(path);
  return { label: basename(path), format, content, bytes, roles, major: 0 };
}

async function closing(open: () => Promise<Recognised>): Promise<Recognised> {
  const found = await open();
  await found.content[Symbol.asyncIterator]().return?.();
  return found;
}

function formatOf(head: Buffer, path: string): Source['format'] {
  if (head.subarray(0, 5).toString('latin1') === 'PGDMP') return 'custom';
  if (/PostgreSQL database dump|^(--|SET |CREATE |BEGIN)/m.test(head.toString('utf8'))) return 'plain';
  throw new KnownError('This is neither SQL nor a dump in the custom format of pg_dump.', {
    place: { path },
    help: 'Directories and tar files that pg_dump wrote are restored with pg_restore.',
  });
}

/** The statements of a dump in custom format, without rows. */
async function* sqlOf(content: AsyncIterable<Uint8Array>, { settings, signal }: Door): AsyncGenerator<Uint8Array> {
  const clients = await newestClients(settings.pgBin);
  const address = { host: '', port: 5432, user: '', database: '' };
  const args = ['--schema-only', '--file=-'];
  yield* through({ clients, name: 'pg_restore', args, address, signal }, content);
}

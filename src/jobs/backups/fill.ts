import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { needRoom, openFolder, roomForFiles } from '../../archive/folder.ts';
import { untarred } from '../../archive/untar.ts';
import { bytesText } from '../../model/amounts.ts';
import type { Progress } from '../../model/server.ts';
import { type ReadableFormat, type RestoreRequest, restoreDump, restoreFiles } from '../../postgres/dump/restore.ts';
import { metered } from './meter.ts';

/** A dump that can be restored. */
export interface Dump {
  readonly format: ReadableFormat;
  /** As pg_dump wrote it, a directory as a tar; to be read once. */
  content(): AsyncIterable<Uint8Array>;
  /** How much `content` gives. */
  readonly bytes: number;
  /** How many there are, where known. */
  readonly tables?: number;
  /** Where it lies on this machine as pg_dump wrote it, if it does. */
  readonly path?: string;
}

interface Filling extends Omit<RestoreRequest, 'format'> {
  /** Connections to restore with. */
  readonly jobs: number;
  readonly progress: Progress;
}

/**
 * From here on several connections save more time than it takes to write the dump to a file first. Each table costs some,
 * too: pg_restore empties it in the transaction that fills it, which makes new files for it.
 */
function isWorthSeveral({ bytes, tables = 0 }: Dump): boolean {
  return bytes > (64 << 20) + tables * (100 << 10);
}

/**
 * Restores a dump into an empty database: over several connections where its format allows and there is room for it as
 * files, else as it comes. Nothing is left of the files. Throws `ProgramFailed`, and what `content` throws.
 */
export async function fill(dump: Dump, filling: Filling): Promise<void> {
  const { format, path } = dump;
  if (format === 'plain') return stream(dump, filling);
  const jobs = isWorthSeveral(dump) ? filling.jobs : 1;
  if (path !== undefined) return restoreFiles({ ...filling, format }, path, jobs);
  if (format === 'directory') return fromFolder(dump, { ...filling, jobs });
  return (await deservesFile(dump, { ...filling, jobs })) ? fromFile(dump, filling) : stream(dump, filling);
}

async function stream(dump: Dump, filling: Filling): Promise<void> {
  const content = metered(dump.content(), 'restored', filling.progress);
  await restoreDump({ ...filling, format: dump.format }, content);
}

async function deservesFile({ format, bytes }: Dump, { jobs, progress }: Filling): Promise<boolean> {
  if (format !== 'custom' || jobs === 1) return false;
  const room = await roomForFiles();
  if (room < bytes) progress.step(`over one connection: a file of ${bytesText(bytes)} has no room (TMPDIR)`);
  return room >= bytes;
}

async function fromFile(dump: Dump, filling: Filling): Promise<void> {
  await using folder = await openFolder();
  const path = join(folder.path, 'dump');
  await pipeline(unpacking(dump, filling), createWriteStream(path, { mode: 0o600 }));
  await restoreFiles({ ...filling, format: 'custom' }, path, filling.jobs);
}

async function fromFolder(dump: Dump, filling: Filling): Promise<void> {
  await needRoom(dump.bytes, 'Restoring a dump in directory format');
  await using folder = await openFolder();
  const path = join(folder.path, 'dump');
  await mkdir(path, { mode: 0o700 });
  await untarred(unpacking(dump, filling), path);
  await restoreFiles({ ...filling, format: 'directory' }, path, filling.jobs);
}

function unpacking(dump: Dump, { jobs, progress }: Filling): AsyncIterable<Uint8Array> {
  progress.step(`unpacking ${bytesText(dump.bytes)} to restore it over ${jobs} connections`);
  return metered(dump.content(), 'unpacked', progress);
}

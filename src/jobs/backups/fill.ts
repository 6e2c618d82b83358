import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { needRoom, openFolder, roomForFiles, writeTemporary } from '../../archive/folder.ts';
import { untarred } from '../../archive/untar.ts';
import { bytesText } from '../../model/amounts.ts';
import type { DumpFormat } from '../../model/backup.ts';
import type { Progress } from '../../model/server.ts';
import type { Property } from '../../postgres/dump/properties.ts';
import { type RestoreRequest, restoreDump, restoreFiles } from '../../postgres/dump/restore.ts';
import { nameLists } from './decode-tar.ts';
import { metered } from './meter.ts';

/** A dump that can be restored. */
export type Dump = DumpStream | DumpFiles;

interface DumpSize {
  /** How much it is, as it comes or lies there. */
  readonly bytes: number;
  /** How many there are in it, where known. */
  readonly tables?: number;
}

interface DumpStream extends DumpSize {
  readonly format: DumpFormat;
  /** As pg_dump wrote it, a directory as a tar; to be read once. Of SQL perhaps without the tablespaces that it names. */
  content(without?: { readonly tablespaces: boolean }): AsyncIterable<Uint8Array>;
  /** What was said of the database itself, where `content` does not say it any more. */
  readonly properties?: readonly Property[];
}

interface DumpFiles extends DumpSize {
  readonly format: Exclude<DumpFormat, 'plain'>;
  /** Where it lies on this machine as pg_dump wrote it. */
  readonly path: string;
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
function isWorthSeveral({ bytes, tables = 0 }: DumpSize): boolean {
  return bytes > (64 << 20) + tables * (100 << 10);
}

/**
 * Restores a dump into an empty database: over several connections where its format allows and there is room for it as
 * files, else as it comes. Nothing is left of the files. Throws `ProgramFailed`, and what `content` throws.
 */
export async function fill(dump: Dump, filling: Filling): Promise<void> {
  const jobs = isWorthSeveral(dump) ? filling.jobs : 1;
  if ('path' in dump) return restoreFiles({ ...filling, format: dump.format }, dump.path, jobs);
  if (dump.format === 'directory') return fromFolder(dump, { ...filling, jobs });
  return (await deservesFile(dump, { ...filling, jobs })) ? fromFile(dump, filling) : stream(dump, filling);
}

async function stream({ format, content }: DumpStream, filling: Filling): Promise<void> {
  const { withoutTablespaces: tablespaces = false, progress } = filling;
  await restoreDump({ ...filling, format }, metered(content({ tablespaces }), 'restored', progress));
}

async function deservesFile({ format, bytes }: DumpStream, { jobs, progress }: Filling): Promise<boolean> {
  if (format !== 'custom' || jobs === 1) return false;
  const room = await roomForFiles();
  if (room < bytes) progress.step(`over one connection: a file of ${bytesText(bytes)} has no room (TMPDIR)`);
  return room >= bytes;
}

async function fromFile(dump: DumpStream, filling: Filling): Promise<void> {
  await using folder = await openFolder();
  const path = join(folder.path, 'dump');
  await writeTemporary(path, unpacking(dump, filling));
  await restoreFiles({ ...filling, format: 'custom' }, path, filling.jobs);
}

async function fromFolder(dump: DumpStream, filling: Filling): Promise<void> {
  await needRoom(dump.bytes, 'Restoring a dump in directory format');
  await using folder = await openFolder();
  const path = join(folder.path, 'dump');
  await mkdir(path, { mode: 0o700 });
  await untarred(unpacking(dump, filling), path);
  await nameLists(path);
  await restoreFiles({ ...filling, format: 'directory' }, path, filling.jobs);
}

function unpacking(dump: DumpStream, { jobs, progress }: Filling): AsyncIterable<Uint8Array> {
  progress.step(
    `unpacking ${bytesText(dump.bytes)} to restore it over ${jobs} ${jobs === 1 ? 'connection' : 'connections'}`,
  );
  return metered(dump.content(), 'unpacked', progress);
}

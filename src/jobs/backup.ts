import { encrypted } from '../archive/age.ts';
import { gzipped } from '../archive/gzip.ts';
import { tally } from '../archive/tally.ts';
import { compressed } from '../archive/zstd.ts';
import type { BackedUpServer, Compression, Contents, Digest, DumpFormat, Manifest } from '../model/backup.ts';
import { KnownError } from '../model/error.ts';
import type { Address, Progress } from '../model/server.ts';
import { type Store, StoreFailed, type WriteOptions } from '../model/store.ts';
import { ConnectionLost, SqlError } from '../postgres/connect.ts';
import { type Clients, findClients } from '../postgres/dump/clients.ts';
import { contentsOf, type RowCounts, sequencesOf, serverOf } from '../postgres/dump/contents.ts';
import { dumpGlobals } from '../postgres/dump/dump.ts';
import { type ExportedSnapshot, exportSnapshot } from '../postgres/dump/exported.ts';
import { ProgramFailed } from '../postgres/dump/program.ts';
import { brokenOff } from './backups/broken-off.ts';
import { dumped, needRoomToDump } from './backups/dumped.ts';
import { globalsKey, isManifest, keyOf, manifestKey } from './backups/keys.ts';
import { metered } from './backups/meter.ts';
import { readBack, readBytes } from './backups/read-back.ts';
import { sealed, storedText } from './backups/seal.ts';

export interface BackupInput {
  /** The database to back up. */
  readonly target: Address;
  readonly store: Store;
  readonly format: DumpFormat;
  /** Connections that dump a directory. */
  readonly jobs: number;
  readonly compression: Compression;
  /** age recipients; none: not encrypted. */
  readonly recipients: readonly string[];
  readonly rowCounts: RowCounts;
  /** Key of the dump, with `{database}` and `{timestamp}` and without its ending. */
  readonly keyTemplate: string;
  /** Folder of PostgreSQL's client programs, where they are not found by themselves. */
  readonly clientFolder?: string;
  /** How long the store shall refuse to remove it. */
  readonly lockDays?: number;
  /** Lockkeeper's version. */
  readonly version: string;
  readonly about: Pick<Manifest, 'reason' | 'commit' | 'run'>;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** A finished backup, with what it took. */
export interface BackupDone {
  readonly manifest: Manifest;
  readonly manifestKey: string;
  readonly milliseconds: { readonly dump: number; readonly readBack: number };
}

/**
 * Dumps a database into a store, reads it back, and writes the manifest last: until then there is no backup. Whatever
 * fails leaves nothing behind that looks like one. Throws `KnownError`, reason `backup` from the dump on.
 */
export async function backup(input: BackupInput): Promise<BackupDone> {
  const { target, store, signal, progress } = input;
  await using snapshot = await exportSnapshot(target, signal);
  const server = await serverOf(snapshot.session);
  const clients = await findClients(Number(server.version.split('.')[0]), input.clientFolder, input);
  const key = keyOf(input, snapshot.takenAt);
  await needRoomToDump(snapshot.session, input.format);
  progress.step(`dumping ${target.database} with pg_dump ${clients.version} to ${store.label}/${key}`);
  const written: string[] = [];
  try {
    return await write({ ...input, snapshot, server, clients, key, written, writing: writingFor(input, snapshot) });
  } catch (error) {
    const left = await removeAll(store, written.toReversed()); // the manifest first
    if (left.length > 0) throw notRemoved(left, signal.aborted ? signal.reason : error);
    throw signal.aborted ? signal.reason : asBackupFailure(error, written.length > 0);
  }
}

/** Removes what was written; returns the keys that could not be: a store may keep them locked, or be gone. */
async function removeAll(store: Store, keys: readonly string[]): Promise<string[]> {
  const left: string[] = [];
  for (const key of keys) await store.remove([key]).catch(() => left.push(key));
  return left;
}

function notRemoved(keys: readonly string[], cause: unknown): KnownError {
  const counts = keys.some(isManifest) ? 'It may count as a backup' : 'It does not count as a backup';
  return new KnownError(`The backup failed: ${(cause as Error).message}`, {
    reason: 'backup',
    help: `What was written of it could not be removed again: ${keys.join(', ')}. ${counts}.`,
    cause,
  });
}

const day = 86_400_000;

function writingFor({ signal, lockDays }: BackupInput, { takenAt }: ExportedSnapshot): WriteOptions {
  if (lockDays === undefined) return { signal };
  return { signal, lockUntil: new Date(takenAt.getTime() + lockDays * day) };
}

interface Work extends BackupInput {
  readonly writing: WriteOptions;
  readonly snapshot: ExportedSnapshot;
  readonly server: BackedUpServer;
  readonly clients: Clients;
  readonly key: string;
  /** Keys to be removed again where it fails. */
  readonly written: string[];
}

async function write(work: Work): Promise<BackupDone> {
  const { store, clients, key, format, compression, recipients, snapshot, signal } = work;
  const start = performance.now();
  const { contents, ...digests } = await writeDump(work);
  const globals = await writeGlobals(work);
  const dumped = performance.now();
  work.progress.step('reading it back');
  const dump: Manifest['dump'] = {
    ...{ key, format, compression, pgDump: clients.version, ...digests },
    ...(recipients.length > 0 && { recipients }),
  };
  if (recipients.length > 0)
    await readBytes({ store, dump, globals, signal }); // nobody here has a secret key
  else await readBack({ store, dump, globals, clients, identities: [], signal });
  const manifest: Manifest = sealed({
    ...({ version: 1, lockkeeper: work.version, database: work.target.database, server: work.server } as const),
    ...{ takenAt: snapshot.takenAt.toISOString(), finishedAt: new Date().toISOString() },
    ...{ dump, contents, ...(globals && { globals }), ...work.about },
  });
  await writeManifest(work, manifest);
  const milliseconds = { dump: dumped - start, readBack: performance.now() - dumped };
  return { manifest, manifestKey: manifestKey(key), milliseconds };
}

/** An answer that never came may have been a yes: what may be there is removed as well where it fails. */
async function writeManifest({ store, key, written, writing }: Work, manifest: Manifest): Promise<void> {
  const last = manifestKey(key);
  written.push(last);
  if (await store.create(last, storedText(manifest), writing)) return;
  written.pop();
  throw new KnownError(`There is a ${last} already.`, { reason: 'backup' });
}

/** Counts in the snapshot while pg_dump reads it; where that fails, the snapshot is gone, and pg_dump is not waited for. */
async function writeDump(work: Work): Promise<{ plain: Digest; stored: Digest; contents: Contents }> {
  const { target: address, store, format, jobs, rowCounts, clients, snapshot, key, written } = work;
  const failing = new AbortController();
  const signal = AbortSignal.any([work.signal, failing.signal]);
  const sequences = await sequencesOf(snapshot.session);
  const content = dumped({ clients, address, snapshot: snapshot.id, format, jobs, signal });
  const plain = tally(metered(content, 'dumped', work.progress));
  const stored = tally(packed(plain, work));
  const [writing, counting] = await Promise.allSettled([
    store.write(key, stored, { ...work.writing, signal }).then(() => written.push(key)),
    contentsOf(snapshot.session, rowCounts).catch((error) => {
      failing.abort(error);
      throw error;
    }),
  ]);
  if (counting.status === 'rejected') throw counting.reason;
  if (writing.status === 'rejected') throw writing.reason;
  const moved = movedBetween(sequences, await sequencesOf(snapshot.session));
  return { plain: plain.digest(), stored: stored.digest(), contents: { ...counting.value, sequences: moved } };
}

/** pg_dump has read each of them at some moment in between. */
function movedBetween(before: Contents['sequences'], after: Contents['sequences']): Contents['sequences'] {
  const values = new Map(after.map(({ name, lastValue }) => [name, lastValue]));
  return before.map((sequence) => {
    const until = values.get(sequence.name);
    return until === undefined || until === sequence.lastValue ? sequence : { ...sequence, until };
  });
}

function packed(
  content: AsyncIterable<Uint8Array>,
  { compression, recipients }: Pick<BackupInput, 'compression' | 'recipients'>,
): AsyncIterable<Uint8Array> {
  const small = { zstd: compressed, gzip: gzipped, none: (same: typeof content) => same }[compression](content);
  return recipients.length > 0 ? encrypted(small, recipients) : small;
}

/** Hosted servers do not let everybody read roles: the backup is one without them, and that is said. */
async function writeGlobals(work: Work): Promise<Manifest['globals']> {
  const { target: address, store, signal, clients, recipients, key, written } = work;
  const own = globalsKey(key, recipients.length > 0);
  const plain = dumpGlobals({ clients, address, signal });
  const stored = tally(packed(plain, { compression: 'none', recipients }));
  try {
    await store.write(own, stored, work.writing);
  } catch (error) {
    if (!(error instanceof ProgramFailed) || !/permission denied|must be superuser/.test(error.message)) throw error;
    work.progress.step(`without roles, which ${address.user} may not read`);
    return undefined;
  }
  written.push(own);
  return { key: own, ...stored.digest() };
}

function helpFor({ message }: Error): string {
  if (/row-level security/.test(message))
    return 'Back up as a role that may see all rows: a superuser, or one with BYPASSRLS.';
  if (/permission denied for (table|sequence|schema|view|materialized|large object)/.test(message))
    return 'Give the role that backs up what it may not read: since PostgreSQL 14, GRANT pg_read_all_data does.';
  return 'See the message of PostgreSQL; earlier backups are as they were.';
}

/** @param begun part of it had been written */
function asBackupFailure(error: unknown, begun: boolean): unknown {
  const refused = begun && error instanceof KnownError && error.reason === 'unreachable';
  if (refused || error instanceof StoreFailed) return brokenOff(error, 'Nothing of the backup is left.');
  const known = error instanceof ProgramFailed || error instanceof SqlError || error instanceof ConnectionLost;
  if (!known) return error;
  return new KnownError(`The backup failed, and nothing of it is left: ${error.message}`, {
    reason: 'backup',
    help: helpFor(error),
    cause: error,
  });
}

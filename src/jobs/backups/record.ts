import type { Drill, Manifest } from '../../model/backup.ts';
import { Missing, type Store } from '../../model/store.ts';
import { dumpKey } from './keys.ts';
import { isWhole } from './seal.ts';

/** Why what is under a key cannot be used, as the end of a sentence. */
class Unusable extends Error {}

/** The manifest under a key. Throws `Unusable`, or `Missing` where it was removed meanwhile. */
export async function readManifest(store: Store, key: string, signal: AbortSignal): Promise<Manifest> {
  const read = await recordUnder<Manifest>(store, key, signal);
  if (!isComplete(read) || Number.isNaN(Date.parse(read.takenAt ?? ''))) throw new Unusable('parts of it are missing');
  return read as Manifest;
}

/** Whether it has all that is asked of manifests, each of its kind: a sum can be made for anything. */
function isComplete({ version, database, takenAt, server, dump, contents }: Partial<Manifest>): boolean {
  const texts: unknown[] = [database, takenAt, server?.version, dump?.key, dump?.pgDump, contents?.fingerprint];
  const lists: unknown[] = [contents?.tables, contents?.sequences, contents?.extensions, contents?.roles];
  const digests = [dump?.plain, dump?.stored];
  return (
    version === 1 &&
    texts.every((each) => typeof each === 'string') &&
    lists.every(Array.isArray) &&
    digests.every((each) => typeof each?.bytes === 'number' && typeof each.sha256 === 'string') &&
    ['custom', 'plain', 'directory'].includes(dump?.format ?? '') &&
    ['zstd', 'gzip', 'none'].includes(dump?.compression ?? '')
  );
}

/** The result of a drill of this manifest. Throws `Unusable`, or `Missing` where it was removed meanwhile. */
export async function readDrill(store: Store, key: string, manifest: string, signal: AbortSignal): Promise<Drill> {
  const read = await recordUnder<Drill>(store, key, signal);
  if (read.manifest === undefined || dumpKey(manifest) !== dumpKey(read.manifest))
    throw new Unusable('it is the drill of another backup');
  return read as Drill;
}

async function recordUnder<T extends { version: number; sha256: string }>(
  store: Store,
  key: string,
  signal: AbortSignal,
): Promise<Partial<T>> {
  const read = parsed<T>(await textOf(store, key, signal));
  if (read.version !== undefined && read.version > 1)
    throw new Unusable(`its version is ${String(read.version)}, and this Lockkeeper knows 1: use a newer one`);
  if (!isWhole(read)) throw new Unusable('it is not as it was written: its checksum is another');
  return read;
}

function parsed<T>(text: string): Partial<T> {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read === 'object' && read !== null) return read as Partial<T>;
  } catch {
    // told below
  }
  throw new Unusable('it is no JSON');
}

/** A manifest of a database of 10,000 tables has about 1 MB. */
const largest = 64 << 20;

async function textOf(store: Store, key: string, signal: AbortSignal): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of store.read(key, signal)) {
    bytes += part.length;
    if (bytes > largest) throw new Unusable('it is too large to be what its name says');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** What reading found; why it cannot be used; or undefined where it was removed meanwhile. */
export async function orWhyNot<T>(reading: Promise<T>): Promise<T | string | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Missing) return undefined;
    if (error instanceof Unusable) return error.message;
    throw error;
  }
}

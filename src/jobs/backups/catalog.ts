import { inOrder } from '../../archive/parallel.ts';
import type { Drill, Manifest } from '../../model/backup.ts';
import { KnownError } from '../../model/error.ts';
import type { Store, StoredObject } from '../../model/store.ts';
import { dumpKey, isBeside, isDrill, isDump, isManifest, manifestKey } from './keys.ts';

/** A backup that is there: its manifest was written, so everything before it was. */
export interface Backup {
  /** Key of its manifest. */
  readonly key: string;
  readonly manifest: Manifest;
  /** Oldest first. */
  readonly drills: readonly Drill[];
  /** All keys that belong to it but the manifest's; the dump's last, so that what is left half removed is found again. */
  readonly keys: readonly string[];
  readonly lockedUntil?: Date;
}

/** Everything of ours in a store. */
export interface Catalog {
  /** Newest first. */
  readonly backups: readonly Backup[];
  /** Manifests that cannot be read, and why: they are never touched. */
  readonly broken: readonly { readonly key: string; readonly why: string }[];
  /** Dumps without a manifest: a run still at work, or one that was cut off. */
  readonly orphans: readonly Orphan[];
}

/** A dump without a manifest, with what surrounds it. */
export interface Orphan extends StoredObject {
  /** All keys that belong to it, its own last. */
  readonly keys: readonly string[];
}

/** Manifests that are read at once. */
const atOnce = 8;

/** Reads what is in a store. Only manifests make backups; nothing is concluded from names. */
export async function readCatalog(store: Store, signal: AbortSignal): Promise<Catalog> {
  const objects = await Array.fromAsync(store.list(''));
  const keys = new Set(objects.map(({ key }) => key));
  const backups: Backup[] = [];
  const broken: { key: string; why: string }[] = [];
  const manifests = objects.filter(({ key }) => isManifest(key));
  const read = async (object: StoredObject) => ({ object, found: await readBackup(store, object, keys, signal) });
  for await (const { object, found } of inOrder(each(manifests), read, atOnce)) {
    if (typeof found === 'string') broken.push({ key: object.key, why: found });
    else backups.push(found);
  }
  const orphans = objects
    .filter(({ key }) => isDump(key) && !keys.has(manifestKey(key)))
    .map((each) => ({ ...each, keys: [...[...keys].filter((key) => isBeside(key, each.key)), each.key] }));
  return { backups: backups.sort(newestFirst), broken, orphans };
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function readBackup(
  store: Store,
  { key, lockedUntil }: StoredObject,
  keys: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Backup | string> {
  const manifest = manifestFrom(await textOf(store, key, signal), key);
  if (typeof manifest === 'string') return manifest;
  if (!keys.has(manifest.dump.key)) return `the dump that it describes, ${manifest.dump.key}, is not there`;
  const drillKeys = [...keys].filter((each) => isDrill(each, key)).sort();
  const drills = await Promise.all(
    drillKeys.map(async (each) => JSON.parse(await textOf(store, each, signal)) as Drill),
  );
  const own = [...drillKeys, ...(manifest.globals ? [manifest.globals.key] : []), manifest.dump.key];
  return { key, manifest, drills, keys: own, ...(lockedUntil && { lockedUntil }) };
}

/** The manifest in a text, or why it is none. */
function manifestFrom(text: string, key: string): Manifest | string {
  let read: Partial<Manifest>;
  try {
    read = JSON.parse(text) as Partial<Manifest>;
  } catch {
    return 'it is no JSON';
  }
  if (read.version !== 1) return `its version is ${String(read.version)}, and this Lockkeeper knows 1: use a newer one`;
  const complete = read.database && read.takenAt && read.server?.version && read.dump?.stored?.sha256 && read.contents;
  if (!complete) return 'parts of it are missing';
  return read.dump?.key === dumpKey(key) ? (read as Manifest) : 'it describes a dump of another name';
}

/** A manifest of a database of 10,000 tables has about 1 MB. */
const largest = 64 << 20;

async function textOf(store: Store, key: string, signal: AbortSignal): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of store.read(key, signal)) {
    bytes += part.length;
    if (bytes > largest) throw new KnownError(`${key} is too large to be what its name says.`, { reason: 'backup' });
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function newestFirst(a: Backup, b: Backup): number {
  return b.manifest.takenAt.localeCompare(a.manifest.takenAt) || (a.key < b.key ? 1 : -1);
}

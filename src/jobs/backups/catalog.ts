import { inOrder } from '../../archive/parallel.ts';
import type { Drill, Manifest } from '../../model/backup.ts';
import type { Store, StoredObject } from '../../model/store.ts';
import { decisive } from './freshness.ts';
import { dumpKey, isBeside, isDrill, isDump, isManifest, manifestKey } from './keys.ts';
import { orWhyNot, readDrill, readManifest } from './record.ts';

/** A backup that is there: its manifest was written, so everything before it was. */
export interface Backup {
  /** Key of its manifest. */
  readonly key: string;
  readonly manifest: Manifest;
  /** By which it stands or falls; absent where there was none, or it cannot be read. */
  readonly drill?: Drill;
  /** All keys that belong to it but the manifest's; the dump's last, so that what is left half removed is found again. */
  readonly keys: readonly string[];
  readonly lockedUntil?: Date;
}

/** Everything of ours in a store. */
export interface Catalog {
  /** Newest first. */
  readonly backups: readonly Backup[];
  /** Manifests and drills that cannot be used, and why: no backup is concluded from them, and they are left alone. */
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
  const manifests = objects.filter(({ key }) => isManifest(key));
  const read = (object: StoredObject) => readBackup(store, object, keys, signal);
  const found = await Array.fromAsync(inOrder(each(manifests), read, atOnce));
  const orphans = objects
    .filter(({ key }) => isDump(key) && !keys.has(manifestKey(key)))
    .map((each) => ({ ...each, keys: [...[...keys].filter((key) => isBeside(key, each.key)), each.key] }));
  return {
    backups: found.flatMap(({ backup }) => backup ?? []).sort(newestFirst),
    broken: found.flatMap(({ broken }) => broken),
    orphans,
  };
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

interface Found {
  readonly backup?: Backup;
  readonly broken: Catalog['broken'];
}

const nothing: Found = { broken: [] };

async function readBackup(
  store: Store,
  { key, lockedUntil }: StoredObject,
  keys: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Found> {
  const manifest = await orWhyNot(readManifest(store, key, signal));
  if (manifest === undefined || (typeof manifest === 'object' && isBelow(manifest, key))) return nothing;
  const why = typeof manifest === 'object' ? whyLost(manifest, key, keys) : manifest;
  if (typeof manifest === 'string' || why !== undefined) return { broken: [{ key, why: why as string }] };
  const drillKeys = [...keys].filter((each) => isDrill(each, key)).sort();
  const read = await Promise.all(drillKeys.map((each) => orWhyNot(readDrill(store, each, key, signal))));
  const drill = decisive(read.map((each) => (typeof each === 'object' ? each : undefined)));
  const broken = read.flatMap((each, index) =>
    typeof each === 'string' ? { key: drillKeys[index] as string, why: each } : [],
  );
  const own = [...drillKeys, ...(manifest.globals ? [manifest.globals.key] : []), manifest.dump.key];
  return { backup: { key, manifest, keys: own, ...(drill && { drill }), ...(lockedUntil && { lockedUntil }) }, broken };
}

/** It is the backup of another store that lies below this one: keys are relative to their store. */
function isBelow({ dump }: Manifest, key: string): boolean {
  return key.endsWith(`/${manifestKey(dump.key)}`);
}

function whyLost({ dump, globals }: Manifest, key: string, keys: ReadonlySet<string>): string | undefined {
  if (dump.key !== dumpKey(key)) return 'it describes a dump of another name';
  if (globals && !isBeside(globals.key, dump.key)) return 'the roles that it describes are not beside its dump';
  return keys.has(dump.key) ? undefined : `the dump that it describes, ${dump.key}, is not there`;
}

function newestFirst(a: Backup, b: Backup): number {
  return Date.parse(b.manifest.takenAt) - Date.parse(a.manifest.takenAt) || (a.key < b.key ? 1 : -1);
}

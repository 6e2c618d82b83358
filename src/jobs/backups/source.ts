import type { Manifest } from '../../model/backup.ts';
import type { Store } from '../../model/store.ts';
import type { Source } from '../restore.ts';
import { idOf } from './pick.ts';
import { plainBytes } from './read-back.ts';

/** A backup as what it is restored from. `key` is that of its manifest, `identities` are age secret keys. */
export function sourceOf(
  { key, manifest }: { readonly key: string; readonly manifest: Manifest },
  {
    store,
    identities,
    signal,
  }: { readonly store: Store; readonly identities: readonly string[]; readonly signal: AbortSignal },
): Source & { readonly manifest: Manifest } {
  const { dump, contents, server } = manifest;
  return {
    label: idOf({ key }),
    format: dump.format,
    bytes: dump.plain.bytes,
    tables: contents.tables.length,
    content: () => plainBytes({ store, dump, identities, signal }),
    ...{ roles: contents.roles, ...(contents.tablespaces && { tablespaces: contents.tablespaces }) },
    major: Number.parseInt(dump.pgDump, 10),
    origin: server,
    manifest,
  };
}

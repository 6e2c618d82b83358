import { decrypted } from './age.ts';
import { gunzipped } from './gzip.ts';
import { decompressed } from './zstd.ts';

/** How something was packed. */
export interface Packing {
  readonly compression: 'zstd' | 'gzip' | 'none';
  /** age recipients; absent: not encrypted. */
  readonly recipients?: readonly string[];
}

/** What was packed, as it was before: decrypted with one of the identities, and decompressed. */
export function unpacked(
  content: AsyncIterable<Uint8Array>,
  { compression, recipients }: Packing,
  identities: readonly string[],
): AsyncIterable<Uint8Array> {
  const opened = recipients ? decrypted(content, identities) : content;
  if (compression === 'none') return opened;
  return compression === 'zstd' ? decompressed(opened) : gunzipped(opened);
}

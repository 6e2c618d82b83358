import { createHash } from 'node:crypto';

/** A record that carries the SHA-256 of itself. */
export type Sealed<T extends object> = T & { readonly sha256: string };

/**
 * Seals a record: of a dump its manifest tells whether it changed, of a manifest only the manifest can. The sum is that of
 * the record's JSON without it and without spaces: `jq -cj 'del(.sha256)' FILE | sha256sum`.
 */
export function sealed<T extends object>(record: T): Sealed<T> {
  return { ...record, sha256: sumOf(record) };
}

/** Whether a record is as it was when it was sealed. */
export function isWhole({ sha256, ...record }: { readonly sha256?: unknown }): boolean {
  return sha256 === sumOf(record);
}

/** A sealed record as it is stored. */
export function storedText(record: Sealed<object>): Buffer {
  return Buffer.from(`${JSON.stringify(record, null, 2)}\n`);
}

function sumOf(record: object): string {
  return createHash('sha256').update(JSON.stringify(record)).digest('hex');
}

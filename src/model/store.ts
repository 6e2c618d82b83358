import { KnownError } from './error.ts';

/** One object of a store. */
export interface StoredObject {
  /** Relative to the store, with `/`: `postgres/shop/backup_20261121T020700Z.dump.zst`. */
  readonly key: string;
  readonly bytes: number;
  readonly modified: Date;
  /** Until when the store itself keeps it from being removed (object lock); the end of time under a legal hold. */
  readonly lockedUntil?: Date;
}

/** What is left of an upload that was never finished, or an upload that someone is still busy with: `started` tells which is likely. */
export interface Leftover {
  readonly key: string;
  readonly started: Date;
  /** Removes it; what was removed meanwhile is no error. */
  remove(): Promise<void>;
}

export interface WriteOptions {
  readonly signal: AbortSignal;
  /** How long the store shall refuse to remove it; only where the store can. */
  readonly lockUntil?: Date;
}

/**
 * Where backups live. Every method throws `KnownError` (reason `unreachable`) where the store says no, `StoreFailed` where it
 * did not at first; without secrets.
 */
export interface Store extends AsyncDisposable {
  /** As people write it, without secrets: `s3://bucket/prefix`, `/var/backups`. */
  readonly label: string;
  /** Objects whose keys begin with the prefix, by key, however many there are. */
  list(prefix: string): AsyncIterable<StoredObject>;
  /**
   * Writes an object of unknown length. It is there, whole and durable, when this resolves; when it rejects (the content
   * threw, the signal aborted, the store failed) there is nothing under the key, and nothing is left of the upload.
   * An object that is there already is never replaced: rejects with `Taken`. What was read of the content is spent.
   */
  write(key: string, content: AsyncIterable<Uint8Array>, options: WriteOptions): Promise<{ readonly bytes: number }>;
  /** Writes a small object only if there is none of that key; false where there is. */
  create(key: string, content: Uint8Array, options: WriteOptions): Promise<boolean>;
  /** Reads an object from its beginning. Rejects with `Missing` where there is none. */
  read(key: string, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Removes objects; what is not there is no error, what the store keeps locked is. */
  remove(keys: readonly string[]): Promise<void>;
  /** Uploads that were begun and neither finished nor aborted. */
  leftovers(prefix: string): AsyncIterable<Leftover>;
}

/**
 * The store served us, and then no more: the network broke, it is down or full, its disk has a fault, our credentials
 * ran out. Elsewhere it is as good as unreachable; what was under way has failed.
 */
export class StoreFailed extends KnownError {
  constructor(message: string, options: { help?: string | undefined; cause?: unknown } = {}) {
    const { help, cause } = options;
    super(message, { reason: 'unreachable', ...(help !== undefined && { help }), cause });
  }
}

/** There is no object of this key. */
export class Missing extends Error {
  readonly key: string;

  constructor(key: string) {
    super(`There is no ${key}.`);
    this.name = 'Missing';
    this.key = key;
  }
}

/** There is an object of this key already, and it is not replaced. */
export class Taken extends KnownError {
  readonly key: string;

  /** @param label of the store */
  constructor(label: string, key: string) {
    super(`${label} already has ${key}, which is never replaced.`, {
      reason: 'backup',
      help: 'Somebody else wrote it, perhaps a run at the same time. Give each run a key of its own.',
    });
    this.name = 'Taken';
    this.key = key;
  }
}

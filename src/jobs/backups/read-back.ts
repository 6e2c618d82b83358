import { tally } from '../../archive/tally.ts';
import { unpacked } from '../../archive/unpack.ts';
import type { Digest, StoredDump } from '../../model/backup.ts';
import { KnownError } from '../../model/error.ts';
import type { Store } from '../../model/store.ts';
import type { Clients } from '../../postgres/dump/clients.ts';
import { decode } from '../../postgres/dump/decode.ts';
import { ProgramFailed } from '../../postgres/dump/program.ts';

interface Reading {
  readonly store: Store;
  readonly dump: StoredDump;
  readonly identities: readonly string[];
  readonly signal: AbortSignal;
}

export interface ReadBackInput extends Reading {
  readonly clients: Clients;
  /** Also decodes the dump, which takes a secret key where it is encrypted. */
  readonly decoding: boolean;
}

/**
 * Reads every stored byte again: they must be those that were written and, where asked, decode to what pg_dump wrote.
 * Throws `KnownError` with reason `backup`.
 */
export async function readBack({ clients, decoding, ...reading }: ReadBackInput): Promise<void> {
  const { dump, signal } = reading;
  if (!decoding) {
    for await (const _ of storedBytes(reading));
    return;
  }
  try {
    await decode(clients, plainBytes(reading), dump.format === 'plain' ? 'plain' : 'custom', signal);
  } catch (error) {
    throw error instanceof ProgramFailed ? damaged(dump.key, `it cannot be read: ${error.message}`) : error;
  }
}

/** The dump as pg_dump wrote it. Throws `KnownError` with reason `backup`, at the end at the latest, where it is not that. */
export async function* plainBytes(reading: Reading): AsyncGenerator<Uint8Array> {
  const { dump, identities, signal } = reading;
  try {
    yield* checked(unpacked(storedBytes(reading), dump, identities), dump.plain, dump.key, 'what it decodes to');
  } catch (error) {
    if (signal.aborted || error instanceof KnownError) throw error;
    throw damaged(dump.key, `it cannot be read: ${(error as Error).message}`);
  }
}

function storedBytes({ store, dump, signal }: Reading): AsyncIterable<Uint8Array> {
  return checked(store.read(dump.key, signal), dump.stored, dump.key, 'the stored bytes');
}

async function* checked(
  content: AsyncIterable<Uint8Array>,
  wanted: Digest,
  key: string,
  what: string,
): AsyncGenerator<Uint8Array> {
  const counted = tally(content);
  yield* counted;
  const { bytes, sha256 } = counted.digest();
  if (bytes === wanted.bytes && sha256 === wanted.sha256) return;
  const difference = `${bytes} of ${wanted.bytes} bytes, SHA-256 ${sha256}`;
  throw damaged(key, `${what} are not those that were written (${difference})`);
}

function damaged(key: string, why: string): KnownError {
  return new KnownError(`The backup ${key} is damaged: ${why}.`, {
    reason: 'backup',
    help: 'Take a new one, and look at what changed it: nothing of Lockkeeper writes to a backup again.',
  });
}

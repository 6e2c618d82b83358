import { tally } from '../../archive/tally.ts';
import { unpacked } from '../../archive/unpack.ts';
import type { Digest, Manifest, StoredDump } from '../../model/backup.ts';
import { KnownError } from '../../model/error.ts';
import { spent } from '../../model/spent.ts';
import { Missing, type Store } from '../../model/store.ts';
import type { Clients } from '../../postgres/dump/clients.ts';
import { decode } from '../../postgres/dump/decode.ts';
import { ProgramFailed } from '../../postgres/dump/program.ts';
import { decodeTar } from './decode-tar.ts';

interface Reading {
  readonly store: Store;
  readonly dump: StoredDump;
  readonly identities: readonly string[];
  readonly signal: AbortSignal;
}

export interface ReadBackInput extends Reading {
  readonly globals?: Manifest['globals'] | undefined;
  readonly clients: Clients;
}

/** Reads every stored byte again: they must be those that were written. Throws `KnownError` with reason `backup`. */
export async function readBytes({ dump, globals, ...from }: Omit<ReadBackInput, 'clients' | 'identities'>) {
  await readGlobals(globals, from);
  for await (const piece of storedBytes(dump.key, dump.stored, from)) spent(piece);
}

/**
 * Reads every stored byte again, and decodes the dump, which takes a secret key where it is encrypted. Throws `KnownError`
 * with reason `backup`.
 */
export async function readBack({ clients, globals, ...reading }: ReadBackInput): Promise<void> {
  const { dump, signal } = reading;
  await readGlobals(globals, reading);
  try {
    const content = plainBytes(reading);
    if (dump.format === 'directory') await decodeTar(clients, content, signal);
    else await decode(clients, content, dump.format, signal);
  } catch (error) {
    throw error instanceof ProgramFailed ? damaged(dump.key, `it cannot be read: ${error.message}`) : error;
  }
}

/** Reads the roles beside a dump, where there are any. Throws `KnownError` with reason `backup`. */
export async function readGlobals(globals: Manifest['globals'], from: Pick<Reading, 'store' | 'signal'>) {
  if (globals) for await (const _ of storedBytes(globals.key, globals, from));
}

/** The dump as pg_dump wrote it. Throws `KnownError` with reason `backup`, at the end at the latest, where it is not that. */
export async function* plainBytes(reading: Reading): AsyncGenerator<Uint8Array> {
  const { dump, identities, signal } = reading;
  try {
    yield* checked(
      unpacked(storedBytes(dump.key, dump.stored, reading), dump, identities),
      dump.plain,
      dump.key,
      'what it decodes to',
    );
  } catch (error) {
    if (signal.aborted || error instanceof KnownError) throw error;
    throw damaged(dump.key, `it cannot be read: ${(error as Error).message}`);
  }
}

async function* storedBytes(
  key: string,
  wanted: Digest,
  { store, signal }: Pick<Reading, 'store' | 'signal'>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* checked(store.read(key, signal), wanted, key, 'the stored bytes');
  } catch (error) {
    throw error instanceof Missing ? damaged(key, 'it is not there') : error;
  }
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

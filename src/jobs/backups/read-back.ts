import { tally } from '../../archive/tally.ts';
import { unpacked } from '../../archive/unpack.ts';
import type { Digest, StoredDump } from '../../model/backup.ts';
import { KnownError } from '../../model/error.ts';
import type { Store } from '../../model/store.ts';
import type { Clients } from '../../postgres/dump/clients.ts';
import { decode } from '../../postgres/dump/decode.ts';
import { ProgramFailed } from '../../postgres/dump/program.ts';

export interface ReadBackInput {
  readonly store: Store;
  readonly dump: StoredDump;
  readonly clients: Clients;
  /** Also decodes the dump, which takes a secret key where it is encrypted. */
  readonly decoding: boolean;
  readonly identities: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Reads every stored byte again: they must be those that were written and, where asked, decode to what pg_dump wrote.
 * Throws `KnownError` with reason `backup`.
 */
export async function readBack({ store, dump, clients, decoding, identities, signal }: ReadBackInput): Promise<void> {
  const stored = tally(store.read(dump.key, signal));
  try {
    if (!decoding) {
      for await (const _ of stored);
    } else {
      const plain = tally(unpacked(stored, dump, identities));
      await decode(clients, plain, dump.format === 'plain' ? 'plain' : 'custom', signal);
      assertSame(plain.digest(), dump.plain, 'what it decodes to');
    }
  } catch (error) {
    if (signal.aborted || error instanceof KnownError) throw error;
    const message = error instanceof ProgramFailed ? error.message : (error as Error).message;
    throw damaged(dump.key, `it cannot be read: ${message}`);
  }
  assertSame(stored.digest(), dump.stored, 'the stored bytes');
}

function assertSame(found: Digest, wanted: Digest, what: string): void {
  if (found.bytes === wanted.bytes && found.sha256 === wanted.sha256) return;
  throw damaged(
    '',
    `${what} are not those that were written (${found.bytes} of ${wanted.bytes} bytes, SHA-256 ${found.sha256})`,
  );
}

function damaged(key: string, why: string): KnownError {
  return new KnownError(`The backup ${key} is damaged: ${why}.`.replace('  ', ' '), { reason: 'backup' });
}

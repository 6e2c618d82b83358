import { ReadableStream } from 'node:stream/web';
import { KnownError } from '../model/error.ts';

/** Encrypts to age recipients (`age1…`; https://age-encryption.org/v1): only their owners can read it. */
export async function* encrypted(
  content: AsyncIterable<Uint8Array>,
  recipients: readonly string[],
): AsyncGenerator<Uint8Array> {
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  for (const recipient of recipients) addRecipient(encrypter, recipient);
  yield* piecesOf(await encrypter.encrypt(streamOf(content)));
}

function addRecipient(encrypter: { addRecipient(recipient: string): void }, recipient: string): void {
  try {
    encrypter.addRecipient(recipient);
  } catch (cause) {
    const help = 'A recipient is a public key that begins with age1, as `age-keygen -y` prints it.';
    throw new KnownError('One of the recipients to encrypt to cannot be read.', { help, cause });
  }
}

/** None of the identities fits, or what says to whom it was encrypted is damaged: only the bytes as they were written tell. */
export class WrongKey extends KnownError {}

/** Decrypts with age identities (`AGE-SECRET-KEY-1…`). Throws `WrongKey` where none of them fits. */
export async function* decrypted(
  content: AsyncIterable<Uint8Array>,
  identities: readonly string[],
): AsyncGenerator<Uint8Array> {
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  for (const identity of identities) addIdentity(decrypter, identity);
  const plain = await decrypter.decrypt(streamOf(content)).catch((cause: Error) => {
    if (!cause.message.startsWith('no identity matched')) throw cause;
    throw new WrongKey('None of the keys decrypts this backup.', {
      reason: 'backup',
      help: 'Give the secret key of one of the recipients it was encrypted to, with `identity-file`.',
      cause,
    });
  });
  yield* piecesOf(plain);
}

function addIdentity(decrypter: { addIdentity(identity: string): void }, identity: string): void {
  try {
    decrypter.addIdentity(identity);
  } catch {
    const help = 'The file holds lines that begin with AGE-SECRET-KEY-1, as `age-keygen` writes them.'; // not the cause: it may repeat the key
    throw new KnownError('A secret key cannot be read.', { help });
  }
}

function streamOf(content: AsyncIterable<Uint8Array>): globalThis.ReadableStream<Uint8Array> {
  return ReadableStream.from(content) as unknown as globalThis.ReadableStream<Uint8Array>;
}

async function* piecesOf(stream: globalThis.ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* stream as unknown as AsyncIterable<Uint8Array>;
}

import { GetObjectCommand, type GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { Missing, StoreFailed } from '../../model/store.ts';
import { isMissing, isUnmet } from './answers.ts';
import { Refusal, type Requests } from './requests.ts';

/** How often a connection may end without having brought a byte. */
const emptyHanded = 5;

interface Wanted {
  readonly Key: string;
  /** As the store's user knows it. */
  readonly key: string;
  readonly signal: AbortSignal;
}

/** The object from its beginning; a connection that is cut is continued where it ended, of the very same object. */
export async function* read(requests: Requests, wanted: Wanted): AsyncGenerator<Uint8Array> {
  const first = await get(requests, wanted, {});
  const size = first.ContentLength ?? 0;
  const condition = first.ETag === undefined ? {} : { IfMatch: first.ETag };
  let position = 0;
  let answer: GetObjectCommandOutput | undefined = first;
  for (let tries = 0; ; ) {
    const before = position;
    answer ??= await get(requests, wanted, { Range: `bytes=${position}-`, ...condition });
    try {
      for await (const chunk of bodyOf(answer, wanted.signal)) {
        position += chunk.length;
        yield chunk;
      }
    } catch {
      wanted.signal.throwIfAborted();
    }
    if (position === size) return;
    tries = position > before ? 0 : tries + 1;
    if (position > size || tries >= emptyHanded)
      throw fault(wanted.key, position > size ? 'it is longer than was said' : 'the connection is cut again and again');
    answer = undefined;
  }
}

type Part = { readonly Range?: string; readonly IfMatch?: string };

async function get(requests: Requests, { Key, key, signal }: Wanted, part: Part): Promise<GetObjectCommandOutput> {
  const { client } = requests.speech;
  const command = new GetObjectCommand({ Bucket: requests.bucket, Key, ...part });
  try {
    const answer = await requests.try({ needs: 's3:GetObject', signal }, (attempt) => client.send(command, attempt));
    if (part.Range === undefined || answer.ContentRange?.startsWith(part.Range.replace('=', ' '))) return answer;
    throw fault(key, 'the connection was cut, and the store does not continue where it was');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (isUnmet(error.failure)) throw fault(key, 'it was replaced meanwhile');
    if (isMissing(error.failure)) throw part.Range ? fault(key, 'it was removed meanwhile') : new Missing(key);
    throw await requests.explained(error);
  }
}

async function* bodyOf({ Body }: GetObjectCommandOutput, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const body = Body as (AsyncIterable<Uint8Array> & { destroy(error?: Error): void }) | undefined;
  if (!body) return;
  const stop = () => body.destroy(new Error('called off'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    yield* body;
  } finally {
    signal.removeEventListener('abort', stop);
    body.destroy();
  }
}

function fault(key: string, why: string): StoreFailed {
  return new StoreFailed(`${key} could not be read to its end: ${why}.`);
}

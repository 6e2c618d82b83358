import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { isUnknown, isUnmet } from './answers.ts';
import type { Condition } from './condition.ts';
import { isBy, look } from './look.ts';
import type { Part } from './part.ts';
import type { Place } from './place.ts';
import { Refusal, type Requests } from './requests.ts';
import type { Step } from './sizes.ts';

/** What writing needs of its store. */
export interface Writing {
  readonly requests: Requests;
  readonly condition: Condition;
  readonly sizes: readonly Step[];
  readonly label: string;
  readonly notice: (text: string) => void;
}

/** How long the end of something that failed may take, in milliseconds: those who abort us do not wait long. */
export const afterwards = 5_000;

type Body = Pick<Part, 'bytes' | 'body' | 'crc32' | 'md5'>;

/** Writes an object by one request, only where its key is free; false where it is not. */
export async function put(writing: Writing, place: Place, part: Body): Promise<boolean> {
  const { requests, condition } = writing;
  place.signal.throwIfAborted();
  if (condition.kept !== true && (await isTaken(requests, place))) return false;
  try {
    await send(writing, place, part);
  } catch (error) {
    if (error instanceof Refusal && isUnknown(error.failure) && condition.kept !== false) {
      condition.learn(false);
      return put(writing, place, part);
    }
    if (await landed(requests, place, part.bytes, error)) return true;
    if (error instanceof Refusal && isUnmet(error.failure)) return false;
    await removeOurs(requests, place, part.bytes);
    throw await requests.explained(error);
  }
  if (condition.kept === undefined) await learn(writing, place, part);
  if (condition.kept !== false) return true;
  const signal = place.signal.aborted ? AbortSignal.timeout(afterwards) : place.signal;
  const head = await look(requests, place.Key, signal);
  return head === 'hidden' || isBy(place.token, head, part.bytes);
}

export async function isTaken(requests: Requests, { Key, signal }: Place): Promise<boolean> {
  return typeof (await look(requests, Key, signal)) === 'object';
}

/**
 * Whether a write that seems to have failed has arrived all the same: its answer was lost, or the condition does not hold
 * because an attempt before made it so, or it was called off when it had been done.
 */
export async function landed(requests: Requests, place: Place, bytes: number, error: unknown): Promise<boolean> {
  if (error instanceof Refusal && !error.uncertain && !isUnmet(error.failure)) return false;
  const head = await look(requests, place.Key, AbortSignal.timeout(afterwards)).catch(() => undefined);
  return isBy(place.token, head, bytes);
}

/** versitygw 1.8 keeps what it could not lock, though it refuses to write it. */
async function removeOurs(requests: Requests, { Bucket, Key, token, keeping }: Place, bytes: number): Promise<void> {
  if (!keeping.ObjectLockMode) return;
  const signal = AbortSignal.timeout(afterwards);
  const head = await look(requests, Key, signal).catch(() => undefined);
  if (!isBy(token, head, bytes)) return;
  const command = new DeleteObjectCommand({ Bucket, Key });
  const purpose = { needs: 's3:DeleteObject', signal };
  await requests.try(purpose, (attempt) => requests.speech.client.send(command, attempt)).catch(() => {});
}

async function send({ requests, condition }: Writing, place: Place, part: Body): Promise<void> {
  const { client, checksums } = requests.speech;
  const md5 = part.md5();
  const command = () =>
    new PutObjectCommand({
      Bucket: place.Bucket,
      Key: place.Key,
      Body: part.body(),
      ContentLength: part.bytes,
      ...place.keeping,
      ...condition.header,
      // required where objects are locked
      ...((checksums || place.keeping.ObjectLockMode) && { ChecksumCRC32: part.crc32() }),
      ...(md5 !== undefined && { ContentMD5: md5 }),
    });
  const needs = place.keeping.ObjectLockMode ? 's3:PutObject and s3:PutObjectRetention' : 's3:PutObject';
  const purpose = { needs, signal: place.signal, lasting: afterwards };
  await requests.try(purpose, (attempt) => client.send(command(), attempt));
}

/** The same once more: a store that keeps conditions refuses it, another one has written the same bytes again. */
async function learn(writing: Writing, place: Place, part: Body): Promise<void> {
  try {
    await send(writing, place, part);
    writing.condition.learn(false);
  } catch (error) {
    if (error instanceof Refusal && isUnmet(error.failure)) writing.condition.learn(true);
  }
}

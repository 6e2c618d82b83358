import { setTimeout as sleep } from 'node:timers/promises';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { KnownError } from '../../model/error.ts';
import { Taken } from '../../model/store.ts';
import { isUnknown, isUnmet } from './answers.ts';
import type { NumberedPart } from './cut.ts';
import { isBy, look } from './look.ts';
import type { Place } from './place.ts';
import { afterwards, isTaken, landed, type Writing } from './put.ts';
import { type Attempt, Refusal } from './requests.ts';

/** An upload by parts: begun, then parts added, then completed or aborted. */
export class Multipart {
  bytes = 0;
  readonly #writing: Writing;
  readonly #place: Place;
  readonly #failing: AbortController;
  readonly #id: string;
  readonly #pending = new Set<Promise<void>>();
  readonly #done: CompletedPart[] = [];
  #completing = false;

  private constructor(writing: Writing, place: Place, failing: AbortController, id: string) {
    this.#writing = writing;
    this.#place = place;
    this.#failing = failing;
    this.#id = id;
  }

  /** @param failing is aborted with the error as soon as a part fails; its signal is in the place's. */
  static async begin(writing: Writing, place: Place, failing: AbortController): Promise<Multipart> {
    const { requests } = writing;
    const { Bucket, Key, keeping, signal } = place;
    const command = new CreateMultipartUploadCommand({
      ...{ Bucket, Key, ...keeping },
      ...(withChecksums(writing, place) && { ChecksumAlgorithm: 'CRC32' }),
    });
    const needs = keeping.ObjectLockMode ? 's3:PutObject and s3:PutObjectRetention' : 's3:PutObject';
    const purpose = { needs, signal, lasting: afterwards }; // without its name nobody could abort it
    const answer = await requests.send(purpose, (attempt) => requests.speech.client.send(command, attempt));
    if (answer.UploadId) return new Multipart(writing, place, failing, answer.UploadId);
    throw new KnownError(`${writing.label} began an upload without naming it.`, { reason: 'unreachable' });
  }

  /** Sends a part on its way, as soon as few enough others are; releases it in the end. */
  async add(numbered: NumberedPart): Promise<void> {
    const { part, alongside } = numbered;
    try {
      while (this.#pending.size >= alongside) await Promise.race(this.#pending);
      this.#place.signal.throwIfAborted();
    } catch (error) {
      await part.release();
      throw error;
    }
    this.bytes += part.bytes;
    const sending = this.#send(numbered)
      .catch((error) => this.#failing.abort(error))
      .finally(() => {
        this.#pending.delete(sending);
        return part.release();
      });
    this.#pending.add(sending);
  }

  /** Makes the object of its parts. It is there when this resolves. */
  async complete(): Promise<void> {
    await Promise.all(this.#pending);
    const { requests, condition, label } = this.#writing;
    const { Key, key, token, signal } = this.#place;
    signal.throwIfAborted();
    if (condition.kept !== true && (await isTaken(requests, this.#place))) throw new Taken(label, key);
    try {
      await this.#finish();
    } catch (error) {
      if (error instanceof Refusal && isUnknown(error.failure) && condition.kept !== false) {
        condition.learn(false);
        return this.complete();
      }
      if (await landed(requests, this.#place, this.bytes, error)) return;
      if (error instanceof Refusal && isUnmet(error.failure)) throw new Taken(label, key);
      throw await requests.explained(error);
    }
    if (condition.kept === true) return;
    const head = await look(requests, Key, signal);
    if (head !== 'hidden' && !isBy(token, head, this.bytes)) throw new Taken(label, key);
  }

  /** Removes what was uploaded; true where the object turns out to be there, whole. */
  async abort(): Promise<boolean> {
    this.#failing.abort();
    await Promise.allSettled(this.#pending);
    const { requests, notice, label } = this.#writing;
    const { Key, key, token } = this.#place;
    const signal = AbortSignal.timeout(afterwards);
    if (!(await this.#discard(signal)))
      notice(`${label} keeps an unfinished upload of ${key}: it could not be aborted.`);
    if (!this.#completing) return false;
    return isBy(token, await look(requests, Key, signal).catch(() => undefined), this.bytes);
  }

  /**
   * Whether the upload is gone. A part that the server was still taking can outlive an abort, so that it is to be asked
   * again (Amazon S3 API reference, AbortMultipartUpload); who may not ask has to believe the first answer.
   */
  async #discard(signal: AbortSignal): Promise<boolean> {
    const { client } = this.#writing.requests.speech;
    const { Bucket, Key } = this.#place;
    const upload = { Bucket, Key, UploadId: this.#id };
    const statusOf = async (needs: string, send: (attempt: Attempt) => Promise<unknown>) =>
      await this.#writing.requests.try({ needs, signal }, send).then(
        () => 200,
        (error) => (error instanceof Refusal ? error.failure.status : 0),
      );
    for (;;) {
      const aborted = await statusOf('s3:AbortMultipartUpload', (attempt) =>
        client.send(new AbortMultipartUploadCommand(upload), attempt),
      );
      if (aborted !== 200) return aborted === 404;
      const there = await statusOf('s3:ListMultipartUploadParts', (attempt) =>
        client.send(new ListPartsCommand({ ...upload, MaxParts: 1 }), attempt),
      );
      if (there !== 200) return there !== 0;
      await sleep(200);
    }
  }

  async #send({ number, part }: NumberedPart): Promise<void> {
    const { requests } = this.#writing;
    const { Bucket, Key, signal } = this.#place;
    const md5 = part.md5();
    const crc32 = withChecksums(this.#writing, this.#place) ? { ChecksumCRC32: part.crc32() } : {};
    const command = () =>
      new UploadPartCommand({
        ...{ Bucket, Key, UploadId: this.#id, PartNumber: number, ...crc32 },
        Body: part.body(),
        ContentLength: part.bytes,
        ...(md5 !== undefined && { ContentMD5: md5 }),
      });
    const purpose = { needs: 's3:PutObject', signal };
    const { ETag } = await requests.send(purpose, (attempt) => requests.speech.client.send(command(), attempt));
    this.#done[number - 1] = { PartNumber: number, ...(ETag !== undefined && { ETag }), ...crc32 };
  }

  async #finish(): Promise<void> {
    this.#completing = true;
    const { requests, condition } = this.#writing;
    const { Bucket, Key, signal } = this.#place;
    const command = new CompleteMultipartUploadCommand({
      ...{ Bucket, Key, UploadId: this.#id },
      MultipartUpload: { Parts: this.#done },
      ...condition.header,
      // refused where the store counts otherwise
      ...(requests.speech.aws && { MpuObjectSize: this.bytes }),
    });
    const purpose = { needs: 's3:PutObject', signal, lasting: afterwards };
    await requests.try(purpose, (attempt) => requests.speech.client.send(command, attempt));
  }
}

/** Locked objects must have them. */
function withChecksums({ requests }: Writing, { keeping }: Place): boolean {
  return requests.speech.checksums || keeping.ObjectLockMode !== undefined;
}

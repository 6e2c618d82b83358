import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { KnownError } from '../model/error.ts';
import type { Leftover, Store, StoredObject, WriteOptions } from '../model/store.ts';
import { checkKey, checkPrefix } from './key.ts';
import type { Location } from './location.ts';
import type { Patience, S3Options, StoreOptions } from './options.ts';
import { speak } from './s3/client.ts';
import { Condition } from './s3/condition.ts';
import { lockOf, locksObjects, objects, uploads } from './s3/lists.ts';
import { Buffers, beginPart } from './s3/part.ts';
import { placeOf } from './s3/place.ts';
import { put, type Writing } from './s3/put.ts';
import { read } from './s3/read.ts';
import { Refusal, Requests } from './s3/requests.ts';
import { several } from './s3/several.ts';
import { growing, type Step } from './s3/sizes.ts';
import { upload } from './s3/upload.ts';

type Bucket = Extract<Location, { kind: 's3' }>;

/** About a minute and a half in all. */
const patience: Patience = { attempts: 10, firstAttempts: 4, pause: 250, longestPause: 20_000, silence: 120_000 };

/** Requests at once where many small ones are needed. */
const together = 8;

/** A store in a bucket. Nothing is asked of it before it is used. */
export function openS3(location: Bucket, options: StoreOptions, sizes: readonly Step[] = growing): Store {
  const { s3 = {}, notice } = options;
  const patient = { ...patience, ...s3.patience };
  const speech = speak(s3, patient.silence);
  const label = `s3://${location.bucket}/${location.prefix.replace(/\/$/, '')}`.replace(/\/$/, '');
  const requests = new Requests(speech, location.bucket, patient);
  const condition = new Condition(label, speech.aws ? true : undefined, notice);
  return new S3(location, s3, { requests, condition, sizes, label, notice });
}

class S3 implements Store {
  readonly label: string;
  readonly #location: Bucket;
  readonly #options: S3Options;
  readonly #writing: Writing;
  readonly #requests: Requests;
  #locks: Promise<boolean | undefined> | undefined;

  constructor(location: Bucket, options: S3Options, writing: Writing) {
    this.label = writing.label;
    this.#location = location;
    this.#options = options;
    this.#writing = writing;
    this.#requests = writing.requests;
  }

  async *list(prefix: string): AsyncGenerator<StoredObject> {
    checkPrefix(prefix);
    const { prefix: before } = this.#location;
    const locks = await this.#locksObjects();
    const found = objects(this.#requests, before + prefix);
    const withLock = async (object: StoredObject): Promise<StoredObject> => {
      const lockedUntil = locks ? await lockOf(this.#requests, object.key) : undefined;
      return { ...object, key: object.key.slice(before.length), ...(lockedUntil && { lockedUntil }) };
    };
    yield* several(found, together, withLock);
  }

  async write(key: string, content: AsyncIterable<Uint8Array>, options: WriteOptions): Promise<{ bytes: number }> {
    return { bytes: await upload(this.#writing, this.#place(key, options), content) };
  }

  async create(key: string, content: Uint8Array, options: WriteOptions): Promise<boolean> {
    const size = { bytes: content.length, alongside: 1, onDisk: false };
    const part = await beginPart(size, new Buffers());
    await part.add(content);
    return put(this.#writing, this.#place(key, options), part);
  }

  read(key: string, signal: AbortSignal): AsyncIterable<Uint8Array> {
    checkKey(key);
    return read(this.#requests, { Key: this.#location.prefix + key, key, signal });
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) checkKey(key);
    const mayLock = (await this.#locksObjects()) !== false;
    const all = several(keys, together, (key) => this.#remove(key, mayLock));
    while (!(await all.next()).done);
  }

  async *leftovers(prefix: string): AsyncGenerator<Leftover> {
    checkPrefix(prefix);
    const { prefix: before } = this.#location;
    for await (const { key, started, remove } of uploads(this.#requests, before + prefix))
      yield { key: key.slice(before.length), started, remove };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#requests.speech.client.destroy();
  }

  /** In a bucket with versions, removing what is locked would succeed and only hide it. */
  async #remove(key: string, mayLock: boolean): Promise<void> {
    const Key = this.#location.prefix + key;
    const until = mayLock ? await lockOf(this.#requests, Key) : undefined;
    if (until && until.getTime() > Date.now())
      throw new KnownError(`${this.label} keeps ${key} locked until ${until.toISOString()}.`, { reason: 'refused' });
    const { client } = this.#requests.speech;
    const command = new DeleteObjectCommand({ Bucket: this.#location.bucket, Key });
    const purpose = { needs: 's3:DeleteObject', signal: new AbortController().signal };
    try {
      await this.#requests.try(purpose, (attempt) => client.send(command, attempt));
    } catch (error) {
      const gone = error instanceof Refusal && error.failure.code === 'NoSuchKey';
      if (!gone) throw await this.#requests.explained(error);
    }
  }

  #place(key: string, options: WriteOptions) {
    checkKey(key);
    return placeOf(this.#location.bucket, this.#location.prefix, key, options, this.#options);
  }

  #locksObjects(): Promise<boolean | undefined> {
    this.#locks ??= locksObjects(this.#requests).catch((error) => {
      this.#locks = undefined;
      throw error;
    });
    return this.#locks;
  }
}

import { randomBytes } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { Store } from '../../src/model/store.ts';
import type { S3Options } from '../../src/stores/options.ts';
import type { Step } from '../../src/stores/s3/sizes.ts';
import { openS3 } from '../../src/stores/s3.ts';

/** A real S3 server that the test run started (scripts/stores.ts). */
export interface S3Server {
  readonly name: string;
  readonly endpoint: string;
}

/** None where the tests run without them: then what needs them does not run. */
export const s3Servers: readonly S3Server[] = JSON.parse(process.env.LOCKKEEPER_TEST_STORES ?? '[]');

/** Pauses of tests: as many attempts as in earnest, in a hundredth of the time. */
export const hurried = { attempts: 6, firstAttempts: 3, pause: 5, longestPause: 100, silence: 5_000 };

/** Small parts, so that a few MiB are an upload by parts. */
const smallParts: readonly Step[] = [{ parts: 1000, bytes: 5 << 20, alongside: 2, onDisk: false }];

/** A client of the server itself, past what is tested. */
export function clientOf({ endpoint }: S3Server): S3Client {
  return new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true });
}

/** A new, empty bucket; it goes when the server does. */
export async function freshBucket(server: S3Server, options: { locks?: boolean } = {}): Promise<string> {
  const name = `test-${randomBytes(6).toString('hex')}`;
  using client = disposable(clientOf(server));
  await client.send(new CreateBucketCommand({ Bucket: name, ObjectLockEnabledForBucket: options.locks ?? false }));
  return name;
}

interface Wanted {
  readonly bucket: string;
  readonly prefix?: string;
  /** Instead of the server's: a proxy's. */
  readonly endpoint?: string;
  readonly sizes?: readonly Step[];
  readonly notice?: (text: string) => void;
  readonly s3?: S3Options;
}

/** A store in a bucket of the server, in a hurry. */
export function storeOf(server: S3Server, { bucket, prefix = '', sizes, notice, s3, endpoint }: Wanted): Store {
  return openS3(
    { kind: 's3', bucket, prefix },
    {
      notice: notice ?? (() => {}),
      s3: { endpoint: endpoint ?? server.endpoint, region: 'us-east-1', patience: hurried, ...s3 },
    },
    sizes ?? smallParts,
  );
}

function disposable(client: S3Client): S3Client & Disposable {
  return Object.assign(client, { [Symbol.dispose]: () => client.destroy() });
}

/** Bytes that do not repeat, the same for the same seed, in pieces as a pipe brings them. */
export async function* bytes(total: number, seed = 1): AsyncGenerator<Uint8Array> {
  let state = seed;
  for (let rest = total; rest > 0; ) {
    const piece = new Uint32Array(16384);
    for (let index = 0; index < piece.length; index++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      piece[index] = state;
    }
    const chunk = new Uint8Array(piece.buffer).subarray(0, rest);
    rest -= chunk.length;
    yield chunk;
  }
}

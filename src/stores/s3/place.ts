import { randomUUID } from 'node:crypto';
import type { PutObjectCommandInput } from '@aws-sdk/client-s3';
import type { WriteOptions } from '../../model/store.ts';
import type { S3Options } from '../options.ts';

/** An object that is about to be written. */
export interface Place {
  readonly Bucket: string;
  readonly Key: string;
  /** As the store's user knows it. */
  readonly key: string;
  /** Kept with the object, so that after a lost answer, or a race, one can tell whose it is. */
  readonly token: string;
  readonly signal: AbortSignal;
  /** How the store is to keep it. */
  readonly keeping: Keeping;
}

type Keeping = Pick<
  PutObjectCommandInput,
  | 'Metadata'
  | 'ServerSideEncryption'
  | 'SSEKMSKeyId'
  | 'StorageClass'
  | 'ObjectLockMode'
  | 'ObjectLockRetainUntilDate'
  | 'ContentType'
>;

/** Name of the metadata that holds the token. */
const tokenName = 'lockkeeper-write';

export function placeOf(
  bucket: string,
  prefix: string,
  key: string,
  { signal, lockUntil }: WriteOptions,
  options: S3Options,
): Place {
  const token = randomUUID();
  const { encryption, kmsKey, storageClass, lockMode = 'GOVERNANCE' } = options;
  const keeping: Keeping = {
    Metadata: { [tokenName]: token },
    ContentType: 'application/octet-stream',
    ...(encryption && { ServerSideEncryption: encryption }),
    ...(kmsKey && { SSEKMSKeyId: kmsKey }),
    ...(storageClass && { StorageClass: storageClass as NonNullable<Keeping['StorageClass']> }),
    ...(lockUntil && { ObjectLockMode: lockMode, ObjectLockRetainUntilDate: lockUntil }),
  };
  return { Bucket: bucket, Key: prefix + key, key, token, signal, keeping };
}

export function tokenOf(metadata: Readonly<Record<string, string>> | undefined): string | undefined {
  return metadata?.[tokenName];
}

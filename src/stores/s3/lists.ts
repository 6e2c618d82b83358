import {
  AbortMultipartUploadCommand,
  GetObjectLockConfigurationCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import type { Leftover, StoredObject } from '../../model/store.ts';
import { type Head, look } from './look.ts';
import { Refusal, type Requests } from './requests.ts';

const never = new AbortController().signal;

/** Objects under a prefix, page by page; keys are S3's. */
export async function* objects(requests: Requests, Prefix: string): AsyncGenerator<StoredObject> {
  let ContinuationToken: string | undefined;
  do {
    const command = new ListObjectsV2Command({
      ...{ Bucket: requests.bucket, Prefix },
      ...(ContinuationToken !== undefined && { ContinuationToken }),
    });
    const page = await requests.send({ needs: 's3:ListBucket', signal: never }, (attempt) =>
      requests.speech.client.send(command, attempt),
    );
    // what consoles make to show a folder
    for (const { Key = '', Size = 0, LastModified = new Date(0) } of page.Contents ?? [])
      if (!Key.endsWith('/')) yield { key: Key, bytes: Size, modified: LastModified };
    ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (ContinuationToken !== undefined);
}

/** Uploads that were begun and neither completed nor aborted, page by page; keys are S3's. */
export async function* uploads(requests: Requests, Prefix: string): AsyncGenerator<Leftover> {
  const { client } = requests.speech;
  const Bucket = requests.bucket;
  let from: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
  while (from) {
    const command: ListMultipartUploadsCommand = new ListMultipartUploadsCommand({ Bucket, Prefix, ...from });
    const purpose = { needs: 's3:ListBucketMultipartUploads', signal: never };
    const page = await requests.send(purpose, (attempt) => client.send(command, attempt));
    for (const { Key = '', UploadId = '', Initiated = new Date(0) } of page.Uploads ?? [])
      yield { key: Key, started: Initiated, remove: () => abort(requests, Key, UploadId) };
    from = page.IsTruncated ? markers(page.NextKeyMarker, page.NextUploadIdMarker) : undefined;
  }
}

function markers(KeyMarker: string | undefined, UploadIdMarker: string | undefined) {
  if (KeyMarker === undefined) return undefined;
  return { KeyMarker, ...(UploadIdMarker !== undefined && { UploadIdMarker }) };
}

async function abort(requests: Requests, Key: string, UploadId: string): Promise<void> {
  const command = new AbortMultipartUploadCommand({ Bucket: requests.bucket, Key, UploadId });
  const purpose = { needs: 's3:AbortMultipartUpload', signal: never };
  try {
    await requests.try(purpose, (attempt) => requests.speech.client.send(command, attempt));
  } catch (error) {
    if (!(error instanceof Refusal && error.failure.status === 404)) throw await requests.explained(error);
  }
}

/** Whether the bucket can lock objects; undefined where one may not know. */
export async function locksObjects(requests: Requests): Promise<boolean | undefined> {
  const command = new GetObjectLockConfigurationCommand({ Bucket: requests.bucket });
  const purpose = { needs: 's3:GetBucketObjectLockConfiguration', signal: never };
  try {
    const answer = await requests.try(purpose, (attempt) => requests.speech.client.send(command, attempt));
    return answer.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, code } = error.failure;
    if (status === 403) return undefined;
    if ((status >= 400 && status < 500 && code !== 'NoSuchBucket') || status === 501) return false;
    throw await requests.explained(error);
  }
}

/** Until when an object may not be removed; the end of time under a legal hold. */
export async function lockOf(requests: Requests, Key: string): Promise<Date | undefined> {
  const head = await look(requests, Key, never);
  if (typeof head !== 'object') return undefined;
  return lockIn(head);
}

function lockIn({ ObjectLockLegalHoldStatus, ObjectLockRetainUntilDate }: Head): Date | undefined {
  if (ObjectLockLegalHoldStatus === 'ON') return new Date(8.64e15);
  return ObjectLockRetainUntilDate;
}

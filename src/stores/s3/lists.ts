import {
  AbortMultipartUploadCommand,
  GetObjectLockConfigurationCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandInput,
  type ListMultipartUploadsCommandOutput,
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

/**
 * Uploads that were begun and neither completed nor aborted; keys are S3's. MinIO answers for whole keys or for all there
 * are, so where a prefix brings nothing, all are looked through.
 */
export async function* uploads(requests: Requests, prefix: string): AsyncGenerator<Leftover> {
  let none = true;
  for await (const upload of uploadsUnder(requests, prefix)) {
    none = false;
    yield upload;
  }
  if (none && prefix !== '' && !requests.speech.aws)
    for await (const upload of uploadsUnder(requests, '')) if (upload.key.startsWith(prefix)) yield upload;
}

type Markers = Pick<ListMultipartUploadsCommandInput, 'KeyMarker' | 'UploadIdMarker'>;

async function* uploadsUnder(requests: Requests, Prefix: string): AsyncGenerator<Leftover> {
  let after: Markers | undefined = {};
  while (after) {
    const page: ListMultipartUploadsCommandOutput = await pageOfUploads(requests, Prefix, after);
    for (const { Key = '', UploadId = '', Initiated = new Date(0) } of page.Uploads ?? [])
      yield { key: Key, started: Initiated, remove: () => abort(requests, Key, UploadId) };
    after = page.IsTruncated ? following(page) : undefined;
  }
}

async function pageOfUploads(requests: Requests, Prefix: string, after: Markers) {
  const purpose = { needs: 's3:ListBucketMultipartUploads', signal: never };
  const ask = (markers: Markers) => {
    const command = new ListMultipartUploadsCommand({ Bucket: requests.bucket, Prefix, ...markers });
    return requests.try(purpose, (attempt) => requests.speech.client.send(command, attempt));
  };
  try {
    return await ask(after).catch((error) => {
      // versitygw 1.8 refuses the marker that it gave; without it, further uploads of the very same key are left out
      if (!after.UploadIdMarker || !(error instanceof Refusal && error.failure.status === 400)) throw error;
      return ask({ KeyMarker: after.KeyMarker });
    });
  } catch (error) {
    throw await requests.explained(error);
  }
}

function following({ NextKeyMarker, NextUploadIdMarker }: ListMultipartUploadsCommandOutput): Markers | undefined {
  if (!NextKeyMarker) return undefined;
  return { KeyMarker: NextKeyMarker, ...(NextUploadIdMarker && { UploadIdMarker: NextUploadIdMarker }) };
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

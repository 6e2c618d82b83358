import { GetObjectCommand, HeadObjectCommand, type HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { isMissing } from './answers.ts';
import { notS3 } from './faults.ts';
import { tokenOf } from './place.ts';
import { Refusal, type Requests } from './requests.ts';

/** An object there is, without its content. */
export type Head = HeadObjectCommandOutput;

/**
 * What is under a key: undefined where nothing is, `hidden` where one may not look (some may write only, and that is
 * enough).
 */
export async function look(requests: Requests, Key: string, signal: AbortSignal): Promise<Head | 'hidden' | undefined> {
  try {
    const found = await head(requests, Key, signal);
    if (found.ETag === undefined) throw notS3(requests.speech);
    return found;
  } catch (error) {
    if (error instanceof Refusal && isMissing(error.failure)) return undefined;
    if (error instanceof Refusal && error.failure.status === 403) return 'hidden';
    throw await requests.explained(error);
  }
}

/** Whether it is the very object that the writer with this token wrote. */
export function isBy(token: string, head: Head | 'hidden' | undefined, bytes: number): boolean {
  return typeof head === 'object' && tokenOf(head.Metadata) === token && head.ContentLength === bytes;
}

async function head(requests: Requests, Key: string, signal: AbortSignal): Promise<Head> {
  const command = new HeadObjectCommand({ Bucket: requests.bucket, Key });
  const ask = () =>
    requests.try({ needs: 's3:GetObject', signal }, (attempt) => requests.speech.client.send(command, attempt));
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Refusal && [301, 400].includes(error.failure.status))) throw error;
    await askWithWords(requests, Key, signal);
    return ask();
  }
}

/**
 * HEAD is refused without a word on why. The refusal of a GET says that credentials ran out, so that they are renewed, or
 * which region it is.
 */
async function askWithWords(requests: Requests, Key: string, signal: AbortSignal): Promise<void> {
  const command = new GetObjectCommand({ Bucket: requests.bucket, Key, Range: 'bytes=0-0' });
  try {
    const purpose = { needs: 's3:GetObject', signal };
    const { Body } = await requests.try(purpose, (attempt) => requests.speech.client.send(command, attempt));
    await Body?.transformToByteArray();
  } catch (error) {
    // of nothing there is no first byte
    if (!(error instanceof Refusal && error.failure.status === 416)) throw error;
  }
}

import { HeadObjectCommand, type HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { isMissing } from './answers.ts';
import { tokenOf } from './place.ts';
import { Refusal, type Requests } from './requests.ts';

/** An object there is, without its content. */
export type Head = HeadObjectCommandOutput;

/**
 * What is under a key: undefined where nothing is, `hidden` where one may not look (some may write only, and that is
 * enough).
 */
export async function look(requests: Requests, Key: string, signal: AbortSignal): Promise<Head | 'hidden' | undefined> {
  const { client } = requests.speech;
  const command = new HeadObjectCommand({ Bucket: requests.bucket, Key });
  try {
    return await requests.try({ needs: 's3:GetObject', signal }, (attempt) => client.send(command, attempt));
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

import type { TestContext } from 'node:test';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { administrator, type ServerName, startServer } from '../support/s3-servers.ts';
import { freshBucket } from '../support/stores.ts';
import type { Place } from './user.ts';

process.env.AWS_ACCESS_KEY_ID = administrator.key;
process.env.AWS_SECRET_ACCESS_KEY = administrator.secret;

/** Secrets of whoever keeps backups there. */
export const keys = { AWS_ACCESS_KEY_ID: administrator.key, AWS_SECRET_ACCESS_KEY: administrator.secret };

export interface Bucket extends Place {
  /** Keys that are there and end so. */
  keys(ending: string): Promise<string[]>;
  read(key: string): Promise<string>;
}

/** A bucket of a server that ends with the test, and how a caller names it. */
export async function bucketOf(test: TestContext, name: ServerName): Promise<Bucket> {
  const server = await startServer(name);
  test.after(() => server[Symbol.asyncDispose]());
  const Bucket = await freshBucket(server);
  const client = new S3Client({ endpoint: server.endpoint, region: 'us-east-1', forcePathStyle: true });
  test.after(() => client.destroy());
  return {
    store: `s3://${Bucket}/nightly`,
    settings: ['s3-region: us-east-1', `s3-endpoint: ${server.endpoint}`],
    secrets: keys,
    keys: async (ending) => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
      return Contents.flatMap(({ Key }) => (Key?.endsWith(ending) ? [Key] : []));
    },
    read: async (Key) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return (await Body?.transformToString('latin1')) ?? '';
    },
  };
}

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { openStore } from '../../src/stores/index.ts';
import { administrator, startServer } from '../../test/support/s3-servers.ts';
import { clientOf } from '../../test/support/stores.ts';

const bucket = 'bench';

/** A real S3 server on this machine with an empty bucket, and a folder; both go with it. */
export interface Stores extends AsyncDisposable {
  readonly folder: string;
  readonly s3: string;
  /** What those who speak to the S3 server need. */
  readonly env: NodeJS.ProcessEnv;
  /** Removes what is in both: disks are only so large. */
  empty(): Promise<void>;
}

export async function openStores(): Promise<Stores> {
  await using begun = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-bench-'));
  begun.defer(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'store'));
  // attributes of files, where it keeps them otherwise, have no room for the parts of 10 GB
  await mkdir(join(folder, 'attributes'));
  const server = begun.use(await startServer('versitygw', { VGW_META_SIDECAR: join(folder, 'attributes') }));
  const env = {
    ...{ AWS_ACCESS_KEY_ID: administrator.key, AWS_SECRET_ACCESS_KEY: administrator.secret },
    ...{ AWS_ENDPOINT_URL: server.endpoint, AWS_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true' },
  };
  Object.assign(process.env, env);
  const client = clientOf(server);
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
  const all = begun.move();
  const s3 = `s3://${bucket}`;
  const empty = async () => {
    for (const url of [join(folder, 'store'), s3]) await removeAll(url);
  };
  return { folder, s3, env, empty, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

async function removeAll(url: string): Promise<void> {
  await using store = await openStore(url, { notice: () => {} });
  await store.remove((await Array.fromAsync(store.list(''))).map(({ key }) => key));
}

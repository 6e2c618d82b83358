import assert from 'node:assert/strict';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../../../src/model/store.ts';
import { openRelay, type Relay } from '../../../stores/s3/relay.ts';
import { freshBucket, type S3Server, storeOf } from '../../../support/stores.ts';
import { type Scene, scene } from '../scene.ts';

/** Where backups of a test are, and how the program gets there. */
export interface Place {
  /** Between the program and the server. */
  readonly relay: Relay;
  readonly bucket: string;
  /** The same store past the relay. */
  readonly store: Store;
  readonly env: NodeJS.ProcessEnv;
}

export const prefix = 'our backups/ü';

/** A bucket of its own behind a relay of its own. */
export async function place(
  test: TestContext,
  server: S3Server,
  fault?: Relay['fault'],
  options: { locks?: boolean } = {},
): Promise<Place> {
  const relay = await openRelay(server.endpoint, fault);
  test.after(() => relay[Symbol.asyncDispose]());
  const bucket = await freshBucket(server, options);
  const store = storeOf(server, { bucket, prefix: `${prefix}/` });
  test.after(() => store[Symbol.asyncDispose]());
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
  const env = {
    ...{ LOCKKEEPER_STORE: `s3://${bucket}/${prefix}`, AWS_ENDPOINT_URL: relay.endpoint },
    ...{ AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...preloaded(hurry) },
  };
  return { relay, bucket, store, env };
}

/** Loads code into the program before its own. */
export function preloaded(...codes: readonly string[]): NodeJS.ProcessEnv {
  return { NODE_OPTIONS: codes.map((code) => `--import=data:text/javascript,${encodeURIComponent(code)}`).join(' ') };
}

/** As many attempts as in earnest, with pauses of a hundredth. */
export const hurry = `import timers from 'node:timers/promises'; import { syncBuiltinESMExports } from 'node:module';
  const { setTimeout: sleep } = timers; timers.setTimeout = (ms, ...rest) => sleep(ms / 100, ...rest); syncBuiltinESMExports()`;

/** A database that is dumped in four parts when it is not compressed: three of 8 MiB, and a rest. */
export const bulk = `CREATE TABLE bulk AS
  SELECT g, (SELECT string_agg(md5((g * 40 + i)::text), '') FROM generate_series(1, 40) i) AS text
    FROM generate_series(1, 22000) g`;

/** A scene whose programs have a folder of their own for temporary files, by which they are found again. */
export async function ownScene(test: TestContext, setUp: string): Promise<Scene> {
  const there = await scene(test, setUp);
  const TMPDIR = join(there.folder, 'tmp');
  await mkdir(TMPDIR);
  return { ...there, env: { ...there.env, TMPDIR } };
}

/** Nothing that looks like a backup, or is half of one, nor anything else. */
export async function assertEmpty({ store }: Pick<Place, 'store'>): Promise<void> {
  assert.deepEqual(await keysIn(store), []);
  assert.deepEqual(await leftIn(store), []);
}

export async function keysIn(store: Store): Promise<string[]> {
  return (await Array.fromAsync(store.list(''))).map(({ key }) => key);
}

export async function leftIn(store: Store): Promise<string[]> {
  return (await Array.fromAsync(store.leftovers(''))).map(({ key }) => key);
}

/** No process, session or temporary file of the program is left; the server may take a moment to see that a client is gone. */
export async function assertGone({ session, address, env }: Scene): Promise<void> {
  const sessions = () =>
    session.query(
      `SELECT application_name, query FROM pg_stat_activity
        WHERE datname = $1 AND pid <> $2 AND backend_type = 'client backend'`,
      [address.database, session.pid],
    );
  for (let waited = 0; waited < 100 && (await sessions()).length > 0; waited++) await sleep(50);
  assert.deepEqual(await sessions(), []);
  assert.deepEqual(await readdir(env.TMPDIR as string), []);
  assert.deepEqual(await processesWith(`TMPDIR=${env.TMPDIR}`), []);
}

/** Command lines of the processes that have this in their environment. */
async function processesWith(variable: string): Promise<string[]> {
  const numbers = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const found = numbers.map(async (number) => {
    const environment = await readFile(`/proc/${number}/environ`, 'utf8').catch(() => '');
    if (!environment.split('\0').includes(variable)) return [];
    return [await readFile(`/proc/${number}/cmdline`, 'utf8').catch(() => '')];
  });
  return (await Promise.all(found)).flat();
}

/** Key and secret of the tests are no secrets, and must be in no message all the same. */
const secrets = /only-for-the-tests|lockkeeper-tests/;

/** What a person reads holds no secret and no fault of our own. */
export function assertClear(text: string): void {
  assert.doesNotMatch(text, secrets);
  assert.doesNotMatch(text, /\n\s+at |fault of Lockkeeper|\[object|undefined|Refusal/);
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { clientOf, s3Servers } from '../../../support/stores.ts';
import { corrupted, randomFrom, seed } from '../corruption.ts';
import { assertNoticed } from '../noticed.ts';
import { needsClients, people } from '../scene.ts';
import { keysIn, ownScene, place, prefix } from './scene.ts';

const { signal } = new AbortController();

for (const server of s3Servers)
  test(`200 random corruptions in ${server.name}, and every one is noticed`, needsClients, async (test) => {
    const { env, ...there } = await ownScene(test, people);
    const { store, bucket, env: more } = await place(test, server);
    await there.backUp([], { ...env, ...more });
    await there.report(['verify', '--depth', 'bytes'], 0, { ...env, ...more });
    const client = clientOf(server);
    test.after(() => client.destroy());
    const put = (key: string, Body: Buffer) =>
      client.send(new PutObjectCommand({ Bucket: bucket, Key: `${prefix}/${key}`, Body }));
    const keys = await keysIn(store);
    assert.equal(keys.length, 4);
    const random = randomFrom(seed);
    for (let round = 1; round <= 200; round++) {
      const key = keys[round % keys.length] as string;
      const before = Buffer.concat(await Array.fromAsync(store.read(key, signal)));
      const { what, bytes } = corrupted(before, random);
      await put(key, bytes);
      await assertNoticed(store, key, before, bytes).catch((error) => {
        throw new Error(`Not noticed in round ${round}, seed ${seed}: ${what} in ${key}`, { cause: error });
      });
      await put(key, before);
    }
    test.diagnostic(`seed ${seed}`);
  });

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CreateMultipartUploadCommand } from '@aws-sdk/client-s3';
import { several } from '../../../src/stores/s3/several.ts';
import { clientOf, freshBucket, s3Servers, storeOf } from '../../support/stores.ts';

const { signal } = new AbortController();

for (const server of s3Servers) {
  describe(`more than one page: ${server.name}`, () => {
    test('2,500 objects are listed, and removed', async () => {
      const store = storeOf(server, { bucket: await freshBucket(server), prefix: 'ours/' });
      const keys = Array.from(
        { length: 2500 },
        (_, index) => `postgres/db ${index % 7}/${String(index).padStart(5, '0')}`,
      );
      const created = await Array.fromAsync(
        several(keys, 16, (key) => store.create(key, Buffer.from(key), { signal })),
      );
      assert.ok(created.every((each) => each));
      const listed = await Array.fromAsync(store.list(''));
      assert.deepEqual(
        listed.map(({ key }) => key),
        keys.toSorted(),
      );
      assert.ok(listed.every(({ key, bytes }) => bytes === key.length));
      await store.remove(keys);
      assert.deepEqual(await Array.fromAsync(store.list('')), []);
    });

    test('1,050 unfinished uploads are listed, and removed', async () => {
      const bucket = await freshBucket(server);
      const store = storeOf(server, { bucket, prefix: 'ours/' });
      const client = clientOf(server);
      const keys = Array.from({ length: 1050 }, (_, index) => `x/${String(index).padStart(5, '0')}`);
      const begin = (key: string) =>
        client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: `ours/${key}` }));
      await Array.fromAsync(several([...keys, keys[7] as string], 16, begin));
      const left = await Array.fromAsync(store.leftovers(''));
      assert.deepEqual(left.map(({ key }) => key).sort(), [...keys, keys[7]].toSorted());
      await Array.fromAsync(several(left, 16, (one) => one.remove()));
      assert.deepEqual(await Array.fromAsync(store.leftovers('')), []);
      client.destroy();
    });
  });
}

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { KnownError } from '../../../src/model/error.ts';
import type { S3Options } from '../../../src/stores/options.ts';
import { bytes, freshBucket, s3Servers, storeOf } from '../../support/stores.ts';
import { openRelay } from './relay.ts';

const { signal } = new AbortController();

for (const server of s3Servers) {
  describe(`how objects are kept: ${server.name}`, () => {
    test('what is locked says so, is not removed before, and is after', async () => {
      const store = storeOf(server, { bucket: await freshBucket(server, { locks: true }) });
      const lockUntil = new Date(Date.now() + 12_000);
      await store.write('x/dump', bytes(11 << 20), { signal, lockUntil });
      assert.equal(await store.create('x/manifest', Buffer.from('{}'), { signal, lockUntil }), true);
      assert.equal(await store.create('x/free', Buffer.from('{}'), { signal }), true);
      const locks = (await Array.fromAsync(store.list(''))).map(({ key, lockedUntil }) => [key, lockedUntil]);
      const until = new Date(Math.floor(lockUntil.getTime() / 1000) * 1000);
      assert.deepEqual(
        locks.map(([key, at]) => [key, at && Math.abs(Number(at) - Number(until)) <= 1000]),
        [
          ['x/dump', true],
          ['x/free', undefined],
          ['x/manifest', true],
        ],
      );
      for (const key of ['x/dump', 'x/manifest'])
        await assert.rejects(store.remove([key]), (error) => {
          assert.ok(error instanceof KnownError && error.reason === 'refused');
          assert.match(error.message, /keeps x\/\w+ locked until \d{4}-/);
          return true;
        });
      await store.remove(['x/free']);
      assert.equal((await Array.fromAsync(store.list(''))).length, 2);
      await sleep(lockUntil.getTime() - Date.now() + 1500);
      await store.remove(['x/dump', 'x/manifest']);
      assert.deepEqual(await Array.fromAsync(store.list('')), []);
    });

    test('a bucket that cannot lock is told, and nothing is left', async () => {
      const store = storeOf(server, { bucket: await freshBucket(server) });
      const lockUntil = new Date(Date.now() + 60_000);
      for (const length of [10, 11 << 20])
        await assert.rejects(store.write('x', bytes(length), { signal, lockUntil }), (error) => {
          assert.ok(error instanceof KnownError && error.reason === 'unreachable');
          assert.match(error.message, /cannot lock objects/);
          return true;
        });
      assert.deepEqual(await Array.fromAsync(store.leftovers('')), []);
      assert.deepEqual(await Array.fromAsync(store.list('')), []);
    });

    test('sums of CRC32 go with every request where wanted, and the server checks them', async () => {
      await using relay = await openRelay(server.endpoint);
      const wanted = { bucket: await freshBucket(server), endpoint: relay.endpoint };
      const store = storeOf(server, { ...wanted, s3: { checksums: 'when-supported' } });
      await store.write('x/dump', bytes(11 << 20), { signal });
      await store.create('x/manifest', Buffer.from('{}'), { signal });
      const sent = relay.seen.filter(({ operation }) => operation === 'UploadPart' || operation === 'PutObject');
      assert.equal(sent.length, 5);
      for (const { headers } of sent) assert.match(String(headers['x-amz-checksum-crc32']), /^[\w+/]{6}==$/);
      const whole = Buffer.concat(await Array.fromAsync(store.read('x/dump', signal)));
      assert.ok(whole.equals(Buffer.concat(await Array.fromAsync(bytes(11 << 20)))));
    });

    test('parts that waited on disk arrive, and are refused and sent again when corrupted', async () => {
      const fault = { corrupt: true } as const;
      await using relay = await openRelay(server.endpoint, ({ operation, nth }) =>
        operation === 'UploadPart' && nth % 2 === 0 ? fault : undefined,
      );
      for (const checksums of ['when-supported', 'when-required'] as const) {
        const sizes = [{ parts: 100, bytes: 5 << 20, alongside: 1, onDisk: true }];
        const wanted = { bucket: await freshBucket(server), endpoint: relay.endpoint, sizes, s3: { checksums } };
        const store = storeOf(server, wanted);
        await store.write('x/dump', bytes(23 << 20), { signal });
        const whole = Buffer.concat(await Array.fromAsync(store.read('x/dump', signal)));
        assert.ok(whole.equals(Buffer.concat(await Array.fromAsync(bytes(23 << 20)))));
      }
    });

    const options: [S3Options, Record<string, string>][] = [
      [{ encryption: 'AES256' }, { 'x-amz-server-side-encryption': 'AES256' }],
      [
        { encryption: 'aws:kms', kmsKey: 'alias/backups', storageClass: 'STANDARD_IA' },
        {
          'x-amz-server-side-encryption': 'aws:kms',
          'x-amz-server-side-encryption-aws-kms-key-id': 'alias/backups',
          'x-amz-storage-class': 'STANDARD_IA',
        },
      ],
    ];
    for (const [s3, headers] of options)
      test(`asked of the store: ${Object.values(s3).join(', ')}`, async () => {
        await using relay = await openRelay(server.endpoint, ({ operation }) =>
          operation === 'PutObject' || operation === 'CreateMultipartUpload'
            ? { answer: { status: 400, code: 'InvalidRequest' } }
            : undefined,
        );
        const store = storeOf(server, { bucket: await freshBucket(server), endpoint: relay.endpoint, s3 });
        for (const length of [1, 6 << 20])
          await assert.rejects(store.write('x', bytes(length), { signal }), KnownError);
        for (const operation of ['PutObject', 'CreateMultipartUpload'])
          for (const [name, value] of Object.entries(headers))
            assert.equal(relay.seen.find((each) => each.operation === operation)?.headers[name], value);
      });
  });
}

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { KnownError } from '../../src/model/error.ts';
import { Missing, type Store, Taken } from '../../src/model/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { bytes, freshBucket, s3Servers, storeOf } from '../support/stores.ts';

/** What is promised of every store, for each adapter that can be had here. */
const adapters: Record<string, () => Promise<Store>> = {
  folder: openFreshFolder,
  ...Object.fromEntries(
    s3Servers.map((server) => [
      `S3: ${server.name}`,
      async () => storeOf(server, { bucket: await freshBucket(server), prefix: 'a prefix/of ours/' }),
    ]),
  ),
};

const { signal } = new AbortController();

async function openFreshFolder(): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-store-'));
  const store = await openStore(folder, { notice: () => {} });
  return Object.assign(store, {
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  });
}

async function* of(...chunks: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

async function contentOf(store: Store, key: string): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(store.read(key, signal)));
}

async function keysOf(store: Store, prefix = ''): Promise<string[]> {
  return (await Array.fromAsync(store.list(prefix))).map(({ key }) => key);
}

async function assertNothing(store: Store): Promise<void> {
  assert.deepEqual(await keysOf(store), []);
  assert.deepEqual(await Array.fromAsync(store.leftovers('')), []);
}

/** Content that comes slowly for ever. */
async function* endless(started: () => void): AsyncGenerator<Uint8Array> {
  yield* bytes(6 << 20);
  started();
  await new Promise(() => {});
}

const names = [
  'postgres/shop/backup_20261121T020700Z.dump.zst',
  `it's "quoted" & <tagged>/100 % + #1?.dump`,
  'Größe/каталог/日本/😀 e\u0301',
  '.hidden/..leading/trailing. /~',
  '-rf *',
  'back\\slash;$(id)`id`|x',
];

for (const [adapter, open] of Object.entries(adapters)) {
  describe(`store: ${adapter}`, () => {
    for (const length of [0, 1, 5 << 20, (5 << 20) + 1, (12 << 20) + 7])
      test(`${length} bytes come back as they went`, async () => {
        await using store = await open();
        const written = await store.write('some/key', bytes(length), { signal });
        assert.deepEqual(written, { bytes: length });
        assert.ok((await contentOf(store, 'some/key')).equals(Buffer.concat(await Array.fromAsync(bytes(length)))));
        const [object] = await Array.fromAsync(store.list(''));
        assert.equal(object?.key, 'some/key');
        assert.equal(object.bytes, length);
        assert.ok(Math.abs(object.modified.getTime() - Date.now()) < 60_000);
        assert.equal(object.lockedUntil, undefined);
        assert.deepEqual(await Array.fromAsync(store.leftovers('')), []);
      });

    test('names are kept as they are', async () => {
      await using store = await open();
      for (const key of names) assert.equal(await store.create(key, Buffer.from(key), { signal }), true, key);
      const inOrder = names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      assert.deepEqual(await keysOf(store), inOrder);
      for (const key of names) assert.equal(String(await contentOf(store, key)), key);
      await store.remove(names);
      assert.deepEqual(await keysOf(store), []);
    });

    test('names that could lead elsewhere are refused', async () => {
      await using store = await open();
      for (const key of [
        '',
        '/',
        '/etc/passwd',
        '../x',
        'a/../../x',
        'a//b',
        'a/',
        './a',
        'a\0b',
        'a\nb',
        'é'.repeat(600),
      ]) {
        const about = (work: Promise<unknown>) => assert.rejects(work, KnownError, JSON.stringify(key));
        await about(store.write(key, of('x'), { signal }));
        await about(store.create(key, Buffer.from('x'), { signal }));
        await about((async () => contentOf(store, key))());
        await about(store.remove([key]));
      }
      await assert.rejects(keysOf(store, '../'), KnownError);
      await assertNothing(store);
    });

    test('lists by prefix, in the order of bytes', async () => {
      await using store = await open();
      const keys = ['a', 'b-1', 'b/1', 'b/2/x', 'b0', 'bé', 'c/d', 'c/d2'];
      for (const key of keys.toReversed()) await store.create(key, Buffer.from('x'), { signal });
      assert.deepEqual(await keysOf(store), keys);
      assert.deepEqual(await keysOf(store, 'b'), ['b-1', 'b/1', 'b/2/x', 'b0', 'bé']);
      assert.deepEqual(await keysOf(store, 'b/'), ['b/1', 'b/2/x']);
      assert.deepEqual(await keysOf(store, 'c/d'), ['c/d', 'c/d2']);
      assert.deepEqual(await keysOf(store, 'd'), []);
    });

    test('nothing is replaced', async () => {
      await using store = await open();
      assert.equal(await store.create('x/manifest', Buffer.from('first'), { signal }), true);
      assert.equal(await store.create('x/manifest', Buffer.from('second'), { signal }), false);
      await assert.rejects(store.write('x/manifest', of('third'), { signal }), Taken);
      await assert.rejects(store.write('x/manifest', bytes(6 << 20), { signal }), Taken);
      assert.equal(String(await contentOf(store, 'x/manifest')), 'first');
      assert.deepEqual(await Array.fromAsync(store.leftovers('')), []);
    });

    for (const length of [10, 6 << 20])
      test(`of two who write ${length} bytes at once one wins, and both know`, async () => {
        await using store = await open();
        const both = await Promise.allSettled(
          [1, 2].map((seed) => store.write('x/dump', bytes(length, seed), { signal })),
        );
        const winner = both.findIndex(({ status }) => status === 'fulfilled');
        const loser = both[1 - winner];
        assert.ok(loser?.status === 'rejected' && loser.reason instanceof Taken, `${loser?.status}`);
        const expected = Buffer.concat(await Array.fromAsync(bytes(length, winner + 1)));
        assert.ok((await contentOf(store, 'x/dump')).equals(expected));
        assert.deepEqual(await Array.fromAsync(store.leftovers('')), []);
      });

    test('content that throws leaves nothing, and is what is told', async () => {
      await using store = await open();
      for (const before of [0, 100, 6 << 20, 17 << 20]) {
        const broken = async function* () {
          yield* bytes(before);
          throw Object.assign(new Error('pg_dump was killed'), { code: 'ENOENT' });
        };
        await assert.rejects(store.write('x/dump', broken(), { signal }), { message: 'pg_dump was killed' });
        await assertNothing(store);
      }
    });

    test('a write that is called off ends at once and leaves nothing', async () => {
      await using store = await open();
      const controller = new AbortController();
      const writing = store.write(
        'x/dump',
        endless(() => controller.abort(new Error('SIGTERM'))),
        controller,
      );
      await assert.rejects(writing, { message: 'SIGTERM' });
      await assertNothing(store);
      await assert.rejects(store.write('x/dump', bytes(10), controller), { message: 'SIGTERM' });
      await assert.rejects(store.create('x/manifest', Buffer.from('x'), controller), { message: 'SIGTERM' });
      await assertNothing(store);
    });

    test('a read that is called off, or not read to its end, ends', async () => {
      await using store = await open();
      await store.write('x', bytes(6 << 20), { signal });
      const controller = new AbortController();
      await assert.rejects(
        async () => {
          for await (const _ of store.read('x', controller.signal)) controller.abort(new Error('SIGTERM'));
        },
        { message: 'SIGTERM' },
      );
      for await (const chunk of store.read('x', signal)) {
        assert.ok(chunk.length > 0);
        break;
      }
    });

    test('what is not there', async () => {
      await using store = await open();
      await assert.rejects(contentOf(store, 'x/none'), (error) => error instanceof Missing && error.key === 'x/none');
      await store.create('x/one', Buffer.from('1'), { signal });
      await store.remove(['x/none', 'x/one', 'x/one', 'y/none']);
      await assertNothing(store);
    });
  });
}

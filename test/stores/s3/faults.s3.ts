import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { KnownError } from '../../../src/model/error.ts';
import { type Store, Taken } from '../../../src/model/store.ts';
import { bytes, freshBucket, hurried, s3Servers, storeOf } from '../../support/stores.ts';
import { type Fault, openRelay, type Relay, type Seen } from './relay.ts';

const { signal } = new AbortController();
const slowDown = { status: 503, code: 'SlowDown' };
const broken = { status: 500, code: 'InternalError' };

/** Three parts. */
const length = (12 << 20) + 3;

async function digest(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(content));
}

async function assertWhole(store: Store, key: string): Promise<void> {
  assert.ok((await digest(store.read(key, signal))).equals(await digest(bytes(length))));
}

async function assertNothing(store: Store): Promise<void> {
  assert.deepEqual(await Array.fromAsync(store.list('')), []);
  assert.deepEqual(await Array.fromAsync(store.leftovers('')), []);
}

/** The fault, for the first so many of an operation. */
function first(count: number, operation: Seen['operation'], fault: Fault): Relay['fault'] {
  return (seen) => (seen.operation === operation && seen.nth <= count ? fault : undefined);
}

for (const server of s3Servers) {
  /** A store behind a relay, and the same past it. */
  const open = async (fault: Relay['fault'], more: Partial<Parameters<typeof storeOf>[1]> = {}) => {
    const bucket = await freshBucket(server);
    const relay = await openRelay(server.endpoint, fault);
    const store = storeOf(server, { bucket, endpoint: relay.endpoint, ...more });
    return {
      relay,
      store,
      direct: storeOf(server, { bucket }),
      [Symbol.asyncDispose]: () => relay[Symbol.asyncDispose](),
    };
  };

  describe(`faults: ${server.name}`, () => {
    const passing: Record<string, Relay['fault']> = {
      'SlowDown on parts': first(4, 'UploadPart', { answer: slowDown }),
      'an error of the server on a part': (seen) =>
        seen.operation === 'UploadPart' && seen.nth === 2 ? { answer: broken } : undefined,
      'a part that arrives, and whose answer is an error': first(1, 'UploadPart', { doneBut: broken }),
      'a part that arrives, and whose answer is lost': first(2, 'UploadPart', { doneBut: 'cut' }),
      'a connection cut in the middle of a part': first(3, 'UploadPart', { cutRequestAt: 3 << 20 }),
      'a server that keeps silent': first(1, 'UploadPart', { silent: true }),
      'a bit flipped on the way': first(3, 'UploadPart', { corrupt: true }),
      'SlowDown on the beginning': first(2, 'CreateMultipartUpload', { answer: slowDown }),
      'SlowDown on the end': first(3, 'CompleteMultipartUpload', { answer: slowDown }),
      'an error on the end that was done': first(1, 'CompleteMultipartUpload', { doneBut: broken }),
      'a lost answer to the end': first(1, 'CompleteMultipartUpload', { doneBut: 'cut' }),
      'lost answers to the end, again and again': first(99, 'CompleteMultipartUpload', { doneBut: 'cut' }),
      'an end that is cut off': first(1, 'CompleteMultipartUpload', { cutRequestAt: 10 }),
      'looks that fail': first(2, 'HeadObject', { answer: broken }),
    };
    for (const [name, fault] of Object.entries(passing))
      test(`withstood: ${name}`, async () => {
        await using scene = await open(fault, { s3: { patience: { ...hurried, silence: 700 } } });
        const { bytes: written } = await scene.store.write('x/dump', bytes(length), { signal });
        assert.equal(written, length);
        await assertWhole(scene.direct, 'x/dump');
        assert.deepEqual(await Array.fromAsync(scene.direct.leftovers('')), []);
        assert.equal(await scene.direct.create('x/dump', Buffer.from('another'), { signal }), false);
      });

    const small: Record<string, Relay['fault']> = {
      SlowDown: first(2, 'PutObject', { answer: slowDown }),
      'an error though it was done': first(1, 'PutObject', { doneBut: broken }),
      'an answer that is lost': first(1, 'PutObject', { doneBut: 'cut' }),
      'answers lost again and again': first(99, 'PutObject', { doneBut: 'cut' }),
      'a bit flipped on the way': first(2, 'PutObject', { corrupt: true }),
    };
    for (const [name, fault] of Object.entries(small))
      test(`withstood by a small object: ${name}`, async () => {
        await using scene = await open(fault);
        assert.equal(await scene.store.create('x/manifest', Buffer.from('{"ours": 1}'), { signal }), true);
        scene.relay.fault = () => undefined;
        assert.equal(await scene.store.create('x/manifest', Buffer.from('{"ours": 2}'), { signal }), false);
        assert.equal(String(await digest(scene.direct.read('x/manifest', signal))), '{"ours": 1}');
      });

    const lasting: Record<string, { fault: Relay['fault']; message: RegExp }> = {
      'parts that are refused': {
        fault: first(999, 'UploadPart', { answer: { status: 403, code: 'AccessDenied' } }),
        message: /does not allow s3:PutObject on the bucket test-\w+ \(key lock…\)/,
      },
      'a server that stays broken': {
        fault: first(999, 'UploadPart', { answer: broken }),
        message: /does not serve requests \(InternalError, status 500\)/,
      },
      'bytes corrupted every time': {
        fault: first(999, 'UploadPart', { corrupt: true }),
        message: /refused s3:PutObject/,
      },
      'an end that is refused': {
        fault: first(999, 'CompleteMultipartUpload', { answer: { status: 403, code: 'AccessDenied' } }),
        message: /does not allow s3:PutObject/,
      },
      'an end that never comes': {
        fault: first(999, 'CompleteMultipartUpload', { cutRequestAt: 0 }),
        message: /cannot be reached \(ECONNRESET\)/,
      },
      'a beginning that is refused': {
        fault: first(999, 'CreateMultipartUpload', { answer: { status: 403, code: 'AccessDenied' } }),
        message: /does not allow s3:PutObject/,
      },
      'credentials that run out': {
        fault: (seen) =>
          seen.operation === 'UploadPart' && seen.nth > 1
            ? { answer: { status: 400, code: 'ExpiredToken' } }
            : undefined,
        message: /have run out/,
      },
      'a full store': {
        fault: first(999, 'UploadPart', { answer: { status: 507, code: 'XMinioStorageFull' } }),
        message: /no space left/,
      },
    };
    for (const [name, { fault, message }] of Object.entries(lasting))
      test(`told, and nothing is left: ${name}`, async () => {
        await using scene = await open(fault);
        const writing = scene.store.write('x/dump', bytes(length), { signal });
        await assert.rejects(writing, (error) => {
          assert.ok(error instanceof KnownError, String(error));
          assert.equal(error.reason, 'unreachable');
          assert.match(error.message, message);
          assert.ok(!/only-for-the-tests|lockkeeper-tests/.test(error.message + error.help));
          return true;
        });
        assert.ok(scene.relay.count('UploadPart') <= 3 * hurried.attempts);
        await assertNothing(scene.direct);
      });

    test('an upload that cannot be aborted is said, and found', async () => {
      const notices: string[] = [];
      const fault: Relay['fault'] = ({ operation, nth }) =>
        (operation === 'UploadPart' && nth > 1) || operation === 'AbortMultipartUpload'
          ? { answer: { status: 403, code: 'AccessDenied' } }
          : undefined;
      await using scene = await open(fault, { notice: (text) => notices.push(text) });
      await assert.rejects(scene.store.write('x/dump', bytes(length), { signal }), KnownError);
      assert.match(String(notices), /keeps an unfinished upload of x\/dump/);
      const [left] = await Array.fromAsync(scene.direct.leftovers('x/dump'));
      assert.equal(left?.key, 'x/dump');
      assert.ok(Math.abs(left.started.getTime() - Date.now()) < 60_000);
      await left.remove();
      await left.remove();
      await assertNothing(scene.direct);
    });

    test('a read goes on where the connection was cut', async () => {
      await using scene = await open(({ operation, nth }) =>
        operation === 'GetObject' && nth < 5 ? { cutAnswerAt: nth * 1_000_003 } : undefined,
      );
      await scene.direct.write('x/dump', bytes(length), { signal });
      await assertWhole(scene.store, 'x/dump');
      assert.equal(scene.relay.count('GetObject'), 5);
    });

    test('a read that never gets on is told', async () => {
      await using scene = await open(first(999, 'GetObject', { cutAnswerAt: 0 }));
      await scene.direct.write('x/dump', bytes(length), { signal });
      await assert.rejects(digest(scene.store.read('x/dump', signal)), /could not be read to its end/);
    });

    test('a read of what is replaced meanwhile is told', async () => {
      await using scene = await open(first(1, 'GetObject', { cutAnswerAt: 1_000_000 }));
      await scene.direct.write('x/dump', bytes(length), { signal });
      await assert.rejects(async () => {
        let replaced = false;
        for await (const _ of scene.store.read('x/dump', signal)) {
          if (replaced) continue;
          replaced = true;
          await scene.direct.remove(['x/dump']);
          await scene.direct.write('x/dump', bytes(length, 7), { signal });
        }
      }, /could not be read to its end: it was replaced meanwhile/);
    });

    const lacking: Record<string, Relay['fault']> = {
      'refuses conditions': ({ headers }) =>
        headers['if-none-match'] ? { answer: { status: 501, code: 'NotImplemented' } } : undefined,
      'ignores conditions': ({ headers }) => (headers['if-none-match'] ? { unknown: 'if-none-match' } : undefined),
    };
    for (const [name, fault] of Object.entries(lacking))
      test(`a store that ${name}: said once, and nothing is replaced all the same`, async () => {
        const notices: string[] = [];
        await using scene = await open(fault, { notice: (text) => notices.push(text) });
        const { store, direct } = scene;
        assert.equal(await store.create('x/manifest', Buffer.from('first'), { signal }), true);
        assert.equal(await store.create('x/manifest', Buffer.from('second'), { signal }), false);
        await store.write('x/dump', bytes(length), { signal });
        await assert.rejects(store.write('x/dump', bytes(length, 2), { signal }), Taken);
        assert.equal(await store.create('y/manifest', Buffer.from('other'), { signal }), true);
        assert.equal(String(await digest(direct.read('x/manifest', signal))), 'first');
        await assertWhole(direct, 'x/dump');
        assert.equal(notices.length, 1);
        assert.match(String(notices), /If-None-Match/);
      });

    test('a store that ignores conditions: who is overtaken while writing is told', async () => {
      await using scene = await open(lacking['ignores conditions'] as Relay['fault']);
      const overtaken = async function* () {
        yield* bytes(6 << 20);
        await scene.direct.write('x/dump', bytes(length), { signal });
        yield* bytes(6 << 20);
      };
      await assert.rejects(scene.store.write('x/dump', overtaken(), { signal }), Taken);
      await assertWhole(scene.direct, 'x/dump');
      assert.deepEqual(await Array.fromAsync(scene.direct.leftovers('')), []);
    });

    test('a store that keeps conditions is asked for that once', async () => {
      await using scene = await open(() => undefined);
      for (const key of ['a', 'b', 'c']) await scene.store.create(key, Buffer.from(key), { signal });
      assert.equal(scene.relay.count('PutObject'), 4);
    });
  });
}

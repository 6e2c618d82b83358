import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Store } from '../../src/model/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { freshBucket, s3Servers, storeOf } from '../support/stores.ts';

/** A store as another process opens it, and we do. */
interface Opened extends AsyncDisposable {
  readonly url: string;
  readonly env: NodeJS.ProcessEnv;
  readonly store: Store;
}

const adapters: Record<string, () => Promise<Opened>> = {
  async folder() {
    const url = await mkdtemp(join(tmpdir(), 'lockkeeper-store-'));
    const store = await openStore(url, { notice: () => {} });
    return { url, store, env: {}, [Symbol.asyncDispose]: () => rm(url, { recursive: true }) };
  },
  ...Object.fromEntries(
    s3Servers.map((server) => [
      `S3: ${server.name}`,
      async () => {
        const bucket = await freshBucket(server);
        const store = storeOf(server, { bucket });
        const env = { AWS_ENDPOINT_URL: server.endpoint };
        return { url: `s3://${bucket}`, env, store, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
      },
    ]),
  ),
};

function write({ url, env }: Opened, megabytes: number): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), url, 'x/dump', String(megabytes)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Until it says `begun`. */
async function begun(child: ChildProcess): Promise<void> {
  for await (const text of child.stdout ?? []) if (String(text).includes('begun')) return;
  throw new Error(`it ended with ${child.exitCode} before it began`);
}

async function keysOf(store: Store): Promise<string[]> {
  return (await Array.fromAsync(store.list(''))).map(({ key }) => key);
}

for (const [adapter, open] of Object.entries(adapters)) {
  describe(`processes that write: ${adapter}`, () => {
    test('300 MB take no more than 100 MB of memory to write', async () => {
      await using opened = await open();
      const child = write(opened, 300);
      const output = (await Array.fromAsync(child.stdout ?? [])).join('');
      const errors = (await Array.fromAsync(child.stderr ?? [])).join('');
      const last = output.trim().split('\n').at(-1) ?? '';
      assert.match(last, /^{/, errors);
      const { read, byWriting, inAll } = JSON.parse(last);
      assert.equal(read, 300 << 20);
      assert.ok(byWriting < 100e6, `grew by ${byWriting} bytes`);
      // the runtime lets tens of megabytes of chunks that were read lie before it collects them
      assert.ok(inAll < 200e6, `grew by ${inAll} bytes`);
    });

    test('SIGTERM: nothing is left', async () => {
      await using opened = await open();
      const child = write(opened, 1e6);
      await begun(child);
      child.kill('SIGTERM');
      const [code] = await once(child, 'exit');
      assert.equal(code, 1);
      assert.deepEqual(await keysOf(opened.store), ['x/dump.first']);
      assert.deepEqual(await Array.fromAsync(opened.store.leftovers('')), []);
    });

    test('SIGKILL: nothing under the key, and what is left can be found and removed', async () => {
      await using opened = await open();
      const { store } = opened;
      const child = write(opened, 1e6);
      await begun(child);
      if (adapter === 'folder') assert.deepEqual(await Array.fromAsync(store.leftovers('')), [], 'the writer lives');
      child.kill('SIGKILL');
      await once(child, 'exit');
      assert.deepEqual(await keysOf(store), ['x/dump.first']);
      await assert.rejects(Array.fromAsync(store.read('x/dump', new AbortController().signal)));
      assert.deepEqual(await Array.fromAsync(store.leftovers('y')), []);
      const left = await Array.fromAsync(store.leftovers('x/'));
      assert.deepEqual(
        left.map(({ key }) => key),
        ['x/dump'],
      );
      for (const one of left) {
        assert.ok(Math.abs(one.started.getTime() - Date.now()) < 60_000);
        await one.remove();
        await one.remove();
      }
      assert.deepEqual(await Array.fromAsync(store.leftovers('')), []);
      if (adapter === 'folder') assert.deepEqual(await readdir(join(opened.url, 'x')), ['dump.first']);
      assert.equal(await store.create('x/dump', Buffer.from('again'), new AbortController()), true);
    });
  });
}

test('a folder’s files and folders are their owner’s alone', async () => {
  await using opened = await (adapters.folder as () => Promise<Opened>)();
  await opened.store.create('a/b/c', Buffer.from('x'), new AbortController());
  assert.equal((await stat(join(opened.url, 'a/b/c'))).mode & 0o777, 0o600);
  for (const folder of ['a', 'a/b']) assert.equal((await stat(join(opened.url, folder))).mode & 0o777, 0o700);
});

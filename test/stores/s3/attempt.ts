// A process that tries a store: `node attempt.ts STORE`. Writes an object, reads it and removes it; says how it ended.
import { KnownError } from '../../../src/model/error.ts';
import { openStore } from '../../../src/stores/index.ts';

const { signal } = new AbortController();
try {
  await using store = await openStore(process.argv[2] ?? '', { notice: (text) => console.error(text) });
  await store.create('attempt', Buffer.from('x'), { signal });
  await Array.fromAsync(store.read('attempt', signal));
  await store.remove(['attempt']);
  console.log('done');
} catch (error) {
  if (!(error instanceof KnownError)) throw error;
  console.log(`${error.reason}: ${error.message}\n${error.help ?? ''}`);
}

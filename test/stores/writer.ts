// A process that writes to a store: `node writer.ts STORE KEY MEGABYTES`. Says `begun` when 20 MB are gone, and at the end
// what it took; SIGTERM calls it off, as the program does.
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../src/stores/index.ts';

const [, , url = '', key = '', megabytes = '0'] = process.argv;
const controller = new AbortController();
process.on('SIGTERM', () => controller.abort(new Error('called off')));

await using store = await openStore(url, { notice: (text) => console.error(text) });
// a part of something larger is left alone when it is spent
const memory = Buffer.alloc((1 << 20) + 1, 'not all the same, but not all different either. ');
const piece = memory.subarray(1);

async function* content(length: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < length; index++) {
    if (index === 20) process.stdout.write('begun\n');
    // the same memory each time: what grows is not ours
    piece.writeUInt32LE(index);
    yield piece;
    // time to collect what a source would leave behind
    if (index % 16 === 0) await sleep(1);
  }
}

// everything is loaded and has its connections before it is measured
await store.write(`${key}.first`, content(1), controller);
const peak = () => process.resourceUsage().maxRSS * 1024;
const before = peak();
await store.write(key, content(Number(megabytes)), controller);
const afterWriting = peak();
let read = 0;
for await (const chunk of store.read(key, controller.signal)) read += chunk.length;
process.stdout.write(`${JSON.stringify({ read, byWriting: afterWriting - before, inAll: peak() - before })}\n`);

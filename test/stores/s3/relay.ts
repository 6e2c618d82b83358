import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { resigned } from './resign.ts';

/** What S3 calls a request. */
export type Operation =
  | 'PutObject'
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'CompleteMultipartUpload'
  | 'AbortMultipartUpload'
  | 'GetObject'
  | 'HeadObject'
  | 'Other';

interface Answer {
  readonly status: number;
  readonly code: string;
}

/** What happens to a request. */
export type Fault =
  /** Answered without asking the server. */
  | { readonly answer: Answer }
  /** Done by the server, and answered otherwise; or not at all. */
  | { readonly doneBut: Answer | 'cut' }
  /** The connection ends after so many bytes of the request, or of the answer. */
  | { readonly cutRequestAt: number }
  | { readonly cutAnswerAt: number }
  /** A bit of the body is flipped. */
  | { readonly corrupt: true }
  /** A bit of the answer is flipped. */
  | { readonly corruptAnswer: true }
  /** Passed on after so many milliseconds. */
  | { readonly delay: number }
  /** The connection ends at once. */
  | { readonly gone: true }
  /** No answer at all. */
  | { readonly silent: true }
  /** The server never sees this header, as if it did not know it. */
  | { readonly unknown: string };

export interface Seen {
  readonly operation: Operation;
  /** How many of the operation there were, this one included. */
  readonly nth: number;
  readonly headers: IncomingHttpHeaders;
  /** With the store's prefix; empty where it is about the bucket. */
  readonly key: string;
  /** Number of the part that is uploaded; 0 for what is none. */
  readonly part: number;
}

/** Stands between a client and an S3 server, passes on what it is given, and spoils what `fault` says. */
export interface Relay extends AsyncDisposable {
  readonly endpoint: string;
  fault: (seen: Seen) => Fault | undefined;
  readonly seen: readonly Seen[];
  count(operation: Operation): number;
}

export async function openRelay(target: string, fault: Relay['fault'] = () => undefined): Promise<Relay> {
  const seen: Seen[] = [];
  const count = (operation: Operation) => seen.filter((each) => each.operation === operation).length;
  const server = createServer(async (incoming, outgoing) => {
    const operation = operationOf(incoming);
    const one = { operation, nth: count(operation) + 1, headers: incoming.headers, ...objectOf(incoming) };
    seen.push(one);
    // a client that is cut off is what is wanted
    await pass(incoming, outgoing, target, relay.fault(one)).catch(() => outgoing.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  const relay: Relay = {
    endpoint: `http://127.0.0.1:${address.port}`,
    fault,
    seen,
    count,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return relay;
}

function operationOf({ method, url = '' }: IncomingMessage): Operation {
  const { pathname, searchParams } = new URL(url, 'http://x');
  const hasKey = /^\/[^/]+\/./.test(pathname);
  if (!hasKey) return 'Other';
  const names: Record<string, Operation> = searchParams.has('uploadId')
    ? { PUT: 'UploadPart', POST: 'CompleteMultipartUpload', DELETE: 'AbortMultipartUpload' }
    : { PUT: 'PutObject', GET: 'GetObject', HEAD: 'HeadObject' };
  if (method === 'POST' && searchParams.has('uploads')) return 'CreateMultipartUpload';
  return names[method ?? ''] ?? 'Other';
}

function objectOf({ url = '' }: IncomingMessage): Pick<Seen, 'key' | 'part'> {
  const { pathname, searchParams } = new URL(url, 'http://x');
  const [, , ...parts] = pathname.split('/');
  return { key: decodeURIComponent(parts.join('/')), part: Number(searchParams.get('partNumber')) };
}

async function pass(incoming: IncomingMessage, outgoing: ServerResponse, target: string, fault?: Fault): Promise<void> {
  const body = await bodyOf(incoming, fault);
  if (body === undefined || (fault && 'silent' in fault)) return;
  if (fault && 'gone' in fault) return void outgoing.destroy();
  if (fault && 'delay' in fault) await sleep(fault.delay);
  if (fault && 'answer' in fault) return say(incoming, outgoing, fault.answer);
  const headers = { ...incoming.headers };
  const sent = fault && 'unknown' in fault ? resigned(incoming, headers, fault.unknown) : headers;
  const answer = await ask(target, incoming, sent, body);
  if (fault && 'doneBut' in fault) {
    await Array.fromAsync(answer);
    if (fault.doneBut === 'cut') outgoing.destroy();
    else say(incoming, outgoing, fault.doneBut);
    return;
  }
  outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
  const cutAt = fault && 'cutAnswerAt' in fault ? fault.cutAnswerAt : Number.POSITIVE_INFINITY;
  const told = fault && 'corruptAnswer' in fault ? flipped(answer) : answer;
  await pipeline(beginning(told, cutAt), outgoing);
}

/** Its first bytes, and then an error. */
async function* beginning(answer: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const chunk of answer) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left > 0) continue;
    // what was written is to arrive
    await sleep(20);
    throw new Error('cut');
  }
}

/** One bit of the first bytes is another. */
async function* flipped(answer: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of answer) {
    if (first) chunk[chunk.length >> 1] = (chunk[chunk.length >> 1] ?? 0) ^ 4;
    first = false;
    yield chunk;
  }
}

async function bodyOf(incoming: IncomingMessage, fault: Fault | undefined): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (fault && 'cutRequestAt' in fault && bytes > fault.cutRequestAt) {
      incoming.socket.destroy();
      return undefined;
    }
  }
  const body = Buffer.concat(chunks);
  if (fault && 'corrupt' in fault) body[body.length >> 1] = (body[body.length >> 1] ?? 0) ^ 1;
  return body;
}

function ask(target: string, { method, url }: IncomingMessage, headers: IncomingHttpHeaders, body: Buffer) {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const { hostname, port } = new URL(target);
  request({ hostname, port, method, path: url, headers }, resolve).on('error', reject).end(body);
  return promise;
}

function say(incoming: IncomingMessage, outgoing: ServerResponse, { status, code }: Answer): void {
  const text = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>As the test wants.</Message></Error>`;
  outgoing.writeHead(status, { 'content-type': 'application/xml' }).end(incoming.method === 'HEAD' ? '' : text);
}

import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import type { Address } from '../../src/model/server.ts';

/** What a client asks, one message (documentation, 55.7): `Q` and `P` carry SQL. */
export interface Asked {
  readonly type: string;
  /** The SQL of a simple query or of Parse; else empty. */
  readonly sql: string;
  /** Which connection it came through, from 1 in the order in which they were opened. */
  readonly connection: number;
}

/**
 * What happens to a message: it is passed on; the connection ends `before` the server has it; the server gets it, and the
 * connection ends `meanwhile`; or the server does it, and the connection ends instead of the answer (`after`).
 */
export type Fate = 'pass' | 'before' | 'meanwhile' | 'after';

/** Stands between a client and a PostgreSQL, passes on what it is given, and cuts where `fate` says. */
export interface Relay extends AsyncDisposable {
  readonly address: Address;
  fate: (asked: Asked) => Fate;
}

export async function openRelay(target: Address, fate: Relay['fate'] = () => 'pass'): Promise<Relay> {
  const sockets = new Set<Socket>();
  const relay = { fate };
  const server = createServer((client) => {
    const upstream = createConnection(
      target.host.startsWith('/')
        ? { path: `${target.host}/.s.PGSQL.${target.port}` }
        : { host: target.host, port: target.port },
    );
    const pair = [client, upstream];
    const connection = Math.ceil((sockets.size + 1) / 2);
    for (const socket of pair) sockets.add(socket.on('error', () => {}));
    pass(client, upstream, (asked) => relay.fate({ ...asked, connection }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const listening = server.address();
  if (listening === null || typeof listening === 'string') throw new Error('no address');
  return Object.assign(relay, {
    address: { ...target, host: '127.0.0.1', port: listening.port },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function pass(client: Socket, upstream: Socket, fateOf: (asked: Omit<Asked, 'connection'>) => Fate): void {
  let [asked, answered] = [0, 0];
  /** How many questions the server is to have answered before the connection ends. */
  let last = Number.POSITIVE_INFINITY;
  const cut = () => {
    client.destroy();
    upstream.destroy();
  };
  const messages = frontend((message, what) => {
    const fate = last < Number.POSITIVE_INFINITY ? 'pass' : fateOf(what);
    if (fate === 'before') return cut();
    if (['start', 'Q', 'S'].includes(what.type)) asked += 1;
    if (fate === 'after') last = asked + Number(!['Q', 'S'].includes(what.type));
    upstream.write(message);
    if (fate === 'meanwhile') {
      client.destroy();
      upstream.end();
    }
  });
  const ready = backend(() => {
    answered += 1;
    if (answered >= last) cut();
  });
  client.on('data', messages).on('close', cut);
  upstream.on('data', (data: Buffer) => {
    const before = answered;
    ready(data);
    if (answered < last && before < last && !client.destroyed) client.write(data);
  });
  upstream.on('close', () => client.end());
}

/** Tells each ReadyForQuery: the server has done what it was asked. */
function backend(ready: () => void): (data: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (data) => {
    rest = Buffer.concat([rest, data]);
    if (rest.length > 0 && rest[0] === 'N'.charCodeAt(0) && rest.length === 1) rest = rest.subarray(1); // no encryption
    while (rest.length >= 5) {
      const length = 1 + rest.readInt32BE(1);
      if (rest.length < length) return;
      if (rest[0] === 'Z'.charCodeAt(0)) ready();
      rest = rest.subarray(length);
    }
  };
}

/** Parts what a client sends into messages; the first of a connection, and a request to cancel, have no type. */
function frontend(each: (message: Buffer, asked: Omit<Asked, 'connection'>) => void): (data: Buffer) => void {
  let rest = Buffer.alloc(0);
  let started = false;
  return (data) => {
    rest = Buffer.concat([rest, data]);
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return;
      const length = head + rest.readInt32BE(head);
      if (rest.length < length) return;
      const message = rest.subarray(0, length);
      rest = rest.subarray(length);
      const type = started ? String.fromCharCode(message[0] as number) : 'start';
      started ||= !asksForEncryption(message);
      each(message, { type, sql: sqlOf(type, message) });
    }
  };
}

/** SSLRequest and GSSENCRequest, behind which the start-up message is still to come. */
function asksForEncryption(message: Buffer): boolean {
  return message.length === 8 && [80877103, 80877104].includes(message.readInt32BE(4));
}

function sqlOf(type: string, message: Buffer): string {
  if (type === 'Q') return message.toString('utf8', 5, message.length - 1);
  if (type !== 'P') return '';
  const name = message.indexOf(0, 5) + 1; // behind the statement's name
  return message.toString('utf8', name, message.indexOf(0, name));
}

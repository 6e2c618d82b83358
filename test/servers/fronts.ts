import { readFile } from 'node:fs/promises';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Address } from '../../src/model/server.ts';

/** Something that stands before a real server on a port of this machine. */
export interface Front extends AsyncDisposable {
  readonly port: number;
}

type Join = (client: Socket, server: Socket) => void;

async function front({ host, port }: Address, join: Join): Promise<Front> {
  const sockets = new Set<Socket>();
  const listener = createServer((client) => {
    const server = host.startsWith('/') ? createConnection(`${host}/.s.PGSQL.${port}`) : createConnection(port, host);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => [client, server].forEach((each) => void each.destroy()));
    }
    join(client, server);
  });
  await new Promise<void>((resolve) => void listener.listen(0, '127.0.0.1', resolve));
  return {
    port: (listener.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => void listener.close(() => resolve()));
    },
  };
}

/** Answers the start of a session with a process id and key of its own, as poolers do (protocol: BackendKeyData). */
export function pooler(address: Address): Promise<Front> {
  return front(address, (client, server) => {
    client.pipe(server);
    server.on('data', (data) => {
      const at = data.indexOf(Buffer.from([75, 0, 0, 0, 12]));
      if (at >= 0) data.writeUInt32BE(7, at + 5);
      client.write(data);
    });
  });
}

/** Speaks TLS only (protocol: SSLRequest), and counts its sessions. */
export async function encryptedOnly(address: Address): Promise<Front & { readonly sessions: number }> {
  const [key, cert] = await Promise.all(
    ['tls-key.pem', 'tls-certificate.pem'].map((name) => readFile(new URL(name, import.meta.url))),
  );
  let sessions = 0;
  const listening = await front(address, (client, server) => {
    client.once('data', (request) => {
      if (request.readInt32BE(4) !== 80877103) return client.destroy();
      client.write('S');
      sessions += 1;
      const secure = new TLSSocket(client, { isServer: true, key, cert });
      return secure
        .on('error', () => {})
        .pipe(server)
        .pipe(secure);
    });
  });
  return {
    port: listening.port,
    get sessions() {
      return sessions;
    },
    [Symbol.asyncDispose]: () => listening[Symbol.asyncDispose](),
  };
}

import { once } from 'node:events';
import { createConnection } from 'node:net';
import type { Address } from '../model/server.ts';

/** The code that stands where a start-up message has its protocol version (documentation, 55.7, "CancelRequest"). */
const cancelCode = 80877102;

/**
 * Asks for the end of what a backend runs: takes none of the server's connections, so that it works where they are used up.
 * The answer is the end of the connection, whatever became of it. As libpq does up to 16, it is not encrypted.
 */
export async function requestCancel({ host, port }: Address, pid: number, key: number): Promise<void> {
  const socket = createConnection(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port });
  const closed = once(socket, 'close');
  const message = Buffer.alloc(16);
  for (const [index, value] of [message.length, cancelCode, pid, key].entries()) message.writeInt32BE(value, index * 4);
  socket.end(message).resume();
  await closed;
}

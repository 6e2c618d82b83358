import { Client } from 'pg';
import { KnownError } from '../model/error.ts';
import type { SqlFault } from '../model/observation.ts';
import type { Address } from '../model/server.ts';

/** One session on a PostgreSQL. Disposing closes it, whatever state it is in. */
export interface Connection extends AsyncDisposable {
  /** Backend process id. */
  readonly pid: number;
  /** Runs one statement with parameters (extended protocol) and returns its rows. Throws `SqlError`. */
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Sends text as one simple query message, several statements allowed. Throws `SqlError`. */
  send(sql: string): Promise<void>;
}

/** An error that PostgreSQL reported; the session is still usable. */
export class SqlError extends Error {
  readonly fault: Omit<SqlFault, 'line'>;
  /** Characters (code points) from the start of the sent text, from 1; absent when PostgreSQL points nowhere. */
  readonly position: number | undefined;
  /** Statements of the message that were complete before the error. */
  readonly completed: number;

  constructor(fault: Omit<SqlFault, 'line'>, position: number | undefined, completed: number) {
    super(fault.message);
    this.name = 'SqlError';
    this.fault = fault;
    this.position = position;
    this.completed = completed;
  }
}

/** The session ended by itself: the server died, was shut down, or an administrator ended the backend. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** Opens a session. An abort of `signal` cuts it at once. Throws `KnownError` (`unreachable`) without ever naming the password. */
export async function connect(address: Address, signal?: AbortSignal, application = 'lockkeeper'): Promise<Connection> {
  signal?.throwIfAborted();
  const client = new Client({ ...clientOptions(address), application_name: application });
  client.on('error', () => {}); // every pending query is rejected as well; without a listener the process would end
  try {
    await client.connect();
  } catch (error) {
    client.end().catch(() => {});
    throw new KnownError(`Cannot connect to PostgreSQL at ${address.host}:${address.port}: ${reasonOf(error)}.`, {
      reason: 'unreachable',
      help: 'Check host, port, user, database and password, and that the server accepts connections from here.',
      cause: error,
    });
  }
  return new ClientConnection(client, signal);
}

class ClientConnection implements Connection {
  readonly pid: number;
  readonly #client: Client;
  readonly #signal: AbortSignal | undefined;
  readonly #cut = () => streamOf(this.#client).destroy();

  constructor(client: Client, signal: AbortSignal | undefined) {
    this.#client = client;
    this.pid = (client as unknown as { processID: number }).processID;
    this.#signal = signal;
    signal?.addEventListener('abort', this.#cut, { once: true });
    if (signal?.aborted) this.#cut();
  }

  async query<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    try {
      const result = await this.#client.query({ text: sql, values: [...values], ...extended });
      return result.rows as Row[];
    } catch (error) {
      throw this.#known(error, 0);
    }
  }

  async send(sql: string): Promise<void> {
    let completed = 0;
    const count = () => {
      completed += 1;
    };
    const wire = wireOf(this.#client);
    wire.on('commandComplete', count);
    try {
      await this.#client.query(sql);
    } catch (error) {
      throw this.#known(error, completed);
    } finally {
      wire.off('commandComplete', count);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#cut);
    await this.#client.end().catch(() => {});
  }

  #known(error: unknown, completed: number): unknown {
    if (this.#signal?.aborted) return this.#signal.reason;
    const fault = faultOf(error);
    if (!fault)
      return new ConnectionLost(`The connection to PostgreSQL was lost: ${reasonOf(error)}.`, { cause: error });
    if (isFatal(error)) return new ConnectionLost(`PostgreSQL ended the session: ${fault.message}.`, { cause: error });
    return new SqlError(fault, positionOf(error), completed);
  }
}

/** `pg` sends a parameterless query as a simple message unless told otherwise. */
const extended = { queryMode: 'extended' } as object;

function clientOptions(address: Address) {
  const { host, port, user, password, database, sslmode } = address;
  const ssl = sslmode === undefined || sslmode === 'disable' || sslmode === 'prefer' ? false : sslOptions(sslmode);
  return { host, port, user, password: password ?? '', database, ssl, keepAlive: true };
}

function sslOptions(mode: 'require' | 'verify-ca' | 'verify-full'): object {
  if (mode === 'require') return { rejectUnauthorized: false };
  return mode === 'verify-ca' ? { checkServerIdentity: () => undefined } : {};
}

interface Wire {
  on(event: 'commandComplete', listener: () => void): void;
  off(event: 'commandComplete', listener: () => void): void;
  readonly stream: { destroy(): void };
}

function wireOf(client: Client): Wire {
  return (client as unknown as { connection: Wire }).connection;
}

function streamOf(client: Client): Wire['stream'] {
  return wireOf(client).stream;
}

interface ServerReport {
  readonly code?: string;
  readonly message: string;
  readonly severity?: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly where?: string;
  readonly position?: string;
}

function faultOf(error: unknown): Omit<SqlFault, 'line'> | undefined {
  const report = error as ServerReport;
  if (!(error instanceof Error) || report.severity === undefined || report.code === undefined) return undefined;
  return {
    sqlstate: report.code,
    message: report.message,
    ...(report.detail && { detail: report.detail }),
    ...(report.hint && { hint: report.hint }),
    ...(report.where && { context: report.where }),
  };
}

function isFatal(error: unknown): boolean {
  return ['FATAL', 'PANIC'].includes((error as ServerReport).severity ?? '');
}

function positionOf(error: unknown): number | undefined {
  const position = Number((error as ServerReport).position);
  return position > 0 ? position : undefined;
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}

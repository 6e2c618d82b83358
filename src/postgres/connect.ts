import type { Socket } from 'node:net';
import { Client } from 'pg';
import { KnownError } from '../model/error.ts';
import type { SqlFault } from '../model/observation.ts';
import type { Address } from '../model/server.ts';
import { requestCancel } from './cancel.ts';
import { tlsOf } from './tls.ts';

/** One session on a PostgreSQL. Disposing closes it, whatever state it is in. */
export interface Connection extends AsyncDisposable {
  /** Backend process id. */
  readonly pid: number;
  /** Runs one statement with parameters (extended protocol) and returns its rows. Throws `SqlError`. */
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Sends text as one simple query message, several statements allowed; returns their command tags. Throws `SqlError`. */
  send(sql: string): Promise<readonly string[]>;
  /**
   * Sends statements, each without its semicolon, as one simple query message: where one fails, none behind it is run.
   * Throws its `SqlError`, with its place among them.
   */
  sequence(statements: readonly string[]): Promise<void>;
  /** Asks for the end of what runs now, which then ends with SQLSTATE 57014; one that arrives between two is lost. */
  cancel(): Promise<void>;
  /** The session's transaction: `none`, a block is `open`, or a block has `failed` and waits for its ROLLBACK. */
  readonly transaction: 'none' | 'open' | 'failed';
}

/** An error that PostgreSQL reported; the session is still usable. */
export class SqlError extends Error {
  readonly fault: Omit<SqlFault, 'line'>;
  /** Characters (code points) from the start of the sent text, from 1; absent when PostgreSQL points nowhere. */
  readonly position: number | undefined;
  /** Command tags (`COMMIT`, `CREATE TABLE` …) of the message's statements that were complete before the error. */
  readonly completed: readonly string[];
  /** Which statement of a sequence it is, from 0; `position` then counts in that one's text. */
  readonly index: number;

  constructor(fault: Omit<SqlFault, 'line'>, position: number | undefined, completed: readonly string[], index = 0) {
    super(fault.message);
    this.name = 'SqlError';
    this.fault = fault;
    this.position = position;
    this.completed = completed;
    this.index = index;
  }
}

/** A statement ended its own session, and the server goes on without it. */
export class SessionEnded extends SqlError {}

/** The session ended by itself: the server died, was shut down, or an administrator ended the backend. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  /** PostgreSQL's last words, where it had any. */
  readonly fault: SqlError['fault'] | undefined;
  /** As `SqlError.completed`. */
  readonly completed: readonly string[];

  constructor(message: string, completed: readonly string[], cause: unknown, fault?: SqlError['fault']) {
    super(message, { cause });
    this.fault = fault;
    this.completed = completed;
  }
}

/**
 * Opens a session. An abort of `signal` cuts it at once. `defaults` are settings the session starts with, which RESET
 * brings back. Throws `KnownError` (`unreachable`) without ever naming the password.
 */
export async function connect(
  address: Address,
  signal?: AbortSignal,
  defaults: Readonly<Record<string, string>> = {},
): Promise<Connection> {
  signal?.throwIfAborted();
  const client = new Client({
    ...clientOptions(address),
    application_name: 'lockkeeper',
    options: [address.options ?? '', optionsOf(defaults)].join(' ').trim(),
  });
  const told: { error?: Error } = {}; // what ends a session that is idle is told to nobody else
  client.on('error', (error) => {
    told.error ??= error; // every pending query is rejected as well; without a listener the process would end
  });
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
  return new ClientConnection(client, { address, told }, signal);
}

/** The first error of a session that no query was waiting for. */
interface Told {
  readonly error?: Error;
}

class ClientConnection implements Connection {
  readonly pid: number;
  readonly #client: Client;
  readonly #address: Address;
  readonly #told: Told;
  readonly #signal: AbortSignal | undefined;
  readonly #cut = () => wireOf(this.#client).stream.destroy();
  #status = 'I';
  /** Resolves when the server is ready for the next query: an error is reported a moment before that. */
  #ready: Promise<void> = Promise.resolve();

  constructor(client: Client, { address, told }: { address: Address; told: Told }, signal: AbortSignal | undefined) {
    this.#client = client;
    this.#address = address;
    this.#told = told;
    this.pid = (client as unknown as { processID: number }).processID;
    this.#signal = signal;
    wireOf(client).on('readyForQuery', ({ status }) => {
      this.#status = status;
      this.#becameReady();
    });
    wireOf(client).on('end', () => this.#becameReady());
    signal?.addEventListener('abort', this.#cut, { once: true });
    if (signal?.aborted) this.#cut();
  }

  #becameReady: () => void = () => {};

  get transaction(): Connection['transaction'] {
    if (this.#status === 'E') return 'failed';
    return this.#status === 'T' ? 'open' : 'none';
  }

  async query<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    this.#begin();
    try {
      const result = await this.#client.query({ text: sql, values: [...values], ...extended });
      return result.rows as Row[];
    } catch (error) {
      throw await this.#known(error, []);
    }
  }

  async send(sql: string): Promise<readonly string[]> {
    const completed: string[] = [];
    const note = ({ text }: { text: string }) => completed.push(text);
    const wire = wireOf(this.#client);
    wire.on('commandComplete', note);
    this.#begin();
    try {
      await this.#client.query(sql);
      return completed;
    } catch (error) {
      throw await this.#known(error, completed);
    } finally {
      wire.off('commandComplete', note);
    }
  }

  async sequence(statements: readonly string[]): Promise<void> {
    try {
      await this.send(statements.join(between));
    } catch (error) {
      throw error instanceof SqlError ? within(statements, error) : error;
    }
  }

  cancel(): Promise<void> {
    const { secretKey } = this.#client as unknown as { secretKey: number };
    return requestCancel(this.#address, this.pid, secretKey);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#cut);
    await this.#client.end().catch(() => {});
  }

  #begin(): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#ready = promise;
    this.#becameReady = resolve;
  }

  async #known(given: unknown, completed: readonly string[]): Promise<unknown> {
    if (this.#signal?.aborted) return this.#signal.reason;
    const own = faultOf(given);
    if (own && !isFatal(given)) {
      await this.#ready;
      return new SqlError(own, positionOf(given), completed);
    }
    const error = own ? given : (this.#told.error ?? given);
    const fault = faultOf(error);
    this.#status = 'I'; // its transaction is gone with it
    const message = fault
      ? `PostgreSQL ended the session: ${fault.message}.`
      : `The connection to PostgreSQL was lost: ${reasonOf(error)}.`;
    return new ConnectionLost(message, completed, error, fault);
  }
}

/** What ends a statement, also one that closes with a comment. */
const between = '\n;\n';

/** What PostgreSQL cannot read it reports before it runs anything of a message (syntax_error). */
const unreadable = '42601';

/**
 * Which statement failed say those that were complete. A position does only where none could be read: it may be one in
 * another text, of a statement that was prepared before.
 */
function within(statements: readonly string[], { fault, position, completed }: SqlError): SqlError {
  const starts: number[] = [];
  let end = 0;
  for (const statement of statements) {
    starts.push(end);
    end += [...statement].length + between.length;
  }
  const told = completed.length === 0 && fault.sqlstate === unreadable && position !== undefined;
  const index = told ? starts.findLastIndex((start) => start < position) : completed.length;
  const own = (position ?? 0) - (starts[index] ?? 0);
  const isThere = own > 0 && own <= (starts[index + 1] ?? end) - (starts[index] ?? 0);
  return new SqlError(fault, isThere ? own : undefined, completed, index);
}

/** `pg` sends a parameterless query as a simple message unless told otherwise. */
const extended = { queryMode: 'extended' } as object;

function clientOptions(address: Address) {
  const { host, port, user, password, database } = address;
  return { host, port, user, password: password ?? '', database, ssl: tlsOf(address), keepAlive: true };
}

/** What of `pg`'s protocol events its public interface does not pass on. */
interface Wire {
  on(event: 'commandComplete', listener: (message: { text: string }) => void): void;
  on(event: 'readyForQuery', listener: (message: { status: string }) => void): void;
  on(event: 'end', listener: () => void): void;
  off(event: 'commandComplete', listener: (message: { text: string }) => void): void;
  readonly stream: Pick<Socket, 'destroy'>;
}

function wireOf(client: Client): Wire {
  return (client as unknown as { connection: Wire }).connection;
}

function optionsOf(defaults: Readonly<Record<string, string>>): string {
  return Object.entries(defaults)
    .map(([name, value]) => `-c ${name}=${value.replace(/[\\ ]/g, '\\$&')}`)
    .join(' ');
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
    message: readable(report.message),
    ...(report.detail && { detail: readable(report.detail) }),
    ...(report.hint && { hint: readable(report.hint) }),
    ...(report.where && { context: readable(report.where) }),
  };
}

/** A script may raise errors of any length; nobody reads on behind the first page. */
function readable(text: string): string {
  return text.length <= 1000 ? text : `${text.slice(0, 1000)}… (${text.length} characters)`;
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

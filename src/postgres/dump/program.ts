import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Address } from '../../model/server.ts';
import type { Clients } from './clients.ts';

/** One run of a client program. */
export interface Program {
  readonly clients: Clients;
  readonly name: Parameters<Clients['command']>[0];
  /** Never with a secret: arguments are seen by everybody on the machine. */
  readonly args: readonly string[];
  /** Told by environment variables. */
  readonly address: Address;
  readonly signal: AbortSignal;
}

/** A client program ended with an error; the message is the end of what it said. */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed';
}

/** What a program prints, as it prints it. Throws `ProgramFailed` at the end where it failed, and ends with its reader. */
export async function* outputOf(program: Program): AsyncGenerator<Uint8Array> {
  const child = start(program, 'ignore', 'pipe');
  const ended = heard(settled(child, program));
  try {
    yield* child.stdout as AsyncIterable<Uint8Array>;
    await ended;
  } finally {
    await end(child, ended);
  }
}

/** Gives a program its input, and resolves when it has ended well. */
export async function feed(program: Program, input: AsyncIterable<Uint8Array>): Promise<void> {
  const child = start(program, 'pipe', 'ignore');
  const ended = heard(settled(child, program));
  try {
    const given = child.stdin ? pipeline(input, child.stdin) : Promise.resolve();
    const [fed] = await Promise.allSettled([given, ended]);
    // a program that ends early says why itself; where the input failed, the program only saw it end
    if (fed.status === 'rejected' && !isClosedPipe(fed.reason)) throw fed.reason;
    await ended;
    if (fed.status === 'rejected') throw fed.reason;
  } finally {
    await end(child, ended);
  }
}

function isClosedPipe(error: unknown): boolean {
  return ['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function start(
  { clients, name, args, address }: Program,
  stdin: 'ignore' | 'pipe',
  stdout: 'ignore' | 'pipe',
): ChildProcess {
  const [file, ...words] = clients.command(name);
  return spawn(file, [...words, ...args], { env: environmentOf(address), stdio: [stdin, stdout, 'pipe'] });
}

/** libpq's variables (documentation, chapter 34.15). */
function environmentOf({ host, port, user, password, database, sslmode, options }: Address): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(LOCKKEEPER|INPUT)_/.test(name));
  return {
    ...Object.fromEntries(inherited),
    ...{ PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: database, PGAPPNAME: 'lockkeeper', LC_ALL: 'C' },
    PGPASSWORD: password, // undefined leaves it to ~/.pgpass
    PGSSLMODE: sslmode ?? 'prefer',
    PGOPTIONS: options ?? '',
  };
}

/** Keeps the end of what it complains about. */
async function settled(child: ChildProcess, { name, signal }: Program): Promise<void> {
  let complaints = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaints = `${complaints}${text}`.slice(-4000);
  });
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    const [code, killer] = await once(child, 'close');
    signal.throwIfAborted();
    if (code !== 0)
      throw new ProgramFailed(`${name} failed: ${complaints.trim() || `it was ended by ${killer ?? `exit ${code}`}`}`);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** A promise that is awaited only later, and may reject before. */
function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** Nothing is left running, whoever lost interest. */
async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    (child.stdout as Readable | null)?.destroy();
    child.kill('SIGTERM');
  }
  await ended.catch(() => {});
}

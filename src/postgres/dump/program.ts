import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Address } from '../../model/server.ts';
import { spent } from '../../model/spent.ts';
import { tlsVariables } from '../tls.ts';
import type { Clients } from './clients.ts';

/** One run of a client program. */
export interface Program {
  readonly clients: Clients;
  readonly name: Parameters<Clients['command']>[0];
  /** Never with a secret: arguments are seen by everybody on the machine. */
  readonly args: readonly string[];
  /** Told by environment variables. */
  readonly address: Address;
  /** With files it reads or writes, where it does. */
  readonly folder?: string;
  /** Whether it has done its work although it failed, by all that it complained about. */
  forgives?(complaints: string): boolean;
  readonly signal: AbortSignal;
}

/** A client program ended with an error; the message is the end of what it said. */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed';
}

/** What a program prints, as it prints it. Throws `ProgramFailed` at the end where it failed, and ends with its reader. */
export async function* outputOf(program: Program): AsyncGenerator<Uint8Array> {
  // its input stays open and empty: a program in a container ends with it, should we be killed
  const child = start(program, 'pipe');
  const ended = heard(settled(child, program));
  try {
    yield* child.stdout as AsyncIterable<Uint8Array>;
    await ended;
  } finally {
    await end(child, ended);
  }
}

/** Waits until a program that needs no input and tells nothing has ended well. Throws `ProgramFailed`. */
export async function finish(program: Program): Promise<void> {
  const child = start(program, 'ignore');
  await settled(child, program);
}

/**
 * Gives a program its input, and resolves when it has ended well. One that has seen enough ends early: the rest of the
 * input is read all the same, as somebody may be counting it. What was given is spent.
 */
export async function feed(program: Program, input: AsyncIterable<Uint8Array>): Promise<void> {
  const child = start(program, 'ignore');
  const ended = heard(settled(child, program));
  try {
    await give(child, input, ended);
    await ended;
  } finally {
    await end(child, ended);
  }
}

async function give(child: ChildProcess, input: AsyncIterable<Uint8Array>, ended: Promise<void>): Promise<void> {
  const stdin = child.stdin as Writable;
  let failed = false;
  ended.catch(() => {
    failed = true;
  });
  for await (const piece of input) {
    if (failed) return;
    if (stdin.writable && !stdin.write(piece, () => spent(piece))) await drained(stdin);
  }
  stdin.end();
}

function drained(stdin: Writable): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      stdin.off('drain', go).off('close', go);
      resolve();
    };
    stdin.on('drain', go).on('close', go);
  });
}

/** What a program makes of its input. */
export async function* through(program: Program, input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const child = start(program, 'pipe');
  const ended = heard(settled(child, program));
  const given = heard(give(child, input, ended));
  try {
    yield* child.stdout as AsyncIterable<Uint8Array>;
    await given;
    await ended;
  } finally {
    await end(child, ended);
  }
}

function start({ clients, name, args, address, folder }: Program, stdout: 'ignore' | 'pipe'): ChildProcess {
  const env = environmentOf(address, clients.major);
  const [file, ...words] = clients.command(name, env, folder);
  const child = spawn(file, [...words, ...args], { env, stdio: ['pipe', stdout, 'pipe'] });
  child.stdin?.on('error', () => {}); // it was closed: why, its exit tells
  return child;
}

/** libpq's variables (documentation, chapter 34.15). */
function environmentOf(address: Address, major: number): NodeJS.ProcessEnv {
  const { host, port, user, password, database, sslmode, options } = address;
  const inherited = Object.entries(process.env).filter(([name]) => !/^(LOCKKEEPER|INPUT)_/.test(name));
  return {
    ...Object.fromEntries(inherited),
    ...{ PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: database, PGAPPNAME: 'lockkeeper', LC_ALL: 'C' },
    ...(password && { PGPASSWORD: password }), // else what is inherited, or ~/.pgpass, as for our own sessions
    PGSSLMODE: sslmode ?? 'prefer',
    ...tlsVariables(address, major),
    PGOPTIONS: options ?? '',
  };
}

/** Characters of complaints that are kept, and that are shown: their end. */
const [kept, shown] = [64_000, 4000];

async function settled(child: ChildProcess, { name, signal, forgives }: Program): Promise<void> {
  let complaints = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaints = `${complaints}${text}`.slice(-kept);
  });
  const stop = () => halt(child);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    const [code, killer] = await once(child, 'close');
    signal.throwIfAborted();
    if (code === 0 || (complaints.length < kept && forgives?.(complaints))) return;
    const told = complaints.slice(-shown).trim();
    throw new ProgramFailed(`${name} failed: ${told || `it was ended by ${killer ?? `exit ${code}`}`}`);
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
    halt(child);
  }
  await ended.catch(() => {});
}

/** Docker loses a signal that comes while it starts a container; that its input has ended it tells it later, too. */
function halt(child: ChildProcess): void {
  child.stdin?.destroy();
  child.kill('SIGTERM');
}

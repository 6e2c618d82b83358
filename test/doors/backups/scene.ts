import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { BackupReport, TakenBackup } from '../../../src/model/backup-report.ts';
import type { Address } from '../../../src/model/server.ts';
import { type Connection, connect } from '../../../src/postgres/connect.ts';
import { type Clients, findClients } from '../../../src/postgres/dump/clients.ts';
import { urlOf } from '../../../src/postgres/url.ts';
import { freshSession, serverOf } from '../../support/postgres.ts';
import { type Ended, runProgram } from '../../support/program.ts';

/** Of LOCKKEEPER_TEST_BACKUPS_ON; else that which the client programs of most machines can dump: Debian 12 brings those of 15. */
const major = Number(process.env.LOCKKEEPER_TEST_BACKUPS_ON || 15);

export const server = serverOf(major);

export const clients: Clients | undefined = await findClients(server.major).catch(() => undefined);

/** For tests that cannot be run without PostgreSQL's client programs. */
export const needsClients = clients ? {} : { skip: `needs pg_dump ${server.major} or newer on this machine` };

export interface Scene {
  readonly folder: string;
  /** The store. */
  readonly store: string;
  readonly session: Connection;
  readonly address: Address;
  run(words: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended>;
  /** The JSON report of a command that ends like this. */
  report<Report>(words: readonly string[], status?: number, env?: NodeJS.ProcessEnv): Promise<Report>;
  /** Backs the database up. */
  backUp(words?: readonly string[], env?: NodeJS.ProcessEnv): Promise<TakenBackup>;
  readonly env: NodeJS.ProcessEnv;
}

/** A store in a folder and a database with this in it; both go with the test. */
export async function scene(test: TestContext, setUp = ''): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-backups-'));
  test.after(() => rm(folder, { recursive: true, force: true }));
  const store = join(folder, 'store');
  await mkdir(store);
  const session = await freshSession(server, setUp);
  test.after(() => session[Symbol.asyncDispose]());
  const { address } = session;
  const env = {
    ...{ LOCKKEEPER_URL: urlOf(address), LOCKKEEPER_STORE: store },
    ...{ LOCKKEEPER_SERVER: 'existing', LOCKKEEPER_SERVER_URL: urlOf(server.address) },
    ...(process.env.DOCKER_HOST && { DOCKER_HOST: process.env.DOCKER_HOST }),
  };
  const run: Scene['run'] = (words, more) => runProgram(words, { env: { ...env, ...more } });
  const report = async (words: readonly string[], status = 0, more?: NodeJS.ProcessEnv) => {
    const ended = await run([...words, '--report-json', '-'], more);
    if (ended.status !== status) throw new Error(`${words.join(' ')} ended with ${ended.status}:\n${ended.stderr}`);
    return JSON.parse(ended.stdout);
  };
  const backUp: Scene['backUp'] = async (words = [], more) => {
    const { backups }: BackupReport = await report(['backup', ...words], 0, more);
    const [taken] = backups;
    if (!taken || backups.length > 1) throw new Error(`There are ${backups.length} backups.`);
    return taken;
  };
  return { folder, store, session, address, run, report, backUp, env };
}

/** Every file in the store, also those that are half written. */
export async function filesIn(store: string): Promise<string[]> {
  const entries = await readdir(store, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** A folder of client programs, of which pg_dump does what a script says instead; `$REAL` is the real one. */
export async function clientsWhosePgDump(folder: string, script: string): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  for (const name of ['pg_dump', 'pg_dumpall', 'pg_restore', 'psql'] as const) {
    const real = clients?.command(name).join(' ');
    const own = name === 'pg_dump' ? `if [ "$1" != --version ]; then\n${script}\nfi\n` : '';
    await writeFile(join(bin, name), `#!/bin/sh\nREAL='${real}'\n${own}exec $REAL "$@"\n`);
    await chmod(join(bin, name), 0o755);
  }
  return bin;
}

/** A session on another database of the same server. */
export function on(database: string): Promise<Connection> {
  return connect({ ...server.address, database });
}

export const people = `
  CREATE TABLE people (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
  INSERT INTO people (name) SELECT 'person ' || g FROM generate_series(1, 1000) g;`;

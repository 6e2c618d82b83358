import assert from 'node:assert/strict';
import { chmod, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { connect } from '../../src/postgres/connect.ts';
import { TestRepository, temporaryFolder } from '../git/support.ts';
import { newest, servers, type TestServer } from '../support/postgres.ts';
import { runProgram, urlOf } from '../support/program.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Something wrong that people do, and what they are to be told. */
export interface Case {
  /** Files of the branch `main`; no git repository at all where absent. */
  readonly base?: Files;
  /** Files that the branch `work`, which is checked out, has besides. */
  readonly head?: Files;
  /** The last touch, before the program runs. */
  readonly prepare?: (repository: TestRepository) => void;
  /** The words behind `lockkeeper`; `check` where absent. */
  readonly words?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly server?: TestServer;
  readonly status: number;
  /** All that must be read there: place, complaint, remedy. */
  readonly says: readonly (string | RegExp)[];
  /** What must not be read there. */
  readonly silent?: RegExp;
}

/** One test for each case, a few at a time. */
export function cases(title: string, all: Readonly<Record<string, Case>>): void {
  describe(title, { concurrency: 3 }, () => {
    for (const [name, each] of Object.entries(all)) test(name, () => judge(each));
    after(nothingLeftOnServers);
  });
}

async function judge({ base, head = {}, prepare, words = ['check'], status, says, silent, ...around }: Case) {
  await using folder = await temporaryFolder();
  const [root, temporary] = [join(folder.path, 'repository'), join(folder.path, 'tmp')];
  await Promise.all([mkdir(root), mkdir(temporary)]);
  await chmod(folder.path, 0o755); // other users run it too
  await chmod(temporary, 0o1777);
  if (base) branch(new TestRepository(root), base, head, prepare);
  else prepare?.(Object.setPrototypeOf({ root }, TestRepository.prototype) as TestRepository);
  const { server = newest, uid } = around;
  const env = { ...surroundings, TMPDIR: temporary, LOCKKEEPER_SERVER_URL: urlOf(server), ...around.env };
  const ended = await runProgram(words, { folder: root, env, ...(uid !== undefined && { uid }) });
  const told = `${ended.stdout}\n${ended.stderr}`;
  for (const each of says)
    assert.ok(typeof each === 'string' ? told.includes(each) : each.test(told), `not told: ${each}\n${told}`);
  assert.equal(ended.status, status, told);
  assert.doesNotMatch(told, /\n\s+at |fault of Lockkeeper|\[object|undefined/);
  if (silent) assert.doesNotMatch(told, silent);
  assert.deepEqual(await readdir(temporary), [], 'left in the folder for temporary files');
}

const surroundings = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  NODE_DISABLE_COMPILE_CACHE: '1',
};

function branch(repository: TestRepository, base: Files, head: Files, prepare: Case['prepare']): void {
  repository.commit(base);
  repository.git('checkout', '--quiet', '-b', 'work');
  repository.write(head);
  prepare?.(repository);
}

/** Databases of other tests have an owner that holds their lock; one of ours that nobody holds was left. */
async function nothingLeftOnServers(): Promise<void> {
  const first = await Promise.all(servers.map(unheld));
  await new Promise((resolve) => setTimeout(resolve, 2000)); // who creates or drops one is a moment without its lock
  const second = await Promise.all(servers.map(unheld));
  for (const [index, names] of second.entries())
    assert.deepEqual(
      names.filter((name) => first[index]?.includes(name)),
      [],
    );
}

async function unheld({ address }: TestServer): Promise<string[]> {
  await using session = await connect(address);
  const found = await session.query<{ datname: string }>(`
    SELECT datname FROM pg_database WHERE datname ~ '^lockkeeper_scratch_[0-9]+$' AND NOT EXISTS
      (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = substr(datname, 20)::oid AND granted)`);
  return found.map(({ datname }) => datname);
}

/** A plain folder of SQL with one applied migration and one pending one. */
export function pending(sql: string | Uint8Array, name = '2_b'): Pick<Case, 'base' | 'head'> {
  return { base: applied, head: { [`migrations/${name}.sql`]: sql } };
}

export const applied: Files = { 'migrations/1_a.sql': 'CREATE TABLE a (id int PRIMARY KEY);\n' };

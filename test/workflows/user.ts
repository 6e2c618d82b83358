// Somebody's repository with both callers of backups, set as they tell one to, a database, and a watchman who is pinged.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after } from 'node:test';
import { connect } from '../../src/postgres/connect.ts';
import { urlOf } from '../../src/postgres/url.ts';
import { provider } from '../../src/servers/auto.ts';
import { TestRepository, temporaryFolder } from '../git/support.ts';
import { repository } from '../hosts/api-runs.ts';
import { LocalGitHub } from '../hosts/api-server.ts';
import { type Job, known, runWorkflow } from './runner.ts';

/** Where its client programs are not installed, newer ones do: a test installs none. */
export const installed = existsSync('/usr/lib/postgresql/15/bin/pg_dump');

const server = await provider.open({ major: 15, signal: new AbortController().signal, progress: { step: () => {} } });
after(() => server[Symbol.asyncDispose]());

/** The server asks for none, and it must appear nowhere. */
const password = 'correct-horse-battery';
const at = (database: string) => ({ ...server.address, database });

/** As a secret holds it. */
export const urlOn = (database: string) => urlOf({ ...at(database), password });

/** A session on a database of the server. */
export const sessionOn = (database: string) => connect(at(database));

/** Asks a database of the server. */
export async function query<Row extends object>(database: string, sql: string): Promise<Row[]> {
  await using session = await sessionOn(database);
  return await session.query<Row>(sql);
}

/** Number of rows of the table that every user has. */
export async function orders(database: string): Promise<number | undefined> {
  return (await query<{ n: number }>(database, 'SELECT count(*)::int AS n FROM orders'))[0]?.n;
}

/** Where a user's backups go. */
export interface Place {
  /** As the setting. */
  readonly store: string;
  /** Instead of `aws-role` and `s3-region`; lines of `with`. */
  readonly settings?: readonly string[];
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  /** What is in the database; 500 orders where absent. */
  readonly setUp?: string;
  /** What else is in the repository; may be changed between runs. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface User extends AsyncDisposable {
  readonly database: string;
  readonly github: LocalGitHub;
  /** Paths that were pinged. */
  readonly pings: readonly string[];
  /** Runs one of the callers, as its text is changed. */
  run(caller: string, event: string, payload?: object, change?: (text: string) => string): Promise<Job>;
}

const fiveHundredOrders = 'CREATE TABLE orders AS SELECT n AS id FROM generate_series(1, 500) n';

/** A user with a database of this name. */
export async function user(database: string, place: Place): Promise<User> {
  const { store, settings = [], secrets = {}, vars = {}, setUp = fiveHundredOrders } = place;
  await using opened = new AsyncDisposableStack();
  const scratch = opened.use(await temporaryFolder());
  const github = opened.use(await LocalGitHub.start());
  const watchman = opened.use(await watch());
  await query('postgres', `CREATE DATABASE ${database}`);
  if (setUp) await query(database, setUp);
  const url = urlOn(database);
  const all = {
    DATABASE_URL: url,
    RESTORE_URL: url,
    MIGRATE_URL: url,
    PING_URL: `${watchman.url}/ping-5f2c`,
    ...secrets,
  };
  let runs = 0;
  const kept = opened.move();
  return {
    ...{ database, github, pings: watchman.paths },
    async run(caller, event, payload = {}, change = (text) => text) {
      const root = join(scratch.path, `${caller}-${++runs}`);
      const git = new TestRepository(root);
      git.git('remote', 'add', 'origin', `https://github.com/${repository.full_name}.git`);
      git.commit({
        [`.github/workflows/${caller}.yml`]: known(change(await settled(caller, store, settings, Object.keys(all)))),
        'README.md': String(runs),
        ...place.files,
      });
      const job = await runWorkflow({
        ...{ root, scratch: scratch.path, event, payload: { repository, ...payload }, github, secrets: all, vars },
      });
      const hidden = [password, 'ping-5f2c', ...Object.values(secrets)];
      for (const secret of hidden) for (const text of [job.log, ...(await job.all())]) assertHidden(text, secret);
      return job;
    },
    [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose](),
  };
}

function assertHidden(text: string, secret: string): void {
  for (const line of secret.split('\n').filter((each) => each.length > 8))
    assert.ok(!text.includes(line), `a secret is told:\n${text.slice(Math.max(0, text.indexOf(line) - 200))}`);
}

/** The caller, with what its comments say for these secrets, and without the role in AWS. */
async function settled(caller: string, store: string, settings: readonly string[], secrets: readonly string[]) {
  const text = await readFile(`workflows/${caller}.yml`, 'utf8');
  const taken = new RegExp(`^( +)# (?=( *)[\\w-]+: \\$\\{\\{ secrets\\.(?:${secrets.join('|')}) )`, 'gm');
  return text
    .replaceAll(taken, '$1')
    .replaceAll(/^ +# +[\w-]+: \$\{\{ secrets\..*\n/gm, '')
    .replaceAll(/^( +)# (?=secrets:\n +[\w-]+: )/gm, '$1')
    .replaceAll('s3://my-backups/shop', store)
    .replaceAll(/(?<=postgres-client: )"\d+"/g, `"${installed ? '15' : ''}"`)
    .replaceAll(/^ +aws-role: .*\n/gm, '')
    .replaceAll(/^( +)s3-region: .*\n/gm, (_, indent) => settings.map((each) => `${indent}${each}\n`).join(''));
}

async function watch(): Promise<AsyncDisposable & { url: string; paths: string[] }> {
  const paths: string[] = [];
  const http = createServer((request, response) => {
    paths.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const address = http.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    ...{ url: `http://127.0.0.1:${port}`, paths },
    [Symbol.asyncDispose]: () => new Promise<void>((done) => http.close(() => done())),
  };
}

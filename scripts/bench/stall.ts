import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../../src/model/server.ts';
import { connect } from '../../src/postgres/connect.ts';
import { isThere, median, ms, type Row, run, together } from './measure.ts';
import { environment, repository, unattended } from './repository.ts';
import { cli, libpq, lockkeeper, psql, within } from './server.ts';

/** The tables of pgbench, as a migration. */
const tables = `CREATE TABLE pgbench_branches (bid int PRIMARY KEY, bbalance int, filler char(88));
CREATE TABLE pgbench_tellers (tid int PRIMARY KEY, bid int, tbalance int, filler char(84));
CREATE TABLE pgbench_accounts (aid int PRIMARY KEY, bid int, abalance int, filler char(84));
CREATE TABLE pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
`;

/** Seconds: how long somebody's transaction stays open on the table, and for how long the application works. */
const [held, works] = [14, 20];

/** The default of `lock-timeout`, in milliseconds. */
const lockTimeout = 2000;

const turns = Number(process.env.BENCH_TURNS || 3);

/**
 * The longest that any of an application's transactions takes while its busiest table gets a column, and somebody else has a
 * transaction open on it.
 */
export async function stalls(server: Server): Promise<Row[]> {
  if (!isThere('pgbench')) return [];
  const folder = await repository({ '0001_tables.sql': tables });
  const busy = within(server, 'busy');
  psql(server, 'DROP DATABASE IF EXISTS busy', 'CREATE DATABASE busy');
  try {
    lockkeeper(['migrate', ...unattended(folder)], environment(server, 'busy'));
    run('pgbench', ['-i', '-I', 'g', '-s', '10', '-q'], libpq(busy.address));
    const [nobody, ours, peer]: [number[], number[], number[]] = [[], [], []];
    for (let turn = 1; turn <= turns; turn += 1) {
      nobody.push(await stall(busy, async () => {}));
      const migration = `000${turn + 1}_column.sql`;
      await writeFile(join(folder, 'migrations', migration), `ALTER TABLE pgbench_accounts ADD ours_${turn} int;\n`);
      const words = [cli, 'migrate', ...unattended(folder)];
      ours.push(await stall(busy, () => together([[process.execPath, words, environment(server, 'busy')]])));
      const file = join(folder, 'psql.sql');
      await writeFile(file, `ALTER TABLE pgbench_accounts ADD theirs int;\n`);
      peer.push(await stall(busy, () => together([['psql', ['-X', '-q', '-f', file], libpq(busy.address)]])));
      psql(busy, 'ALTER TABLE pgbench_accounts DROP theirs');
    }
    return [rowOf(ours, peer, `psql -f, queued behind ${held} s`), rowOf(ours, nobody, 'nobody adds one')];
  } finally {
    psql(server, 'DROP DATABASE IF EXISTS busy');
    await rm(folder, { recursive: true });
  }
}

/** The worst of all turns: a stall is what one wants never to see. */
function rowOf(ours: readonly number[], peer: readonly number[], named: string): Row {
  const [worst, other] = [Math.max(...ours), Math.max(...peer)];
  const what = `longest stall of pgbench while a busy table gets a column (median ${ms(median(ours))})`;
  return [what, ms(worst), `${ms(other)} ${named}`, `${(worst / other).toFixed(2)} ×`, `≤ ${ms(lockTimeout + 100)}`];
}

/** The longest transaction of pgbench while this is done, in milliseconds. */
async function stall({ address }: Pick<Server, 'address'>, work: () => Promise<void>): Promise<number> {
  const log = await repository({});
  try {
    const words = ['-n', '-c', '4', '-j', '2', '-b', 'simple-update', '-T', String(works), '-l', '--log-prefix=log'];
    const application = spawn('pgbench', words, {
      cwd: log,
      env: { ...process.env, ...libpq(address) },
      stdio: 'ignore',
    });
    const over = once(application, 'exit');
    await sleep(1000);
    await using other = await connect(address);
    await other.send('BEGIN; SELECT FROM pgbench_accounts LIMIT 1');
    const ended = sleep(held * 1000).then(() => other.send('COMMIT'));
    await Promise.all([work(), ended]);
    const [status] = await over;
    if (status !== 0) throw new Error(`pgbench ended with ${status}`);
    return await longestIn(log);
  } finally {
    await rm(log, { recursive: true });
  }
}

/** Of pgbench's logs: client, number, microseconds … (its documentation, "Per-Transaction Logging"). */
async function longestIn(folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('log'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const lines = texts.flatMap((text) => text.trim().split('\n'));
  return lines.reduce((longest, line) => Math.max(longest, Number(line.split(' ')[2]) / 1000), 0);
}

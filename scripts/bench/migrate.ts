import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Server } from '../../src/model/server.ts';
import { step } from './check.ts';
import { alternate, type Row, row, run } from './measure.ts';
import { environment, repository, unattended } from './repository.ts';
import { libpq, lockkeeper, psql, within } from './server.ts';
import { stalls } from './stall.ts';

/** What applying to a target costs, and for how long it makes those wait who use it. */
export async function migrateRows(server: Server): Promise<Row[]> {
  return [...(await overhead(server)), ...(await stalls(server))];
}

const count = 100;
const turns = 5;

const applied = `applying ${count} migrations, each in a transaction that records it`;

/** A run of many small migrations without a backup, against the same files by psql. */
async function overhead(server: Server): Promise<Row[]> {
  const folder = await repository(
    Object.fromEntries(
      Array.from({ length: count }, (_, n) => [`${String(n + 1).padStart(6, '0')}_step.sql`, step(n + 1)]),
    ),
  );
  const files = (await readdir(join(folder, 'migrations'))).sort().map((name) => join(folder, 'migrations', name));
  const env = libpq(within(server, 'migrated').address);
  const plain = ['-X', '-q', '-v', 'ON_ERROR_STOP=1'];
  const applying: number[] = [];
  const renew = () => psql(server, 'DROP DATABASE IF EXISTS migrated', 'CREATE DATABASE migrated');
  renew();
  try {
    const contenders = {
      ours: () => void migrateIn(server, folder),
      one: () => void run('psql', [...plain, ...files.flatMap((file) => ['-f', file])], env),
      recording: () => void run('psql', [...plain, '-c', books, ...files.flatMap(recorded)], env),
      each: () => void files.map((file) => run('psql', [...plain, '-f', file], env)),
    };
    const { ours, one, recording, each } = alternate(turns, contenders, () => {
      const [time] = appliedIn(server);
      if (time !== undefined) applying.push(time);
      renew();
    });
    const own = applying.slice(1); // the turn that warmed up
    return [
      row(applied, own, recording, 'one psql that does so, start included', '≤ 1.3 ×'),
      row(applied, own, one, 'one psql that records nothing', '≤ 1.3 ×'),
      row(applied, own, each, 'a psql a file that records nothing', '≤ 1.3 ×'),
      row(`migrate, ${count} migrations: start, plan, all observed once, apply, verify`, ours, one, 'one psql', '–'),
      row(
        `migrate, ${count} migrations: start, plan, all observed once, apply, verify`,
        ours,
        each,
        'a psql a file',
        '–',
      ),
    ];
  } finally {
    psql(server, 'DROP DATABASE IF EXISTS migrated');
    await rm(folder, { recursive: true });
  }
}

const books = 'CREATE TABLE done (name text PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp())';

/** A file and the word that it is applied, in one transaction. */
function recorded(file: string): string[] {
  return ['-c', 'BEGIN', '-f', file, '-c', `INSERT INTO done VALUES ('${basename(file)}')`, '-c', 'COMMIT'];
}

/** From the beginning of the first transaction until the end of the last before its COMMIT, as the target's clock says. */
function appliedIn(server: Server): number[] {
  const sql = `SELECT extract(epoch FROM max(finished_at) - min(started_at)) * 1000 FROM lockkeeper_history`;
  const there = `SELECT to_regclass('lockkeeper_history') IS NOT NULL`;
  const ask = (text: string) =>
    run('psql', ['-X', '-A', '-t', '-c', text], libpq(within(server, 'migrated').address)).stdout.trim();
  return ask(there) === 't' ? [Number(ask(sql))] : [];
}

function migrateIn(server: Server, folder: string): void {
  lockkeeper(['migrate', ...unattended(folder)], environment(server, 'migrated'));
}

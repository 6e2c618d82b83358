import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
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
      each: () => void files.map((file) => run('psql', [...plain, '-f', file], env)),
    };
    const { ours, one, each } = alternate(turns, contenders, () => {
      const [time] = appliedIn(server);
      if (time !== undefined) applying.push(time);
      renew();
    });
    const own = applying.slice(1); // the turn that warmed up
    return [
      row(`applying ${count} migrations, each recorded twice`, own, one, 'one psql, start included', '≤ 1.3 ×'),
      row(`applying ${count} migrations, each recorded twice`, own, each, 'a psql a file', '≤ 1.3 ×'),
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

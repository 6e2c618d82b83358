import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from '../../src/model/server.ts';
import { alternate, type Row, row, run } from './measure.ts';
import { libpq, lockkeeper, psql, urlFor } from './server.ts';

const turns = 7;

/** Whole cold checks of a history with 3 pending migrations, against one psql that replays the same files. */
export async function checkRows(server: Server): Promise<Row[]> {
  return [await checkAgainstPsql(server, 300, '≤ 3 ×'), await checkAgainstPsql(server, 1000, '≤ 2 ×')];
}

async function checkAgainstPsql(server: Server, base: number, goal: string): Promise<Row> {
  const folder = await history(base);
  try {
    const files = (await readdir(join(folder, 'migrations'))).filter((name) => name.endsWith('.up.sql')).sort();
    const contenders = {
      ours: () => check(server, folder, String(base)),
      peer: () => replay(server, folder, files),
    };
    const { ours, peer } = alternate(turns, contenders, () => psql(server, 'DROP DATABASE IF EXISTS replayed'));
    return row(`check, ${base} base migrations and 3 pending`, ours, peer, 'psql', goal);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function check(server: Server, folder: string, appliedThrough: string): void {
  const words = ['check', '--working-directory', folder, '--applied-through', appliedThrough, '--server', 'existing'];
  lockkeeper([...words, '--fail-on', 'never'], { LOCKKEEPER_SERVER_URL: urlFor(server, 'postgres') });
}

/** One process that creates the database and replays all files into it, as a person would. */
function replay(server: Server, folder: string, files: readonly string[]): void {
  const scripts = files.flatMap((name) => ['-f', join(folder, 'migrations', name)]);
  const start = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-c', 'CREATE DATABASE replayed', '-c', '\\connect replayed'];
  run('psql', [...start, ...scripts], libpq(server.address));
}

/** Small files of the usual mix: tables, foreign keys, indexes, columns. */
async function history(base: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-bench-'));
  await mkdir(join(folder, 'migrations'));
  for (let n = 1; n <= base + 3; n += 1) {
    const name = `${String(n).padStart(6, '0')}_step.up.sql`;
    await writeFile(join(folder, 'migrations', name), n > base ? pending(n - base) : step(n));
  }
  return folder;
}

/** The nth of a history of small migrations. */
export function step(n: number): string {
  const table = `t${Math.ceil(n / 4)}`;
  const before = `t${Math.ceil(n / 4) - 1}`;
  const references = before === 't0' ? '' : ` REFERENCES ${before}`;
  switch (n % 4) {
    case 1:
      return `CREATE TABLE ${table} (id bigint PRIMARY KEY, name text NOT NULL, parent_id bigint${references});\n`;
    case 2:
      return `CREATE INDEX ${table}_name ON ${table} (name);\n`;
    case 3:
      return `ALTER TABLE ${table} ADD COLUMN state int NOT NULL DEFAULT 0;\nCOMMENT ON COLUMN ${table}.state IS 'x';\n`;
    default:
      return `ALTER TABLE ${table} ADD CONSTRAINT ${table}_state CHECK (state >= 0);\n`;
  }
}

function pending(n: number): string {
  return [
    'ALTER TABLE t1 ADD COLUMN email text;\n',
    'CREATE INDEX t2_state ON t2 (state);\n',
    'CREATE TABLE added (id bigint PRIMARY KEY, t1_id bigint REFERENCES t1);\nALTER TABLE t3 ALTER COLUMN state TYPE bigint;\n',
  ][n - 1] as string;
}

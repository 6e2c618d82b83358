// Measures against a named peer or a floor, both in the same run, and prints ratios. Needs `psql` on the machine.
//   npm run bench
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Address, Server } from '../src/model/server.ts';
import { urlOf } from '../src/postgres/url.ts';
import { loadProvider } from '../src/servers/index.ts';

const runs = 7;
const cli = 'dist/cli.js';

/** Half of it compresses well, as usual. */
const bulk = `CREATE TABLE bulk AS SELECT g, md5(g::text) AS hash, repeat('shop ', 16) AS text, now() AS at
  FROM generate_series(1, 1600000) g`;

const provider = await loadProvider('auto');
const progress = { step: () => {} };
await using server: Server = await provider.open({ signal: new AbortController().signal, progress });
console.log(
  `PostgreSQL ${server.version} (${server.kind}), node ${process.version}, median of ${runs} alternating runs\n`,
);

const rows: string[][] = [['what', 'ours', 'peer', 'ratio', 'goal']];
for (const [base, goal] of [
  [300, '≤ 3 ×'],
  [1000, '≤ 2 ×'],
] as const) {
  rows.push(await checkAgainstPsql(base, goal));
}
rows.push(...(await backupAgainstPipes()), startAgainstNode(), await sizeOfDist());
print(rows);

/** A whole cold check of a history with 3 pending migrations, against one psql that replays the same files. */
async function checkAgainstPsql(base: number, goal: string): Promise<string[]> {
  const folder = await history(base);
  try {
    const files = (await readdir(join(folder, 'migrations'))).filter((name) => name.endsWith('.up.sql')).sort();
    const { ours, theirs } = alternate(
      () => check(folder, String(base)),
      () => replay(folder, files),
      () => psql(['-c', 'DROP DATABASE replayed']),
    );
    const ratio = `${(ours / theirs).toFixed(2)} ×`;
    return [`check, ${base} base migrations and 3 pending`, ms(ours), `${ms(theirs)} psql`, ratio, goal];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function check(folder: string, appliedThrough: string): void {
  const { host, port, user, password } = server.address;
  const url = `postgresql://${user}:${password ?? ''}@/postgres?host=${encodeURIComponent(host)}&port=${port}`;
  const args = [
    cli,
    'check',
    '--working-directory',
    folder,
    '--applied-through',
    appliedThrough,
    '--server',
    'existing',
  ];
  run(process.execPath, [...args, '--fail-on', 'never'], { LOCKKEEPER_SERVER_URL: url });
}

/** One process that creates the database and replays all files into it, as a person would. */
function replay(folder: string, files: readonly string[]): void {
  const scripts = files.flatMap((name) => ['-f', join(folder, 'migrations', name)]);
  psql(['-v', 'ON_ERROR_STOP=1', '-c', 'CREATE DATABASE replayed', '-c', '\\connect replayed', ...scripts]);
}

function psql(args: readonly string[]): void {
  const { host, port, user, password = '' } = server.address;
  run('psql', ['-X', '-q', '-h', host, '-p', String(port), '-U', user, '-d', 'postgres', ...args], {
    PGPASSWORD: password,
  });
}

/** A whole backup, read back, against pipes that only write; where this machine has the programs that they are made of. */
async function backupAgainstPipes(): Promise<string[][]> {
  const peers = [
    ['pg_dump -Fc | gzip', 'gzip', 'pg_dump -Fc | gzip', '≤ 0.29 ×'],
    ['pg_dump -Fc -Z0 | zstd -3 -T2', 'zstd', 'pg_dump -Fc -Z0 | zstd -q -3 -T2', '≤ 1.25 ×'],
  ] as const;
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-bench-'));
  try {
    psql(['-c', 'CREATE DATABASE dumped', '-c', '\\connect dumped', '-c', bulk]);
    return peers
      .filter(([, program]) => ['pg_dump', program].every(isThere))
      .map(([name, , pipe, goal]) => {
        const { ours, theirs } = alternate(
          () => run(process.execPath, [cli, 'backup', '--store', folder], { LOCKKEEPER_URL: urlOf(dumped()) }),
          () => run('sh', ['-c', `PGAPPNAME=bench ${pipe} > ${join(folder, 'piped')}`], libpq(dumped())),
        );
        return [
          'backup and read-back, 250 MB',
          ms(ours),
          `${ms(theirs)} ${name}`,
          `${(ours / theirs).toFixed(2)} ×`,
          goal,
        ];
      });
  } finally {
    psql(['-c', 'DROP DATABASE IF EXISTS dumped']);
    await rm(folder, { recursive: true });
  }
}

function dumped(): Address {
  return { ...server.address, database: 'dumped' };
}

function libpq({ host, port, user, password = '', database }: Address): Record<string, string> {
  return { PGHOST: host, PGPORT: String(port), PGUSER: user, PGPASSWORD: password, PGDATABASE: database };
}

function isThere(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0;
}

/** Small files of the usual mix: tables, foreign keys, indexes, columns, a function. */
async function history(base: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-bench-'));
  await mkdir(join(folder, 'migrations'));
  for (let n = 1; n <= base + 3; n += 1) {
    const name = `${String(n).padStart(6, '0')}_step.up.sql`;
    await writeFile(join(folder, 'migrations', name), n > base ? pending(n - base) : step(n));
  }
  return folder;
}

function step(n: number): string {
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

/** From the start of node until the job begins and finds that there is nothing of the kind to check. */
function startAgainstNode(): string[] {
  const { ours, theirs } = alternate(
    () => run(process.execPath, [cli, 'check', '--working-directory', 'docs', '--applied-through', 'x'], {}, 2),
    () => run(process.execPath, ['-e', '0'], {}),
  );
  return ['start until the job begins', ms(ours), `${ms(theirs)} node -e 0`, `+${ms(ours - theirs)}`, '≤ +150 ms'];
}

async function sizeOfDist(): Promise<string[]> {
  const names = await readdir('dist');
  const sizes = await Promise.all(names.map(async (name) => (await stat(join('dist', name))).size));
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6;
  return ['size of dist/', `${megabytes.toFixed(1)} MB`, '–', '–', '≤ 6 MB'];
}

/** Medians of wall-clock times in milliseconds; the two take turns, so that a drifting machine harms both alike. */
function alternate(ours: () => void, theirs: () => void, cleanUp = () => {}): { ours: number; theirs: number } {
  const times = { ours: [] as number[], theirs: [] as number[] };
  for (let turn = 0; turn <= runs; turn += 1) {
    const [first, second] = [timed(ours), timed(theirs)];
    cleanUp();
    if (turn > 0) {
      times.ours.push(first);
      times.theirs.push(second);
    }
  }
  return { ours: median(times.ours), theirs: median(times.theirs) };
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

function run(command: string, args: readonly string[], env: Record<string, string>, expected = 0): void {
  const result = spawnSync(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  if (result.status !== expected)
    throw new Error(`${command} ended with ${result.status}: ${result.stderr}${result.stdout}`);
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}

function print(table: readonly string[][]): void {
  const widths = (table[0] as string[]).map((_, column) =>
    Math.max(...table.map((row) => (row[column] as string).length)),
  );
  for (const row of table) console.log(row.map((cell, column) => cell.padEnd(widths[column] as number)).join('  '));
}

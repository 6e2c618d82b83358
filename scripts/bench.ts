// Measures against a named peer or a floor, in turns, and prints ratios. Needs `psql` on the machine.
//   npm run bench [-- check|start|backup|restore|migrate|memory …]
// BENCH_SERVER_URL is a server to measure on, BENCH_TURNS how often, BENCH_SIZES the GB of memory’s databases.
import type { Server } from '../src/model/server.ts';
import { backupRows } from './bench/backup.ts';
import { checkRows } from './bench/check.ts';
import type { Row } from './bench/measure.ts';
import { memoryRows } from './bench/memory.ts';
import { migrateRows } from './bench/migrate.ts';
import { restoreRows } from './bench/restore.ts';
import { openServer } from './bench/server.ts';
import { startRows } from './bench/start.ts';

const benches: Readonly<Record<string, (server: Server) => Promise<readonly Row[]>>> = {
  ...{ check: checkRows, start: startRows, backup: backupRows, restore: restoreRows },
  ...{ migrate: migrateRows, memory: memoryRows },
};

/** Memory takes 12 GB of disk, and runs only where it is asked for. */
const usual = ['check', 'start', 'backup', 'restore', 'migrate'];
const wanted = process.argv.length > 2 ? process.argv.slice(2) : usual;

await using server = await openServer();
console.log(`PostgreSQL ${server.version} (${server.kind}), node ${process.version}, medians of alternating runs\n`);
const rows: Row[] = [['what', 'ours', 'peer', 'ratio', 'goal']];
for (const name of wanted) {
  const bench = benches[name];
  if (!bench) throw new Error(`There is no bench ${name}; there are ${Object.keys(benches).join(', ')}.`);
  rows.push(...(await bench(server)));
}
const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] as string).length)));
for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join('  '));

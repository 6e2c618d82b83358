import type { Connection } from '../connect.ts';

/** A row of pg_stat_progress_create_index (documentation, 27.4.4), which also tells of REINDEX. */
interface Row {
  readonly phase: string;
  readonly lockers: readonly [done: number, total: number];
  readonly blocks: readonly [done: number, total: number];
  readonly tuples: readonly [done: number, total: number];
  readonly partitions: readonly [done: number, total: number];
}

/** How far a backend is with an index: `building index: scanning table, 45 % of 16384 blocks`; undefined where it builds none. */
export async function indexProgress(looker: Connection, pid: number): Promise<string | undefined> {
  const pair = (name: string) => `ARRAY[${name}_done, ${name}_total]::float8[] AS ${name}`;
  const [row] = await looker.query<Row>(
    `SELECT phase, ${['lockers', 'blocks', 'tuples', 'partitions'].map(pair).join(', ')}
       FROM pg_catalog.pg_stat_progress_create_index WHERE pid = $1`,
    [pid],
  );
  return row && progressText(row);
}

/** What is counted depends on the phase; the other counts are what an earlier one has left. */
function progressText({ phase, lockers, blocks, tuples, partitions }: Row): string {
  const unit = phase.startsWith('waiting') ? 'transactions' : phase.includes('tuples') ? 'tuples' : 'blocks';
  const [done, total] = { transactions: lockers, tuples, blocks }[unit];
  const [before, all] = partitions;
  return [
    phase,
    ...(total > 0 ? [`${Math.floor((100 * Math.min(done, total)) / total)} % of ${total} ${unit}`] : []),
    ...(all > 0 ? [`partition ${Math.min(before + 1, all)} of ${all}`] : []),
  ].join(', ');
}

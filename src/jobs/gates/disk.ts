import { bytesText } from '../../model/amounts.ts';
import type { Gate, Target } from '../../model/plan.ts';
import type { Address } from '../../model/server.ts';
import { type Connection, SqlError } from '../../postgres/connect.ts';
import type { Rehearsal } from '../rehearse.ts';
import { demandOf } from './disk/demand.ts';
import { type Need, needOf } from './disk/need.ts';
import { sizesOf } from './disk/sizes.ts';
import { type Volume, volumesOf } from './disk/volumes.ts';
import { closed } from './session.ts';

const gate = 'disk';

/** What is planned for which database. */
interface Planned {
  readonly address: Pick<Address, 'host'>;
  readonly target: Target;
  readonly rehearsal: Rehearsal;
}

/** Whether what is written anew or built has room where the target lies, as far as that can be seen from here. */
export async function roomOnDisk(session: Connection, { address, target, rehearsal }: Planned): Promise<Gate> {
  const demand = demandOf(rehearsal);
  if (demand.steps.length + demand.builds.length === 0) return nothing;
  const relations = [
    ...demand.steps.flatMap(({ copies }) => copies.map(({ relation }) => relation)),
    ...demand.builds.map(({ table }) => table),
  ];
  try {
    const { sizes, indexesIn, walLimit } = await measured(session, [...new Set(relations)]);
    const need = needOf(demand, sizes, indexesIn);
    return fitting(need, walLimit, need.written > 0 ? await volumesOf(session, address, target) : []);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const message = `How much disk it takes cannot be known: ${error.message}.`;
    return { gate, outcome: 'unknown', message };
  }
}

const nothing: Gate = { gate, outcome: 'open', message: 'No table is written anew, and no index is built.' };

/** In a transaction that waits for nobody: sizes are read under a lock. */
async function measured(session: Connection, relations: readonly string[]) {
  await session.send("BEGIN READ ONLY; SET LOCAL lock_timeout = '1s'");
  try {
    const sizes = await sizesOf(session, relations);
    const [row] = await session.query<{ indexesIn: number; walLimit: number | null }>(
      `SELECT COALESCE((SELECT oid FROM pg_catalog.pg_tablespace WHERE spcname = pg_catalog.current_setting('default_tablespace')),
                       dattablespace)::int8::float8 AS "indexesIn",
              CASE WHEN pg_catalog.current_setting('archive_mode') = 'off'
                    AND NOT EXISTS (SELECT FROM pg_catalog.pg_replication_slots)
                   THEN pg_catalog.pg_size_bytes(pg_catalog.current_setting('max_wal_size'))::float8 END AS "walLimit"
         FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()`,
    );
    return { sizes, ...(row as NonNullable<typeof row>) };
  } finally {
    await session.send('ROLLBACK');
  }
}

/** Sizes are guesses, and a server must have something left. */
const margin = 1.2;

/** Up to here it is not worth a word where nobody can look. */
const little = 1e9;

/**
 * Whether a need has room. WAL that an archive or a slot waits for is not freed before they have it: without them there is
 * no more of it than `walLimit`, bytes. `volumes` is why they are not known, where they are not.
 */
export function fitting(need: Need, walLimit: number | null, volumes: readonly Volume[] | string): Gate {
  if (need.written === 0) return nothing;
  const wal = Math.min(need.written, walLimit ?? Number.POSITIVE_INFINITY);
  const all = wal + [...need.tablespaces.values()].reduce((sum, bytes) => sum + bytes, 0);
  if (typeof volumes === 'string') {
    const takes = all < little ? 'It takes less than 1 GB.' : `${takesText(all, wal, need)} See whether it is there.`;
    return { gate, outcome: 'unknown', message: `How much disk is free is not known: ${volumes}. ${takes}` };
  }
  const tight = volumes.flatMap((volume) => {
    const bytes =
      (volume.wal ? wal : 0) + volume.tablespaces.reduce((sum, oid) => sum + (need.tablespaces.get(oid) ?? 0), 0);
    return bytes * margin > volume.free ? [{ ...volume, bytes }] : [];
  });
  if (tight.length === 0) return { gate, outcome: 'open', message: `${takesText(all, wal, need)} It is free.` };
  const where = tight.map(
    ({ bytes, free, ...volume }) =>
      `where ${contentOf(volume)}, ${bytesText(Math.round(bytes))} are needed and a fifth to spare, and ${bytesText(free)} are free`,
  );
  return closed(
    gate,
    `${takesText(all, wal, need)} That does not fit: ${where.join('; ')}.`,
    'Make room on that disk, or accept it for this run with `allow: disk`.',
  );
}

function contentOf({ tablespaces, wal }: Omit<Volume, 'free'>): string {
  if (tablespaces.length === 0) return 'the WAL lies';
  return wal ? 'data and WAL lie' : 'data lies';
}

function takesText(all: number, wal: number, { parts }: Need): string {
  const some = parts.slice(0, 3).map(({ what, bytes }) => `${what} (${bytesText(Math.round(bytes))})`);
  const more = parts.length > some.length ? `, and ${parts.length - some.length} more` : '';
  const [sum, ofWal] = [Math.round(all), Math.round(wal)].map(bytesText);
  return `It takes about ${sum} of disk for a while, ${ofWal} of that for WAL: ${some.join(', ')}${more}.`;
}

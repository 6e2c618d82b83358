import { readFile, stat, statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Session } from '../../../model/ledger.ts';
import type { Target } from '../../../model/plan.ts';
import type { Address } from '../../../model/server.ts';

/** A file system of the target's server, which is on this machine. */
export interface Volume {
  /** Oids of the tablespaces on it. */
  readonly tablespaces: readonly number[];
  /** Whether WAL is written there. */
  readonly wal: boolean;
  /** Bytes that a process without privileges may still write. */
  readonly free: number;
}

/** Where a server keeps what. */
interface Places {
  /** Null where the role may not see it. */
  readonly data: string | null;
  /** Seconds since 1970. */
  readonly started: number;
  readonly port: string;
  /** Empty for those in the data folder. */
  readonly tablespaces: readonly { readonly oid: number; readonly place: string }[];
}

/**
 * The file systems that tablespaces and WAL are on, or why they cannot be known, as the end of a sentence. A folder is
 * the server's only where its own files say so: behind a tunnel or in a container is another machine, perhaps with the
 * same paths.
 */
export async function volumesOf(
  session: Session,
  { host }: Pick<Address, 'host'>,
  { systemIdentifier }: Pick<Target, 'systemIdentifier'>,
): Promise<readonly Volume[] | string> {
  if (!/^(\/|localhost$|127\.|::1$)/.test(host)) return 'the target is on another machine';
  const places = await placesOf(session);
  const { data, tablespaces } = places;
  if (data === null) return 'the role may not see where the data folder is (pg_read_all_settings may)';
  if (systemIdentifier === undefined) return 'the role may not see which server it is';
  try {
    if (!(await isOf(data, places, systemIdentifier))) return 'the data folder of that name here is another server’s';
    const found = tablespaces.map(({ oid, place }) => ({
      oid,
      path: place ? resolve(data, place) : join(data, 'base'),
    }));
    return await byDevice(found, join(data, 'pg_wal'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'its data folder is not on this machine';
    return 'its folders cannot be looked at from here';
  }
}

async function placesOf(session: Session): Promise<Places> {
  const [row] = await session.query<Places>(
    `SELECT (SELECT setting FROM pg_catalog.pg_settings WHERE name = 'data_directory') AS data,
            extract(epoch FROM pg_catalog.pg_postmaster_start_time())::float8 AS started,
            pg_catalog.current_setting('port') AS port,
            (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
                      'oid', oid::int8, 'place', pg_catalog.pg_tablespace_location(oid)))
               FROM pg_catalog.pg_tablespace) AS tablespaces`,
  );
  return row as Places;
}

/** Seconds between the moment that a server writes down as its start and the one that it tells; the latter is a little later. */
const starting = 60;

/** By its lock file (documentation, chapter 73.1: start, port) and its control file, which begins with what identifies it. */
async function isOf(data: string, { started, port }: Places, systemIdentifier: string): Promise<boolean> {
  const control = await readFile(join(data, 'global', 'pg_control'));
  const [identifier] = new BigInt64Array(Uint8Array.from(control.subarray(0, 8)).buffer);
  const [, , since = '', at] = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n');
  const same = String(identifier) === systemIdentifier && at?.trim() === port;
  return same && Math.abs(Number(since) - started) < starting;
}

async function byDevice(tablespaces: readonly { oid: number; path: string }[], wal: string): Promise<Volume[]> {
  const places = [...tablespaces, { oid: undefined, path: wal }];
  const stats = await Promise.all(places.map(async (each) => ({ ...each, device: (await stat(each.path)).dev })));
  return Promise.all(
    [...Map.groupBy(stats, ({ device }) => device).values()].map(async (all) => {
      const { bavail, bsize } = await statfs(all[0]?.path ?? wal);
      const oids = all.flatMap(({ oid }) => oid ?? []);
      return { tablespaces: oids, wal: all.some(({ oid }) => oid === undefined), free: bavail * bsize };
    }),
  );
}

import { join } from 'node:path';
import type { Server } from '../../src/model/server.ts';
import { alternate, type Row, row, run } from './measure.ts';
import { createMixed, libpq, lockkeeper, psql, urlFor } from './server.ts';
import { openStores } from './stores.ts';

const turns = Number(process.env.BENCH_TURNS || 3);

/** A whole restore and a whole drill, each compared with its manifest, against pg_restore of a file alone. */
export async function restoreRows(server: Server): Promise<Row[]> {
  await using stores = await openStores();
  const store = join(stores.folder, 'store');
  const file = join(stores.folder, 'dump');
  await createMixed(server, 'mixed', 1);
  lockkeeper(['backup', '--store', store], { LOCKKEEPER_URL: urlFor(server, 'mixed') });
  run('pg_dump', ['-Fc', '-Z1', '-f', file, 'mixed'], libpq(server.address));
  psql(server, 'DROP DATABASE mixed');
  const env = { LOCKKEEPER_URL: urlFor(server, 'postgres'), LOCKKEEPER_SERVER_URL: urlFor(server, 'postgres') };
  const { restored, drilled, peer } = alternate(
    turns,
    {
      restored: () => void lockkeeper(['restore', '--store', store, '--backup', 'latest', '--into', 'again'], env),
      drilled: () => void lockkeeper(['verify', '--store', store, '--backup', 'latest', '--server', 'existing'], env),
      peer: () => {
        psql(server, 'CREATE DATABASE again');
        run('pg_restore', ['-j2', '-d', 'again', file], libpq(server.address));
      },
    },
    () => psql(server, 'DROP DATABASE IF EXISTS again'),
  );
  return [
    row('restore, compared', restored, peer, 'pg_restore -j2', '–'),
    row('drill, compared', drilled, peer, 'pg_restore -j2', '–'),
  ];
}

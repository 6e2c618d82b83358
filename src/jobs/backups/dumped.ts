import { join } from 'node:path';
import { needRoom, openFolder } from '../../archive/folder.ts';
import { tarred } from '../../archive/tar.ts';
import type { DumpFormat } from '../../model/backup.ts';
import type { Connection } from '../../postgres/connect.ts';
import { type DumpRequest, dump, dumpFiles } from '../../postgres/dump/dump.ts';

interface Dumping extends DumpRequest {
  readonly format: DumpFormat;
  /** Connections to dump a directory over. */
  readonly jobs: number;
}

/** A dump as it is stored: what pg_dump prints or, of a directory, its files as one tar. Throws `ProgramFailed`. */
export function dumped({ format, jobs, ...request }: Dumping): AsyncIterable<Uint8Array> {
  return format === 'directory' ? asTar(request, jobs) : dump(request, format);
}

async function* asTar(request: DumpRequest, jobs: number): AsyncGenerator<Uint8Array> {
  await using folder = await openFolder();
  const path = join(folder.path, 'dump');
  await dumpFiles(request, path, jobs);
  yield* tarred(path, 'toc.dat');
}

/**
 * Throws `KnownError`, reason `refused`, where a directory would likely not fit among the temporary files: rows take about
 * as much there as in their tables; indexes are not dumped.
 */
export async function needRoomToDump(session: Connection, format: DumpFormat): Promise<void> {
  if (format !== 'directory') return;
  const [row] = await session.query<{ bytes: number }>(
    `SELECT pg_catalog.sum(pg_catalog.pg_table_size(c.oid))::float8 AS bytes FROM pg_catalog.pg_class c
       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^pg_' OR c.oid = 'pg_catalog.pg_largeobject'::regclass`,
  );
  await needRoom(row?.bytes ?? 0, 'A dump in directory format');
}

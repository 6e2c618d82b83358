import { bytesText, durationText, timeText } from '../../model/amounts.ts';
import type { BackupReport } from '../../model/backup-report.ts';
import type { Page } from '../page.ts';
import { migrationsText } from './migrations.ts';

/** A backup that was taken. */
export function backupPage({ id, manifest, milliseconds, store, key }: BackupReport): Page {
  const { dump, contents, server, database, takenAt } = manifest;
  const counted = contents.tables.reduce((sum, { rows = 0 }) => sum + rows, 0);
  const exact = contents.tables.every(({ rows, estimated }) => rows !== undefined && !estimated);
  return {
    good: true,
    headline: `${database} is backed up as ${id}, and the backup was read back`,
    facts: [
      ['taken at', `${timeText(takenAt)} UTC, PostgreSQL ${server.version}, pg_dump ${dump.pgDump}`],
      ['holds', `${contents.tables.length} tables${exact ? `, ${counted} rows` : ''}`],
      ...(contents.migrations ?? []).map((state) => ['migrations', migrationsText(state)] as const),
      ['dump', `${bytesText(dump.plain.bytes)}, stored as ${bytesText(dump.stored.bytes)} (${packing(dump)})`],
      ['took', `${durationText(milliseconds.dump)}, and ${durationText(milliseconds.readBack)} to read it back`],
      ['store', `${store}`],
      ['manifest', key],
      ['SHA-256', dump.stored.sha256],
    ],
    tables: [],
    notes: manifest.globals ? [] : ['Roles are not in it: the role that took it may not read them.'],
  };
}

function packing({ compression, recipients }: BackupReport['manifest']['dump']): string {
  return recipients ? `${compression}, encrypted to ${recipients.length} recipients` : `${compression}, not encrypted`;
}

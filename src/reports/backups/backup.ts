import { bytesText, durationText, timeText } from '../../model/amounts.ts';
import type { Manifest } from '../../model/backup.ts';
import type { BackupReport, TakenBackup } from '../../model/backup-report.ts';
import type { Page, Table } from '../page.ts';
import { migrationsText } from './migrations.ts';

/** Backups that were taken. */
export function backupPage({ backups, failed, store }: BackupReport): Page {
  const [first] = backups;
  const where = ['store', store ?? ''] as const;
  const single = backups.length === 1 && failed.length === 0 ? first : undefined;
  return {
    good: failed.length === 0,
    headline: single
      ? `${single.manifest.database} is backed up as ${single.id}, and the backup was read back`
      : headlineOf(backups.length, failed.length),
    facts: single ? [...factsOf(single), where, ...identityOf(single)] : [where],
    tables: single || backups.length === 0 ? [] : [tableOf(backups)],
    notes: [...failed.map(({ database, message }) => `${database}: ${message}`), ...withoutRoles(backups)],
  };
}

function headlineOf(taken: number, failed: number): string {
  if (failed === 0) return `${taken} databases are backed up, and the backups were read back`;
  const rest = taken === 0 ? 'none is' : `${taken} ${taken === 1 ? 'is' : 'are'}`;
  return `${failed} of ${taken + failed} databases could not be backed up; ${rest}`;
}

function factsOf({ manifest, milliseconds }: TakenBackup): Page['facts'] {
  const { dump, contents, server, takenAt } = manifest;
  return [
    ['taken at', `${timeText(takenAt)} UTC, PostgreSQL ${server.version}, pg_dump ${dump.pgDump}`],
    ['holds', `${contents.tables.length} tables${rowsText(manifest)}`],
    ...(contents.migrations ?? []).map((state) => ['migrations', migrationsText(state)] as const),
    ['dump', `${bytesText(dump.plain.bytes)}, stored as ${bytesText(dump.stored.bytes)} (${packing(dump)})`],
    ['took', tookText(milliseconds)],
  ];
}

function identityOf({ key, manifest }: TakenBackup): Page['facts'] {
  return [
    ['manifest', key],
    ['SHA-256', manifest.dump.stored.sha256],
  ];
}

function tableOf(backups: readonly TakenBackup[]): Table {
  return {
    head: ['database', 'backup', 'holds', 'stored as', 'took'],
    rows: backups.map(({ id, manifest, milliseconds }) => [
      ...[manifest.database, id, `${manifest.contents.tables.length} tables${rowsText(manifest)}`],
      ...[`${bytesText(manifest.dump.stored.bytes)} (${packing(manifest.dump)})`, tookText(milliseconds)],
    ]),
  };
}

function rowsText({ contents }: Manifest): string {
  const exact = contents.tables.every(({ rows, estimated }) => rows !== undefined && !estimated);
  return exact ? `, ${contents.tables.reduce((sum, { rows = 0 }) => sum + rows, 0)} rows` : '';
}

function tookText({ dump, readBack }: TakenBackup['milliseconds']): string {
  return `${durationText(dump)}, and ${durationText(readBack)} to read it back`;
}

function packing({ compression, recipients }: Manifest['dump']): string {
  return recipients ? `${compression}, encrypted to ${recipients.length} recipients` : `${compression}, not encrypted`;
}

function withoutRoles(backups: readonly TakenBackup[]): string[] {
  const without = backups.filter(({ manifest }) => !manifest.globals).map(({ manifest }) => manifest.database);
  if (without.length === 0) return [];
  const which = backups.length === 1 ? 'it' : `the backups of ${without.join(', ')}`;
  return [`Roles are not in ${which}: the role that took it may not read them.`];
}

import { bytesText, durationText, numberText } from '../../model/amounts.ts';
import type { Contents } from '../../model/backup.ts';
import type { BackupReport, TakenBackup } from '../../model/backup-report.ts';
import { countsOf } from '../../model/counts.ts';
import type { Fact, Page, Part, Step } from '../page.ts';
import { migrationFacts } from './migrations.ts';
import { command, dumpFacts, holdsText, identityFlag, momentText, restoreStep, sizeText } from './parts.ts';

/** Backups that were taken. */
export function backupPage({ backups, failed, store }: BackupReport): Page {
  const [first] = backups;
  const single = backups.length === 1 && failed.length === 0 ? first : undefined;
  return {
    good: failed.length === 0,
    headline: single
      ? `${single.manifest.database} is backed up, and the backup was read back`
      : headlineOf(backups.length, failed.length),
    problems: failed.map(({ database, message }) => `${database}: ${message}`),
    parts: single ? [{ facts: factsOf(single, store) }, tablesOf(single.manifest.contents)] : listOf(backups, store),
    notes: withoutRoles(backups),
    next: single ? nextOf(single, store) : [],
  };
}

function headlineOf(taken: number, failed: number): string {
  if (failed === 0) return `${taken} databases are backed up, and the backups were read back`;
  const rest = taken === 0 ? 'none is' : `${taken} ${taken === 1 ? 'is' : 'are'}`;
  return `${failed} of ${taken + failed} databases could not be backed up; ${rest}`;
}

function factsOf({ id, key, manifest, milliseconds }: TakenBackup, store: string | undefined): Fact[] {
  const { dump, contents, server, takenAt, reason } = manifest;
  return [
    { label: 'backup', value: id, code: true },
    { label: 'data of', value: `${momentText(takenAt)}, PostgreSQL ${server.version}, by pg_dump ${dump.pgDump}` },
    { label: 'holds', value: holdsText(countsOf(contents)) },
    ...migrationFacts(contents.migrations),
    ...(reason ? [{ label: 'taken', value: reason }] : []),
    { label: 'size', value: sizeText(dump) },
    {
      label: 'took',
      value: `${durationText(milliseconds.dump)}, and ${durationText(milliseconds.readBack)} to read it back`,
    },
    { label: 'store', value: store ?? '' },
    { label: 'manifest', value: key, code: true },
    ...dumpFacts(dump),
  ];
}

/** So many are shown, the largest first. */
const most = 100;

function tablesOf({ tables }: Contents): Part {
  const largest = tables.toSorted((a, b) => b.bytes - a.bytes).slice(0, most);
  const all = tables.length > most ? `The ${most} largest of ${numberText(tables.length)} tables` : 'Tables';
  const rows = largest.map(({ name, rows: counted, estimated, bytes }) => [
    name,
    counted === undefined ? '–' : `${estimated ? '~' : ''}${numberText(counted)}`,
    bytesText(bytes),
  ]);
  const columns = [
    { title: 'table' },
    { title: 'rows', right: true },
    { title: 'with its indexes', right: true },
  ] as const;
  return { title: all, folded: true, table: { columns, rows } };
}

function listOf(backups: readonly TakenBackup[], store: string | undefined): Part[] {
  if (backups.length === 0) return [];
  const columns = [
    ...[{ title: 'database' }, { title: 'backup', code: true } as const, { title: 'tables', right: true } as const],
    ...[{ title: 'stored', right: true } as const, { title: 'took', right: true } as const],
  ];
  const rows = backups.map(({ id, manifest, milliseconds: { dump, readBack } }) => [
    ...[manifest.database, id, numberText(manifest.contents.tables.length)],
    ...[bytesText(manifest.dump.stored.bytes), durationText(dump + readBack)],
  ]);
  const evidence = backups.map((each) => ({
    ...{ title: `${each.manifest.database}: ${each.id}`, facts: factsOf(each, store), folded: true as const },
  }));
  return [{ facts: [{ label: 'store', value: store ?? '' }], table: { columns, rows } }, ...evidence];
}

function withoutRoles(backups: readonly TakenBackup[]): string[] {
  const without = backups.filter(({ manifest }) => !manifest.globals).map(({ manifest }) => manifest.database);
  if (without.length === 0) return [];
  const which = backups.length === 1 ? 'it' : `the backups of ${without.join(', ')}`;
  return [`Roles are not in ${which}: the role that took it may not read them.`];
}

function nextOf({ id, manifest: { database, dump } }: TakenBackup, store: string | undefined): Step[] {
  const encrypted = dump.recipients !== undefined;
  const flags = { backup: id, ...identityFlag(encrypted) };
  return [
    { text: 'Prove that it can be restored', command: command('verify', store, flags) },
    restoreStep(store, { id, database, encrypted }),
  ];
}

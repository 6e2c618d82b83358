import { bytesText, numberText, timeText } from '../../model/amounts.ts';
import type { Counts, StoredDump } from '../../model/backup.ts';
import type { BackedUp } from '../../model/backup-report.ts';
import { nameWith } from '../../model/database-name.ts';
import type { Fact, Step, Table } from '../page.ts';
import { shellLine } from '../shell.ts';
import { count } from '../wording.ts';

/** `20 tables, 654,343 rows, 18 sequences`: what there is of each kind. */
export function holdsText({ tables, rows, sequences, extensions, largeObjects }: Counts): string {
  const parts = [
    [tables, 'table'],
    [rows ?? 0, 'row'],
    [sequences, 'sequence'],
    [extensions, 'extension'],
    [largeObjects, 'large object'],
  ] as const;
  const some = parts.filter(([number], index) => index === 0 || number > 0);
  return some.map(([number, noun]) => count(number, noun).replace(/^\d+/, numberText(number))).join(', ');
}

/** `24.9 MB, stored as 3.14 MB (zstd, not encrypted)` */
export function sizeText({ plain, stored, compression, recipients }: StoredDump): string {
  return `${bytesText(plain.bytes)}, stored as ${bytesText(stored.bytes)} (${packingText({ compression, recipients })})`;
}

function packingText({
  compression,
  recipients,
}: Pick<StoredDump, 'compression'> & { recipients: StoredDump['recipients'] }) {
  const packed = compression === 'none' ? 'not compressed' : compression;
  return `${packed}, ${recipients ? `encrypted to ${count(recipients.length, 'recipient')}` : 'not encrypted'}`;
}

/** Where the dump is, and by what one knows it again. */
export function dumpFacts({ key, stored }: StoredDump): Fact[] {
  return [
    { label: 'dump', value: key, code: true },
    { label: 'SHA-256', value: stored.sha256, code: true },
  ];
}

/** `2026-11-21 02:07:00 UTC` */
export function momentText(moment: string): string {
  return `${timeText(moment)} UTC`;
}

/** What was compared, side by side; that single tables and sequences differ is a problem, and told as one. */
export function comparison({ holds }: BackedUp, restored: Counts): Table {
  const row = (what: string, said: (counts: Counts) => string) => [...[what, said(holds), said(restored)]];
  return {
    columns: [{ title: 'compared' }, { title: 'backed up', right: true }, { title: 'restored', right: true }],
    rows: [
      row('tables, by name', ({ tables }) => numberText(tables)),
      row('rows, table by table', ({ rows }) => (rows === undefined ? 'not counted' : numberText(rows))),
      row('sequences, and where they stand', ({ sequences }) => numberText(sequences)),
      row('extensions', ({ extensions }) => numberText(extensions)),
      row('large objects', ({ largeObjects }) => numberText(largeObjects)),
      row('schema, by its fingerprint', ({ fingerprint }) => fingerprint.slice(0, 12)),
    ],
  };
}

/** What the table does not show: assertions, and what else a drill was told to look at. */
export function furtherFacts(checked: readonly string[]): Fact[] {
  const rest = checked.filter((each) => !shownBelow.includes(each));
  return rest.length > 0 ? [{ label: 'also checked', value: rest.join(', ') }] : [];
}

const shownBelow = ['restore', 'tables', 'rows', 'sequences', 'extensions', 'large objects', 'schema'];

/** A command of ours for this store, with a value for each flag. */
export function command(
  name: string,
  store: string | undefined,
  flags: Readonly<Record<string, string | undefined>>,
): string {
  const given = Object.entries({ store, ...flags }).flatMap(([flag, value]) => (value ? [`--${flag}`, value] : []));
  return shellLine(['lockkeeper', name, ...given]);
}

/** The file with the secret key, which only who reads it knows. */
export function identityFlag(encrypted: boolean): Readonly<Record<string, string>> {
  return encrypted ? { 'identity-file': 'key.txt' } : {};
}

/** How a backup is restored beside what is there. */
export function restoreStep(
  store: string | undefined,
  { id, database, encrypted }: { readonly id: string; readonly database: string; readonly encrypted: boolean },
): Step {
  const into = nameWith(database, '_restored');
  const flags = { backup: id, into, ...identityFlag(encrypted) };
  return { text: 'Restore it into a new database', command: command('restore', store, flags) };
}

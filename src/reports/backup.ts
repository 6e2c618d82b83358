import { bytesText, durationText, minuteText } from '../model/amounts.ts';
import type { OnBackup } from '../model/report.ts';
import { oneLine } from './details.ts';
import { count, fileOf } from './wording.ts';

/** Which backup was asked, and what it said, in whole sentences. */
export function backupTexts({ backup, database, takenAt, bytes, server, ...rest }: OnBackup): string[] {
  const { outcome, applied, failure, restoreMilliseconds } = rest;
  const which = `${backup} of ${database}, taken ${minuteText(takenAt)} UTC (${bytesText(bytes)})`;
  const where = `${which}, restored in ${durationText(restoreMilliseconds)} on PostgreSQL ${server}`;
  if (outcome === 'nothing') return [`Nothing is pending on ${where}.`];
  const took = durationText(applied.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
  const done = `${count(applied.length, 'migration')} applied in ${took} to ${where}.`;
  if (!failure) return [done];
  const { path, line, message, sqlstate, statements, done: committed } = failure;
  const place = `${fileOf(path)}${line ? `:${line}` : ''}`;
  return [
    `${place} fails there: ${message}${sqlstate ? ` (SQLSTATE ${sqlstate})` : ''}.`,
    ...(committed > 0 ? [`${committed} of its ${count(statements, 'statement')} would be committed.`] : []),
    done,
  ];
}

/** How long each statement took on the backup's rows, in order. */
export function backupTimes({ applied }: OnBackup): { path: string; line: number; sql: string; took: string }[] {
  return applied.flatMap(({ path, statements }) =>
    statements.map(({ line, sql, milliseconds }) => ({
      path,
      line,
      sql: oneLine(sql),
      took: durationText(milliseconds),
    })),
  );
}

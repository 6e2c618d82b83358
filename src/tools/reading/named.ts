import { KnownError } from '../../model/error.ts';
import type { NamedTable, TableName } from '../../model/ledger.ts';
import { quote } from '../../postgres/quote.ts';

/** Reads the name of a table as SQL does; `by` says what names it. Throws `KnownError` for what is none. */
export function tableNamed(text: string, by: string): NamedTable {
  const part = '("(?:[^"]|"")+"|[\\p{L}_][\\p{L}\\p{N}_$]*)';
  const [, schema, name] = new RegExp(`^(?:${part}\\.)?${part}$`, 'u').exec(text.trim()) ?? [];
  if (name === undefined)
    throw new KnownError(`${by}: “${text}” is no name of a table.`, {
      help: 'Write it as in SQL: `versions`, `ops.versions`, or in double quotes what is not of small letters, digits and _: `"Versions"`.',
    });
  return { ...(schema !== undefined && { schema: meant(schema) }), name: meant(name), by };
}

/** What PostgreSQL takes a written identifier for (documentation, chapter 4.1.1). */
function meant(written: string): string {
  return written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written.toLowerCase();
}

/** The same as SQL, quoted where it must be. */
export function tableText({ schema, name }: TableName): string {
  const parts = schema === undefined ? [name] : [schema, name];
  return parts.map((part) => (/^[a-z_][a-z0-9_]*$/.test(part) ? part : quote(part))).join('.');
}

import type { Query } from '../model/ledger.ts';

/** An identifier as SQL text, always quoted (documentation, chapter 4.1.1). */
export function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

/** A text as SQL text, whatever `standard_conforming_strings` is (documentation, chapter 4.1.2.2). */
export function literal(text: string): string {
  return `E'${text.replaceAll(/['\\]/g, '$&$&')}'`;
}

/** A query as one text, its values in the places of its parameters. */
export function inlined({ sql, values = [] }: Query): string {
  return sql.replaceAll(/"(?:[^"]|"")*"|'(?:[^']|'')*'|\$(\d+)/g, (found, parameter?: string) =>
    parameter === undefined ? found : valueText(values[Number(parameter) - 1]),
  );
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (Array.isArray(value)) return `ARRAY[${value.map(valueText).join(', ')}]::text[]`;
  return typeof value === 'string' ? literal(value) : String(value);
}

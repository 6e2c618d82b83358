import { KnownError } from '../../model/error.ts';
import type { NamedTable, TableName } from '../../model/ledger.ts';
import type { Naming } from '../../model/tool.ts';
import { ledgerIn } from './ledger.ts';

const by = '`x-migrations-table` of the URL';

/** The name is a parameter of the database's URL (database/postgres/postgres.go of v4). */
export const naming: Naming = {
  said: ({ parameters: { 'x-migrations-table': name, 'x-migrations-table-quoted': quoted } }) => {
    if (!name) return undefined;
    return isTrue(quoted) ? inQuotes(name) : { name, by };
  },
  ledger: ledgerIn,
};

/** As Go's `strconv.ParseBool` has it. */
function isTrue(text: string | undefined): boolean {
  return ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text ?? '');
}

/** `"schema"."table"` or `"table"`: what stands between quotes, as its own pattern finds it. */
function inQuotes(text: string): NamedTable {
  const parts = [...text.matchAll(/"(.*?)"/g)].map(([, part = '']) => part);
  const [first = '', second] = parts;
  if (!/^".*"$/s.test(text) || parts.length > 2)
    throw new KnownError(
      `${by}: with \`x-migrations-table-quoted\`, golang-migrate takes \`"table"\` or \`"schema"."table"\`.`,
      {
        help: 'Write it so, percent-encoded where the URL needs it.',
      },
    );
  return second === undefined ? { name: first, by } : { schema: first, name: second, by };
}

/** The same as parameters. */
export function parametersFor({ schema, name }: TableName): string {
  const parameters: Record<string, string> =
    schema === undefined
      ? { 'x-migrations-table': name }
      : { 'x-migrations-table': `"${schema}"."${name}"`, 'x-migrations-table-quoted': 'true' };
  return new URLSearchParams(parameters).toString();
}

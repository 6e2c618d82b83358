import { quote } from '../quote.ts';
import type { Row } from './rows.ts';
import type { Target } from './targets.ts';
import { literal } from './values.ts';

/** One INSERT of all rows. Values are untyped literals, to which PostgreSQL gives their columns' types. */
export function insertionOf({ into, columns }: Target, rows: readonly Row[], overriding = false): string {
  const named = columns.filter(({ name }) => rows.some((row) => row.has(name)));
  const listed = named.length > 0 ? named : columns.slice(0, 1);
  if (listed.length === 0) return `INSERT INTO ${into} DEFAULT VALUES`;
  const tuples = rows.map((row) => `(${listed.map(({ name }) => written(row.get(name))).join(', ')})`);
  const names = listed.map(({ name }) => quote(name)).join(', ');
  return `INSERT INTO ${into} (${names})${overriding ? ' OVERRIDING SYSTEM VALUE' : ''} VALUES ${tuples.join(', ')}`;
}

function written(value: string | null | undefined): string {
  if (value === undefined) return 'DEFAULT';
  return value === null ? 'NULL' : literal(value);
}

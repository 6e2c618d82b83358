import { type Connection, SqlError } from '../connect.ts';
import { quote } from '../quote.ts';
import type { Row } from './rows.ts';
import type { Types } from './samples/sample.ts';
import type { Target } from './targets.ts';
import { literal } from './values.ts';

/** Those of the rows that meet the table's checks and bounds, as PostgreSQL itself judges; all where it cannot. */
export async function fitting(
  connection: Connection,
  target: Target,
  types: Types,
  rows: readonly Row[],
): Promise<Row[]> {
  if (target.checks.length === 0 || rows.length === 0) return [...rows];
  await connection.send("BEGIN; SET LOCAL statement_timeout = '1s'");
  try {
    const found = await connection.query<{ index: number }>(fittingSql(target, types, rows));
    return found.flatMap(({ index }) => rows[index] ?? []);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return [...rows];
  } finally {
    await connection.send('ROLLBACK');
  }
}

const index = quote('number of the candidate');

function fittingSql({ columns, checks }: Target, types: Types, rows: readonly Row[]): string {
  const tuples = rows.map(
    (row, at) => `(${[String(at), ...columns.map(({ name }) => written(row.get(name)))].join(', ')})`,
  );
  const typed = columns.map(({ name, type }) => {
    const { schema = '', name: typeName = '' } = types.get(type) ?? {};
    return `${quote(name)}::${quote(schema)}.${quote(typeName)} AS ${quote(name)}`;
  });
  const names = [index, ...columns.map(({ name }) => quote(name))].join(', ');
  const conditions = checks.map((each) => `(${each}) IS NOT FALSE`).join(' AND ');
  const all = `SELECT ${[index, ...typed].join(', ')} FROM (VALUES ${tuples.join(', ')}) AS text(${names}) OFFSET 0`;
  return `SELECT ${index} AS index FROM (${all}) AS candidate WHERE ${conditions} ORDER BY 1`;
}

function written(value: string | null | undefined): string {
  return typeof value === 'string' ? literal(value) : 'NULL';
}

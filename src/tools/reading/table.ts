import { KnownError } from '../../model/error.ts';
import type { Session, TableName } from '../../model/ledger.ts';
import { quote } from '../../postgres/quote.ts';

/** A tool's own table, or where it would be. */
export interface Found {
  readonly schema: string;
  readonly exists: boolean;
}

/** Where a tool looks for a table without a schema. */
type Where = 'in the first schema' | 'in all schemas';

/**
 * Looks for a table in its schema, or in those of the session's search_path that its tool asks. Throws `KnownError` where
 * it is somebody else's, which lacks a column, and where there is no such schema.
 */
export async function tableIn(
  session: Session,
  table: TableName,
  columns: readonly string[],
  where: Where = 'in all schemas',
): Promise<Found> {
  const [row] = await session.query<{ schema: string | null; found: string[] | null }>(
    `SELECT CASE WHEN $2::text IS NULL THEN COALESCE(n.nspname, pg_catalog.current_schema())
                 ELSE (SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname = $2) END AS schema,
            (SELECT pg_catalog.array_agg(a.attname::text) FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS found
       FROM (SELECT pg_catalog.to_regclass($1) AS oid) t LEFT JOIN pg_catalog.pg_class c
         ON c.oid = t.oid AND ($2::text IS NOT NULL OR $3::bool OR c.relnamespace = pg_catalog.to_regnamespace(pg_catalog.quote_ident(pg_catalog.current_schema())))
       LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace`,
    [
      table.schema === undefined ? quote(table.name) : inSchema(table.schema, table.name),
      table.schema ?? null,
      where === 'in all schemas',
    ],
  );
  const { schema, found } = row as { schema: string | null; found: string[] | null };
  if (schema === null && table.schema !== undefined)
    throw new KnownError(`There is no schema ${table.schema}, in which the migration tool is to keep its table.`, {
      reason: 'refused',
      help: 'Create it: the tool would not, either. Or name another one.',
    });
  if (schema === null)
    throw new KnownError('No schema of the search_path is there, so the migration tool has no place for its table.', {
      reason: 'refused',
      help: 'Create the schema, or set another search_path for the role or in the URL.',
    });
  const missing = columns.filter((column) => found && !found.includes(column));
  if (missing.length === 0) return { schema, exists: found !== null };
  throw new KnownError(`${schema}.${table.name} is not the table of this tool: it has no ${missing.join(', no ')}.`, {
    reason: 'refused',
    help: `It has ${found?.join(', ')}. Set \`tool\` to the one that applies the migrations there.`,
  });
}

/** A table's name as SQL text. */
export function inSchema(schema: string, table: string): string {
  return `${quote(schema)}.${quote(table)}`;
}

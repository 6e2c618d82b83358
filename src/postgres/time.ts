/**
 * SQL for a moment as milliseconds since 1970: as text it depends on the session's DateStyle (documentation, 8.5.2), which is
 * that of the database's users.
 */
export function milliseconds(moment: string): string {
  return `pg_catalog.floor(extract(epoch FROM ${moment}) * 1000)::float8`;
}

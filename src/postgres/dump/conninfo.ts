/**
 * A database for the argument `--dbname` of a client program: a name that looks like a connection string would be taken
 * for one (documentation, 34.1.1).
 */
export function conninfo(database: string): string {
  return `dbname='${database.replaceAll(/['\\]/g, '\\$&')}'`;
}

import type { Node } from '@pgsql/types';
import type { Statement } from '../../model/statement.ts';
import { parseStatements } from '../parse.ts';
import { quote } from '../quote.ts';

/** A statement about a database itself: its owner, comment, limit, a setting, a grant. */
export interface Property {
  /** For people, without values, which may be secrets: `SET work_mem`. */
  readonly label: string;
  /** For a database of this name. */
  sql(database: string): string;
}

/**
 * What a dump says of the database that it creates, of the SQL that `--create` has written: without that option pg_restore
 * leaves it out (documentation, pg_dump, "--create"). Empty for SQL that creates no database.
 */
export async function propertiesIn(text: string): Promise<Property[]> {
  const statements = await parseStatements({ migration: '', path: '', text }, { start: 0, end: text.length });
  const name = statements.map(({ node }) => createdName(node)).find((each) => each !== undefined);
  if (name === undefined) return [];
  return statements.flatMap((statement) => {
    const label = labelOf(statement.node);
    return label === undefined ? [] : [{ label, sql: (database: string) => renamed(statement, name, database) }];
  });
}

function createdName(node: Node): string | undefined {
  return 'CreatedbStmt' in node ? node.CreatedbStmt.dbname : undefined;
}

function labelOf(node: Node): string | undefined {
  if ('AlterDatabaseSetStmt' in node) return `SET ${node.AlterDatabaseSetStmt.setstmt?.name}`;
  if ('AlterRoleSetStmt' in node && node.AlterRoleSetStmt.database)
    return `SET ${node.AlterRoleSetStmt.setstmt?.name} for ${node.AlterRoleSetStmt.role?.rolename}`;
  if ('AlterDatabaseStmt' in node) return 'CONNECTION LIMIT';
  if ('AlterOwnerStmt' in node && node.AlterOwnerStmt.objectType === 'OBJECT_DATABASE') return 'OWNER';
  if ('CommentStmt' in node && node.CommentStmt.objtype === 'OBJECT_DATABASE') return 'COMMENT';
  if ('GrantStmt' in node && node.GrantStmt.objtype === 'OBJECT_DATABASE')
    return node.GrantStmt.is_grant ? 'GRANT' : 'REVOKE';
  return undefined;
}

/** pg_restore quotes names only where they need it. */
function renamed({ sql }: Statement, from: string, to: string): string {
  const written = [quote(from), from].map(RegExp.escape).join('|');
  return sql.replace(
    new RegExp(`\\b((?:ALTER|ON|IN) DATABASE) (?:${written})(?= )`),
    (_, start: string) => `${start} ${quote(to)}`,
  );
}

import type { Statement } from '../../../model/statement.ts';

/**
 * The first statement that does more than change the schema: rows that it writes, or what it calls, no comparison of schemas
 * tells of, so that nobody knows what taking it back would have to do.
 */
export function beyondSchema(statements: readonly Statement[]): Statement | undefined {
  return statements.find(({ kind }) => !schemaOnly.has(kind));
}

/** Kinds of the parse tree (PostgreSQL, parsenodes.h) that change the catalog of one database, or what only serves speed. */
const schemaOnly: ReadonlySet<string> = new Set([
  ...['CreateStmt', 'AlterTableStmt', 'IndexStmt', 'DropStmt', 'RenameStmt', 'CommentStmt', 'CreateTableAsStmt'],
  ...['ViewStmt', 'RefreshMatViewStmt', 'CreateSeqStmt', 'AlterSeqStmt', 'CreateStatsStmt', 'AlterStatsStmt'],
  ...['CreateFunctionStmt', 'AlterFunctionStmt', 'CreateTrigStmt', 'RuleStmt', 'CreatePolicyStmt', 'AlterPolicyStmt'],
  ...['CreateEnumStmt', 'AlterEnumStmt', 'CompositeTypeStmt', 'CreateDomainStmt', 'AlterDomainStmt', 'CreateRangeStmt'],
  ...['AlterTypeStmt', 'DefineStmt', 'CreateSchemaStmt', 'CreateExtensionStmt', 'AlterObjectSchemaStmt'],
  ...['AlterOwnerStmt', 'AlterObjectDependsStmt', 'GrantStmt', 'AlterDefaultPrivilegesStmt', 'VariableSetStmt'],
  ...['ReindexStmt', 'VacuumStmt'],
]);

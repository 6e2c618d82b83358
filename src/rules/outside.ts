import type { AlterTableType, Node } from '@pgsql/types';
import type { StatementFacts, World } from '../model/rule.ts';
import type { Statement } from '../model/statement.ts';
import { type AlterCommand, alterCommands, columnConstraints } from '../postgres/syntax/alter-table.ts';
import { read } from '../postgres/syntax/node.ts';
import { mentions } from '../postgres/syntax/text.ts';

/** Where a statement can stand as a migration of its own, so that all do what they did. */
export type Side = 'before' | 'after' | 'between';

/**
 * Before its file where it needs nothing that stands in front of it there, after it where nothing behind needs what it
 * does, else between its halves. What cannot be read, such as a DO block, is taken for something that is needed.
 */
export function placeOutside({ statement, index }: StatementFacts, { statements }: World): Side {
  const own = statements.filter((each) => each.statement.migration === statement.migration);
  const needed = (each: StatementFacts) => each.index < index && concerns(each.statement, statement);
  const needing = (each: StatementFacts) => each.index > index && suffers(each.statement, statement);
  if (!own.some(needed)) return 'before';
  return own.some(needing) ? 'between' : 'after';
}

/** Kinds that change neither rows nor what a table's rows may be. */
const idle = /^(VariableSet|VariableShow|Comment|Grant|GrantRole|Lock|Notify|Transaction|Constraints|AlterOwner)Stmt$/;

/** Kinds that do not say what they touch, or touch types that columns have. */
const opaque = /^(Do|Call|Execute|AlterEnum|AlterDomain|CreateExtension|AlterExtension)Stmt$/;

/** Whether one statement speaks of something that the moved one names. */
function concerns({ node, kind }: Statement, moved: Statement): boolean {
  if (idle.test(kind)) return false;
  const drop = read(node, 'DropStmt');
  if (opaque.test(kind) || callsFunctions(node) || drop?.behavior === 'DROP_CASCADE') return true;
  return namesIn(node).some((name) => mentions(moved.sql, name));
}

function callsFunctions(node: Node): boolean {
  return read(node, 'SelectStmt') !== undefined && /"FuncCall"/.test(JSON.stringify(node));
}

/** Names of relations anywhere in a statement, and of the functions, types and other objects that it is about. */
function namesIn(node: Node): string[] {
  const found: string[] = [];
  const [fields = {}] = Object.values(node) as Record<string, unknown>[];
  for (const field of ['funcname', 'typeName', 'domainname', 'object', 'objects', 'func'])
    collect(fields[field], ['sval'], found);
  collect(node, ['relname', 'newname'], found);
  return found;
}

function collect(value: unknown, keys: readonly string[], found: string[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value))
    if (typeof each === 'string' && keys.includes(key)) found.push(each);
    else collect(each, keys, found);
}

/** Whether a statement could fail, or do something else, if the moved one had not been there before. */
function suffers(later: Statement, moved: Statement): boolean {
  if (!concerns(later, moved)) return false;
  const { node } = later;
  const index = read(node, 'IndexStmt');
  if (index) return index.unique === true || /"expr"|"whereClause"/.test(JSON.stringify(index));
  if (read(node, 'ViewStmt')) return false;
  const created = read(node, 'CreateStmt');
  if (created) return created.inhRelations !== undefined;
  const commands = alterCommands(later);
  return commands.length === 0 || commands.some((command) => !isApart(command, moved));
}

const harmless: readonly AlterTableType[] = [
  ...(['AT_ColumnDefault', 'AT_DropNotNull', 'AT_DropConstraint', 'AT_SetStatistics', 'AT_SetStorage'] as const),
  ...(['AT_SetRelOptions', 'AT_ChangeOwner', 'AT_ReplicaIdentity', 'AT_SetCompression'] as const),
];

/** An action of ALTER TABLE that is the same before and after rows are changed. */
function isApart(command: AlterCommand, moved: Statement): boolean {
  const { type, name = '', node } = command;
  if (type === 'AT_AddColumn') {
    const kinds = columnConstraints(command).map(({ contype }) => contype ?? '');
    const known = ['CONSTR_DEFAULT', 'CONSTR_NULL', 'CONSTR_FOREIGN', 'CONSTR_IDENTITY', 'CONSTR_NOTNULL'];
    const isEmpty = kinds.includes('CONSTR_NOTNULL') && kinds.length === 1;
    return kinds.every((kind) => known.includes(kind)) && !isEmpty;
  }
  if (type === 'AT_DropColumn')
    return node.behavior !== 'DROP_CASCADE' && !mentions(moved.sql, name) && !takesWholeRows(moved);
  return harmless.includes(type);
}

/** `o.*`, `to_jsonb(orders)`, a function of the user's: what may read any column without its name. */
function takesWholeRows({ node }: Statement): boolean {
  return /"A_Star"|"FuncCall"/.test(JSON.stringify(node));
}

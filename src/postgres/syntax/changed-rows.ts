import type { Node } from '@pgsql/types';
import type { Statement } from '../../model/statement.ts';
import { nameOf, type WrittenName } from './names.ts';
import { type NodeOf, read, readAll, strings } from './node.ts';
import { isWord, tokensOf } from './text.ts';

/** Rows that an UPDATE or DELETE changes, also inside WITH. */
export interface ChangedRows {
  readonly verb: 'UPDATE' | 'DELETE';
  readonly table: WrittenName;
  /** The condition; absent where there is none, or one that names no column, such as `1 = 1`. */
  readonly where: Node | undefined;
  /** Names that FROM gives to lists of values: `v` in `FROM (VALUES …) AS v`. */
  readonly lists: readonly string[];
  /** It is the whole statement, with no other table, alias, RETURNING or WITH. */
  readonly plain: boolean;
  /** What UPDATE writes: columns with their expressions; an expression for several columns is left out. */
  readonly sets: readonly { readonly column: string; readonly value: Node | undefined }[];
}

/** All UPDATEs and DELETEs of a statement, the outermost first; those of MERGE, too. */
export function changedRows({ node }: Pick<Statement, 'node'>): ChangedRows[] {
  const found: ChangedRows[] = [];
  visit(node, node, found);
  return found;
}

function visit(value: unknown, top: Node, found: ChangedRows[]): void {
  if (typeof value !== 'object' || value === null) return;
  const update = read(value as Node, 'UpdateStmt');
  const remove = read(value as Node, 'DeleteStmt');
  const node = update ?? remove;
  if (node) {
    found.push({
      verb: update ? 'UPDATE' : 'DELETE',
      table: nameOf(node.relation),
      where: saysSomething(node.whereClause) ? node.whereClause : undefined,
      lists: listsIn(update?.fromClause ?? remove?.usingClause),
      plain:
        value === top &&
        !node.withClause &&
        !node.relation?.alias &&
        !(update?.fromClause ?? remove?.usingClause) &&
        !node.returningClause,
      sets: readAll(update?.targetList, 'ResTarget').map(({ name = '', val }) => ({
        column: name,
        value: read(val, 'MultiAssignRef') ? undefined : val,
      })),
    });
  }
  found.push(...merged(read(value as Node, 'MergeStmt')));
  for (const each of Object.values(value)) visit(each, top, found);
}

/** What MERGE changes where it finds a match: rows that its ON and then the WHEN let through. */
function merged(merge: NodeOf<'MergeStmt'> | undefined): ChangedRows[] {
  return readAll(merge?.mergeWhenClauses, 'MergeWhenClause').flatMap(({ matchKind, commandType, condition }) => {
    const verb = commandType === 'CMD_DELETE' ? 'DELETE' : commandType === 'CMD_UPDATE' ? 'UPDATE' : undefined;
    if (verb === undefined || matchKind !== 'MERGE_WHEN_MATCHED') return [];
    const where = [merge?.joinCondition, condition].find(saysSomething);
    return [{ verb, table: nameOf(merge?.relation), where, lists: [], plain: false, sets: [] }];
  });
}

function listsIn(from: readonly Node[] | undefined): string[] {
  return readAll(from, 'RangeSubselect').flatMap(({ subquery, alias }) =>
    read(subquery, 'SelectStmt')?.valuesLists ? (alias?.aliasname ?? []) : [],
  );
}

/** Whether a condition depends on a row, or on anything that could keep rows out. */
function saysSomething(where: Node | undefined): boolean {
  return where !== undefined && /"(ColumnRef|SubLink|FuncCall|CurrentOfExpr|ParamRef)"/.test(JSON.stringify(where));
}

/** Columns that a condition asks to be equal to values that are written out; none where it lets other rows in as well. */
export function columnsOfKey(where: Node | undefined, lists: readonly string[]): string[] {
  const all = read(where, 'BoolExpr');
  if (all) return all.boolop === 'AND_EXPR' ? (all.args ?? []).flatMap((each) => columnsOfKey(each, lists)) : [];
  const equal = read(where, 'A_Expr');
  if (!['AEXPR_OP', 'AEXPR_IN', 'AEXPR_OP_ANY'].includes(equal?.kind ?? '') || strings(equal?.name).at(-1) !== '=')
    return [];
  const isWritten = (side: Node | undefined) =>
    side !== undefined && (!saysSomething(side) || lists.includes(fieldsOf(side).at(-2) ?? ''));
  const [left, right] = [equal?.lexpr, equal?.rexpr];
  const key = isWritten(right) ? left : isWritten(left) ? right : undefined;
  return fieldsOf(key).slice(-1);
}

function fieldsOf(expression: Node | undefined): string[] {
  return strings(read(expression, 'ColumnRef')?.fields);
}

/** The column that a condition asks to be NULL, and nothing else. */
export function columnIsNull(where: Node | undefined): string | undefined {
  const test = read(where, 'NullTest');
  return test?.nulltesttype === 'IS_NULL' ? fieldsOf(test.arg).at(-1) : undefined;
}

/** What stands behind `SET column =`, as written. */
export function firstValue({ sql }: Statement): string {
  const tokens = tokensOf(sql);
  const start = tokens.findIndex(({ text }) => text === '=') + 1;
  let depth = 0;
  const end = tokens.findIndex((token, index) => {
    depth += Number(token.text === '(') - Number(token.text === ')');
    return index > start && depth === 0 && isWord(token, 'WHERE');
  });
  const last = end < 0 ? tokens.at(-1) : tokens[end - 1];
  return sql.slice(tokens[start]?.start, last?.end);
}

import type { Node } from '@pgsql/types';
import { type NodeOf, read, strings } from './node.ts';

/** Whether a condition lets every row pass, as far as its text tells. `isNotNull` knows a column of the table by its name. */
export function isAlwaysTrue(condition: Node | undefined, isNotNull: (column: string) => boolean): boolean {
  const all = read(condition, 'BoolExpr');
  const passes = (each: Node) => isAlwaysTrue(each, isNotNull);
  if (all?.boolop === 'AND_EXPR') return all.args?.every(passes) === true;
  if (all?.boolop === 'OR_EXPR') return all.args?.some(passes) === true;
  const test = read(condition, 'NullTest');
  if (test) return test.nulltesttype === 'IS_NOT_NULL' && hasValue(test.arg, isNotNull);
  return read(condition, 'A_Const')?.boolval?.boolval === true || isEqualToItself(read(condition, 'A_Expr'), isNotNull);
}

/** `id = id`, `1 = 1`. */
function isEqualToItself(equal: NodeOf<'A_Expr'> | undefined, isNotNull: (column: string) => boolean): boolean {
  if (equal?.kind !== 'AEXPR_OP' || !['=', '<=', '>='].includes(strings(equal.name).join('.'))) return false;
  return hasValue(equal.lexpr, isNotNull) && textOf(equal.lexpr) === textOf(equal.rexpr);
}

function hasValue(expression: Node | undefined, isNotNull: (column: string) => boolean): boolean {
  const constant = read(expression, 'A_Const');
  if (constant) return constant.isnull !== true;
  const column = strings(read(expression, 'ColumnRef')?.fields).at(-1);
  return column !== undefined && isNotNull(column);
}

/** The same for what is written the same way, wherever it stands. */
function textOf(expression: Node | undefined): string {
  return JSON.stringify(expression, (key, value) => (key === 'location' ? undefined : value));
}

import type { Node } from '@pgsql/types';
import { hasSqlDetails, loadModule, parseSync } from '../../grammar.ts';
import { compared, listed } from './comparison.ts';
import type { Formula } from './condition.ts';
import { bare, constantOf, constantsOf, lastName, subjectOf } from './terms.ts';

const always: Formula = { all: [] };
const never: Formula = { any: [] };

/** Reads conditions as PostgreSQL writes them. The parser is only loaded where there is one. */
export async function readerOf(
  expressions: Iterable<string>,
): Promise<(expression: string, holds: boolean) => Formula> {
  if (!expressions[Symbol.iterator]().next().done) await loadModule();
  const known = new Map<string, Formula>(); // the same conditions recur in many tables
  return (expression, holds) => {
    const id = `${holds} ${expression}`;
    const formula = known.get(id) ?? parse(expression, holds);
    known.set(id, formula);
    return formula;
  };
}

function parse(expression: string, holds: boolean): Formula {
  const [raw] = statementsOf(`SELECT ${expression}`);
  const select = raw?.stmt && 'SelectStmt' in raw.stmt ? raw.stmt.SelectStmt : undefined;
  const [target] = select?.targetList ?? [];
  return target && 'ResTarget' in target ? formulaOf(target.ResTarget.val, holds) : always;
}

function statementsOf(sql: string) {
  try {
    return parseSync(sql).stmts ?? [];
  } catch (error) {
    if (!hasSqlDetails(error)) throw error;
    return []; // newer than the parser, or not SQL at all: a trigger's condition in another language
  }
}

/** What must hold for the condition to be true, or to be false. */
function formulaOf(wrapped: Node | undefined, holds: boolean): Formula {
  const node = bare(wrapped);
  if (!node) return always;
  if ('BoolExpr' in node) return junction(node.BoolExpr, holds);
  if ('NullTest' in node) return nullTest(node.NullTest, holds);
  if ('BooleanTest' in node) return booleanTest(node.BooleanTest, holds);
  if ('A_Expr' in node) return expression(node.A_Expr, holds);
  if ('FuncCall' in node) return call(node.FuncCall, holds);
  const constant = constantOf(node);
  if (constant === 'true' || constant === 'false') return (constant === 'true') === holds ? always : never;
  const subject = subjectOf(node);
  return subject && !subject.key ? valued(subject.column, String(holds)) : always;
}

function junction({ boolop, args = [] }: Extract<Node, { BoolExpr: unknown }>['BoolExpr'], holds: boolean): Formula {
  if (boolop === 'NOT_EXPR') return formulaOf(args[0], !holds);
  const parts = args.map((each) => formulaOf(each, holds));
  return (boolop === 'AND_EXPR') === holds ? { all: parts } : { any: parts };
}

function nullTest({ arg, nulltesttype }: Extract<Node, { NullTest: unknown }>['NullTest'], holds: boolean): Formula {
  const subject = subjectOf(arg);
  if (!subject) return always;
  const isNull = (nulltesttype === 'IS_NULL') === holds;
  if (subject.key === undefined) return { column: subject.column, limits: { null: isNull } };
  return isNull
    ? always
    : { column: subject.column, limits: { json: { kind: 'object', keys: { [subject.key]: undefined } } } };
}

function booleanTest(
  { arg, booltesttype }: Extract<Node, { BooleanTest: unknown }>['BooleanTest'],
  holds: boolean,
): Formula {
  if (booltesttype === 'IS_UNKNOWN' || booltesttype === 'IS_NOT_UNKNOWN') return always;
  const wanted = booltesttype === 'IS_TRUE' || booltesttype === 'IS_NOT_FALSE';
  return formulaOf(arg, wanted === holds);
}

function valued(column: string, value: string): Formula {
  return { column, limits: { oneOf: [value] } };
}

function expression(expr: Extract<Node, { A_Expr: unknown }>['A_Expr'], holds: boolean): Formula {
  const { kind, lexpr, rexpr } = expr;
  const operator = lastName(expr.name);
  const list = constantsOf(rexpr);
  if (list && (kind === 'AEXPR_OP_ANY' || kind === 'AEXPR_OP_ALL' || kind === 'AEXPR_IN'))
    return listed(subjectOf(lexpr), operator, list, kind !== 'AEXPR_OP_ALL', holds);
  if (kind === 'AEXPR_BETWEEN' || kind === 'AEXPR_NOT_BETWEEN')
    return between(lexpr, rexpr, holds === (kind === 'AEXPR_BETWEEN'));
  if (kind === 'AEXPR_DISTINCT') return compared(lexpr, '<>', rexpr, holds);
  if (kind === 'AEXPR_NOT_DISTINCT') return compared(lexpr, '=', rexpr, holds);
  const known = kind === 'AEXPR_OP' || kind === 'AEXPR_LIKE' || kind === 'AEXPR_ILIKE';
  return known ? (counted(expr, holds) ?? equivalent(expr, holds) ?? compared(lexpr, operator, rexpr, holds)) : always;
}

function between(value: Node | undefined, bounds: Node | undefined, holds: boolean): Formula {
  const [low, high] = bounds && 'List' in bounds ? (bounds.List.items ?? []) : [];
  const ends = [compared(value, '>=', low, holds), compared(value, '<=', high, holds)];
  return holds ? { all: ends } : { any: ends };
}

/** `(a IS NULL) = (b IS NULL)` and `<>` of such. */
function equivalent({ name, lexpr, rexpr }: Extract<Node, { A_Expr: unknown }>['A_Expr'], holds: boolean) {
  const operator = lastName(name);
  if (!isCondition(lexpr) || !isCondition(rexpr) || !['=', '<>'].includes(operator)) return undefined;
  const same = (operator === '=') === holds;
  const pair = (left: boolean): Formula => ({ all: [formulaOf(lexpr, left), formulaOf(rexpr, same === left)] });
  return { any: [pair(true), pair(false)] };
}

function isCondition(wrapped: Node | undefined): boolean {
  const node = bare(wrapped);
  if (!node) return false;
  if ('A_Expr' in node) return /[<>=~]/.test(lastName(node.A_Expr.name)) && !lastName(node.A_Expr.name).startsWith('-');
  return 'NullTest' in node || 'BoolExpr' in node || 'BooleanTest' in node;
}

/** `num_nonnulls(a, b) = 1`, `num_nulls(…)`, `(a IS NULL)::int + (b IS NULL)::int = 1`, and with other comparisons. */
function counted(
  { name, lexpr, rexpr }: Extract<Node, { A_Expr: unknown }>['A_Expr'],
  holds: boolean,
): Formula | undefined {
  const [terms, wanted] = [countedTerms(lexpr), constantOf(rexpr)];
  if (!terms || typeof wanted !== 'string') return undefined;
  const fitting = (chosen: readonly number[]) => accepts(lastName(name), chosen.length, Number(wanted)) === holds;
  const subsets = subsetsOf(terms.length).filter(fitting);
  return {
    any: subsets.map((chosen) => ({ all: terms.map((term, index) => formulaOf(term, chosen.includes(index))) })),
  };
}

/** The conditions whose number is compared. */
function countedTerms(wrapped: Node | undefined): Node[] | undefined {
  const node = bare(wrapped);
  if (!node) return undefined;
  if ('A_Expr' in node && lastName(node.A_Expr.name) === '+') {
    const [left, right] = [countedTerms(node.A_Expr.lexpr), countedTerms(node.A_Expr.rexpr)];
    return left && right && [...left, ...right];
  }
  if ('CaseExpr' in node) return zeroOrOne(node.CaseExpr);
  if (wrapped && 'TypeCast' in wrapped && isCondition(node)) return [node];
  if (!('FuncCall' in node)) return undefined;
  const type = { num_nonnulls: 'IS_NOT_NULL', num_nulls: 'IS_NULL' }[lastName(node.FuncCall.funcname)] as
    | 'IS_NULL'
    | undefined;
  return type && node.FuncCall.args?.map((arg) => ({ NullTest: { arg, nulltesttype: type } }));
}

/** `CASE WHEN a IS NULL THEN 0 ELSE 1 END`. */
function zeroOrOne({ args = [], defresult }: Extract<Node, { CaseExpr: unknown }>['CaseExpr']): Node[] | undefined {
  const [first] = args;
  if (args.length !== 1 || !first || !('CaseWhen' in first) || !first.CaseWhen.expr) return undefined;
  const [then, otherwise] = [constantOf(first.CaseWhen.result), constantOf(defresult)];
  if (then === '1' && otherwise === '0') return [first.CaseWhen.expr];
  if (then !== '0' || otherwise !== '1') return undefined;
  return [{ BoolExpr: { boolop: 'NOT_EXPR', args: [first.CaseWhen.expr] } }];
}

/** All sets of indexes below `size`, as far as there are not too many. */
function subsetsOf(size: number): number[][] {
  if (size > 8) return [[], ...Array.from({ length: size }, (_, index) => [index])];
  return Array.from({ length: 2 ** size }, (_, bits) =>
    Array.from({ length: size }, (_, index) => index).filter((index) => bits & (1 << index)),
  );
}

function accepts(operator: string, count: number, wanted: number): boolean | undefined {
  switch (operator) {
    case '=':
      return count === wanted;
    case '<>':
      return count !== wanted;
    case '<':
      return count < wanted;
    case '<=':
      return count <= wanted;
    case '>':
      return count > wanted;
    case '>=':
      return count >= wanted;
    default:
      return undefined;
  }
}

/** Functions that are conditions. */
function call({ funcname, args = [] }: Extract<Node, { FuncCall: unknown }>['FuncCall'], holds: boolean): Formula {
  const [subject, start] = [subjectOf(args[0]), constantOf(args[1])];
  if (lastName(funcname) !== 'starts_with' || !subject || typeof start !== 'string') return always;
  const source = `^${start.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`;
  return { column: subject.column, limits: { patterns: [{ source, insensitive: false, matches: holds }] } };
}

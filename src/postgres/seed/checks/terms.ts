import type { Node } from '@pgsql/types';

/** What a comparison is about: a column's value, or something measured on it. */
export interface Subject {
  readonly column: string;
  readonly measure: 'value' | 'length' | 'items' | 'json kind' | 'position';
  /** The value of this key of a JSON object. */
  readonly key?: string;
  /** `lower(x)` or `upper(x)`. */
  readonly letters?: 'lower' | 'upper';
  /** `position('@' in x)`: what is looked for. */
  readonly part?: string;
}

/** Stands for the present in comparisons; values before and after it are chosen far away, so that every day gives the same. */
export const present: unique symbol = Symbol('now');

export type Constant = string | null | typeof present | undefined;

const measures: Readonly<Record<string, Subject['measure']>> = {
  length: 'length',
  char_length: 'length',
  character_length: 'length',
  octet_length: 'length',
  cardinality: 'items',
  array_length: 'items',
  jsonb_array_length: 'items',
  json_array_length: 'items',
  jsonb_typeof: 'json kind',
  json_typeof: 'json kind',
};

/** Functions that leave the usual value as it is. */
const transparent = new Set(['btrim', 'ltrim', 'rtrim', 'abs', 'date_trunc', 'timezone', 'round', 'floor']);

/** A node without the casts, collations and row marks around it. */
export function bare(node: Node | undefined): Node | undefined {
  if (node && 'TypeCast' in node) return bare(node.TypeCast.arg);
  if (node && 'CollateClause' in node) return bare(node.CollateClause.arg);
  return node;
}

export function subjectOf(wrapped: Node | undefined): Subject | undefined {
  const node = bare(wrapped);
  if (!node) return undefined;
  if ('ColumnRef' in node) return columnOf(node.ColumnRef.fields ?? []);
  if ('CoalesceExpr' in node) return subjectOf(node.CoalesceExpr.args?.[0]);
  if ('FuncCall' in node) return measured(lastName(node.FuncCall.funcname), node.FuncCall.args ?? []);
  if ('A_Expr' in node && ['->', '->>'].includes(lastName(node.A_Expr.name))) {
    const [inner, key] = [subjectOf(node.A_Expr.lexpr), constantOf(node.A_Expr.rexpr)];
    return inner?.measure === 'value' && typeof key === 'string' ? { ...inner, key } : undefined;
  }
  return undefined;
}

/** `x`, or in a trigger's function `new.x`. */
function columnOf(fields: readonly Node[]): Subject | undefined {
  const names = fields.map((each) => ('String' in each ? (each.String.sval ?? '') : '*'));
  const [first = '*', second] = names;
  const column = second === undefined ? first : first.toLowerCase() === 'new' ? second : '*';
  return column === '*' ? undefined : { column, measure: 'value' };
}

function measured(name: string, args: readonly Node[]): Subject | undefined {
  const inner = args.map(subjectOf).find((each) => each !== undefined);
  if (inner?.measure !== 'value') return undefined;
  const measure = measures[name];
  if (measure) return { ...inner, measure };
  if (name === 'lower' || name === 'upper') return { ...inner, letters: name };
  const part = args.map(constantOf).find((each) => typeof each === 'string');
  if ((name === 'position' || name === 'strpos') && part !== undefined) return { ...inner, measure: 'position', part };
  return transparent.has(name) ? inner : undefined;
}

/** A constant's text, null for NULL, or the present; undefined for everything else. */
export function constantOf(wrapped: Node | undefined): Constant {
  const node = bare(wrapped);
  if (!node) return undefined;
  if ('SQLValueFunction' in node) return present;
  if ('FuncCall' in node) return constantCall(node.FuncCall);
  if ('A_Expr' in node) return calculated(node.A_Expr);
  if (!('A_Const' in node)) return undefined;
  const { isnull, ival, fval, sval, boolval, bsval } = node.A_Const;
  if (isnull) return null;
  if (ival) return String(ival.ival ?? 0);
  if (boolval) return String(boolval.boolval ?? false);
  if (bsval) return (bsval.bsval ?? '').slice(1);
  return fval?.fval ?? sval?.sval ?? '';
}

const presents = new Set(['now', 'clock_timestamp', 'statement_timestamp', 'transaction_timestamp', 'timezone']);

function constantCall({ funcname, args = [] }: Extract<Node, { FuncCall: unknown }>['FuncCall']): Constant {
  const name = lastName(funcname);
  if (name === 'timezone' || name === 'date_trunc')
    return args.some((each) => constantOf(each) === present) ? present : undefined;
  return presents.has(name) ? present : undefined;
}

function calculated({ name, lexpr, rexpr }: Extract<Node, { A_Expr: unknown }>['A_Expr']): Constant {
  const [operator, left, right] = [lastName(name), constantOf(lexpr), constantOf(rexpr)];
  if (!lexpr && operator === '-' && typeof right === 'string') return `-${right}`;
  return left === present && right !== undefined ? present : undefined;
}

/** The constants of `ARRAY[…]`, `(…, …)` or `'{…}'`. */
export function constantsOf(wrapped: Node | undefined): string[] | undefined {
  const node = bare(wrapped);
  if (!node) return undefined;
  if ('A_ArrayExpr' in node) return listOf(node.A_ArrayExpr.elements);
  if ('List' in node) return listOf(node.List.items);
  const text = constantOf(node);
  return typeof text === 'string' && /^\{[^{}"\\]*\}$/.test(text)
    ? text.slice(1, -1).split(',').filter(Boolean)
    : undefined;
}

function listOf(nodes: readonly Node[] = []): string[] {
  return nodes.map(constantOf).filter((each) => typeof each === 'string');
}

/** The unqualified name. */
export function lastName(names: readonly Node[] | undefined): string {
  const last = names?.at(-1);
  return last && 'String' in last ? (last.String.sval ?? '') : '';
}

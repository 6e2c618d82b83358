import type { Node } from '@pgsql/types';
import { parseSync } from '../grammar.ts';
import { nameOfList, type WrittenName } from './names.ts';
import { read, readAll, strings } from './node.ts';

/** What a CREATE FUNCTION or CREATE PROCEDURE says besides its body. */
export interface CreatedFunction {
  readonly name: WrittenName;
  readonly replace: boolean;
  /** Parameters that a call gives values for, in order. */
  readonly inputs: readonly { readonly type: string; readonly optional: boolean }[];
  /** Names of all parameters and of the columns of RETURNS TABLE. */
  readonly names: readonly string[];
}

/** What a statement creates; undefined for others. */
export function createdFunction(node: Node | undefined): CreatedFunction | undefined {
  const created = read(node, 'CreateFunctionStmt');
  if (!created) return undefined;
  const parameters = readAll(created.parameters, 'FunctionParameter');
  const inputs = parameters.filter(({ mode }) => mode !== 'FUNC_PARAM_OUT' && mode !== 'FUNC_PARAM_TABLE');
  return {
    name: nameOfList(created.funcname),
    replace: created.replace === true,
    inputs: inputs.map(({ argType, defexpr, mode }) => ({
      type: `${strings(argType?.names).at(-1)}${argType?.arrayBounds?.length ? '[]' : ''}`,
      optional: defexpr !== undefined || mode === 'FUNC_PARAM_VARIADIC',
    })),
    names: parameters.flatMap(({ name }) => name ?? []),
  };
}

/** The first statement of a text; undefined where PostgreSQL's parser refuses it. */
export function parsed(sql: string): Node | undefined {
  return parsedAll(sql)[0];
}

/** The statements of a text; none where PostgreSQL's parser refuses it. */
export function parsedAll(sql: string): Node[] {
  try {
    return (parseSync(sql).stmts ?? []).flatMap(({ stmt }) => stmt ?? []);
  } catch {
    return [];
  }
}

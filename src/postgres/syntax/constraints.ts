import type { Constraint, ConstrType, Node } from '@pgsql/types';
import type { Statement } from '../../model/statement.ts';
import { type AlterCommand, alterCommands, columnConstraints } from './alter-table.ts';
import { read, readAll, strings } from './node.ts';

/** A constraint that a statement adds to a table. */
export interface AddedConstraint {
  readonly constraint: Constraint;
  readonly type: ConstrType;
  /** Columns it constrains; for a CHECK those its expression names. */
  readonly columns: readonly string[];
  /** The column it stands behind, in ADD COLUMN or CREATE TABLE. */
  readonly inline: string | undefined;
  /** The action it is a part of; absent for CREATE TABLE. */
  readonly command?: AlterCommand;
}

/** Constraints that ALTER TABLE or CREATE TABLE adds, in order, in lines of their own or behind a column. */
export function addedConstraints(statement: Statement, ...types: readonly ConstrType[]): AddedConstraint[] {
  const wanted = ({ type }: AddedConstraint) => types.length === 0 || types.includes(type);
  const altered = alterCommands(statement, 'AT_AddConstraint', 'AT_AddColumn').flatMap((command) => [
    ...(command.constraint ? [{ ...toAdded(command.constraint, undefined), command }] : []),
    ...columnConstraints(command).map((each) => ({ ...toAdded(each, command.name), command })),
  ]);
  return [...altered, ...createdConstraints(read(statement.node, 'CreateStmt')?.tableElts)].filter(wanted);
}

function createdConstraints(elements: readonly Node[] | undefined): AddedConstraint[] {
  return (elements ?? []).flatMap((element) => {
    const column = read(element, 'ColumnDef');
    const constraint = read(element, 'Constraint');
    if (constraint) return [toAdded(constraint, undefined)];
    return readAll(column?.constraints, 'Constraint').map((each) => toAdded(each, column?.colname));
  });
}

function toAdded(constraint: Constraint, inline: string | undefined): AddedConstraint {
  const written = strings(constraint.contype === 'CONSTR_FOREIGN' ? constraint.fk_attrs : constraint.keys);
  const named = constraint.contype === 'CONSTR_CHECK' ? columnsIn(constraint.raw_expr) : written;
  const columns = named.length === 0 && inline !== undefined ? [inline] : named;
  return { constraint, type: constraint.contype ?? 'CONSTR_NULL', columns, inline };
}

/** Names of columns that an expression reads, each once, in order. */
function columnsIn(expression: Node | undefined): string[] {
  const found = new Set<string>();
  visit(expression, found);
  return [...found];
}

function visit(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const each of value) visit(each, found);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const last = read(read(value as Node, 'ColumnRef')?.fields?.at(-1), 'String')?.sval;
  if (last !== undefined) found.add(last);
  else for (const each of Object.values(value)) visit(each, found);
}

/** Names of functions that an expression calls, without schema, each once. */
export function functionsIn(expression: Node | undefined): string[] {
  const found = new Set<string>();
  const visitCalls = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const name = strings(read(value as Node, 'FuncCall')?.funcname).at(-1);
    if (name !== undefined) found.add(name);
    for (const each of Object.values(value)) visitCalls(each);
  };
  visitCalls(expression);
  return [...found];
}

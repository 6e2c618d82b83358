import type { Relation } from '../model/observation.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import { alterCommands, alteredTable } from '../postgres/syntax/alter-table.ts';
import type { AddedConstraint } from '../postgres/syntax/constraints.ts';
import { printIdentifier, printIdentifiers, printName } from '../postgres/syntax/names.ts';
import { strings } from '../postgres/syntax/node.ts';
import { inCatalog } from './constraint.ts';

/** A unique constraint or primary key as an index that is built first, and the constraint that takes it over. */
export interface WithIndex {
  readonly added: AddedConstraint;
  /** CREATE UNIQUE INDEX CONCURRENTLY. */
  readonly index: string;
  /** `ADD CONSTRAINT … UNIQUE USING INDEX …`. */
  readonly action: string;
}

/** Undefined where the index cannot be built first: a partitioned table, WITHOUT OVERLAPS, a name not known. */
export function withIndex(
  facts: StatementFacts,
  added: AddedConstraint,
  table: Relation,
  world: World,
): WithIndex | undefined {
  const { constraint, columns } = added;
  const name = constraint.conname ?? inCatalog(added, table, world)?.name;
  const { without_overlaps, options, indexspace } = constraint;
  if (name === undefined || table.kind !== 'table' || without_overlaps || options || indexspace) return undefined;
  const included = strings(constraint.including);
  const words = [
    `CREATE UNIQUE INDEX CONCURRENTLY ${printIdentifier(name)} ON ${printName(alteredTable(facts.statement))} (${printIdentifiers(columns)})`,
    ...(included.length > 0 ? [`INCLUDE (${printIdentifiers(included)})`] : []),
    ...(constraint.nulls_not_distinct ? ['NULLS NOT DISTINCT'] : []),
  ];
  const kind = added.type === 'CONSTR_PRIMARY' ? 'PRIMARY KEY' : 'UNIQUE';
  const deferred = constraint.initdeferred
    ? ' DEFERRABLE INITIALLY DEFERRED'
    : constraint.deferrable
      ? ' DEFERRABLE'
      : '';
  const action = `ADD CONSTRAINT ${printIdentifier(name)} ${kind} USING INDEX ${printIdentifier(name)}${deferred}`;
  return { added, index: `${words.join(' ')};`, action };
}

/** Whether the statement itself adds one of the columns: then no index can be built before it. */
export function addsColumnOf({ statement }: StatementFacts, { columns }: AddedConstraint): boolean {
  return alterCommands(statement, 'AT_AddColumn').some(({ name }) => name !== undefined && columns.includes(name));
}

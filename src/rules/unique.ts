import type { Relation } from '../model/observation.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import type { Constraint, SchemaObject } from '../model/schema.ts';
import { alterCommands, alteredTable } from '../postgres/syntax/alter-table.ts';
import type { AddedConstraint } from '../postgres/syntax/constraints.ts';
import { printIdentifier, printIdentifiers, printName, splitId } from '../postgres/syntax/names.ts';
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

/** Those whose index can be built first: not of a partitioned table, not WITHOUT OVERLAPS, and the name is known. */
export function withIndexes(
  facts: StatementFacts,
  added: readonly AddedConstraint[],
  table: Relation,
  world: World,
): WithIndex[] {
  if (table.kind !== 'table') return [];
  const known = inCatalog(facts, added, table, world);
  return added.flatMap((each, index) => {
    const { without_overlaps, options, indexspace } = each.constraint;
    const name = each.constraint.conname ?? known[index]?.name;
    if (without_overlaps || options || indexspace || name === undefined) return [];
    return [withIndex(facts, each, { name, indexName: freeName(name, table, world), known: known[index] })];
  });
}

/** The constraint gives its index its own name, which another relation may have until then: the one that is replaced. */
function freeName(name: string, table: Relation, { before }: World): string {
  const { schema } = splitId(table.name);
  const isTaken = before.objects.some((each) => isRelation(each) && each.schema === schema && each.name === name);
  return isTaken ? `${name.slice(0, 59)}_new` : name;
}

function isRelation({ kind }: SchemaObject): boolean {
  return ['table', 'view', 'index', 'sequence'].includes(kind);
}

function withIndex(
  facts: StatementFacts,
  added: AddedConstraint,
  { name, indexName, known }: { name: string; indexName: string; known: Constraint | undefined },
): WithIndex {
  const { constraint, columns } = added;
  const included = strings(constraint.including);
  const words = [
    `CREATE UNIQUE INDEX CONCURRENTLY ${printIdentifier(indexName)} ON ${printName(alteredTable(facts.statement))} (${printIdentifiers(columns)})`,
    ...(included.length > 0 ? [`INCLUDE (${printIdentifiers(included)})`] : []),
    ...(constraint.nulls_not_distinct ? ['NULLS NOT DISTINCT'] : []),
  ];
  const kind = added.type === 'CONSTR_PRIMARY' ? 'PRIMARY KEY' : 'UNIQUE';
  const deferrable = constraint.deferrable || known?.deferrable ? ' DEFERRABLE' : '';
  const deferred = constraint.initdeferred || known?.deferred ? ' INITIALLY DEFERRED' : '';
  const action = `ADD CONSTRAINT ${printIdentifier(name)} ${kind} USING INDEX ${printIdentifier(indexName)}${deferrable}${deferred}`;
  return { added, index: `${words.join(' ')};`, action };
}

/** Whether the statement itself adds one of the columns: then no index can be built before it. */
export function addsColumnOf({ statement }: StatementFacts, { columns }: AddedConstraint): boolean {
  return alterCommands(statement, 'AT_AddColumn').some(({ name }) => name !== undefined && columns.includes(name));
}

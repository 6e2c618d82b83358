import type { Relation } from '../model/observation.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import type { Constraint } from '../model/schema.ts';
import type { Statement } from '../model/statement.ts';
import { alterCommands, alteredTable, alterText } from '../postgres/syntax/alter-table.ts';
import type { AddedConstraint } from '../postgres/syntax/constraints.ts';
import { printIdentifier, printIdentifiers, printName, splitId } from '../postgres/syntax/names.ts';
import { strings } from '../postgres/syntax/node.ts';
import { inCatalog } from './constraint.ts';
import { isRelation } from './schema.ts';

/** A unique constraint or primary key as an index that is built first, and the constraint that takes it over. */
export interface WithIndex {
  readonly added: AddedConstraint;
  /** CREATE UNIQUE INDEX CONCURRENTLY. */
  readonly index: string;
  /** `ADD CONSTRAINT … UNIQUE USING INDEX …`. */
  readonly action: string;
}

/** Those whose index can be built first: not of a partitioned table, not WITHOUT OVERLAPS, and their text and name are known. */
export function withIndexes(
  facts: StatementFacts,
  added: readonly AddedConstraint[],
  table: Relation,
  world: World,
): WithIndex[] {
  if (table.kind !== 'table') return [];
  const known = inCatalog(facts, added, table, world);
  return added.flatMap((each, index) => {
    const name = each.constraint.conname ?? known[index]?.name;
    if (each.constraint.without_overlaps || name === undefined) return [];
    return withIndex(facts, each, { name, indexName: freeName(name, table, world), known: known[index] });
  });
}

/** The constraint gives its index its own name, which another relation may have until then: the one that is replaced. */
function freeName(name: string, table: Relation, { before }: World): string {
  const { schema } = splitId(table.name);
  const isTaken = before.objects.some((each) => isRelation(each) && each.schema === schema && each.name === name);
  return isTaken ? `${name.slice(0, 59)}_new` : name;
}

function withIndex(
  facts: StatementFacts,
  added: AddedConstraint,
  { name, indexName, known }: { name: string; indexName: string; known: Constraint | undefined },
): WithIndex[] {
  const { constraint, columns } = added;
  const included = strings(constraint.including);
  const options = constraint.options && optionsText(added, facts.statement);
  if (constraint.options && options === undefined) return [];
  const words = [
    `CREATE UNIQUE INDEX CONCURRENTLY ${printIdentifier(indexName)} ON ${printName(alteredTable(facts.statement))} (${printIdentifiers(columns)})`,
    ...(included.length > 0 ? [`INCLUDE (${printIdentifiers(included)})`] : []),
    ...(constraint.nulls_not_distinct ? ['NULLS NOT DISTINCT'] : []),
    ...(options === undefined ? [] : [options]),
    ...(constraint.indexspace ? [`TABLESPACE ${printIdentifier(constraint.indexspace)}`] : []),
  ];
  return [{ added, index: `${words.join(' ')};`, action: constraintUsing(added, { name, index: indexName }, known) }];
}

/** `ADD CONSTRAINT … UNIQUE USING INDEX …`; the index gets the constraint's name with that, unless it has it. */
export function constraintUsing(
  { constraint, type }: AddedConstraint,
  { name, index = name }: { readonly name: string; readonly index?: string },
  known?: Constraint,
): string {
  const kind = type === 'CONSTR_PRIMARY' ? 'PRIMARY KEY' : 'UNIQUE';
  const deferrable = constraint.deferrable || known?.deferrable ? ' DEFERRABLE' : '';
  const deferred = constraint.initdeferred || known?.deferred ? ' INITIALLY DEFERRED' : '';
  return `ADD CONSTRAINT ${printIdentifier(name)} ${kind} USING INDEX ${printIdentifier(index)}${deferrable}${deferred}`;
}

/** `WITH (fillfactor = 70)` as it is written. */
function optionsText({ command }: AddedConstraint, statement: Statement): string | undefined {
  const text = command && alterText(statement)?.commands[command.index];
  return text && /\bWITH\s*\([^()]*\)/i.exec(text)?.[0];
}

/** What to do where no SQL can be given. */
export function inWords(facts: StatementFacts, added: readonly AddedConstraint[], table: Relation): string {
  const name = printName(alteredTable(facts.statement));
  if (added.some(({ constraint }) => constraint.without_overlaps))
    return `No online way exists: plan a window, or move the rows of ${name} to a new table that has the constraint.`;
  const build = 'CREATE UNIQUE INDEX CONCURRENTLY outside a transaction';
  const adds = added.some((each) => addsColumnOf(facts, each)) ? 'Add the column by itself before. ' : '';
  return table.kind === 'partitioned table'
    ? `${adds}Build the index of each partition with ${build}, and give it there to ADD CONSTRAINT … USING INDEX: the constraint of ${name} finds them and takes a moment.`
    : `${adds}Build the index with ${build}, and give it to ADD CONSTRAINT … USING INDEX, which takes a moment.`;
}

/** Whether the statement itself adds one of the columns: then no index can be built before it. */
export function addsColumnOf({ statement }: StatementFacts, { columns }: AddedConstraint): boolean {
  return alterCommands(statement, 'AT_AddColumn').some(({ name }) => name !== undefined && columns.includes(name));
}

import type { Relation } from '../model/observation.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import { alterCommands, alteredTable } from '../postgres/syntax/alter-table.ts';
import { columnsThen } from './columns-then.ts';

/** Whether no column of the base has this name just before a statement, so that nobody knows the column yet. */
export function isNewColumn(table: Relation, column: string, facts: StatementFacts, world: World): boolean {
  if (table.kind === 'composite type') return wasAdded(table, column, facts, world);
  return !columnsThen(table, facts, world).has(column);
}

/** An earlier pending statement gave a composite type this attribute. */
function wasAdded({ oid }: Relation, name: string, { index }: StatementFacts, { statements }: World): boolean {
  return statements.slice(0, index).some(({ statement, relation, observation }) => {
    const altered = alteredTable(statement);
    const adds = alterCommands(statement, 'AT_AddColumn').some((command) => command.name === name);
    return adds && !observation.error && relation(altered.schema, altered.name)?.oid === oid;
  });
}

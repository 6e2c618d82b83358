import type { Relation } from '../../model/observation.ts';
import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import { objectsOf } from '../../model/schema.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { alteredInUse } from '../in-use.ts';
import { isNewColumn } from '../new-column.ts';
import { columnsBefore } from '../schema.ts';

export const rule: Rule = {
  id: 'change-default',
  severity: 'warning',
  what: 'The default of a NOT NULL column is dropped on a table that is in use.',
  why: 'Running code that leaves the column out of its INSERTs fails from then on: also code that does not know it yet, where the column is new.',
  instead: 'Keep the default until all code that is running gives a value; drop it in a later release.',
  sources: ['PostgreSQL documentation, INSERT', 'strong_migrations: change_column_default'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const table = alteredInUse(facts);
      if (!table) return [];
      return alterCommands(facts.statement, 'AT_ColumnDefault').flatMap(({ name = '', node }) =>
        node.def || !hadDefault(table, name, facts, world) || !mustBeGiven(table, name, world)
          ? []
          : [
              {
                message: `Without its default, ${name} must be given by every INSERT into ${table.name}: running code that leaves it out fails.`,
                relations: [table.name],
                instead: {
                  text: `Drop the default of ${name} in a later release, when all running code gives a value.`,
                },
              },
            ],
      );
    },
  },
};

/** Otherwise there is nothing to drop. */
function hadDefault(table: Relation, name: string, facts: StatementFacts, world: World): boolean {
  return columnsBefore(table, world).get(name)?.default !== undefined || isNewColumn(table, name, facts, world);
}

/** At the end the column has neither a default, nor an identity, nor room for NULL. */
function mustBeGiven({ oid }: Relation, name: string, { after }: World): boolean {
  const column = [...objectsOf(after, 'column').values()].find((each) => each.oid === oid && each.name === name);
  return (
    column?.notNull === true && [column.default, column.identity, column.generated].every((each) => each === undefined)
  );
}

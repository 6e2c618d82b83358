import type { Rule } from '../../model/rule.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { addedKind } from '../column.ts';
import { alteredInUse, blockingOf, isRewritten } from '../effect.ts';

export const rule: Rule = {
  id: 'add-identity',
  severity: 'error',
  what: 'An identity column is added to a table that is in use.',
  why: 'Every row gets a number of its own: the whole table and its indexes are rewritten while nobody can read or write it.',
  instead: 'Add a nullable column, number the old rows in batches, then make it NOT NULL and an identity.',
  sources: ['PostgreSQL documentation, 5.3', 'pgsafe add-column-identity'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts) {
      const table = alteredInUse(facts);
      if (!table) return [];
      return alterCommands(facts.statement, 'AT_AddColumn').flatMap((command) => {
        const column = command.name ?? '';
        if (!(addedKind(command) === 'identity' && isRewritten(table.name, facts.observation))) return [];
        const blocking = blockingOf(table.name, facts.observation);
        return [
          {
            message: `Adding the identity column ${column} numbers every row of ${table.name} and rewrites it.`,
            relations: [table.name],
            ...(blocking && { blocking }),
            instead: {
              text: `Add ${column} as a plain bigint, number the rows in batches, then SET NOT NULL and ADD GENERATED AS IDENTITY.`,
            },
          },
        ];
      });
    },
  },
};

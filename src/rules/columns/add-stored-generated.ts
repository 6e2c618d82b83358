import type { Rule } from '../../model/rule.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { addedKind } from '../column.ts';
import { alteredInUse, blockingOf, isRewritten } from '../effect.ts';

export const rule: Rule = {
  id: 'add-stored-generated',
  severity: 'error',
  what: 'A stored generated column is added to a table that is in use.',
  why: 'Its value is computed for every row: the whole table and its indexes are rewritten while nobody can read or write it.',
  instead:
    'Keep a plain column up to date by a trigger and fill it in batches, or compute it when it is read; PostgreSQL 18 has VIRTUAL columns.',
  sources: ['PostgreSQL documentation, 5.4', 'strong_migrations add_column_generated_stored'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts) {
      const table = alteredInUse(facts);
      if (!table) return [];
      return alterCommands(facts.statement, 'AT_AddColumn').flatMap((command) => {
        const column = command.name ?? '';
        if (!(addedKind(command) === 'generated' && isRewritten(table.name, facts.observation))) return [];
        const blocking = blockingOf(table.name, facts.observation);
        return [
          {
            message: `Adding the stored generated column ${column} rewrites ${table.name}.`,
            relations: [table.name],
            ...(blocking && { blocking }),
            instead: {
              text: 'A VIRTUAL generated column (PostgreSQL 18) or a view costs nothing; a plain column with a trigger can be filled in batches.',
            },
          },
        ];
      });
    },
  },
};

import type { Rule } from '../../model/rule.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { typeText } from '../column.ts';
import { alteredInUse, blockingOf, isRewritten } from '../effect.ts';

export const rule: Rule = {
  id: 'type-rewrite',
  severity: 'error',
  what: 'A column gets another type that its stored values do not have, so that every row is converted.',
  why: 'The whole table and its indexes are rewritten while nobody can read or write it.',
  instead: 'Add a column of the new type, keep both in step, fill it in batches, and switch over.',
  sources: [
    'PostgreSQL documentation, ALTER TABLE, Notes',
    'strong_migrations change_column',
    'eugene E5',
    'squawk changing-column-type',
  ],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts) {
      const table = alteredInUse(facts);
      if (!table || !isRewritten(table.name, facts.observation)) return [];
      return alterCommands(facts.statement, 'AT_AlterColumnType').map((command) => {
        const blocking = blockingOf(table.name, facts.observation);
        return {
          message: `Changing ${command.name} to ${typeText(command, facts.statement)} rewrites ${table.name} and its indexes.`,
          relations: [table.name],
          ...(blocking && { blocking }),
          instead: {
            text: `Add a column of the new type, keep it in step with ${command.name} by a trigger, fill it in batches, then swap the names in one short transaction.`,
          },
        };
      });
    },
  },
};

import type { Rule } from '../../model/rule.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { alteredInUse, blockingOf, isRewritten } from '../effect.ts';

export const rule: Rule = {
  id: 'type-rebuilds-index',
  severity: 'error',
  what: 'A type or collation change rebuilds indexes or reads every row, though the table itself is not rewritten.',
  why: 'Nobody can read or write the table meanwhile.',
  instead:
    'Build what is needed concurrently on a new column, or drop the check, change the type, and add the check as NOT VALID.',
  sources: ['PostgreSQL documentation, ALTER TABLE, Notes'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts) {
      const table = alteredInUse(facts);
      if (!table || isRewritten(table.name, facts.observation) || !facts.observation.scanned.includes(table.name))
        return [];
      const blocking = blockingOf(table.name, facts.observation);
      return alterCommands(facts.statement, 'AT_AlterColumnType').map(({ name }) => ({
        message: `Changing the type of ${name} reads all of ${table.name}, to build an index anew or to check a constraint again.`,
        relations: [table.name],
        ...(blocking && { blocking }),
      }));
    },
  },
};

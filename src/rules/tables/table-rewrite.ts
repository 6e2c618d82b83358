import type { Rule } from '../../model/rule.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { alteredInUse, blockingOf, isRewritten } from '../effect.ts';

export const rule: Rule = {
  id: 'table-rewrite',
  severity: 'error',
  what: 'SET LOGGED, SET UNLOGGED, SET ACCESS METHOD, SET TABLESPACE, a changed generation expression or another action writes the whole table anew.',
  why: 'Nobody can read or write the table meanwhile.',
  instead: 'Do it in a maintenance window, or move the rows to a new table step by step.',
  sources: ['PostgreSQL documentation, ALTER TABLE', 'pgfence set-logged-unlogged', 'safe-migrate'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts) {
      const table = alteredInUse(facts);
      if (!table || !isRewritten(table.name, facts.observation)) return [];
      const told = ['AT_AddColumn', 'AT_AlterColumnType'] as const;
      if (alterCommands(facts.statement, ...told).length > 0) return [];
      const blocking = blockingOf(table.name, facts.observation);
      return [
        {
          message: `The statement rewrites ${table.name} and its indexes.`,
          relations: [table.name],
          ...(blocking && { blocking }),
        },
      ];
    },
  },
};

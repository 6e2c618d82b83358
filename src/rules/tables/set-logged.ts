import type { Rule } from '../../model/rule.ts';
import { costs, rewrittenBy } from '../observed.ts';

export const rule: Rule = {
  id: 'set-logged',
  severity: 'error',
  what: 'A table that is in use becomes LOGGED or UNLOGGED.',
  why: 'The whole table and its indexes are written anew while nobody can read or write it.',
  instead: 'Do it in a maintenance window, or create the table as it shall be and move the rows.',
  sources: ['PostgreSQL documentation, ALTER TABLE, SET LOGGED', 'pgfence: set-logged-unlogged'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const seen = rewrittenBy(facts, world, 'AT_SetLogged', 'AT_SetUnLogged');
      if (!seen) return [];
      const message = `Changing whether ${seen.table.name} is logged writes it and its indexes anew.`;
      return [{ message, ...costs(seen) }];
    },
  },
};

import type { Rule } from '../../model/rule.ts';
import { costs, rewrittenBy } from '../observed.ts';

export const rule: Rule = {
  id: 'set-access-method',
  severity: 'error',
  what: 'A table that is in use gets another access method.',
  why: 'The whole table and its indexes are written anew while nobody can read or write it.',
  instead: 'Do it in a maintenance window, or create the table as it shall be and move the rows.',
  majors: { from: 15 },
  sources: ['PostgreSQL documentation, ALTER TABLE, SET ACCESS METHOD', 'pgsafe: set-access-method'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const seen = rewrittenBy(facts, world, 'AT_SetAccessMethod');
      if (!seen) return [];
      const message = `The other access method writes ${seen.table.name} and its indexes anew.`;
      return [{ message, ...costs(seen) }];
    },
  },
};

import type { Rule } from '../../model/rule.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { costs, rewrittenBy } from '../observed.ts';

export const rule: Rule = {
  id: 'set-expression',
  severity: 'error',
  what: 'A stored generated column of a table that is in use gets another expression.',
  why: 'It is computed anew for every row: the whole table and its indexes are rewritten while nobody can read or write it.',
  instead: 'Add a plain column that a trigger keeps up to date, fill it in batches, and let it take the name.',
  majors: { from: 17 },
  sources: ['PostgreSQL documentation, ALTER TABLE, SET EXPRESSION', 'PostgreSQL 17 release notes'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const names = alterCommands(facts.statement, 'AT_SetExpression').map(({ name }) => name);
      const seen = rewrittenBy(facts, world, 'AT_SetExpression');
      if (!seen) return [];
      return [
        {
          message: `The new expression of ${names.join(', ')} is computed for every row of ${seen.table.name}, which is rewritten.`,
          ...costs(seen),
          instead: {
            text: `Add a plain column beside ${names.join(', ')} that a trigger keeps up to date, fill it in batches, then let it take the name.`,
          },
        },
      ];
    },
  },
};

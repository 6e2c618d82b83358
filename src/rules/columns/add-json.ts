import type { Rule } from '../../model/rule.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { typeName } from '../column.ts';
import { alteredInUse } from '../effect.ts';

export const rule: Rule = {
  id: 'add-json',
  severity: 'warning',
  what: 'A column of type json is added.',
  why: 'json has no equality: SELECT DISTINCT, GROUP BY and UNION over the column fail.',
  instead: 'Use jsonb.',
  sources: ['PostgreSQL documentation, 8.14', 'strong_migrations add_column_json', 'eugene E3'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts) {
      const table = alteredInUse(facts);
      if (!table) return [];
      return alterCommands(facts.statement, 'AT_AddColumn').flatMap((command) => {
        if (typeName(command) !== 'json') return [];
        const message = `${command.name} is of type json, which has no equality: SELECT DISTINCT on ${table.name} fails from then on.`;
        return [{ message, relations: [table.name], instead: { text: 'Use jsonb.' } }];
      });
    },
  },
};

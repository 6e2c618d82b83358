import type { Rule } from '../../model/rule.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { typeName } from '../../postgres/syntax/columns.ts';
import { alteredInUse } from '../in-use.ts';

export const rule: Rule = {
  id: 'add-json',
  severity: 'warning',
  what: 'A column of type json is added to a table that is in use.',
  why: 'json has no equality: SELECT DISTINCT, GROUP BY and UNION that take all columns fail from then on.',
  instead: 'Use jsonb.',
  sources: ['PostgreSQL documentation, 8.14 "JSON Types"', 'strong_migrations: add_column_json', 'eugene: E3'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts) {
      const table = alteredInUse(facts);
      if (!table) return [];
      return alterCommands(facts.statement, 'AT_AddColumn').flatMap((command) => {
        if (typeName(command) !== 'json') return [];
        const message = `${command.name} is of type json, which has no equality: SELECT DISTINCT and UNION over all columns of ${table.name} fail from then on.`;
        return [{ message, relations: [table.name], instead: { text: `Make ${command.name} a jsonb.` } }];
      });
    },
  },
};

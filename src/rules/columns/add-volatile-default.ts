import type { Rule } from '../../model/rule.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { printIdentifier } from '../../postgres/syntax/names.ts';
import { addedKind, defaultText, typeText } from '../column.ts';
import { alteredInUse, blockingOf, isRewritten, sqlName } from '../effect.ts';

export const rule: Rule = {
  id: 'add-volatile-default',
  severity: 'error',
  what: 'A column is added with a default that PostgreSQL must compute for every row, such as random() or gen_random_uuid().',
  why: 'The whole table and its indexes are rewritten while nobody can read or write it.',
  instead: 'Add the column without default, set the default for new rows, and fill the old ones in batches.',
  sources: [
    'PostgreSQL documentation, ALTER TABLE, Notes',
    'eugene E10',
    'strong_migrations add_column_default_callable',
    'squawk adding-field-with-default',
  ],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts) {
      const table = alteredInUse(facts);
      if (!table) return [];
      return alterCommands(facts.statement, 'AT_AddColumn').flatMap((command) => {
        const column = command.name ?? '';
        if (!(addedKind(command) === 'volatile default' && isRewritten(table.name, facts.observation))) return [];
        const blocking = blockingOf(table.name, facts.observation);
        return [
          {
            message: `Adding ${column} with a default that is computed for each row rewrites ${table.name}.`,
            relations: [table.name],
            ...(blocking && { blocking }),
            instead: {
              text: 'Then fill the rows that are there in batches, outside the migration, before the column is relied on.',
              migrations: [
                {
                  sql: `ALTER TABLE ${sqlName(table.name)} ADD COLUMN ${printIdentifier(column)} ${typeText(command, facts.statement)};`,
                  outsideTransaction: false,
                },
                {
                  sql: `ALTER TABLE ${sqlName(table.name)} ALTER COLUMN ${printIdentifier(column)} SET DEFAULT ${defaultText(command, facts.statement)};`,
                  outsideTransaction: false,
                },
              ],
            },
          },
        ];
      });
    },
  },
};

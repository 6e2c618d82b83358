import type { Rule } from '../../model/rule.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { printIdentifier } from '../../postgres/syntax/names.ts';
import { addedKind } from '../column.ts';
import { alteredInUse, blockingOf, isRewritten, sqlName } from '../effect.ts';

export const rule: Rule = {
  id: 'add-serial',
  severity: 'error',
  what: 'A serial column is added to a table that is in use.',
  why: 'Every row gets a number of its own: the whole table and its indexes are rewritten while nobody can read or write it.',
  instead: 'Add a plain column and a sequence, set the default for new rows, and number the old ones in batches.',
  sources: ['PostgreSQL documentation, 8.1.4', 'eugene E11', 'strong_migrations add_column_auto_incrementing'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts) {
      const table = alteredInUse(facts);
      if (!table) return [];
      return alterCommands(facts.statement, 'AT_AddColumn').flatMap((command) => {
        const column = command.name ?? '';
        if (!(addedKind(command) === 'serial' && isRewritten(table.name, facts.observation))) return [];
        const blocking = blockingOf(table.name, facts.observation);
        return [
          {
            message: `Adding the serial column ${column} numbers every row of ${table.name} and rewrites it.`,
            relations: [table.name],
            ...(blocking && { blocking }),
            instead: {
              text: 'Then number the rows that are there in batches.',
              migrations: [
                {
                  sql: `CREATE SEQUENCE ${sqlName(`${table.name}_${column}_seq`)};\nALTER TABLE ${sqlName(table.name)} ADD COLUMN ${printIdentifier(column)} bigint;\nALTER TABLE ${sqlName(table.name)} ALTER COLUMN ${printIdentifier(column)} SET DEFAULT nextval('${sqlName(`${table.name}_${column}_seq`).replaceAll("'", "''")}');`,
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

import type { Rule } from '../../model/rule.ts';
import { printIdentifier } from '../../postgres/syntax/names.ts';
import { addInSteps } from '../backfill.ts';
import { rewritingColumns } from '../column.ts';
import { costs } from '../observed.ts';

export const rule: Rule = {
  id: 'add-volatile-default',
  severity: 'error',
  what: 'A column is added with a default that PostgreSQL must compute for every row, such as random() or gen_random_uuid().',
  why: 'The whole table and its indexes are rewritten while nobody can read or write it. A constant, or now(), costs nothing.',
  instead: 'Add the column without default, set the default for new rows, and fill the old ones in batches.',
  sources: [
    'PostgreSQL documentation, ALTER TABLE, Notes',
    'eugene: E10',
    'strong_migrations: add_column_default_callable',
    'pg-migration-lint: PGM006',
  ],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      return rewritingColumns(facts, world, 'computed default').map((column) => {
        const actions = [`ALTER COLUMN ${printIdentifier(column.name)} SET DEFAULT ${column.default}`];
        const migrations = addInSteps(column, { type: column.type, actions }, world.major);
        return {
          message: `Adding ${column.name} with the default ${column.default}, which is computed for each row, rewrites ${column.observed.rewritten.join(', ')}.`,
          ...costs(column.observed),
          instead: {
            text: 'New rows get the default at once, old ones in batches; let code rely on it when they are filled.',
            ...(migrations && { migrations }),
          },
        };
      });
    },
  },
};

import type { Rule } from '../../model/rule.ts';
import { rewritingColumns } from '../column.ts';
import { costs } from '../observed.ts';

export const rule: Rule = {
  id: 'add-stored-generated',
  severity: 'error',
  what: 'A stored generated column is added to a table that is in use.',
  why: 'Its value is computed for every row: the whole table and its indexes are rewritten while nobody can read or write it.',
  instead:
    'Keep a plain column up to date by a trigger and fill it in batches, or compute it when it is read; PostgreSQL 18 has VIRTUAL columns.',
  sources: [
    'PostgreSQL documentation, 5.4 "Generated Columns"',
    'strong_migrations: add_column_generated_stored',
    'eugene: E11',
  ],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      return rewritingColumns(facts, world, 'stored').map(({ name, observed }) => ({
        message: `Adding the stored generated column ${name} computes it for every row of ${observed.table.name} and rewrites it.`,
        ...costs(observed),
        instead: {
          text:
            world.major >= 18
              ? 'VIRTUAL instead of STORED costs nothing: it is computed when it is read. Or let a trigger keep a plain column up to date, and fill it in batches.'
              : 'Let a trigger keep a plain column up to date, and fill it in batches.',
        },
      }));
    },
  },
};

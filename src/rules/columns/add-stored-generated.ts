import type { Rule, World } from '../../model/rule.ts';
import { columnConstraints } from '../../postgres/syntax/alter-table.ts';
import { type AddedColumn, rewritingColumns } from '../column.ts';
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
      return rewritingColumns(facts, world, 'stored').map((column) => ({
        message: `Adding the stored generated column ${column.name} computes it for every row of ${column.observed.table.name} and rewrites it.`,
        ...costs(column.observed),
        instead: { text: insteadOf(column, world) },
      }));
    },
  },
};

/** VIRTUAL columns have neither indexes nor foreign keys (documentation, 5.4, "Generated Columns"). */
function insteadOf({ command, notNull }: AddedColumn, { major }: World): string {
  const trigger = 'et a trigger keep a plain column up to date, and fill it in batches.';
  const bound = columnConstraints(command).some(({ contype }) => needsStored.includes(contype ?? ''));
  if (major < 18 || bound) return `L${trigger}`;
  const virtual = notNull
    ? 'VIRTUAL instead of STORED rewrites nothing: it is computed when it is read. Leave NOT NULL out there, which reads every row; add it as NOT VALID and validate it in a later migration.'
    : 'VIRTUAL instead of STORED costs nothing: it is computed when it is read.';
  return `${virtual} Or l${trigger}`;
}

const needsStored = ['CONSTR_PRIMARY', 'CONSTR_UNIQUE', 'CONSTR_FOREIGN'];

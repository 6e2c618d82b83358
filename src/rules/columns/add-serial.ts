import type { Rule, World } from '../../model/rule.ts';
import { objectsOf } from '../../model/schema.ts';
import { printId, printIdentifier } from '../../postgres/syntax/names.ts';
import { addInSteps } from '../backfill.ts';
import { type AddedColumn, rewritingColumns } from '../column.ts';
import { costs } from '../observed.ts';
import { inTransaction, type Steps } from '../steps.ts';

export const rule: Rule = {
  id: 'add-serial',
  severity: 'error',
  what: 'A serial column is added to a table that is in use.',
  why: 'Every row gets a number of its own: the whole table and its indexes are rewritten while nobody can read or write it.',
  instead: 'Add a plain column and a sequence, set the default for new rows, and number the old ones in batches.',
  sources: [
    'PostgreSQL documentation, 8.1.4 "Serial Types"',
    'eugene: E11',
    'strong_migrations: add_column_auto_incrementing',
  ],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      return rewritingColumns(facts, world, 'serial').map((column) => {
        const migrations = numbered(column, world);
        return {
          message: `Adding the serial column ${column.name} numbers every row of ${column.observed.table.name} and rewrites it.`,
          ...costs(column.observed),
          instead: {
            text: 'New rows are numbered at once, old ones in batches.',
            ...(migrations && { migrations }),
          },
        };
      });
    },
  },
};

/** What serial stands for, step by step. */
function numbered(column: AddedColumn, world: World): Steps | undefined {
  const { name, observed } = column;
  const id = `${observed.table.name}.${name}`;
  const owned = [...objectsOf(world.after, 'sequence').values()].find(({ ownedBy }) => ownedBy === id);
  if (!owned) return undefined;
  const sequence = printId(owned.id);
  const steps = addInSteps(
    { ...column, notNull: true },
    {
      type: owned.type,
      before: [`CREATE SEQUENCE ${sequence} AS ${owned.type};`],
      actions: [`ALTER COLUMN ${printIdentifier(name)} SET DEFAULT nextval('${sequence.replaceAll("'", "''")}')`],
    },
    world.major,
  );
  const owns = `ALTER SEQUENCE ${sequence} OWNED BY ${printId(observed.table.name)}.${printIdentifier(name)};`;
  return steps && [...steps, inTransaction(owns)];
}

import type { Rule, World } from '../../model/rule.ts';
import { columnConstraints } from '../../postgres/syntax/alter-table.ts';
import { printId, printIdentifier, printName, splitId } from '../../postgres/syntax/names.ts';
import { addInSteps } from '../backfill.ts';
import { type AddedColumn, rewritingColumns } from '../column.ts';
import { costs } from '../observed.ts';
import { inTransaction, type Steps } from '../steps.ts';

export const rule: Rule = {
  id: 'add-identity',
  severity: 'error',
  what: 'An identity column is added to a table that is in use.',
  why: 'Every row gets a number of its own: the whole table and its indexes are rewritten while nobody can read or write it.',
  instead: 'Add a nullable column, number the old rows in batches, then make it NOT NULL and an identity.',
  sources: ['PostgreSQL documentation, 5.3 "Identity Columns"', 'pgsafe: add-column-identity'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      return rewritingColumns(facts, world, 'identity').map((column) => {
        const migrations = numbered(column, world);
        return {
          message: `Adding the identity column ${column.name} numbers every row of ${column.observed.table.name} and rewrites it.`,
          ...costs(column.observed),
          instead: {
            text: 'A sequence of its own numbers new rows at once and old ones in batches, then the identity takes over.',
            ...(migrations && { migrations }),
          },
        };
      });
    },
  },
};

/** Numbers from a sequence for the time being, and at the end the identity instead of it. */
function numbered(column: AddedColumn, { major }: World): Steps | undefined {
  const identity = columnConstraints(column.command).find(({ contype }) => contype === 'CONSTR_IDENTITY');
  if (!identity || (identity.options ?? []).length > 0) return undefined;
  const { schema, name: table } = splitId(column.observed.table.name);
  const sequence = printName({ schema, name: `${table}_${column.name}_fill` });
  const [target, whole] = [printIdentifier(column.name), printId(column.observed.table.name)];
  const actions = [`ALTER COLUMN ${target} SET DEFAULT nextval('${literal(sequence)}')`];
  const before = [`CREATE SEQUENCE ${sequence};`];
  const steps = addInSteps({ ...column, notNull: true }, { type: column.type, before, actions }, major);
  const when = identity.generated_when === 'd' ? 'BY DEFAULT' : 'ALWAYS';
  return (
    steps && [
      ...steps,
      inTransaction(
        `ALTER TABLE ${whole} ALTER COLUMN ${target} DROP DEFAULT, ALTER COLUMN ${target} ADD GENERATED ${when} AS IDENTITY;`,
        `SELECT setval(pg_get_serial_sequence('${literal(whole)}', '${literal(column.name)}'), nextval('${literal(sequence)}'));`,
        `DROP SEQUENCE ${sequence};`,
      ),
    ]
  );
}

function literal(text: string): string {
  return text.replaceAll("'", "''");
}

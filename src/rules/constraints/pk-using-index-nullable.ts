import type { Constraint } from '@pgsql/types';
import type { Rule, World } from '../../model/rule.ts';
import { objectsOf, type Snapshot } from '../../model/schema.ts';
import { addedConstraints } from '../../postgres/syntax/constraints.ts';
import { notNullPlan } from '../not-null.ts';
import { blockingAlter } from '../observed.ts';
import { columnsBefore } from '../schema.ts';
import { inTransaction, suggesting } from '../steps.ts';

export const rule: Rule = {
  id: 'pk-using-index-nullable',
  severity: 'error',
  what: 'PRIMARY KEY USING INDEX on columns that may be NULL.',
  why: 'The index is there, but each column becomes NOT NULL on the way: every row is searched for NULL under ACCESS EXCLUSIVE.',
  instead: 'Make the columns NOT NULL first, in steps that let everybody work.',
  sources: ['PostgreSQL documentation, ALTER TABLE, ADD table_constraint_using_index', 'eugene: W14', 'atlas: PG304'],
  covers: ['statement-after-access-exclusive'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const altered = blockingAlter(facts);
      const [added] = addedConstraints(facts.statement, 'CONSTR_PRIMARY').filter(
        ({ constraint }) => constraint.indexname,
      );
      if (!altered || !added) return [];
      const known = columnsBefore(altered.table, world);
      const nullable = keysOf(added.constraint, world).filter((column) => !known.get(column)?.notNull);
      const { name } = altered;
      const plan = notNullPlan(
        name,
        nullable.map((column) => ({ column })),
        world.major,
      );
      const steps = [`ALTER TABLE ${name} ${plan.first.join(', ')};`, ...plan.following, `${facts.statement.sql};`];
      return [
        {
          message: `The primary key makes ${nullable.join(', ')} NOT NULL and reads all of ${name} for it while nobody can use the table.`,
          relations: altered.tables,
          blocking: { what: 'reads and writes', during: 'scan' },
          instead: suggesting(nullable.length > 0 ? steps.map((sql) => inTransaction(sql)) : []),
        },
      ];
    },
  },
};

/** Columns of the index that becomes the key; afterwards it has the constraint's name. */
function keysOf({ indexname, conname = indexname }: Constraint, { before, after }: World): string[] {
  const find = (snapshot: Snapshot, wanted: string | undefined) =>
    [...objectsOf(snapshot, 'index').values()].find(({ name }) => name === wanted);
  const index = find(before, indexname) ?? find(after, conname);
  return (index?.columns ?? []).map((column) => column.replace(/^"(.*)"$/, '$1'));
}

import type { Relation } from '../../model/observation.ts';
import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import { alteredTable, alterText, withCommands } from '../../postgres/syntax/alter-table.ts';
import { type AddedConstraint, addedConstraints } from '../../postgres/syntax/constraints.ts';
import { printName } from '../../postgres/syntax/names.ts';
import { notNullPlan } from '../not-null.ts';
import { blockingAlter } from '../observed.ts';
import { columnsBefore } from '../schema.ts';
import { inTransaction, outsideTransaction, type Steps, suggesting } from '../steps.ts';
import { addsColumnOf, inWords, withIndexes } from '../unique.ts';
import { onPartitions } from '../unique-partitioned.ts';

export const rule: Rule = {
  id: 'add-primary-key',
  severity: 'error',
  what: 'ADD PRIMARY KEY, or a new column that is one, on a table that is in use.',
  why: 'It holds ACCESS EXCLUSIVE until its index is built and its columns are searched for NULL: nobody reads or writes meanwhile.',
  instead:
    'Make the columns NOT NULL in steps, CREATE UNIQUE INDEX CONCURRENTLY outside a transaction, then ADD CONSTRAINT … PRIMARY KEY USING INDEX.',
  sources: [
    'PostgreSQL documentation, ALTER TABLE, ADD table_constraint_using_index',
    'squawk: adding-serial-primary-key-field',
    'atlas: PG104',
    'pg-migration-lint: PGM016',
  ],
  covers: ['statement-after-access-exclusive'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const altered = blockingAlter(facts);
      const [added] = addedConstraints(facts.statement, 'CONSTR_PRIMARY').filter(
        ({ constraint }) => !constraint.indexname,
      );
      if (!altered || !added) return [];
      const migrations = steps(facts, added, altered.table, world);
      return [
        {
          message: `Adding the primary key (${added.columns.join(', ')}) keeps everybody from ${altered.name} until its index is built.`,
          relations: altered.tables,
          blocking: { what: 'reads and writes', during: 'index build' },
          instead:
            migrations.length > 0
              ? suggesting(migrations, world.outsideTransaction)
              : { text: inWords(facts, [added], altered.table) },
        },
      ];
    },
  },
};

function steps(facts: StatementFacts, added: AddedConstraint, table: Relation, world: World): Steps {
  if (!added.command || addsColumnOf(facts, added)) return [];
  const built = takeover(facts, added, table, world);
  if (built.length === 0) return [];
  const known = columnsBefore(table, world);
  const nullable = added.columns.filter((column) => !known.get(column)?.notNull).map((column) => ({ column }));
  const name = printName(alteredTable(facts.statement));
  const plan = notNullPlan(name, nullable, world.major);
  const first = nullable.length > 0 ? [`ALTER TABLE ${name} ${plan.first.join(', ')};`, ...plan.following] : [];
  return [...first.map((sql) => inTransaction(sql)), ...built];
}

function takeover(facts: StatementFacts, added: AddedConstraint, table: Relation, world: World): Steps {
  const text = alterText(facts.statement);
  const [ready] = withIndexes(facts, [added], table, world);
  if (!text || !ready || !added.command) return onPartitions(facts, [added], table, world);
  const last = withCommands(text, new Map([[added.command.index, ready.action]]));
  return [outsideTransaction(ready.index), inTransaction(last)];
}

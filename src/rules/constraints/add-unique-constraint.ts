import type { Relation } from '../../model/observation.ts';
import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import { alterText, withCommands } from '../../postgres/syntax/alter-table.ts';
import { type AddedConstraint, addedConstraints } from '../../postgres/syntax/constraints.ts';
import { namesOf } from '../constraint.ts';
import { blockingAlter } from '../observed.ts';
import { inTransaction, outsideTransaction, type Steps, suggesting } from '../steps.ts';
import { addsColumnOf, inWords, withIndexes } from '../unique.ts';
import { onPartitions } from '../unique-partitioned.ts';

export const rule: Rule = {
  id: 'add-unique-constraint',
  severity: 'error',
  what: 'ADD UNIQUE to a table that is in use.',
  why: 'It holds ACCESS EXCLUSIVE until its index is built: nobody reads or writes meanwhile.',
  instead:
    'CREATE UNIQUE INDEX CONCURRENTLY outside a transaction; then ADD CONSTRAINT … UNIQUE USING INDEX, which takes a moment.',
  sources: [
    'PostgreSQL documentation, ALTER TABLE, ADD table_constraint_using_index',
    'squawk: disallowed-unique-constraint',
    'eugene: E7',
    'atlas: PG105',
  ],
  covers: ['statement-after-access-exclusive'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const altered = blockingAlter(facts);
      const added = addedConstraints(facts.statement, 'CONSTR_UNIQUE').filter(
        ({ inline, constraint }) => inline === undefined && !constraint.indexname,
      );
      if (!altered || added.length === 0) return [];
      const migrations = stepsFor(facts, added, altered.table, world);
      return [
        {
          message: `Adding the unique constraint ${namesOf(added)} keeps everybody from ${altered.name} until its index is built.`,
          relations: altered.tables,
          blocking: { what: 'reads and writes', during: 'index build' },
          instead:
            migrations.length > 0
              ? suggesting(migrations, world.outsideTransaction)
              : { text: inWords(facts, added, altered.table) },
        },
      ];
    },
  },
};

/** The indexes, then the statement with what takes them over; columns that it adds itself come before the indexes. */
function stepsFor(facts: StatementFacts, added: readonly AddedConstraint[], table: Relation, world: World): Steps {
  const text = alterText(facts.statement);
  if (!text) return [];
  const own = added.some((each) => addsColumnOf(facts, each));
  const ready = withIndexes(facts, added, table, world);
  if (ready.length < added.length) return own ? [] : onPartitions(facts, added, table, world);
  const indexes = ready.map(({ index }) => outsideTransaction(index));
  const actions = ready.flatMap(({ added: { command }, action }) =>
    command ? [[command.index, action] as const] : [],
  );
  if (!own) return [...indexes, inTransaction(withCommands(text, new Map(actions)))];
  const first = withCommands(text, new Map(actions.map(([index]) => [index, ''])));
  const last = `${text.head} ${actions.map(([, action]) => action).join(', ')};`;
  return [inTransaction(first), ...indexes, inTransaction(last)];
}

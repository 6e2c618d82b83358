import type { Relation } from '../../model/observation.ts';
import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import { alteredTable } from '../../postgres/syntax/alter-table.ts';
import { type AddedConstraint, addedConstraints } from '../../postgres/syntax/constraints.ts';
import { printName } from '../../postgres/syntax/names.ts';
import { withoutInline } from '../inline.ts';
import { blockingAlter } from '../observed.ts';
import { inTransaction, outsideTransaction, type Steps, suggesting } from '../steps.ts';
import { inWords, withIndexes } from '../unique.ts';

export const rule: Rule = {
  id: 'unique-inline-column',
  severity: 'error',
  what: 'ADD COLUMN … UNIQUE on a table that is in use.',
  why: 'It holds ACCESS EXCLUSIVE until the index of the new column is built over all rows: nobody reads or writes meanwhile.',
  instead:
    'Add the column; CREATE UNIQUE INDEX CONCURRENTLY outside a transaction; then ADD CONSTRAINT … UNIQUE USING INDEX.',
  sources: [
    'PostgreSQL documentation, ALTER TABLE, ADD table_constraint_using_index',
    'squawk: disallowed-unique-constraint',
  ],
  covers: ['statement-after-access-exclusive'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const altered = blockingAlter(facts);
      const added = addedConstraints(facts.statement, 'CONSTR_UNIQUE').filter(({ inline }) => inline !== undefined);
      if (!altered || added.length === 0) return [];
      const columns = added.map(({ inline }) => inline).join(', ');
      const migrations = steps(facts, added, altered.table, world);
      return [
        {
          message: `Adding ${columns} UNIQUE keeps everybody from ${altered.name} until its index is built.`,
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

function steps(facts: StatementFacts, added: readonly AddedConstraint[], table: Relation, world: World): Steps {
  const plain = withoutInline(facts, added);
  const ready = withIndexes(facts, added, table, world);
  if (plain === undefined || ready.length < added.length) return [];
  const head = `ALTER TABLE ${printName(alteredTable(facts.statement))}`;
  return [
    inTransaction(plain),
    ...ready.map(({ index }) => outsideTransaction(index)),
    inTransaction(`${head} ${ready.map(({ action }) => action).join(', ')};`),
  ];
}

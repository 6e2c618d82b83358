import type { Relation } from '../../model/observation.ts';
import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import { objectsOf, type Table } from '../../model/schema.ts';
import { alteredTable } from '../../postgres/syntax/alter-table.ts';
import { type AddedConstraint, addedConstraints } from '../../postgres/syntax/constraints.ts';
import { nameOf, printName } from '../../postgres/syntax/names.ts';
import { checkedAtOnce, inTwoSteps, namesOf } from '../constraint.ts';
import { alteredInUse } from '../in-use.ts';
import { keptFrom, keptOut, lockedTables } from '../locks.ts';
import { observed } from '../observed.ts';
import { leavesOf } from '../partitioning.ts';
import { suggesting } from '../steps.ts';

export const rule: Rule = {
  id: 'add-fk-validating',
  severity: 'error',
  what: 'ADD FOREIGN KEY, without NOT VALID, to a table that is in use.',
  why: 'It holds SHARE ROW EXCLUSIVE on both tables while it looks for every row’s partner: nobody writes to either.',
  instead: 'Add it NOT VALID, which takes a moment, and VALIDATE it in a later migration, which lets everybody work.',
  sources: [
    'PostgreSQL documentation, ALTER TABLE, "Notes"',
    'squawk: adding-foreign-key-constraint',
    'eugene: E1',
    'strong_migrations: add_foreign_key',
  ],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const table = alteredInUse(facts);
      const added = checkedAtOnce(facts, 'CONSTR_FOREIGN');
      const { locks, held } = facts.observation;
      const locked = lockedTables([...locks, ...held], 'ShareRowExclusiveLock');
      if (!table || added.length === 0 || locked.length === 0 || isKeptBelow(table, added, facts, world)) return [];
      const tables = locked.map(({ relation }) => relation);
      const targets = added.map(({ constraint }) => printName(nameOf(constraint.pktable))).join(', ');
      const early = table.kind === 'partitioned table' && world.major < 18;
      return [
        {
          message: `Adding the foreign key ${namesOf(added)} to ${targets} keeps ${keptFrom(locked)} ${tables.join(' and ')} waiting while every row is checked.`,
          relations: tables,
          blocking: { what: keptOut(locked), during: 'scan' },
          instead: early
            ? {
                text: 'Before PostgreSQL 18 a partitioned table takes no NOT VALID foreign key: add it to each partition NOT VALID, validate those, then add it to the parent: that reads no row, and locks the table it refers to against reads and writes for a moment.',
              }
            : suggesting(inTwoSteps(facts, added, table, world)),
        },
      ];
    },
  },
};

/** Whether all partitions have the key already, so that no row was read: their parent takes it over. */
function isKeptBelow(table: Relation, added: readonly AddedConstraint[], facts: StatementFacts, world: World): boolean {
  if (table.kind !== 'partitioned table' || observed(table, facts, world).scanned.length > 0) return false;
  const leaves = leavesOf(table.oid, world);
  return added.every(({ columns }) => leaves.every((leaf) => hasKey(leaf, columns.join(), facts, world)));
}

function hasKey({ id, oid }: Table, columns: string, { index }: StatementFacts, { before, statements }: World) {
  const known = [...objectsOf(before, 'constraint').values()].some(
    (each) => each.table === id && each.type === 'foreign key' && each.validated && each.columns.join() === columns,
  );
  return (
    known ||
    statements.slice(0, index).some(({ statement, relation }) => {
      const { schema, name } = alteredTable(statement);
      const keys = addedConstraints(statement, 'CONSTR_FOREIGN');
      return relation(schema, name)?.oid === oid && keys.some((each) => each.columns.join() === columns);
    })
  );
}

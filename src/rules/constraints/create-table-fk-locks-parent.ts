import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import { addedConstraints } from '../../postgres/syntax/constraints.ts';
import { nameOf } from '../../postgres/syntax/names.ts';
import { inUse } from '../in-use.ts';
import { laterInTransaction } from '../transaction.ts';

export const rule: Rule = {
  id: 'create-table-fk-locks-parent',
  severity: 'notice',
  what: 'A new table refers to one that is in use, and its transaction has more to do.',
  why: 'SHARE ROW EXCLUSIVE on the table it refers to lasts until the transaction ends: nobody writes to that one meanwhile.',
  instead: 'Create the table in a migration of its own, or add the foreign key in the last one.',
  sources: ['PostgreSQL documentation, CREATE TABLE', 'strong_migrations #170, #187', 'squawk #945, #962'],
  statement: {
    kinds: ['CreateStmt', 'AlterTableStmt'],
    check(facts, world) {
      const { locks } = facts.observation;
      const parents = addedConstraints(facts.statement, 'CONSTR_FOREIGN').flatMap(
        ({ constraint }) => inUse(facts, nameOf(constraint.pktable))?.name ?? [],
      );
      const own = locks.some(({ relation, mode }) => !parents.includes(relation) && mode !== 'AccessShareLock');
      const locked = locks.filter(
        ({ relation, mode }) => parents.includes(relation) && mode === 'ShareRowExclusiveLock',
      );
      const work = locked.length > 0 && !own && workAfter(facts, world);
      if (!work) return [];
      const names = [...new Set(locked.map(({ relation }) => relation))];
      return [
        {
          message: `Writes to ${names.join(', ')} wait from here until the transaction ends, also while line ${work.statement.line} works.`,
          relations: names,
          blocking: { what: 'writes', during: 'transaction' },
        },
      ];
    },
  },
};

/** A later statement of the transaction that takes longer than a moment. */
function workAfter(facts: StatementFacts, world: World): StatementFacts | undefined {
  return laterInTransaction(facts, world).find(
    ({ observation }) => observation.scanned.length > 0 || observation.rewritten.length > 0,
  );
}

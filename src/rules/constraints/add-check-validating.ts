import type { Rule } from '../../model/rule.ts';
import { checkedAtOnce, inTwoSteps, namesOf } from '../constraint.ts';
import { blockingAlter } from '../observed.ts';
import { suggesting } from '../steps.ts';

export const rule: Rule = {
  id: 'add-check-validating',
  severity: 'error',
  what: 'ADD CHECK, without NOT VALID, to a table that is in use.',
  why: 'It holds ACCESS EXCLUSIVE while it reads every row: nobody reads or writes meanwhile.',
  instead: 'Add it NOT VALID, which takes a moment, and VALIDATE it in a later migration, which lets everybody work.',
  sources: [
    'PostgreSQL documentation, ALTER TABLE, "Notes"',
    'squawk: constraint-missing-not-valid',
    'eugene: E1',
    'strong_migrations: add_check_constraint',
  ],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const altered = blockingAlter(facts);
      const added = checkedAtOnce(facts, 'CONSTR_CHECK');
      if (!altered || added.length === 0) return [];
      return [
        {
          message: `Adding the check ${namesOf(added)} keeps everybody from ${altered.name} while every row is checked.`,
          relations: altered.tables,
          blocking: { what: 'reads and writes', during: 'scan' },
          instead: suggesting(inTwoSteps(facts, added, altered.table, world)),
        },
      ];
    },
  },
};

import type { Rule } from '../../model/rule.ts';
import { nameOf, printName } from '../../postgres/syntax/names.ts';
import { checkedAtOnce, inTwoSteps, namesOf } from '../constraint.ts';
import { alteredInUse } from '../in-use.ts';
import { lockedTables } from '../locks.ts';
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
      if (!table || added.length === 0 || locked.length === 0) return [];
      const tables = locked.map(({ relation }) => relation);
      const targets = added.map(({ constraint }) => printName(nameOf(constraint.pktable))).join(', ');
      const early = table.kind === 'partitioned table' && world.major < 18;
      return [
        {
          message: `Adding the foreign key ${namesOf(added)} to ${targets} keeps writes to ${tables.join(' and ')} waiting while every row is checked.`,
          relations: tables,
          blocking: { what: 'writes', during: 'scan' },
          instead: early
            ? {
                text: 'Before PostgreSQL 18 a partitioned table takes no NOT VALID foreign key: add it to each partition NOT VALID, validate those, then add it to the parent.',
              }
            : suggesting(inTwoSteps(facts, added, table, world)),
        },
      ];
    },
  },
};

import type { Rule } from '../../model/rule.ts';
import { addedConstraints } from '../../postgres/syntax/constraints.ts';
import { namesOf } from '../constraint.ts';
import { blockingAlter } from '../observed.ts';

export const rule: Rule = {
  id: 'add-exclusion',
  severity: 'error',
  what: 'ADD EXCLUDE to a table that is in use.',
  why: 'It holds ACCESS EXCLUSIVE until its index is built, and PostgreSQL offers no way to build that one concurrently.',
  instead: 'Use a maintenance window, or a new table with the constraint to which rows are moved in batches.',
  sources: [
    'PostgreSQL documentation, CREATE TABLE, EXCLUDE',
    'eugene: E8',
    'strong_migrations: add_exclusion_constraint',
  ],
  covers: ['statement-after-access-exclusive'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts) {
      const added = addedConstraints(facts.statement, 'CONSTR_EXCLUSION');
      const altered = blockingAlter(facts);
      if (!altered || added.length === 0) return [];
      return [
        {
          message: `Adding the exclusion constraint ${namesOf(added)} keeps everybody from ${altered.name} until its index is built.`,
          relations: altered.tables,
          blocking: { what: 'reads and writes', during: 'index build' },
          instead: {
            text: `No online way exists: plan a window, or move the rows of ${altered.name} to a new table that has the constraint.`,
          },
        },
      ];
    },
  },
};

import type { Rule } from '../../model/rule.ts';
import { addedConstraints } from '../../postgres/syntax/constraints.ts';
import { columnFirst } from '../inline.ts';
import { blockedTables } from '../locks.ts';
import { blockingAlter } from '../observed.ts';
import { suggesting } from '../steps.ts';

export const rule: Rule = {
  id: 'check-inline-column',
  severity: 'error',
  what: 'ADD COLUMN … CHECK on a table that is in use.',
  why: 'It reads every row under ACCESS EXCLUSIVE, even where the new column has no default and nothing can violate it.',
  instead: 'Add the column; then the CHECK NOT VALID; then VALIDATE it in a later migration.',
  sources: ['PostgreSQL documentation, ALTER TABLE, "Notes"', 'pgsafe: add-check-without-not-valid'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const altered = blockingAlter(facts);
      const added = addedConstraints(facts.statement, 'CONSTR_CHECK').filter(({ inline }) => inline !== undefined);
      const blocked = blockedTables(facts.observation);
      if (!altered || added.length === 0) return [];
      return [
        {
          message: `Adding ${added.map(({ inline }) => inline).join(', ')} with its check keeps everybody from ${altered.name} while every row is read.`,
          relations: altered.tables,
          blocking: {
            what: 'reads and writes',
            during: blocked.some(({ rewritten }) => rewritten) ? 'rewrite' : 'scan',
          },
          instead: suggesting(columnFirst(facts, added, altered.table, world)),
        },
      ];
    },
  },
};

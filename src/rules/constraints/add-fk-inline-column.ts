import type { Rule } from '../../model/rule.ts';
import { alteredTable } from '../../postgres/syntax/alter-table.ts';
import { addedConstraints } from '../../postgres/syntax/constraints.ts';
import { printName } from '../../postgres/syntax/names.ts';
import { alteredInUse } from '../in-use.ts';
import { columnFirst } from '../inline.ts';
import { blockedTables, lockedTables } from '../locks.ts';
import { suggesting } from '../steps.ts';

export const rule: Rule = {
  id: 'add-fk-inline-column',
  severity: 'error',
  what: 'ADD COLUMN … REFERENCES on a table that is in use, with a DEFAULT: every row refers to something.',
  why: 'It holds ACCESS EXCLUSIVE on the table and SHARE ROW EXCLUSIVE on the one it refers to while it checks every row. Without a DEFAULT there is nothing to check.',
  instead: 'Add the column; then the foreign key NOT VALID; then VALIDATE it, each in a migration of its own.',
  sources: [
    'PostgreSQL documentation, ALTER TABLE, "Notes"',
    'squawk: adding-foreign-key-constraint',
    'pgsafe: add-fk-without-not-valid',
  ],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const table = alteredInUse(facts);
      const added = addedConstraints(facts.statement, 'CONSTR_FOREIGN').filter(({ inline }) => inline !== undefined);
      if (!table || added.length === 0 || blockedTables(facts.observation).length === 0) return [];
      const tables = lockedTables(facts.observation.locks, 'ShareRowExclusiveLock').map(({ relation }) => relation);
      const columns = added.map(({ inline }) => inline).join(', ');
      return [
        {
          message: `Adding ${columns} with its foreign key keeps everybody from ${printName(alteredTable(facts.statement))} while every row is checked.`,
          relations: tables,
          blocking: { what: 'reads and writes', during: 'scan' },
          instead: suggesting(columnFirst(facts, added, table, world)),
        },
      ];
    },
  },
};

import type { Rule } from '../../model/rule.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { nameOf, printName } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { costs, observedAlter } from '../observed.ts';

export const rule: Rule = {
  id: 'inherit',
  severity: 'notice',
  what: 'A table that is in use becomes a child of another by INHERIT, or stops being one.',
  why: 'Queries on the parent see its rows from then on, or no longer; the child is locked against reads and writes for a moment.',
  instead: 'Look at what is asked of the parent; ONLY leaves the children out.',
  sources: ['PostgreSQL documentation, 5.11 "Inheritance"; measured on 12 to 18'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const seen = observedAlter(facts, world);
      if (!seen) return [];
      return alterCommands(facts.statement, 'AT_AddInherit', 'AT_DropInherit').map(({ type, node }) => {
        const parent = printName(nameOf(read(node.def, 'RangeVar')));
        const rows = type === 'AT_AddInherit' ? 'also returns' : 'no longer returns';
        return { message: `A query on ${parent} ${rows} the rows of ${seen.table.name}.`, ...costs(seen) };
      });
    },
  },
};

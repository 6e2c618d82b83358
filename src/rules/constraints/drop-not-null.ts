import type { Rule } from '../../model/rule.ts';
import { alterCommands, alteredTable } from '../../postgres/syntax/alter-table.ts';
import { printName } from '../../postgres/syntax/names.ts';
import { alteredInUse } from '../in-use.ts';
import { columnsBefore } from '../schema.ts';

export const rule: Rule = {
  id: 'drop-not-null',
  severity: 'notice',
  what: 'DROP NOT NULL on a column of a table that is in use.',
  why: 'Code that reads the column has never met a NULL there, and it cannot be taken back once there are some.',
  instead: 'Make sure that every reader, also outside this repository, can live with NULL.',
  sources: ['squawk: ban-drop-not-null', 'pg-migration-lint: PGM507'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const table = alteredInUse(facts);
      const known = table ? columnsBefore(table, world) : new Map();
      const columns = alterCommands(facts.statement, 'AT_DropNotNull').flatMap(({ name = '' }) =>
        known.get(name)?.notNull ? name : [],
      );
      if (!table || columns.length === 0) return [];
      const where = printName(alteredTable(facts.statement));
      return [
        {
          message: `${columns.join(', ')} of ${where} may be NULL from now on: can all readers handle it?`,
          relations: [table.name],
        },
      ];
    },
  },
};

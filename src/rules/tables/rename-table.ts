import type { Problem, Rule } from '../../model/rule.ts';
import { nameOf, printId, printIdentifier, printName, splitId } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { inUse } from '../in-use.ts';
import { keepsName, losesNameToTable } from '../old-name.ts';
import { inTransaction } from '../steps.ts';

export const rule: Rule = {
  id: 'rename-table',
  severity: 'error',
  what: 'A table or view that is in use is renamed.',
  why: 'Running code asks for the old name and fails from that moment until it is replaced; function bodies keep the old name too. It is a warning where another table takes the name in the same transaction.',
  instead: 'Leave the name, or create a view with the old name in the same transaction, until all code is moved.',
  sources: ['strong_migrations: rename_table', 'squawk: renaming-table', 'atlas: BC101', 'pg-migration-lint: PGM504'],
  statement: {
    kinds: ['RenameStmt'],
    check(facts, world) {
      const node = read(facts.statement.node, 'RenameStmt');
      const kinds = ['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_FOREIGN_TABLE'];
      const table = kinds.includes(node?.renameType ?? '') ? inUse(facts, nameOf(node?.relation)) : undefined;
      if (!table || /index|sequence|composite/.test(table.kind) || keepsName(table, facts, world)) return [];
      const to = node?.newname ?? '';
      if (losesNameToTable(table, facts, world)) return [takenOver(table.name, to)];
      const { schema } = splitId(table.name);
      const view = `CREATE VIEW ${printId(table.name)} AS SELECT * FROM ${printName({ schema, name: to })};`;
      return [
        {
          message: `Renaming ${table.name} to ${to} breaks running code that uses the old name.`,
          relations: [table.name],
          instead: {
            text: `A view keeps the old name alive until all code says ${printIdentifier(to)}; the second migration belongs to a later release.`,
            migrations: [
              inTransaction(`${facts.statement.sql};`, view),
              inTransaction(`DROP VIEW ${printId(table.name)};`),
            ],
          },
        },
      ];
    },
  },
};

function takenOver(table: string, to: string): Problem {
  return {
    message: `Another table takes the name of ${table}: foreign keys, views and triggers stay with ${to}, and so do rows that are written before both are locked.`,
    relations: [table],
    severity: 'warning',
    instead: { text: `LOCK TABLE ${printId(table)} before its rows are copied, and move what refers to it.` },
  };
}

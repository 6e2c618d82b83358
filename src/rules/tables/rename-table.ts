import type { Rule } from '../../model/rule.ts';
import { nameOf, printIdentifier, splitId } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { inUse, sqlName } from '../effect.ts';

export const rule: Rule = {
  id: 'rename-table',
  severity: 'error',
  what: 'A table that is in use is renamed, or moved to another schema.',
  why: 'Running code asks for the old name and fails from that moment until it is replaced; function bodies keep the old name too.',
  instead:
    'Leave the name, or rename and create a view with the old name in the same transaction until all code is moved.',
  sources: ['strong_migrations rename_table', 'squawk renaming-table', 'atlas BC101'],
  statement: {
    kinds: ['RenameStmt', 'AlterObjectSchemaStmt'],
    check(facts) {
      const rename = read(facts.statement.node, 'RenameStmt');
      const move = read(facts.statement.node, 'AlterObjectSchemaStmt');
      const isTable = rename?.renameType === 'OBJECT_TABLE' || move?.objectType === 'OBJECT_TABLE';
      const table = isTable ? inUse(facts, nameOf(rename?.relation ?? move?.relation)) : undefined;
      if (!table) return [];
      const target = rename?.newname ?? `the schema ${move?.newschema}`;
      const message = `${rename ? 'Renaming' : 'Moving'} ${table.name} to ${target} breaks running code that uses the old name.`;
      const { name } = splitId(table.name);
      const view =
        rename && `CREATE VIEW ${sqlName(table.name)} AS SELECT * FROM ${printIdentifier(rename.newname ?? '')};`;
      return [
        {
          message,
          relations: [table.name],
          instead: {
            text: view
              ? `In the same transaction, keep the old name as a view until all code is moved: ${view}`
              : `Keep ${name} where it is, or leave a view in its place.`,
          },
        },
      ];
    },
  },
};

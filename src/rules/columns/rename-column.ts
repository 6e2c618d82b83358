import type { Rule } from '../../model/rule.ts';
import { nameOf } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';

export const rule: Rule = {
  id: 'rename-column',
  severity: 'error',
  what: 'A column of a table that is in use is renamed.',
  why: 'Running code asks for the old name and fails from that moment until it is replaced; function bodies keep the old name too.',
  instead: 'Add a column with the new name, write both, move the readers, then drop the old one; or leave the name.',
  sources: ['strong_migrations rename_column', 'squawk renaming-column', 'atlas BC102'],
  statement: {
    kinds: ['RenameStmt'],
    check({ statement, relation }) {
      const node = read(statement.node, 'RenameStmt');
      if (node?.renameType !== 'OBJECT_COLUMN' || !['OBJECT_TABLE', 'OBJECT_VIEW'].includes(node.relationType ?? ''))
        return [];
      const { schema, name } = nameOf(node.relation);
      const table = relation(schema, name);
      if (!table?.atBase) return [];
      const message = `Renaming ${node.subname} to ${node.newname} breaks running code that asks ${table.name} for ${node.subname}.`;
      return [
        {
          message,
          relations: [table.name],
          instead: {
            text: `Add ${node.newname} beside ${node.subname}, write both, move the readers, then drop ${node.subname}.`,
          },
        },
      ];
    },
  },
};

import type { Rule } from '../../model/rule.ts';
import { nameOf } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { isNewColumn } from '../dropped.ts';
import { inUse } from '../in-use.ts';

export const rule: Rule = {
  id: 'rename-column',
  severity: 'error',
  what: 'A column of a table or view that is in use is renamed.',
  why: 'Running code asks for the old name and fails from that moment until it is replaced; function bodies keep the old name too.',
  instead: 'Add a column with the new name, write both, move the readers, then drop the old one; or leave the name.',
  sources: ['strong_migrations: rename_column', 'squawk: renaming-column', 'atlas: BC102', 'pg-migration-lint: PGM505'],
  statement: {
    kinds: ['RenameStmt'],
    check(facts, world) {
      const node = read(facts.statement.node, 'RenameStmt');
      const table = node?.renameType === 'OBJECT_COLUMN' ? inUse(facts, nameOf(node.relation)) : undefined;
      const [from, to] = [node?.subname ?? '', node?.newname ?? ''];
      if (!table || table.kind === 'composite type' || isNewColumn(table, from, facts, world)) return [];
      return [
        {
          message: `Renaming ${from} to ${to} breaks running code that asks ${table.name} for ${from}.`,
          relations: [table.name],
          instead: {
            text: `Add ${to} beside ${from}, write both (a trigger can), move the readers, then drop ${from} in a later release.`,
          },
        },
      ];
    },
  },
};

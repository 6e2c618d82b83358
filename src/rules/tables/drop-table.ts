import type { Rule } from '../../model/rule.ts';
import { objectsOf } from '../../model/schema.ts';
import { droppedNames } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { inUse } from '../in-use.ts';
import { lockedParent } from '../partitioning.ts';

export const rule: Rule = {
  id: 'drop-table',
  severity: 'error',
  what: 'A table that is in use is dropped.',
  why: 'Its data is gone, and code that still names it fails.',
  instead:
    'First see that nothing reads or writes it any more; rename it for a while, then drop it in a later release.',
  sources: ['squawk: ban-drop-table', 'atlas: DS102', 'pg-migration-lint: PGM201'],
  statement: {
    kinds: ['DropStmt'],
    check(facts, world) {
      const node = read(facts.statement.node, 'DropStmt');
      if (node?.removeType !== 'OBJECT_TABLE' && node?.removeType !== 'OBJECT_FOREIGN_TABLE') return [];
      return droppedNames(node.objects).flatMap((written) => {
        const table = inUse(facts, written);
        if (!table || lockedParent(table, facts, world)) return [];
        const again = objectsOf(world.after, 'table').has(table.name) ? ' Another table has its name at the end.' : '';
        return [
          {
            message: `Dropping ${table.name} ${table.kind === 'foreign table' ? 'leaves its data out of reach' : 'deletes its data'}, and running code that names it fails.${again}`,
            relations: [table.name],
            instead: {
              text: `See that nothing uses ${table.name} any more. Then drop it with a comment above: -- lockkeeper:allow drop-table because no code uses it any more`,
            },
          },
        ];
      });
    },
  },
};

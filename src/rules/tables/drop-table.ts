import type { Lock } from '../../model/observation.ts';
import type { Rule } from '../../model/rule.ts';
import { droppedNames } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { inUse } from '../effect.ts';

export const rule: Rule = {
  id: 'drop-table',
  severity: 'error',
  what: 'A table that is in use is dropped.',
  why: 'Its data is gone, and code that still names it fails.',
  instead: 'First see that nothing reads or writes it any more; rename it for a while, then drop it.',
  sources: ['squawk ban-drop-table', 'atlas DS102', 'strong_migrations'],
  statement: {
    kinds: ['DropStmt'],
    check(facts) {
      const node = read(facts.statement.node, 'DropStmt');
      if (node?.removeType !== 'OBJECT_TABLE') return [];
      return droppedNames(node.objects).flatMap((written) => {
        const table = inUse(facts, written);
        if (!table || table.kind === 'view') return [];
        const others = [
          ...new Set(facts.observation.locks.filter(isOther(table.name)).map(({ relation }) => relation)),
        ];
        const also = others.length > 0 ? ` It also locks ${others.join(', ')}.` : '';
        return [
          {
            message: `Dropping ${table.name} deletes its data, and running code that names it fails.${also}`,
            relations: [table.name, ...others],
          },
        ];
      });
    },
  },
};

const isOther = (table: string) => (lock: Lock) =>
  lock.relation !== table && lock.table === undefined && lock.mode === 'AccessExclusiveLock';

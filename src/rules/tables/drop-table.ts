import type { Relation } from '../../model/observation.ts';
import type { Problem, Rule, World } from '../../model/rule.ts';
import { objectsOf } from '../../model/schema.ts';
import { droppedNames } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { inUse } from '../in-use.ts';
import { lockedParent } from '../partitioning.ts';
import { nameBefore } from '../schema.ts';

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
        return [{ ...told(table, world), relations: [table.name] }];
      });
    },
  },
};

function told(table: Relation, world: World): Pick<Problem, 'message' | 'instead'> {
  const what = table.kind === 'foreign table' ? 'leaves its data out of reach' : 'deletes its data';
  const old = nameBefore(table, world);
  const allow = 'Then drop it with a comment above: -- lockkeeper:allow drop-table because';
  if (old !== table.name)
    return {
      message: `Dropping ${table.name}, which was ${old} before, ${what}.`,
      instead: { text: `See that all its rows are elsewhere, or not needed any more. ${allow} no row of it is needed` },
    };
  const again = objectsOf(world.after, 'table').has(table.name) ? ' Another table has its name at the end.' : '';
  return {
    message: `Dropping ${table.name} ${what}, and running code that names it fails.${again}`,
    instead: { text: `See that nothing uses ${table.name} any more. ${allow} no code uses it any more` },
  };
}

import type { Relation } from '../../model/observation.ts';
import type { Problem, Rule, World } from '../../model/rule.ts';
import { objectsOf, type View } from '../../model/schema.ts';
import { droppedNames } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { inUse } from '../in-use.ts';
import { keepsName } from '../old-name.ts';

export const rule: Rule = {
  id: 'drop-view',
  severity: 'error',
  what: 'A view that is in use is dropped, or created anew with fewer columns or privileges, or in another transaction.',
  why: 'Running code that reads it fails: from then on, or until it is there again. What comes back with fewer columns or privileges is a warning.',
  instead:
    'First see that nothing reads it any more. To change it, DROP and CREATE it in one transaction, and GRANT again what was granted.',
  sources: ['PostgreSQL documentation, DROP VIEW; CREATE VIEW, OR REPLACE'],
  statement: {
    kinds: ['DropStmt'],
    check(facts, world) {
      const node = read(facts.statement.node, 'DropStmt');
      if (node?.removeType !== 'OBJECT_VIEW' && node?.removeType !== 'OBJECT_MATVIEW') return [];
      return droppedNames(node.objects).flatMap((written) => {
        const view = inUse(facts, written);
        return view ? problems(view, keepsName(view, facts, world), world) : [];
      });
    },
  },
};

function problems({ oid, name }: Relation, atOnce: boolean, { before, after }: World): Problem[] {
  const old = [...objectsOf(before, 'view').values()].find((view) => view.oid === oid);
  const now = objectsOf(after, 'view').get(name) ?? objectsOf(after, 'table').get(name);
  const relations = [name];
  if (!now) return [{ message: `Dropping ${name} makes running code that reads it fail.`, relations }];
  const lost = old && now.kind === 'view' ? lostWith(old, now) : [];
  const gap = atOnce ? [] : ['it is not there until another transaction creates it again'];
  const changes = [...gap, ...lost];
  if (changes.length === 0) return [];
  return [{ message: `${name} comes back, but ${changes.join(', and ')}.`, relations, severity: 'warning' }];
}

function lostWith(old: View, now: View): string[] {
  const columns = old.columns.filter((column) => !now.columns.includes(column));
  const grants = (old.grants ?? []).filter((grant) => !now.grants?.includes(grant));
  return [
    ...(columns.length > 0 ? [`without ${columns.join(', ')}`] : []),
    ...(grants.length > 0 ? [`without the privileges ${grants.join('; ')}`] : []),
  ];
}

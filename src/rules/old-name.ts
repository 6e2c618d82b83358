import type { Relation } from '../model/observation.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import { nameOf } from '../postgres/syntax/names.ts';
import { read } from '../postgres/syntax/node.ts';

/** Whether the same transaction creates a view by the name that a table loses, so that code can go on using it. */
export function keepsName({ name }: Relation, { index, observation }: StatementFacts, { statements }: World): boolean {
  return statements.some((later) => {
    const view = read(later.statement.node, 'ViewStmt')?.view;
    if (!view || later.index < index || later.observation.transaction !== observation.transaction) return false;
    const written = nameOf(view);
    const id = written.schema === undefined ? name.slice(name.indexOf('.') + 1) : name;
    return observation.transaction !== null && id === [written.schema, written.name].filter(Boolean).join('.');
  });
}

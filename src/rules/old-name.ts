import type { Relation } from '../model/observation.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import { nameOf, splitId } from '../postgres/syntax/names.ts';
import { read } from '../postgres/syntax/node.ts';
import { laterInTransaction } from './transaction.ts';

/** Whether the same transaction creates a view by the name that a table loses, so that code can go on using it. */
export function keepsName({ name }: Relation, facts: StatementFacts, world: World): boolean {
  const old = splitId(name);
  return laterInTransaction(facts, world).some(({ statement }) => {
    const view = nameOf(read(statement.node, 'ViewStmt')?.view);
    return view.name === old.name && (view.schema === undefined || view.schema === old.schema);
  });
}

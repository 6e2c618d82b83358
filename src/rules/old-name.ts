import type { Relation } from '../model/observation.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import { nameOf, splitId, type WrittenName } from '../postgres/syntax/names.ts';
import { read } from '../postgres/syntax/node.ts';
import { laterInTransaction } from './transaction.ts';

/** Whether the same transaction creates a view by the name that a table or view loses, so that code can go on using it. */
export function keepsName(relation: Relation, facts: StatementFacts, world: World): boolean {
  return laterInTransaction(facts, world).some(({ statement: { node } }) => {
    const view = read(node, 'ViewStmt')?.view ?? read(node, 'CreateTableAsStmt')?.into?.rel;
    return means(nameOf(view), relation);
  });
}

/** Whether another table gets the name in the same transaction: it is created, or renamed. */
export function losesNameToTable(relation: Relation, facts: StatementFacts, world: World): boolean {
  return laterInTransaction(facts, world).some(({ statement: { node } }) => {
    const { schema, name } = nameOf(read(node, 'RenameStmt')?.relation);
    const renamed = { schema, name: name === '' ? '' : (read(node, 'RenameStmt')?.newname ?? '') };
    return means(renamed, relation) || means(nameOf(read(node, 'CreateStmt')?.relation), relation);
  });
}

function means({ schema, name }: WrittenName, relation: Relation): boolean {
  const old = splitId(relation.name);
  return name === old.name && (schema === undefined || schema === old.schema);
}

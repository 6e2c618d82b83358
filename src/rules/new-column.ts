import type { Relation } from '../model/observation.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import { objectsOf } from '../model/schema.ts';
import { alterCommands, alteredTable } from '../postgres/syntax/alter-table.ts';
import { nameOf, type WrittenName } from '../postgres/syntax/names.ts';
import { read } from '../postgres/syntax/node.ts';
import { columnsBefore } from './schema.ts';

/** Whether no column of the base has this name just before a statement, so that nobody knows the column yet. */
export function isNewColumn(table: Relation, column: string, facts: StatementFacts, world: World): boolean {
  return table.kind !== 'composite type' && !baseColumnsAt(table, facts, world).has(column);
}

/** The names that columns of the base have just before a statement. */
function baseColumnsAt(table: Relation, { index }: StatementFacts, world: World): ReadonlySet<string> {
  const view = [...objectsOf(world.before, 'view').values()].find(({ oid }) => oid === table.oid);
  const names = new Set(view?.columns ?? columnsBefore(table, world).keys());
  for (const earlier of world.statements.slice(0, index)) {
    const { statement, relation, observation } = earlier;
    const is = ({ schema, name }: WrittenName) => relation(schema, name)?.oid === table.oid;
    if (observation.error) continue;
    const rename = read(statement.node, 'RenameStmt');
    if (rename?.renameType === 'OBJECT_COLUMN' && is(nameOf(rename.relation)) && names.delete(rename.subname ?? ''))
      names.add(rename.newname ?? '');
    if (!is(alteredTable(statement))) continue;
    for (const { name } of alterCommands(statement, 'AT_DropColumn')) names.delete(name ?? '');
  }
  return names;
}

import type { World } from '../model/rule.ts';
import { objectsOf, type Table } from '../model/schema.ts';
import type { Statement } from '../model/statement.ts';
import { nameOf, type WrittenName } from '../postgres/syntax/names.ts';
import { read } from '../postgres/syntax/node.ts';

/** The new table that CREATE TABLE or CREATE TABLE AS made, if it is still there at the end. */
export function createdTable({ node }: Statement, world: World): Table | undefined {
  const relation = read(node, 'CreateStmt')?.relation ?? read(node, 'CreateTableAsStmt')?.into?.rel;
  return relation && newTable(nameOf(relation), world);
}

function newTable({ schema, name }: WrittenName, { before, after }: World): Table | undefined {
  const known = new Set([...objectsOf(before, 'table').values()].map(({ oid }) => oid));
  const named = [...objectsOf(after, 'table').values()].filter((table) => table.name === name && !known.has(table.oid));
  return named.find((table) => schema === undefined || table.schema === schema);
}

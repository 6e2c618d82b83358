import type { StatementFacts, World } from '../model/rule.ts';
import { type Index, objectsOf, type Table } from '../model/schema.ts';
import type { Statement } from '../model/statement.ts';
import { createdIndex } from '../postgres/syntax/indexes.ts';
import { nameOf, printIdentifier, splitId, type WrittenName } from '../postgres/syntax/names.ts';
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

/** The CREATE INDEX that made an index, also where PostgreSQL chose the name. */
export function creatorOf({ name, table, columns }: Index, { statements }: World): StatementFacts | undefined {
  return statements.findLast(({ statement, relation }) => {
    const index = createdIndex(statement);
    if (!index || index.name !== undefined) return index?.name === name;
    const on = relation(index.table.schema, index.table.name)?.name ?? index.table.name;
    const same = index.columns.every((column, at) => column === undefined || printIdentifier(column) === columns[at]);
    return same && (on === table || on === splitId(table).name);
  });
}

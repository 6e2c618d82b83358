import type { StatementFacts, World } from '../model/rule.ts';
import { type Constraint, type Index, objectsOf, type Table } from '../model/schema.ts';
import type { Statement } from '../model/statement.ts';
import { alteredTable } from '../postgres/syntax/alter-table.ts';
import { type AddedConstraint, addedConstraints } from '../postgres/syntax/constraints.ts';
import { createdIndex } from '../postgres/syntax/indexes.ts';
import { nameOf, printIdentifier, splitId, type WrittenName } from '../postgres/syntax/names.ts';
import { read } from '../postgres/syntax/node.ts';
import { constraintTypes } from './constraint.ts';

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

/** The ALTER TABLE or CREATE TABLE that adds a constraint, also where PostgreSQL chose the name. */
export function adderOf({ name, type, table, columns }: Constraint, world: World): StatementFacts | undefined {
  const oid = objectsOf(world.after, 'table').get(table)?.oid;
  return world.statements.findLast(({ statement, relation }) => {
    const created = read(statement.node, 'CreateStmt')?.relation;
    const written = created ? nameOf(created) : alteredTable(statement);
    const isOn = created ? newTable(written, world)?.oid === oid : relation(written.schema, written.name)?.oid === oid;
    const isIt = (each: AddedConstraint) =>
      each.constraint.conname === undefined ? each.columns.join() === columns.join() : each.constraint.conname === name;
    return isOn && addedConstraints(statement).some((each) => constraintTypes[each.type] === type && isIt(each));
  });
}

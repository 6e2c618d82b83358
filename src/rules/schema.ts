import type { Relation } from '../model/observation.ts';
import type { World } from '../model/rule.ts';
import { type Constraint, type Index, type ObjectOf, objectsOf, type SchemaObject } from '../model/schema.ts';

/** A relation's table as it was before the pending migrations, whatever it was called then. */
export function tableBefore({ oid }: Relation, { before }: World): ObjectOf<'table'> | undefined {
  return objectsOf(before, 'table')
    .values()
    .find((table) => table.oid === oid);
}

/** What running code calls a table: its name before the pending migrations, which may have given it another one. */
export function nameBefore(relation: Relation, world: World): string {
  return tableBefore(relation, world)?.id ?? relation.name;
}

/** A relation's columns before the pending migrations, by name. */
export function columnsBefore(relation: Relation, world: World): ReadonlyMap<string, ObjectOf<'column'>> {
  const columns = [...objectsOf(world.before, 'column').values()].filter(({ oid }) => oid === relation.oid);
  return new Map(columns.map((column) => [column.name, column]));
}

/** Constraints that the pending migrations added. */
export function addedConstraintsOf({ before, after }: World): Constraint[] {
  return added([...objectsOf(before, 'constraint').values()], [...objectsOf(after, 'constraint').values()]);
}

/** Indexes that the pending migrations added, also those of constraints. */
export function addedIndexesOf({ before, after }: World): Index[] {
  return added([...objectsOf(before, 'index').values()], [...objectsOf(after, 'index').values()]);
}

/** New under a new name: a rename keeps the oid, and a changed column type gives its indexes and checks new ones. */
function added<T extends Constraint | Index>(before: readonly T[], after: readonly T[]): T[] {
  const known = new Set<number | string>(before.flatMap(({ oid, id }) => [oid, id]));
  return after.filter(({ oid, id }) => !known.has(oid) && !known.has(id));
}

/** A constraint of the table before the pending migrations. */
export function constraintBefore(table: Relation, name: string, world: World): Constraint | undefined {
  const id = tableBefore(table, world)?.id;
  return [...objectsOf(world.before, 'constraint').values()].find((each) => each.table === id && each.name === name);
}

/** Whether anybody can wait for a relation of the base: a materialized view that was never filled cannot be read. */
export function isReadable(id: string, { before }: World): boolean {
  return objectsOf(before, 'view').get(id)?.populated !== false;
}

/** All that an object says of itself: definitions, types, names of columns; not its table, nor its comment. */
export function textsOf({ table, id, comment, ...rest }: SchemaObject): string[] {
  return textsIn(rest);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Whether an object shares the names of its schema's tables (pg_class). */
export function isRelation({ kind }: SchemaObject): boolean {
  return ['table', 'view', 'index', 'sequence'].includes(kind);
}

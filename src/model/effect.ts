import { type Lock, type LockMode, type Observation, type Relation, strength } from './observation.ts';
import type { StatementFacts, World } from './rule.ts';
import { type ObjectOf, objectsOf } from './schema.ts';

/** Relations that hold rows. */
const tableKinds = ['table', 'partitioned table', 'materialized view', 'foreign table'];

/** The relation that a statement names, where it was there before the pending migrations: others may use it. */
export function atBase(
  facts: StatementFacts,
  { schema, name }: { readonly schema: string | undefined; readonly name: string },
): Relation | undefined {
  const relation = facts.relation(schema, name);
  return relation?.atBase ? relation : undefined;
}

/** A base table on which a statement worked while a lock kept others out. */
export interface Blocked {
  /** Schema-qualified, as it was named before the migration. */
  readonly table: string;
  /** The strongest lock on it while the statement ran, taken by it or held by its transaction. */
  readonly mode: LockMode;
  readonly rewritten: boolean;
}

/** Base tables that a statement read whole or rewrote while a lock on them kept writers out, or readers too. */
export function blockedTables(observation: Observation): Blocked[] {
  return strongest([...observation.locks, ...observation.held]).flatMap(({ relation: table, mode, kind, atBase }) => {
    if (!atBase || !tableKinds.includes(kind) || !atLeast(mode, 'ShareLock')) return [];
    const rewritten = observation.rewritten.includes(table);
    return rewritten || observation.scanned.includes(table) ? [{ table, mode, rewritten }] : [];
  });
}

/** Base tables that a statement itself locked at least so strongly, each with its strongest lock. */
export function lockedTables(observation: Observation, least: LockMode): Lock[] {
  return strongest(observation.locks).filter(
    ({ kind, atBase, mode }) => atBase && tableKinds.includes(kind) && atLeast(mode, least),
  );
}

/** Whether a lock is at least as strong as another. */
export function atLeast(mode: LockMode | undefined, least: LockMode): boolean {
  return mode !== undefined && strength(mode) >= strength(least);
}

/** A relation's table as it was before the pending migrations, whatever it was called then. */
export function tableBefore({ oid }: Relation, { before }: World): ObjectOf<'table'> | undefined {
  return objectsOf(before, 'table')
    .values()
    .find((table) => table.oid === oid);
}

/** A relation's columns before the pending migrations, by name. */
export function columnsBefore(relation: Relation, world: World): ReadonlyMap<string, ObjectOf<'column'>> {
  const columns = [...objectsOf(world.before, 'column').values()].filter(({ oid }) => oid === relation.oid);
  return new Map(columns.map((column) => [column.name, column]));
}

/** Objects of a kind that the pending migrations added. */
export function addedObjects<K extends 'constraint' | 'index'>({ before, after }: World, kind: K): ObjectOf<K>[] {
  const known = new Set([...objectsOf(before, kind).values()].map(({ oid }) => oid));
  return [...objectsOf(after, kind).values()].filter(({ oid }) => !known.has(oid));
}

function strongest(locks: readonly Lock[]): Lock[] {
  const found = new Map<string, Lock>();
  for (const lock of locks) {
    const other = found.get(lock.relation);
    if (!other || strength(lock.mode) > strength(other.mode)) found.set(lock.relation, lock);
  }
  return [...found.values()];
}

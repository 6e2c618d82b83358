import type { Relation } from '../model/observation.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import { type Index, objectsOf, type Table } from '../model/schema.ts';
import { printId, printIdentifier } from '../postgres/syntax/names.ts';
import { lockedOut } from './locks.ts';
import { inTransaction, type Steps } from './steps.ts';

/**
 * A partition's bounds as a condition on its rows, in the words of PostgreSQL's own partition constraint, which a CHECK
 * must imply (documentation, 5.12.2.2). Undefined for hashes, several keys, NULL, and DEFAULT.
 */
export function boundsOf(key = '', bound = ''): string | undefined {
  const [, method, column] = /^(RANGE|LIST) \(("[^"]+"|[a-z_][\w$]*)\)$/.exec(key) ?? [];
  const [, values] = /^FOR VALUES IN \((.+)\)$/s.exec(bound) ?? [];
  if (method === 'LIST' && values !== undefined && !/\bNULL\b/.test(values))
    return `${column} IS NOT NULL AND ${column} IN (${values})`;
  const [, from, to] = /^FOR VALUES FROM \((.+)\) TO \((.+)\)$/s.exec(bound) ?? [];
  if (method !== 'RANGE' || from === undefined || to === undefined) return undefined;
  const least = from === 'MINVALUE' ? '' : ` AND ${column} >= ${from}`;
  const end = to === 'MAXVALUE' ? '' : ` AND ${column} < ${to}`;
  return `${column} IS NOT NULL${least}${end}`;
}

/** The default partition of a table. */
export function defaultOf(parent: string, { before }: World): Table | undefined {
  return objectsOf(before, 'table')
    .values()
    .find(({ partitionBound, parents }) => partitionBound === 'DEFAULT' && parents.includes(parent));
}

/** The tables that hold the rows of this one: itself, or the partitions that have none of their own. */
export function leavesOf(oid: number, { before }: World): Table[] {
  const tables = [...objectsOf(before, 'table').values()];
  const below = (table: Table): Table[] =>
    table.type === 'partitioned table'
      ? tables.filter(({ parents }) => parents.includes(table.id)).flatMap(below)
      : [table];
  return tables.filter((each) => each.oid === oid).flatMap(below);
}

/** The partitioned table that a statement locks against reads and writes because it touches this partition of it. */
export function lockedParent({ oid }: Relation, facts: StatementFacts, { before }: World): string | undefined {
  const table = [...objectsOf(before, 'table').values()].find((each) => each.oid === oid);
  const parent = table?.partition ? table.parents[0] : undefined;
  return parent !== undefined && lockedOut(facts).includes(parent) ? parent : undefined;
}

/** A check that proves where rows belong, validated while others write; then the work; then the check goes. */
export function proved(table: string, condition: string, work: Steps): Steps {
  const [name, constraint] = [printId(table), printIdentifier(`${table.split('.').at(-1)}_bounds`)];
  return [
    inTransaction(`ALTER TABLE ${name} ADD CONSTRAINT ${constraint} CHECK (${condition}) NOT VALID;`),
    inTransaction(`ALTER TABLE ${name} VALIDATE CONSTRAINT ${constraint};`),
    ...work,
    inTransaction(`ALTER TABLE ${name} DROP CONSTRAINT ${constraint};`),
  ];
}

/** The indexes of partitions that belong to a partitioned index, parents before their children. */
export function descendants(root: Index, all: readonly Index[]): Index[] {
  return all.filter(({ parent }) => parent === root.id).flatMap((child) => [child, ...descendants(child, all)]);
}

/** How a partitioned table gets an index while others write, where no SQL can be given. */
export const indexPiecemeal =
  'Create the index ON ONLY the partitioned table, then CONCURRENTLY on each partition outside a transaction, and attach these with ALTER INDEX … ATTACH PARTITION.';

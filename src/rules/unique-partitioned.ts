import type { Relation } from '../model/observation.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import type { Index } from '../model/schema.ts';
import type { AddedConstraint } from '../postgres/syntax/constraints.ts';
import { concurrentIndex } from '../postgres/syntax/indexes.ts';
import { printId } from '../postgres/syntax/names.ts';
import { inCatalog } from './constraint.ts';
import { descendants } from './partitioning.ts';
import { addedIndexesOf } from './schema.ts';
import { inTransaction, outsideTransaction, type Steps } from './steps.ts';
import { constraintUsing } from './unique.ts';

/**
 * A unique constraint or primary key of a partitioned table, which takes over no index itself, but finds constraints of
 * its partitions that fit and builds nothing then (measured on 12 to 18): these first, under the names that PostgreSQL
 * chose; then the user's own statement. Nothing where an index of a partition is not known.
 */
export function onPartitions(
  facts: StatementFacts,
  added: readonly AddedConstraint[],
  table: Relation,
  world: World,
): Steps {
  if (table.kind !== 'partitioned table') return [];
  const indexes = addedIndexesOf(world);
  const known = inCatalog(facts, added, table, world);
  const steps = added.map((each, at) => {
    const root = indexes.find(({ id }) => id === known[at]?.index);
    const leaves = root && !each.constraint.without_overlaps ? descendants(root, indexes).filter(isLeaf) : [];
    return leaves.flatMap((leaf) => takeover(leaf, constraintUsing(each, leaf, known[at])));
  });
  return steps.some((own) => own.length === 0) ? [] : [...steps.flat(), inTransaction(`${facts.statement.sql};`)];
}

function isLeaf({ definition }: Index): boolean {
  return !/ ON ONLY /.test(definition);
}

function takeover({ table, definition }: Index, action: string): Steps {
  return [
    outsideTransaction(`${concurrentIndex(definition)};`),
    inTransaction(`ALTER TABLE ${printId(table)} ${action};`),
  ];
}

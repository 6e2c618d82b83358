import type { Relation } from '../model/observation.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import { objectsOf } from '../model/schema.ts';
import { type ChangedRows, columnIsNull, columnsOfKey, firstValue } from '../postgres/syntax/changed-rows.ts';
import { backfill } from './backfill.ts';
import { isNewColumn } from './new-column.ts';
import { tableBefore } from './schema.ts';
import type { Steps } from './steps.ts';

/** Whether a condition picks rows by all columns of a unique index, so that it can be only a few. */
export function isByKey({ where, lists }: ChangedRows, table: Relation, world: World): boolean {
  const named = columnsOfKey(where, lists);
  const id = tableBefore(table, world)?.id;
  return [...objectsOf(world.before, 'index').values()].some(
    (index) =>
      index.table === id && index.unique && !index.predicate && index.columns.every((column) => named.includes(column)),
  );
}

/** An UPDATE that fills a column where it is NULL, page by page; undefined where it does anything else. */
export function inBatches(
  changed: ChangedRows,
  table: Relation,
  facts: StatementFacts,
  world: World,
): Steps | undefined {
  const [set, ...more] = changed.sets;
  if (!set?.value || more.length > 0 || !changed.plain || table.kind !== 'table') return undefined;
  const { column } = set;
  const isEmpty = !changed.where && isNewColumn(table, column, facts, world) && !hasDefault(table, column, world);
  if (columnIsNull(changed.where) !== column && !isEmpty) return undefined;
  return [backfill(table.name, column, firstValue(facts.statement))];
}

function hasDefault({ oid }: Relation, name: string, { after }: World): boolean {
  return [...objectsOf(after, 'column').values()].some(
    (each) => each.oid === oid && each.name === name && each.default !== undefined,
  );
}

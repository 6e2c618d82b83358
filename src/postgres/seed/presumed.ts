import type { Catalog, Relation, Type } from './catalog.ts';
import type { Column, Reference, Target } from './targets.ts';
import { singular, wordsOf } from './words.ts';

/** A column by whose values the rows of a table are told apart. */
interface Key {
  readonly target: Target;
  readonly column: Column;
}

/**
 * Adds the references that only names tell: `customer_id` where there is a table `customers`. Their values are taken
 * from there, so that the foreign key which a pending migration may add finds what it refers to.
 */
export function withPresumed(targets: readonly Target[], catalog: Catalog): Target[] {
  const relations = new Map(catalog.relations.map((each) => [each.oid, each]));
  const keys = Map.groupBy(targets.filter(({ bound }) => bound === null).flatMap(namedKeys), ([name]) => name);
  const presumed = (target: Target, column: Column): Reference[] => {
    const named = namesFor(column).flatMap((name) => keys.get(name) ?? []);
    const own = /^parent( id| uuid)?$/.test(wordsOf(column.name).join(' ')) ? primaryOf(target) : [];
    const found = [...own, ...named.map(([, key]) => key)].filter((key) =>
      suits(key, { target, column }, catalog.types),
    );
    const key = found.find((each) => each.target.schema === target.schema) ?? found[0];
    const to = key && relations.get(key.target.oid);
    return key && to ? [referenceTo(to, key.column, column, target)] : [];
  };
  return targets.map((target) => {
    const free = target.columns.filter((each) => !target.references.some(({ columns }) => columns.includes(each.name)));
    return { ...target, references: [...target.references, ...free.flatMap((each) => presumed(target, each))] };
  });
}

/** Only in a tree may it be NULL at first: its root has no parent. */
function referenceTo(to: Relation, key: Column, { name, required }: Column, { oid }: Target): Reference {
  const optional = to.oid === oid && !required ? [name] : [];
  return { columns: [name], to, keys: [key.name], deferrable: false, optional, presumed: true };
}

/** What other tables would call a table's keys: of `customers`, `customer`, `customer_id` and `customer_code`. */
function namedKeys(target: Target): [string, Key][] {
  const table = singular(wordsOf(target.name));
  const singles = target.columns.filter(({ name }) =>
    target.uniques.some((each) => each.length === 1 && each[0] === name),
  );
  return [
    ...primaryOf(target).flatMap((key): [string, Key][] => [
      [table, key],
      [`${table} id`, key],
    ]),
    ...singles.map((column): [string, Key] => [`${table} ${wordsOf(column.name).join(' ')}`, { target, column }]),
  ];
}

function primaryOf(target: Target): Key[] {
  const column = target.columns.find(({ name }) => name === target.primary);
  return column ? [{ target, column }] : [];
}

/** A column's name, and what is left of it without the words before: `billing_customer_id` may be a `customer_id`. */
function namesFor({ name }: Column): string[] {
  const words = wordsOf(name);
  return [words, ...words.slice(1, -1).map((_, index) => words.slice(index + 1))].map((each) => each.join(' '));
}

/** Whether one column may hold the values of the other: not one that PostgreSQL fills, nor a `user_id` of `users`. */
function suits(key: Key, { target, column }: Key, types: ReadonlyMap<number, Type>): boolean {
  if (column.counted || column.generated || key.column === column) return false;
  const own = `${singular(wordsOf(target.name))} `;
  if (key.target === target && wordsOf(column.name).join(' ').startsWith(own)) return false;
  const [to, from] = [types.get(key.column.type)?.name ?? '', types.get(column.type)?.name ?? ''];
  const roomy = ['text', 'varchar'].includes(from) && column.modifier < 0;
  return key.column.type === column.type || (integers.has(to) && integers.has(from)) || (roomy && texts.has(to));
}

const integers = new Set(['int2', 'int4', 'int8']);
const texts = new Set([...integers, 'uuid', 'text', 'varchar']);

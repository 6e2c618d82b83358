import type { Catalog, Relation, Type } from './catalog.ts';
import type { Column, Reference, Target } from './targets.ts';
import { singular, wordsOf } from './words.ts';

/** A column by whose values the rows of a table are told apart. */
interface Key {
  readonly target: Target;
  readonly column: Column;
}

/**
 * Adds the references that only names tell: `customer_id` where there is a table `customers`, `flow_name` where that is
 * unique elsewhere. Their values are taken from there, so that the foreign key which a pending migration may add finds
 * what it refers to.
 */
export function withPresumed(targets: readonly Target[], catalog: Catalog): Target[] {
  const relations = new Map(catalog.relations.map((each) => [each.oid, each]));
  const find = finderIn(targets.filter(({ bound }) => bound === null));
  const presumed = (target: Target, column: Column): Reference[] => {
    const found = find({ target, column }).filter((key) => suits(key, { target, column }, catalog.types));
    const key = found.find((each) => each.target.schema === target.schema) ?? found[0];
    const to = key && relations.get(key.target.oid);
    return key && to ? [referenceTo(to, key.column, column, target)] : [];
  };
  return targets.map((target) => {
    const free = target.columns.filter((each) => !target.references.some(({ columns }) => columns.includes(each.name)));
    return { ...target, references: [...target.references, ...free.flatMap((each) => presumed(target, each))] };
  });
}

/** Finds the keys that a column may mean by its name, the likeliest first. */
function finderIn(targets: readonly Target[]): (column: Key) => Key[] {
  const keys = targets.flatMap(keysOf);
  const byTable = Map.groupBy(keys.flatMap(namesOf), ([name]) => name);
  const byColumn = Map.groupBy(keys, ({ column }) => wordsOf(column.name).join(' '));
  return ({ target, column }) => {
    const words = wordsOf(column.name);
    const name = words.join(' ');
    const own = /^parent( id| uuid)?$/.test(name) ? primaryOf(target) : [];
    const named = namesIn(words).flatMap((each) => byTable.get(each) ?? []);
    const isKey = keysOf(target).some((each) => each.column === column);
    const alike = words.length > 1 && !isKey ? (byColumn.get(name) ?? []) : [];
    return [...own, ...named.map(([, key]) => key), ...alike];
  };
}

/** Only in a tree may it be NULL at first: its root has no parent. */
function referenceTo(to: Relation, key: Column, { name, required }: Column, { oid }: Target): Reference {
  const optional = to.oid === oid && !required ? [name] : [];
  return { columns: [name], to, keys: [key.name], deferrable: false, optional, presumed: true };
}

/** The columns that are unique by themselves. */
function keysOf(target: Target): Key[] {
  const singles = new Set(target.uniques.filter((each) => each.length === 1).flat());
  return target.columns.filter(({ name }) => singles.has(name)).map((column) => ({ target, column }));
}

function primaryOf(target: Target): Key[] {
  return keysOf(target).filter(({ column }) => column.name === target.primary);
}

/** What other tables would call a key: those of `customers` are `customer`, `customer_id` and `customer_code`. */
function namesOf(key: Key): [string, Key][] {
  const table = singular(wordsOf(key.target.name));
  const names = [wordsOf(key.column.name).join(' '), ...(key.column.name === key.target.primary ? ['', 'id'] : [])];
  return [...new Set(names)].map((each) => [`${table} ${each}`.trim(), key]);
}

/** A name, and what is left of it without the words before: `billing_customer_id` may be a `customer_id`. */
function namesIn(words: readonly string[]): string[] {
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

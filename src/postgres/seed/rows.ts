import { fits, type Limits } from './checks/limits.ts';
import type { Conditions } from './conditions.ts';
import type { Key, Keys } from './keys.ts';
import type { Ranks } from './ranks.ts';
import { sample } from './samples/sample.ts';
import type { Column, Reference, Target } from './targets.ts';

/** Values by column, in PostgreSQL's text form, null for NULL. Columns that are not in it are left to PostgreSQL. */
export type Row = ReadonlyMap<string, string | null>;

/** How rows are to be made. */
export interface Recipe {
  readonly target: Target;
  readonly conditions: Conditions;
  readonly keys: Pick<Keys, 'of'>;
  /** Foreign keys that stay NULL. */
  readonly later: readonly Reference[];
  /** Ways to meet the conditions; rows take turns. Never empty. */
  readonly ways: readonly Way[];
  /** Number of the first row, from 1. */
  readonly first: number;
  /** `filled`: all columns that can be; `defaults`: those with a default are left to it; `least`: NULL wherever allowed. */
  readonly style: 'filled' | 'defaults' | 'least' | 'least with defaults';
  /** Values for certain columns, whatever the conditions say. */
  readonly fixed?: Row;
}

/** What each column must be, and how columns stand to each other. */
export interface Way {
  readonly limits: ReadonlyMap<string, Limits>;
  readonly ranks: Ranks;
}

/** Why no row can be made. */
export class NoRow extends Error {}

/** Makes up to `count` rows that differ in what is unique: fewer where there are not so many. Throws `NoRow` where there is none. */
export function rowsOf(recipe: Recipe, count: number): Row[] {
  const rows: Row[] = [];
  const seen = recipe.target.uniques.map(() => new Set<string>());
  for (let index = 0; index < count; index += 1) {
    const row = distinctRow(recipe, index, seen);
    if (!row) break;
    for (const [at, columns] of recipe.target.uniques.entries()) {
      const id = identityOf(row, columns);
      if (id !== undefined) seen[at]?.add(id);
    }
    rows.push(row);
  }
  return rows;
}

/** Values tried for a column of a unique set, and turns of all of them together. */
const choices = 4;
const turns = 64;

function distinctRow(recipe: Recipe, index: number, seen: readonly Set<string>[]): Row | undefined {
  const { uniques } = recipe.target;
  let colliding: readonly string[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const row = rowOf(recipe, index, offsetsOf(colliding, turn));
    const at = uniques.findIndex((columns, each) => seen[each]?.has(identityOf(row, columns) ?? ''));
    if (at < 0) return row;
    colliding = uniques[at] ?? [];
  }
  return undefined;
}

/** The turn's digits, one for each column. */
function offsetsOf(columns: readonly string[], turn: number): ReadonlyMap<string, number> {
  const digits = columns.length === 1 ? turns : choices;
  return new Map(columns.map((each, index) => [each, Math.floor(turn / digits ** index) % digits]));
}

/** What is unique of a row; undefined where a part of it is NULL, or PostgreSQL's to choose. */
function identityOf(row: Row, columns: readonly string[]): string | undefined {
  const values = columns.map((each) => row.get(each));
  return values.every((each) => typeof each === 'string') ? JSON.stringify(values) : undefined;
}

function rowOf(recipe: Recipe, index: number, offsets: ReadonlyMap<string, number>): Row {
  let problem: unknown;
  const { ways } = recipe;
  for (const shift of ways.keys()) {
    const way = ways[(index + shift) % ways.length] as Way;
    try {
      return rowBy(way, recipe, recipe.first + index, offsets);
    } catch (error) {
      if (!(error instanceof NoRow)) throw error;
      problem ??= error;
    }
  }
  throw problem;
}

function rowBy(
  { limits, ranks: { steps, moments } }: Way,
  recipe: Recipe,
  n: number,
  offsets: ReadonlyMap<string, number>,
): Row {
  const row = new Map(recipe.fixed);
  const { columns, references } = recipe.target;
  for (const reference of references) {
    const offset = Math.max(...reference.columns.map((each) => (offsets.get(each) ?? 0) + (steps.get(each) ?? 0)));
    refer(row, reference, n - 1 + offset, limits, recipe);
  }
  for (const column of columns) {
    const { name } = column;
    if (row.has(name) || column.generated || column.counted) continue;
    const number = n + (offsets.get(name) ?? 0);
    const wish = {
      n: number + (steps.get(name) ?? 0),
      row: number,
      moment: moments.get(name) ?? 0,
      limits: limits.get(name) ?? {},
    };
    const value = valueFor(column, wish, recipe);
    if (value !== undefined) row.set(name, value);
  }
  return row;
}

/** Sets a reference's columns to a key that agrees with what is set already. */
function refer(
  row: Map<string, string | null>,
  reference: Reference,
  index: number,
  limits: Way['limits'],
  recipe: Recipe,
) {
  const { columns, optional, presumed } = reference;
  const wanted = columns.map((each) => limits.get(each) ?? {});
  const absent =
    recipe.later.includes(reference) ||
    wanted.some((each) => each.null) ||
    columns.some((each) => row.get(each) === null);
  const least = recipe.style.startsWith('least') && !wanted.some((each) => each.null === false);
  if ((absent || least) && optional.length > 0) return empty(row, optional);
  if (presumed && (absent || least || wanted.some(asks))) return;
  const fitting = recipe.keys.of(reference).filter((key) => agrees(key, columns, wanted, row));
  const key = fitting[index % fitting.length];
  if (key) for (const [at, column] of columns.entries()) row.set(column, key[at] as string);
  else if (optional.length > 0) empty(row, optional);
  else if (!presumed && columns.some((each) => !row.has(each)))
    throw new NoRow(`${reference.to.schema}.${reference.to.name}, to which it must refer, has no rows that fit`);
}

/** Whether a condition asks more of a column than to be NULL, or not to be. */
function asks(limits: Limits): boolean {
  return Object.keys(limits).some((key) => key !== 'null');
}

function empty(row: Map<string, string | null>, columns: readonly string[]): void {
  for (const column of columns) if (!row.has(column)) row.set(column, null);
}

function agrees(key: Key, columns: readonly string[], wanted: readonly Limits[], row: Row): boolean {
  return columns.every((column, at) => {
    const [value, limits] = [key[at] as string, wanted[at] ?? {}];
    if (row.has(column) && row.get(column) !== value) return false;
    return (limits.oneOf?.includes(value) ?? true) && fits(value, limits);
  });
}

/** The column's value; undefined to leave it to its default. */
function valueFor(column: Column, wish: Parameters<typeof sample>[2], { target, conditions, style }: Recipe) {
  const { limits } = wish;
  if (style.includes('defaults') && column.default !== null && !asks(limits)) return undefined;
  if (style.startsWith('least') && !column.required && limits.null !== false) return null;
  const known = target.uniques.some((each) => each.includes(column.name)) ? [] : conditions.known(target, column);
  const of = { table: target.name, column: column.name, default: column.default };
  const value = sample(column.type, column.modifier, { ...wish, of, known }, conditions.types);
  if (value !== undefined) return value;
  if (column.default !== null) return undefined;
  if (!column.required && limits.null !== false) return null;
  const { schema, name } = conditions.types.get(column.type) ?? { schema: '', name: 'unknown' };
  throw new NoRow(`no value is known for ${column.name} of type ${schema}.${name}`);
}

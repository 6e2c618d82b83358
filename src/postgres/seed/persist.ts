import { type Connection, SqlError } from '../connect.ts';
import { fromPosix } from './checks/patterns.ts';
import type { Conditions } from './conditions.ts';
import { fitting } from './fitting.ts';
import { insertionOf } from './insertion.ts';
import type { Keys } from './keys.ts';
import type { Place } from './order.ts';
import { recipeOf } from './recipe.ts';
import { NoRow, type Recipe, type Row, rowsOf } from './rows.ts';
import { matching } from './samples/matching.ts';
import { commonTexts } from './samples/texts.ts';
import { sendEach } from './send.ts';
import type { Column, Target } from './targets.ts';
import { type Demands, demandsOf, literalsIn } from './triggers.ts';

/** Time for one table, in milliseconds, and rows that are tried for it. */
const patience = 3000;
const attempts = 120;

const turnedAway = 'PostgreSQL took its rows without an error, and none is in it: a trigger or rule turns them away';

export interface Persistence {
  readonly rows: number;
  /** Why there are none, in PostgreSQL's words. */
  readonly reason: string;
}

/** Fills a table whose usual rows were refused: one by one, then with other rows that might be accepted. */
export async function persist(
  connection: Connection,
  place: Place,
  conditions: Conditions,
  keys: Keys,
  options: { readonly rows: number; readonly singly: readonly Row[]; readonly until: number },
): Promise<Persistence> {
  const until = Math.min(options.until, performance.now() + patience);
  const tried = new Set(options.singly.map(textOf));
  const { rows, error } = await insertUntil(connection, place, options.singly, { enough: options.rows, until });
  if (rows > 0 || isHopeless(error)) return { rows, reason: error?.message ?? '' };
  const demands = await demandsOf(connection, place.target, conditions);
  const candidates = candidatesOf(place, conditions, keys, demands).filter((row) => !tried.has(textOf(row)));
  const chosen = (await fitting(connection, place.target, conditions.types, candidates)).slice(0, attempts);
  const again = await insertUntil(connection, place, chosen, { enough: options.rows, until });
  const reason =
    (error ?? again.error)?.message ?? (chosen.length > 0 ? turnedAway : 'no row was found that meets its conditions');
  return { rows: again.rows, reason };
}

async function insertUntil(
  connection: Connection,
  { target }: Place,
  rows: readonly Row[],
  { enough, until }: { enough: number; until: number },
): Promise<{ rows: number; error: SqlError | undefined }> {
  let inserted = 0;
  let failures = 0;
  let silences = 0;
  let error: SqlError | undefined;
  for (const row of rows) {
    const content = inserted >= enough || (inserted > 0 && failures > 12);
    if (content || silences > 2 || isHopeless(error) || performance.now() > until) break;
    const [outcome = 0] = await sendEach(connection, [insertionOf(target, [row])]);
    if (outcome instanceof SqlError) {
      error ??= outcome;
      failures += 1;
    } else if (outcome === 0) silences += 1;
    else {
      inserted += outcome;
      failures = 0;
    }
  }
  return { rows: inserted, error };
}

/** Errors that other values do not change: rights, time that ran out, objects that are not there. */
export function isHopeless(error: SqlError | undefined): boolean {
  return error !== undefined && /^(42501|57|53|25|XX)/.test(error.fault.sqlstate);
}

/** Rows that might be accepted, the likeliest first, each different from the usual ones in its own way. */
function candidatesOf(place: Place, conditions: Conditions, keys: Keys, demands: Demands): Row[] {
  const usual = recipeOf(place, conditions, keys, { ways: 12 });
  const asked =
    demands.formulas.length > 0 ? recipeOf(place, conditions, keys, { ways: 12, more: demands.formulas }) : usual;
  const recipes = [asked, usual].flatMap((recipe): [Recipe, number][] => [
    [recipe, 12],
    [{ ...recipe, style: 'defaults' }, 3],
    [{ ...recipe, style: 'least' }, 3],
    [{ ...recipe, style: 'least with defaults' }, 3],
  ]);
  const substituted = substitutions(place, conditions, demands).map((fixed): [Recipe, number] => [
    { ...asked, fixed },
    1,
  ]);
  const further: [Recipe, number][] = [[{ ...usual, first: 13 }, 100]];
  const rows = [...recipes, ...substituted, ...further].flatMap(([recipe, count]) => made(recipe, count));
  return [...new Map(rows.map((row) => [textOf(row), row])).values()];
}

function made(recipe: Recipe, count: number): Row[] {
  try {
    return rowsOf({ ...recipe, target: { ...recipe.target, uniques: [] } }, count);
  } catch (error) {
    if (error instanceof NoRow) return [];
    throw error;
  }
}

/** Other values for the columns that checks and trigger functions speak of, one column at a time. */
function substitutions({ target }: Place, { types }: Conditions, demands: Demands): Row[] {
  const literals = [...new Set([...target.checks.flatMap(literalsIn), ...demands.literals])];
  const numbers = literals.filter((each) => /^\d+$/.test(each));
  const texts = [...literals.slice(0, 30), ...literals.flatMap(patternTexts), ...commonTexts(1)];
  return target.columns
    .filter((each) => isSpokenOf(each, target, demands))
    .flatMap(({ name, type }) => {
      const { name: typeName = '' } = types.get(type) ?? {};
      const values = /^(text|varchar|bpchar|citext|name)$/.test(typeName)
        ? texts
        : /^(int|num|float)/.test(typeName)
          ? numbers
          : [];
      return values.map((each) => new Map([[name, each]]));
    });
}

function isSpokenOf({ name, generated }: Column, { checks }: Target, { columns }: Demands): boolean {
  return !generated && (columns.includes(name) || checks.some((each) => each.includes(name)));
}

/** A text that matches a literal, where that looks like a regular expression. */
function patternTexts(text: string): string[] {
  if (!/^\^|\$$|\[.*\]/.test(text)) return [];
  return matching({ source: fromPosix(text), insensitive: false, matches: true }, 1)
    .take(2)
    .toArray();
}

function textOf(row: Row): string {
  return JSON.stringify([...row]);
}

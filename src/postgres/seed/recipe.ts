import type { Formula } from './checks/condition.ts';
import { fullest, type Solution } from './checks/solve.ts';
import type { Conditions } from './conditions.ts';
import type { Keys } from './keys.ts';
import type { Place } from './order.ts';
import { ranksOf } from './ranks.ts';
import type { Recipe } from './rows.ts';

/** The usual way to make rows for a table: everything filled, conditions met as far as they are understood. */
export function recipeOf(
  { target, later }: Place,
  conditions: Conditions,
  keys: Pick<Keys, 'of'>,
  options: { readonly ways: number; readonly more?: readonly Formula[] },
): Recipe {
  const absent = target.references.filter(
    (each) => each.optional.length > 0 && (later.includes(each) || keys.of(each).length === 0),
  );
  const nulls = absent.flatMap(({ optional }) =>
    optional.map((column): Formula => ({ column, limits: { null: true } })),
  );
  const own = conditions.of(target);
  const more = options.more ?? [];
  const found = [[...own, ...more, ...nulls], [...own, ...nulls], own]
    .map((each) => fullest(each, options.ways))
    .find((each) => each.length > 0);
  const chosen = (found ?? [nothing]).map(({ limits, relations }) => ({ limits, ranks: ranksOf(target, relations) }));
  return { target, conditions, keys, later: absent, ways: chosen, first: 1, style: 'filled' };
}

const nothing: Solution = { limits: new Map(), relations: [] };

import type { Formula, Relation } from './condition.ts';
import { combine, type Limits } from './limits.ts';

/** One way to meet conditions: what each column must be, and how columns stand to each other. */
export interface Solution {
  readonly limits: ReadonlyMap<string, Limits>;
  readonly relations: readonly Relation[];
}

/** Steps after which the search ends: conditions that people write need a few dozen. */
const patience = 2000;

/**
 * The ways to meet all conditions at once, depth first: alternatives that contradict what is already chosen are left
 * out. Alternatives with fewer NULLs come first.
 */
export function* solutions(formulas: readonly Formula[]): Generator<Solution> {
  const budget = { steps: patience };
  yield* search(formulas, { limits: new Map(), relations: [] }, budget);
}

function* search(goals: readonly Formula[], at: Solution, budget: { steps: number }): Generator<Solution> {
  budget.steps -= 1;
  if (budget.steps < 0) return;
  const goal = goals.find((each) => !('any' in each)) ?? goals[0];
  if (!goal) return yield at;
  const rest = goals.filter((each) => each !== goal);
  if ('all' in goal) yield* search([...goal.all, ...rest], at, budget);
  else if ('any' in goal) for (const each of byNulls(goal.any)) yield* search([each, ...rest], at, budget);
  else {
    const next =
      'left' in goal ? { ...at, relations: [...at.relations, goal] } : narrowed(at, goal.column, goal.limits);
    if (next) yield* search(rest, next, budget);
  }
}

function narrowed(at: Solution, column: string, limits: Limits): Solution | undefined {
  const present = at.limits.get(column);
  const combined = present ? combine(present, limits) : limits;
  return combined && { ...at, limits: new Map(at.limits).set(column, combined) };
}

function byNulls(alternatives: readonly Formula[]): Formula[] {
  return alternatives.toSorted((a, b) => nullsOf(a) - nullsOf(b));
}

/** The first ways, without those that need more NULLs than another: `x IS NULL OR x > 0` is met by a value. */
export function fullest(formulas: readonly Formula[], count: number): Solution[] {
  const found = solutions(formulas)
    .take(4 * count)
    .map((solution) => ({ solution, nulls: nullsIn(solution) }))
    .toArray();
  const best = found.filter(
    ({ nulls }) => !found.some((other) => other.nulls.size < nulls.size && other.nulls.isSubsetOf(nulls)),
  );
  return best.slice(0, count).map(({ solution }) => solution);
}

function nullsIn({ limits }: Solution): Set<string> {
  return new Set([...limits].filter(([, each]) => each.null).map(([column]) => column));
}

/** How many columns a condition wants to be NULL, on its cheapest way. */
function nullsOf(formula: Formula): number {
  if ('all' in formula) return formula.all.reduce((sum, each) => sum + nullsOf(each), 0);
  if ('any' in formula) return Math.min(...formula.any.map(nullsOf));
  return 'limits' in formula && formula.limits.null ? 1 : 0;
}

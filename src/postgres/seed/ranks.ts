import type { Relation } from './checks/condition.ts';
import type { Reference, Target } from './targets.ts';
import { isKeyLike, wordsOf } from './words.ts';

/** How the values of a row's columns stand to each other. */
export interface Ranks {
  /** Added to the row's number for a column that must be greater than another, or differ from it. */
  readonly steps: ReadonlyMap<string, number>;
  /** The order of times: that of the columns, starts before ends. */
  readonly moments: ReadonlyMap<string, number>;
}

/** Orders columns by what conditions say of them, and else by what their names and places suggest. */
export function ranksOf({ columns, references }: Target, relations: readonly Relation[]): Ranks {
  const numbers = columns.map(({ name }): [string, number] => [name, isUpper(name) ? 1 : 0]);
  const steps = new Map([...numbers, ...turnsOf(references)]);
  const chronological = columns.toSorted((a, b) => stageOf(a.name) - stageOf(b.name));
  const moments = new Map(chronological.map(({ name }, index) => [name, index]));
  return { steps: settled(steps, relations), moments: settled(moments, relations) };
}

/**
 * Where all references lead to one table they take turns, so that nobody follows himself. Elsewhere they keep step:
 * the user and the author of one tenant's row belong to that tenant.
 */
function turnsOf(references: readonly Reference[]): [string, number][] {
  if (new Set(references.map(({ to }) => to)).size > 1) return [];
  return references.flatMap(({ columns }, turn) => columns.map((each): [string, number] => [each, turn]));
}

function settled(ranks: Map<string, number>, relations: readonly Relation[]): ReadonlyMap<string, number> {
  for (const _ of relations) {
    for (const { left, order, right } of relations) {
      const [low, high] = [ranks.get(left) ?? 0, ranks.get(right) ?? 0];
      const least = order === '<' || order === '<>' ? low + 1 : low;
      if (order === '<>' ? low === high : high < least) ranks.set(right, least);
      if (order === '=') ranks.set(left, ranks.get(right) ?? 0);
    }
  }
  return ranks;
}

/** The greater of two numbers, by its name: `max_size`, `range_end`. */
function isUpper(name: string): boolean {
  const words = wordsOf(name);
  return !isKeyLike(name) && [words[0], words.at(-1)].some((each) => /^(max|maximum|upper|high|end)$/.test(each ?? ''));
}

function stageOf(name: string): number {
  const words = wordsOf(name);
  if (words.some((each) => late.test(each))) return 2;
  return words.some((each) => early.test(each)) ? 0 : 1;
}

const early =
  /^(created|starts?|started|begins?|began|from|since|opens?|opened|issued|min|low|lower|first|birth|born)$/;
const late =
  /^(ends?|ended|until|till|expires?|expired|expiry|expiration|finish|finished|completed|closes?|closed|updated|modified|deleted|removed|last|max|high|upper|due)$/;

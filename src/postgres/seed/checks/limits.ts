/** What one value must be, as far as it is known; all of it holds at once. Values are in PostgreSQL's text form. */
export interface Limits {
  /** Must be NULL, or must not. */
  readonly null?: boolean;
  readonly oneOf?: readonly string[];
  readonly noneOf?: readonly string[];
  readonly min?: Bound;
  readonly max?: Bound;
  /** Characters of a text, bytes of a bytea. */
  readonly length?: Interval;
  /** Elements of an array. */
  readonly items?: Interval;
  /** What the elements of an array may be. */
  readonly elements?: readonly string[];
  readonly patterns?: readonly Pattern[];
  readonly letters?: 'lower' | 'upper';
  readonly json?: JsonLimits;
}

export interface Bound {
  readonly value: string;
  /** The bound itself does not belong. */
  readonly open: boolean;
}

export interface Interval {
  readonly min: number;
  readonly max: number;
}

/** A regular expression that a text must match, or must not. */
export interface Pattern {
  readonly source: string;
  readonly insensitive: boolean;
  readonly matches: boolean;
}

export interface JsonLimits {
  /** As `jsonb_typeof` names it. */
  readonly kind?: string;
  /** Keys of an object, with their value's text, or undefined where any will do. */
  readonly keys?: Readonly<Record<string, string | undefined>>;
}

/** Both at once; undefined where that is impossible. */
export function combine(a: Limits, b: Limits): Limits | undefined {
  if (a.null !== undefined && b.null !== undefined && a.null !== b.null) return undefined;
  const shared = Object.keys(b).filter((key) => key in a) as (keyof Limits)[];
  const both: Limits = { ...a, ...b, ...Object.fromEntries(shared.map((key) => [key, merged(key, a, b)])) };
  if (isEmpty(both)) return undefined;
  const oneOf = both.oneOf?.filter((each) => fits(each, both));
  if (oneOf?.length === 0) return undefined;
  return oneOf ? { ...both, oneOf } : both;
}

/** What both say of one thing. */
function merged(key: keyof Limits, a: Limits, b: Limits): unknown {
  switch (key) {
    case 'null':
    case 'letters':
      return a[key];
    case 'oneOf':
    case 'elements':
      return a[key]?.filter((each) => b[key]?.includes(each));
    case 'noneOf':
      return [...(a.noneOf ?? []), ...(b.noneOf ?? [])];
    case 'patterns':
      return [...(a.patterns ?? []), ...(b.patterns ?? [])];
    case 'min':
      return tighter(a.min, b.min, 1);
    case 'max':
      return tighter(a.max, b.max, -1);
    case 'length':
    case 'items':
      return intersect(a[key], b[key]);
    case 'json':
      return { ...a.json, ...b.json, keys: { ...a.json?.keys, ...b.json?.keys } };
  }
}

/** Whether a text meets bounds, exclusions and patterns. */
export function fits(value: string, { noneOf, min, max, patterns }: Limits): boolean {
  if (noneOf?.includes(value)) return false;
  if (min && !beyond(value, min, 1)) return false;
  if (max && !beyond(value, max, -1)) return false;
  return (patterns ?? []).every((each) => expressionOf(each)?.test(value) !== !each.matches);
}

const expressions = new Map<string, RegExp | undefined>();

/** The pattern for JavaScript; undefined where only PostgreSQL reads it. */
export function expressionOf({ source, insensitive }: Pattern): RegExp | undefined {
  const key = `${insensitive ? 'i' : ''}/${source}`;
  if (!expressions.has(key)) {
    try {
      expressions.set(key, new RegExp(source, insensitive ? 'is' : 's'));
    } catch {
      expressions.set(key, undefined);
    }
  }
  return expressions.get(key);
}

/** Order of two values: as numbers where both are, else as texts, which is right for dates. */
function compare(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (a.trim() !== '' && b.trim() !== '' && !Number.isNaN(x) && !Number.isNaN(y)) return Math.sign(x - y);
  return a < b ? -1 : Number(a > b);
}

function beyond(value: string, bound: Bound, direction: 1 | -1): boolean {
  const order = compare(value, bound.value) * direction;
  return bound.open ? order > 0 : order >= 0;
}

function tighter(a: Bound | undefined, b: Bound | undefined, direction: 1 | -1): Bound | undefined {
  if (!a || !b) return a ?? b;
  const order = compare(a.value, b.value) * direction;
  if (order === 0) return a.open ? a : b;
  return order > 0 ? a : b;
}

function intersect(a: Interval | undefined, b: Interval | undefined): Interval | undefined {
  return a && b ? { min: Math.max(a.min, b.min), max: Math.min(a.max, b.max) } : (a ?? b);
}

function isEmpty({ min, max, length, items, elements }: Limits): boolean {
  if ([length, items].some((each) => each && each.min > each.max)) return true;
  if (elements?.length === 0 || !min || !max) return elements?.length === 0;
  const order = compare(min.value, max.value);
  return order > 0 || (order === 0 && (min.open || max.open));
}

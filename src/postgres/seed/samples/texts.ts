import { fits, type Interval, type Limits } from '../checks/limits.ts';
import { isKeyLike } from '../words.ts';
import { matching } from './matching.ts';
import type { Wish } from './wish.ts';

/** Longest text that is made where a check asks for a long one. */
const longest = 10_000;

/** A text of at most `room` characters; undefined where no text is found that the limits allow. */
export function textOf(room: number, wish: Wish): string | undefined {
  const length = { min: wish.limits.length?.min ?? 0, max: Math.min(wish.limits.length?.max ?? room, room) };
  for (const candidate of candidates(wish, length, room)) {
    const value = cased(candidate, wish.limits);
    const { length: size } = [...value];
    if (size >= length.min && size <= length.max && fits(value, wish.limits)) return value;
  }
  return undefined;
}

/**
 * What a text may be, the best first: what its pattern says, what the schema names for this column, what its name
 * tells, and else digits, which outlive most casts that a pending migration may try.
 */
function* candidates({ n, limits, of, known = [] }: Wish, length: Interval, room: number): Generator<string> {
  const pattern = limits.patterns?.find((each) => each.matches);
  if (pattern) for (const seed of [n, n + 1]) yield* matching(pattern, seed);
  for (const index of known.keys()) yield known[(n - 1 + index) % known.length] as string;
  for (const [words, make] of meanings) if (words.test(of?.column ?? '')) yield make(n);
  if (isIdentifier(of, room)) yield String(n).padStart(32, '0');
  for (let number = n; number < n + 4; number += 1) {
    yield `${of ? prefixOf(of) : ''}${number}`.padStart(Math.min(length.min, longest), '0');
    yield number.toString(36).padStart(Math.max(1, length.min), '0').slice(-Math.max(1, length.max));
  }
  const { min, max } = limits;
  if (min) yield min.open || n > 1 ? `${min.value}${n}` : min.value;
  if (max && max.value > ' ')
    yield String.fromCodePoint(Math.max(33, (max.value.codePointAt(0) ?? 34) - 1)) + String(n);
}

/** Texts that hold a key are the same in all tables; 32 digits can be read as a UUID and as a number. */
function isIdentifier(of: Wish['of'], room: number): boolean {
  return of !== undefined && (isKeyLike(of.column) || room === 36 || /uuid/i.test(of.default ?? ''));
}

/** Three digits that other columns hardly share: a pending migration may gather several of them under one unique index. */
function prefixOf({ table, column }: NonNullable<Wish['of']>): number {
  const sum = [...`${table}.${column}`].reduce((hash, each) => (hash * 31 + (each.codePointAt(0) ?? 0)) % 900, 0);
  return 100 + sum;
}

function cased(text: string, { letters, patterns }: Limits): string {
  if (letters === undefined || patterns) return text;
  return letters === 'lower' ? text.toLowerCase() : text.toUpperCase();
}

/** Texts in the forms that conditions commonly want, for columns about which nothing else is known. */
export function commonTexts(n: number): string[] {
  const words = ['a', 'abc', 'Abc', 'ABC', 'AB', 'en-US', 'abc-def', 'abc_def', 'a/b', '/a', 'a.b', 'example.com'];
  const forms = [
    `v1.${n}.0`,
    `2024-01-0${(n % 9) + 1}`,
    '12:00',
    '{}',
    '[]',
    `{"n": ${n}}`,
    '#aabbcc',
    '+15551234567',
    `00000000-0000-4000-8000-00000000000${n % 10}`,
  ];
  return [...meanings.map(([, make]) => make(n)), ...forms, ...words, 'f'.repeat(32), 'f'.repeat(40), 'f'.repeat(64)];
}

const meanings: readonly [RegExp, (n: number) => string][] = [
  [/e?mail(_?addr(ess)?)?$/i, (n) => `user${n}@example.com`],
  [/(^|_)(ur[il]|link|website|href)$|Ur[il]$/, (n) => `https://example.com/${n}`],
  [/(phone|mobile|fax)(_?(number|no))?$/i, (n) => `+1555000${n}`],
  [/(^|_)(json|jsonb|payload|metadata)$/i, (n) => `{"n": ${n}}`],
  [
    /(_at|_on|_date|_time|timestamp)$|^date$|[a-z]At$/,
    (n) => `2024-01-${String((n % 28) + 1).padStart(2, '0')} 12:00:00`,
  ],
  [/(^|_)(ip|ip_?addr(ess)?)$/i, (n) => `192.0.2.${n % 250}`],
  [/(^|_)(version|semver)$/i, (n) => `1.${n}.0`],
  [/(^|_)(time_?zone|tz)$|[a-z]TimeZone$/, () => 'UTC'],
  [/^(is|has)_/, (n) => (n % 2 === 1 ? 'true' : 'false')],
];

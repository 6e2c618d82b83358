import type { Constraint, DomainType } from '../../model/schema.ts';
import { literal } from './values.ts';

/**
 * Values that a column's CHECK constraints name or bound: tried before those that only the type suggests. Definitions
 * are as `pg_get_constraintdef` writes them, so a few shapes cover what people write.
 */
export function candidatesFor(column: string, checks: readonly string[], n: number): string | undefined {
  for (const definition of checks) {
    const found =
      listed(definition, column, n) ??
      measured(definition, column, n) ??
      matched(definition, column, n) ??
      bounded(definition, column, n);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The definitions of a table's checks, and of a column's domain with VALUE for its name. */
export function checksOf(column: string, constraints: readonly Constraint[], domain: DomainType | undefined): string[] {
  const own = constraints
    .filter((each) => each.type === 'check' && each.columns.includes(column))
    .map((each) => each.definition);
  return [...own, ...(domain?.checks.map((check) => check.replaceAll(/\bVALUE\b/g, column)) ?? [])];
}

/** `(status = ANY (ARRAY['a'::text, …]))`, `((status)::text = 'a'::text)`: one of the values. */
function listed(definition: string, column: string, n: number): string | undefined {
  const [, list] =
    new RegExp(`${name(column)}\\)*(?:::[\\w ]+)?\\)* = ANY \\(*(?:ARRAY)?\\[(.*?)\\]`).exec(definition) ?? [];
  const single = new RegExp(`${name(column)}\\)*(?:::[\\w ]+)?\\)* = ('(?:[^']|'')*'|-?\\d+(?:\\.\\d+)?)`, 'g');
  const values =
    list !== undefined
      ? (list.match(/'(?:[^']|'')*'|-?\d+(?:\.\d+)?/g) ?? [])
      : [...definition.matchAll(single)].map(([, value]) => value);
  return values.length > 0 ? values[(n - 1) % values.length] : undefined;
}

/** `char_length(code) = 3`, `<= 10`, `> 2`: a text of such a length. */
function measured(definition: string, column: string, n: number): string | undefined {
  const pattern = new RegExp(
    `(?:char_length|length|octet_length)\\(\\(*${name(column)}\\)*(?:::[\\w ]+)?\\)+ (=|>=|>|<=|<) (\\d+)`,
    'g',
  );
  let length: number | undefined;
  for (const [, operator, bound] of definition.matchAll(pattern)) {
    length = Math.max(length ?? 1, Number(bound) + (operator === '>' ? 1 : operator === '<' ? -1 : 0));
    if (operator?.startsWith('<')) length = Math.min(length, Number(bound));
  }
  return length === undefined
    ? undefined
    : literal(String(n).padStart(Math.max(length, 1), 'x').slice(0, Math.max(length, 1)));
}

const samples = [
  'a',
  'abc',
  'abc-def',
  'abc_def',
  'A',
  'ABC',
  'AB',
  'Abc',
  'abc1',
  '1',
  '12',
  '123',
  '1234',
  '12345',
  '2024-01-01',
  '12:00',
  '1.0.0',
  'v1.0.0',
  'user@example.com',
  'https://example.com',
  'https://example.com/a',
  'http://example.com',
  'example.com',
  '#aabbcc',
  '+15551234567',
  '/a',
  '/a/b',
  'a/b',
  '0123456789abcdef',
  'a'.repeat(32),
  '0'.repeat(40),
  'f'.repeat(64),
  '00000000-0000-4000-8000-000000000000',
];

/** `code ~ '^[a-z]+$'`: the first of the usual texts that matches, varied by `n` where it still does. */
function matched(definition: string, column: string, n: number): string | undefined {
  const [, operator, source = ''] =
    new RegExp(`${name(column)}\\)*(?:::[\\w ]+)?\\)* (~\\*?) '((?:[^']|'')*)'`).exec(definition) ?? [];
  if (!operator) return undefined;
  try {
    const pattern = new RegExp(
      source
        .replaceAll("''", "'")
        .replaceAll('[[:alpha:]]', '[a-zA-Z]')
        .replaceAll('[[:digit:]]', '\\d')
        .replaceAll('[:alnum:]', 'a-zA-Z0-9'),
      operator === '~*' ? 'i' : '',
    );
    const fitting = samples.flatMap((each) => [`${each}${n}`, each]).filter((each) => pattern.test(each));
    return fitting[0] === undefined ? undefined : literal(fitting[0]);
  } catch {
    return undefined; // a pattern that only PostgreSQL reads
  }
}

/** `amount >= 0`, `BETWEEN` as two comparisons: a number inside. */
function bounded(definition: string, column: string, n: number): string | undefined {
  const pattern = new RegExp(
    `${name(column)}\\)*(?:::[\\w ]+)?\\)* (>=|>|<=|<) \\(?'?(-?\\d+(?:\\.\\d+)?)'?\\)?(?:::(?:numeric|integer|bigint|double precision|smallint|real))?(?![\\d-])`,
    'g',
  );
  let low: number | undefined;
  let high: number | undefined;
  for (const [, operator, bound] of definition.matchAll(pattern)) {
    if (operator?.startsWith('>')) low = Number(bound) + (operator === '>' ? 1 : 0);
    else high = Number(bound) - (operator === '<' ? 1 : 0);
  }
  if (low === undefined && high === undefined) return undefined;
  if (low !== undefined && high !== undefined)
    return String(low + Math.max(0, (n - 1) % Math.max(1, Math.floor(high - low) + 1)));
  return String(low === undefined ? (high as number) - n + 1 : low + n - 1);
}

function name(column: string): string {
  return `(?<![\\w"])"?${column.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}"?`;
}

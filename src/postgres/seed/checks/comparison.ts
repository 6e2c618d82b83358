import type { Node } from '@pgsql/types';
import type { Formula } from './condition.ts';
import type { Bound, Interval, Limits } from './limits.ts';
import { fromLike, fromPosix } from './patterns.ts';
import { type Constant, constantOf, constantsOf, present, type Subject, subjectOf } from './terms.ts';

const anything: Formula = { all: [] };

const opposites: Readonly<Record<string, string>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  '~': '!~',
  '!~': '~',
  '~*': '!~*',
  '!~*': '~*',
  '~~': '!~~',
  '!~~': '~~',
  '~~*': '!~~*',
  '!~~*': '~~*',
};

const mirrored: Readonly<Record<string, string>> = { '=': '=', '<>': '<>', '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

/** `left operator right`, true or false, where one side is about a column and the other is a constant or a column too. */
export function compared(left: Node | undefined, operator: string, right: Node | undefined, holds: boolean): Formula {
  const [a, b] = [subjectOf(left), subjectOf(right)];
  const x: Constant = constantOf(left);
  const y: Constant = constantOf(right);
  const effective = holds ? operator : opposites[operator];
  if (typeof x === 'string' && typeof y === 'string') return constants(x, operator, y, holds);
  if (a && !b) return contained(a, operator, right, holds) ?? (effective ? against(a, effective, y) : anything);
  const turned = mirrored[effective ?? ''];
  if (b && !a) return turned ? against(b, turned, x) : anything;
  return a && b && effective ? columns(a, effective, b) : anything;
}

/** `x = ANY (…)`, `x IN (…)`, `x <> ALL (…)`. */
export function listed(
  subject: Subject | undefined,
  operator: string,
  list: readonly string[],
  any: boolean,
  holds: boolean,
): Formula {
  if (!subject) return anything;
  const inside = holds === (operator === '=');
  if (operator === '=' || operator === '<>')
    return inside ? { any: [oneOf(subject, list)] } : { all: list.map((each) => against(subject, '<>', each)) };
  const effective = holds ? operator : opposites[operator];
  const parts = effective ? list.map((each) => against(subject, effective, each)) : [];
  return any === holds ? { any: parts } : { all: parts };
}

function oneOf(subject: Subject, list: readonly string[]): Formula {
  if (subject.measure === 'value' && subject.key === undefined) return of(subject, { oneOf: list });
  return { any: list.map((each) => against(subject, '=', each)) };
}

function constants(x: string, operator: string, y: string, holds: boolean): Formula {
  if (operator !== '=' && operator !== '<>') return anything;
  return ((x === y) === (operator === '=')) === holds ? anything : { any: [] };
}

/** `tags <@ ARRAY[…]`, `tags @> ARRAY[…]`, `data ? 'key'`. */
function contained(subject: Subject, operator: string, right: Node | undefined, holds: boolean): Formula | undefined {
  if (!holds || subject.measure !== 'value') return undefined;
  const list = constantsOf(right);
  if (list && (operator === '<@' || operator === '@>' || operator === '&&'))
    return of(subject, { elements: list, items: { min: 1, max: 16 } });
  const key = constantOf(right);
  if (operator === '?' && typeof key === 'string')
    return of(subject, { json: { kind: 'object', keys: { [key]: undefined } } });
  return undefined;
}

function of(subject: Subject, limits: Limits): Formula {
  const { column, letters } = subject;
  return { column, limits: letters ? { ...limits, letters } : limits };
}

function against(subject: Subject, operator: string, constant: Constant): Formula {
  if (constant === present) return of(subject, beside(operator));
  if (typeof constant !== 'string') return anything;
  if (subject.measure === 'length' || subject.measure === 'items') {
    const interval = intervalOf(operator, Number(constant));
    return interval ? of(subject, { [subject.measure]: interval }) : anything;
  }
  if (subject.measure === 'json kind') return operator === '=' ? of(subject, { json: { kind: constant } }) : anything;
  if (subject.measure === 'position') return found(subject, operator);
  if (subject.key !== undefined) {
    const keys = { [subject.key]: operator === '=' ? constant : undefined };
    return of(subject, { json: { kind: 'object', keys } });
  }
  return of(subject, limitsOf(operator, constant));
}

/** Far from every present. */
function beside(operator: string): Limits {
  if (operator.startsWith('>')) return { min: { value: '2200-01-01', open: false } };
  return operator.startsWith('<') ? { max: { value: '1990-01-01', open: false } } : {};
}

function found(subject: Subject, operator: string): Formula {
  const source = (subject.part ?? '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const matches = operator !== '=' && operator !== '<=' && operator !== '<';
  return of(subject, { patterns: [{ source, insensitive: false, matches }] });
}

function limitsOf(operator: string, value: string): Limits {
  const bound = (open: boolean): Bound => ({ value, open });
  switch (operator) {
    case '=':
      return { oneOf: [value] };
    case '<>':
      return { noneOf: [value] };
    case '>':
    case '>=':
      return { min: bound(operator === '>') };
    case '<':
    case '<=':
      return { max: bound(operator === '<') };
    default: {
      const source = operator.includes('~~') ? fromLike(value) : operator.includes('~') ? fromPosix(value) : undefined;
      if (source === undefined) return {};
      return { patterns: [{ source, insensitive: operator.endsWith('*'), matches: !operator.startsWith('!') }] };
    }
  }
}

function intervalOf(operator: string, bound: number): Interval | undefined {
  const most = 1_000_000;
  if (Number.isNaN(bound)) return undefined;
  switch (operator) {
    case '=':
      return { min: bound, max: bound };
    case '>':
      return { min: bound + 1, max: most };
    case '>=':
      return { min: bound, max: most };
    case '<':
      return { min: 0, max: bound - 1 };
    case '<=':
      return { min: 0, max: bound };
    case '<>':
      return bound === 0 ? { min: 1, max: most } : undefined;
    default:
      return undefined;
  }
}

function columns(a: Subject, operator: string, b: Subject): Formula {
  if (a.column === b.column)
    return a.letters || b.letters ? of({ ...a, letters: (a.letters ?? b.letters) as 'lower' }, {}) : anything;
  if (a.measure !== 'value' || b.measure !== 'value' || a.key !== undefined || b.key !== undefined) return anything;
  if (operator === '>' || operator === '>=')
    return { left: b.column, order: operator === '>' ? '<' : '<=', right: a.column };
  if (operator !== '<' && operator !== '<=' && operator !== '=' && operator !== '<>') return anything;
  return { left: a.column, order: operator, right: b.column };
}

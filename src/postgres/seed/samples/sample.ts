import type { Type } from '../catalog.ts';
import type { Limits } from '../checks/limits.ts';
import { bitsOf } from './bits.ts';
import { documentOf } from './documents.ts';
import { forms } from './forms.ts';
import { numberOf } from './numbers.ts';
import { textOf } from './texts.ts';
import { timeOf } from './times.ts';
import { partOf, type Sample, type Wish } from './wish.ts';

/** Finds types, and what a domain's checks ask of its values. */
export interface Types {
  get(oid: number): Type | undefined;
  limitsOf(domain: Type): Limits;
}

/** A value of a type, as the wish has it. */
export function sample(oid: number, modifier: number, wish: Wish, types: Types): Sample {
  const { limits, n } = wish;
  if (limits.null) return null;
  const type = types.get(oid);
  if (!type) return undefined;
  if (limits.oneOf) return oneOf(limits.oneOf, wish);
  for (let next = n; next < n + 8; next += 1) {
    const value = made(type, modifier, { ...wish, n: next }, types);
    if (value === undefined || value === null || !limits.noneOf?.includes(value)) return value;
  }
  return undefined;
}

function made(type: Type, modifier: number, wish: Wish, types: Types): Sample {
  switch (type.kind) {
    case 'd':
      return sample(type.base, type.modifier, domainWish(type, wish, types), types);
    case 'e':
      return oneOf(
        type.labels.filter((each) => !wish.limits.noneOf?.includes(each)),
        wish,
      );
    case 'c':
      return rowOf(type, wish, types);
    case 'r':
      return rangeOf(type, wish, types);
    case 'm': {
      const range = sample(type.subtype, -1, partOf(wish), types);
      return typeof range === 'string' ? `{${range}}` : undefined;
    }
    default:
      return type.element ? arrayOf(type, modifier, wish, types) : base(type, modifier, wish);
  }
}

function domainWish(domain: Type, wish: Wish, types: Types): Wish {
  return Object.keys(wish.limits).some((key) => key !== 'null') ? wish : { ...wish, limits: types.limitsOf(domain) };
}

/** One of a few values: those that the schema names, where it names some; else one after the other. */
function oneOf(values: readonly string[], { n, known = [] }: Wish): Sample {
  const named = known.filter((each) => values.includes(each));
  const chosen = named.length > 0 ? named : values;
  return chosen[(n - 1) % chosen.length];
}

/** A base type. Those of PostgreSQL go before those of extensions that share their name. */
function base({ name }: Type, modifier: number, wish: Wish): Sample {
  if (name === 'json' || name === 'jsonb') return documentOf(wish);
  if (name === 'bool') return oneOf(['true', 'false'], wish);
  const room = rooms[name]?.(modifier);
  if (room !== undefined) return textOf(room, wish);
  return (
    numberOf(name, modifier, wish) ??
    timeOf(name, wish) ??
    bitsOf(name, modifier, wish) ??
    forms[name]?.(wish.n, modifier)
  );
}

const unlimited = 1_000_000;
const declared = (modifier: number) => (modifier > 4 ? modifier - 4 : unlimited);

/** Characters that the text types hold. */
const rooms: Readonly<Record<string, (modifier: number) => number>> = {
  text: () => unlimited,
  citext: () => unlimited,
  varchar: declared,
  bpchar: declared,
  name: () => 63,
};

function arrayOf(type: Type, modifier: number, wish: Wish, types: Types): Sample {
  const { items, elements } = wish.limits;
  const limits = elements ? { oneOf: elements } : {};
  const size = Math.min(Math.max(items?.min ?? 1, 1), items?.max ?? 1);
  const values = Array.from({ length: size }, (_, index) =>
    sample(type.element, modifier, { ...partOf(wish, limits), n: wish.n + index }, types),
  );
  if (values.includes(undefined)) return undefined;
  const separator = types.get(type.element)?.name === 'box' ? ';' : ',';
  return `{${values.map((each) => quoted(each ?? null, 'NULL')).join(separator)}}`;
}

function rowOf(type: Type, wish: Wish, types: Types): Sample {
  const values = type.attributes.map((each) => sample(each.type, each.modifier, partOf(wish), types));
  return `(${values.map((each) => quoted(each ?? null, '')).join(',')})`;
}

/** A range of its own for each row: none overlaps another. */
function rangeOf(type: Type, wish: Wish, types: Types): Sample {
  const end = (at: number) =>
    sample(type.subtype, -1, { n: wish.n * 10 + at, row: wish.row, moment: at, limits: {} }, types);
  const [low, high] = [end(0), end(5)];
  if (typeof low !== 'string' || typeof high !== 'string') return undefined;
  return `[${quoted(low, '')},${quoted(high, '')})`;
}

/** A part of an array, row or range (documentation, chapters 8.15.6, 8.16.6, 8.17.5). */
function quoted(value: string | null, missing: string): string {
  return value === null ? missing : `"${value.replace(/["\\]/g, '\\$&')}"`;
}

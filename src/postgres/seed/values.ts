import { type DomainType, type EnumType, objectsOf, type Snapshot } from '../../model/schema.ts';

/** Knows the types that a schema defines. */
export interface Types {
  readonly enums: ReadonlyMap<string, EnumType>;
  readonly domains: ReadonlyMap<string, DomainType>;
  readonly composites: ReadonlyMap<string, readonly string[]>;
}

export function typesOf(snapshot: Snapshot): Types {
  const composites = [...objectsOf(snapshot, 'composite type')].map(
    ([id, { attributes }]) => [id, attributes] as const,
  );
  return {
    enums: objectsOf(snapshot, 'enum'),
    domains: objectsOf(snapshot, 'domain'),
    composites: new Map(composites),
  };
}

/** A string as SQL text; backslashes are plain characters in it (`standard_conforming_strings`). */
export function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/**
 * A value of a type as SQL text, another for each `n` (from 1) where the type has that many. Types are named as
 * `format_type` does it. Undefined for a type that nothing is known of.
 */
export function sampleValue(type: string, n: number, types: Types): string | undefined {
  const unquoted = type.replaceAll('"', '');
  if (type.endsWith('[]')) return arrayOf(type, n, types);
  const labels = types.enums.get(unquoted)?.labels;
  if (labels) return labels.length === 0 ? undefined : literal(labels[(n - 1) % labels.length] as string);
  const domain = types.domains.get(unquoted);
  if (domain) return sampleValue(domain.type, n, types);
  const composite = types.composites.get(unquoted);
  if (composite) return rowOf(type, composite, n, types);
  const [, name = type, size] = /^([^(]+?)(?:\((\d+)(?:,\d+)?\))?( with(?:out)? time zone)?$/.exec(type) ?? [];
  const scale = Number(/,(\d+)\)/.exec(type)?.[1] ?? 0);
  return makers[name.replace(/^public\./, '')]?.(n, size === undefined ? undefined : Number(size) - scale);
}

function arrayOf(type: string, n: number, types: Types): string | undefined {
  const element = sampleValue(type.slice(0, -2), n, types);
  return element === undefined ? undefined : `ARRAY[${element}]::${type}`;
}

function rowOf(type: string, attributes: readonly string[], n: number, types: Types): string {
  const values = attributes.map((each) => sampleValue(each.slice(each.indexOf(' ') + 1), n, types) ?? 'NULL');
  return `ROW(${values.join(', ')})::${type}`;
}

type Maker = (n: number, size?: number) => string;

const two = (n: number) => String(n % 28 || 28).padStart(2, '0');
const number: Maker = (n) => String(n);
const word: Maker = (n, size = 40) =>
  literal(
    `value ${n}`.length <= size
      ? `value ${n}`
      : String.fromCharCode(96 + (n % 26 || 26))
          .padEnd(Math.min(size, 2), String(n % 10))
          .slice(0, size),
  );
const quoted =
  (make: (n: number) => string): Maker =>
  (n) =>
    literal(make(n));

/** By `format_type` name, without size. */
const makers: Readonly<Record<string, Maker>> = {
  smallint: number,
  integer: number,
  bigint: number,
  numeric: (n, precision = 8) => String(n % 10 ** Math.min(precision, 8)),
  real: (n) => `${n}.5`,
  'double precision': (n) => `${n}.5`,
  money: (n) => `${n}::money`,
  oid: number,
  boolean: (n) => (n % 2 === 1 ? 'true' : 'false'),
  text: word,
  'character varying': word,
  character: (n, size = 1) => literal('ABCDEFGHIJKLMNOPQRSTUVWXYZ'[(n - 1) % 26]?.repeat(size) ?? 'A'),
  '"char"': (n) => literal('abcdefghij'[n % 10] as string),
  name: word,
  citext: word,
  date: quoted((n) => `2024-01-${two(n)}`),
  time: quoted((n) => `12:${two(n)}:00`),
  timestamp: quoted((n) => `2024-01-${two(n)} 12:00:00`),
  interval: quoted((n) => `${n} days`),
  uuid: quoted((n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`),
  json: quoted((n) => `{"n": ${n}}`),
  jsonb: quoted((n) => `{"n": ${n}}`),
  xml: quoted((n) => `<n>${n}</n>`),
  bytea: quoted((n) => `\\x${String(n).padStart(4, '0')}`),
  bit: (n, size = 1) => `B'${(n % 2 ** Math.min(size, 30)).toString(2).padStart(size, '0').slice(-size)}'`,
  'bit varying': (n) => `B'${n.toString(2)}'`,
  inet: quoted((n) => `192.0.2.${n % 250}`),
  cidr: quoted((n) => `198.51.${n % 250}.0/24`),
  macaddr: quoted((n) => `08:00:2b:01:02:${two(n)}`),
  macaddr8: quoted((n) => `08:00:2b:01:02:03:04:${two(n)}`),
  tsvector: quoted((n) => `value${n}`),
  tsquery: quoted((n) => `value${n}`),
  point: quoted((n) => `(${n},${n})`),
  line: quoted((n) => `{1,${n},1}`),
  lseg: quoted((n) => `[(0,0),(${n},1)]`),
  box: quoted((n) => `((0,0),(${n},1))`),
  path: quoted((n) => `[(0,0),(${n},1)]`),
  polygon: quoted((n) => `((0,0),(${n},1),(1,1))`),
  circle: quoted((n) => `<(0,0),${n}>`),
  int4range: quoted((n) => `[${n * 10},${n * 10 + 5})`),
  int8range: quoted((n) => `[${n * 10},${n * 10 + 5})`),
  numrange: quoted((n) => `[${n * 10},${n * 10 + 5})`),
  daterange: quoted((n) => `[2024-01-${two(n)},2024-01-${two(n)}]`),
  tsrange: quoted((n) => `[2024-01-${two(n)} 10:00,2024-01-${two(n)} 11:00)`),
  tstzrange: quoted((n) => `[2024-01-${two(n)} 10:00,2024-01-${two(n)} 11:00)`),
  int4multirange: quoted((n) => `{[${n * 10},${n * 10 + 5})}`),
  datemultirange: quoted((n) => `{[2024-01-${two(n)},2024-01-${two(n)}]}`),
  hstore: quoted((n) => `n=>${n}`),
  ltree: quoted((n) => `top.n${n}`),
  pg_lsn: quoted((n) => `0/${n}`),
  regclass: () => `'pg_class'`,
  vector: (n, size = 3) => literal(`[${Array.from({ length: size }, (_, at) => (at + n) % 9).join(',')}]`),
};

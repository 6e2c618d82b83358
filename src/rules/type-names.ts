/** A type as `format_type` writes it, in its parts. */
export function typeOf(type: string): { name: string; size: number | undefined; scale: number } {
  const [, size, scale] = /\((\d+)(?:,(-?\d+))?\)/.exec(type) ?? [];
  const name = type.replace(/\([^)]*\)/, '');
  return { name, size: size === undefined ? undefined : Number(size), scale: Number(scale ?? 0) };
}

/** A written type as `format_type` would write it, for PostgreSQL's own types. */
export function canonical(written: string): string {
  const [, name = written, size = ''] = /^([^(]*?)\s*(\([^)]*\))?$/s.exec(written.toLowerCase().trim()) ?? [];
  const [first = '', ...more] = (aliases[name] ?? name).split(' ');
  const amount = first === 'character' && more.length === 0 && size === '' ? '(1)' : size.replaceAll(' ', '');
  const full = [first, ...more].join(' ');
  return /^time(stamp)?$/.test(first) ? [`${first}${amount}`, ...more].join(' ') : `${full}${amount}`;
}

const aliases: Readonly<Record<string, string>> = {
  ...{ int: 'integer', int4: 'integer', int8: 'bigint', int2: 'smallint', decimal: 'numeric' },
  ...{ varchar: 'character varying', char: 'character', float8: 'double precision', float4: 'real', bool: 'boolean' },
  ...{ timestamptz: 'timestamp with time zone', timestamp: 'timestamp without time zone' },
  ...{ timetz: 'time with time zone', time: 'time without time zone' },
};

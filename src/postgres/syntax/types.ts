import type { TypeName } from '@pgsql/types';
import { read, strings } from './node.ts';

/** A written type as `format_type` says it; undefined for types that are not PostgreSQL's own, or have fields or precisions of time. */
export function builtInType(type: TypeName | undefined): string | undefined {
  const name = strings(type?.names).at(-1) ?? '';
  const known = formatted[name];
  const sizes = (type?.typmods ?? []).map((each) => read(each, 'A_Const')?.ival?.ival);
  if (known === undefined || sizes.includes(undefined) || (sizes.length > 0 && !sized.includes(name))) return undefined;
  const size =
    sizes.length > 0 ? `(${name === 'numeric' && sizes.length === 1 ? `${sizes[0]},0` : sizes.join(',')})` : '';
  return `${known}${size}${type?.arrayBounds?.length ? '[]' : ''}`;
}

const sized = ['varchar', 'bpchar', 'numeric'];

/** The parser's name → the catalog's. */
const formatted: Readonly<Record<string, string>> = {
  ...{ int2: 'smallint', int4: 'integer', int8: 'bigint', smallserial: 'smallint', serial: 'integer' },
  ...{ bigserial: 'bigint', bool: 'boolean', float4: 'real', float8: 'double precision', numeric: 'numeric' },
  ...{ varchar: 'character varying', bpchar: 'character', text: 'text', uuid: 'uuid', json: 'json', jsonb: 'jsonb' },
  ...{ date: 'date', timestamp: 'timestamp without time zone', timestamptz: 'timestamp with time zone' },
  ...{ bytea: 'bytea', inet: 'inet' },
};

import type { Rule } from '../../model/rule.ts';
import { isColumn } from '../../postgres/syntax/columns.ts';
import { printId, printIdentifier } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { type Retyped, retypedColumns } from '../retyped.ts';
import { typeOf } from '../type-names.ts';

export const rule: Rule = {
  id: 'type-narrow-fails',
  severity: 'warning',
  what: 'A column gets a type that holds less than the old one, or that its texts must first be read as.',
  why: 'It fails on the first value that does not fit (SQLSTATE 22001, 22003 or 22P02); an explicit cast to a shorter varchar cuts values off without a word.',
  instead: 'Ask the target first, with the query of the finding, and correct the values in an earlier migration.',
  sources: ['PostgreSQL documentation, 8.1 to 8.3', 'PostgreSQL documentation, 4.2.9 "Type Casts"'],
  covers: ['migration-fails', 'fails-on-rows'],
  statement: {
    kinds: ['AlterTableStmt'],
    failed: true,
    check(facts, world) {
      const state = facts.observation.error?.sqlstate;
      if (state !== undefined && !['22001', '22003', '22P02'].includes(state)) return [];
      return retypedColumns(facts, world).flatMap((retyped) => {
        const loss = lossOf(retyped);
        if (!loss || fitsAtBase(retyped)) return [];
        const { name, from, to, observed } = retyped;
        const probe = `SELECT ${loss.asks} FROM ${printId(observed.table.name)}${loss.where ? ` WHERE ${loss.where}` : ''};`;
        return [
          {
            message: `Changing ${name} from ${from} to ${to} ${loss.ends}.`,
            relations: [observed.table.name],
            instead: {
              text: `Ask the target first${isAsAtBase(retyped) ? '' : `, once ${name} is ${from} there`}: ${probe} ${loss.wanted}`,
            },
          },
        ];
      });
    },
  },
};

interface Loss {
  readonly ends: string;
  readonly asks: string;
  readonly where?: string;
  readonly wanted: string;
}

const integers = ['smallint', 'integer', 'bigint'];
const limits = ['32767', '2147483647', '9223372036854775807'];
const texts = ['text', 'character varying', 'character'];

function lossOf(retyped: Retyped): Loss | undefined {
  const { from, to, using, name } = retyped;
  if (from === undefined) return undefined;
  const [old, now] = [typeOf(from), typeOf(to)];
  const cast = isColumn(read(using, 'TypeCast')?.arg, name);
  if (using && !cast && !isColumn(using, name)) return undefined;
  const column = printIdentifier(name);
  if (texts.includes(old.name))
    return texts.includes(now.name) ? shorter(old.size, now.size, column, cast) : parsed(now.name, column);
  const limit = integers.indexOf(now.name);
  const wider = integers.indexOf(old.name) > limit || ['numeric', 'real', 'double precision'].includes(old.name);
  if (limit >= 0 && wider) return smaller(column, `${limits[limit]}`);
  const digits = (size: { size: number | undefined; scale: number }) => (size.size ?? 131072) - size.scale;
  if (now.name === 'numeric' && now.size !== undefined && digits(now) < digitsOf(old.name, digits(old)))
    return smaller(column, '9'.repeat(Math.max(digits(now), 1)));
  return undefined;
}

/** The target has the column as it is just before the statement. */
function isAsAtBase({ column, from, name }: Retyped): boolean {
  return column?.type === from && column?.name === name;
}

/** An earlier pending statement gave the column room that this one takes away again: what is there fits. */
function fitsAtBase(retyped: Retyped): boolean {
  const { column, from = '' } = retyped;
  if (!column || column.type === from || kin(column.type) !== kin(from)) return false;
  return lossOf({ ...retyped, from: column.type }) === undefined;
}

/** Types whose values stay what they are when one becomes the other. */
function kin(type: string): string {
  const { name } = typeOf(type);
  return texts.includes(name) ? 'text' : integers.includes(name) ? 'integer' : name;
}

/** Digits that a number of this type can have before the point. */
function digitsOf(type: string, numeric: number): number {
  return { smallint: 5, integer: 10, bigint: 19, numeric, real: 39, 'double precision': 309 }[type] ?? 0;
}

function smaller(column: string, limit: string): Loss {
  return {
    ends: `fails on the first value beyond ${limit} (SQLSTATE 22003)`,
    asks: `min(${column}), max(${column})`,
    wanted: `Both must lie within ±${limit}.`,
  };
}

function shorter(old: number | undefined, now: number | undefined, column: string, cast: boolean): Loss | undefined {
  if (now === undefined || (old !== undefined && old <= now)) return undefined;
  const ends = cast
    ? `cuts off what is longer than ${now} characters, without an error`
    : `fails on the first value longer than ${now} characters (SQLSTATE 22001)`;
  return { ends, asks: `max(length(${column}))`, wanted: `It must be at most ${now}.` };
}

/** What a text must look like to be read as another type. */
const patterns: Readonly<Record<string, string>> = {
  ...Object.fromEntries(integers.map((type) => [type, '^\\s*[-+]?\\d+\\s*$'])),
  numeric: '^\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?\\s*$',
  uuid: '^\\{?[0-9A-Fa-f]{8}(-?[0-9A-Fa-f]{4}){3}-?[0-9A-Fa-f]{12}\\}?$',
  boolean: '^\\s*([tTfFyYnN]|true|false|yes|no|on|off|0|1)\\s*$',
};

function parsed(type: string, column: string): Loss {
  const pattern = patterns[type];
  return {
    ends: `fails on the first value that is no ${type} (SQLSTATE 22P02)`,
    asks: 'count(*)',
    where: pattern ? `${column} !~ '${pattern}'` : `${column} IS NOT NULL`,
    wanted: pattern ? 'It must be 0.' : `Each of these values must be one of ${type}.`,
  };
}

import type { Node } from '@pgsql/types';
import type { StatementFacts, World } from '../model/rule.ts';
import { type Column, type Constraint, objectsOf } from '../model/schema.ts';
import { type AlterCommand, alterCommands } from '../postgres/syntax/alter-table.ts';
import { typeText } from '../postgres/syntax/columns.ts';
import { type Observed, observedAlter } from './observed.ts';
import { columnsBefore, tableBefore } from './schema.ts';

/** A column of a table in use that ALTER TABLE gives another type. */
export interface Retyped {
  readonly name: string;
  /** As it was at the base; absent for a column that an earlier pending statement added or renamed. */
  readonly column: Column | undefined;
  /** Types as `format_type` writes them; the new one as the statement writes it, where the statement failed. */
  readonly from: string | undefined;
  readonly to: string;
  /** The new type as written. */
  readonly written: string;
  readonly using: Node | undefined;
  readonly command: AlterCommand;
  readonly facts: StatementFacts;
  readonly observed: Observed;
}

/** Columns whose type an ALTER TABLE on a table in use changes. */
export function retypedColumns(facts: StatementFacts, world: World): Retyped[] {
  const commands = alterCommands(facts.statement, 'AT_AlterColumnType');
  const seen = commands.length > 0 ? observedAlter(facts, world) : undefined;
  if (!seen) return [];
  const before = columnsBefore(seen.table, world);
  return commands.map((command) => {
    const name = command.name ?? '';
    const column = before.get(name);
    const written = typeText(command, facts.statement);
    const now = [...objectsOf(world.after, 'column').values()].find(
      (each) => each.oid === seen.table.oid && each.name === name,
    );
    const to = facts.observation.error ? canonical(written) : (now?.type ?? canonical(written));
    const using = command.column?.raw_default;
    return { name, column, from: column?.type, to, written, using, command, facts, observed: seen };
  });
}

/**
 * Between moments without and with a time zone: what it costs depends on the session's TimeZone. A type with a precision
 * of its own is rounded to it, which rewrites the table in every zone.
 */
export function changesTimeZone({ from = '', to, using }: Retyped): boolean {
  const [old] = /(?<=^timestamp(\(\d\))? )with(out)?(?= time zone$)/.exec(from) ?? [];
  const [now] = /(?<=^timestamp )with(out)?(?= time zone$)/.exec(to) ?? [];
  return old !== undefined && now !== undefined && old !== now && !using;
}

/**
 * Changes that never touch rows (documentation, ALTER TABLE, Notes): a longer or unlimited varchar, a numeric with more
 * digits in front of the same scale, a finer time. What a rewrite was for, where a statement does several things.
 */
export function onlyWidens({ from = '', to, column, command }: Retyped): boolean {
  if (command.column?.collClause || column === undefined) return false;
  const [old, now] = [typeOf(from), typeOf(to)];
  if (from === to) return true;
  const text = ['text', 'character varying'];
  if (text.includes(old.name) && text.includes(now.name)) return !now.size || (old.size ?? Number.NaN) <= now.size;
  if (old.name !== now.name) return old.name === 'cidr' && now.name === 'inet';
  if (['character', 'bit'].includes(old.name)) return false;
  return now.size === undefined || (old.scale === now.scale && (old.size ?? Number.NaN) <= now.size);
}

/** A type as `format_type` writes it, in its parts. */
export function typeOf(type: string): { name: string; size: number | undefined; scale: number } {
  const [, size, scale] = /\((\d+)(?:,(-?\d+))?\)/.exec(type) ?? [];
  const name = type.replace(/\([^)]*\)/, '');
  return { name, size: size === undefined ? undefined : Number(size), scale: Number(scale ?? 0) };
}

/** A written type as `format_type` would write it, for PostgreSQL's own types. */
function canonical(written: string): string {
  const [, name = written, size = ''] = /^([^(]*?)\s*(\([^)]*\))?$/s.exec(written.toLowerCase().trim()) ?? [];
  return `${aliases[name] ?? name}${size.replaceAll(' ', '')}`;
}

const aliases: Readonly<Record<string, string>> = {
  ...{ int: 'integer', int4: 'integer', int8: 'bigint', int2: 'smallint', decimal: 'numeric' },
  ...{ varchar: 'character varying', char: 'character', float8: 'double precision', float4: 'real', bool: 'boolean' },
  ...{ timestamptz: 'timestamp with time zone', timestamp: 'timestamp without time zone' },
};

/** The valid checks of the base that speak of the column. */
export function checksOf({ name, observed: { table } }: Retyped, world: World): Constraint[] {
  const id = tableBefore(table, world)?.id;
  return [...objectsOf(world.before, 'constraint').values()].filter(
    (each) => each.table === id && each.type === 'check' && each.validated && each.columns.includes(name),
  );
}

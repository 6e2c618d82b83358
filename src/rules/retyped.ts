import type { Node } from '@pgsql/types';
import type { Relation } from '../model/observation.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import { type Column, type Constraint, objectsOf } from '../model/schema.ts';
import { type AlterCommand, alterCommands, alteredTable } from '../postgres/syntax/alter-table.ts';
import { typeText } from '../postgres/syntax/columns.ts';
import { columnsThen } from './columns-then.ts';
import { type Observed, observedAlter } from './observed.ts';
import { tableBefore } from './schema.ts';
import { canonical, typeOf } from './type-names.ts';

/** A column of a table in use that ALTER TABLE gives another type. */
export interface Retyped {
  readonly name: string;
  /** As it was at the base, perhaps under another name; absent for a column that an earlier pending statement added. */
  readonly column: Column | undefined;
  /** Types as `format_type` writes them, just before and after the statement; as statements write them where no catalog tells. */
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
  const before = columnsThen(seen.table, facts, world);
  return commands.map((command) => {
    const name = command.name ?? '';
    const then = before.get(name);
    const written = typeText(command, facts.statement);
    const last = !facts.observation.error && !isRetypedLater(then?.column, name, seen.table, facts, world);
    const to = (last ? typeAtEnd(then?.column, name, seen.table, world) : undefined) ?? canonical(written);
    const using = command.column?.raw_default;
    return { name, column: then?.column, from: then?.type, to, written, using, command, facts, observed: seen };
  });
}

/** Another pending statement gives the column yet another type, so that the catalog at the end does not tell this one. */
function isRetypedLater(
  column: Column | undefined,
  name: string,
  table: Relation,
  { index }: StatementFacts,
  world: World,
): boolean {
  return world.statements.slice(index + 1).some((facts) => {
    const { schema, name: altered } = alteredTable(facts.statement);
    const commands = alterCommands(facts.statement, 'AT_AlterColumnType');
    if (commands.length === 0 || facts.observation.error) return false;
    if (facts.relation(schema, altered)?.oid !== table.oid) return false;
    const then = column && columnsThen(table, facts, world);
    return commands.some((each) => (then ? then.get(each.name ?? '')?.column === column : each.name === name));
  });
}

function typeAtEnd(column: Column | undefined, name: string, { oid }: Relation, { after }: World): string | undefined {
  return [...objectsOf(after, 'column').values()].find(
    (each) => each.oid === oid && (column ? each.position === column.position : each.name === name),
  )?.type;
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

/** The valid checks of the base that speak of the column. */
export function checksOf({ name, observed: { table } }: Retyped, world: World): Constraint[] {
  const id = tableBefore(table, world)?.id;
  return [...objectsOf(world.before, 'constraint').values()].filter(
    (each) => each.table === id && each.type === 'check' && each.validated && each.columns.includes(name),
  );
}

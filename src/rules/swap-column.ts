import type { Node } from '@pgsql/types';
import type { World } from '../model/rule.ts';
import type { Column, SchemaObject } from '../model/schema.ts';
import { alterText } from '../postgres/syntax/alter-table.ts';
import { isColumn } from '../postgres/syntax/columns.ts';
import { printId, printIdentifier, printName, splitId } from '../postgres/syntax/names.ts';
import { read } from '../postgres/syntax/node.ts';
import { mentions } from '../postgres/syntax/text.ts';
import { backfill, setNotNull } from './backfill.ts';
import type { Retyped } from './retyped.ts';
import { textsOf } from './schema.ts';
import { inTransaction, type Steps } from './steps.ts';

/**
 * The steps that give a column another type beside the old one: a second column, kept up to date by a trigger, filled in
 * batches, that takes the name at the end. Undefined where something depends on the column that would have to move too.
 */
export function swapColumn(retyped: Retyped, { before, after, major }: World): Steps | undefined {
  const { name, column, observed, using, facts, written } = retyped;
  const kept = after.objects.find((each): each is Column => each.kind === 'column' && each.id === column?.id);
  const alone = alterText(facts.statement)?.commands.length === 1 && observed.rewritten.length === 1;
  const simple = observed.table.kind === 'table' && !retyped.command.column?.collClause && isCast(using, name);
  if (!column || !kept || !alone || !simple || isBusy(column, before.objects)) return undefined;
  const table = observed.table.name;
  const other = `${name}_new`;
  const [old, now] = [name, other].map(printIdentifier);
  const end = [
    `ALTER TABLE ${printId(table)} DROP COLUMN ${old};`,
    `ALTER TABLE ${printId(table)} RENAME COLUMN ${now} TO ${old};`,
    ...(kept.default === undefined
      ? []
      : [`ALTER TABLE ${printId(table)} ALTER COLUMN ${old} SET DEFAULT ${kept.default};`]),
  ];
  const sync = inStep(table, name, other);
  return [
    inTransaction(`ALTER TABLE ${printId(table)} ADD COLUMN ${now} ${written};`, ...sync.create),
    backfill(table, other, using ? `${old}::${written}` : `${old}`, ` AND ${old} IS NOT NULL`),
    ...(column.notNull ? setNotNull(table, other, major) : []),
    inTransaction(...sync.drop, ...end),
  ];
}

/** A trigger that writes the new column whenever the old one is written. */
function inStep(table: string, from: string, to: string): { create: string[]; drop: string[] } {
  const { schema, name } = splitId(table);
  const [trigger, routine] = [printIdentifier(to), printName({ schema, name: `${name}_${to}` })];
  return {
    create: [
      `CREATE FUNCTION ${routine}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.${printIdentifier(to)} := NEW.${printIdentifier(from)}; RETURN NEW; END $$;`,
      `CREATE TRIGGER ${trigger} BEFORE INSERT OR UPDATE ON ${printId(table)} FOR EACH ROW EXECUTE FUNCTION ${routine}();`,
    ],
    drop: [`DROP TRIGGER ${trigger} ON ${printId(table)};`, `DROP FUNCTION ${routine}();`],
  };
}

/** No USING, or one that says no more than the type. */
function isCast(using: Node | undefined, name: string): boolean {
  return using === undefined || isColumn(read(using, 'TypeCast')?.arg, name);
}

/** Whether the column carries more than a type, a default and NOT NULL, or anything else names it. */
function isBusy(column: Column, objects: readonly SchemaObject[]): boolean {
  const { comment, grants, options, statistics, compression, storage, identity, generated, inherited } = column;
  if ([comment, grants, options, statistics, compression, storage, identity, generated].some(Boolean) || inherited)
    return true;
  const table = splitId(column.table).name;
  return objects.some((each) => {
    if (each.kind === 'view') return mentions(each.definition, table);
    if (each.kind === 'sequence') return each.ownedBy === column.id;
    if (each.kind === 'constraint') return each.references?.table === column.table || names(each, column);
    return each.kind === 'column' ? names(each, column) && each.id !== column.id : names(each, column);
  });
}

/** In any of its texts: a definition, an expression, a list of columns. */
function names(object: SchemaObject, column: Column): boolean {
  return object.table === column.table && textsOf(object).some((text) => mentions(text, column.name));
}

import type { StatementFacts, World } from '../model/rule.ts';
import { type Column, type Index, objectsOf } from '../model/schema.ts';
import { type AlterCommand, alterCommands, columnConstraints } from '../postgres/syntax/alter-table.ts';
import { type CreatedIndex, createdIndex } from '../postgres/syntax/indexes.ts';
import { printIdentifiers } from '../postgres/syntax/names.ts';
import { unquoted } from '../postgres/syntax/text.ts';
import { builtInType } from '../postgres/syntax/types.ts';
import { alteredInUse, inUse } from './in-use.ts';
import { isNewColumn } from './new-column.ts';
import { columnsBefore, isRelation } from './schema.ts';

/** Something that IF NOT EXISTS leaves as it is, though it is not what the statement says. */
export interface LeftAsIs {
  readonly name: string;
  readonly table: string;
  readonly differences: readonly string[];
}

/** Columns of the base that ADD COLUMN IF NOT EXISTS names. */
export function columnsLeft(facts: StatementFacts, world: World): LeftAsIs[] {
  const table = alteredInUse(facts);
  if (!table) return [];
  return alterCommands(facts.statement, 'AT_AddColumn').flatMap((command) => {
    const name = command.name ?? '';
    const known = columnsBefore(table, world).get(name);
    if (!command.node.missing_ok || !known || isNewColumn(table, name, facts, world)) return [];
    const now = [...objectsOf(world.after, 'column').values()].find(
      ({ oid, position }) => oid === table.oid && position === known.position,
    );
    // other statements may have changed it before this one, or after it
    const atEnd = now ? columnDifferences(command, now) : [];
    const differences = columnDifferences(command, known).filter((each) => !now || atEnd.includes(each));
    return differences.length > 0 ? [{ name, table: table.name, differences }] : [];
  });
}

function columnDifferences(command: AlterCommand, known: Column): string[] {
  const type = builtInType(command.column?.typeName);
  const says = (kind: string) => columnConstraints(command).some(({ contype }) => contype === kind);
  const isFilled = [known.default, known.identity, known.generated].some((each) => each !== undefined);
  return [
    ...(type === undefined || type === known.type ? [] : [`it is ${known.type}, not ${type}`]),
    ...(says('CONSTR_NOTNULL') && !known.notNull ? ['it may be NULL'] : []),
    ...(says('CONSTR_DEFAULT') && !isFilled ? ['it has no default'] : []),
  ];
}

/** The relation of the base whose name CREATE INDEX IF NOT EXISTS gives, and which stays to the end. */
export function indexLeft(facts: StatementFacts, { before, after }: World): LeftAsIs[] {
  const index = createdIndex(facts.statement);
  const table = index?.ifNotExists ? inUse(facts, index.table) : undefined;
  if (!index || !table) return [];
  const schema = table.name.slice(0, table.name.indexOf('.'));
  const known = before.objects.find((each) => isRelation(each) && each.id === `${schema}.${index.name}`);
  const stays = after.objects.some((each) => isRelation(each) && each.oid === known?.oid && each.id === known.id);
  if (!known || !stays) return [];
  const differences = known.kind === 'index' ? indexDifferences(index, table.name, known) : [`it is a ${known.kind}`];
  return differences.length > 0 ? [{ name: known.name, table: table.name, differences }] : [];
}

function indexDifferences({ columns, unique, node }: CreatedIndex, table: string, known: Index): string[] {
  if (known.table !== table) return [`it is an index of ${known.table}`];
  const written = columns.flatMap((each) => each ?? []);
  const same = written.length < columns.length || written.join() === known.columns.map(unquoted).join();
  const [partial, whole] = [node.whereClause !== undefined, known.predicate === undefined];
  return [
    ...(same ? [] : [`it is on (${known.columns.join(', ')}), not (${printIdentifiers(written)})`]),
    ...(unique && !known.unique ? ['it is not unique'] : []),
    ...(!unique && known.unique ? ['it is unique'] : []),
    ...(partial && whole ? ['it has no WHERE'] : []),
    ...(!partial && !whole ? ['it has a WHERE'] : []),
  ];
}

import type { Relation } from '../model/observation.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import { type Column, objectsOf } from '../model/schema.ts';
import type { Statement } from '../model/statement.ts';
import { alterCommands, alteredTable } from '../postgres/syntax/alter-table.ts';
import { typeText } from '../postgres/syntax/columns.ts';
import { nameOf, nameOfList, printIdentifier, type WrittenName } from '../postgres/syntax/names.ts';
import { read } from '../postgres/syntax/node.ts';
import { columnsBefore } from './schema.ts';
import { canonical } from './type-names.ts';

/** A column of the base as it was just before a statement. */
export interface ColumnThen {
  /** As it was at the base, perhaps under another name; absent for a view's. */
  readonly column: Column | undefined;
  /** As `format_type` writes it, as far as an earlier pending statement has told it. */
  readonly type: string | undefined;
}

/** The columns of the base, by the names that they have just before a statement: earlier pending ones may have changed them. */
export function columnsThen(table: Relation, { index }: StatementFacts, world: World): ReadonlyMap<string, ColumnThen> {
  const columns = atBase(table, world);
  for (const { statement, relation, observation } of world.statements.slice(0, index)) {
    if (observation.error) continue;
    const is = ({ schema, name }: WrittenName) => relation(schema, name)?.oid === table.oid;
    for (const [name, then] of columns) columns.set(name, { ...then, type: renamedType(then.type, statement) });
    const rename = read(statement.node, 'RenameStmt');
    if (rename?.renameType === 'OBJECT_COLUMN' && is(nameOf(rename.relation)))
      renameColumn(columns, rename.subname ?? '', rename.newname ?? '');
    if (!is(alteredTable(statement))) continue;
    for (const command of alterCommands(statement, 'AT_DropColumn', 'AT_AlterColumnType')) {
      const then = columns.get(command.name ?? '');
      if (command.type === 'AT_DropColumn') columns.delete(command.name ?? '');
      else if (then) columns.set(command.name ?? '', { ...then, type: canonical(typeText(command, statement)) });
    }
  }
  return columns;
}

function atBase(table: Relation, world: World): Map<string, ColumnThen> {
  const view = [...objectsOf(world.before, 'view').values()].find(({ oid }) => oid === table.oid);
  if (view) return new Map(view.columns.map((name) => [name, { column: undefined, type: undefined }]));
  return new Map([...columnsBefore(table, world)].map(([name, column]) => [name, { column, type: column.type }]));
}

function renameColumn(columns: Map<string, ColumnThen>, from: string, to: string): void {
  const moved = columns.get(from);
  columns.delete(from);
  if (moved) columns.set(to, moved);
}

/** A type's name after ALTER TYPE or ALTER DOMAIN … RENAME TO. */
function renamedType(type: string | undefined, { node }: Statement): string | undefined {
  const rename = read(node, 'RenameStmt');
  if (!type || !rename || !['OBJECT_TYPE', 'OBJECT_DOMAIN'].includes(rename.renameType ?? '')) return type;
  const { schema, name } = nameOfList(read(rename.object, 'List')?.items);
  const old = printIdentifier(name);
  const place = type.slice(0, -old.length);
  const places = schema === undefined ? place === '' || place.endsWith('.') : place === `${printIdentifier(schema)}.`;
  return type.endsWith(old) && places ? `${place}${printIdentifier(rename.newname ?? '')}` : type;
}

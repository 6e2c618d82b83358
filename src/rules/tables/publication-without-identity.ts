import type { Problem, Rule, World } from '../../model/rule.ts';
import { objectsOf, type Publication, type Snapshot, type Table } from '../../model/schema.ts';
import type { Statement } from '../../model/statement.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { lastNaming } from '../place.ts';
import { identityIndex, identityOf, type Published, publishedBy } from '../published.ts';
import { tableBefore } from '../schema.ts';

export const rule: Rule = {
  id: 'publication-without-identity',
  severity: 'error',
  what: 'A table comes into a publication that sends UPDATE or DELETE, or loses its primary key or the index of its replica identity there, and has nothing to tell its rows by; or the publication’s WHERE or list of columns does not fit its replica identity.',
  why: 'Every UPDATE and DELETE on it fails from then on (SQLSTATE 55000).',
  instead:
    'Give the table a primary key, or set its REPLICA IDENTITY to a unique index, or to FULL; name its columns in the list, and no others in WHERE.',
  sources: ['PostgreSQL documentation, 29.1 "Publication"; 29.4 "Row Filters"; 29.5 "Column Lists"'],
  covers: ['table-without-pk'],
  whole(world) {
    const known = nameless(world.before);
    return [...nameless(world.after)].flatMap(([oid, each]) => (known.has(oid) ? [] : problem(each, world)));
  },
};

interface Nameless {
  readonly table: Table;
  readonly publication: Publication;
  /** What is wrong, as a sentence without its end. */
  readonly told: string;
}

/** Published tables, by oid, whose changed rows cannot be named. */
function nameless(snapshot: Snapshot): ReadonlyMap<number, Nameless> {
  const found = new Map<number, Nameless>();
  for (const publication of objectsOf(snapshot, 'publication').values()) {
    if (verbsOf(publication).length === 0) continue;
    for (const table of objectsOf(snapshot, 'table').values()) {
      const published = table.type === 'table' && table.persistence === 'permanent' && publishedBy(publication, table);
      const told = published && lackOf(table, published, publication, snapshot);
      if (told) found.set(table.oid, { table, publication, told });
    }
  }
  return found;
}

function lackOf(
  table: Table,
  { columns, filtered }: Published,
  { name }: Publication,
  snapshot: Snapshot,
): string | undefined {
  const identity = identityOf(table, snapshot);
  const { id } = table;
  if (identity === undefined) return `${id} is published by ${name} and ${nothingToTellBy(table)}`;
  if (identity === 'all')
    return columns && `${name} publishes only some columns of ${id}, whose replica identity is FULL`;
  const outside = filtered.filter((column) => !identity.includes(column));
  if (outside.length > 0)
    return `The WHERE of ${name} names ${outside.join(', ')}, which the replica identity of ${id} does not have`;
  const left = identity.filter((column) => columns?.includes(column) === false);
  return left.length > 0
    ? `${name} publishes ${id} without ${left.join(', ')}, which its replica identity needs`
    : undefined;
}

function nothingToTellBy(table: Table): string {
  if (table.replicaIdentity === 'nothing') return 'its replica identity is NOTHING';
  if (identityIndex(table) !== undefined) return 'the index that was its replica identity is gone';
  return 'has neither a primary key nor another replica identity';
}

function verbsOf({ actions }: Publication): string[] {
  return actions.filter((action) => action === 'update' || action === 'delete').map((action) => action.toUpperCase());
}

function problem({ table, publication, told }: Nameless, world: World): Problem[] {
  const before = tableBefore({ ...table, kind: table.type, atBase: true }, world);
  const index = before && identityIndex(before);
  const place = lastNaming([table.name, publication.name, ...(index ? [index] : [])], world, publishes);
  const message = `${told}: every ${verbsOf(publication).join(' and ')} on it fails.`;
  return place ? [{ message, relations: [table.id], place }] : [];
}

/** Statements that publish a table, make it, or may take away what its rows are told by. */
function publishes(statement: Statement): boolean {
  const { kind } = statement;
  if (kind !== 'AlterTableStmt')
    return /^(CreatePublication|AlterPublication|Create|CreateTableAs|Drop|Rename|AlterObjectSchema)Stmt$/.test(kind);
  return (
    alterCommands(statement, 'AT_DropConstraint', 'AT_DropColumn', 'AT_ReplicaIdentity', 'AT_AttachPartition').length >
    0
  );
}

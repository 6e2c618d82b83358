import type { Problem, Rule, World } from '../../model/rule.ts';
import { objectsOf, type Publication, type Snapshot, type Table } from '../../model/schema.ts';
import type { Statement } from '../../model/statement.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { lastNaming } from '../place.ts';

export const rule: Rule = {
  id: 'publication-without-identity',
  severity: 'error',
  what: 'A table comes into a publication that sends UPDATE or DELETE, or loses its primary key there, and has nothing to tell its rows by.',
  why: 'Every UPDATE and DELETE on it fails from then on (SQLSTATE 55000).',
  instead: 'Give the table a primary key, or set its REPLICA IDENTITY to a unique index, or to FULL.',
  sources: ['PostgreSQL documentation, 29.1 "Publication"'],
  covers: ['table-without-pk'],
  whole(world) {
    const known = nameless(world.before);
    return [...nameless(world.after)].flatMap(([oid, { table, publication }]) =>
      known.has(oid) ? [] : problem(table, publication, world),
    );
  },
};

interface Nameless {
  readonly table: Table;
  readonly publication: Publication;
}

/** Published tables, by oid, whose changed rows cannot be named. */
function nameless(snapshot: Snapshot): ReadonlyMap<number, Nameless> {
  const keyed = new Set(
    [...objectsOf(snapshot, 'constraint').values()]
      .filter(({ type, deferrable }) => type === 'primary key' && !deferrable)
      .map(({ table }) => table),
  );
  const found = new Map<number, Nameless>();
  for (const publication of objectsOf(snapshot, 'publication').values()) {
    if (!publication.actions.some((action) => action === 'update' || action === 'delete')) continue;
    for (const table of objectsOf(snapshot, 'table').values()) {
      const named = table.replicaIdentity === 'default' ? keyed.has(table.id) : table.replicaIdentity !== 'nothing';
      if (!named && table.type === 'table' && table.persistence === 'permanent' && sends(publication, table))
        found.set(table.oid, { table, publication });
    }
  }
  return found;
}

function sends({ allTables, members }: Publication, { id, schema, parents }: Table): boolean {
  const names = [id, ...parents];
  return (
    allTables || members.some((member) => member === `schema ${schema}` || names.includes(member.split(' ')[0] ?? ''))
  );
}

function problem(table: Table, publication: Publication, world: World): Problem[] {
  const place = lastNaming([table.name, publication.name], world, publishes);
  const message = `${table.id} is published by ${publication.name} and has neither a primary key nor another replica identity: every UPDATE and DELETE on it fails.`;
  return place ? [{ message, relations: [table.id], place }] : [];
}

/** Statements that publish a table, make it, or may take away what its rows are told by. */
function publishes(statement: Statement): boolean {
  const { kind } = statement;
  if (kind !== 'AlterTableStmt')
    return /^(CreatePublication|AlterPublication|Create|CreateTableAs|Rename|AlterObjectSchema)Stmt$/.test(kind);
  return (
    alterCommands(statement, 'AT_DropConstraint', 'AT_DropColumn', 'AT_ReplicaIdentity', 'AT_AttachPartition').length >
    0
  );
}
